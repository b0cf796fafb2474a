"""How long cases take, against what is expected of most, of nearly all, and of all but exceptional ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from licensing.deadlines.codes import ClockCode

# Older Department for Education guidance, on which areas still report: the share that is expected to be concluded.
EXPECTED = {ClockCode.LADO_MOST: 80, ClockCode.LADO_NEARLY_ALL: 90, ClockCode.LADO_LONGEST: 100}
PERIODS = {
    ClockCode.LADO_MOST: "one month",
    ClockCode.LADO_NEARLY_ALL: "three months",
    ClockCode.LADO_LONGEST: "twelve months",
}


@dataclass(frozen=True)
class Run:
    """One case: when each period ends, and when it was concluded, if it is."""

    ends: dict[ClockCode, date]
    closed_on: date | None


@dataclass(frozen=True)
class Figure:
    """Of the cases concluded, how many within one period; `of` is their number."""

    code: ClockCode
    within: int
    of: int

    @property
    def share(self) -> int | None:
        """In whole per cent, rounded down, so that a target is never shown as met when it is not."""
        return self.within * 100 // self.of if self.of else None

    @property
    def is_met(self) -> bool:
        return self.within * 100 >= EXPECTED[self.code] * self.of


def stands(run: Run, code: ClockCode, today: date) -> str:
    """How one case stands against one period, in a word."""
    if run.closed_on:
        return "Concluded within it" if run.closed_on <= run.ends[code] else "Concluded after it"
    return "Runs" if today <= run.ends[code] else "Passed"


def figures(runs: Iterable[Run]) -> list[Figure]:
    """For each period, of the cases that are concluded."""
    closed = [(run, run.closed_on) for run in runs if run.closed_on]
    return [Figure(code, sum(on <= run.ends[code] for run, on in closed), len(closed)) for code in EXPECTED]
