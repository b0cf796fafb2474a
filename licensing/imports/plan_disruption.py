"""Comparing a file of disruption with the actions that are recorded: it fills in, and takes nothing back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.disruption import powers, rules
from licensing.disruption.changes.bringing_in import Begun
from licensing.disruption.histories import Happened, check_result, history_of, what_is_new
from licensing.disruption.models import Agency
from licensing.disruption.rules import Span
from licensing.disruption.targets import Aim, key_of
from licensing.disruption.words import Effect, TargetKind
from licensing.errors import RuleBroken
from licensing.imports.disruption_steps import DisruptionSteps
from licensing.imports.known_disruption import KnownAction, KnownDisruption, PowerVersion, place_keys, target_key
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_disruption import DisruptionRow
from licensing.imports.values import NotUnderstood

_NO_POWER = "This is not the code of a power: write one of {}"
_OTHER_POWER = "This key is recorded for another power: {}"
_NO_ADDRESS = "Give the address or the postcode of the place"
_CLOSED = "{} ({}) is in force here already for some of these days. End that one first, or extend it"
_KEPT = "{}: something else is recorded already, and was kept. Put it right on the page of the action"
_NOT_OURS = "Another agency recorded an action with this key, and yours has no part in it: it was left as it is"
# The columns of what a rule of the room speaks of by the name of a question.
_COLUMNS = {"considered_on": "decided_on", "on": "in_force_on", None: "power_code"}


def plan_disruption(
    rows: Sequence[DisruptionRow | Rejection | LeftOut], known: KnownDisruption, user: ActingUser, today: date
) -> Plan:
    """One plan for all rows. Rows with the same key are one action, with a target for each."""
    return _DisruptionPlanner(known, user, today).plan(rows)


class _DisruptionPlanner(Planner[DisruptionRow]):
    def __init__(self, known: KnownDisruption, user: ActingUser, today: date) -> None:
        self.known, self.today, self.steps = known, today, DisruptionSteps(user)
        super().__init__(self.steps)

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        """Nothing: actions of which a file does not speak are not missing."""

    def plan_row(self, row: DisruptionRow) -> None:
        action = self.known.actions.get(row.source_id)
        try:
            if action is None:
                self._begin(row)
            elif action.works:
                self._fill(row, action)
            else:
                self.warn(row, _NOT_OURS)
                self.note(row, Outcome.UNCHANGED)
        except RuleBroken as broken:
            column = _COLUMNS.get(broken.field, broken.field or "")
            self.reject(row, column, _said(row, column), broken.message)

    def _begin(self, row: DisruptionRow) -> None:
        version, lead, partners = self._version(row), self._agency(row, "lead_agency"), self._partners(row)
        powers.check_target(version.power, row.target_kind)  # further rows of it add whatever else it is about
        aim = self._aim(row)
        powers.check_agency(version.power, lead.kind)
        history = history_of(version.power, row.told, self.today)
        self._check_not_closed(version, aim, history)
        action = KnownAction(version, lead.id, row.told.decided_on)
        result = self._result(row, action, history)
        recording = self._recording(lead.id, partners)
        action.agencies = {lead.id, recording}
        adding = self.steps.of(action, Begun(row.source_id, version.id, lead.id, recording))
        self.known.actions[row.source_id] = action
        self._add(action, aim, partners, history)
        if result:
            adding.result = result
            action.results[result[0]] = result[1]
        self.note(row, Outcome.NEW)

    def _fill(self, row: DisruptionRow, action: KnownAction) -> None:
        version = self._version(row, action)
        lead, partners, aim = self._agency(row, "lead_agency"), self._partners(row), self._aim(row)
        told = replace(row.told, decided_on=action.decided_on)
        history = what_is_new(
            version.power, action.events, history_of(version.power, told, self.today), action.withdrawn
        )
        is_there = target_key(aim.kind, aim.name, aim.postcode) in action.targets
        if not is_there or history:
            self._check_not_closed(version, aim, [*map(Happened, action.events), *history])
        result = self._result(row, action, history)
        adding = self.steps.of(action)
        changed = self._add(action, None if is_there else aim, partners, history)
        if result:
            adding.result = result
            action.results[result[0]] = result[1]
            changed.append("result")
        self._warn_of_what_was_kept(row, action, lead.id)
        is_new = action.id is None and not is_there
        outcome = Outcome.NEW if is_new else Outcome.CHANGED if changed else Outcome.UNCHANGED
        self.note(row, outcome, "" if is_new else "; ".join(changed))

    def _add(
        self, action: KnownAction, aim: Aim | None, partners: Iterable[UUID], history: Sequence[Happened]
    ) -> list[str]:
        """Add to an action what is not there; what that changes, in words."""
        adding, changed = self.steps.of(action), []
        if aim:
            adding.aims.append(aim)
            action.targets.add(target_key(aim.kind, aim.name, aim.postcode))
            changed.append("target")
        if joining := [one for one in dict.fromkeys(partners) if one not in action.agencies]:
            adding.partners += joining
            action.agencies.update(joining)
            changed.append("partners")
        adding.happened += history
        action.events += [one.event for one in history]
        self._note_closed(action, aim)
        return changed + [one.event.kind.label.lower() for one in history]

    def _version(self, row: DisruptionRow, action: KnownAction | None = None) -> PowerVersion:
        """The version of the power that was the law on the day; of an action that is recorded, its own."""
        versions = self.known.powers.get(powers.code_key(row.power_code), [])
        if not versions:
            codes = ", ".join(sorted((of[0].power.code for of in self.known.powers.values()), key=str.casefold))
            raise RuleBroken(_NO_POWER.format(codes), "power_code")
        if action:
            if versions[0].power.code != action.version.power.code:
                raise RuleBroken(_OTHER_POWER.format(action.version.power.code), "power_code")
            return action.version
        day = row.told.decided_on
        version = next((one for one in versions if one.power.holds_on(day)), versions[0])
        powers.check_in_force(version.power, day)
        return version

    def _agency(self, row: DisruptionRow, column: str, written: str = "") -> Agency:
        try:
            agency, warning = self.known.agencies.named(column, written or row.lead_agency)
        except NotUnderstood as error:
            raise RuleBroken(f"{written}: {error}" if written else str(error), column) from error
        self.warn(row, warning)
        return agency

    def _partners(self, row: DisruptionRow) -> list[UUID]:
        return [self._agency(row, "partner_agencies", written).id for written in row.partners]

    def _recording(self, lead_id: UUID, partners: Sequence[UUID]) -> UUID:
        """For which of the acting user's agencies it is recorded: one that has a part in it, else the first."""
        mine = [one.id for one in self.known.agencies.mine]
        return next((one for one in (lead_id, *partners) if one in mine), mine[0])

    def _aim(self, row: DisruptionRow) -> Aim:
        if row.target_kind is not TargetKind.PREMISES:
            return Aim(row.target_kind, row.target_name, row.address, row.postcode)
        if not (row.address or row.postcode):
            raise RuleBroken(_NO_ADDRESS, "target_address")
        place = self.known.place(row.target_name, row.postcode) or (None, None)
        return Aim(row.target_kind, row.target_name, row.address, row.postcode, *place)

    def _result(
        self, row: DisruptionRow, action: KnownAction, history: Sequence[Happened]
    ) -> tuple[int, Effect] | None:
        """The look as which the row's result is kept; None where it has none, or it is there."""
        if row.result is None or row.result in action.results.values():
            return None
        now = rules.standing([*action.events, *(one.event for one in history)])
        after = check_result(row.result, now.in_force_on, self.today)
        if after in action.results:
            self.warn(row, _KEPT.format("result"))
            return None
        return after, row.result

    def _check_not_closed(self, version: PowerVersion, aim: Aim, history: Sequence[Happened]) -> None:
        """A place is not closed twice at once by the same power."""
        span = _span(one.event for one in history)
        if span is None or not version.power.closes or aim.kind is not TargetKind.PREMISES:
            return
        others = [one for key in _keys(aim) for one in self.known.closures[version.id, key]]
        if rules.overlaps(span, others):
            raise RuleBroken(_CLOSED.format(version.power.name, version.power.law), "in_force_on")

    def _note_closed(self, action: KnownAction, aim: Aim | None) -> None:
        span = _span(action.events)
        if span and aim and action.version.power.closes:
            for key in _keys(aim):
                self.known.closures[action.version.id, key].append(span)

    def _warn_of_what_was_kept(self, row: DisruptionRow, action: KnownAction, lead_id: UUID) -> None:
        now, told = rules.standing(action.events), row.told
        kept = {
            "lead_agency": lead_id != action.lead_agency_id,
            "decided_on": told.decided_on != action.decided_on,
            "in_force_on": told.in_force_on and told.in_force_on != now.in_force_on,
            "ends_on": told.ends_on and told.ends_on != now.ends_on,
        }
        for column, differs in kept.items():
            self.warn(row, _KEPT.format(column) if differs else "")


def _said(row: DisruptionRow, column: str) -> str:
    """What a row says in a column that tells nothing of a person; else nothing."""
    if column in ("power_code", "lead_agency"):
        return str(getattr(row, column))
    said = getattr(row.told, column, None)
    return said.isoformat() if isinstance(said, date) else said or ""


def _span(events: Iterable[rules.Event]) -> Span | None:
    """When an action was in force by these events, if it was."""
    now = rules.standing(events)
    ends = [day for day in (now.ends_on, now.ended_on) if day]
    return Span(now.in_force_on, min(ends, default=None)) if now.in_force_on else None


def _keys(aim: Aim) -> list[object]:
    return place_keys(aim.record_id, key_of(aim.kind, aim.name), aim.postcode)
