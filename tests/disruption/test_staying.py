"""An appeal names its court and whether the measure is stayed; the clocks of the action wait meanwhile."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from factories import accounts, disruption
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock
from licensing.deadlines.queries import clocks_about
from licensing.disruption import queries
from licensing.disruption.catalogue import national_powers
from licensing.disruption.changes import correcting
from licensing.disruption.changes.rows import Said
from licensing.disruption.models import PowerRow
from licensing.disruption.powers import check_appeal
from licensing.disruption.rules import Event, Span, standing, stays
from licensing.disruption.words import AgencyKind, AppealCourt, AppealResult, EventKind, Rank
from licensing.errors import RuleBroken

COUNTY, DAY = accounts.COUNTY, timedelta(days=1)
D, E = date(2026, 3, 2), EventKind
POWERS = {row["code"]: PowerRow(id=uuid4(), **row).as_power() for row in national_powers()}
MAGISTRATES = AppealCourt.MAGISTRATES_COURT


@pytest.fixture
def fire(app: Flask) -> UUID:
    return disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)


@pytest.fixture
def officer(fire: UUID) -> UUID:
    return disruption.officer_of(fire, COUNTY)


def appealed(on: date, *, stayed: bool | None) -> Event:
    return Event(E.APPEALED, on, court=MAGISTRATES, stayed=stayed)


def decided(on: date, result: AppealResult = AppealResult.DISMISSED) -> Event:
    return Event(E.APPEAL_DECIDED, on, appeal_result=result)


@pytest.mark.parametrize(
    ("code", "court", "stays_by_law"),
    [
        ("FIRE29", MAGISTRATES, True),
        ("FIRE30", MAGISTRATES, True),
        ("FIRE31", MAGISTRATES, False),
        ("HSW21", AppealCourt.EMPLOYMENT_TRIBUNAL, True),
        ("HSW22", AppealCourt.EMPLOYMENT_TRIBUNAL, False),
        ("S116", MAGISTRATES, None),
        ("PSPO", AppealCourt.HIGH_COURT, None),
    ],
)
def test_the_catalogue_says_where_an_appeal_goes_and_what_it_does(
    code: str, court: AppealCourt, stays_by_law: bool | None
) -> None:
    assert (POWERS[code].appeal_to, POWERS[code].appeal_stays) == ((court,), stays_by_law)


@pytest.mark.parametrize("power", POWERS.values(), ids=POWERS)
def test_every_court_of_the_catalogue_stands_in_its_words(power: object) -> None:
    assert all(court.label in power.appeal for court in power.appeal_to)  # type: ignore[attr-defined]


def test_what_the_law_does_not_do_by_itself_is_said_with_the_order() -> None:
    check_appeal(POWERS["FIRE31"], MAGISTRATES, "", stayed=False)
    check_appeal(POWERS["FIRE31"], MAGISTRATES, "Ordered on the day.", stayed=True)
    check_appeal(POWERS["S116"], MAGISTRATES, "", stayed=True)
    with pytest.raises(RuleBroken, match=r"art\.31: an appeal does not stay it\. Say by which order"):
        check_appeal(POWERS["FIRE31"], MAGISTRATES, "", stayed=True)
    with pytest.raises(RuleBroken, match="an appeal stays it"):
        check_appeal(POWERS["HSW21"], AppealCourt.EMPLOYMENT_TRIBUNAL, "", stayed=False)
    with pytest.raises(RuleBroken, match="An appeal goes elsewhere"):
        check_appeal(POWERS["HSW21"], MAGISTRATES, "", stayed=True)


BEGUN = [Event(kind, D) for kind in (E.CONSIDERED, E.AUTHORISED, E.SERVED, E.IN_FORCE)]


@pytest.mark.parametrize(
    ("later", "spans"),
    [
        ([appealed(D + DAY, stayed=True)], [Span(D + DAY, None)]),
        ([appealed(D + DAY, stayed=False)], []),
        ([appealed(D + DAY, stayed=None)], []),
        ([appealed(D + DAY, stayed=True), decided(D + 9 * DAY)], [Span(D + DAY, D + 9 * DAY)]),
        ([appealed(D + DAY, stayed=True), Event(E.ENDED, D + 5 * DAY)], [Span(D + DAY, D + 5 * DAY)]),
        (
            [
                appealed(D + DAY, stayed=False),
                Event(E.STAYED, D + 2 * DAY),
                Event(E.STAY_ENDED, D + 4 * DAY),
                Event(E.STAYED, D + 6 * DAY),
                decided(D + 9 * DAY, AppealResult.ALLOWED),
            ],
            [Span(D + 2 * DAY, D + 4 * DAY), Span(D + 6 * DAY, D + 9 * DAY)],
        ),
    ],
)
def test_a_stay_lasts_from_the_appeal_or_the_order_to_the_outcome(later: Sequence[Event], spans: list[Span]) -> None:
    events = [*BEGUN, *later]
    assert stays(events) == spans
    open_still = bool(spans) and spans[-1].until_on is None
    assert (standing(events).stayed_on is not None) is open_still


def clock(officer: UUID, action_id: UUID, code: ClockCode = ClockCode.EFFECT_30) -> Clock:
    with disruption.as_user(officer):
        found = clocks_about(ObjectKind.DISRUPTION_ACTION, action_id)
        one = next(one for one in found if one.code is code and one.runs)
        db.session.expunge(one)
        return one


def test_the_clocks_wait_while_a_court_stays_the_measure_and_count_on_with_its_outcome(
    fire: UUID, officer: UUID
) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    first = clock(officer, made)
    disruption.tell(officer, made, appealed(today - 8 * DAY, stayed=False))
    assert clock(officer, made).paused_on is None
    disruption.tell(officer, made, Event(E.STAYED, today - 6 * DAY))
    assert clock(officer, made).paused_on == today - 6 * DAY
    with disruption.as_user(officer):
        assert queries.action(made).stayed_on == today - 6 * DAY
    disruption.tell(officer, made, decided(today - 2 * DAY))
    now = clock(officer, made)
    assert (now.paused_on, now.due_on) == (None, first.due_on + 4 * DAY)
    with disruption.as_user(officer):
        assert queries.action(made).stayed_on is None


def test_what_begins_while_it_is_stayed_waits_too_and_the_end_of_the_action_ends_the_stay(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, today = disruption.officer_of(police, COUNTY), dates.today()
    made = disruption.consider(inspector, "SOACL", disruption.GUESTHOUSE, police, considered_on=today - 9 * DAY)
    authorised = Event(E.AUTHORISED, today - 9 * DAY, rank=Rank.SUPERINTENDENT)
    stayed = Event(E.APPEALED, today - 7 * DAY, court=AppealCourt.CROWN_COURT, stayed=True)
    disruption.tell(inspector, made, authorised, Event(E.SERVED, today - 8 * DAY), stayed)
    owed = clock(inspector, made, ClockCode.CLOSE_SOA_HEAR)
    assert owed.paused_on == today - 7 * DAY
    disruption.tell(inspector, made, Event(E.IN_FORCE, today - 5 * DAY, today + 30 * DAY))
    assert clock(inspector, made).paused_on == today - 5 * DAY
    assert clock(inspector, made, ClockCode.CLOSE_SOA_HEAR).paused_on == today - 7 * DAY
    disruption.tell(inspector, made, Event(E.ENDED, today))
    after = clock(inspector, made)
    assert (after.paused_on, after.due_on) == (None, after.first_due_on + 5 * DAY)


def test_a_stay_that_is_put_right_moves_the_clocks(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    stayed = Event(E.STAYED, today - 6 * DAY)
    disruption.tell(officer, made, appealed(today - 8 * DAY, stayed=False), stayed, decided(today - DAY))
    before = clock(officer, made)
    with disruption.as_user(officer) as user:
        wrong = next(one for one in queries.events_of(made) if one.kind is E.STAYED)
        right = correcting.Correction(Event(E.STAYED, today - 3 * DAY), Said(), "The order is of a later day.")
        correcting.correct(user, made, wrong.id, right)
        db.session.commit()
    after = clock(officer, made)
    assert (before.due_on, after.due_on) == (after.first_due_on + 5 * DAY, after.first_due_on + 2 * DAY)


def test_the_page_asks_which_court_and_offers_what_the_law_says(app: Flask, fire: UUID, officer: UUID) -> None:
    today, browser = dates.today(), browsers.of_user(app, officer)
    made = disruption.closed(officer, fire, today - 3 * DAY)
    address = f"/actions/{made}/record/appealed"
    shown = browser.get(address).text
    assert '<option value="magistrates_court" selected' in shown
    assert "it stays in force unless the court says otherwise" in shown
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    refused = browser.post(address, data={**day, "court": "magistrates_court", "stayed": "yes"})
    assert refused.status_code == 422
    assert "an appeal does not stay it" in refused.text
    unsaid = browser.post(address, data=day)
    assert unsaid.status_code == 422
    assert "Select the court or tribunal" in unsaid.text
    assert "Select whether the measure is stayed" in unsaid.text
    sent = {**day, "court": "magistrates_court", "stayed": "yes", "words": "By order of the day."}
    assert browser.post(address, data=sent).status_code == 302
    page = browser.get(f"/actions/{made}").text
    assert f"Open since {dates.in_words(today)}, Magistrates’ court. The measure is stayed" in page
    assert "Appealed: Magistrates’ court, stayed meanwhile" in page
    assert "In force, stayed" in page
    assert "In force, stayed" in browser.get("/actions").text
    assert f"/actions/{made}/record/stay_ended" in page


def test_by_sql_nothing_but_an_appeal_has_a_court(fire: UUID, officer: UUID) -> None:
    made = disruption.closed(officer, fire, dates.today())
    add = (
        "INSERT INTO disruption_event (id, authority_id, action_id, number, kind, on_day, stayed, by_id)"
        " SELECT gen_random_uuid(), authority_id, id, 5, 'ended', current_date, true, recorded_by"
        " FROM disruption_action WHERE id = :action"
    )
    with pytest.raises(DBAPIError, match="court_of_an_appeal"), disruption.as_user(officer):
        db.session.execute(text(add), {"action": made})
