"""Hotel notices and requirements in the sight of whoever is acting; row-level security decides."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import selectinload

from licensing.db import db
from licensing.disruption.models import Action
from licensing.hotel_notices.models import HotelNotice, InformationReceived, NoticeServed, Requirement
from licensing.hotel_notices.words import NoticeState

PER_PAGE = 25


@dataclass(frozen=True)
class NoticesFilter:
    """What the list is narrowed to; empty means all."""

    state: NoticeState | None = None
    overdue: bool = False


def _overdue(today: date) -> ColumnElement[bool]:
    """Of a requirement: due before today, and not all received; as rules.state_of_requirement says it."""
    whole = select(InformationReceived.requirement_id).where(InformationReceived.complete)
    return (Requirement.due_on < today) & Requirement.id.not_in(whole)


def _stands(state: NoticeState, today: date) -> ColumnElement[bool]:
    """As rules.state_of_notice says it."""
    ended = select(Action.id).where(Action.ended_on <= today)
    is_ended = HotelNotice.action_id.in_(ended)
    if state is NoticeState.ENDED:
        return is_ended
    if state is NoticeState.EXPIRED:
        return ~is_ended & (HotelNotice.expires_on < today)
    served = HotelNotice.action_id.in_(select(Action.id).where(Action.served_on.is_not(None)))
    runs = ~is_ended & (HotelNotice.expires_on >= today)
    if state is NoticeState.PREPARED:
        return runs & ~served
    appealed = HotelNotice.action_id.in_(select(Action.id).where(Action.appeal_open))
    if state is NoticeState.UNDER_APPEAL:
        return runs & served & appealed
    begun = HotelNotice.effective_on <= today
    return runs & served & ~appealed & (begun if state is NoticeState.IN_EFFECT else ~begun)


def notices_page(wanted: NoticesFilter, today: date, page: int) -> Pagination:
    """The latest to take effect first."""
    found = select(HotelNotice).options(
        selectinload(HotelNotice.action),
        selectinload(HotelNotice.requirements).selectinload(Requirement.receipts),
    )
    if wanted.state:
        found = found.where(_stands(wanted.state, today))
    if wanted.overdue:
        found = found.where(HotelNotice.id.in_(select(Requirement.notice_id).where(_overdue(today))))
    ordered = found.order_by(HotelNotice.effective_on.desc(), HotelNotice.id)
    return db.paginate(ordered, page=page, per_page=PER_PAGE)


def notice(notice_id: UUID) -> HotelNotice:
    """One that the acting user may know of, or 404."""
    return db.session.get(HotelNotice, notice_id) or abort(404)


def notice_exists(notice_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(HotelNotice.id == notice_id))))


def requirement(requirement_id: UUID) -> Requirement:
    """One that the acting user may know of, or 404."""
    return db.session.get(Requirement, requirement_id) or abort(404)


def requirement_exists(requirement_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Requirement.id == requirement_id))))


def notice_of(requirement_id: UUID) -> UUID:
    """Of which notice a requirement is a part."""
    return requirement(requirement_id).notice_id


def service_exists(service_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(NoticeServed.id == service_id))))


def service(service_id: UUID) -> NoticeServed:
    """One that the acting user may know of, or 404."""
    return db.session.get(NoticeServed, service_id) or abort(404)


def notice_served(service_id: UUID) -> UUID:
    """Of which notice a service is."""
    return service(service_id).notice_id


def next_number(notice_id: UUID) -> int:
    counted = select(func.coalesce(func.max(Requirement.number), 0)).where(Requirement.notice_id == notice_id)
    return int(db.session.scalar(counted) or 0) + 1


def notices_at(record_id: UUID) -> list[HotelNotice]:
    """The notices about a hotel of a register, the latest first."""
    found = select(HotelNotice).where(HotelNotice.record_id == record_id)
    found = found.options(selectinload(HotelNotice.requirements))
    return list(db.session.scalars(found.order_by(HotelNotice.effective_on.desc(), HotelNotice.id)))


def overdue_requirements(today: date) -> int:
    """How much was required of hotels, is due and has not all come."""
    return int(db.session.scalar(select(func.count()).select_from(Requirement).where(_overdue(today))) or 0)
