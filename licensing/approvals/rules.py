"""How long a proposal waits, and who may not decide it."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

# Long enough for a fortnight's leave to be covered; later the record has probably changed.
PROPOSAL_LASTS = timedelta(days=14)


class ProposalStatus(StrEnum):
    """Where a proposal stands. One that ran out reads as expired from that moment, written down or not."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return "Awaiting approval" if self is ProposalStatus.OPEN else self.capitalize()


def status_at(status: ProposalStatus, expires_at: datetime, now: datetime) -> ProposalStatus:
    """Where a proposal stands at a moment."""
    ran_out = status is ProposalStatus.OPEN and expires_at <= now
    return ProposalStatus.EXPIRED if ran_out else status


def is_their_own(decider: UUID, proposed_by: UUID, object_id: UUID) -> bool:
    """Nobody decides what they proposed, nor what is about themselves."""
    return decider in (proposed_by, object_id)
