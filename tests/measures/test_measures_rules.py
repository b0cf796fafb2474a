"""Quarters, and how a value stands to its target."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.figures.aims import Aim, Standing, standing
from licensing.figures.catalogue import catalogue
from licensing.figures.words import Better
from licensing.measures.rules import MEASURES, Quarter, check_from, quarter_of

MORE, FEWER = Aim(90, 5, Better.MORE), Aim(10, 5, Better.FEWER)


@given(st.dates(date(2001, 1, 1), date(2090, 12, 31)))
def test_quarters_follow_each_other_without_a_day_between(day: date) -> None:
    before, one = quarter_of(day).up_to(2)
    assert one.from_on <= day <= one.until_on
    assert before.until_on + timedelta(days=1) == one.from_on
    assert before == quarter_of(before.until_on)


def test_a_quarter_is_called_by_its_months_and_told_so_far_until_it_is_over() -> None:
    one = quarter_of(date(2026, 11, 23))
    assert (one.words, one.key) == ("October to December 2026", "2026-10")
    assert one.period(date(2026, 11, 23)).until_on == date(2026, 11, 23)
    assert one.period(date(2027, 2, 1)).until_on == date(2026, 12, 31)
    assert one.up_to(8)[0] == Quarter(date(2025, 1, 1))


@pytest.mark.parametrize(
    ("value", "aim", "stands"),
    [
        (90, MORE, Standing.ON_TARGET),
        (89, MORE, Standing.WITHIN_TOLERANCE),
        (85, MORE, Standing.WITHIN_TOLERANCE),
        (84, MORE, Standing.OFF_TARGET),
        (10, FEWER, Standing.ON_TARGET),
        (15, FEWER, Standing.WITHIN_TOLERANCE),
        (16, FEWER, Standing.OFF_TARGET),
        (16, Aim(None, 0, Better.FEWER), Standing.NO_TARGET),
        (None, MORE, Standing.NOT_TOLD),
    ],
)
def test_a_value_stands_to_its_target(value: int | None, aim: Aim, stands: Standing) -> None:
    assert standing(value, aim) is stands


def test_what_is_not_known_is_neither_met_nor_missed() -> None:
    assert standing(None, MORE, is_known=False) is Standing.NOT_KNOWN


def test_quarters_that_are_over_keep_what_held_then() -> None:
    check_from(date(2026, 10, 1), date(2026, 11, 23))
    with pytest.raises(RuleBroken, match="1 October 2026 at the earliest"):
        check_from(date(2026, 9, 30), date(2026, 11, 23))


def test_every_measure_is_a_figure_of_the_catalogue() -> None:
    assert set(MEASURES) <= catalogue().keys()
    assert all(catalogue()[one].target is not None for one in MEASURES)
