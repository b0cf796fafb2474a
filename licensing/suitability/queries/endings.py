"""Licences that will end by themselves: with their term, or with their holder's leave to work here."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from licensing.db import CountedPages, db
from licensing.register.catalogue import LicenceKind
from licensing.register.events import IN_FORCE, ONE_DAY, LicenceStatus
from licensing.register.models import Licence, LicencePeriod
from licensing.suitability.endings import EndsWith
from licensing.suitability.models import Application
from licensing.suitability.queries.applications import IS_OPEN

PER_PAGE = 25
HELD = (*IN_FORCE, LicenceStatus.SUSPENDED)


@dataclass(frozen=True)
class EndingsFilter:
    """What the list is narrowed to. `last_days` says of each way to end the last day that is listed."""

    last_days: dict[EndsWith, date]
    kind: LicenceKind | None = None
    ends_with: EndsWith | None = None
    unasked: bool = False


@dataclass(frozen=True)
class Ending:
    """A licence, the first day on which it is no longer held, and the application that is open for it, if one is."""

    licence: Licence
    from_on: date
    ends_with: EndsWith
    application_id: UUID | None


def endings_page(authority_id: UUID, wanted: EndingsFilter, today: date, page: int) -> CountedPages:
    """Licences that end, the first to end first. One whose holder has the next licence already is left out."""
    shown, found = min(max(page, 1), db.LAST_PAGE), _ending(authority_id, wanted, today)
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    ordered = found.order_by(LicencePeriod.until_on, LicencePeriod.licence_id)
    rows = db.session.execute(ordered.limit(PER_PAGE).offset((shown - 1) * PER_PAGE)).all()
    held = _licences([row.licence_id for row in rows])
    items = [Ending(held[row.licence_id], row.until_on, EndsWith(row.ends_with), row.application_id) for row in rows]
    return CountedPages(page=shown, per_page=PER_PAGE, total=total, items=items)


def count_endings(authority_id: UUID, wanted: EndingsFilter, today: date) -> dict[EndsWith, int]:
    """How many licences end in each way."""
    found = _ending(authority_id, wanted, today).subquery()
    counted = select(found.c.ends_with, func.count()).group_by(found.c.ends_with)
    return {EndsWith(way): number for way, number in db.session.execute(counted)}


def _ending(authority_id: UUID, wanted: EndingsFilter, today: date) -> Select[*tuple[Any, ...]]:
    """Periods in which a licence is held, followed by one in which it has ended by itself."""
    after, licence = aliased(LicencePeriod), aliased(Licence)
    asked = _open_application(licence)
    found = (
        select(
            LicencePeriod.licence_id,
            LicencePeriod.until_on,
            case({way.leads_to: way.value for way in EndsWith}, value=after.status).label("ends_with"),
            asked.label("application_id"),
        )
        .join(after, and_(after.licence_id == LicencePeriod.licence_id, after.from_on == LicencePeriod.until_on))
        .join(licence, licence.id == LicencePeriod.licence_id)
        .where(LicencePeriod.authority_id == authority_id, LicencePeriod.status.in_(HELD))
        .where(LicencePeriod.until_on > today, _in_sight(after, wanted), ~_goes_on(licence))
    )
    if wanted.kind:
        found = found.where(LicencePeriod.kind == wanted.kind)
    return found.where(asked.is_(None)) if wanted.unasked else found


def _in_sight(after: type[LicencePeriod], wanted: EndingsFilter) -> ColumnElement[bool]:
    """Whether it ends in one of the ways that are asked for, no later than the last day listed of those."""
    ways = [wanted.ends_with] if wanted.ends_with else list(EndsWith)
    ends = (and_(after.status == way.leads_to, after.from_on <= wanted.last_days[way] + ONE_DAY) for way in ways)
    return or_(*ends)


def _same_holding(one: type[Licence], other: type[Licence]) -> ColumnElement[bool]:
    """Whether two licences let the same holder do the same thing with the same vehicle, in the same place."""
    subjects = [
        (getattr(one, name), getattr(other, name))
        for name in ("person_id", "organisation_id", "vehicle_id", "premises_id")
    ]
    alike = (mine.is_not_distinct_from(theirs) for mine, theirs in subjects)
    # Said twice: an index answers what is equal, and not what is empty alike.
    return and_(one.kind == other.kind, or_(*(mine == theirs for mine, theirs in subjects)), *alike)


def _goes_on(licence: type[Licence]) -> ColumnElement[bool]:
    """Whether the same holder has the next licence already, under another number."""
    following, other = aliased(LicencePeriod), aliased(Licence)
    held_then = and_(
        following.status.in_(HELD),
        following.from_on <= LicencePeriod.until_on,
        following.until_on > LicencePeriod.until_on,
    )
    found = exists().where(following.licence_id == other.id, held_then, other.id != licence.id)
    return found.where(_same_holding(licence, other))


def _open_application(licence: type[Licence]) -> ScalarSelect[UUID]:
    """The application of this holder for this licence or the next, if one is open."""
    other = aliased(Licence)
    found = select(Application.id).join(other, other.id == Application.licence_id).where(*IS_OPEN)
    return found.where(_same_holding(licence, other)).order_by(Application.received_on).limit(1).scalar_subquery()


def _licences(licence_ids: list[UUID]) -> dict[UUID, Licence]:
    holders = (joinedload(Licence.person), joinedload(Licence.organisation), joinedload(Licence.vehicle))
    found = select(Licence).where(Licence.id.in_(licence_ids)).options(*holders).order_by(Licence.id)
    return {one.id: one for one in db.session.scalars(found)}
