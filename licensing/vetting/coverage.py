"""How many holders of licences in force have each needed check in date.

The database keeps what it counted, part by part, and counts anew those parts of the holders in which something has
changed since (migration 0026): a figure is never older than the list behind it (holders.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import text

from licensing.db import db
from licensing.register.catalogue import LicenceKind
from licensing.vetting import rules
from licensing.vetting.rules import CheckKind, Policy

_FIGURES = text("SELECT * FROM vetting_figures(:day)")


class Bucket(StrEnum):
    """Where a holder stands with one check. Due in 30 or 60 days is in date still."""

    IN_DATE = "in_date"
    DUE_30 = "due_30"
    DUE_60 = "due_60"
    OVERDUE = "overdue"
    NEVER = "never"
    ADVERSE = "adverse"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Bucket.IN_DATE: "In date",
    Bucket.DUE_30: "Due in 30 days",
    Bucket.DUE_60: "Due in 60 days",
    Bucket.OVERDUE: "Overdue",
    Bucket.NEVER: "Never checked",
    Bucket.ADVERSE: "Unsatisfactory",
}


@dataclass(frozen=True)
class Line:
    """One check that one kind of licence needs, and how its holders stand."""

    licence: LicenceKind
    policy: Policy
    holders: int
    counts: dict[Bucket, int]

    @property
    def share(self) -> float | None:
        """The share in date, 0 to 1; None without a holder."""
        return self.counts[Bucket.IN_DATE] / self.holders if self.holders else None


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty means everything."""

    licence: LicenceKind | None = None
    check: CheckKind | None = None
    bucket: Bucket | None = None

    def covers(self, line: Line) -> bool:
        return self.licence in (None, line.licence) and self.check in (None, line.policy.check)


def lines(policies: Iterable[Policy], day: date) -> list[Line]:
    """Every needed check of every kind of licence whose holders are asked for it, in one statement."""
    every = list(policies)
    counted = {(row.licence, row.check): row for row in db.session.execute(_FIGURES, {"day": day})}
    held = {licence for licence, _ in counted}
    asked = [(kind, one) for kind in LicenceKind if kind in held for one in rules.needed(every, kind, day).values()]
    found = ((kind, one, counted.get((kind, one.check))) for kind, one in asked)
    return [
        Line(kind, one, row.holders, {bucket: getattr(row, bucket) for bucket in Bucket})
        for kind, one, row in found
        if row
    ]


def overdue(policies: Iterable[Policy], day: date) -> int:
    """How many needed checks of holders are overdue."""
    return sum(line.counts[Bucket.OVERDUE] for line in lines(policies, day))
