"""Meetings in the sight of whoever is acting; row-level security decides."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import selectinload

from licensing.db import db
from licensing.disruption.models import Action, PartnerTask
from licensing.disruption.words import TaskAnswer
from licensing.register.models import Licence, Organisation, Person, Vehicle
from licensing.subject_meetings.models import AgendaItem, MeetingDecision, SubjectMeeting, SubjectMeetingAgency
from licensing.subject_meetings.words import MeetingState, SubjectKind

PER_PAGE = 25
_OVER = SubjectMeeting.held_at.is_not(None) | SubjectMeeting.called_off_at.is_not(None)
# As rules.state_of says it.
_STANDS: dict[MeetingState, ColumnElement[bool]] = {
    MeetingState.PLANNED: ~_OVER,
    MeetingState.HELD: SubjectMeeting.held_at.is_not(None),
    MeetingState.CALLED_OFF: SubjectMeeting.called_off_at.is_not(None),
}


@dataclass(frozen=True)
class MeetingsFilter:
    """What the list is narrowed to; empty means whatever is planned."""

    state: MeetingState | None = None
    every: bool = False


def meetings_page(wanted: MeetingsFilter, page: int) -> Pagination:
    """The latest day first."""
    found = select(SubjectMeeting).options(selectinload(SubjectMeeting.invites), selectinload(SubjectMeeting.subjects))
    if wanted.state or not wanted.every:
        found = found.where(_STANDS[wanted.state or MeetingState.PLANNED])
    return db.paginate(found.order_by(SubjectMeeting.on_day.desc(), SubjectMeeting.id), page=page, per_page=PER_PAGE)


def meeting(meeting_id: UUID, *, for_change: bool = False) -> SubjectMeeting:
    """One that the acting user may know of, or 404."""
    found = select(SubjectMeeting).where(SubjectMeeting.id == meeting_id)
    return db.session.scalars(
        found.with_for_update().execution_options(populate_existing=True) if for_change else found
    ).first() or abort(404)


def meeting_exists(meeting_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(SubjectMeeting.id == meeting_id))))


def leads(meeting_id: UUID) -> bool:
    """Whether the acting user works for the agency that records the meeting, and is not only invited."""
    mine = SubjectMeeting.recording_agency_id.in_(select(func.acting_agencies()).scalar_subquery())
    return bool(db.session.scalar(select(exists().where(SubjectMeeting.id == meeting_id, mine))))


def planned_meetings() -> list[SubjectMeeting]:
    """Those on whose agenda something can still be put, the next one first."""
    return list(
        db.session.scalars(select(SubjectMeeting).where(~_OVER).order_by(SubjectMeeting.on_day, SubjectMeeting.id))
    )


def planned_until(day: date) -> int:
    """How many meetings are planned up to a day."""
    return cast(int, db.session.scalar(select(func.count()).where(~_OVER, SubjectMeeting.on_day <= day)))


def agencies_of(meeting_id: UUID) -> list[UUID]:
    """The agencies that are invited."""
    found = select(SubjectMeetingAgency.agency_id).where(SubjectMeetingAgency.meeting_id == meeting_id)
    return list(db.session.scalars(found.order_by(SubjectMeetingAgency.added_at, SubjectMeetingAgency.id)))


def subjects_of(meeting_id: UUID) -> list[AgendaItem]:
    """What is on the agenda, in its order."""
    return list(
        db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.number))
    )


def next_number(kind: type[AgendaItem | MeetingDecision], meeting_id: UUID) -> int:
    counted = select(func.coalesce(func.max(kind.number), 0)).where(kind.meeting_id == meeting_id)
    return int(db.session.scalar(counted) or 0) + 1


def answers_of(task_ids: list[UUID]) -> dict[UUID, TaskAnswer]:
    """How the agencies answered that were asked, where the acting user may know."""
    found = select(PartnerTask.id, PartnerTask.answer).where(PartnerTask.id.in_(task_ids)).order_by(PartnerTask.id)
    return {row.id: row.answer for row in db.session.execute(found)}


_BY_REFERENCE: dict[SubjectKind, Any] = {
    SubjectKind.PERSON: Person,
    SubjectKind.ORGANISATION: Organisation,
    SubjectKind.VEHICLE: Vehicle,
    SubjectKind.ACTION: Action,
}


def by_reference(kind: SubjectKind, reference: str) -> Any | None:
    """The record that has this reference, or for a vehicle this registration mark, where the acting user reads it."""
    model = _BY_REFERENCE[kind]
    same = model.reference == reference
    if kind is SubjectKind.VEHICLE:
        same = same | (Vehicle.vrm_key == reference.replace(" ", ""))
    return db.session.scalars(select(model).where(same).order_by(model.id).limit(1)).first()


def licences_of(kind: SubjectKind, record_id: UUID) -> list[Licence]:
    """The licences of a person, an organisation, a vehicle or a place, where the acting user reads them."""
    column = getattr(Licence, f"{kind}_id")
    found = select(Licence).where(column == record_id).options(selectinload(Licence.periods))
    return list(db.session.scalars(found.order_by(Licence.kind, Licence.number, Licence.id)))
