"""Reading the trail; row-level security shows each reader their own part of it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select

from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db

PER_PAGE = 50
LOOKS = (Action.LOOKED, Action.DISCLOSED, Action.PRINTED, Action.CHANGED, Action.ADDED)


@dataclass(frozen=True)
class TrailFilter:
    """What the trail is narrowed to; empty means everything."""

    action: Action | None = None
    kind: ObjectKind | None = None
    from_on: date | None = None
    until_on: date | None = None
    actor_id: UUID | None = None
    object_id: UUID | None = None


def trail_page(authority_id: UUID, wanted: TrailFilter, page: int) -> Pagination:
    """One page of an authority's trail, newest first."""
    found = select(AuditEntry).where(AuditEntry.authority_id == authority_id)
    for column, value in (
        (AuditEntry.action, wanted.action),
        (AuditEntry.object_kind, wanted.kind),
        (AuditEntry.actor_id, wanted.actor_id),
        (AuditEntry.object_id, wanted.object_id),
    ):
        if value:
            found = found.where(column == value)
    if wanted.from_on:
        found = found.where(AuditEntry.at >= _start_of(wanted.from_on))
    if wanted.until_on:
        found = found.where(AuditEntry.at < _start_of(wanted.until_on))
    return db.paginate(found.order_by(AuditEntry.number.desc()), page=page, per_page=PER_PAGE, error_out=False)


def _start_of(day: date) -> datetime:
    """Midnight by the clock in England, as the entries are shown, whatever clock the database keeps."""
    return datetime.combine(day, time.min, ZoneInfo("Europe/London"))


def who_looked(object_id: UUID, most: int = 20) -> list[AuditEntry]:
    """The last looks at, disclosures of and changes to a record, newest first."""
    found = select(AuditEntry).where(AuditEntry.object_id == object_id, AuditEntry.action.in_(LOOKS))
    return list(db.session.scalars(found.order_by(AuditEntry.number.desc()).limit(most)))
