from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.matching.dates_of_birth import DateComparison, compare_dates, swapped

DATES = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("recorded", "comparison"),
    [
        (date(1980, 3, 4), DateComparison.SAME),
        (date(1980, 4, 3), DateComparison.SWAPPED),
        (date(1980, 3, 7), DateComparison.ONE_DIGIT),
        (date(1980, 3, 24), DateComparison.ONE_DIGIT),
        (date(1981, 3, 4), DateComparison.ONE_DIGIT),
        (date(1979, 3, 4), DateComparison.NEXT_YEAR),
        (date(1908, 3, 4), DateComparison.EXCHANGED),
        (date(1955, 3, 4), DateComparison.SAME_DAY),
        (date(1980, 3, 15), DateComparison.SAME_YEAR_AND_ONE),
        (date(1980, 11, 25), DateComparison.SAME_YEAR),
        (date(1955, 11, 25), DateComparison.DIFFERENT),
    ],
)
def test_a_date_is_compared_with_the_slips_that_people_make(recorded: date, comparison: DateComparison):
    assert compare_dates(date(1980, 3, 4), recorded) is comparison


@given(DATES, DATES)
def test_it_does_not_matter_which_date_was_asked(one: date, other: date):
    assert compare_dates(one, other) is compare_dates(other, one)


@given(DATES)
def test_a_swapped_date_swaps_back(born: date):
    other = swapped(born)
    if other:
        assert swapped(other) == born
        assert compare_dates(born, other) is DateComparison.SWAPPED


def test_a_date_that_swaps_to_itself_or_to_none_has_no_other_way_round():
    assert swapped(date(1980, 3, 3)) is None
    assert swapped(date(1980, 3, 25)) is None
