"""What a file would do to the register: one object that the preview shows and that applying carries out."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

from licensing.imports.rejections import Rejection

# Enough to see what a file does and what is wrong with it.
SHOWN_WARNINGS = 200
SHOWN_CHANGES = 100


class Outcome(StrEnum):
    """What becomes of an accepted row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """An accepted row, and what it changes in words."""

    row: int
    outcome: Outcome
    what: str = ""


class Steps(Protocol):
    """What a plan will do, ready to be carried out."""

    def apply(self) -> None:
        """Write everything in the current transaction."""

    @property
    def written(self) -> Iterable[UUID]:
        """The ids of the units that were added, once they are."""
        ...


@dataclass
class Plan:
    """Every row accounted for: accepted with an outcome, left out, or rejected with its reasons.

    `units` are what the file has of the register: the licence, where a row has one, else what the row is about;
    `spoken_of` whatever else it speaks of. `missing` is what the last file of this kind had and this one has not.
    """

    steps: Steps
    outcomes: list[RowOutcome] = field(default_factory=list)
    left_out: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    units: set[UUID] = field(default_factory=set)
    spoken_of: set[UUID] = field(default_factory=set)
    missing: list[UUID] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        return sum(one.outcome is outcome for one in self.outcomes)

    @property
    def rejected_rows(self) -> int:
        return len({rejection.row for rejection in self.rejected})

    @property
    def rows(self) -> int:
        return len(self.outcomes) + self.left_out + self.rejected_rows

    def changed_rows(self) -> list[dict[str, Any]]:
        """The first rows that change a record, and what they change."""
        changed = (one for one in self.outcomes if one.outcome is Outcome.CHANGED)
        return [{"row": one.row, "what": one.what} for one in islice(changed, SHOWN_CHANGES)]

    def fingerprint(self) -> str:
        """The same for two plans that would do the same, row by row."""
        digest = hashlib.sha256()
        for one in self.outcomes:
            digest.update(f"{one.row}\0{one.outcome}\0{one.what}\n".encode())
        for rejection in self.rejected:
            digest.update(f"{rejection.row}\0{rejection.column}\0{rejection.reason}\n".encode())
        return digest.hexdigest()

    def receipt(self, file_name: str, sha256: str, kind: str, authority_code: str) -> dict[str, Any]:
        """The receipt, as people keep it and scripts read it."""
        return {
            "file": file_name,
            "sha256": sha256,
            "kind": kind,
            "authority": authority_code,
            "rows": self.rows,
            "accepted": len(self.outcomes),
            "left_out": self.left_out,
            "new": self.count(Outcome.NEW),
            "changed": self.count(Outcome.CHANGED),
            "unchanged": self.count(Outcome.UNCHANGED),
            "rejected": [
                {"row": one.row, "column": one.column, "value": one.value, "reason": one.reason}
                for one in self.rejected
            ],
            "warnings": self.warnings[:SHOWN_WARNINGS] + _more(self.warnings),
            "missing": len(self.missing),
        }


def _more(warnings: Sequence[str]) -> list[str]:
    hidden = len(warnings) - SHOWN_WARNINGS
    return [f"And {hidden:,} more warnings."] if hidden > 0 else []
