"""From details to table rows: one way for the form, the import and the samples, for one person or fifty thousand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import text

from licensing.db import Base, db, insert_many
from licensing.keys import FieldKeys
from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.matching.keys import record_keys
from licensing.matching.records import Record
from licensing.references import new_reference
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.models import (
    Licence,
    LicenceEvent,
    LicencePeriod,
    Person,
    PersonAddress,
    PersonIdentifier,
    PersonMatch,
    PersonName,
)
from licensing.register.rules import Event, periods, sort_name, term_as_at

_ORDER = (
    Person,
    PersonName,
    PersonAddress,
    PersonIdentifier,
    Licence,
    LicenceEvent,
    LicencePeriod,
    PersonMatch,
)
# Arrays of this many rows keep memory flat and lose no speed.
_AT_ONCE = 5_000

Row = dict[str, Any]
Item = TypeVar("Item")


@dataclass
class Rows:
    """Rows gathered for writing together. Gathering asks the database nothing, so it may run beside a writing."""

    authority_id: UUID
    keys: FieldKeys
    tables: dict[type[Base], list[Row]] = field(default_factory=lambda: {model: [] for model in _ORDER})

    def add_person(self, details: PersonDetails) -> UUID:
        """Gather all rows of a new person; returns the id they will have."""
        person_id = uuid4()
        self._add(
            Person,
            id=person_id,
            reference=new_reference("P"),
            source_id=details.source_id,
            given_names=details.given_names,
            family_name=details.family_name,
            sort_name=sort_name(details.given_names, details.family_name),
            date_of_birth=details.date_of_birth,
        )
        for name in details.other_names:
            self.add_name(person_id, name.kind, name.given_names, name.family_name)
        if details.address or details.postcode:
            self.add_address(person_id, details.address, details.postcode)
        for kind, value in details.identifiers:
            self.add_identifier(person_id, kind, value)
        for licence in details.licences:
            self.add_licence(person_id, licence)
        self._add(PersonMatch, **match_columns(match_record(person_id, details, self.keys), self.keys))
        return person_id

    def add_name(self, person_id: UUID, kind: str, given: str, family: str, **days: Any) -> None:
        """Gather another name; `from_on` and `until_on` where known."""
        known = {"from_on": None, "until_on": None, **days}
        self._add(
            PersonName,
            id=uuid4(),
            person_id=person_id,
            kind=kind,
            given_names=given,
            family_name=family,
            **known,
        )

    def add_address(self, person_id: UUID, lines: str, postcode: str) -> None:
        self._add(PersonAddress, id=uuid4(), person_id=person_id, lines=lines, postcode=postcode)

    def add_identifier(self, person_id: UUID, kind: IdentifierKind, value: str) -> None:
        """Gather an identifier, sealed for its own row."""
        row_id = uuid4()
        plain = normalise(value)
        self._add(
            PersonIdentifier,
            id=row_id,
            person_id=person_id,
            kind=kind,
            sealed=self.keys.seal(plain.encode(), "person_identifier", "sealed", row_id),
            lookup=identifier_key(kind, plain, self.keys.matching_secret),
        )

    def add_licence(self, person_id: UUID, licence: LicenceDetails) -> UUID:
        """Gather a licence, its events, and the periods and term that follow from them."""
        licence_id = uuid4()
        self._add(
            Licence,
            id=licence_id,
            person_id=person_id,
            kind=licence.kind,
            number=licence.number,
            number_key=normalise(licence.number),
            badge_no=licence.badge_no or None,
            badge_key=normalise(licence.badge_no) or None,
            **term(licence.events),
        )
        for event in licence.events:
            self.add_event(licence_id, event)
        ids = {"licence_id": licence_id, "person_id": person_id, "authority_id": self.authority_id}
        self.tables[LicencePeriod] += period_rows(ids, licence.events)
        return licence_id

    def add_event(self, licence_id: UUID, event: Event) -> None:
        self._add(
            LicenceEvent,
            id=uuid4(),
            licence_id=licence_id,
            kind=event.kind,
            decided_on=event.decided_on,
            notified_on=event.notified_on,
            effective_on=event.effective_on,
            ends_on=event.ends_on,
            starts_on=event.starts_on,
            expires_on=event.expires_on,
            immediate=event.immediate,
            relevant_information=event.relevant_information,
        )

    def write(self) -> None:
        """Insert everything gathered, in an order that the foreign keys allow, and empty the lists."""
        for model in _ORDER:
            for some in _batches(self.tables[model]):
                insert_many(model, some)
                if model is PersonMatch:
                    add_match_keys([str(row["person_id"]) for row in some])
            self.tables[model] = []

    def _add(self, model: type[Base], **values: Any) -> None:
        self.tables[model].append({"authority_id": self.authority_id, **values})


def period_rows(ids: Row, events: Sequence[Event]) -> list[Row]:
    """A licence's periods as rows; `ids` are its own, its holder's and its authority's."""
    return [
        {**ids, "from_on": period.from_on, "until_on": period.until_on, "status": period.status}
        for period in periods(events)
    ]


def term(events: Sequence[Event]) -> Row:
    """The term a licence is listed with: that of its last grant or renewal."""
    governing = term_as_at(sorted(events, key=lambda event: event.filed_on))
    if governing is None:
        return {"starts_on": None, "expires_on": None}
    return {"starts_on": governing.starts_on, "expires_on": governing.expires_on}


def match_record(person_id: UUID, details: PersonDetails, keys: FieldKeys) -> Record:
    """What the driver check compares of this person: names, date, postcode, identifiers, licence and badge numbers."""
    names = [(details.given_names, details.family_name)]
    names += [(name.given_names, name.family_name) for name in details.other_names]
    numbers = {number for licence in details.licences for number in (licence.number, licence.badge_no) if number}
    identifiers = [
        *details.identifiers,
        *((IdentifierKind.BADGE_NUMBER, number) for number in sorted(numbers)),
    ]
    postcodes = [details.postcode] if details.postcode else []
    return Record.of(str(person_id), names, details.date_of_birth, postcodes, identifiers, keys.matching_secret)


def add_match_keys(person_ids: Sequence[str]) -> None:
    """Let the driver check find these people under the keys in their match rows."""
    db.session.execute(text("CALL add_match_keys(:people)"), {"people": ",".join(person_ids)})


def forget_match_keys(person_ids: Sequence[str]) -> None:
    """Before their match rows change: take away the keys under which these people were found."""
    db.session.execute(text("CALL forget_match_keys(:people)"), {"people": ",".join(person_ids)})


def match_columns(record: Record, keys: FieldKeys) -> Row:
    """The record as its row in person_match."""
    return {
        "person_id": UUID(record.ref),
        "names": list(record.names),
        "date_of_birth": record.date_of_birth,
        "postcodes": list(record.postcodes),
        "identifiers": list(record.identifiers),
        "keys": record_keys(record, keys.matching_secret),
    }


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
