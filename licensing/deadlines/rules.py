"""How a period is counted, day by day, and what a running clock stands for as at a moment.

"Within 21 days beginning with" counts the first day; "within 21 days of" does not. Working days leave out weekends,
bank holidays and days on which the council is closed. A period of months ends on the day of the same number, or on
the last of a shorter month (Dodds v Walker [1981] 1 WLR 1027).
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from licensing.deadlines.codes import ClockCode

ENGLAND = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
CHRISTMAS = (12, 25)


class Unit(StrEnum):
    """In what a period is counted."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"

    def words(self, length: int) -> str:
        """ "20 working days", "1 month"."""
        name = self.replace("_", " ")
        return f"{length} {name.removesuffix('s') if length == 1 else name}"


class FirstDay(StrEnum):
    """Whether the day of the event that starts a period is its first."""

    COUNTS = "counts"
    AFTER = "after"

    @property
    def label(self) -> str:
        return "beginning with that day" if self is FirstDay.COUNTS else "beginning with the day after"


class Skips(StrEnum):
    """Which days a period of hours leaves out."""

    NOTHING = "nothing"
    CHRISTMAS_DAY = "christmas_day"
    NON_WORKING_DAYS = "non_working_days"


class SetBy(StrEnum):
    """Who sets a period, and so whether a council may choose another."""

    LAW = "law"
    GUIDANCE = "guidance"
    PRACTICE = "practice"

    @property
    def label(self) -> str:
        return self.capitalize()


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One version of a period, as a row of the table. `valid_until` is the first day on which it is not the law."""

    code: ClockCode
    name: str
    length: int
    unit: Unit
    first_day: FirstDay
    starts: str
    stops: str
    source: str
    set_by: SetBy
    verified: bool
    valid_from: date
    valid_until: date | None = None
    skips: Skips = Skips.NOTHING

    @property
    def words(self) -> str:
        counted = "" if self.unit is Unit.HOURS else f", {self.first_day.label}"
        return f"{self.unit.words(self.length)}{counted}"

    @property
    def is_fixed(self) -> bool:
        """Whether no council may choose another: a statute's own period, read there."""
        return self.set_by is SetBy.LAW and self.verified


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days a council works, and why not on the others.

    `holiday` names a bank holiday in England, or is empty; `closed` are the council's own days with their reasons.
    """

    holiday: Callable[[date], str]
    closed: dict[date, str]

    def why_not(self, day: date) -> str:
        """Why nobody works on a day; empty where they do."""
        if day.weekday() >= 5:
            return "Saturday" if day.weekday() == 5 else "Sunday"
        return self.holiday(day) or self.closed.get(day, "")

    def is_working(self, day: date) -> bool:
        return not self.why_not(day)


class Counted(NamedTuple):
    """One day of a reckoning: its number in the period, 0 where it does not count, and why."""

    day: date
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """When a period ends: the last day on which the act is in time, the last moment where it is of hours, and how."""

    due_on: date
    due_at: datetime | None
    days: tuple[Counted, ...]


def reckon(rule: ClockRule, start: date | datetime, calendar: Calendar) -> Reckoning:
    """Count a period from its start; a period of hours from a date alone begins with the first moment of that day."""
    if rule.unit is Unit.HOURS:
        return _hours(rule, _as_moment(start), calendar)
    day = start.astimezone(ENGLAND).date() if isinstance(start, datetime) else start
    if rule.unit in (Unit.MONTHS, Unit.YEARS):
        months = rule.length * (12 if rule.unit is Unit.YEARS else 1)
        due = months_after(day, months)
        due -= ONE_DAY if rule.first_day is FirstDay.COUNTS else timedelta(0)
        words = f"{rule.unit.words(rule.length)} on"
        return Reckoning(due, None, (Counted(day, 0, _first(rule)), Counted(due, rule.length, words)))
    days = tuple(_days(rule, day, calendar))
    return Reckoning(days[-1].day, None, days)


def _days(rule: ClockRule, start: date, calendar: Calendar) -> Iterator[Counted]:
    number, day = 0, start
    if rule.first_day is FirstDay.AFTER:
        yield Counted(start, 0, _first(rule))
        day += ONE_DAY
    while number < rule.length:
        reason = calendar.why_not(day) if rule.unit is Unit.WORKING_DAYS else ""
        number += not reason
        yield Counted(day, 0 if reason else number, reason)
        day += ONE_DAY


def _first(rule: ClockRule) -> str:
    return "the first day does not count" if rule.first_day is FirstDay.AFTER else "the first day counts"


def _as_moment(start: date | datetime) -> datetime:
    if isinstance(start, datetime):
        return start.astimezone(ENGLAND)
    return datetime.combine(start, time(), ENGLAND)


def _hours(rule: ClockRule, start: datetime, calendar: Calendar) -> Reckoning:
    """Hours run through days that count, from midnight to midnight by the clock in England."""
    left, at, days = timedelta(hours=rule.length), start, []
    while True:
        day = at.date()
        midnight = datetime.combine(day + ONE_DAY, time(), ENGLAND)
        if reason := _skipped(rule, day, calendar):
            days.append(Counted(day, 0, reason))
            at = midnight
            continue
        # Differences are taken in UTC: a day on which the clocks change has 23 or 25 hours.
        lasts = midnight.astimezone(_UTC) - at.astimezone(_UTC)
        counted = min(left, lasts)
        hours = round(counted.total_seconds() / 3600, 2)
        days.append(Counted(day, sum(one.number > 0 for one in days) + 1, f"{hours:g} hours"))
        left -= counted
        if not left:
            end = (at.astimezone(_UTC) + counted).astimezone(ENGLAND)
            return Reckoning(end.date(), end, tuple(days))
        at = midnight


_UTC = ZoneInfo("UTC")


def _skipped(rule: ClockRule, day: date, calendar: Calendar) -> str:
    if rule.skips is Skips.NON_WORKING_DAYS:
        return calendar.why_not(day)
    if rule.skips is Skips.CHRISTMAS_DAY and (day.month, day.day) == CHRISTMAS:
        return "Christmas Day"
    return ""


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months on; the last of the month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved_on(due_on: date, paused_on: date, resumed_on: date, unit: Unit, calendar: Calendar) -> date:
    """The day due after a pause: as many days are left as there were; working days where the period counts those."""
    if unit is not Unit.WORKING_DAYS:
        return due_on + (resumed_on - paused_on)
    left = sum(calendar.is_working(paused_on + ONE_DAY * n) for n in range((due_on - paused_on).days + 1))
    day = resumed_on
    while True:
        left -= calendar.is_working(day)
        if left <= 0:
            return day
        day += ONE_DAY


def lateness(due_on: date, due_at: datetime | None, on: date, at: datetime | None) -> timedelta:
    """By how much something was done too late; nothing where it was in time.

    Moments are compared where both are known. Where the day alone is known, the last day is in time.
    """
    if due_at and at:
        return max(at - due_at, timedelta(0))
    return max(on - due_on, timedelta(0))


class ClockEvent(StrEnum):
    """What can happen to a clock."""

    STARTED = "started"
    MET = "met"
    CEASED = "ceased"
    PAUSED = "paused"
    RESUMED = "resumed"
    GIVEN_ANOTHER_DAY = "given_another_day"
    PUT_RIGHT = "put_right"

    @property
    def label(self) -> str:
        return _EVENTS.get(self, self.replace("_", " ").capitalize())


_EVENTS = {ClockEvent.CEASED: "No longer owed", ClockEvent.GIVEN_ANOTHER_DAY: "Given another day"}


class ClockState(StrEnum):
    """How a clock stands as at a day."""

    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    CEASED = "ceased"
    PUT_RIGHT = "put_right"

    @property
    def label(self) -> str:
        return "No longer owed" if self is ClockState.CEASED else self.replace("_", " ").capitalize()


SOON = timedelta(days=7)


def state_on(
    day: date, due_on: date, *, paused_on: date | None, met_on: date | None, missed: bool, ceased: bool
) -> ClockState:
    """How a clock stands. `missed`: it had passed its day once, whatever was given to it later."""
    if met_on:
        return ClockState.MET_LATE if missed or met_on > due_on else ClockState.MET
    if ceased:
        return ClockState.CEASED
    if paused_on:
        return ClockState.PAUSED
    if day > due_on:
        return ClockState.OVERDUE
    return ClockState.DUE_SOON if day + SOON >= due_on else ClockState.RUNNING
