"""Who can see a case, and who has looked."""

from datetime import datetime
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select

from licensing.accounts.models import RoleHeld, User
from licensing.accounts.rules import UserStatus
from licensing.allegations.models import CaseAccess
from licensing.allegations.words_of_sharing import AccessKind
from licensing.audit.models import RestrictedEntry
from licensing.db import db
from licensing.permissions import Role

LOOKS_SHOWN = 20


def holders_of(authority_id: UUID, *roles: Role) -> list[tuple[UUID, str]]:
    """Everybody active of the own authority who holds one of these roles, by name."""
    found = (
        select(User.id, User.name)
        .join(RoleHeld, RoleHeld.user_id == User.id)
        .where(
            User.authority_id == authority_id,
            User.status == UserStatus.ACTIVE,
            RoleHeld.ended_at.is_(None),
            RoleHeld.role.in_(roles),
        )
        .distinct()
        .order_by(User.name, User.id)
    )
    return [(user_id, name) for user_id, name in db.session.execute(found).all()]


def roles_of(authority_id: UUID) -> dict[UUID, list[Role]]:
    """What everybody active of the own authority does there."""
    found = (
        select(User.id, RoleHeld.role)
        .join(RoleHeld, RoleHeld.user_id == User.id)
        .where(User.authority_id == authority_id, User.status == UserStatus.ACTIVE, RoleHeld.ended_at.is_(None))
        .order_by(User.id, RoleHeld.role)
    )
    held: dict[UUID, list[Role]] = {}
    for user_id, role in db.session.execute(found):
        held.setdefault(user_id, []).append(Role(role))
    return held


def accesses(case_id: UUID) -> list[CaseAccess]:
    """Everybody who was named, closed out, or opened the case in an emergency, the last first."""
    found = select(CaseAccess).where(CaseAccess.case_id == case_id)
    return list(db.session.scalars(found.order_by(CaseAccess.given_at.desc(), CaseAccess.id)))


def access(case_id: UUID, access_id: UUID) -> CaseAccess | None:
    """One of them, or None where this case has no such one."""
    found = select(CaseAccess).where(CaseAccess.case_id == case_id, CaseAccess.id == access_id)
    return db.session.scalar(found)


def opened_in_emergency(access_id: UUID) -> UUID | None:
    """The case that one's own access opened, once that is committed; None where there was none to open."""
    return db.session.scalar(select(CaseAccess.case_id).where(CaseAccess.id == access_id))


def last_emergency(user_id: UUID) -> CaseAccess | None:
    """What somebody, who asks it of themself, opened last in an emergency."""
    found = select(CaseAccess).where(CaseAccess.user_id == user_id, CaseAccess.kind == AccessKind.EMERGENCY)
    return db.session.scalar(found.order_by(CaseAccess.given_at.desc()).limit(1))


def named_now(case_id: UUID) -> CaseAccess | None:
    """Who is named on the case today."""
    found = select(CaseAccess).where(
        CaseAccess.case_id == case_id,
        CaseAccess.kind == AccessKind.NAMED,
        CaseAccess.ended_at.is_(None),
        CaseAccess.until_at > func.now(),
    )
    return db.session.scalar(found.limit(1))


def closed_to(case_id: UUID) -> dict[UUID, CaseAccess]:
    """The officers to whom the case is closed."""
    return {one.user_id: one for one in accesses(case_id) if one.kind is AccessKind.CLOSED and one.ended_at is None}


def given_to(user_id: UUID) -> list[CaseAccess]:
    """The access that somebody has by being named, or took in an emergency, and that is not over."""
    found = select(CaseAccess).where(
        CaseAccess.user_id == user_id,
        CaseAccess.kind.in_((AccessKind.NAMED, AccessKind.EMERGENCY)),
        CaseAccess.ended_at.is_(None),
        CaseAccess.until_at > func.now(),
    )
    return list(db.session.scalars(found.order_by(CaseAccess.until_at, CaseAccess.id)))


def looks(case_id: UUID, page: int) -> Pagination:
    """Everything in the restricted trail about one case, the last first."""
    found = select(RestrictedEntry).where(RestrictedEntry.object_id == case_id)
    return db.paginate(found.order_by(RestrictedEntry.number.desc()), page=page, per_page=LOOKS_SHOWN, error_out=False)


def is_over(row: CaseAccess, now: datetime) -> bool:
    """Whether access that was given has ended, or its time has passed."""
    return row.ended_at is not None or (row.until_at is not None and row.until_at <= now)
