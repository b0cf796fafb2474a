"""The accounts of one's own authority, with what the database tells administrators and auditors of their use."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import func, select, text

from licensing.accounts.models import RoleHeld, User
from licensing.accounts.rules import UserStatus
from licensing.administration.models import AccessReview
from licensing.db import db
from licensing.permissions import Role


@dataclass(frozen=True)
class Held:
    """A role that somebody holds now, since when, and by whom it was given; None on the console."""

    role: Role
    granted_at: datetime
    granted_by: str | None


@dataclass(frozen=True)
class Account:
    """A user as the administrator sees them."""

    id: UUID
    name: str
    email: str
    status: UserStatus
    created_at: datetime
    roles: tuple[Held, ...]
    last_seen_at: datetime | None
    live_sessions: int
    has_second_factor: bool
    recovery_codes_left: int
    link_expires_at: datetime | None

    @property
    def called(self) -> str:
        """Their name, or their address while they have not said it."""
        return self.name or self.email

    def holds(self, role: Role) -> bool:
        return any(held.role is role for held in self.roles)


def user_exists(user_id: UUID) -> bool:
    """Whether this is somebody of the acting user's authority."""
    return db.session.scalar(select(User.id).where(User.id == user_id)) is not None


def accounts(*, with_closed: bool = True) -> list[Account]:
    """Every account of the acting user's authority, by name."""
    found = select(User).order_by(func.lower(User.name), User.email)
    if not with_closed:
        found = found.where(User.status != UserStatus.CLOSED)
    users, roles, seen = db.session.scalars(found).all(), _roles(), _seen()
    return [_account(user, roles[user.id], seen[user.id]) for user in users]


def one_account(user_id: UUID) -> Account:
    """One account; 404 where it is not of this authority."""
    return next((one for one in accounts() if one.id == user_id), None) or abort(404)


def last_review() -> AccessReview | None:
    """The last time that access was reviewed here."""
    latest = select(AccessReview).order_by(AccessReview.reviewed_on.desc(), AccessReview.recorded_at.desc())
    return db.session.scalars(latest.limit(1)).one_or_none()


def last_reviewed_on() -> date | None:
    review = last_review()
    return review.reviewed_on if review else None


def _roles() -> dict[UUID, list[Held]]:
    granters = {row.id: row.name for row in db.session.execute(select(User.id, User.name))}
    current = select(RoleHeld).where(RoleHeld.ended_at.is_(None)).order_by(RoleHeld.role)
    roles: dict[UUID, list[Held]] = defaultdict(list)
    for held in db.session.scalars(current):
        granter = granters.get(held.granted_by) if held.granted_by else None
        roles[held.user_id].append(Held(held.role, held.granted_at, granter))
    return roles


def _seen() -> dict[UUID, dict[str, Any]]:
    rows = db.session.execute(text("SELECT * FROM users_seen()")).mappings()
    return {row["user_id"]: dict(row) for row in rows}


def _account(user: User, roles: list[Held], seen: dict[str, Any]) -> Account:
    told = {name: value for name, value in seen.items() if name != "user_id"}
    return Account(user.id, user.name, user.email, user.status, user.created_at, tuple(roles), **told)
