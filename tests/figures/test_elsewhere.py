"""What one paper tells, held against what others told of the same council."""

from datetime import date

import pytest

from licensing.figures.elsewhere import Elsewhere, Telling, gathered, number, span
from licensing.figures.rules import Period

CODE, PLACE = "decisions.revoked", "E07000178"


def of_months(first: int, last: int) -> Period:
    return Period(date(2026, first, 1), date(2026, last + 1, 1) - date.resolution)


def papers(*said: tuple[Period, str | None]) -> Elsewhere:
    return gathered((CODE, PLACE, period, shown) for period, shown in said)


QUARTERS = papers((of_months(1, 3), "6"), (of_months(4, 6), "7"))
LEFT_OUT = papers((of_months(1, 3), "9"), (of_months(4, 6), "fewer than 5 or withheld"))
COVERED = papers((of_months(1, 3), "9"), (of_months(4, 6), None))


@pytest.mark.parametrize(
    ("others", "period", "count", "telling"),
    [
        # Less the quarters that are told, two are of the third; six are no small number.
        (QUARTERS, of_months(1, 9), 15, Telling.ROUNDED),
        (QUARTERS, of_months(1, 9), 19, Telling.EXACTLY),
        (QUARTERS, of_months(1, 6), 13, Telling.EXACTLY),
        (QUARTERS, of_months(1, 6), 14, Telling.ROUNDED),
        # Five is no small number, and stands withheld in a table whose total is told.
        (LEFT_OUT, of_months(4, 6), 5, Telling.NOT_AT_ALL),
        (LEFT_OUT, of_months(1, 6), 14, Telling.ROUNDED),
        (LEFT_OUT, of_months(7, 9), 14, Telling.EXACTLY),
        (LEFT_OUT, of_months(1, 3), 9, Telling.EXACTLY),
        (LEFT_OUT, of_months(4, 9), 0, Telling.NOT_AT_ALL),
        # A total that is told without its councils.
        (COVERED, of_months(4, 6), 5, Telling.ROUNDED),
        (COVERED, of_months(1, 3), 9, Telling.EXACTLY),
    ],
)
def test_a_number_is_told_as_what_others_told_of_it_allows(
    others: Elsewhere, period: Period, count: int, telling: Telling
) -> None:
    assert others.telling(CODE, PLACE, others.timeline(CODE, PLACE), span(period, count)) is telling
    other = "decisions.refused"
    assert others.telling(other, PLACE, others.timeline(other, PLACE), span(period, count)) is Telling.EXACTLY


def test_what_others_tell_of_some_days_is_found_by_what_follows_from_it_too() -> None:
    """A quarter that the county tells, less the month that a council tells by itself, is the rest of it."""
    others, told = papers((of_months(1, 1), "7")), papers((of_months(1, 1), "7"), (of_months(1, 3), "15"))
    timeline = told.timeline(CODE, PLACE)
    assert others.tells_of(CODE, PLACE, timeline, span(of_months(2, 3), 0))
    assert not others.tells_of(CODE, PLACE, timeline, span(of_months(4, 6), 0))
    assert not others.tells_of(CODE, PLACE, others.timeline(CODE, PLACE), span(of_months(2, 3), 0))


def test_a_number_to_the_nearest_five_is_no_number_to_count_with() -> None:
    assert [number(shown) for shown in ("1,234", "about 20", "fewer than 5", "87%", "not known", "0")] == [
        1234,
        None,
        None,
        None,
        None,
        0,
    ]


def test_what_is_left_of_a_whole_is_known_of_days_of_which_both_are_told() -> None:
    spring, summer, at_once = of_months(3, 5), of_months(6, 8), f"{CODE}_immediate"
    said = ((CODE, spring, "12"), (at_once, spring, "5"), (CODE, summer, "9"))
    rests = gathered((code, PLACE, period, shown) for code, period, shown in said).rests(at_once, (CODE,), PLACE)
    assert rests.gives_small(span(of_months(3, 8), 10))
    assert not rests.gives_small(span(of_months(3, 8), 12))
    assert not rests.knows(*span(summer, 0)[:2])
