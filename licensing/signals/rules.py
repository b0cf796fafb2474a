"""What a signal is, when it was dismissed, and which thresholds may be chosen: values in, values out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from licensing.errors import RuleBroken
from licensing.signals.words import Counted, RowKind, SignalSubject

# One row alone is no pattern, and a signal of one would tell of it.
LEAST, MOST = 2, 99
WINDOWS = (30, 90, 365)
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """What is counted, about what, over how many days up to today, and from how many on it is a signal."""

    code: str
    subject: SignalSubject
    counted: Counted
    days: int
    threshold: int
    in_use: bool = True

    @property
    def label(self) -> str:
        return f"{self.subject.label}: {self.counted.label.lower()}, {self.threshold} or more in {self.days} days"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was counted, of a council, on a day."""

    kind: RowKind
    id: UUID
    authority_id: UUID
    on_day: date


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that happened again and again. `record_id` is the record of a register that the reader is shown."""

    id: UUID
    rule: Rule
    record_id: UUID | None
    of_authority_id: UUID | None
    name: str
    place: str
    newest_on: date
    rows: tuple[Row, ...]

    @property
    def row_ids(self) -> frozenset[UUID]:
        return frozenset(row.id for row in self.rows)


def check_threshold(threshold: int) -> None:
    """RuleBroken for a threshold of one: a signal would tell of the single thing that somebody may not know of."""
    if not LEAST <= threshold <= MOST:
        raise RuleBroken(f"The number must be between {LEAST} and {MOST}", "threshold")


def is_dismissed(signal: Signal, looked_at: Iterable[Collection[UUID]]) -> bool:
    """Whether one of the dismissals looked at everything that is counted now; anything new brings it back."""
    return any(signal.row_ids <= set(rows) for rows in looked_at)


def check_still(signal: Signal, seen: Collection[str]) -> None:
    """RuleBroken where something was counted since whoever dismisses it was shown the rows."""
    if not {str(row_id) for row_id in signal.row_ids} <= set(seen):
        raise RuleBroken("Something new was counted a moment ago. Look at it first, and dismiss it then.", "reason")


def per_council(rows: Iterable[Row]) -> list[tuple[UUID, RowKind, int]]:
    """How many of each kind each council has: (council, kind, number), in an order that says nothing of the rows."""
    numbers: dict[tuple[UUID, RowKind], int] = {}
    for row in rows:
        numbers[row.authority_id, row.kind] = numbers.get((row.authority_id, row.kind), 0) + 1
    return [(council, kind, numbers[council, kind]) for council, kind in sorted(numbers)]
