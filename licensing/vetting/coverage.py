"""How many of those who are asked for each check have it in date, counted from the rows of the lists (asked.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from licensing.db import db
from licensing.register.catalogue import LicenceKind
from licensing.vetting import asked
from licensing.vetting.asked import Bucket, Wanted
from licensing.vetting.rules import Policy

_COUNTS = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {bucket}" for bucket, condition in asked.IN_BUCKET.items())
_FIGURES = text(f"{asked.ASKED} SELECT place, count(*) AS holders, {_COUNTS} FROM asked GROUP BY place")
_OVERDUE = text(f"{asked.ASKED} SELECT count(*) FROM asked WHERE {asked.IN_BUCKET[Bucket.OVERDUE]}")


@dataclass(frozen=True)
class Line:
    """One check that one kind of licence needs, and how those who are asked for it stand."""

    licence: LicenceKind
    policy: Policy
    holders: int
    counts: dict[Bucket, int]

    @property
    def share(self) -> float:
        """The share in date, 0 to 1."""
        return self.counts[Bucket.IN_DATE] / self.holders

    def number_in(self, bucket: Bucket | None) -> int:
        """How many are in a bucket; without one, all."""
        return self.counts[bucket] if bucket else self.holders


def lines(policies: Iterable[Policy], day: date, wanted: Wanted = Wanted()) -> list[Line]:  # noqa: B008  (frozen)
    """Every needed check of every kind of licence of which somebody is asked for it, in one statement."""
    needed = asked.needed(policies, day, wanted)
    found = sorted(db.session.execute(_FIGURES, asked.values(needed, day)), key=lambda row: row.place)
    return [
        Line(
            needed[row.place].licence,
            needed[row.place].policy,
            row.holders,
            {bucket: getattr(row, bucket) for bucket in Bucket},
        )
        for row in found
    ]


def overdue(policies: Iterable[Policy], day: date) -> int:
    """How many needed checks of holders are overdue."""
    needed = asked.needed(policies, day, Wanted())
    return db.session.scalar(_OVERDUE, asked.values(needed, day)) or 0
