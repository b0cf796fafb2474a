"""From details to table rows: one way for the form, the import and the samples, for one person or fifty thousand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID, uuid4

from licensing.db import Base, insert_many
from licensing.keys import FieldKeys
from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.references import new_reference
from licensing.register.catalogue import LicenceKind
from licensing.register.details import (
    LicenceDetails,
    OrganisationDetails,
    PersonDetails,
    PremisesDetails,
    VehicleDetails,
)
from licensing.register.events import Event
from licensing.register.match_rows import Row, add_match_keys, match_columns, match_record
from licensing.register.models import (
    EntitlementPeriod,
    Licence,
    LicenceEvent,
    LicenceMark,
    LicencePeriod,
    ObligationCheck,
    Organisation,
    Person,
    PersonAddress,
    PersonIdentifier,
    PersonMatch,
    PersonName,
    Position,
    Premises,
    Vehicle,
    VehicleMark,
)
from licensing.register.parts import PositionKind
from licensing.register.rules import entitlement_periods, filed_under, periods, sort_name, term_as_at

_ORDER = (
    Organisation,
    Vehicle,
    Premises,
    Person,
    PersonName,
    PersonAddress,
    PersonIdentifier,
    Licence,
    LicenceEvent,
    LicencePeriod,
    EntitlementPeriod,
    Position,
    VehicleMark,
    LicenceMark,
    ObligationCheck,
    PersonMatch,
)
_OF_NOTHING: dict[str, UUID | None] = {"organisation_id": None, "vehicle_id": None, "premises_id": None}
_NO_FACTS = {"power": None, "permanent": False, "irregular": False, "source_id": None, "supersedes_id": None}
_NO_POSITION = dict.fromkeys(
    (
        "person_id",
        "organisation_id",
        "written_name",
        "of_organisation_id",
        "of_premises_id",
        "of_vehicle_id",
        "of_licence_id",
        "from_on",
        "until_on",
    )
)
# Arrays of this many rows keep memory flat and lose no speed.
_AT_ONCE = 5_000

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

    def add_organisation(self, details: OrganisationDetails) -> UUID:
        """Gather an organisation; returns the id it will have."""
        organisation_id = uuid4()
        self._add(
            Organisation,
            id=organisation_id,
            reference=new_reference("G"),
            source_id=details.source_id,
            name=details.name,
            sort_name=filed_under(details.name),
            kind=details.kind,
            company_no=normalise(details.company_no) or None,
            address_lines=details.address,
            postcode=details.postcode,
        )
        return organisation_id

    def add_vehicle(self, details: VehicleDetails) -> UUID:
        """Gather a vehicle; returns the id it will have."""
        vehicle_id = uuid4()
        self._add(
            Vehicle,
            id=vehicle_id,
            reference=new_reference("V"),
            source_id=details.source_id,
            vrm=details.vrm,
            vrm_key=normalise(details.vrm),
            make=details.make,
            model=details.model,
            colour=details.colour,
            wheelchair_accessible=details.wheelchair_accessible,
        )
        return vehicle_id

    def add_premises(self, details: PremisesDetails) -> UUID:
        """Gather a place; returns the id it will have."""
        premises_id = uuid4()
        self._add(
            Premises,
            id=premises_id,
            reference=new_reference("L"),
            source_id=details.source_id,
            name=details.name,
            sort_name=filed_under(details.name),
            kind=details.kind,
            address_lines=details.address,
            postcode=details.postcode,
            uprn=details.uprn,
            rooms=details.rooms,
        )
        return premises_id

    def add_position(self, kind: PositionKind, holder: Row, of: Row, **days: Any) -> UUID:
        """Gather a part somebody plays. `holder` is one of person_id, organisation_id or written_name, `of` one of
        of_organisation_id, of_premises_id, of_vehicle_id or of_licence_id; `from_on` and `until_on` where known.
        """
        position_id = uuid4()
        self._add(Position, id=position_id, kind=kind, **{**_NO_POSITION, **holder, **of, **days})
        return position_id

    def add_licence(
        self, person_id: UUID | None, licence: LicenceDetails, *, irregular: bool = False, **of: UUID | None
    ) -> UUID:
        """Gather a licence, its events, and the periods and term that follow from them.

        `of` is its organisation_id, vehicle_id or premises_id, where it is not a person's alone.
        """
        licence_id = uuid4()
        self._add(
            Licence,
            id=licence_id,
            person_id=person_id,
            **{**_OF_NOTHING, **of},
            activities=list(licence.activities),
            kind=licence.kind,
            number=licence.number,
            number_key=normalise(licence.number),
            badge_no=licence.badge_no or None,
            badge_key=normalise(licence.badge_no) or None,
            **term(licence.events),
        )
        for event in licence.events:
            self.add_event(licence_id, event, irregular=irregular)
        ids = {"licence_id": licence_id, "person_id": person_id, "authority_id": self.authority_id}
        self.tables[LicencePeriod] += period_rows(ids, licence.kind, licence.events)
        self.tables[EntitlementPeriod] += entitlement_rows(ids, licence.kind, licence.events)
        return licence_id

    def add_event(self, licence_id: UUID, event: Event, **facts: Any) -> None:
        """Gather an event.

        `facts` are what the status does not rest on: power, permanent, irregular, source_id, supersedes_id; and the
        row's own id, where it is known already.
        """
        self._add(
            LicenceEvent,
            id=facts.pop("id", None) or uuid4(),
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
            cause=event.cause,
            entitlement=event.entitlement or None,
            **{**_NO_FACTS, **facts},
        )

    def add_row(self, table: type[Base], **values: Any) -> None:
        """Gather a row of something else that hangs under these: a former mark, a check of a duty."""
        self._add(table, id=uuid4(), **values)

    def write(self) -> None:
        """Insert everything gathered, in an order that the foreign keys allow, and empty the lists."""
        for model in _ORDER:
            for some in _batches(self.tables[model]):
                insert_many(model, some)
                if model is PersonMatch:
                    add_match_keys([str(row["person_id"]) for row in some])
            self.tables[model] = []

    def _add(self, table: type[Base], **values: Any) -> None:
        self.tables[table].append({"authority_id": self.authority_id, **values})


def period_rows(ids: Row, kind: LicenceKind, events: Sequence[Event]) -> list[Row]:
    """A licence's periods as rows; `ids` are its own, its holder's and its authority's."""
    return [
        {**ids, "kind": kind, "from_on": period.from_on, "until_on": period.until_on, "status": period.status}
        for period in periods(events)
    ]


def entitlement_rows(ids: Row, kind: LicenceKind, events: Sequence[Event]) -> list[Row]:
    """The periods of each licence of a document as rows, where its licences have been told apart."""
    shared = {name: ids[name] for name in ("licence_id", "authority_id")}
    return [
        {
            **shared,
            "entitlement": entitlement,
            "from_on": period.from_on,
            "until_on": period.until_on,
            "status": period.status,
        }
        for entitlement, found in entitlement_periods(events, kind.entitlements).items()
        for period in found
    ]


def term(events: Sequence[Event]) -> Row:
    """The term a licence is listed with: that of its last grant or renewal."""
    governing = term_as_at(sorted(events, key=lambda event: event.filed_on))
    if governing is None:
        return {"starts_on": None, "expires_on": None}
    return {"starts_on": governing.starts_on, "expires_on": governing.expires_on}


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
