"""Notes, reports, readers and what happened, in the sight of whoever is acting; row-level security decides."""

from datetime import date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Date, Select, cast, exists, func, select, text
from sqlalchemy.orm import selectinload

from licensing.accounts.models import Authority, RoleHeld, User
from licensing.accounts.rules import Function, UserStatus
from licensing.dates import ENGLAND
from licensing.db import Base, db
from licensing.need_to_know import briefed
from licensing.need_to_know.models import Collected, Fact, LadoPart, Note, Reader, Report, Request
from licensing.need_to_know.words import NoteState
from licensing.permissions import ROLE_PERMISSIONS, Permission

PER_PAGE = 25

Row = TypeVar("Row", bound=Base)


def _one(model: type[Row], row_id: UUID) -> Row:
    return db.session.get(model, row_id) or abort(404)


def _is_there(model: type[Base], row_id: UUID) -> bool:
    return db.session.get(model, row_id) is not None


def note(note_id: UUID) -> Note:
    """One that the acting user may know of, or 404."""
    return _one(Note, note_id)


def note_exists(note_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Note.id == note_id))))


def note_for_change(note_id: UUID) -> Note:
    """The same, locked and read anew: two people cannot settle it at once."""
    found = select(Note).where(Note.id == note_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).one_or_none() or abort(404)


def notes_page(state: NoteState | None, page: int) -> Pagination:
    """The latest first; without a state all but those that were withdrawn or are out of date."""
    found = select(Note).options(selectinload(Note.readers), selectinload(Note.authority))
    found = found.where(Note.state == state) if state else found.where(Note.state.not_in(_OVER))
    return db.paginate(found.order_by(Note.drafted_at.desc(), Note.id), page=page, per_page=PER_PAGE)


_OVER = (NoteState.WITHDRAWN, NoteState.SUPERSEDED)


def update_of(note_id: UUID) -> Note | None:
    """The version that takes a note's place, or is drafted to."""
    found = select(Note).where(Note.supersedes_id == note_id, Note.state != NoteState.WITHDRAWN).order_by(Note.version)
    return db.session.scalars(found.limit(1)).first()


def notes_to_collect(report_id: UUID, authority_id: UUID, month: date) -> list[Note]:
    """What a council's report of a month passes on and has not collected yet, the earliest first.

    Its own notes in their last version, and for the county those that say so: not what its writer was sent as a
    reader. Those of the month, and those that came after the report of their own month was issued.
    """
    begins, ends = _begins(month), _begins(date(month.year + month.month // 12, month.month % 12 + 1, 1))
    collected = select(Collected.note_id).join(Report, Report.id == Collected.report_id)
    there = collected.where((Report.id == report_id) | (Report.authority_id == authority_id))
    passes_on = (Note.authority_id == authority_id) | (Note.for_county & _is_county(authority_id))
    in_month = (Note.issued_at >= begins) & (Note.issued_at < ends)
    missed = (Note.issued_at < begins) & exists().where(
        Report.authority_id == authority_id,
        Report.issued_at < Note.issued_at,
        Report.month == cast(func.date_trunc("month", func.timezone(ENGLAND.key, Note.issued_at)), Date),
    )
    found = select(Note).where(passes_on, in_month | missed, Note.state != NoteState.SUPERSEDED, Note.id.not_in(there))
    return list(db.session.scalars(found.order_by(Note.issued_at, Note.id)))


def _begins(month: date) -> datetime:
    return datetime.combine(month, time(), ENGLAND)


def _is_county(authority_id: UUID) -> ColumnElement[bool]:
    works = Authority.functions.contains([Function.CHILDRENS_SERVICES.value])
    return exists().where(Authority.id == authority_id, works)


def possible_readers() -> list[tuple[UUID, str, str]]:
    """To whom something may be addressed: id, name and council."""
    found = text("SELECT * FROM briefing_readers()")
    return [(row.id, row.name, row.council) for row in db.session.execute(found)]


def reader(reader_id: UUID) -> Reader:
    return _one(Reader, reader_id)


def reader_exists(reader_id: UUID) -> bool:
    return _is_there(Reader, reader_id)


def note_of_reader(reader_id: UUID) -> UUID:
    """Of which note, or which report, somebody is a reader."""
    one = reader(reader_id)
    found = one.note_id or one.report_id
    assert found is not None
    return found


def own_reading(of: ColumnElement[bool], user_id: UUID) -> Reader | None:
    """The acting user's own row among the readers, where they are one."""
    found = select(Reader).where(of, Reader.user_id == user_id, Reader.removed_at.is_(None)).order_by(Reader.id)
    return db.session.scalars(found).first()


def lado_part(note_id: UUID) -> LadoPart | None:
    return db.session.scalars(select(LadoPart).where(LadoPart.note_id == note_id).order_by(LadoPart.id)).first()


def report(report_id: UUID) -> Report:
    """One that the acting user may know of, or 404."""
    return _one(Report, report_id)


def report_exists(report_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Report.id == report_id))))


def report_for_change(report_id: UUID) -> Report:
    found = select(Report).where(Report.id == report_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).one_or_none() or abort(404)


def report_of_month(authority_id: UUID, month: date) -> Report | None:
    found = select(Report).where(Report.authority_id == authority_id, Report.month == month).order_by(Report.id)
    return db.session.scalars(found).first()


def reports_page(page: int) -> Pagination:
    """The latest month first."""
    found = select(Report).options(selectinload(Report.readers), selectinload(Report.authority))
    return db.paginate(found.order_by(Report.month.desc(), Report.id), page=page, per_page=PER_PAGE)


def collected_notes(report_id: UUID) -> list[Note]:
    """The notes of a report, the earliest issued first; of several versions that it collected the last."""
    found = select(Note).join(Collected, Collected.note_id == Note.id).where(Collected.report_id == report_id)
    notes = list(db.session.scalars(found.order_by(Note.issued_at, Note.id)))
    updated = {one.supersedes_id for one in notes}
    return [one for one in notes if one.id not in updated]


def request(request_id: UUID) -> Request:
    return _one(Request, request_id)


def request_exists(request_id: UUID) -> bool:
    return _is_there(Request, request_id)


def doers(authority_id: UUID) -> list[tuple[UUID, str]]:
    """Colleagues who can be given a task, by name."""
    teams = [role for role, held in ROLE_PERMISSIONS.items() if Permission.TASKS in held]
    holds = exists().where(RoleHeld.user_id == User.id, RoleHeld.ended_at.is_(None), RoleHeld.role.in_(teams))
    found = select(User.id, User.name).where(User.authority_id == authority_id, User.status == UserStatus.ACTIVE, holds)
    return [(row.id, row.name) for row in db.session.execute(found.order_by(User.name, User.id))]


def facts_page(page: int) -> Pagination:
    """What happened and nobody has answered for, the latest first."""
    found = select(Fact).where(Fact.settled_on.is_(None)).order_by(Fact.on_day.desc(), Fact.id)
    return db.paginate(found, page=page, per_page=PER_PAGE)


def fact(fact_id: UUID) -> Fact:
    return _one(Fact, fact_id)


def fact_exists(fact_id: UUID) -> bool:
    return _is_there(Fact, fact_id)


def _count(found: Select[Any]) -> int:
    return int(db.session.scalar(found) or 0)


def to_acknowledge(user_id: UUID) -> int:
    """How much was issued to a reader who has not said that they read it."""
    waits = briefed.issued().where(Reader.user_id == user_id, Reader.acknowledged_on.is_(None)).subquery()
    return _count(select(func.count()).select_from(waits))


def to_approve(authority_id: UUID) -> int:
    """Drafts of a council that somebody is to approve."""
    waits = select(func.count()).select_from(Note)
    return _count(waits.where(Note.authority_id == authority_id, Note.state == NoteState.DRAFTED))


def to_answer_for() -> int:
    return _count(select(func.count()).select_from(Fact).where(Fact.settled_on.is_(None)))


def for_lado() -> int:
    """Drafts that wait for the designated officer's part."""
    written = select(LadoPart.note_id)
    waits = select(func.count()).select_from(Note).where(Note.lado_asked, Note.state == NoteState.DRAFTED)
    return _count(waits.where(Note.id.not_in(written)))
