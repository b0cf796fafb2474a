"""The chronology of an opened case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from licensing.allegations.models import CaseEntry
from licensing.db import db

PER_PAGE = 50


def page_of(case_id: UUID, page: int, *, with_put_right: bool = False) -> Pagination:
    """The last first; lines that were put right only where they are asked for."""
    found = _entries(case_id, with_put_right=with_put_right)
    order = (CaseEntry.happened_at.desc(), CaseEntry.recorded_at.desc(), CaseEntry.id)
    return db.paginate(found.order_by(*order), page=page, per_page=PER_PAGE, error_out=False)


def last(case_id: UUID, most: int) -> list[CaseEntry]:
    """The last few, the last first."""
    order = (CaseEntry.happened_at.desc(), CaseEntry.recorded_at.desc(), CaseEntry.id)
    return list(db.session.scalars(_entries(case_id).order_by(*order).limit(most)))


def since(case_id: UUID, moment: datetime) -> list[CaseEntry]:
    """What was written after a moment, in its order, whenever it happened."""
    found = _entries(case_id).where(CaseEntry.recorded_at > moment)
    return list(db.session.scalars(found.order_by(CaseEntry.recorded_at, CaseEntry.id)))


def whole(case_id: UUID) -> list[CaseEntry]:
    """All that stands, from the first to the last, as it is read on paper."""
    order = (CaseEntry.happened_at, CaseEntry.recorded_at, CaseEntry.id)
    return list(db.session.scalars(_entries(case_id).order_by(*order)))


def is_put_right(entry: CaseEntry) -> bool:
    """Whether another line stands in its place."""
    return bool(db.session.scalar(select(exists().where(CaseEntry.supersedes_id == entry.id))))


def put_right(case_id: UUID) -> set[UUID]:
    """The lines in whose place others stand."""
    found = select(CaseEntry.supersedes_id).where(CaseEntry.case_id == case_id, CaseEntry.supersedes_id.is_not(None))
    return {one for one in db.session.scalars(found) if one}


def _entries(case_id: UUID, *, with_put_right: bool = False) -> Select[Any]:
    found = select(CaseEntry).where(CaseEntry.case_id == case_id)
    if with_put_right:
        return found
    later = aliased(CaseEntry)
    return found.where(~exists().where(later.supersedes_id == CaseEntry.id))
