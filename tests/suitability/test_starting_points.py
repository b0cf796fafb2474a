"""From when the policy on convictions no longer starts from a refusal."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.suitability.starting_points import (
    Category,
    Conviction,
    Outcome,
    Policy,
    RunsFrom,
    StartingPoint,
    policy_in_force,
    starting_point,
    strictest,
)

DAYS = st.dates(date(1950, 1, 1), date(2040, 12, 31))
YEARS = st.integers(1, 30)
AUTHORITY = UUID(int=7)


def policy(years: int | None = 7, runs_from: RunsFrom = RunsFrom.SENTENCE, **more) -> Policy:
    outcome = Outcome.YEARS if years else Outcome.NEVER
    whole = {"source": "", "verified": False, "valid_from": date(2020, 7, 21), **more}
    return Policy(Category.DISHONESTY, outcome, years, runs_from, **whole)


def conviction(completed: date | None, ban: date | None = None, convicted: date = date(2023, 1, 5)) -> Conviction:
    return Conviction(Category.DISHONESTY, convicted, completed, ban)


def test_seven_years_from_the_end_of_the_sentence() -> None:
    point = starting_point(policy(), conviction(date(2024, 3, 14)))
    assert point.words == "Policy starting point: refuse until 14 March 2031"


def test_without_the_end_of_the_sentence_the_day_is_the_earliest_that_it_can_be() -> None:
    point = starting_point(policy(), conviction(None))
    assert (point.until, point.at_least) == (date(2030, 1, 5), True)
    assert "or later" in point.words


def test_some_are_never_licensed_and_some_are_for_judgement() -> None:
    assert starting_point(policy(None), conviction(None)).words == "Policy starting point: will not be licensed"
    judged = Policy(Category.MINOR_MOTORING, Outcome.JUDGEMENT, None, RunsFrom.SENTENCE, "", False, date(2020, 1, 1))
    assert "a matter of judgement" in starting_point(judged, conviction(None)).words


@pytest.mark.parametrize(
    ("runs_from", "until"),
    [
        (RunsFrom.SENTENCE, date(2031, 3, 14)),
        (RunsFrom.SENTENCE_OR_BAN, date(2032, 6, 1)),
        (RunsFrom.LATEST, date(2032, 6, 1)),
    ],
)
def test_the_driving_ban_counts_where_the_policy_says_so(runs_from: RunsFrom, until: date) -> None:
    assert starting_point(policy(7, runs_from), conviction(date(2024, 3, 14), date(2025, 6, 1))).until == until


def test_a_sentence_that_ends_on_a_leap_day_is_seven_years_old_on_the_last_of_february() -> None:
    assert starting_point(policy(), conviction(date(2024, 2, 29))).until == date(2031, 2, 28)


@given(DAYS, YEARS, st.integers(0, 4000))
def test_a_later_sentence_is_never_forgotten_earlier(completed: date, years: int, more: int) -> None:
    later = completed + timedelta(days=more)
    one = starting_point(policy(years), conviction(completed, convicted=date(1950, 1, 1)))
    other = starting_point(policy(years), conviction(later, convicted=date(1950, 1, 1)))
    assert one.until
    assert other.until
    assert one.until <= other.until


@given(DAYS, DAYS, DAYS, YEARS)
def test_what_counts_from_the_latest_is_never_shorter(convicted: date, completed: date, ban: date, years: int) -> None:
    dated = Conviction(Category.HAND_HELD_DEVICE, convicted, completed, ban)
    ways = [starting_point(policy(years, way), dated).until or date.min for way in RunsFrom]
    assert ways == sorted(ways)


@given(st.lists(st.builds(StartingPoint, st.none() | DAYS, st.booleans())))
def test_of_several_the_strictest_stands(points: list[StartingPoint]) -> None:
    together = strictest(points)
    assert together.never == any(one.never for one in points)
    if not together.never:
        assert together.until == max((one.until for one in points if one.until), default=None)


def test_the_councils_own_row_stands_from_its_day_in_place_of_the_national_one() -> None:
    begins = date(2026, 4, 1)
    rows = [policy(7), policy(10, valid_from=begins, authority_id=AUTHORITY)]
    before = policy_in_force(rows, Category.DISHONESTY, begins - timedelta(days=1))
    after = policy_in_force(rows, Category.DISHONESTY, begins)
    assert (before and before.years, after and after.years) == (7, 10)
    assert policy_in_force(rows, Category.WEAPON, begins) is None


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_rows_from_one_day_the_last_recorded_counts(order: int) -> None:
    rows = [policy(5, authority_id=AUTHORITY), policy(9, authority_id=AUTHORITY)][::order]
    found = policy_in_force(rows, Category.DISHONESTY, date(2026, 1, 1))
    assert found == rows[-1]
