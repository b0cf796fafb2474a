"""Comparing a file of checks with the register."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date

from licensing.accounts.acting import ActingUser
from licensing.errors import RuleBroken
from licensing.imports.known_vetting import Day, KnownCheck, KnownPerson, KnownVetting, add_checks
from licensing.imports.licence_events import CONTRADICTS
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_vetting import VettingRow
from licensing.imports.vetting_steps import VettingSteps
from licensing.matching.identifiers import normalise
from licensing.vetting.details import CheckDetails, check_details
from licensing.vetting.rules import CheckKind

_UNKNOWN = "Nobody on your register fits this. Bring the holders in first, or correct it; nothing of this row was kept"
_AMBIGUOUS = "Several people on your register fit this: give the key of their record (source_id)"
_WHO = "Say whose check it is: source_id, licence_no, or family_name with date_of_birth"
_OTHER_NAME = "The record that this row means has another family name, so nothing of the row was kept"
_OTHER_BIRTH = "The record that this row means has another date of birth, so nothing of the row was kept"
_CORRECTED = "your file still has what was corrected on the register, which was kept. Correct it in your own system"
# Of these somebody may have two on one day.
_SEVERAL = frozenset({CheckKind.REFERENCE, CheckKind.OVERSEAS})


def plan_vetting(
    rows: Iterable[VettingRow | Rejection | LeftOut], known: KnownVetting, user: ActingUser, today: date
) -> Plan:
    """One plan for all rows. What a row adds to a check of the same day supersedes it; blank cells change nothing."""
    every = list(rows)
    planner = _VettingPlanner(known, user, today)
    accepted = [one for one in every if isinstance(one, VettingRow)]
    add_checks(known, {day for one in accepted if (day := planner.day_of(one))})
    return planner.plan(every)


class _VettingPlanner(Planner[VettingRow]):
    def __init__(self, known: KnownVetting, user: ActingUser, today: date) -> None:
        self.known, self.today = known, today
        self.steps = VettingSteps(user)
        super().__init__(self.steps)

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        """Nothing: what a file of checks does not speak of is not missing."""

    def day_of(self, row: VettingRow) -> Day | None:
        person = self._person(row)
        return (person.id, row.details.kind, row.details.checked_on) if isinstance(person, KnownPerson) else None

    def plan_row(self, row: VettingRow) -> None:
        person = self._person(row)
        if not isinstance(person, KnownPerson):
            self.reject(row, *person)
            return
        day = (person.id, row.details.kind, row.details.checked_on)
        there = self.known.checks[day]
        if any(not one.is_corrected and _says(one.details, row.details) for one in there):
            self.note(row, Outcome.UNCHANGED)
        elif any(_says(one.details, row.details) for one in there):
            self.warn(row, f"{row.details.kind.label}: {_CORRECTED}")
            self.note(row, Outcome.UNCHANGED)
        else:
            self._add(row, person, day, next((one for one in there if not one.is_corrected), None))

    def _add(self, row: VettingRow, person: KnownPerson, day: Day, standing: KnownCheck | None) -> None:
        if row.details.kind in _SEVERAL:
            standing = None
        if standing and standing.id is None:
            self.warn(row, CONTRADICTS.format(row.details.kind.label, self.first_row.get(day, row.row)))
            self.note(row, Outcome.UNCHANGED)
            return
        whole = _filled_in(row.details, standing.details) if standing else row.details
        try:
            check_details(whole, self.today, person.born)
        except RuleBroken as broken:
            self.reject(row, *self._explained(row, broken))
            return
        new = KnownCheck(whole)
        self.first_row.setdefault(day, row.row)
        self.steps.add(person.id, new, standing.id if standing else None)
        if standing:
            standing.is_corrected = True
        self.known.checks[day].append(new)
        what = ", ".join(_differing(whole, standing.details)) if standing else ""
        self.note(row, Outcome.CHANGED if standing else Outcome.NEW, what)

    def _explained(self, row: VettingRow, broken: RuleBroken) -> tuple[str, str, str]:
        """(column, value, reason): what a file calls the question that the rule is about."""
        column = {"learnt_by": "update_service"}.get(broken.field or "", broken.field or "check")
        value = getattr(row.details, column, None)
        return column, str(value) if value and column != "certificate_no" else "", broken.message

    def _person(self, row: VettingRow) -> KnownPerson | tuple[str, str, str]:
        """Whose check it is, or (column, value, reason) where that is not known."""
        named = (row.family_name.casefold(), row.date_of_birth) if row.date_of_birth else None
        if row.source_id:
            column, value, found = "source_id", row.source_id, self.known.by_source.get(row.source_id)
            people = [found] if found else []
        elif row.licence_no:
            column, value = "licence_no", row.licence_no
            people = self.known.by_number.get(normalise(row.licence_no), [])
        elif row.family_name and named:
            column, value, people = "family_name", row.family_name, self.known.by_name.get(named, [])
        else:
            return "source_id", "", _WHO
        if len(people) != 1:
            return column, value, _AMBIGUOUS if people else _UNKNOWN
        if row.family_name and row.family_name.casefold() != people[0].family_name.casefold():
            return "family_name", row.family_name, _OTHER_NAME
        if row.date_of_birth and people[0].born and row.date_of_birth != people[0].born:
            return "date_of_birth", row.date_of_birth.isoformat(), _OTHER_BIRTH
        return people[0]


def _says(known: CheckDetails, row: CheckDetails) -> bool:
    """Whether a check says everything that a row says; a blank cell says nothing."""
    return not _differing(row, known)


def _differing(row: CheckDetails, known: CheckDetails) -> list[str]:
    said = ((one.name, getattr(row, one.name)) for one in fields(CheckDetails))
    return [name for name, value in said if value not in (None, "", False) and value != getattr(known, name)]


def _filled_in(row: CheckDetails, known: CheckDetails) -> CheckDetails:
    """What a row says, over what was known."""
    said = {one.name: getattr(row, one.name) for one in fields(CheckDetails)}
    return replace(known, **{name: value for name, value in said.items() if value not in (None, "", False)})
