"""What is read from the registers. Row-level security narrows every query to the acting user's authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, and_, exists, func, or_, select, text
from sqlalchemy.orm import selectinload

from licensing.accounts.models import Authority
from licensing.accounts.rules import Function
from licensing.db import db
from licensing.matching.identifiers import normalise
from licensing.matching.records import Record
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.models import (
    FoodRegistration,
    Licence,
    LicencePeriod,
    Person,
    PersonName,
    Premises,
)
from licensing.register.places import PremisesKind

PER_PAGE = 25


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
        )
    ).one()


def premises(premises_id: UUID) -> Premises:
    """A place with its food registration and ratings."""
    layers = selectinload(Premises.food_registration).selectinload(FoodRegistration.ratings)
    return db.session.scalars(select(Premises).where(Premises.id == premises_id).options(layers)).one()


def people_page(wanted: PeopleFilter, sort: str, descending: bool, page: int, day: date) -> Pagination:
    """One page of people with their licences' status as at a day."""
    found = select(Person).options(selectinload(Person.licences).selectinload(Licence.periods))
    if wanted.words:
        found = found.where(or_(_has_number(wanted.words), and_(*map(_has_word, wanted.words.casefold().split()))))
    if wanted.kind or wanted.status:
        found = found.where(Person.id.in_(_holders(wanted, day)))
    return _page(found, _ordered(Person, sort, descending), page)


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


def functions_of(authority_id: UUID) -> Sequence[str]:
    """What this authority does, in the words of accounts.rules.Function."""
    return db.session.scalar(select(Authority.functions).where(Authority.id == authority_id)) or []


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
    if wanted.kind:
        found = found.join(Licence, Licence.id == LicencePeriod.licence_id).where(Licence.kind == wanted.kind)
    return found


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
