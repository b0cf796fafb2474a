"""The restricted trail, for those who may read it; the database leaves out cases that are closed to the reader."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select, text

from licensing.audit.models import RestrictedEntry
from licensing.audit.queries import PER_PAGE, TrailFilter
from licensing.audit.rules import ObjectKind
from licensing.dates import ENGLAND
from licensing.db import db


def trail_page(wanted: TrailFilter, page: int) -> Pagination:
    """One page of the restricted trail, newest first."""
    found = select(RestrictedEntry)
    for column, value in (
        (RestrictedEntry.action, wanted.action),
        (RestrictedEntry.object_kind, wanted.kind),
        (RestrictedEntry.actor_id, wanted.actor_id),
        (RestrictedEntry.object_id, wanted.object_id),
    ):
        if value:
            found = found.where(column == value)
    if wanted.from_on:
        found = found.where(RestrictedEntry.at >= _start_of(wanted.from_on))
    if wanted.until_on:
        found = found.where(RestrictedEntry.at < _start_of(wanted.until_on))
    order = RestrictedEntry.number.desc()
    return db.paginate(found.order_by(order), page=page, per_page=PER_PAGE, error_out=False)


def references_of(entries: Sequence[RestrictedEntry]) -> dict[UUID, str]:
    """How the cases of these entries are called."""
    cases = {one.object_id for one in entries if one.object_id and one.object_kind == ObjectKind.ALLEGATION}
    found = text("SELECT id, reference FROM trail_references(CAST(:cases AS uuid[]))")
    return {row.id: row.reference for row in db.session.execute(found, {"cases": sorted(cases)})}


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, ENGLAND)
