"""How an action stands by its events, and which may follow."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.disruption.catalogue import national_powers
from licensing.disruption.models import PowerRow
from licensing.disruption.powers import Power
from licensing.disruption.rules import (
    Event,
    Span,
    check_next,
    looked_back_and_forward,
    order,
    overlaps,
    possible_next,
    standing,
)
from licensing.disruption.words import ActionState, AppealResult, EventKind, Rank
from licensing.errors import RuleBroken

D = date(2026, 3, 2)
DAY = timedelta(days=1)
E = EventKind


def _power(code: str) -> Power:
    return next(PowerRow(id=uuid4(), **row).as_power() for row in national_powers() if row["code"] == code)


def _until(*kinds: EventKind, ends_on: date | None = None) -> list[Event]:
    return [Event(kind, D, ends_on if kind is E.IN_FORCE else None) for kind in (E.CONSIDERED, *kinds)]


def test_an_action_stands_as_its_events_left_it() -> None:
    now = standing(_until(E.AUTHORISED, E.SERVED, E.IN_FORCE, E.BREACHED, ends_on=D + 30 * DAY))
    assert (now.state, now.served_on, now.in_force_on, now.ends_on) == (ActionState.BREACHED, D, D, D + 30 * DAY)
    assert now.state_on(D + 30 * DAY) is ActionState.BREACHED
    assert now.state_on(D + 31 * DAY) is ActionState.RAN_OUT


def test_what_was_considered_and_not_used_is_over_and_nothing_follows() -> None:
    now = standing(_until(E.NOT_USED))
    assert now.state.is_over
    assert possible_next(_power("S116"), now) == ()


def test_an_appeal_that_is_allowed_ends_the_action_and_one_that_is_dismissed_does_not() -> None:
    before = [*_until(E.AUTHORISED, E.SERVED, E.IN_FORCE), Event(E.APPEALED, D + DAY)]
    assert standing(before).appeal_open
    allowed = standing([*before, Event(E.APPEAL_DECIDED, D + 9 * DAY, appeal_result=AppealResult.ALLOWED)])
    dismissed = standing([*before, Event(E.APPEAL_DECIDED, D + 9 * DAY, appeal_result=AppealResult.DISMISSED)])
    assert (allowed.state, allowed.ended_on, allowed.appeal_open) == (ActionState.ENDED, D + 9 * DAY, False)
    assert (dismissed.state, dismissed.appeal_open) == (ActionState.IN_FORCE, False)


def test_the_end_is_the_last_of_its_day_but_for_an_appeal_that_is_allowed() -> None:
    day = date(2026, 6, 1)
    ended, breached = Event(EventKind.ENDED, day), Event(EventKind.BREACHED, day)
    allowed = Event(EventKind.APPEAL_DECIDED, day, appeal_result=AppealResult.ALLOWED)
    assert sorted([allowed, ended, breached], key=order) == [breached, ended, allowed]
    assert order(breached, 9) < order(ended, 1) < order(Event(EventKind.BREACHED, date(2026, 6, 2)), 1)


def test_an_appeal_that_was_lodged_is_decided_even_after_the_end() -> None:
    now = standing([*_until(E.AUTHORISED, E.SERVED, E.IN_FORCE, E.APPEALED), Event(E.ENDED, D)])
    assert possible_next(_power("S116"), now) == (E.APPEAL_DECIDED,)


@pytest.mark.parametrize(
    ("before", "event", "said"),
    [
        (_until(), Event(E.SERVED, D), "does not follow here: the action is considered"),
        (_until(E.AUTHORISED), Event(E.SERVED, D - DAY), "on or after 2 March 2026"),
        (_until(E.AUTHORISED), Event(E.SERVED, D + 400 * DAY), "today or in the past"),
        (_until(), Event(E.AUTHORISED, D), "rank or office"),
        (_until(), Event(E.AUTHORISED, D, rank=Rank.CONSTABLE), "asks for: inspector"),
        (_until(E.AUTHORISED), Event(E.IN_FORCE, D), "takes effect when it is served"),
        (_until(E.AUTHORISED, E.SERVED), Event(E.IN_FORCE, D, D + 200 * DAY), "6 months at most"),
        (_until(E.AUTHORISED, E.SERVED, E.IN_FORCE, ends_on=D + 9 * DAY), Event(E.EXTENDED, D), "last day that it now"),
        (
            _until(E.AUTHORISED, E.SERVED, E.IN_FORCE, ends_on=D + 9 * DAY),
            Event(E.EXTENDED, D, D + 9 * DAY),
            "after the one that it has",
        ),
        (
            _until(E.AUTHORISED, E.SERVED, E.IN_FORCE, ends_on=D + 9 * DAY),
            Event(E.EXTENDED, D, D + 19 * DAY),
            "lets nobody extend it",
        ),
        (
            _until(E.AUTHORISED, E.SERVED, E.IN_FORCE, ends_on=D + 9 * DAY),
            Event(E.EXTENDED, D + 10 * DAY, D + 19 * DAY),
            "It ran out on 11 March 2026",
        ),
        (_until(E.AUTHORISED, E.SERVED), Event(E.IN_FORCE, D), "Enter the last day"),
    ],
)
def test_what_could_not_have_happened_so_is_refused_and_the_law_is_cited(
    before: list[Event], event: Event, said: str
) -> None:
    with pytest.raises(RuleBroken, match=said):
        check_next(_power("S116"), before, event, D + 300 * DAY)


@given(st.lists(st.sampled_from(list(E)), max_size=12))
def test_whatever_is_recorded_in_turn_never_revives_what_is_over(kinds: list[EventKind]) -> None:
    power, events, was_over = _power("ASBCN"), [Event(E.CONSIDERED, D)], False
    for kind in kinds:
        if kind in possible_next(power, standing(events)):
            events.append(Event(kind, D, appeal_result=AppealResult.DISMISSED if kind is E.APPEAL_DECIDED else None))
        now = standing(events)
        assert not (was_over and not now.state.is_over)
        was_over = now.state.is_over


@pytest.mark.parametrize(
    ("one", "others", "do"),
    [
        (Span(D, D + DAY), [Span(D + 2 * DAY, None)], False),
        (Span(D, D + DAY), [Span(D + DAY, None)], True),
        (Span(D + 5 * DAY, D + 6 * DAY), [Span(D, None)], True),
        (Span(D + 5 * DAY, None), [Span(D, D + 4 * DAY), Span(D, D + 9 * DAY)], True),
        (Span(D + 20 * DAY, None), [Span(D, D + 4 * DAY), Span(D, D + 9 * DAY)], False),
        (Span(D, None), [], False),
    ],
)
def test_two_closures_overlap_where_they_share_a_day(one: Span, others: list[Span], do: bool) -> None:
    assert overlaps(one, others) is do


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from([30, 90]))
def test_before_and_after_are_as_long_and_touch(day: date, days: int) -> None:
    before, after = looked_back_and_forward(day, days)
    assert before.until_on
    assert after.until_on
    assert (before.until_on - before.from_on).days == (after.until_on - after.from_on).days == days - 1
    assert after.from_on - before.until_on == DAY


def test_only_what_is_owed_to_a_court_is_put_before_one() -> None:
    served = standing(_until(E.AUTHORISED, E.SERVED))
    assert E.AT_COURT in possible_next(_power("ASBCN"), served)
    assert E.AT_COURT not in possible_next(_power("FIRE31"), served)
