"""Comparing a file of people and their licences with the register: who is new, what changed, what cannot be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from licensing.imports import licence_events
from licensing.imports.existing import NOBODY, KnownLicence, KnownPeople, KnownPerson, LicenceNumber
from licensing.imports.licence_steps import LicenceChange
from licensing.imports.person_details import (
    identifiers_of,
    is_licence,
    licence_of,
    number_of,
    person_of,
    with_further_row,
)
from licensing.imports.person_steps import PersonChange, PersonSteps
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_drivers import HolderRow
from licensing.keys import FieldKeys
from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import normalise
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import Event, EventKind

_OTHER_HOLDER = "This number is on your register for another person ({}). Check which of the two is right."
_OTHER_KEY = (
    "This key is on your register for another person ({}), who holds another kind of licence. If the two files come "
    "from two systems that number alike, put letters before the keys of one of them."
)
_OTHER_ROW = "Row {} gives this number to another person of your own system. Check which of the two is right."


def plan_people(
    rows: Iterable[HolderRow | Rejection | LeftOut], known: KnownPeople, keys: FieldKeys, authority_id: UUID
) -> Plan:
    """One plan for all rows."""
    return _PeoplePlanner(known, keys, authority_id).plan(rows)


@dataclass(slots=True)
class _Brought:
    """A licence that an earlier row adds: to a person on the register, or to a new one by their place."""

    row: int
    source_id: str
    person: KnownPerson | None
    change: PersonChange | None = None
    place: int | None = None

    def is_of(self, row: HolderRow, person: KnownPerson | None) -> bool:
        """Whether a further row, of this person, can be of the same holder."""
        return self.person is person and (not row.source_id or not self.source_id or row.source_id == self.source_id)


class _PeoplePlanner(Planner[HolderRow]):
    def __init__(self, known: KnownPeople, keys: FieldKeys, authority_id: UUID) -> None:
        self.known = known
        self.secret = keys.matching_secret
        self.steps = PersonSteps(authority_id, keys)
        super().__init__(self.steps)
        # People whom an earlier row of this file adds, by what holds their rows together.
        self.added: dict[object, int] = {}
        self.brought: dict[LicenceNumber, _Brought] = {}

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        number = normalise(licence_no)
        for kind in self.known.kinds:
            if licence := self.known.licences.get((kind, number)):
                self.result.units.add(licence.id)

    def plan_row(self, row: HolderRow) -> None:
        if row.repeats is not None:
            self.note(row, Outcome.UNCHANGED, "")
            return
        number = number_of(row)
        licence, brought = self.known.licences.get(number), self.brought.get(number)
        if licence:
            self.result.units.add(licence.id)
        person = self._person_of(row, licence, brought)
        if licence and person and licence.person_id != person.id:
            self._reject_number(row, _OTHER_HOLDER.format(self.known.people[licence.person_id].reference))
        elif person and self._is_somebody_else(row, person):
            self.reject(row, "source_id", row.source_id, _OTHER_KEY.format(person.reference))
        elif brought and not brought.is_of(row, person):
            self._reject_number(row, _OTHER_ROW.format(brought.row))
        elif person is None:
            self._add(row, brought)
        else:
            self._change(row, person, licence)

    def _person_of(self, row: HolderRow, licence: KnownLicence | None, brought: _Brought | None) -> KnownPerson | None:
        """Whom the row means: by the council's own key, else by the licence number if the holder agrees."""
        if row.source_id and row.source_id in self.known.by_source:
            return self.known.by_source[row.source_id]
        if licence is None:
            return brought.person if brought else None
        holder = self.known.people[licence.person_id]
        if (holder.is_named(_name(row)) or holder.was_born(row.date_of_birth)) and not (
            row.source_id and holder.source_id
        ):
            return holder
        return replace(holder, id=NOBODY)  # somebody else: their licence number is taken

    def _is_somebody_else(self, row: HolderRow, person: KnownPerson) -> bool:
        """Whether the key is that of a record with another name and date, known by licences of another family.

        Councils keep drivers and personal licences in two systems, which number from 1 both.
        """
        if row.source_id != person.source_id or not person.families or row.licence_type.family in person.families:
            return False
        return not person.is_named(_name(row)) and not person.was_born(row.date_of_birth)

    def _add(self, row: HolderRow, brought: _Brought | None) -> None:
        together = row.source_id or (row.given_names, row.family_name, row.date_of_birth, row.postcode or row.row)
        place = brought.place if brought else self.added.get(together)
        if place is None:
            place = self.added[together] = self.steps.add(person_of(row))
            self.first_row[place] = row.row
        else:
            self.steps.new[place] = self._with_further_row(self.steps.new[place], place, row)
        self.brought.setdefault(number_of(row), _Brought(row.row, row.source_id, None, place=place))
        self.note(row, Outcome.NEW, "")

    def _with_further_row(self, details: PersonDetails, place: int, row: HolderRow) -> PersonDetails:
        """A person of this file with what a further row of theirs adds."""
        licences = list(details.licences)
        if self._extend(licences, row) is None:
            licences.append(licence_of(row))
        given, family = self.believed(row, place, "name", _name(row), (details.given_names, details.family_name))
        return replace(
            details,
            given_names=given,
            family_name=family,
            date_of_birth=self.believed(row, place, "date of birth", row.date_of_birth, details.date_of_birth),
            address=self.believed(row, place, "address", row.address, details.address),
            postcode=self.believed(row, place, "postcode", row.postcode, details.postcode),
            identifiers=tuple(dict.fromkeys((*details.identifiers, *identifiers_of(row)))),
            licences=tuple(licences),
        )

    def _extend(self, licences: list[LicenceDetails], row: HolderRow) -> list[str] | None:
        """Add what the row says to the licence of its number; returns it in words, or None where it is not here."""
        for place, licence in enumerate(licences):
            if is_licence(licence, number_of(row)):
                first = self.brought[number_of(row)].row
                licences[place], warning = with_further_row(licence, row, first, self.known.as_at)
                self.warn(row, warning)
                return [event.kind.label.lower() for event in licences[place].events[len(licence.events) :]]
        return None

    def _change(self, row: HolderRow, person: KnownPerson, licence: KnownLicence | None) -> None:
        change = PersonChange(person.id)
        self.first_row.setdefault(person.id, row.row)
        what = [
            *self._changed_name(row, person, change),
            *self._changed_facts(row, person, change),
            *self._changed_identifiers(row, person, change),
            *(self._changed_licence(row, licence, change) if licence else self._brought_licence(row, person, change)),
        ]
        if what:
            self.steps.change(change)
        self.note(row, Outcome.CHANGED if what else Outcome.UNCHANGED, "; ".join(what))

    def _changed_name(self, row: HolderRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        """What merged records said is known: which of it is right was chosen when they were made one."""
        former = (person.given_names, person.family_name)
        said = (
            self.as_corrected(row, person.mistakes, "given_names", row.given_names, person.given_names) or "",
            self.as_corrected(row, person.mistakes, "family_name", row.family_name, person.family_name) or "",
        )
        if person.is_named(said):
            return
        name = self.believed(row, person.id, "name", said, former)
        if name != former:
            change.name, change.former_name = name, former
            person.given_names, person.family_name = name
            yield "name"

    def _changed_facts(self, row: HolderRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        born = person.date_of_birth
        said = self.as_corrected(row, person.mistakes, "date_of_birth", row.date_of_birth, born)
        if not person.was_born(said):
            born = self.believed(row, person.id, "date of birth", said, born)
        if born != person.date_of_birth:
            change.date_of_birth = person.date_of_birth = born
            yield "date of birth"
        if row.source_id and person.source_id is None and not person.had_key(row.source_id):
            change.source_id = person.source_id = row.source_id
            yield "key in your own system"
        if person.lives_at(row.address, row.postcode):
            return
        address = (
            self.believed(row, person.id, "address", row.address, person.address),
            self.believed(row, person.id, "postcode", row.postcode, person.postcode),
        )
        if address != (person.address, person.postcode):
            change.address = address
            person.address, person.postcode = address
            yield "address"

    def _changed_identifiers(self, row: HolderRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        for kind, value in identifiers_of(row):
            lookup = identifier_key(kind, value, self.secret)
            if lookup not in person.lookups and self.as_corrected(row, person.mistakes, kind, value, ""):
                person.lookups.add(lookup)
                change.identifiers.append((kind, value))
                yield kind.replace("_", " ")

    def _brought_licence(self, row: HolderRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        """A licence that the register does not have: new with this row, or with an earlier one of this file."""
        brought = self.brought.get(number_of(row))
        further = self._extend(brought.change.new_licences, row) if brought and brought.change else None
        if further is not None:
            yield from further
            return
        change.new_licences.append(licence_of(row))
        self.brought[number_of(row)] = _Brought(row.row, row.source_id, person, change)
        yield f"licence {row.licence_no} added"

    def _changed_licence(self, row: HolderRow, licence: KnownLicence, change: PersonChange) -> Iterable[str]:
        badge = self.believed(row, licence.id, "badge number", row.badge_no, licence.badge_no)
        events = self._news_of(row, licence)
        if events or badge != licence.badge_no:
            changed = (badge, licence.badge_no) if badge != licence.badge_no else ("", "")
            change.licences.append(LicenceChange(licence.id, events, *changed))
        yield from (event.kind.label.lower() for event in events)
        if badge != licence.badge_no:
            licence.badge_no = badge
            yield "badge number"

    def _news_of(self, row: HolderRow, licence: KnownLicence) -> list[Event]:
        first = self.first_row[licence.id]
        if first == row.row:
            events, warning = licence_events.events_to_add(row, licence)
        else:
            events, warning = licence_events.further_events(row, licence, first)
        self.warn(row, warning)
        for event in events:
            if event.kind is EventKind.RENEWED:
                licence.starts_on, licence.expires_on = event.starts_on, event.expires_on
        return events

    def _reject_number(self, row: HolderRow, reason: str) -> None:
        self.reject(row, "licence_no", row.licence_no, reason)


def _name(row: HolderRow) -> tuple[str, str]:
    return row.given_names, row.family_name
