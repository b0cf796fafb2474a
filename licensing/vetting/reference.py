"""Writing the national rules, as `flask setup` does: those that are missing, and never one that is there."""

from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from licensing.vetting.catalogue import NATIONAL
from licensing.vetting.models import VettingPolicy
from licensing.vetting.rules import Policy


def write(session: Session) -> None:
    """Add the catalogue's rules that this installation has not; safe to repeat."""
    there = select(VettingPolicy.family, VettingPolicy.check_kind, VettingPolicy.valid_from)
    known = {
        (row.family, row.check_kind, row.valid_from)
        for row in session.execute(there.where(VettingPolicy.authority_id.is_(None)))
    }
    session.add_all(_row(one) for one in NATIONAL if (one.family, one.check, one.valid_from) not in known)


def _row(policy: Policy) -> VettingPolicy:
    return VettingPolicy(
        id=uuid4(),
        family=policy.family,
        check_kind=policy.check,
        requirement=policy.requirement,
        length=policy.length,
        unit=policy.unit,
        blocks_grant=policy.blocks_grant,
        unless_driver=policy.unless_driver,
        source=policy.source,
        verified=policy.verified,
        reason="",
        valid_from=policy.valid_from,
    )
