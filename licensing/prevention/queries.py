"""Counts and activities as they stand now, of every council of the service; row-level security decides who reads."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Row, Select, exists, func, select, text
from sqlalchemy.orm import selectinload

from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.prevention.models import AwarenessActivity, AwarenessPlace, IndicatorCount
from licensing.prevention.rules import Count, Reached
from licensing.prevention.words import Audience, AwarenessKind
from licensing.register.rules import filed_under

PER_PAGE = 25
_OF_COUNTS = (selectinload(IndicatorCount.agency), selectinload(IndicatorCount.authority))
_OF_ACTIVITIES = tuple(
    selectinload(each) for each in (AwarenessActivity.agency, AwarenessActivity.authority, AwarenessActivity.places)
)


@dataclass(frozen=True)
class CountsFilter:
    """What the list of indicators is narrowed to."""

    code: str | None = None
    agency_id: UUID | None = None


@dataclass(frozen=True)
class ActivitiesFilter:
    """What the list of activities is narrowed to."""

    kind: AwarenessKind | None = None
    audience: Audience | None = None
    agency_id: UUID | None = None


@dataclass(frozen=True)
class Reach:
    """What was done for an audience: how many activities, and how many people or places they reached."""

    audience: Audience
    activities: int
    reach: int


# Indicators


def _counts(wanted: CountsFilter) -> Select[IndicatorCount]:
    found = select(IndicatorCount).where(IndicatorCount.superseded_at.is_(None)).options(*_OF_COUNTS)
    if wanted.code:
        found = found.where(IndicatorCount.code == wanted.code)
    if wanted.agency_id:
        found = found.where(IndicatorCount.agency_id == wanted.agency_id)
    return found.order_by(IndicatorCount.period_end.desc(), IndicatorCount.code, IndicatorCount.id)


def counts_page(wanted: CountsFilter, page: int) -> Pagination:
    """The latest period first."""
    return db.paginate(_counts(wanted), page=page, per_page=PER_PAGE, error_out=False)


def all_counts(wanted: CountsFilter) -> list[IndicatorCount]:
    return list(db.session.scalars(_counts(wanted)))


def count_stands(authority_id: UUID, count_id: UUID) -> bool:
    """Whether a council has such an entry, and nothing took its place."""
    return _stands(IndicatorCount, authority_id, count_id)


def count_of(count_id: UUID) -> IndicatorCount:
    return db.session.get_one(IndicatorCount, count_id)


def counts_of_same(authority_id: UUID, count: Count) -> list[UUID]:
    """The entries of a council that are of the same indicator, agency and period."""
    found = select(IndicatorCount.id).where(
        IndicatorCount.authority_id == authority_id,
        IndicatorCount.superseded_at.is_(None),
        IndicatorCount.code == count.code,
        IndicatorCount.agency_id == count.agency_id,
        IndicatorCount.period_start == count.period_start,
        IndicatorCount.period_end == count.period_end,
    )
    return list(db.session.scalars(found.order_by(IndicatorCount.id)))


def counts_kept(authority_id: UUID, codes: Collection[str]) -> list[IndicatorCount]:
    """Every entry of a council of these indicators, those that were put right too, in the order of recording."""
    found = select(IndicatorCount).where(IndicatorCount.authority_id == authority_id, IndicatorCount.code.in_(codes))
    return list(db.session.scalars(found.order_by(IndicatorCount.recorded_at, IndicatorCount.id)))


# Awareness


def _activities(wanted: ActivitiesFilter) -> Select[AwarenessActivity]:
    found = select(AwarenessActivity).where(AwarenessActivity.superseded_at.is_(None))
    if wanted.kind:
        found = found.where(AwarenessActivity.kind == wanted.kind)
    if wanted.audience:
        found = found.where(AwarenessActivity.audience == wanted.audience)
    return found.where(AwarenessActivity.agency_id == wanted.agency_id) if wanted.agency_id else found


def _newest_first(found: Select[Any]) -> Select[Any]:
    return found.options(*_OF_ACTIVITIES).order_by(AwarenessActivity.held_on.desc(), AwarenessActivity.id)


def activities_page(wanted: ActivitiesFilter, page: int) -> Pagination:
    """The newest first."""
    return db.paginate(_newest_first(_activities(wanted)), page=page, per_page=PER_PAGE, error_out=False)


def all_activities(wanted: ActivitiesFilter) -> list[AwarenessActivity]:
    return list(db.session.scalars(_newest_first(_activities(wanted))))


def reach_by_audience(wanted: ActivitiesFilter) -> list[Reach]:
    """What the activities that fit did for each audience; the widest reach first."""
    reached = func.sum(AwarenessActivity.reach)
    counted = _activities(wanted).with_only_columns(AwarenessActivity.audience, func.count(), reached)
    counted = counted.group_by(AwarenessActivity.audience).order_by(reached.desc(), AwarenessActivity.audience)
    return [Reach(*row) for row in db.session.execute(counted)]


def activity_stands(authority_id: UUID, activity_id: UUID) -> bool:
    """Whether a council has such an entry, and nothing took its place."""
    return _stands(AwarenessActivity, authority_id, activity_id)


def activity_of(activity_id: UUID) -> AwarenessActivity:
    return db.session.get_one(AwarenessActivity, activity_id)


def activities_kept(authority_id: UUID, source_ids: Collection[str]) -> list[AwarenessActivity]:
    """Every entry of a council with these keys, those that were put right too, in the order of recording."""
    found = select(AwarenessActivity).where(
        AwarenessActivity.authority_id == authority_id, AwarenessActivity.source_id.in_(source_ids)
    )
    return list(db.session.scalars(found.order_by(AwarenessActivity.recorded_at, AwarenessActivity.id)))


def reached_by(activity_ids: Collection[UUID]) -> dict[UUID, Reached]:
    """Whom each of these activities reached besides the number, as far as the reader knows the places."""
    if not activity_ids:
        return {}
    found = select(AwarenessActivity).where(AwarenessActivity.id.in_(activity_ids))
    rows = db.session.scalars(found.options(selectinload(AwarenessActivity.places)))
    return {one.id: Reached(one.drivers, tuple(each.premises_id for each in one.places)) for one in rows}


def activities_at(premises_id: UUID) -> list[AwarenessActivity]:
    """What was done that reached a place, as it stands, the newest first."""
    there = select(AwarenessPlace.activity_id).where(AwarenessPlace.premises_id == premises_id)
    found = select(AwarenessActivity).where(AwarenessActivity.superseded_at.is_(None), AwarenessActivity.id.in_(there))
    return list(db.session.scalars(_newest_first(found)))


def key_of_place(name: str, postcode: str) -> tuple[str, str]:
    """As places_named finds it."""
    return filed_under(name), postcode.replace(" ", "").lower()


def premises_named(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[UUID]]:
    """The places of these names and postcodes that the reader may know of, by key_of_place."""
    named = disruption.places_named([key_of_place(*one) for one in wanted])
    known = {one.id for one in _known_places([one.id for one in named])}
    found: defaultdict[tuple[str, str], list[UUID]] = defaultdict(list)
    for one in named:
        if one.id in known:
            found[one.name, one.postcode].append(one.id)
    return found


def places_as_written(premises_ids: Collection[UUID]) -> str:
    """As somebody would type them, one a line."""
    return "\n".join(f"{one.name}, {one.postcode}" for one in _known_places(premises_ids))


def _known_places(premises_ids: Collection[UUID]) -> Sequence[Row[Any]]:
    """(id, name, postcode) of those that the reader may know of, by name."""
    found = text("SELECT id, name, postcode FROM places_known(NULL, CAST(:ids AS uuid[])) ORDER BY sort_name, id")
    return db.session.execute(found, {"ids": list(premises_ids)}).all() if premises_ids else []


def _stands(model: type[IndicatorCount | AwarenessActivity], authority_id: UUID, entry_id: UUID) -> bool:
    there = exists().where(model.id == entry_id, model.authority_id == authority_id, model.superseded_at.is_(None))
    return bool(db.session.scalar(select(there)))
