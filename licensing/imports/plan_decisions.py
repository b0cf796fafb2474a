"""Comparing a file of decisions about drivers with the register."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from licensing.imports.decision_steps import DecisionSteps
from licensing.imports.known_decisions import DriverLicence, KnownDecisions, KnownEvent
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_decisions import DecisionRow
from licensing.keys import FieldKeys
from licensing.matching.identifiers import normalise
from licensing.register.events import Event, RelevantInformation
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
_IRREGULAR = "by the rules this cannot follow while a licence is “{}”; it is kept as it was decided, marked irregular"

_COMPARED = {
    "kind": "decision",
    "decided_on": "date of the decision",
    "notified_on": "date of notice",
    "effective_on": "date of effect",
    "ends_on": "last day",
    "immediate": "whether immediate",
    "relevant_information": "relevant information",
}


def plan_decisions(
    rows: Iterable[DecisionRow | Rejection | LeftOut],
    known: KnownDecisions,
    keys: FieldKeys,
    authority_id: UUID,
    today: date,
) -> Plan:
    """One plan for all rows. A decision with other facts under its key supersedes what was known of it."""
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
        known = _same_decision(row, licence)
        what = [*_differences(row, known)] if known else []
        if known and what and self._is_believed(row, known):
            self.warn(row, _BELIEVED.format(", ".join(what)))
            what = []
        if known and what:
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
        """The fuller or corrected decision stands in place of what was known; that stays as it was recorded."""
        licence.events.remove(known)
        superseded = known.id
        if superseded:
            self.result.spoken_of.add(superseded)
        else:
            superseded = self.steps.take_back(known)
        self._keep(row, licence, _with_what_was_known(row, known), superseded)

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


def _with_what_was_known(row: DecisionRow, known: KnownEvent) -> KnownEvent:
    """The decision as the row says it, and where the row is blank as it was known."""
    said = {name: getattr(row.event, name) for name in _COMPARED if _differs(row, known.event, name)}
    permanent = row.permanent if "permanent" in row.stated else known.permanent
    return KnownEvent(
        replace(known.event, **said), row.source_id or known.source_id, row.power or known.power, permanent
    )


def _same_decision(row: DecisionRow, licence: DriverLicence) -> KnownEvent | None:
    """What is known of this decision: by its key; else what has no other key, is of its kind and not of another day.

    So the details of a revocation stand in place of “revoked” alone, as a file of drivers brings it.
    """
    if row.source_id:
        for one in licence.events:
            if one.source_id == row.source_id:
                return one
    same_kind = [one for one in licence.events if one.event.kind is row.event.kind]
    unkeyed = [one for one in same_kind if not one.source_id or not row.source_id]
    if not row.event.is_dated:
        return next(reversed(unkeyed), None)
    of_the_day = [one for one in unkeyed if one.event.decided_on == row.event.decided_on]
    undated = [one for one in unkeyed if not one.event.is_dated]
    return next(iter([*of_the_day, *undated]), None)


def _differences(row: DecisionRow, known: KnownEvent) -> Iterator[str]:
    yield from (label for name, label in _COMPARED.items() if _differs(row, known.event, name))
    if row.power and row.power != known.power:
        yield "power"
    if "permanent" in row.stated and row.permanent != known.permanent:
        yield "whether permanent"
    if row.source_id and row.source_id != known.source_id:
        yield "key in your own system"


def _differs(row: DecisionRow, known: Event, name: str) -> bool:
    """Blank cells change nothing."""
    said = getattr(row.event, name)
    if said in (None, RelevantInformation.NOT_RECORDED) or (name == "immediate" and name not in row.stated):
        return False
    return said != getattr(known, name)
