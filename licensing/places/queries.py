"""Places, their obligations and what hangs on them, in the sight of whoever is acting; the database decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ARRAY, BigInteger, Date, Integer, Row, Select, Text, Uuid, column, func, literal, select, text
from sqlalchemy.orm import selectinload

from licensing.accounts.models import Authority
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.models import ObligationCheck
from licensing.register.places import Obligation, PremisesKind
from licensing.suitability.models import Consideration
from licensing.suitability.rules import REVIEWS

PER_PAGE = 50
GUEST_KINDS = tuple(kind for kind in PremisesKind if kind.takes_guests)


@dataclass(frozen=True)
class Place:
    """A place as any agency of its area may know it; `checked` are the duties of which something is known."""

    id: UUID
    authority_id: UUID
    name: str
    kind: PremisesKind
    address_lines: str
    postcode: str
    uprn: int | None
    rooms: int | None
    food_rating: str | None
    food_rated_on: date | None
    food_seen_on: date | None
    checked: frozenset[Obligation]


@dataclass(frozen=True)
class HeldThere:
    """A licence that hangs on a place, as a public register tells it."""

    id: UUID
    kind: LicenceKind
    number: str
    status: LicenceStatus
    starts_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class GuesthousesFilter:
    """What the list of guesthouses is narrowed to; empty means all. `words` find a place of any kind."""

    authority_id: UUID | None = None
    kind: PremisesKind | None = None
    not_checked: Obligation | None = None
    words: str = ""


def _known(kinds: Sequence[PremisesKind] | None, place_ids: Collection[UUID] | None = None) -> Any:
    """The places that the acting user may know, as a table."""
    wanted = [kind.value for kind in kinds] if kinds else None
    found = func.places_known(literal(wanted, ARRAY(Text)), literal(place_ids and [*place_ids], ARRAY(Uuid)))
    return found.table_valued(
        column("id", Uuid),
        column("authority_id", Uuid),
        column("name", Text),
        column("sort_name", Text),
        column("kind", Text),
        column("address_lines", Text),
        column("postcode", Text),
        column("uprn", BigInteger),
        column("rooms", Integer),
        column("food_rating", Text),
        column("food_rated_on", Date),
        column("food_seen_on", Date),
        column("checked", ARRAY(Text)),
    )


def _place(row: Row[Any]) -> Place:
    told = row._asdict()
    del told["sort_name"]
    told |= {"kind": PremisesKind(row.kind), "checked": frozenset(map(Obligation, row.checked))}
    return Place(**told)


def place_exists(place_id: UUID) -> bool:
    return bool(db.session.scalar(text("SELECT :place IN (SELECT known_places())"), {"place": place_id}))


def places_known(place_ids: Collection[UUID]) -> list[Place]:
    """Those of these places that the acting user may know of, by name."""
    if not place_ids:
        return []
    known = _known(None, place_ids)
    return [_place(row) for row in db.session.execute(select(known).order_by(known.c.sort_name, known.c.id))]


def place(place_id: UUID) -> Place:
    """One that the acting user may know of, or 404."""
    return next(iter(places_known([place_id])), None) or abort(404)


def _guesthouses(wanted: GuesthousesFilter) -> tuple[Any, Select[Any]]:
    kinds = None if wanted.words else GUEST_KINDS
    known = _known([wanted.kind] if wanted.kind else kinds)
    found = select(known).order_by(known.c.sort_name, known.c.id)
    for word in wanted.words.casefold().split():
        in_postcode = func.lower(func.replace(known.c.postcode, " ", "")).contains(word, autoescape=True)
        found = found.where(known.c.sort_name.contains(word, autoescape=True) | in_postcode)
    if wanted.authority_id:
        found = found.where(known.c.authority_id == wanted.authority_id)
    if wanted.not_checked:
        found = found.where(~(literal(wanted.not_checked.value) == func.any(known.c.checked)))
    return known, found


def guesthouses_page(wanted: GuesthousesFilter, page: int) -> Pagination:
    """Places that take guests, by name."""
    known, found = _guesthouses(wanted)
    listed = db.paginate(found.with_only_columns(known.c.id), page=page, per_page=PER_PAGE)
    listed.items = [_place(row) for row in db.session.execute(found.where(known.c.id.in_(listed.items)))]
    return listed


def all_guesthouses(wanted: GuesthousesFilter) -> list[Place]:
    """Every place of the list, for a file."""
    return [_place(row) for row in db.session.execute(_guesthouses(wanted)[1])]


def councils() -> list[Authority]:
    """Those in whose area the acting user's agencies work, by name."""
    area = select(func.place_area()).scalar_subquery()
    return list(db.session.scalars(select(Authority).where(Authority.id.in_(area)).order_by(Authority.name)))


def council(authority_id: UUID) -> str:
    return db.session.scalars(select(Authority.name).where(Authority.id == authority_id)).one()


def checks_of(place_id: UUID) -> list[ObligationCheck]:
    """Every check of a duty of the place, the newest first."""
    found = select(ObligationCheck).where(ObligationCheck.premises_id == place_id)
    return list(db.session.scalars(found.order_by(ObligationCheck.checked_on.desc(), ObligationCheck.id)))


def licences_at(place_id: UUID, today: date) -> list[HeldThere]:
    """What hangs on the place today."""
    found = text("SELECT * FROM place_licences(:place, :day) WHERE status IS NOT NULL")
    rows = db.session.execute(found, {"place": place_id, "day": today})
    return [
        HeldThere(row.id, LicenceKind(row.kind), row.number, LicenceStatus(row.status), row.starts_on, row.expires_on)
        for row in rows
    ]


def reviews_of(licence_ids: Collection[UUID]) -> list[Consideration]:
    """The reviews of these licences that the acting user may see, the newest first."""
    found = select(Consideration).where(Consideration.licence_id.in_(licence_ids), Consideration.source.in_(REVIEWS))
    newest = found.order_by(Consideration.opened_on.desc(), Consideration.id)
    return list(db.session.scalars(newest.options(selectinload(Consideration.licence))))


def next_due(reviews: Collection[Consideration]) -> dict[UUID, date]:
    """When the next thing is owed in each of these reviews, by the clocks that run about it."""
    found: dict[UUID, date] = {}
    for clock in deadlines.clocks_about_any(ObjectKind.CONSIDERATION, [one.id for one in reviews]):
        if clock.runs:
            found[clock.object_id] = min(clock.due_on, found.get(clock.object_id, clock.due_on))
    return found
