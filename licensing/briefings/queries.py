"""Briefings in the sight of whoever is acting; row-level security decides which those are."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import aliased, selectinload

from licensing.briefings.models import Briefing, BriefingComment, BriefingReader
from licensing.briefings.rules import State
from licensing.db import db
from licensing.figures.words import Audience

PER_PAGE = 25


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty means all."""

    audience: Audience | None = None


@dataclass(frozen=True)
class Reader:
    """Somebody to whom a briefing can be addressed."""

    id: UUID
    name: str
    council: str


def page(wanted: Filter, number: int) -> Pagination:
    """The latest period first; of one briefing the latest version."""
    found = select(Briefing)
    if wanted.audience:
        found = found.where(Briefing.audience == wanted.audience)
    ordered = found.order_by(Briefing.until_on.desc(), Briefing.reference, Briefing.version.desc(), Briefing.id)
    return db.paginate(ordered, page=number, per_page=PER_PAGE, error_out=False)


def superseded_among(ids: list[UUID]) -> set[UUID]:
    """Those in whose place another version was published."""
    later = select(Briefing.supersedes_id).where(Briefing.supersedes_id.in_(ids), Briefing.published_at.is_not(None))
    return {one for one in db.session.scalars(later.order_by(Briefing.supersedes_id)) if one}


def briefing(briefing_id: UUID) -> Briefing:
    """With what was said of it and who reads it; 404 where it is not for whoever asks."""
    parts = (selectinload(Briefing.comments).selectinload(BriefingComment.by), selectinload(Briefing.readers))
    found = db.session.scalar(select(Briefing).where(Briefing.id == briefing_id).options(*parts))
    return found or abort(404)


def own_briefing(briefing_id: UUID, authority_id: UUID) -> Briefing:
    """The same, of one's own council alone."""
    found = briefing(briefing_id)
    return found if found.authority_id == authority_id else abort(404)


def briefing_exists(briefing_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Briefing.id == briefing_id))))


def has_later_version(briefing_id: UUID) -> bool:
    """Whether a draft, or what came of it, is to take its place."""
    return bool(db.session.scalar(select(exists().where(Briefing.supersedes_id == briefing_id))))


def published_contents(authority_id: UUID, but_for: str) -> list[dict[str, Any]]:
    """What a council has published, save the versions of one briefing: those are of the same period."""
    published = select(Briefing.content).where(
        Briefing.authority_id == authority_id, Briefing.published_at.is_not(None)
    )
    return list(db.session.scalars(published.where(Briefing.reference != but_for).order_by(Briefing.published_at)))


def readers_to_choose() -> list[Reader]:
    """Readers of briefings at the councils of the area, by council and name."""
    found = db.session.execute(text("SELECT id, name, council FROM briefing_people()"))
    return [Reader(one.id, one.name, one.council) for one in found]


def reading(briefing_id: UUID, user_id: UUID) -> BriefingReader | None:
    """Somebody's own line among those who are to read it."""
    wanted = select(BriefingReader).where(BriefingReader.briefing_id == briefing_id, BriefingReader.user_id == user_id)
    return db.session.scalar(wanted)


def unread(user_id: UUID) -> int:
    """How many published briefings wait for somebody; of a superseded one nobody has to read any more."""
    later = aliased(Briefing)
    wanted = (
        select(func.count())
        .select_from(BriefingReader)
        .join(Briefing, Briefing.id == BriefingReader.briefing_id)
        .where(BriefingReader.user_id == user_id, BriefingReader.read_at.is_(None))
        .where(~exists().where(later.supersedes_id == Briefing.id, later.published_at.is_not(None)))
    )
    return db.session.scalar(wanted) or 0


def in_state(state: State) -> int:
    """How many of the council's are drafts, or approved and not published."""
    wanted = {
        State.DRAFT: Briefing.approved_at.is_(None),
        State.APPROVED: Briefing.approved_at.is_not(None) & Briefing.published_at.is_(None),
    }[state]
    return db.session.scalar(select(func.count()).select_from(Briefing).where(wanted)) or 0
