"""What a file tells of an action, as the events that it must have had."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.disruption.catalogue import national_powers
from licensing.disruption.histories import SERVED_BY, Told, check_result, history_of, what_is_new
from licensing.disruption.models import PowerRow
from licensing.disruption.powers import Power
from licensing.disruption.rules import possible_next, standing
from licensing.disruption.words import ActionState, Effect, EventKind, Outcome
from licensing.errors import RuleBroken

TODAY = date(2026, 6, 1)
POWERS = {row["code"]: PowerRow(**row).as_power() for row in national_powers()}
DECIDED, LATER = date(2013, 6, 4), date(2013, 6, 6)


def events(code: str, told: Told) -> list[tuple[str, date]]:
    return [(one.event.kind.value, one.event.on) for one in history_of(POWERS[code], told, TODAY)]


def test_service_that_is_not_told_was_on_the_day_of_effect_at_the_latest() -> None:
    history = history_of(POWERS["FIRE31"], Told(DECIDED, None, LATER), TODAY)
    assert [(one.event.kind, one.event.on, one.words) for one in history] == [
        (EventKind.CONSIDERED, DECIDED, ""),
        (EventKind.AUTHORISED, DECIDED, ""),
        (EventKind.SERVED, LATER, SERVED_BY),
        (EventKind.IN_FORCE, LATER, ""),
    ]
    assert events("PREMVISIT", Told(DECIDED, None, LATER))[2:] == [("in_force", LATER)]


@pytest.mark.parametrize(
    ("code", "told", "state"),
    [
        ("CAWN", Told(DECIDED), ActionState.CONSIDERED),
        ("CAWN", Told(DECIDED, LATER), ActionState.SERVED),
        ("CAWN", Told(DECIDED, outcome=Outcome.NOT_USED), ActionState.NOT_USED),
        ("CAWN", Told(DECIDED, None, LATER, outcome=Outcome.BREACHED), ActionState.BREACHED),
        ("FIRE31", Told(DECIDED, None, LATER, outcome=Outcome.CLOSED), ActionState.IN_FORCE),
        ("HSW22", Told(DECIDED, None, LATER, date(2013, 9, 1), Outcome.CLOSED), ActionState.ENDED),
        ("SOACL", Told(DECIDED, None, LATER, date(2013, 9, 5), Outcome.RAN_OUT), ActionState.RAN_OUT),
    ],
)
def test_what_became_of_it_follows(code: str, told: Told, state: ActionState) -> None:
    told_events = [one.event for one in history_of(POWERS[code], told, TODAY)]
    assert standing(told_events).state_on(TODAY) is state


def test_a_closure_that_lasted_longer_than_one_order_was_extended() -> None:
    history = history_of(POWERS["SOACL"], Told(DECIDED, None, LATER, date(2013, 11, 6)), TODAY)
    assert [(one.event.kind, one.event.ends_on) for one in history[3:]] == [
        (EventKind.IN_FORCE, date(2013, 9, 6)),
        (EventKind.EXTENDED, date(2013, 11, 6)),
    ]


@pytest.mark.parametrize(
    ("code", "told", "column", "said"),
    [
        ("FIRE31", Told(LATER, None, DECIDED), "in_force_on", "before it was decided, on 6 June 2013"),
        ("FIRE31", Told(DECIDED, date(2013, 6, 8), LATER), "in_force_on", "before it was served, on 8 June 2013"),
        ("SOACL", Told(DECIDED, None, LATER, date(2014, 3, 1)), "ends_on", "Part 2A"),
        ("SOACL", Told(DECIDED, None, LATER), "ends_on", "Enter the last day"),
        ("FIRE30", Told(DECIDED, None, LATER, date(2013, 6, 10)), "ends_on", "asks for 28 days at least"),
        ("CAWN", Told(DECIDED, outcome=Outcome.IN_FORCE), "in_force_on", "is needed"),
        ("CAWN", Told(DECIDED, None, LATER, outcome=Outcome.ENDED), "ends_on", "The last day is needed"),
        ("CAWN", Told(DECIDED, None, LATER, date(2027, 1, 1), Outcome.ENDED), "outcome", "1 January 2027"),
        ("CAWN", Told(DECIDED, None, LATER, outcome=Outcome.NOT_USED), "outcome", "correct one of them"),
    ],
)
def test_what_cannot_have_been_so_is_refused_with_the_law(code: str, told: Told, column: str, said: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        history_of(POWERS[code], told, TODAY)
    assert (refused.value.field, said in refused.value.message) == (column, True), refused.value.message


def test_a_result_is_of_an_action_for_which_the_time_has_passed() -> None:
    assert check_result(Effect.PARTIAL, TODAY - timedelta(days=30), TODAY) == 30
    assert check_result(Effect.PARTIAL, DECIDED, TODAY) == 90
    for day in (None, TODAY - timedelta(days=29)):
        with pytest.raises(RuleBroken):
            check_result(Effect.PARTIAL, day, TODAY)


def days() -> st.SearchStrategy[date | None]:
    return st.none() | st.dates(date(2013, 1, 1), TODAY)


@given(
    power=st.sampled_from(list(POWERS.values())),
    told=st.builds(
        Told,
        st.dates(date(2013, 1, 1), TODAY),
        days(),
        days(),
        days(),
        st.none() | st.sampled_from(Outcome),
    ),
)
def test_whatever_a_file_tells_every_event_could_follow_and_nothing_is_new_the_second_time(
    power: Power, told: Told
) -> None:
    try:
        history = history_of(power, told, TODAY)
    except RuleBroken:
        return
    happened = [one.event for one in history]
    for number, event in enumerate(happened[1:], 1):
        assert event.kind in possible_next(power, standing(happened[:number]))
        assert happened[number - 1].on <= event.on <= TODAY
    assert what_is_new(power, happened, history) == []
    begun = replace(told, served_on=None, in_force_on=None, ends_on=None, outcome=None)
    considered = [one.event for one in history_of(power, begun, TODAY)]
    assert standing([*considered, *(one.event for one in what_is_new(power, considered, history))]) == standing(
        happened
    )
