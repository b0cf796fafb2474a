"""Comparing a file of decisions about drivers with the register."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from licensing.imports.comparing_decisions import (
    COLUMNS,
    COMPARED,
    as_written,
    contradicted,
    differences,
    same_decision,
    with_what_was_known,
)
from licensing.imports.decision_steps import DecisionSteps
from licensing.imports.known_decisions import DriverLicence, KnownDecisions, KnownEvent
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_decisions import DecisionRow
from licensing.keys import FieldKeys
from licensing.matching.identifiers import normalise
from licensing.register.life_cycle import is_regular
from licensing.register.rules import status_as_at

_UNKNOWN = (
    "No driver licence on your register has this number. Bring the drivers in first, or correct the number; "
    "nothing of this row was kept"
)
_AMBIGUOUS = "Several kinds of driver licence on your register have this number, so it is not known which is meant"
_OTHER_LICENCE = "This key is on your register for a decision about another licence"
_SAID_OTHERWISE = "Row {} has this key too, and says something else"
_BELIEVED = (
    "it gives another {} than the decision of that day which has a key in your own system, or which an earlier row "
    "gives; that one is believed. Give each decision its key"
)
_CORRECT_IT = (
    "Your register has another {} for this decision, so nothing of this row was kept. If the register is wrong, "
    "correct the decision on the licence’s page, where a second person agrees; if the file is wrong, correct the file"
)
_IRREGULAR = "by the rules this cannot follow while a licence is “{}”; it is kept as it was decided, marked irregular"


def plan_decisions(
    rows: Iterable[DecisionRow | Rejection | LeftOut],
    known: KnownDecisions,
    keys: FieldKeys,
    authority_id: UUID,
    today: date,
) -> Plan:
    """One plan for all rows. What was not recorded of a decision is filled in; what was, a file does not change."""
    return _DecisionPlanner(known, keys, authority_id, today).plan(rows)


class _DecisionPlanner(Planner[DecisionRow]):
    def __init__(self, known: KnownDecisions, keys: FieldKeys, authority_id: UUID, today: date) -> None:
        self.known, self.today = known, today
        self.steps = DecisionSteps(authority_id, keys)
        super().__init__(self.steps)
        self.brought: dict[str, DecisionRow] = {}

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        for licence in self.known.by_number.get(normalise(licence_no), ()):
            self.result.spoken_of |= {one.id for one in licence.events if one.id and one.source_id == source_id}

    def plan_row(self, row: DecisionRow) -> None:
        licences = self.known.by_number.get(normalise(row.licence_no), [])
        if problem := self._problem(row, licences):
            self.reject(row, *problem)
            return
        (licence,) = licences
        known = same_decision(row, licence)
        what = [*differences(row, known)] if known else []
        if known and what and self._is_believed(row, known):
            self.warn(row, _BELIEVED.format(", ".join(what)))
            what = []
        if known and (column := contradicted(row, known)) and what:
            self.result.spoken_of |= {known.id} if known.id else set()
            self.reject(row, COLUMNS.get(column, column), as_written(row, column), _CORRECT_IT.format(COMPARED[column]))
        elif known and what:
            self._replace(row, licence, known)
            self.note(row, Outcome.CHANGED, "; ".join(what))
        elif known:
            self.first_row.setdefault(known, row.row)
            self.result.units |= {known.id} if known.id else set()
            self.note(row, Outcome.UNCHANGED)
        else:
            self._add(row, licence)
            self.note(row, Outcome.NEW)
        if row.source_id:
            self.brought.setdefault(row.source_id, row)

    def _is_believed(self, row: DecisionRow, known: KnownEvent) -> bool:
        """Whether a row without a key stands back: behind a decision that has one, or an earlier row of this file."""
        return not row.source_id and (bool(known.source_id) or known in self.first_row)

    def _problem(self, row: DecisionRow, licences: list[DriverLicence]) -> tuple[str, str, str] | None:
        """(column, value, reason) where the decision cannot be placed."""
        earlier = self.brought.get(row.source_id)
        if earlier and replace(earlier, row=row.row, warnings=row.warnings) != row:
            return "source_id", row.source_id, _SAID_OTHERWISE.format(earlier.row)
        if len(licences) != 1:
            return "licence_no", row.licence_no, _AMBIGUOUS if licences else _UNKNOWN
        holder = self.known.by_source.get(row.source_id)
        if holder and holder.id != licences[0].id:
            return "source_id", row.source_id, f"{_OTHER_LICENCE} ({holder.number})"
        return None

    def _replace(self, row: DecisionRow, licence: DriverLicence, known: KnownEvent) -> None:
        """The fuller decision stands in place of what was known; that stays as it was recorded."""
        licence.events.remove(known)
        superseded = known.id
        if superseded:
            self.result.spoken_of.add(superseded)
        else:
            superseded = self.steps.take_back(known)
        self._keep(row, licence, with_what_was_known(row, known), superseded)

    def _add(self, row: DecisionRow, licence: DriverLicence) -> None:
        self._keep(row, licence, KnownEvent(row.event, row.source_id, row.power, row.permanent), None)

    def _keep(self, row: DecisionRow, licence: DriverLicence, new: KnownEvent, superseded: UUID | None) -> None:
        before = [one.event for one in licence.events]
        status = status_as_at(before, new.event.known_from if new.event.is_dated else self.today)
        new.irregular = not is_regular(licence.kind, status, new.event.kind)
        if new.irregular:
            self.warn(row, _IRREGULAR.format(status.label.lower()))
        new.event = replace(new.event, recorded_on=self.today)
        licence.events.append(new)
        self.first_row[new] = row.row
        self.steps.add(licence, new, superseded)
