"""Two dates of birth side by side: the same, one slip apart, or another person's."""

from datetime import date
from enum import StrEnum


class DateComparison(StrEnum):
    """How two dates of birth compare, nearest first."""

    SAME = "same"
    SWAPPED = "swapped"
    EXCHANGED = "exchanged"
    ONE_DIGIT = "one digit"
    NEXT_YEAR = "next year"
    SAME_DAY = "same day"
    SAME_YEAR_AND_ONE = "same year and month or day"
    SAME_YEAR = "same year"
    DIFFERENT = "different"


def swapped(born: date) -> date | None:
    """The date with day and month the other way round, where that is another date."""
    if born.day == born.month or born.day > 12:
        return None
    return date(born.year, born.day, born.month)


def compare_dates(asked: date, recorded: date) -> DateComparison:
    """The nearest of the ways in which a date is mistaken."""
    if asked == recorded:
        return DateComparison.SAME
    if asked.year == recorded.year:
        if asked.month == recorded.day and asked.day == recorded.month:
            return DateComparison.SWAPPED
        return _digits(asked, recorded) or (
            DateComparison.SAME_YEAR_AND_ONE
            if asked.month == recorded.month or asked.day == recorded.day
            else DateComparison.SAME_YEAR
        )
    if (asked.month, asked.day) == (recorded.month, recorded.day):
        if found := _digits(asked, recorded):
            return found
        return DateComparison.NEXT_YEAR if abs(asked.year - recorded.year) == 1 else DateComparison.SAME_DAY
    return DateComparison.DIFFERENT


def _digits(asked: date, recorded: date) -> DateComparison | None:
    """One digit mistyped, or two digits exchanged, in the date as written in full."""
    typed, held = asked.isoformat(), recorded.isoformat()
    places = [place for place in range(len(typed)) if typed[place] != held[place]]
    if len(places) == 1:
        return DateComparison.ONE_DIGIT
    first, *rest = places
    if len(rest) == 1 and typed[first] == held[rest[0]] and typed[rest[0]] == held[first]:
        return DateComparison.EXCHANGED
    return None
