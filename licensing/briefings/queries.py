"""Briefings in the sight of whoever is acting; row-level security decides which those are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import selectinload

from licensing.briefings.models import Briefing, BriefingComment, BriefingReader, BriefingSchedule
from licensing.briefings.rules import FIRST_DAY, State
from licensing.db import db
from licensing.figures.rules import Period
from licensing.figures.words import Audience
from licensing.jobs.rules import JobState

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


@dataclass(frozen=True)
class Due:
    """One briefing that a council is to have."""

    authority_id: UUID
    audience: Audience


@dataclass(frozen=True)
class Schedule:
    """A council's day and audiences; `row` says who chose them, where somebody did."""

    day_of_month: int
    audiences: tuple[Audience, ...]
    row: BriefingSchedule | None = None


@dataclass(frozen=True)
class Drafting:
    """A job that drafts, and when something was last heard of it."""

    state: JobState
    done: int
    total: int
    heard_at: datetime


def page(wanted: Filter, number: int) -> Pagination:
    """The latest period first, and of one its audiences; of one briefing the latest version."""
    found = select(Briefing)
    if wanted.audience:
        found = found.where(Briefing.audience == wanted.audience)
    period = (Briefing.until_on.desc(), Briefing.from_on.desc())
    one_after_another = (Briefing.audience, Briefing.reference, Briefing.version.desc(), Briefing.id)
    ordered = found.order_by(*period, *one_after_another)
    return db.paginate(ordered, page=number, per_page=PER_PAGE, error_out=False)


def superseded_among(ids: list[UUID]) -> set[UUID]:
    """Those in whose place another version was published, also where that is for other readers."""
    return set(db.session.scalars(select(func.briefings_superseded(ids))))


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


def published_for_job(authority_id: UUID) -> list[dict[str, Any]]:
    """The same for the job of the month, which acts for nobody."""
    return list(db.session.scalars(text("SELECT briefings_published(:authority)"), {"authority": authority_id}))


def due(day: date) -> list[Due]:
    """What the job of the month is to draft on a day, by council; from here on until it commits no other drafts."""
    given = {"day": day, "first": FIRST_DAY, "audiences": [one.value for one in Audience]}
    found = db.session.execute(text("SELECT * FROM briefings_due(:day, :first, :audiences)"), given)
    return [Due(one.authority_id, Audience(one.audience)) for one in found]


def audiences_of(authority_id: UUID, period: Period) -> set[Audience]:
    """For whom a council has a briefing of exactly these days."""
    wanted = select(Briefing.audience).where(
        Briefing.authority_id == authority_id,
        Briefing.from_on == period.from_on,
        Briefing.until_on == period.until_on,
    )
    return set(db.session.scalars(wanted.order_by(Briefing.audience)))


def schedule(authority_id: UUID) -> Schedule:
    """When and for whom a council's briefings are drafted by themselves."""
    found = db.session.scalar(
        select(BriefingSchedule)
        .where(BriefingSchedule.authority_id == authority_id)
        .order_by(BriefingSchedule.set_at.desc(), BriefingSchedule.id)
        .options(selectinload(BriefingSchedule.by))
        .limit(1)
    )
    if found is None:
        return Schedule(FIRST_DAY, tuple(Audience))
    return Schedule(found.day_of_month, tuple(map(Audience, found.audiences)), found)


def drafting() -> Drafting | None:
    """How far the last drafting by a job has come; None where there was none, or for whoever is not of the office."""
    found = db.session.execute(text("SELECT * FROM briefings_drafting()")).one_or_none()
    if found is None:
        return None
    return Drafting(JobState(found.state), found.done or 0, found.total or 0, found.ended_at or found.asked_at)


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
    wanted = (
        select(Briefing.id)
        .join(BriefingReader, Briefing.id == BriefingReader.briefing_id)
        .where(BriefingReader.user_id == user_id, BriefingReader.read_at.is_(None))
    )
    waiting = list(db.session.scalars(wanted.order_by(Briefing.id)))
    return len(set(waiting) - superseded_among(waiting)) if waiting else 0


def in_state(state: State) -> int:
    """How many of the council's are drafts, or approved and not published."""
    wanted = {
        State.DRAFT: Briefing.approved_at.is_(None),
        State.APPROVED: Briefing.approved_at.is_not(None)
        & Briefing.published_at.is_(None)
        & Briefing.id.not_in(select(Briefing.supersedes_id).where(Briefing.supersedes_id.is_not(None))),
    }[state]
    return db.session.scalar(select(func.count()).select_from(Briefing).where(wanted)) or 0
