"""Comparing a file of drivers with the register: who is new, what has changed, and what cannot be."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from licensing.imports import driver_events
from licensing.imports.driver_steps import DriverSteps, LicenceChange, PersonChange
from licensing.imports.existing import KnownDrivers, KnownLicence, KnownPerson
from licensing.imports.plan import Outcome, Plan, RowOutcome
from licensing.imports.rejections import LeftOut, Rejection, reject
from licensing.imports.rows_drivers import DriverRow
from licensing.keys import FieldKeys
from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.register.details import LicenceDetails, OtherName, PersonDetails
from licensing.register.rules import NameKind

_OTHER_HOLDER = "This number is on your register for another person ({}). Check which of the two is right."


def plan_drivers(
    rows: Iterable[DriverRow | Rejection | LeftOut], known: KnownDrivers, keys: FieldKeys, authority_id: UUID
) -> Plan:
    """One plan for all rows. Blank cells change nothing: a file that does not know is not a file that denies."""
    return _Planner(known, keys, authority_id).plan(rows)


class _Planner:
    def __init__(self, known: KnownDrivers, keys: FieldKeys, authority_id: UUID) -> None:
        self.known = known
        self.secret = keys.matching_secret
        self.steps = DriverSteps(authority_id, keys)
        self.result = Plan(self.steps)
        # People whom an earlier row of this file adds, by what holds their rows together.
        self.added: dict[object, int] = {}

    def plan(self, rows: Iterable[DriverRow | Rejection | LeftOut]) -> Plan:
        for row in rows:
            if isinstance(row, LeftOut):
                self.result.left_out += 1
            elif isinstance(row, Rejection):
                self.result.rejected.append(row)
            else:
                self.result.warnings += [f"Row {row.row}: {warning}" for warning in row.warnings]
                self._plan_row(row)
        return self.result

    def _plan_row(self, row: DriverRow) -> None:
        if row.repeats is not None:
            self._note(row, Outcome.UNCHANGED, "")
            return
        licence = self.known.licences.get((row.licence_type, normalise(row.licence_no)))
        person = self._person_of(row, licence)
        if licence and person and licence.person_id != person.id:
            holder = self.known.people[licence.person_id].reference
            self.result.rejected.append(reject(row.row, "licence_no", row.licence_no, _OTHER_HOLDER.format(holder)))
        elif person is None:
            self._add(row)
        else:
            self._change(row, person, licence)

    def _person_of(self, row: DriverRow, licence: KnownLicence | None) -> KnownPerson | None:
        """Whom the row means: by the council's own key, else by the licence number if the holder agrees."""
        if row.source_id and row.source_id in self.known.by_source:
            return self.known.by_source[row.source_id]
        if licence is None:
            return None
        holder = self.known.people[licence.person_id]
        same_name = (holder.given_names, holder.family_name) == (row.given_names, row.family_name)
        same_date = row.date_of_birth is not None and holder.date_of_birth == row.date_of_birth
        if (same_name or same_date) and not (row.source_id and holder.source_id):
            return holder
        return replace(holder, id=UUID(int=0))  # somebody else: their licence number is taken

    def _add(self, row: DriverRow) -> None:
        together = row.source_id or (row.given_names, row.family_name, row.date_of_birth, row.postcode or row.row)
        licence = _licence(row)
        if together in self.added:
            self.steps.add_licence_to_new(self.added[together], licence)
        else:
            self.added[together] = self.steps.add(_details(row, licence))
        self._note(row, Outcome.NEW, "")

    def _change(self, row: DriverRow, person: KnownPerson, licence: KnownLicence | None) -> None:
        change = PersonChange(person.id)
        what = [
            *self._changed_name(row, person, change),
            *self._changed_facts(row, person, change),
            *self._changed_identifiers(row, person, change),
            *self._changed_licence(row, licence, change),
        ]
        if what:
            self.steps.change(change)
        self._note(row, Outcome.CHANGED if what else Outcome.UNCHANGED, "; ".join(what))

    def _changed_name(self, row: DriverRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        if (row.given_names, row.family_name) != (person.given_names, person.family_name):
            change.name = (row.given_names, row.family_name)
            change.former_name = (person.given_names, person.family_name)
            person.given_names, person.family_name = change.name
            yield "name"

    def _changed_facts(self, row: DriverRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        if row.date_of_birth and row.date_of_birth != person.date_of_birth:
            change.date_of_birth = person.date_of_birth = row.date_of_birth
            yield "date of birth"
        if row.source_id and person.source_id is None:
            change.source_id = person.source_id = row.source_id
            yield "key in your own system"
        address = (row.address or person.address, row.postcode or person.postcode)
        if address != (person.address, person.postcode):
            change.address = address
            person.address, person.postcode = address
            yield "address"

    def _changed_identifiers(self, row: DriverRow, person: KnownPerson, change: PersonChange) -> Iterable[str]:
        for kind, value in _identifiers(row):
            lookup = identifier_key(kind, value, self.secret)
            if lookup not in person.lookups:
                person.lookups.add(lookup)
                change.identifiers.append((kind, value))
                yield kind.replace("_", " ")

    def _changed_licence(self, row: DriverRow, licence: KnownLicence | None, change: PersonChange) -> Iterable[str]:
        if licence is None:
            change.new_licences.append(_licence(row))
            yield f"licence {row.licence_no} added"
            return
        events, warning = driver_events.events_to_add(row, licence)
        if warning:
            self.result.warnings.append(f"Row {row.row}: {warning}")
        badge = row.badge_no if row.badge_no and row.badge_no != licence.badge_no else ""
        if events or badge:
            change.licences.append(LicenceChange(licence.id, events, badge))
        yield from (event.kind.label.lower() for event in events)
        if badge:
            yield "badge number"

    def _note(self, row: DriverRow, outcome: Outcome, what: str) -> None:
        self.result.outcomes.append(RowOutcome(row.row, outcome, what))


def _details(row: DriverRow, licence: LicenceDetails) -> PersonDetails:
    others = (OtherName(NameKind.ALIAS, "", row.other_names),) if row.other_names else ()
    return PersonDetails(
        given_names=row.given_names,
        family_name=row.family_name,
        date_of_birth=row.date_of_birth,
        source_id=row.source_id or None,
        address=row.address,
        postcode=row.postcode,
        other_names=others,
        identifiers=tuple(_identifiers(row)),
        licences=(licence,),
    )


def _licence(row: DriverRow) -> LicenceDetails:
    return LicenceDetails(row.licence_type, row.licence_no, row.badge_no, driver_events.first_events(row))


def _identifiers(row: DriverRow) -> list[tuple[IdentifierKind, str]]:
    pairs = (
        (IdentifierKind.NI_NUMBER, row.nino),
        (IdentifierKind.DRIVER_NUMBER, row.driving_licence_no),
        (IdentifierKind.REGISTRATION_MARK, row.vrm),
    )
    return [(kind, value) for kind, value in pairs if value]
