"""Dates as people write them, read strictly, and dates written in words ("3 June 2025").

A date is never guessed: one that cannot be read in the stated order is refused with words that say
which part is wrong.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

DateOrder = Literal["DMY", "MDY", "YMD"]

ENGLAND = ZoneInfo("Europe/London")

FIRST_YEAR, LAST_YEAR = 1900, 2100
# What falls due soon is counted and listed for so many days: today, and as many more.
SOON = (30, 60)

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH_NUMBERS = {name.lower(): number for number, full in enumerate(_MONTHS, start=1) for name in (full, full[:3])} | {
    "sept": 9
}

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}", re.ASCII)
_NUMBERS = re.compile(rf"(\d{{1,4}})([/.\- ])(\d{{1,2}})\2(\d{{1,4}}){_TIME}", re.ASCII)
_WORDS = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[ \-/]([A-Za-z]+)\.?,?[ \-/](\d{{1,4}}){_TIME}",
    re.ASCII | re.IGNORECASE,
)
_ORDER_IN_WORDS = {"DMY": "the day", "MDY": "the month", "YMD": "the year"}


class DateNotUnderstood(ValueError):
    """The text is not a date that can be read; the message says why."""


def parse_written(text: str, order: DateOrder = "DMY") -> date:
    """Read one written date.

    Forms: 2025-06-03; 03/06/2025, also with hyphens, points or spaces; 3 June 2025; 03-Jun-2025.
    `order` holds for all-number dates that do not follow ISO 8601. A time of day is dropped. Raises
    DateNotUnderstood.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return _real_date(year, month, day)
    if found := _WORDS.fullmatch(text):
        return _from_words(*found.groups())
    if found := _NUMBERS.fullmatch(text):
        return _from_numbers((found[1], found[3], found[4]), order)
    raise DateNotUnderstood(f"'{text[:40]}' is not a date: write it like 3 June 2025 or 03/06/2025")


def today() -> date:
    """The day it is in England, whatever clock the server keeps."""
    return day_of(datetime.now(ENGLAND))


def day_of(moment: datetime) -> date:
    """The day in England on which a moment falls."""
    return moment.astimezone(ENGLAND).date()


def in_words(day: date) -> str:
    """A date as GOV.UK writes it: "3 June 2025"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime) -> str:
    """A moment as GOV.UK writes it, by the clock in England: "3 June 2025 at 2:05pm"."""
    local = moment.astimezone(ENGLAND)
    half = "am" if local.hour < 12 else "pm"
    return f"{in_words(local.date())} at {local.hour % 12 or 12}:{local:%M}{half}"


def years_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February where there is none."""
    last = monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))


def _from_words(day: str, month_name: str, year: str) -> date:
    month = _MONTH_NUMBERS.get(month_name.lower())
    if month is None:
        raise DateNotUnderstood(f"'{month_name}' is not a month")
    return _real_date(_four_digits(year), month, int(day))


def _from_numbers(parts: tuple[str, str, str], order: DateOrder) -> date:
    if order == "YMD":
        if len(parts[0]) < len(parts[2]):
            raise DateNotUnderstood(_other_order("The year does not come first", order))
        year, month, day = _four_digits(parts[0]), int(parts[1]), int(parts[2])
        return _real_date(year, month, day)
    if len(parts[0]) > len(parts[2]):
        raise DateNotUnderstood("The year comes first; if this file writes the year first, say so in the mapping")
    day, month = (parts[0], parts[1]) if order == "DMY" else (parts[1], parts[0])
    if int(month) > 12 >= int(day):
        raise DateNotUnderstood(_other_order(f"{int(month)} cannot be a month", order))
    return _real_date(_four_digits(parts[2]), int(month), int(day))


def _other_order(problem: str, order: DateOrder) -> str:
    if order == "DMY":
        return f"{problem}; if this file writes the month first, choose that when you bring it in"
    return f"{problem}, and the mapping says that this file writes {_ORDER_IN_WORDS[order]} first"


def _four_digits(year: str) -> int:
    if len(year) != 4:
        raise DateNotUnderstood(f"The year {year} must have four digits")
    return int(year)


def _real_date(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateNotUnderstood(f"The year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise DateNotUnderstood(f"{month} cannot be a month")
    try:
        return date(year, month, day)
    except ValueError as error:
        name, last = _MONTHS[month - 1], monthrange(year, month)[1]
        raise DateNotUnderstood(f"{day} {name} {year} is not a date: {name} {year} has {last} days") from error
