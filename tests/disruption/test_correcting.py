"""What was recorded of an action is put right, and what is learnt late stands where its day is."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, disruption
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.queries import clocks_about
from licensing.deadlines.rules import ClockState
from licensing.disruption import queries
from licensing.disruption.changes import correcting
from licensing.disruption.changes.rows import Said
from licensing.disruption.rules import Event
from licensing.disruption.words import ActionState, AgencyKind, EventKind, Rank
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session

DAY = timedelta(days=1)
COUNTY = accounts.COUNTY
POLICE = Rank.INSPECTOR


@pytest.fixture
def fire(app: Flask) -> UUID:
    return disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)


@pytest.fixture
def officer(fire: UUID) -> UUID:
    return disruption.officer_of(fire, COUNTY)


def put_right(
    officer: UUID, action_id: UUID, kind: EventKind, event: Event | None, why: str = "The day was wrong."
) -> None:
    with disruption.as_user(officer) as user:
        wrong = next(one for one in queries.events_of(action_id) if one.kind is kind)
        correcting.correct(user, action_id, wrong.id, correcting.Correction(event, Said("Officer 101"), why))
        db.session.commit()


def due(officer: UUID, action_id: UUID) -> dict[ClockCode, tuple[date, bool]]:
    with disruption.as_user(officer):
        found = clocks_about(ObjectKind.DISRUPTION_ACTION, action_id)
        return {one.code: (one.due_on, one.runs) for one in found if one.runs}


def test_a_day_that_was_wrong_is_put_right_and_its_clocks_with_it(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    put_right(officer, made, EventKind.IN_FORCE, Event(EventKind.IN_FORCE, today - 4 * DAY))
    with disruption.as_user(officer):
        action = queries.action(made)
        assert (action.state, action.in_force_on) == (ActionState.IN_FORCE, today - 4 * DAY)
        assert [one.kind for one in action.told][-1] is EventKind.IN_FORCE
        assert len(action.events) == len(action.told) + 1
    running = due(officer, made)
    assert running[ClockCode.EFFECT_30][0] - running[ClockCode.EFFECT_90][0] == -60 * DAY
    assert running[ClockCode.EFFECT_30][0] >= today + 26 * DAY


def test_an_entry_keeps_its_place_among_those_of_its_day(fire: UUID, officer: UUID) -> None:
    """Who authorised it, recorded before the service of the same day, is put right after it."""
    today = dates.today()
    made = disruption.closed(officer, fire, today)
    put_right(officer, made, EventKind.AUTHORISED, Event(EventKind.AUTHORISED, today, rank=Rank.CHIEF_EXECUTIVE))
    with disruption.as_user(officer):
        told = queries.action(made).told
        assert [one.kind for one in told][1:] == [EventKind.AUTHORISED, EventKind.SERVED, EventKind.IN_FORCE]
        assert told[1].rank is Rank.CHIEF_EXECUTIVE


def test_what_never_happened_is_withdrawn_and_the_action_goes_on(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    disruption.tell(officer, made, Event(EventKind.ENDED, today - DAY))
    put_right(officer, made, EventKind.ENDED, None)
    with disruption.as_user(officer):
        action = queries.action(made)
        assert (action.state, action.ended_on) == (ActionState.IN_FORCE, None)


def test_what_others_followed_is_not_withdrawn_nor_moved_behind_them(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    with pytest.raises(RuleBroken, match="could not have followed"):
        put_right(officer, made, EventKind.SERVED, None)
    with pytest.raises(RuleBroken, match="does not follow here"):
        put_right(officer, made, EventKind.SERVED, Event(EventKind.SERVED, today))
    with pytest.raises(RuleBroken, match="Record that the power was not used"):
        put_right(officer, made, EventKind.CONSIDERED, None)


def test_a_breach_that_is_learnt_of_late_stands_before_the_end(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 20 * DAY)
    disruption.tell(officer, made, Event(EventKind.ENDED, today - 5 * DAY))
    disruption.tell(officer, made, Event(EventKind.BREACHED, today - 9 * DAY))
    with disruption.as_user(officer):
        action = queries.action(made)
        assert action.state is ActionState.ENDED
        assert [one.kind for one in action.told][-2:] == [EventKind.BREACHED, EventKind.ENDED]
    # And one of the very day on which it ended.
    disruption.tell(officer, made, Event(EventKind.COMPLIED, today - 5 * DAY))
    with disruption.as_user(officer):
        action = queries.action(made)
        assert (action.state, action.told[-1].kind) == (ActionState.ENDED, EventKind.ENDED)
        assert action.told == queries.events_of(made)
    with pytest.raises(RuleBroken, match="does not follow"):
        disruption.tell(officer, made, Event(EventKind.BREACHED, today))


def test_two_who_correct_the_same_entry_are_told(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    with disruption.as_user(officer) as user:
        wrong = queries.events_of(made)[-1].id
        right = correcting.Correction(Event(EventKind.IN_FORCE, today - 9 * DAY), Said(), "Typed wrong.")
        correcting.correct(user, made, wrong, right)
        db.session.commit()
        with pytest.raises(RuleBroken, match="corrected a moment ago"):
            correcting.correct(user, made, wrong, right)


def test_a_breach_that_was_withdrawn_is_in_no_figure_from_then_on(fire: UUID, officer: UUID) -> None:
    """And still in that of the moment before: figures are as at a moment."""
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    disruption.tell(officer, made, Event(EventKind.BREACHED, today - DAY))
    before = now()
    put_right(officer, made, EventKind.BREACHED, None)
    author = accounts.user(Role.BRIEFING_AUTHOR, COUNTY)
    assert (breaches(author, today, before), breaches(author, today, now())) == (1, 0)


def now() -> str:
    with owner_session() as session:
        return str(session.scalar(text("SELECT clock_timestamp()::text")))


def breaches(author: UUID, today: date, at: str) -> int:
    counted = "SELECT number FROM figures_of_disruption(:since, :today, CAST(:at AS timestamptz)) WHERE code = :code"
    asked = {"since": today - 30 * DAY, "today": today, "at": at, "code": "disruption.breached"}
    with disruption.as_user(author):
        return db.session.scalar(text(counted), asked) or 0


def test_an_ended_closure_is_put_right_though_the_place_was_closed_again(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 20 * DAY)
    disruption.tell(officer, made, Event(EventKind.ENDED, today - 9 * DAY))
    disruption.closed(officer, fire, today - 5 * DAY)
    put_right(
        officer, made, EventKind.AUTHORISED, Event(EventKind.AUTHORISED, today - 20 * DAY, rank=Rank.CHIEF_EXECUTIVE)
    )
    with pytest.raises(RuleBroken, match="in force here already"):
        put_right(officer, made, EventKind.ENDED, Event(EventKind.ENDED, today - 3 * DAY))


def test_what_was_not_put_before_the_court_is_owed_to_it_again(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, today = disruption.officer_of(police, COUNTY), dates.today()
    made = disruption.consider(inspector, "ASBCN", disruption.GUESTHOUSE, police)
    disruption.tell(
        inspector,
        made,
        Event(EventKind.AUTHORISED, today, rank=POLICE),
        Event(EventKind.SERVED, today, today),
        Event(EventKind.AT_COURT, today),
    )
    assert due(inspector, made) == {}
    put_right(inspector, made, EventKind.AT_COURT, None)
    assert ClockCode.CLOSE_ASB_HEAR in due(inspector, made)


def test_a_court_that_was_asked_in_time_after_all_is_no_longer_late(app: Flask) -> None:
    """The service was typed five days too early: from its right day the court was asked in time."""
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, today = disruption.officer_of(police, COUNTY), dates.today()
    made = disruption.consider(inspector, "ASBCN", disruption.GUESTHOUSE, police, considered_on=today - 9 * DAY)
    authorised = Event(EventKind.AUTHORISED, today - 9 * DAY, rank=POLICE)
    served = Event(EventKind.SERVED, today - 6 * DAY, today - 5 * DAY)
    disruption.tell(inspector, made, authorised, served, Event(EventKind.AT_COURT, today - DAY))
    assert stands(inspector, made) == [ClockState.MET_LATE]
    put_right(inspector, made, EventKind.SERVED, Event(EventKind.SERVED, today - DAY, today))
    assert stands(inspector, made) == [ClockState.MET, ClockState.PUT_RIGHT]
    assert due(inspector, made) == {}
    # And late again where it was not before the court on that day.
    put_right(inspector, made, EventKind.SERVED, Event(EventKind.SERVED, today - 5 * DAY, today - 4 * DAY))
    assert stands(inspector, made) == [ClockState.MET_LATE, ClockState.PUT_RIGHT, ClockState.PUT_RIGHT]
    client = browsers.of_user(app, inspector)
    assert "Put right" in client.get(f"/actions/{made}").text


def test_an_agency_of_another_council_that_joins_puts_a_clock_right_too(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    joined = disruption.agency(AgencyKind.COMMUNITY_SAFETY)
    inspector, partner, today = disruption.officer_of(police, COUNTY), disruption.officer_of(joined), dates.today()
    known = {"considered_on": today - 9 * DAY, "partners": [joined]}
    made = disruption.consider(inspector, "ASBCN", disruption.GUESTHOUSE, police, **known)
    authorised = Event(EventKind.AUTHORISED, today - 9 * DAY, rank=POLICE)
    served = Event(EventKind.SERVED, today - 6 * DAY, today - 5 * DAY)
    disruption.tell(inspector, made, authorised, served, Event(EventKind.AT_COURT, today - DAY))
    put_right(partner, made, EventKind.SERVED, Event(EventKind.SERVED, today - DAY, today))
    for who in (inspector, partner):
        assert stands(who, made) == [ClockState.MET, ClockState.PUT_RIGHT]


def stands(officer: UUID, action_id: UUID) -> list[ClockState]:
    with disruption.as_user(officer):
        found = clocks_about(ObjectKind.DISRUPTION_ACTION, action_id)
        return sorted(one.state_on(dates.today()) for one in found if one.code is ClockCode.CLOSE_ASB_HEAR)


def test_by_sql_a_clock_is_not_put_right_by_another_duty_nor_before_it_was_met(fire: UUID, officer: UUID) -> None:
    made = disruption.closed(officer, fire, dates.today() - 10 * DAY)
    other = "UPDATE clock SET replaced_by_id = (SELECT o.id FROM clock o WHERE o.id <> clock.id LIMIT 1)"
    itself = "UPDATE clock SET met_on = current_date, replaced_by_id = id"
    for statement in (other, itself):
        with pytest.raises(ProgrammingError, match="put right by another"), disruption.as_user(officer):
            db.session.execute(text(f"{statement} WHERE object_id = :action"), {"action": made})


def test_an_entry_is_put_right_by_one_of_its_kind_and_its_action(fire: UUID, officer: UUID) -> None:
    """Whatever statement is sent as the application's role."""
    made = disruption.closed(officer, fire, dates.today())
    other = disruption.consider(officer, "FIRE31", disruption.GUESTHOUSE, fire)
    with disruption.as_user(officer) as user:
        served = queries.events_of(made)[2]
        for action_id, kind, number in ((other, "served", 2), (made, "ended", 5)):
            row = {"action": action_id, "kind": kind, "number": number, "wrong": served.id, "by": user.id}
            with pytest.raises(ProgrammingError, match="one of its kind"), db.session.begin_nested():
                db.session.execute(
                    text(
                        "INSERT INTO disruption_event (id, authority_id, action_id, number, kind, on_day, replaces_id,"
                        " why_sealed, by_id) SELECT gen_random_uuid(), authority_id, id, :number, :kind, current_date,"
                        " :wrong, 'x', :by FROM disruption_action WHERE id = :action"
                    ),
                    row,
                )


def test_the_page_asks_what_is_wrong_and_shows_what_stood_before(fire: UUID, officer: UUID, app: Flask) -> None:
    today = dates.today()
    made = disruption.closed(officer, fire, today - 10 * DAY)
    client = app.test_client()
    client.set_cookie("session", accounts.open_session(officer))
    page = client.get(f"/actions/{made}").text
    with disruption.as_user(officer):
        served = next(one.id for one in queries.events_of(made) if one.kind is EventKind.SERVED)
    address = f"/actions/{made}/events/{served}/correct"
    assert address in page

    day = today - 10 * DAY
    sent = {
        "on-day": day.day,
        "on-month": day.month,
        "on-year": day.year,
        "officer": "Officer 7",
        "conditions": "No guests.",
    }
    refused = client.post(address, data=sent)
    assert refused.status_code == 422
    assert "Say why it is put right" in refused.text
    assert "No guests." in refused.text

    assert client.post(address, data=sent | {"why": "Another officer served it."}).status_code == 302
    page = client.get(f"/actions/{made}").text
    assert "Officer 7" in page
    assert "Another officer served it." in page
    assert "Before: Served, " in page
    assert page.count("No guests.") == 2  # among the facts, and where it was said


def test_a_notice_that_binds_at_once_is_looked_at_after_thirty_days(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, today = disruption.officer_of(police, COUNTY), dates.today()
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    disruption.tell(inspector, made, Event(EventKind.AUTHORISED, today, rank=POLICE))
    client = app.test_client()
    client.set_cookie("session", accounts.open_session(inspector))
    sent = {"on-day": today.day, "on-month": today.month, "on-year": today.year, "at_once": "y"}
    assert client.post(f"/actions/{made}/record/served", data=sent).status_code == 302
    with disruption.as_user(inspector):
        assert queries.action(made).state is ActionState.IN_FORCE
    assert ClockCode.EFFECT_30 in due(inspector, made)
