"""Comparing files of awareness and of indicators with what is recorded: a figure that differs takes its place."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Generic, TypeVar
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.imports.known_agencies import KnownAgencies
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_prevention import AwarenessRow, IndicatorRow
from licensing.imports.values import NotUnderstood
from licensing.prevention import changes, queries
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.prevention.rules import Activity, Count

_CONTRADICTS = "an earlier row of the file has other figures under the same key, and those were taken"
_CORRECTED = "this was put right since, and was kept: correct it in your own system"
_WHOSE = "The agency is needed: you do not work for one alone"

Facts = TypeVar("Facts", Count, Activity)
KindOfRow = TypeVar("KindOfRow", IndicatorRow, AwarenessRow)


@dataclass(slots=True, eq=False)
class Entry(Generic[Facts]):
    """What stands under a key, and what stood there before; without an id it is new with this file."""

    facts: Facts
    id: UUID | None = None
    former: set[Facts] = field(default_factory=set)


class PreventionSteps(Generic[Facts]):
    """Gathers entries while a file is planned; `apply` writes them all, each with the one whose place it takes."""

    written: tuple[UUID, ...] = ()

    def __init__(self, write: Callable[[Sequence[tuple[Facts, UUID | None]]], None]) -> None:
        self._write = write
        self.entries: list[tuple[Facts, UUID | None]] = []

    def apply(self) -> None:
        if self.entries:
            self._write(self.entries)


class _PreventionPlanner(Planner[KindOfRow], Generic[KindOfRow, Facts]):
    def __init__(
        self, known: dict[object, Entry[Facts]], agencies: KnownAgencies, steps: PreventionSteps[Facts]
    ) -> None:
        self.known, self.agencies, self.steps = known, agencies, steps
        super().__init__(steps)

    @abstractmethod
    def facts(self, row: KindOfRow, agency_id: UUID) -> Facts:
        """What a row says."""

    @abstractmethod
    def key(self, facts: Facts) -> object:
        """By which the same entry is known again."""

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        """Nothing: entries of which a file does not speak are not missing."""

    def plan_row(self, row: KindOfRow) -> None:
        agency_id = self._agency(row)
        if agency_id is None:
            return
        facts = self.facts(row, agency_id)
        there = self.known.get(self.key(facts))
        if there is None:
            self.known[self.key(facts)] = Entry(facts)
            self.steps.entries.append((facts, None))
            self.note(row, Outcome.NEW)
        elif facts == there.facts or self._is_old(row, facts, there):
            self.note(row, Outcome.UNCHANGED)
        else:
            self.known[self.key(facts)] = Entry(facts)
            self.steps.entries.append((facts, there.id))
            self.note(row, Outcome.CHANGED, _what_changes(there.facts, facts))

    def _is_old(self, row: KindOfRow, facts: Facts, there: Entry[Facts]) -> bool:
        if there.id is None:
            self.warn(row, _CONTRADICTS)
        elif facts in there.former:
            self.warn(row, _CORRECTED)
        return there.id is None or facts in there.former

    def _agency(self, row: KindOfRow) -> UUID | None:
        """Whose figure it is: of the one agency for which the acting user works, where the row does not say."""
        if not row.agency:
            if len(self.agencies.mine) == 1:
                return self.agencies.mine[0].id
            self.reject(row, "agency", "", _WHOSE)
            return None
        try:
            agency, warning = self.agencies.named("agency", row.agency)
        except NotUnderstood as error:
            self.reject(row, "agency", row.agency, str(error))
            return None
        self.warn(row, warning)
        return agency.id


def _what_changes(before: Count | Activity, after: Count | Activity) -> str:
    names = [one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)]
    return ", ".join(name.removesuffix("_id") for name in names)


class _CountPlanner(_PreventionPlanner[IndicatorRow, Count]):
    def facts(self, row: IndicatorRow, agency_id: UUID) -> Count:
        return Count(row.code, agency_id, row.period_start, row.period_end, row.value)

    def key(self, facts: Count) -> object:
        return facts.code, facts.agency_id, facts.period_start, facts.period_end


class _ActivityPlanner(_PreventionPlanner[AwarenessRow, Activity]):
    def facts(self, row: AwarenessRow, agency_id: UUID) -> Activity:
        return Activity(row.kind, row.audience, row.held_on, row.place, row.reach, agency_id, row.source_id)

    def key(self, facts: Activity) -> object:
        return facts.source_id


def plan_indicators(rows: Sequence[IndicatorRow | Rejection | LeftOut], user: ActingUser) -> Plan:
    """One plan for all rows: the key of a count is its indicator, agency and period."""
    steps: PreventionSteps[Count] = PreventionSteps(lambda entries: changes.record_counts(user, entries))
    planner = _CountPlanner({}, KnownAgencies(user.authority.id), steps)
    kept = queries.counts_kept(user.authority.id, {row.code for row in rows if isinstance(row, IndicatorRow)})
    planner.known = _known(((_count(one), one) for one in kept), planner.key)
    return planner.plan(rows)


def plan_awareness(rows: Sequence[AwarenessRow | Rejection | LeftOut], user: ActingUser) -> Plan:
    """One plan for all rows."""
    steps: PreventionSteps[Activity] = PreventionSteps(lambda entries: changes.record_activities(user, entries))
    planner = _ActivityPlanner({}, KnownAgencies(user.authority.id), steps)
    kept = queries.activities_kept(user.authority.id, {row.source_id for row in rows if isinstance(row, AwarenessRow)})
    planner.known = _known(((_activity(one), one) for one in kept), planner.key)
    return planner.plan(rows)


def _known(
    kept: Iterable[tuple[Facts, IndicatorCount | AwarenessActivity]], key: Callable[[Facts], object]
) -> dict[object, Entry[Facts]]:
    """What stands under each key, with what stood there before."""
    all_of_them = list(kept)
    known = {key(facts): Entry(facts, row.id) for facts, row in all_of_them if row.superseded_at is None}
    for facts, row in all_of_them:
        if row.superseded_at and (stands := known.get(key(facts))):
            stands.former.add(facts)
    return known


def _count(row: IndicatorCount) -> Count:
    return Count(row.code, row.agency_id, row.period_start, row.period_end, row.value)


def _activity(row: AwarenessActivity) -> Activity:
    return Activity(row.kind, row.audience, row.held_on, row.place, row.reach, row.agency_id, row.source_id)
