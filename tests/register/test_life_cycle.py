"""The table of statuses and transitions: complete, with a law in every row, and true of what the events give."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.register import life_cycle
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import Event, EventKind, LicenceStatus
from licensing.register.life_cycle import TRANSITIONS, Clock, is_regular, may_become, of_family, regular_events
from licensing.register.rules import periods, status_as_at

FIRST = date(2024, 1, 1)
days_on = st.integers(0, 40)


def test_every_event_and_every_status_is_in_the_table() -> None:
    assert {row.trigger for row in TRANSITIONS} == {*EventKind, *Clock}
    assert {status for row in TRANSITIONS for status in row.before | row.after} == set(LicenceStatus)
    assert all(row.law and row.families and row.before for row in TRANSITIONS)


@pytest.mark.parametrize("family", Family)
def test_every_status_a_family_can_come_to_is_reached_from_an_application(family: Family) -> None:
    reached = {LicenceStatus.APPLIED}
    for _ in LicenceStatus:
        reached |= {after for row in of_family(family) if row.before & reached for after in row.after}
    assert {status for row in of_family(family) for status in row.after} <= reached


def test_a_drivers_licence_cannot_be_surrendered() -> None:
    for kind in (LicenceKind.PRIVATE_HIRE_DRIVER, LicenceKind.PRIVATE_HIRE_VEHICLE, LicenceKind.PRIVATE_HIRE_OPERATOR):
        assert EventKind.SURRENDERED not in life_cycle.events_known_to(kind)
        assert is_regular(kind, LicenceStatus.IN_FORCE, EventKind.BADGE_RETURNED)
    assert is_regular(LicenceKind.PREMISES_LICENCE, LicenceStatus.IN_FORCE, EventKind.SURRENDERED)


def test_a_revocation_is_not_lifted_by_the_authority() -> None:
    leave_it_as_it_is = {
        EventKind.DIED,
        EventKind.VOIDED,
        EventKind.BADGE_RETURNED,
        EventKind.APPEALED,
        EventKind.APPEAL_DISMISSED,
        EventKind.APPEAL_WITHDRAWN,
    }
    for kind in LicenceKind:
        lifting = regular_events(kind, LicenceStatus.REVOKED) - leave_it_as_it_is
        assert lifting <= {EventKind.REINSTATED_BY_COURT}


def test_a_food_registration_is_never_refused_or_revoked() -> None:
    known = life_cycle.events_known_to(LicenceKind.FOOD_REGISTRATION)
    assert not known & {EventKind.REFUSED, EventKind.REVOKED, EventKind.SUSPENDED}


@st.composite
def regular_lives(draw: st.DrawFn) -> tuple[LicenceKind, list[Event]]:
    """A licence's events, each of them regular where it comes, on rising days."""
    kind = draw(st.sampled_from(LicenceKind))
    happened: list[Event] = []
    day = FIRST
    for _ in range(draw(st.integers(0, 7))):
        day += timedelta(days=draw(days_on) + 1)
        possible = sorted(regular_events(kind, status_as_at(happened, day)))
        if not possible:
            break
        happened.append(draw(plausible(kind, EventKind(draw(st.sampled_from(possible))), day)))
    return kind, happened


@st.composite
def plausible(draw: st.DrawFn, kind: LicenceKind, event: EventKind, day: date) -> Event:
    """The event with the dates that such an event has."""
    later = day + timedelta(days=draw(days_on))
    if event in (EventKind.GRANTED, EventKind.RENEWED):
        lasts = None if kind.family is Family.REGISTRATION else timedelta(days=draw(days_on) + 30)
        return Event(event, decided_on=day, starts_on=later, expires_on=later + lasts if lasts else None)
    if event in (EventKind.SUSPENDED, EventKind.REVOKED):
        ends = later + timedelta(days=30) if event is EventKind.SUSPENDED and draw(st.booleans()) else None
        return Event(event, decided_on=day, notified_on=day, immediate=draw(st.booleans()), ends_on=ends)
    if event in (EventKind.LEAVE_RECORDED, EventKind.INTERIM_AUTHORITY_GIVEN):
        return Event(event, decided_on=day, ends_on=later + timedelta(days=1))
    return Event(event, decided_on=day)


@given(regular_lives())
def test_whatever_a_regular_life_turns_into_stands_in_the_table(life: tuple[LicenceKind, list[Event]]) -> None:
    kind, happened = life
    for one, following in pairwise(periods(happened)):
        assert may_become(kind.family, one.status, following.status), (kind, one, following)


@given(regular_lives(), st.dates(FIRST, date(2026, 1, 1)))
def test_the_status_on_a_day_is_that_of_the_events_up_to_it(life: tuple[LicenceKind, list[Event]], day: date) -> None:
    _, happened = life
    assert status_as_at(happened, day) is status_as_at([one for one in happened if one.known_from <= day], day)


def test_the_picture_in_the_documents_is_drawn_from_the_table() -> None:
    drawn = Path(__file__).parents[2] / "docs" / "life_cycle.md"
    from docs.life_cycle import page

    assert drawn.read_text(encoding="utf-8") == page()
