"""The licensed-transport and accommodation section of the annual report: counts alone, small ones withheld.

What it holds follows the reports that designated officers publish: referrals and consultations, by sector, referrer and
kind of harm; how many met the threshold; meetings; outcomes; timeliness against one, three and twelve months; and how
many cases with a licence link are open. Other sectors are left out altogether: beside a total they give counts back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from licensing.allegations.timeliness import EXPECTED, Run
from licensing.allegations.words import Category, Outcome, ReferrerKind, Sector
from licensing.suppression import in_words, percent, suppressed, told, told_of

NOT_SHOWN = "Not shown"  # of a percentage: of fewer than 20, or of what is withheld
FIRST_MONTH = 4  # the reporting year begins in April


class Time(StrEnum):
    """How long an allegation took from the referral to its closing."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LONGER = "longer"

    @property
    def label(self) -> str:
        return {
            "month": "Within 1 month",
            "quarter": "Within 3 months",
            "year": "Within 12 months",
            "longer": "Longer",
        }[self]


class Threshold(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        return {"met": "Met", "not_met": "Not met", "undecided": "Not decided yet"}[self]


@dataclass(frozen=True)
class Table:
    """One table: a title, and for each word its number of this year and of the year before, None where withheld."""

    title: str
    lines: tuple[tuple[str, int | None, int | None], ...]
    unit: str = ""

    @property
    def rows(self) -> list[dict[str, str]]:
        return [
            {"word": word, "now": self._told(now), "before": self._told(before)} for word, now, before in self.lines
        ]

    def _told(self, number: int | None) -> str:
        if self.unit:
            return NOT_SHOWN if number is None else f"{number}{self.unit}"
        return in_words(number)


# The work that this service licenses, which the report is about.
LICENSED = tuple(one for one in Sector if one.is_licensed)
# Part of the database's figures -> title and words.
PARTS: dict[str, tuple[str, Iterable[StrEnum]]] = {
    "sector": ("Referrals by sector", LICENSED),
    "referrer": ("Referrals by who referred", ReferrerKind),
    "category": ("Allegations by kind of harm", Category),
    "threshold": ("Referrals by threshold", Threshold),
    "outcome": ("Allegations that ended, by outcome", Outcome),
    "timeliness": ("Cases closed, by time from referral", Time),
}
TOTALS = {
    "referral": "Referrals",
    "consultation": "Consultations below the threshold",
    "meeting": "Meetings held",
    "police": "Referrals in which the police were involved",
    "told_licensing": "Messages released to licensing authorities",
    "dbs": "Referrals to the DBS considered",
    "regulator": "Referrals to a licensing authority, as the regulator",
    "open_linked": "Open cases with a licence link, as at the last day",
}

# Totals that are a part of another, which stands beside them.
OF_ALL = {"police": "referral"}

Figures = dict[str, dict[str, int]]


def year_of(day: date) -> int:
    """The year in which the reporting year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_and_last(year: int) -> tuple[date, date]:
    return date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH - 1, 31)


def time_of(run: Run) -> Time:
    """The shortest of the periods within which a case was concluded."""
    assert run.closed_on, "only what is concluded is counted"
    periods = zip(EXPECTED, Time, strict=False)
    return next((time for code, time in periods if run.closed_on <= run.ends[code]), Time.LONGER)


def gathered(rows: Iterable[tuple[str, str, int]]) -> Figures:
    """The database's (part, word, number) by part and word."""
    figures: Figures = {}
    for part, word, number in rows:
        figures.setdefault(part, {})[word] = number
    return figures


def tables(now: Figures, before: Figures) -> list[Table]:
    """The report: totals first, then each part. Every year's small counts are withheld by themselves."""
    totals = [(words, _told_total(now, part), _told_total(before, part)) for part, words in TOTALS.items()]
    return [Table("Totals", tuple(totals)), *(_table(part, now, before) for part in PARTS), _percentages(now, before)]


# Of what is told whole, so many in a hundred: a title, the part, the words that count, and the words of everybody.
_IN_TIME = tuple(Time)
PERCENTAGES: tuple[tuple[str, str, tuple[StrEnum, ...], tuple[StrEnum, ...]], ...] = (
    ("Referrals decided that met the threshold", "threshold", (Threshold.MET,), (Threshold.MET, Threshold.NOT_MET)),
    ("Cases closed within 1 month", "timeliness", _IN_TIME[:1], _IN_TIME),
    ("Cases closed within 3 months", "timeliness", _IN_TIME[:2], _IN_TIME),
    ("Cases closed within 12 months", "timeliness", _IN_TIME[:3], _IN_TIME),
)


def _percentages(now: Figures, before: Figures) -> Table:
    """Withheld where a count of the same table is, which they would give back, and on a base too small to say."""
    lines = (
        (title, _percent(now, part, some, everybody), _percent(before, part, some, everybody))
        for title, part, some, everybody in PERCENTAGES
    )
    return Table("In a hundred", tuple(lines), "%")


def _percent(figures: Figures, part: str, some: Iterable[StrEnum], everybody: Iterable[StrEnum]) -> int | None:
    counts = suppressed({one.value: figures.get(part, {}).get(one.value, 0) for one in PARTS[part][1]})
    if None in counts.values():
        return None
    return percent(sum(counts[one] or 0 for one in some), sum(counts[one] or 0 for one in everybody))


def _table(part: str, now: Figures, before: Figures) -> Table:
    title, kind = PARTS[part]
    words: list[Any] = list(kind)
    this, last = (suppressed({one: year.get(part, {}).get(one, 0) for one in words}) for year in (now, before))
    return Table(title, tuple((one.label, this[one], last[one]) for one in words))


def _told_total(figures: Figures, part: str) -> int | None:
    count = _total(figures, part)
    return told_of(count, _total(figures, OF_ALL[part])) if part in OF_ALL else told(count)


def _total(figures: Figures, part: str) -> int:
    return sum(figures.get(part, {}).values())
