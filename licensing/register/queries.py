"""What is read from the registers. Row-level security narrows every query to the acting user's authority."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, and_, exists, func, or_, select, text
from sqlalchemy.orm import selectinload

from licensing.accounts.models import Authority, User
from licensing.accounts.rules import Function
from licensing.db import db
from licensing.matching.identifiers import is_postcode, normalise, written_postcode
from licensing.matching.records import Record
from licensing.register.catalogue import CATALOGUE, LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.models import (
    Correction,
    FoodRegistration,
    Licence,
    LicenceEvent,
    LicencePeriod,
    Merge,
    Organisation,
    Person,
    PersonAddress,
    PersonName,
    Position,
    Premises,
    Vehicle,
    VehicleMark,
)
from licensing.register.places import PremisesKind

PER_PAGE = 25

# What begins with X lies between X and X with this behind it: a range reaches an index under row-level security.
LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class PeopleFilter:
    """What a list of people is narrowed to; empty means everything."""

    words: str = ""
    kind: LicenceKind | None = None
    status: LicenceStatus | None = None


@dataclass(frozen=True)
class PremisesFilter:
    words: str = ""
    kind: PremisesKind | None = None


def person_exists(person_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Person.id == person_id))))


def merged_into(person_id: UUID) -> UUID | None:
    """The record into which a person's was merged, or None where it stands by itself."""
    return db.session.scalar(select(Person.merged_into_id).where(Person.id == person_id))


def holder_of(licence_id: UUID) -> UUID | None:
    """The person who holds a licence; None where an organisation does."""
    return db.session.scalar(select(Licence.person_id).where(Licence.id == licence_id))


def premises_exist(premises_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Premises.id == premises_id))))


def person(person_id: UUID) -> Person:
    """A person with everything their page shows, in a fixed number of statements."""
    return db.session.scalars(
        select(Person)
        .where(Person.id == person_id)
        .options(
            selectinload(Person.other_names),
            selectinload(Person.addresses),
            selectinload(Person.identifiers),
            selectinload(Person.licences).selectinload(Licence.events),
            selectinload(Person.licences).selectinload(Licence.periods),
            selectinload(Person.positions).options(*_POSITIONS_IN),
        )
    ).one()


def premises(premises_id: UUID) -> Premises:
    """A place with its food registration and ratings."""
    return db.session.scalars(
        select(Premises)
        .where(Premises.id == premises_id)
        .options(
            selectinload(Premises.food_registration).selectinload(FoodRegistration.ratings),
            selectinload(Premises.licences).options(
                *_HELD, selectinload(Licence.events), selectinload(Licence.positions).options(*_POSITIONS_OF)
            ),
            selectinload(Premises.positions).options(*_POSITIONS_OF),
            selectinload(Premises.obligation_checks),
        )
    ).one()


def people_page(wanted: PeopleFilter, sort: str, descending: bool, page: int, day: date) -> Pagination:
    """One page of people with their licences' status as at a day."""
    found = select(Person.id).where(Person.merged_into_id.is_(None))
    if is_postcode(normalise(wanted.words)):
        found = found.where(Person.addresses.any(PersonAddress.postcode == written_postcode(normalise(wanted.words))))
    elif wanted.words:
        found = found.where(or_(_has_number(wanted.words), and_(*map(_has_word, wanted.words.casefold().split()))))
    if wanted.kind or wanted.status:
        found = found.where(Person.id.in_(_holders(wanted, day)))
    # Their keys first: an index alone answers that, however far into the list.
    listed = _page(found, _ordered(Person, sort, descending), page)
    shown = people(listed.items)
    listed.items = [shown[person_id] for person_id in listed.items]
    return listed


def premises_page(wanted: PremisesFilter, sort: str, descending: bool, page: int) -> Pagination:
    """One page of premises with their food registration."""
    layers = selectinload(Premises.food_registration).selectinload(FoodRegistration.ratings)
    found = select(Premises).options(layers)
    for word in wanted.words.casefold().split():
        squeezed = normalise(word)
        in_postcode = func.replace(Premises.postcode, " ", "").contains(squeezed, autoescape=True)
        named = Premises.sort_name.contains(word, autoescape=True)
        found = found.where(or_(named, in_postcode) if squeezed else named)
    if wanted.kind:
        found = found.where(Premises.kind == wanted.kind)
    return _page(found, _ordered(Premises, sort, descending), page)


def licenses_drivers(authority_id: UUID) -> bool:
    """Whether this authority issues drivers' licences; a county does not."""
    return Function.DRIVER_LICENSING in functions_of(authority_id)


def licence_number_is_taken(kind: LicenceKind, number_key: str) -> bool:
    taken = exists().where(Licence.kind == kind, Licence.number_key == number_key)
    return bool(db.session.scalar(select(taken)))


def own_candidates(keys: Sequence[tuple[int, int]]) -> list[Record]:
    """People on the acting authority's register whom the matching finds under these (key, cap) pairs."""
    rows = db.session.execute(
        text("SELECT * FROM own_candidates(CAST(:keys AS bigint[]), CAST(:caps AS int[]))"),
        {"keys": [key for key, _ in keys], "caps": [cap for _, cap in keys]},
    )
    return [
        Record(
            str(row.person_id),
            tuple(row.names),
            row.date_of_birth,
            tuple(row.postcodes),
            tuple(row.identifiers),
        )
        for row in rows
    ]


def people(person_ids: Sequence[UUID]) -> dict[UUID, Person]:
    """These people with their licences, by id."""
    found = select(Person).where(Person.id.in_(person_ids)).order_by(Person.sort_name, Person.id)
    licences = selectinload(Person.licences).selectinload(Licence.periods)
    return {one.id: one for one in db.session.scalars(found.options(licences))}


def _has_number(written: str) -> Any:
    """Whether this is the person's reference, or the number of a licence or badge, however it is spaced."""
    number = normalise(written)
    held = Person.licences.any(or_(Licence.number_key == number, Licence.badge_key == number))
    return or_(Person.reference == written.strip().upper(), held)


def _has_word(word: str) -> Any:
    return or_(Person.sort_name.contains(word, autoescape=True), _has_number(word), _has_other(word))


def _has_other(word: str) -> Any:
    written = func.lower(PersonName.family_name + " " + PersonName.given_names)
    return Person.other_names.any(written.contains(word, autoescape=True))


def _holders(wanted: PeopleFilter, day: date) -> Select[UUID | None]:
    """Who holds a licence of the kind, with the status on a day: one licence of which both are true."""
    if wanted.status is None:
        return select(Licence.person_id).where(Licence.kind == wanted.kind)
    found = select(LicencePeriod.person_id).where(
        LicencePeriod.status == wanted.status, LicencePeriod.from_on <= day, LicencePeriod.until_on > day
    )
    return found.where(LicencePeriod.kind == wanted.kind) if wanted.kind else found


def _ordered(model: type[Person] | type[Premises], sort: str, descending: bool) -> list[Any]:
    columns = {"name": model.sort_name, "added": model.recorded_at}
    if model is Person:
        columns["born"] = Person.date_of_birth
    else:
        columns["kind"] = Premises.kind
    column = columns.get(sort, model.sort_name)
    return [column.desc() if descending else column.asc(), model.id]


def _page(found: Select[Any], order: list[Any], page: int) -> Pagination:
    return db.paginate(found.order_by(*order), page=page, per_page=PER_PAGE, error_out=False)


def vehicle_with_mark(vrm_key: str) -> UUID | None:
    """The vehicle that has this registration now."""
    return db.session.scalar(select(Vehicle.id).where(Vehicle.vrm_key == vrm_key).order_by(Vehicle.id).limit(1))


def premises_with_uprn(uprn: int) -> UUID | None:
    return db.session.scalar(select(Premises.id).where(Premises.uprn == uprn).order_by(Premises.id).limit(1))


def functions_of(authority_id: UUID) -> frozenset[Function]:
    """What an authority does, and so which kinds of authorisation it issues."""
    functions = db.session.scalar(select(Authority.functions).where(Authority.id == authority_id)) or []
    return frozenset(Function(function) for function in functions)


def kinds_issued_by(authority_id: UUID) -> tuple[LicenceKind, ...]:
    """The kinds of authorisation that an authority issues, in the order of the catalogue."""
    functions = functions_of(authority_id)
    return tuple(kind for kind in LicenceKind if CATALOGUE[kind].issued_by in functions)


def holder_of_reference(reference: str) -> Person | Organisation | None:
    """The person or organisation of this reference on the acting authority's register."""
    written = reference.strip().upper()
    person = db.session.scalar(select(Person).where(Person.reference == written, Person.merged_into_id.is_(None)))
    return person or db.session.scalar(select(Organisation).where(Organisation.reference == written))


def record_exists(model: type[Person | Organisation | Vehicle | Premises | Licence]) -> Callable[[UUID], bool]:
    """Whether the acting authority's register has a record of this id, as a question for one kind of record."""

    def there_is(record_id: UUID) -> bool:
        return bool(db.session.scalar(select(exists().where(model.id == record_id))))

    return there_is


def merges_of(person_id: UUID) -> list[Merge]:
    """The merges that made a record what it is, or that ended it, and were not undone; latest first."""
    concerned = or_(Merge.kept_id == person_id, Merge.merged_id == person_id)
    found = select(Merge).where(concerned, Merge.undone_at.is_(None))
    return list(db.session.scalars(found.order_by(Merge.merged_at.desc(), Merge.id)))


def merge(merge_id: UUID) -> Merge:
    return db.session.get_one(Merge, merge_id)


def merge_stands(merge_id: UUID) -> bool:
    """Whether the acting authority's register has this merge, and it was not undone."""
    return bool(db.session.scalar(select(exists().where(Merge.id == merge_id, Merge.undone_at.is_(None)))))


def event_stands(event_id: UUID) -> bool:
    """Whether the acting authority's register has this event, and no correction has superseded it."""
    found = exists().where(LicenceEvent.id == event_id, LicenceEvent.superseded_at.is_(None))
    return bool(db.session.scalar(select(found)))


_HELD = (selectinload(Licence.periods),)
_POSITIONS_OF = (
    selectinload(Position.person),
    selectinload(Position.organisation),
)
_POSITIONS_IN = (
    selectinload(Position.of_organisation),
    selectinload(Position.of_premises),
    selectinload(Position.of_vehicle),
    selectinload(Position.of_licence).selectinload(Licence.periods),
)


def licence(licence_id: UUID) -> Licence:
    """A licence with everything its page shows, in a fixed number of statements."""
    return db.session.scalars(
        select(Licence)
        .where(Licence.id == licence_id)
        .options(
            selectinload(Licence.events),
            selectinload(Licence.periods),
            selectinload(Licence.marks),
            selectinload(Licence.person),
            selectinload(Licence.organisation),
            selectinload(Licence.vehicle),
            selectinload(Licence.premises),
            selectinload(Licence.positions).options(*_POSITIONS_OF),
        )
    ).one()


def organisation(organisation_id: UUID) -> Organisation:
    """An organisation with its licences, who plays a part in it, and the parts it plays itself."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(
            selectinload(Organisation.licences).options(*_HELD),
            selectinload(Organisation.positions).options(*_POSITIONS_OF),
            selectinload(Organisation.positions_elsewhere).options(*_POSITIONS_IN),
        )
    ).one()


def vehicle(vehicle_id: UUID) -> Vehicle:
    """A vehicle with its marks, licences and proprietors."""
    return db.session.scalars(
        select(Vehicle)
        .where(Vehicle.id == vehicle_id)
        .options(
            selectinload(Vehicle.marks),
            selectinload(Vehicle.licences).options(*_HELD, selectinload(Licence.marks), selectinload(Licence.events)),
            selectinload(Vehicle.positions).options(*_POSITIONS_OF),
        )
    ).one()


def corrections_of(record_id: UUID) -> list[tuple[Correction, str]]:
    """The corrections of a record with who made them, latest first."""
    found = select(Correction, User.name).join(User, User.id == Correction.corrected_by)
    ordered = found.where(Correction.record_id == record_id).order_by(Correction.recorded_at.desc(), Correction.id)
    return [(correction, name) for correction, name in db.session.execute(ordered)]


def organisations_page(words: str, page: int) -> Pagination:
    """One page of organisations by name."""
    found = select(Organisation)
    for word in words.casefold().split():
        number = normalise(word)
        found = found.where(
            or_(Organisation.sort_name.contains(word, autoescape=True), Organisation.company_no == number)
        )
    return _page(found, [Organisation.sort_name, Organisation.id], page)


@dataclass(frozen=True)
class Holding:
    """How many licences of a kind and status an organisation holds; `number` is that of one of them."""

    kind: LicenceKind
    status: LicenceStatus
    count: int
    number: str


def held_by(organisations: Iterable[Organisation], day: date) -> Mapping[UUID | None, Sequence[Holding]]:
    """What each organisation holds on a day, counted: a fleet may have hundreds of vehicles."""
    ids = [one.id for one in organisations]
    today = and_(LicencePeriod.from_on <= day, LicencePeriod.until_on > day)
    found = (
        select(Licence.organisation_id, Licence.kind, LicencePeriod.status, func.count(), func.min(Licence.number))
        .join(LicencePeriod, and_(LicencePeriod.licence_id == Licence.id, today))
        .where(Licence.organisation_id.in_(ids))
        .group_by(Licence.organisation_id, Licence.kind, LicencePeriod.status)
        .order_by(Licence.kind, LicencePeriod.status)
    )
    held: dict[UUID | None, list[Holding]] = {id_: [] for id_ in ids}
    for organisation_id, kind, status, count, number in db.session.execute(found):
        held[organisation_id].append(Holding(kind, status, count, number))
    return held


def vehicles_page(words: str, page: int) -> Pagination:
    """One page of vehicles by registration; words are the beginning of one, a former one, or a plate."""
    found = select(Vehicle).options(selectinload(Vehicle.licences).options(*_HELD))
    if key := normalise(words):
        marked = exists().where(VehicleMark.vehicle_id == Vehicle.id, VehicleMark.vrm_key == key)
        plated = exists().where(
            Licence.vehicle_id == Vehicle.id, or_(Licence.badge_key == key, Licence.number_key == key)
        )
        begins = and_(Vehicle.vrm_key >= key, Vehicle.vrm_key < key + LAST_CHARACTER)
        found = found.where(or_(begins, Vehicle.reference == words.strip().upper(), marked, plated))
    return _page(found, [Vehicle.vrm_key, Vehicle.id], page)


def positions_in(column: str, record_id: UUID) -> list[Position]:
    """The parts that are played in a record, with who plays them; `column` is the one that names the record."""
    of = getattr(Position, column)
    found = select(Position).where(of == record_id, Position.superseded_at.is_(None)).options(*_POSITIONS_OF)
    return list(db.session.scalars(found.order_by(Position.from_on, Position.id)))
