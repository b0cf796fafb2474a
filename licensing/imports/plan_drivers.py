"""Comparing a file of drivers with the register: who is new, what has changed, and what cannot be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from licensing.imports import driver_events
from licensing.imports.driver_details import (
    LicenceNumber,
    identifiers_of,
    is_licence,
    licence_of,
    number_of,
    person_of,
    with_further_row,
)
from licensing.imports.driver_steps import DriverSteps, LicenceChange, PersonChange
from licensing.imports.existing import NOBODY, KnownDrivers, KnownLicence, KnownPerson
from licensing.imports.plan import Outcome, Plan, RowOutcome
from licensing.imports.rejections import LeftOut, Rejection, reject
from licensing.imports.rows_drivers import DriverRow
from licensing.keys import FieldKeys
from licensing.matching.hashes import identifier_key
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import Event, EventKind

_OTHER_HOLDER = "This number is on your register for another person ({}). Check which of the two is right."
_OTHER_ROW = "Row {} gives this number to another person of your own system. Check which of the two is right."

Fact = TypeVar("Fact")


def plan_drivers(
    rows: Iterable[DriverRow | Rejection | LeftOut], known: KnownDrivers, keys: FieldKeys, authority_id: UUID
) -> Plan:
    """One plan for all rows. Blank cells change nothing: a file that does not know is not a file that denies.

    Where rows of one person or licence contradict each other the first is believed, so that the same file says the
    same every time it is brought in.
    """
    return _Planner(known, keys, authority_id).plan(rows)


@dataclass(slots=True)
class _Brought:
    """A licence that an earlier row adds: to a person on the register, or to a new one by their place."""

    row: int
    source_id: str
    person: KnownPerson | None
    change: PersonChange | None = None
    place: int | None = None

    def is_of(self, row: DriverRow, person: KnownPerson | None) -> bool:
        """Whether a further row, of this person, can be of the same holder."""
        return self.person is person and (not row.source_id or not self.source_id or row.source_id == self.source_id)


class _Planner:
    def __init__(self, known: KnownDrivers, keys: FieldKeys, authority_id: UUID) -> None:
        self.known = known
        self.secret = keys.matching_secret
        self.steps = DriverSteps(authority_id, keys)
        self.result = Plan(self.steps)
        # People whom an earlier row of this file adds, by what holds their rows together.
        self.added: dict[object, int] = {}
        self.brought: dict[LicenceNumber, _Brought] = {}
        # The first row that speaks of a person or a licence.
        self.first_row: dict[object, int] = {}

    def plan(self, rows: Iterable[DriverRow | Rejection | LeftOut]) -> Plan:
        for row in rows:
            if isinstance(row, LeftOut):
                self.result.left_out += 1
            elif isinstance(row, Rejection):
                self.result.rejected.append(row)
            else:
                for warning in row.warnings:
                    self._warn(row, warning)
                self._plan_row(row)
        return self.result

    def _plan_row(self, row: DriverRow) -> None:
        if row.repeats is not None:
            self._note(row, Outcome.UNCHANGED, "")
            return
        number = number_of(row)
        licence, brought = self.known.licences.get(number), self.brought.get(number)
        person = self._person_of(row, licence, brought)
        if licence and person and licence.person_id != person.id:
            self._reject_number(row, _OTHER_HOLDER.format(self.known.people[licence.person_id].reference))
        elif brought and not brought.is_of(row, person):
            self._reject_number(row, _OTHER_ROW.format(brought.row))
        elif person is None:
            self._add(row, brought)
        else:
            self._change(row, person, licence)

    def _person_of(self, row: DriverRow, licence: KnownLicence | None, brought: _Brought | None) -> KnownPerson | None:
        """Whom the row means: by the council's own key, else by the licence number if the holder agrees."""
        if row.source_id and row.source_id in self.known.by_source:
            return self.known.by_source[row.source_id]
        if licence is None:
            return brought.person if brought else None
        holder = self.known.people[licence.person_id]
        same_name = (holder.given_names, holder.family_name) == (row.given_names, row.family_name)
        same_date = row.date_of_birth is not None and holder.date_of_birth == row.date_of_birth
        if (same_name or same_date) and not (row.source_id and holder.source_id):
            return holder
        return replace(holder, id=NOBODY)  # somebody else: their licence number is taken

    def _add(self, row: DriverRow, brought: _Brought | None) -> None:
        together = row.source_id or (row.given_names, row.family_name, row.date_of_birth, row.postcode or row.row)
        place = brought.place if brought else self.added.get(together)
        if place is None:
            place = self.added[together] = self.steps.add(person_of(row))
            self.first_row[place] = row.row
        else:
            self.steps.new[place] = self._with_further_row(self.steps.new[place], place, row)
        self.brought.setdefault(number_of(row), _Brought(row.row, row.source_id, None, place=place))
        self._note(row, Outcome.NEW, "")

    def _with_further_row(self, details: PersonDetails, place: int, row: DriverRow) -> PersonDetails:
        """A person of this file with what a further row of theirs adds."""
        licences = list(details.licences)
        if self._extend(licences, row) is None:
            licences.append(licence_of(row))
        given, family = self._believed(row, place, "name", _name(row), (details.given_names, details.family_name))
        return replace(
            details,
            given_names=given,
            family_name=family,
            date_of_birth=self._believed(row, place, "date of birth", row.date_of_birth, details.date_of_birth),
            address=self._believed(row, place, "address", row.address, details.address),
            postcode=self._believed(row, place, "postcode", row.postcode, details.postcode),
            identifiers=tuple(dict.fromkeys((*details.identifiers, *identifiers_of(row)))),
            licences=tuple(licences),
        )

    def _extend(self, licences: list[LicenceDetails], row: DriverRow) -> list[str] | None:
        """Add what the row says to the licence of its number; returns it in words, or None where it is not here."""
        for place, licence in enumerate(licences):
            if is_licence(licence, number_of(row)):
                first = self.brought[number_of(row)].row
                licences[place], warning = with_further_row(licence, row, first, self.known.as_at)
                self._warn(row, warning)
                return [event.kind.label.lower() for event in licences[place].events[len(licence.events) :]]
        return None

    def _change(self, row: DriverRow, person: KnownPerson, licence: KnownLicence | None) -> None:
        change = PersonChange(person.id)
        what = [
            *self._changed_name(row, person, change),
            *self._changed_facts(row, person, change),
            *self._changed_identifiers(row, person, change),
            *(self._changed_licence(row, licence, change) if licence else self._brought_licence(row, person, change)),
        ]
        if what:
            self.steps.change(change)
        self._note(row, Outcome.CHANGED if what else Outcome.UNCHANGED, "; ".join(what))

    def _changed_name(self, row: DriverRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        former = (person.given_names, person.family_name)
        name = self._believed(row, person.id, "name", _name(row), former)
        if name != former:
            change.name, change.former_name = name, former
            person.given_names, person.family_name = name
            yield "name"

    def _changed_facts(self, row: DriverRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        born = self._believed(row, person.id, "date of birth", row.date_of_birth, person.date_of_birth)
        if born != person.date_of_birth:
            change.date_of_birth = person.date_of_birth = born
            yield "date of birth"
        if row.source_id and person.source_id is None:
            change.source_id = person.source_id = row.source_id
            yield "key in your own system"
        address = (
            self._believed(row, person.id, "address", row.address, person.address),
            self._believed(row, person.id, "postcode", row.postcode, person.postcode),
        )
        if address != (person.address, person.postcode):
            change.address = address
            person.address, person.postcode = address
            yield "address"

    def _changed_identifiers(self, row: DriverRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        for kind, value in identifiers_of(row):
            lookup = identifier_key(kind, value, self.secret)
            if lookup not in person.lookups:
                person.lookups.add(lookup)
                change.identifiers.append((kind, value))
                yield kind.replace("_", " ")

    def _brought_licence(self, row: DriverRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        """A licence that the register does not have: new with this row, or with an earlier one of this file."""
        brought = self.brought.get(number_of(row))
        further = self._extend(brought.change.new_licences, row) if brought and brought.change else None
        if further is not None:
            yield from further
            return
        change.new_licences.append(licence_of(row))
        self.brought[number_of(row)] = _Brought(row.row, row.source_id, person, change)
        yield f"licence {row.licence_no} added"

    def _changed_licence(self, row: DriverRow, licence: KnownLicence, change: PersonChange) -> Iterable[str]:
        badge = self._believed(row, licence.id, "badge number", row.badge_no, licence.badge_no)
        events = self._news_of(row, licence)
        if events or badge != licence.badge_no:
            change.licences.append(LicenceChange(licence.id, events, badge))
        yield from (event.kind.label.lower() for event in events)
        if badge != licence.badge_no:
            licence.badge_no = badge
            yield "badge number"

    def _news_of(self, row: DriverRow, licence: KnownLicence) -> list[Event]:
        first = self.first_row[licence.id]
        if first == row.row:
            events, warning = driver_events.events_to_add(row, licence)
        else:
            events, warning = driver_events.further_events(row, licence, first)
        self._warn(row, warning)
        for event in events:
            if event.kind is EventKind.RENEWED:
                licence.starts_on, licence.expires_on = event.starts_on, event.expires_on
        return events

    def _believed(self, row: DriverRow, who: object, fact: str, said: Fact, present: Fact) -> Fact:
        """What is held of a fact after this row: a later row of the file fills in, and does not contradict."""
        first = self.first_row.setdefault(who, row.row)
        if not said or said == present:
            return present
        if first == row.row or not present:
            return said
        self._warn(row, driver_events.CONTRADICTS.format(fact, first))
        return present

    def _warn(self, row: DriverRow, warning: str) -> None:
        if warning:
            self.result.warnings.append(f"Row {row.row}: {warning}")

    def _reject_number(self, row: DriverRow, reason: str) -> None:
        self.result.rejected.append(reject(row.row, "licence_no", row.licence_no, reason))

    def _note(self, row: DriverRow, outcome: Outcome, what: str) -> None:
        self.result.outcomes.append(RowOutcome(row.row, outcome, what))


def _name(row: DriverRow) -> tuple[str, str]:
    return row.given_names, row.family_name
