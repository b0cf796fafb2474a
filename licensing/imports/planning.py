"""What comparing any kind of file with the register has in common: every row accounted for, and whom to believe."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from licensing.imports.corrected import Mistake, as_mistake
from licensing.imports.licence_events import CONTRADICTS
from licensing.imports.plan import Outcome, Plan, RowOutcome, Steps
from licensing.imports.rejections import LeftOut, Rejection, reject


class AcceptedRow(Protocol):
    """A row in which nothing wrong was found."""

    @property
    def row(self) -> int: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


_CORRECTED = "{}: your file still has what was corrected on the register, which was kept. Correct it in your own system"

RowKind = TypeVar("RowKind", bound=AcceptedRow)
Fact = TypeVar("Fact")


class Planner(ABC, Generic[RowKind]):
    """Goes through the rows once. Blank cells change nothing: a file that does not know is not a file that denies.

    Where rows about one thing contradict each other the first is believed, so that the same file says the same every
    time it is brought in.
    """

    def __init__(self, steps: Steps) -> None:
        self.result = Plan(steps)
        # The first row that speaks of a thing or a licence.
        self.first_row: dict[object, int] = {}

    def plan(self, rows: Iterable[RowKind | Rejection | LeftOut]) -> Plan:
        for row in rows:
            if isinstance(row, LeftOut):
                self.result.left_out += 1
            elif isinstance(row, Rejection):
                self.result.rejected.append(row)
                self.note_spoken_of(*row.spoke_of)
            else:
                for warning in row.warnings:
                    self.warn(row, warning)
                self.plan_row(row)
        return self.result

    @abstractmethod
    def plan_row(self, row: RowKind) -> None:
        """Place one accepted row, and note in `result` what it does."""

    @abstractmethod
    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        """Note in `result.units` what a rejected row speaks of."""

    def believed(self, row: RowKind, who: object, fact: str, said: Fact, present: Fact) -> Fact:
        """What is held of a fact after this row: a later row of the file fills in, and does not contradict."""
        first = self.first_row.setdefault(who, row.row)
        if said in (None, "") or said == present:
            return present
        if first == row.row or present in (None, ""):
            return said
        self.warn(row, CONTRADICTS.format(fact, first))
        return present

    def as_corrected(
        self, row: RowKind, mistakes: frozenset[Mistake], fact: str, said: Fact | None, present: Fact
    ) -> Fact | None:
        """What a row says of a fact, or what stands where the row repeats a mistake that was put right by hand."""
        if not mistakes or said in (None, "", present) or as_mistake(fact, said) not in mistakes:
            return said
        self.warn(row, _CORRECTED.format(as_mistake(fact, said)[0]))
        return present

    def warn(self, row: RowKind, warning: str) -> None:
        if warning:
            self.result.warnings.append(f"Row {row.row}: {warning}")

    def reject(self, row: RowKind, column: str, value: str, reason: str) -> None:
        self.result.rejected.append(reject(row.row, column, value, reason))

    def note(self, row: RowKind, outcome: Outcome, what: str = "") -> None:
        self.result.outcomes.append(RowOutcome(row.row, outcome, what))
