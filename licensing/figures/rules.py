"""The period of a figure, the periods beside it, and what a figure becomes of the counts of several councils."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from licensing.dates import in_words, years_after
from licensing.errors import RuleBroken

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From a first day to a last, both of them included."""

    from_on: date
    until_on: date

    @property
    def words(self) -> str:
        return f"{in_words(self.from_on)} to {in_words(self.until_on)}"

    @property
    def months(self) -> int | None:
        """How many whole months it is; None where it begins or ends within one."""
        if self.from_on.day != 1 or (self.until_on + _ONE_DAY).day != 1:
            return None
        return _month_number(self.until_on) - _month_number(self.from_on) + 1

    @property
    def before(self) -> "Period":
        """As long, and just before: as many months where these are whole months."""
        last = self.from_on - _ONE_DAY
        if self.months is None:
            return Period(last - (self.until_on - self.from_on), last)
        first = _month_number(self.from_on) - self.months
        return Period(date(first // 12, first % 12 + 1, 1), last)

    @property
    def last_year(self) -> "Period":
        """The same days, a year ago; the end of February is its end."""
        until = years_after(self.until_on + _ONE_DAY, -1) - _ONE_DAY
        return Period(years_after(self.from_on, -1), until)


def check_period(period: Period, today: date) -> None:
    """Raises RuleBroken where the period ends before it begins, or has not ended."""
    if period.until_on < period.from_on:
        raise RuleBroken("The period must end on or after the day on which it begins", "until_on")
    if period.until_on > today:
        raise RuleBroken(
            "The period must end today or in the past: nobody knows the figures of days to come", "until_on"
        )


def check_existed(name: str, valid_from: date, valid_to: date | None, period: Period) -> None:
    """Raises RuleBroken where the authority did not exist on some day of the period."""
    if period.from_on < valid_from:
        raise RuleBroken(f"{name} did not exist before {in_words(valid_from)}", "from_on")
    if valid_to is not None and period.until_on > valid_to:
        raise RuleBroken(f"{name} ended on {in_words(valid_to)}", "until_on")


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts by place and code, as the database gave them; what it does not name is nought."""

    numbers: Mapping[tuple[str, str], int]
    places: Sequence[str]

    def is_recorded(self, code: str, place: str) -> bool:
        """Whether a council has anything of it, were it a count of none."""
        return (place, code) in self.numbers

    def of(self, code: str, places: Sequence[str]) -> dict[str, int]:
        return {place: self.numbers.get((place, code), 0) for place in places}


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1
