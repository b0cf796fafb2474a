"""Actions from when they are considered to their end, by those who may."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, concerns, disruption, register, signals
from flask import Flask
from sqlalchemy import select

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.queries import clocks_about
from licensing.disruption import queries
from licensing.disruption.changes import acting, reviewing
from licensing.disruption.models import Action
from licensing.disruption.queries import ActionsFilter
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim, name_of
from licensing.disruption.words import ActionState, AgencyKind, AppealResult, Effect, EventKind, Rank, TargetKind
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register.events import RecordKind
from licensing.register.places import PremisesKind

DAY = timedelta(days=1)
COUNTY, OXFORD = accounts.COUNTY, accounts.OXFORD


@pytest.fixture
def fire(app: Flask) -> UUID:
    return disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY)


@pytest.fixture
def officer(fire: UUID) -> UUID:
    return disruption.officer_of(fire, COUNTY)


def test_an_action_is_told_from_its_first_thought_to_its_end(fire: UUID, officer: UUID) -> None:
    made = disruption.closed(officer, fire, dates.today() - 10 * DAY)
    disruption.tell(officer, made, Event(EventKind.COMPLIED, dates.today()), Event(EventKind.ENDED, dates.today()))
    with disruption.as_user(officer):
        action = queries.action(made)
        assert (action.state, action.ended_on, name_of(action.targets[0])) == (
            ActionState.ENDED,
            dates.today(),
            "Lantern Guesthouse",
        )
        assert [one.kind for one in action.events] == [
            EventKind.CONSIDERED,
            EventKind.AUTHORISED,
            EventKind.SERVED,
            EventKind.IN_FORCE,
            EventKind.COMPLIED,
            EventKind.ENDED,
        ]


def test_what_an_agency_owes_by_a_power_runs_as_a_clock_until_it_is_put_before_the_court(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, today = disruption.officer_of(police, COUNTY), dates.today()
    made = disruption.consider(inspector, "ASBCN", disruption.GUESTHOUSE, police)
    disruption.tell(
        inspector, made, Event(EventKind.AUTHORISED, today, rank=Rank.INSPECTOR), Event(EventKind.SERVED, today, today)
    )
    with disruption.as_user(inspector):
        clock = clocks_about(ObjectKind.DISRUPTION_ACTION, made)[0]
        assert (clock.code, clock.runs) == (ClockCode.CLOSE_ASB_HEAR, True)
    disruption.tell(inspector, made, Event(EventKind.AT_COURT, today))
    with disruption.as_user(inspector):
        assert clocks_about(ObjectKind.DISRUPTION_ACTION, made)[0].met_on == today


def test_an_action_in_force_is_looked_at_after_thirty_days_and_not_before(fire: UUID, officer: UUID) -> None:
    early = disruption.closed(officer, fire, dates.today() - 29 * DAY)
    other = Aim(TargetKind.PREMISES, "The Tugboat", "2 Sample Wharf", "OX1 1ZY")
    due = disruption.closed(officer, fire, dates.today() - 30 * DAY, other)
    with disruption.as_user(officer) as user, pytest.raises(RuleBroken, match="30 days have not passed"):
        reviewing.review(user, early, 30, Effect.EFFECTIVE, "It is quiet.")
    disruption.review(officer, due, Effect.DISPLACED)
    with disruption.as_user(officer) as user:
        found = {clock.code: clock for clock in clocks_about(ObjectKind.DISRUPTION_ACTION, due)}
        assert found[ClockCode.EFFECT_30].met_on == dates.today()
        assert found[ClockCode.EFFECT_90].met_on is None
        with pytest.raises(RuleBroken, match="was made a moment ago"):
            reviewing.review(user, due, 30, Effect.NONE, "Again.")


def test_reports_are_counted_before_and_after_in_the_same_time(app: Flask) -> None:
    """Complaints about whoever it is directed at: none of their words, and none of another's."""
    licensing = disruption.agency(AgencyKind.LICENSING)
    officer = accounts.user(Role.LICENSING_OFFICER)
    person = register.add(register.KHAN, OXFORD)
    in_force = dates.today() - 40 * DAY
    aim = Aim(TargetKind.PERSON, "M Khan", "", "", person, accounts.authority_id(OXFORD))
    made = disruption.consider(officer, "PREMVISIT", aim, licensing, considered_on=in_force)
    disruption.tell(officer, made, Event(EventKind.AUTHORISED, in_force), Event(EventKind.IN_FORCE, in_force))
    for days in (-31, -30, -1, 0, 29, 30):
        disruption.complain(officer, person, in_force + days * DAY)
    disruption.review(officer, made)
    with disruption.as_user(officer):
        review = queries.action(made).reviews[0]
        assert (review.reports_before, review.reports_after) == (2, 2)


def test_the_look_after_ninety_days_is_asked_once_they_have_passed_and_counts_ninety(app: Flask) -> None:
    licensing = disruption.agency(AgencyKind.LICENSING)
    officer = accounts.user(Role.LICENSING_OFFICER)
    person = register.add(register.KHAN, OXFORD)
    aim = Aim(TargetKind.PERSON, "M Khan", "", "", person, accounts.authority_id(OXFORD))
    made = {}
    for ago in (89, 91):
        on = dates.today() - ago * DAY
        made[ago] = disruption.consider(officer, "PREMVISIT", aim, licensing, considered_on=on)
        disruption.tell(officer, made[ago], Event(EventKind.AUTHORISED, on), Event(EventKind.IN_FORCE, on))
    in_force = dates.today() - 91 * DAY
    for days in (-91, -90, -1, 0, 29, 89, 90):
        disruption.complain(officer, person, in_force + days * DAY)
    with disruption.as_user(officer) as user:
        with pytest.raises(RuleBroken, match="90 days have not passed"):
            reviewing.review(user, made[89], 90, Effect.NONE, "Too early.")
        db.session.rollback()
        reviewing.review(user, made[91], 90, Effect.PARTIAL, "Fewer people come and go.")
        db.session.commit()
        review = queries.action(made[91]).reviews[0]
        assert (review.after_days, review.reports_before, review.reports_after) == (90, 2, 3)


def test_a_concern_that_became_a_complaint_is_counted_once_and_so_is_one_that_was_passed_on(app: Flask) -> None:
    licensing = disruption.agency(AgencyKind.LICENSING)
    officer = accounts.user(Role.LICENSING_OFFICER)
    person = register.add(register.PLAIN, OXFORD)
    in_force = dates.today() - 40 * DAY
    aim = Aim(TargetKind.PERSON, "Petra Example", "", "", person, accounts.authority_id(OXFORD))
    made = disruption.consider(officer, "PREMVISIT", aim, licensing, considered_on=in_force)
    disruption.tell(officer, made, Event(EventKind.AUTHORISED, in_force), Event(EventKind.IN_FORCE, in_force))
    disruption.complain(officer, person, in_force)
    concerns.lead_to_complaint(concerns.linked(officer, person, in_force + DAY))
    first = concerns.linked(officer, person, in_force + DAY)
    concerns.linked(officer, person, in_force + 2 * DAY, passed_from=first)
    with disruption.as_user(officer):
        assert queries.reports(made, 30) == (0, 2)


def test_complaints_about_a_place_are_counted_before_and_after(app: Flask) -> None:
    licensing = disruption.agency(AgencyKind.LICENSING)
    officer = accounts.user(Role.LICENSING_OFFICER)
    place = register.add_premises(OXFORD, "Harbour Hotel", PremisesKind.HOTEL)
    aim = Aim(TargetKind.PREMISES, "Harbour Hotel", "1 Sample Street", "", place, accounts.authority_id(OXFORD))
    in_force = dates.today() - 40 * DAY
    made = disruption.consider(officer, "PREMVISIT", aim, licensing, considered_on=in_force)
    disruption.tell(officer, made, Event(EventKind.AUTHORISED, in_force), Event(EventKind.IN_FORCE, in_force))
    signals.complain(officer, RecordKind.PREMISES, place, 41, 40, 11, 10)
    with disruption.as_user(officer):
        assert queries.reports(made, 30) == (1, 2)


def test_an_allowed_appeal_ends_it_and_a_place_is_not_closed_twice_at_once(fire: UUID, officer: UUID) -> None:
    today = dates.today()
    first = disruption.closed(officer, fire, today - 9 * DAY)
    second = disruption.consider(officer, "FIRE31", disruption.GUESTHOUSE, fire)
    disruption.tell(
        officer,
        second,
        Event(EventKind.AUTHORISED, today, rank=Rank.AUTHORISED_OFFICER),
        Event(EventKind.SERVED, today),
    )
    with pytest.raises(RuleBroken, match="is in force here already"):
        disruption.tell(officer, second, Event(EventKind.IN_FORCE, today))
    allowed = Event(EventKind.APPEAL_DECIDED, today - DAY, appeal_result=AppealResult.ALLOWED)
    disruption.tell(officer, first, Event(EventKind.APPEALED, today - 2 * DAY), allowed)
    disruption.tell(officer, second, Event(EventKind.IN_FORCE, today))
    with disruption.as_user(officer):
        assert queries.action(first).state is ActionState.ENDED
        assert queries.action(second).state is ActionState.IN_FORCE


def test_a_place_is_known_again_by_its_record_or_by_its_name_and_not_closed_twice(fire: UUID, officer: UUID) -> None:
    today, written = dates.today(), disruption.GUESTHOUSE
    disruption.closed(officer, fire, today - 9 * DAY)
    linked = replace(written, postcode="ox11zz", record_id=UUID(int=7), of_authority_id=accounts.authority_id(OXFORD))
    with pytest.raises(RuleBroken, match="is in force here already"):
        disruption.closed(officer, fire, today, linked)
    # Nor by adding it to a notice that is in force elsewhere.
    other = disruption.closed(officer, fire, today, Aim(TargetKind.PREMISES, "Elm Rooms", "2 Sample Street"))
    with disruption.as_user(officer) as user:
        with pytest.raises(RuleBroken, match="is in force here already") as refused:
            acting.add_target(user, other, linked)
        assert refused.value.field == "target_name"
        db.session.rollback()
        assert len(queries.action(other).targets) == 1


@pytest.mark.parametrize(
    ("code", "aim", "said"),
    [
        ("S116", disruption.GUESTHOUSE, "Fire and rescue may not use this power"),
        ("FIRE31", disruption.ADULT, "used on: premises"),
        ("FIRE31", Aim(TargetKind.PREMISES, "Somewhere"), "Enter the address or the postcode"),
    ],
)
def test_a_plan_that_the_law_does_not_allow_is_refused(
    fire: UUID, officer: UUID, code: str, aim: Aim, said: str
) -> None:
    with pytest.raises(RuleBroken, match=said):
        disruption.consider(officer, code, aim, fire)
    with disruption.as_user(officer):
        assert queries.actions_page(ActionsFilter(every=True), dates.today(), 1).total == 0


def test_one_action_is_directed_at_several_and_at_none_twice(app: Flask) -> None:
    licensing, officer = disruption.agency(AgencyKind.LICENSING), accounts.user(Role.LICENSING_OFFICER)
    person, council = register.add(register.KHAN, OXFORD), accounts.authority_id(OXFORD)
    made = disruption.consider(officer, "PREMVISIT", disruption.GUESTHOUSE, licensing)
    aim = Aim(TargetKind.PERSON, "M Khan", "", "", person, council)
    with disruption.as_user(officer) as user:
        acting.add_target(user, made, aim)
        db.session.commit()
        with pytest.raises(RuleBroken, match="directed at this already"):
            acting.add_target(user, made, aim)
        db.session.rollback()
        assert [name_of(one) for one in queries.action(made).targets] == ["Lantern Guesthouse", "M Khan"]


def test_the_first_target_is_one_of_the_power_s_and_the_others_are_of_any_kind(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector = disruption.officer_of(police, COUNTY)
    with pytest.raises(RuleBroken, match="used on: person"):
        disruption.consider(inspector, "CAWN", disruption.GUESTHOUSE, police)
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    sent = {"target_kind": "vehicle", "target_name": "AB12 CDE"}
    assert browsers.of_user(app, inspector).post(f"/actions/{made}/targets", data=sent).status_code == 302
    with disruption.as_user(inspector) as user:
        acting.add_target(user, made, disruption.GUESTHOUSE)
        db.session.commit()
        action = queries.action(made)
        assert (action.directed_at, [one.kind for one in action.targets]) == (
            TargetKind.PERSON,
            [TargetKind.PERSON, TargetKind.VEHICLE, TargetKind.PREMISES],
        )


def test_what_ran_out_is_no_longer_in_the_list_of_what_goes_on(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, day = disruption.officer_of(police, COUNTY), dates.today() - 60 * DAY
    made = disruption.consider(inspector, "ASBCO", disruption.GUESTHOUSE, police, considered_on=day)
    disruption.tell(
        inspector,
        made,
        Event(EventKind.AUTHORISED, day, rank=Rank.COURT),
        Event(EventKind.SERVED, day),
        Event(EventKind.IN_FORCE, day, day + 59 * DAY),
    )
    with disruption.as_user(inspector):
        today = dates.today()
        assert queries.actions_page(ActionsFilter(), today - DAY, 1).total == 1
        assert queries.actions_page(ActionsFilter(), today, 1).total == 0
        assert queries.actions_page(ActionsFilter(state=ActionState.RAN_OUT), today, 1).total == 1
        assert queries.actions_of_powers(ActionsFilter(every=True), today) == [("ASBCO", "Closure order", 1)]


def test_people_are_sealed_and_found_again_by_their_name(app: Flask) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector = disruption.officer_of(police, COUNTY)
    made = disruption.consider(inspector, "CAWN", disruption.ADULT, police)
    with disruption.as_user(inspector):
        found = queries.actions_on(TargetKind.PERSON, "  rowan   SAMPLETON ")
        assert [one.id for one in found] == [made]
        assert found[0].targets[0].name is None
        assert db.session.scalars(select(Action.state)).one() is ActionState.CONSIDERED


def test_whoever_asks_an_agency_that_nobody_works_for_is_told_whom_to_ring(
    fire: UUID, officer: UUID, app: Flask
) -> None:
    housing = disruption.agency(AgencyKind.HOUSING, COUNTY)
    made = disruption.consider(officer, "FIRE31", disruption.GUESTHOUSE, fire)
    client, due = app.test_client(), dates.today() + DAY
    client.set_cookie("session", accounts.open_session(officer))
    day = {"due_on-day": due.day, "due_on-month": due.month, "due_on-year": due.year}
    sent = {"asked_by": str(fire), "agency": str(housing), "what": "Please look at the exits.", **day}
    for said in ("ring Duty desk, 01865 000000", "The agency is asked, and written to."):
        assert client.post(f"/actions/{made}/ask", data=sent).status_code == 302
        assert said in client.get(f"/actions/{made}").text
        disruption.officer_of(housing, COUNTY)


def test_an_order_that_lasts_longer_than_a_limit_not_verified_is_kept_once_somebody_says_that_they_checked(
    app: Flask,
) -> None:
    police = disruption.agency(AgencyKind.POLICE, COUNTY, is_partner=True)
    inspector, today = disruption.officer_of(police, COUNTY), dates.today()
    made = disruption.consider(inspector, "ASBCO", disruption.GUESTHOUSE, police)
    disruption.tell(
        inspector, made, Event(EventKind.AUTHORISED, today, rank=Rank.COURT), Event(EventKind.SERVED, today)
    )
    client, ends_on = app.test_client(), today + 730 * DAY
    client.set_cookie("session", accounts.open_session(inspector))
    address = f"/actions/{made}/record/in_force"
    assert "That limit is not verified" in client.get(address).text
    sent = {"officer": "4711"} | {
        f"{name}-{part}": getattr(day, part)
        for name, day in (("on", today), ("ends_on", ends_on))
        for part in ("day", "month", "year")
    }
    refused = client.post(address, data=sent)
    assert refused.status_code == 422
    assert "2014 s.80 allows 3 months at most" in refused.text
    assert 'value="4711"' in refused.text
    assert client.post(address, data={**sent, "limit_checked": "y"}).status_code == 302
    with disruption.as_user(inspector):
        assert queries.action(made).ends_on == ends_on
        disruption.tell(inspector, made, Event(EventKind.BREACHED, today))  # and it is not asked about again
