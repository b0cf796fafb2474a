"""What papers have told of councils: the briefings of each, and answers to the public.

Whoever holds two papers can take one from the other. So what a new one tells of a council is held against all that was
told of the same council before, whoever told it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from licensing.figures.rules import Period
from licensing.figures.words import ABOUT, SMALL, WITHHELD
from licensing.suppression import Span, Timeline, rounded

_ONE_DAY = timedelta(days=1)
Which = tuple[str, str]  # the code of a figure, and of a council
Days = tuple[date, date]  # the first, and the day after the last


class Telling(StrEnum):
    """How a number may be told beside those of other papers."""

    EXACTLY = "exactly"
    ROUNDED = "rounded"
    NOT_AT_ALL = "not_at_all"


@dataclass(frozen=True)
class Elsewhere:
    """The counts that other papers told of councils exactly, and what a county's told of them all together.

    Of which days a table with a total left a council out, and of which days it told a total alone.
    """

    told: Mapping[Which, Collection[Span]] = field(default_factory=dict)
    left_out: Mapping[Which, Collection[Days]] = field(default_factory=dict)
    covered: Mapping[Which, Collection[Days]] = field(default_factory=dict)

    def timeline(self, code: str, place: str) -> Timeline:
        return Timeline(self.told.get((code, place), ()))

    def rests(self, part: str, wholes: Collection[str], place: str) -> Timeline:
        """What is left of a whole beside its part, of the days of which both are told."""
        counts = [dict(_by_days(self.told.get((code, place), ()))) for code in (part, *wholes)]
        both = set[Days].intersection(*map(set, counts))
        return Timeline((*days, sum(one[days] for one in counts[1:]) - counts[0][days]) for days in sorted(both))

    def telling(self, code: str, place: str, told: Timeline, new: Span) -> Telling:
        """How a count of a council may be told beside what was `told` of it.

        Not what a table left out of the same days; and to the nearest five what leaves a small count over, or shares
        days with an exact total that is not known by council. None cannot be rounded: one to four are not told.
        """
        days, left_out = new[:2], self.left_out.get((code, place), ())
        is_known, gives_small = told.knows(*days), told.gives_small(new)
        totals = (*left_out, *self.covered.get((code, place), ()))
        if not gives_small and (is_known or not any(_share(days, each) for each in totals)):
            return Telling.EXACTLY
        return Telling.NOT_AT_ALL if new[2] == 0 or days in left_out else Telling.ROUNDED

    def tells_of(self, code: str, place: str, told: Timeline, total: Span) -> bool:
        """Whether it follows from what others tell of a council what it had on some of a total's days."""
        return any(_share(total[:2], told.reaches(one[0])) for one in self.told.get((code, place), ()))


def _by_days(spans: Iterable[Span]) -> Iterable[tuple[Days, int]]:
    return (((first, after), count) for first, after, count in spans)


def _share(one: Days, other: Days) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _ends(period: Period) -> Days:
    return period.from_on, period.until_on + _ONE_DAY


def span(period: Period, count: int) -> Span:
    return *_ends(period), count


def number(shown: str) -> int | None:
    """The count that stands in a paper; None where it has none that is exact."""
    digits = shown.replace(",", "")
    return int(digits) if digits.isdigit() else None


def about(count: int) -> str:
    """A count to the nearest five, as it stands in a paper."""
    return f"{ABOUT}{rounded(count):,}"


def is_left_out(shown: str) -> bool:
    """Whether a paper withheld it. What is not known is in no sum, and is not withheld."""
    return shown in (SMALL, WITHHELD)


def elsewhere(session: Session, codes: Collection[str], but_for: UUID | None = None) -> Elsewhere:
    """All that papers told of these figures and of the councils that whoever asks has figures of.

    Without the briefings of one council, which it holds against each other itself.
    """
    asked = text("SELECT code, place, from_on, until_on, which, shown FROM figures_told(:codes, :but_for)")
    found = session.execute(asked, {"codes": sorted(codes), "but_for": but_for})
    return gathered(
        (one.code, one.place, _days(one.which, Period(one.from_on, one.until_on)), one.shown) for one in found
    )


def _days(which: str, period: Period) -> Period:
    return {"previous": period.before, "last_year": period.last_year}.get(which, period)


def gathered(said: Iterable[tuple[str, str, Period, str | None]]) -> Elsewhere:
    """Of (code, place, period, as it stands there); nothing stands there of a total alone."""
    told, left_out, covered = (defaultdict[Which, list[Any]](list) for _ in range(3))
    for code, place, period, shown in said:
        count = number(shown or "")
        if count is not None:
            told[code, place].append(span(period, count))
        elif shown is None:
            covered[code, place].append(_ends(period))
        elif is_left_out(shown):
            left_out[code, place].append(_ends(period))
    return Elsewhere(told, left_out, covered)


def one_tells_at_a_time(session: Session) -> None:
    """Wait for whoever drafts, publishes or answers now, and hold the others back until this is committed."""
    session.execute(text("SELECT pg_advisory_xact_lock(58)"))
