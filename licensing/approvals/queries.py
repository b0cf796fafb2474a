"""Reading proposals; row-level security shows each person those that they made or may decide."""

from datetime import UTC, datetime
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, and_, func, or_, select, text

from licensing.accounts.acting import ActingUser
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal, ProposalPart
from licensing.approvals.rules import ProposalStatus
from licensing.db import db

PER_PAGE = 25


def proposal_exists(proposal_id: UUID) -> bool:
    """Whether the acting user may know of this proposal."""
    return db.session.scalar(select(Proposal.id).where(Proposal.id == proposal_id)) is not None


def one_proposal(proposal_id: UUID) -> Proposal:
    """A proposal as it is now, not as this session may remember it; 404 where it is hidden or missing."""
    db.session.expire_all()
    return db.one_or_404(select(Proposal).where(Proposal.id == proposal_id))


def open_proposal(kind: ProposalKind, object_id: UUID, code: str) -> tuple[UUID, str, datetime]:
    """Who asked for the same first, and when."""
    found = text("SELECT id, proposed_by_name, proposed_at FROM open_proposal(:kind, :object, :code)")
    row = db.session.execute(found, {"kind": kind.value, "object": object_id, "code": code}).one()
    return row.id, row.proposed_by_name, row.proposed_at


def waiting_for(user: ActingUser) -> list[Proposal]:
    """What this user may decide now, the oldest first."""
    return list(
        db.session.scalars(select(Proposal).where(_decidable(user)).order_by(Proposal.proposed_at, Proposal.id))
    )


def count_waiting_for(user: ActingUser) -> int:
    """How many proposals this user may decide now."""
    return db.session.scalar(select(func.count()).select_from(Proposal).where(_decidable(user))) or 0


def waiting_on_others(user: ActingUser) -> list[Proposal]:
    """What this user proposed and others have not decided, the oldest first."""
    mine = select(Proposal).where(Proposal.proposed_by == user.id, _is_open())
    return list(db.session.scalars(mine.order_by(Proposal.proposed_at, Proposal.id)))


def ended_page(page: int) -> Pagination:
    """What came to an end, of what the acting user may see, the latest first."""
    ended = func.coalesce(Proposal.ended_at, Proposal.expires_at)
    found = select(Proposal).where(~_is_open()).order_by(ended.desc(), Proposal.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def may_decide(user: ActingUser, proposal: Proposal) -> bool:
    """Whether it waits for this user."""
    return db.session.scalar(select(Proposal.id).where(Proposal.id == proposal.id, _decidable(user))) is not None


def _is_open() -> ColumnElement[bool]:
    return and_(Proposal.status == ProposalStatus.OPEN, Proposal.expires_at > datetime.now(UTC))


def _decidable(user: ActingUser) -> ColumnElement[bool]:
    own_part = Proposal.parts.any(
        and_(ProposalPart.authority_id == user.authority.id, ProposalPart.decided_at.is_(None))
    )
    return and_(
        _is_open(),
        Proposal.permission.in_(user.permissions),
        ~or_(Proposal.proposed_by == user.id, Proposal.object_id == user.id),
        own_part,
    )
