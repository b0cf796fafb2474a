"""Concerns about staff: for the contact all of their council's, for others what they raised and no more."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, func, select, text

from licensing.accounts.models import RoleHeld, User
from licensing.accounts.rules import UserStatus
from licensing.concerns.models import StaffConcern, StaffConcernContact, StaffConcernStep
from licensing.db import db
from licensing.permissions import Role

# Whoever holds one of these may be whom a concern is about.
NOT_CONTACTS = (Role.LICENSING_OFFICER, Role.LICENSING_MANAGER)


def staff_concern_exists(staff_concern_id: UUID) -> bool:
    """Whether it is among those that the acting contact receives."""
    return any(one.id == staff_concern_id for one in staff_concerns())


def staff_concern(staff_concern_id: UUID) -> StaffConcern:
    return db.session.get_one(StaffConcern, staff_concern_id)


def staff_concern_for_update(staff_concern_id: UUID) -> StaffConcern:
    found = select(StaffConcern).where(StaffConcern.id == staff_concern_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def staff_concerns() -> list[Row[Any]]:
    """All that the acting contact receives, those to be acknowledged first, then the newest; nobody else's, no word."""
    order = "acknowledged_on IS NOT NULL, raised_on DESC, id"
    return list(db.session.execute(text(f"SELECT * FROM staff_concerns_received() ORDER BY {order}")))


def open_ones() -> int:
    return sum(one.closed_on is None for one in staff_concerns())


def steps_of(staff_concern_id: UUID) -> list[StaffConcernStep]:
    found = select(StaffConcernStep).where(StaffConcernStep.staff_concern_id == staff_concern_id)
    return list(db.session.scalars(found.order_by(StaffConcernStep.at, StaffConcernStep.id)))


def raised_by_me() -> Sequence[Row[Any]]:
    """What one may read of one's own: words, the state, and what the contact wrote back; the newest first."""
    return db.session.execute(text("SELECT * FROM my_staff_concerns()")).all()


def of_reference(reference: str) -> Row[Any] | None:
    """The state of a concern that somebody raised without their name, for whoever has its reference."""
    asked = text("SELECT * FROM staff_concern_by_reference(:reference)")
    return db.session.execute(asked, {"reference": reference.strip().upper()}).one_or_none()


def is_contact() -> bool:
    """Whether the acting user receives their council's concerns about staff."""
    return db.session.scalar(select(func.acting_staff_contact())) is not None


def has_contact(authority_id: UUID) -> bool:
    """Whether somebody receives the concerns about a council's staff."""
    return bool(db.session.scalar(select(func.has_staff_contact(authority_id))))


def contacts() -> list[tuple[StaffConcernContact, str]]:
    """Who is and who was one's council's contact, by name, the latest first."""
    found = select(StaffConcernContact, User.name).join(User, User.id == StaffConcernContact.user_id)
    ordered = found.order_by(StaffConcernContact.from_at.desc(), StaffConcernContact.id)
    return [(contact, name) for contact, name in db.session.execute(ordered)]


def standing_contact() -> StaffConcernContact | None:
    found = select(StaffConcernContact).where(StaffConcernContact.until_at.is_(None)).with_for_update()
    return db.session.scalars(found).one_or_none()


def who_may_be_contact(authority_id: UUID, besides: UUID) -> list[tuple[UUID, str]]:
    """Colleagues who hold no licensing role, by name; not whoever chooses."""
    licenses = exists().where(RoleHeld.user_id == User.id, RoleHeld.ended_at.is_(None), RoleHeld.role.in_(NOT_CONTACTS))
    found = select(User.id, User.name).where(
        User.authority_id == authority_id, User.status == UserStatus.ACTIVE, User.id != besides, ~licenses
    )
    return [(row.id, row.name) for row in db.session.execute(found.order_by(User.name, User.id))]
