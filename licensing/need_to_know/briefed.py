"""Whoever was briefed, when and on what: the readers of notes, of monthly reports and of published briefings together.

Each is found by the row-level security of its own table, so that nobody learns here of a paper that they may not know.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import CompoundSelect, Select, func, literal, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from licensing.briefings.models import Briefing, BriefingReader
from licensing.db import CountedPages, db
from licensing.need_to_know.models import Note, Reader, Report
from licensing.need_to_know.words import ReportState

PER_PAGE = 25
Briefed = Reader | BriefingReader
_NOTES, _PAPERS = "need_to_know", "briefings"


def page(number: int) -> Pagination:
    """The latest first."""
    shown = min(max(number, 1), db.LAST_PAGE)
    every = _every().subquery()
    found = select(every.c.of, every.c.id).order_by(every.c.at.desc(), every.c.id)
    rows = db.session.execute(found.limit(PER_PAGE).offset((shown - 1) * PER_PAGE)).all()
    total = db.session.scalar(select(func.count()).select_from(every)) or 0
    return CountedPages(page=shown, per_page=PER_PAGE, total=total, items=_in_order([(one.of, one.id) for one in rows]))


def everybody() -> list[Briefed]:
    """The latest first."""
    every = _every().subquery()
    rows = db.session.execute(select(every.c.of, every.c.id).order_by(every.c.at.desc(), every.c.id))
    return _in_order([(one.of, one.id) for one in rows])


def issued() -> Select[Any]:
    """The readers of what was issued: of notes and reports."""
    found = Reader.note_id.in_(select(Note.id).where(Note.issued_at.is_not(None))) | Reader.report_id.in_(
        select(Report.id).where(Report.state == ReportState.ISSUED)
    )
    return select(Reader.id).where(found, Reader.removed_at.is_(None))


def _every() -> CompoundSelect[Any, Any, Any]:
    notes = issued().with_only_columns(literal(_NOTES).label("of"), Reader.id, Reader.added_at.label("at"))
    published = select(Briefing.id).where(Briefing.published_at.is_not(None))
    papers = select(literal(_PAPERS), BriefingReader.id, BriefingReader.told_at)
    return union_all(notes, papers.where(BriefingReader.briefing_id.in_(published)))


def _in_order(rows: Iterable[tuple[str, UUID]]) -> list[Briefed]:
    wanted = list(rows)
    notes = select(Reader).where(Reader.id.in_([row_id for of, row_id in wanted if of == _NOTES]))
    notes = notes.options(selectinload(Reader.note).selectinload(Note.authority), selectinload(Reader.report))
    papers = select(BriefingReader).where(BriefingReader.id.in_([row_id for of, row_id in wanted if of == _PAPERS]))
    papers = papers.options(joinedload(BriefingReader.briefing).joinedload(Briefing.authority))
    found: dict[UUID, Briefed] = {one.id: one for one in db.session.scalars(notes.order_by(Reader.id))}
    found |= {one.id: one for one in db.session.scalars(papers.order_by(BriefingReader.id))}
    return [found[row_id] for _, row_id in wanted]
