"""How long cases take, against what is expected."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.allegations.report import Time, time_of
from licensing.allegations.timeliness import EXPECTED, Run, figures, stands
from licensing.deadlines.codes import ClockCode

ENDS = {
    ClockCode.LADO_MOST: date(2026, 7, 3),
    ClockCode.LADO_NEARLY_ALL: date(2026, 9, 3),
    ClockCode.LADO_LONGEST: date(2027, 6, 3),
}


def closed(on: date | None) -> Run:
    return Run(ENDS, on)


@pytest.mark.parametrize(
    ("closed_on", "today", "words"),
    [
        (None, date(2026, 7, 3), "Runs"),
        (None, date(2026, 7, 4), "Passed"),
        (date(2026, 7, 3), date(2027, 1, 1), "Concluded within it"),
        (date(2026, 7, 4), date(2027, 1, 1), "Concluded after it"),
    ],
)
def test_a_case_on_the_last_day_of_a_period_is_within_it(closed_on: date | None, today: date, words: str) -> None:
    assert stands(closed(closed_on), ClockCode.LADO_MOST, today) == words


def test_what_is_not_concluded_is_not_counted_and_without_any_there_is_no_share() -> None:
    assert [one.share for one in figures([closed(None)])] == [None, None, None]


def test_a_target_is_never_shown_as_met_by_rounding() -> None:
    runs = [closed(date(2026, 7, 1))] * 799 + [closed(date(2027, 1, 1))] * 201
    most = figures(runs)[0]
    assert (most.share, most.is_met) == (79, False)


@given(st.lists(st.integers(-40, 500)))
def test_whoever_is_within_a_shorter_period_is_within_the_longer(days: list[int]) -> None:
    found = figures([closed(ENDS[ClockCode.LADO_MOST] + timedelta(days=one)) for one in days])
    assert [one.code for one in found] == list(EXPECTED)
    assert sorted(one.within for one in found) == [one.within for one in found]
    assert all(one.of == len(days) for one in found)


@pytest.mark.parametrize(
    ("closed_on", "within"),
    [
        (ENDS[ClockCode.LADO_MOST], Time.MONTH),
        (ENDS[ClockCode.LADO_MOST] + timedelta(days=1), Time.QUARTER),
        (ENDS[ClockCode.LADO_LONGEST], Time.YEAR),
        (ENDS[ClockCode.LADO_LONGEST] + timedelta(days=1), Time.LONGER),
    ],
)
def test_the_report_counts_a_case_once_by_the_shortest_period_that_it_was_within(closed_on: date, within: Time) -> None:
    assert time_of(closed(closed_on)) is within
