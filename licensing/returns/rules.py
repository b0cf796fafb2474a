"""The periods of returns, and what of a table of parts may be told to everybody."""

from collections.abc import Mapping
from datetime import date, timedelta

from licensing.errors import RuleBroken
from licensing.figures.rules import Period
from licensing.suppression import suppressed, told_of

_ONE_DAY = timedelta(days=1)
# Calendar years, and financial years: no sum or difference of these gives any other period.
YEARS_BEGIN = ((1, 1), (4, 1))


def last_survey_year(today: date) -> Period:
    """The twelve months to the last 1 April, whose position the department asks for."""
    last = _latest(today, 4, 1)
    return Period(date(last.year - 1, 4, 2), last)


def last_financial_year(today: date) -> Period:
    """The last that has ended."""
    after = _latest(today, 4, 1)
    return Period(date(after.year - 1, 4, 1), after - _ONE_DAY)


def check_published(period: Period) -> None:
    """Raises RuleBroken where answers to everybody, one taken from another, would leave a small number over."""
    first, last = period.from_on, period.until_on
    if (first.month, first.day) not in YEARS_BEGIN:
        raise RuleBroken("What is published begins on 1 January or 1 April: answer with whole years", "from_on")
    if last != date(first.year + 1, first.month, first.day) - _ONE_DAY:
        raise RuleBroken(
            "What is published is of one whole year, since two other periods could be taken from each other: "
            "answer a longer one with several years",
            "until_on",
        )


def told_parts(parts: Mapping[str, int], whole: int) -> dict[str, int | None]:
    """What may be told to everybody of the parts beside their whole; None is withheld.

    One decision may be in several parts, so that each is also held against those that it leaves over.
    """
    told = suppressed(parts)
    alone = sum(parts.values()) == whole
    return {
        code: value if value is None or alone or told_of(value, whole) is not None else None
        for code, value in told.items()
    }


def _latest(today: date, month: int, day: int) -> date:
    this = date(today.year, month, day)
    return this if this <= today else date(today.year - 1, month, day)
