"""The acting authority's register as a plan compares a file with it: read whole, in a few statements."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, func, select

from licensing.db import db
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind, LicenceStatus
from licensing.register.models import (
    FoodRating,
    FoodRegistration,
    Licence,
    LicenceEvent,
    LicencePeriod,
    Person,
    PersonAddress,
    PersonIdentifier,
    Premises,
)
from licensing.register.places import PremisesKind

_AT_ONCE = 5_000

NOBODY = UUID(int=0)
"""The id of what is not on the register."""


@dataclass(slots=True)
class KnownPerson:
    """A person on the register, with what a file can change."""

    id: UUID
    reference: str
    source_id: str | None
    given_names: str
    family_name: str
    date_of_birth: date | None
    address: str = ""
    postcode: str = ""
    lookups: set[int] = field(default_factory=set)


@dataclass(slots=True)
class KnownLicence:
    """A licence on the register, with its status today and the kinds of its events."""

    badge_no: str
    starts_on: date | None
    expires_on: date | None
    status: LicenceStatus
    events: frozenset[EventKind]
    id: UUID = NOBODY
    person_id: UUID = NOBODY


@dataclass
class KnownDrivers:
    """Everybody on the register, and every licence by kind and number, with its status as at a day."""

    as_at: date
    people: dict[UUID, KnownPerson]
    by_source: dict[str, KnownPerson]
    licences: dict[tuple[LicenceKind, str], KnownLicence]


def known_drivers(today: date) -> KnownDrivers:
    """Row-level security narrows all of it to the acting authority."""
    people = {
        row.id: KnownPerson(*row)
        for row in db.session.execute(
            select(
                Person.id,
                Person.reference,
                Person.source_id,
                Person.given_names,
                Person.family_name,
                Person.date_of_birth,
            ).execution_options(yield_per=_AT_ONCE)
        )
    }
    for person_id, lines, postcode in db.session.execute(
        select(PersonAddress.person_id, PersonAddress.lines, PersonAddress.postcode)
        .where(PersonAddress.until_on.is_(None))
        .order_by(PersonAddress.recorded_at, PersonAddress.id)
    ):
        people[person_id].address, people[person_id].postcode = lines, postcode
    for person_id, lookup in db.session.execute(select(PersonIdentifier.person_id, PersonIdentifier.lookup)):
        people[person_id].lookups.add(lookup)
    by_source = {person.source_id: person for person in people.values() if person.source_id}
    return KnownDrivers(today, people, by_source, _known_licences(today))


def _known_licences(today: date) -> dict[tuple[LicenceKind, str], KnownLicence]:
    found = select(
        Licence.kind,
        Licence.number_key,
        Licence.id,
        Licence.person_id,
        Licence.badge_no,
        Licence.starts_on,
        Licence.expires_on,
        LicencePeriod.status,
        _event_kinds(),
    ).join(
        LicencePeriod,
        (LicencePeriod.licence_id == Licence.id) & (LicencePeriod.from_on <= today) & (LicencePeriod.until_on > today),
    )
    return {
        (row.kind, row.number_key): KnownLicence(
            row.badge_no or "",
            row.starts_on,
            row.expires_on,
            row.status,
            frozenset(EventKind(kind) for kind in row.kinds),
            row.id,
            row.person_id,
        )
        for row in db.session.execute(found.execution_options(yield_per=_AT_ONCE))
    }


def _event_kinds() -> ColumnElement[list[str]]:
    """The kinds of a licence's events that leave no mark on its status."""
    silent = (EventKind.BADGE_RETURNED, EventKind.RENEWAL_REFUSED)
    kinds = select(cast(LicenceEvent.kind, Text)).where(
        LicenceEvent.licence_id == Licence.id, LicenceEvent.kind.in_(silent)
    )
    return func.array(kinds.scalar_subquery()).label("kinds")


@dataclass(slots=True)
class KnownPlace:
    """A place with a food registration."""

    premises_id: UUID
    registration_id: UUID
    name: str
    kind: PremisesKind
    address: str
    postcode: str
    business_type: int
    extracted_on: date
    rating: str = ""
    rated_on: date | None = None


def known_places() -> dict[int, KnownPlace]:
    """Places by their number in the Food Hygiene Rating Scheme, with the latest rating."""
    rows = db.session.execute(
        select(
            FoodRegistration.fhrs_id,
            Premises.id,
            FoodRegistration.id,
            Premises.name,
            Premises.kind,
            Premises.address_lines,
            Premises.postcode,
            FoodRegistration.business_type,
            FoodRegistration.extracted_on,
        ).join(Premises, Premises.id == FoodRegistration.premises_id)
    )
    places = {row[0]: KnownPlace(*row[1:]) for row in rows}
    by_registration = {place.registration_id: place for place in places.values()}
    ratings = select(FoodRating.registration_id, FoodRating.rating, FoodRating.rated_on)
    for registration_id, rating, rated_on in db.session.execute(
        ratings.order_by(FoodRating.extracted_on, FoodRating.id)
    ):
        place = by_registration[registration_id]
        place.rating, place.rated_on = rating, rated_on
    return places
