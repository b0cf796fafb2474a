"""What is done in a case: its rows one by one, meetings, and what was undertaken at them."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from licensing.allegations.models import Allegation, CaseAction, CaseEntry, Duty, LadoOffice, Meeting, Release, Strand
from licensing.allegations.words import MeetingKind
from licensing.db import db

Row = TypeVar("Row", Allegation, CaseAction, CaseEntry, Duty, Meeting, Release, Strand)


def row_of(model: type[Row], case_id: UUID, row_id: UUID, *, for_change: bool = False) -> Row | None:
    """One row of a case, or None where that case has no such row."""
    found = select(model).where(model.id == row_id, model.case_id == case_id)
    if for_change:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def meetings(case_id: UUID) -> list[Meeting]:
    """The last first."""
    found = select(Meeting).where(Meeting.case_id == case_id)
    return list(db.session.scalars(found.order_by(Meeting.held_on.desc(), Meeting.recorded_at.desc(), Meeting.id)))


def actions(case_id: UUID, meeting_id: UUID | None = None) -> list[CaseAction]:
    """Those of a case, or of one of its meetings: what is still to do first, by the day it is due."""
    found = select(CaseAction).where(CaseAction.case_id == case_id)
    if meeting_id:
        found = found.where(CaseAction.meeting_id == meeting_id)
    order = (CaseAction.done_on.is_not(None), CaseAction.due_on, CaseAction.recorded_at, CaseAction.id)
    return list(db.session.scalars(found.order_by(*order)))


def office(authority_id: UUID, *, for_change: bool = False) -> LadoOffice | None:
    """How an office is reached and what it calls its meetings; its own designated officers read it."""
    found = select(LadoOffice).where(LadoOffice.authority_id == authority_id)
    if for_change:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def meeting_names(authority_id: UUID) -> dict[MeetingKind, str]:
    """What each kind of meeting is called there."""
    own = office(authority_id)
    local = own.meeting_name if own else ""
    return {one: local if local and one is MeetingKind.STRATEGY else one.label for one in MeetingKind}
