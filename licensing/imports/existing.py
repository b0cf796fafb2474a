"""The acting authority's register as a plan compares a file with it: read whole, in a few statements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Text, cast, exists, func, select

from licensing.db import db
from licensing.imports.corrected import NONE, Mistake, mistakes_of
from licensing.matching.identifiers import normalise
from licensing.register.catalogue import DRIVER_KINDS, Family, Held, LicenceKind, kinds_held
from licensing.register.changes.merging import Before, said_before_merging
from licensing.register.events import EventKind, LicenceStatus, RecordKind
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
from licensing.register.rules import filed_under

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
    families: frozenset[Family] = frozenset()  # of the licences that they hold
    other_addresses: tuple[tuple[str, str], ...] = ()  # where they live too, as two records of them said
    before: tuple[Before, ...] = ()  # what the records said that were made this one
    mistakes: frozenset[Mistake] = NONE

    def is_named(self, name: tuple[str, str]) -> bool:
        """Whether this is the present name, or was that of a record merged here."""
        names = ((one.given_names, one.family_name) for one in (self, *self.before))
        return name in names

    def was_born(self, day: date | None) -> bool:
        """Whether this is the date of birth, or was that of a record merged here."""
        return day is not None and any(day == one.date_of_birth for one in (self, *self.before))

    def had_key(self, source_id: str) -> bool:
        return any(source_id == one.source_id for one in self.before)

    def lives_at(self, address: str, postcode: str) -> bool:
        """Whether a row that gives this, or part of it, says nothing new."""
        present = ((self.address, self.postcode), *self.other_addresses)
        return any(address in ("", lines) and postcode in ("", code) for lines, code in present)


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
    filed_on: date | None = None  # the place of the latest grant or renewal among the events


LicenceNumber = tuple[LicenceKind, str]
"""What a register knows a licence by: its kind, and its number without spaces and signs."""


@dataclass
class KnownPeople:
    """Everybody on the register, and every licence by kind and number, with its status as at a day."""

    as_at: date
    people: dict[UUID, KnownPerson]
    by_source: dict[str, KnownPerson]
    licences: dict[LicenceNumber, KnownLicence]
    kinds: tuple[LicenceKind, ...] = DRIVER_KINDS  # those that a file of this kind speaks of


def known_people(today: date, kinds: tuple[LicenceKind, ...] = DRIVER_KINDS) -> KnownPeople:
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
    _add_addresses_and_identifiers(people)
    by_source = {person.source_id: person for person in people.values() if person.source_id}
    for kept_id, before in said_before_merging():
        people[kept_id].before += (before,)
        if before.source_id:
            by_source[before.source_id] = people[kept_id]
    for person_id, mistakes in mistakes_of(RecordKind.PERSON).items():
        people[person_id].mistakes = mistakes
    licences = {}
    for number, known, person_id in known_licences(today, kinds_held(Held.PERSON), "person_id"):
        known.person_id = person_id
        person = people[person_id]
        person.families = _with(person.families, number[0].family)
        licences[number] = known
    return KnownPeople(today, people, by_source, licences, kinds)


def _add_addresses_and_identifiers(people: dict[UUID, KnownPerson]) -> None:
    """Where they live and what they are known by; of several addresses the one recorded last is theirs."""
    lived = select(PersonAddress.person_id, PersonAddress.lines, PersonAddress.postcode)
    lived = lived.where(PersonAddress.until_on.is_(None), PersonAddress.superseded_at.is_(None))
    for person_id, lines, postcode in db.session.execute(lived.order_by(PersonAddress.recorded_at, PersonAddress.id)):
        person = people[person_id]
        if person.address or person.postcode:
            person.other_addresses += ((person.address, person.postcode),)
        person.address, person.postcode = lines, postcode
    held = select(PersonIdentifier.person_id, PersonIdentifier.lookup).where(PersonIdentifier.superseded_at.is_(None))
    for person_id, lookup in db.session.execute(held):
        people[person_id].lookups.add(lookup)


@cache
def _with(families: frozenset[Family], family: Family) -> frozenset[Family]:
    """Cached, so that a register of people shares a few sets."""
    return families | {family}


def known_licences(
    today: date, kinds: tuple[LicenceKind, ...], of: str
) -> Iterator[tuple[LicenceNumber, KnownLicence, UUID]]:
    """The licences of these kinds, each with the id in the column `of`: that of the record it hangs on."""
    of_id = getattr(Licence, of)
    found = select(
        Licence.kind,
        Licence.number_key,
        Licence.id,
        of_id.label("of_id"),
        Licence.badge_no,
        Licence.starts_on,
        Licence.expires_on,
        LicencePeriod.status,
        _event_kinds(),
        _last_grant(),
    ).join(
        LicencePeriod,
        (LicencePeriod.licence_id == Licence.id) & (LicencePeriod.from_on <= today) & (LicencePeriod.until_on > today),
    )
    found = found.where(Licence.kind.in_(kinds), of_id.is_not(None))
    for row in db.session.execute(found.execution_options(yield_per=_AT_ONCE)):
        known = KnownLicence(
            row.badge_no or "",
            row.starts_on,
            row.expires_on,
            row.status,
            frozenset(EventKind(kind) for kind in row.kinds),
            row.id,
            filed_on=row.filed_on,
        )
        yield (row.kind, row.number_key), known, row.of_id


def _event_kinds() -> ColumnElement[list[str]]:
    """The kinds of a licence's events, but for grants, which every one has."""
    grants = (EventKind.GRANTED, EventKind.RENEWED)
    kinds = select(cast(LicenceEvent.kind, Text)).where(
        LicenceEvent.licence_id == Licence.id, LicenceEvent.kind.not_in(grants), LicenceEvent.superseded_at.is_(None)
    )
    return func.array(kinds.scalar_subquery()).label("kinds")


def _last_grant() -> ColumnElement[date]:
    """The day under which the latest dated grant or renewal of a licence is filed (Event.filed_on)."""
    filed_on = func.coalesce(
        LicenceEvent.decided_on, LicenceEvent.notified_on, LicenceEvent.effective_on, LicenceEvent.starts_on
    )
    grants = select(func.max(filed_on)).where(
        LicenceEvent.licence_id == Licence.id,
        LicenceEvent.kind.in_((EventKind.GRANTED, EventKind.RENEWED)),
        LicenceEvent.superseded_at.is_(None),
    )
    return grants.scalar_subquery().label("filed_on")


PlaceName = tuple[str, str]


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


@dataclass(frozen=True, slots=True)
class Unregistered:
    """A place without a food registration, which the premises register or an officer brought in."""

    id: UUID
    reference: str
    name: str
    kind: PremisesKind
    address: str
    postcode: str


def unregistered_places() -> dict[PlaceName, list[Unregistered]]:
    """Places that a food registration can be of, by name and postcode."""
    found: dict[PlaceName, list[Unregistered]] = {}
    registered = exists().where(FoodRegistration.premises_id == Premises.id)
    rows = db.session.execute(
        select(
            Premises.id,
            Premises.reference,
            Premises.name,
            Premises.kind,
            Premises.address_lines,
            Premises.postcode,
        )
        .where(Premises.postcode != "", ~registered)
        .order_by(Premises.recorded_at, Premises.id)
    )
    for row in rows:
        place = Unregistered(*row)
        found.setdefault(place_name(place.name, place.postcode), []).append(place)
    return found


def place_name(name: str, postcode: str) -> PlaceName:
    """What a place is known by in both registers, however it is written."""
    return filed_under(name), normalise(postcode)


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
