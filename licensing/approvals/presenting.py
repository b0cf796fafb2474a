"""Proposals in words, for lists and for whoever comes too late."""

from uuid import UUID

from flask import url_for
from markupsafe import Markup
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import NotFound

from licensing.approvals.kinds import Shown, registered
from licensing.approvals.models import Proposal, ProposalPart
from licensing.approvals.rules import ProposalStatus
from licensing.dates import moment_in_words
from licensing.keys import SealBroken

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def shown(proposal: Proposal) -> Shown:
    """What a decider reads of it, in the words of the feature that carries it out.

    Whoever proposed something and may no longer read the record is told that much, and sees what became of it.
    """
    try:
        return Shown(*registered(proposal.kind).shows(proposal))
    except (NotFound, NoResultFound, SealBroken):
        return Shown("A record that is not shown to you", [])


def list_row(proposal: Proposal) -> dict[str, object]:
    """For the page of approvals."""
    return {
        "what": _LINK.format(url_for("approvals.show_proposal", proposal_id=proposal.id), shown(proposal).title),
        "who": proposal.proposed_by_name,
        "when": moment_in_words(proposal.proposed_at),
        "until": moment_in_words(proposal.expires_at),
        "status": proposal.status_now.label,
        "ended": moment_in_words(proposal.ended_at or proposal.expires_at),
    }


def part_row(part: ProposalPart) -> tuple[str, str]:
    """One authority's decision, for a summary list."""
    if part.decided_at is None:
        return part.authority.name, "Not decided yet"
    return part.authority.name, f"{_verb(part)} by {part.decided_by_name} on {moment_in_words(part.decided_at)}"


def what_happened(proposal: Proposal, authority_id: UUID | None = None) -> str:
    """Why somebody who comes too late cannot decide it any more."""
    status = proposal.status_now
    if status is ProposalStatus.WITHDRAWN:
        return f"{proposal.proposed_by_name} took this back. Nothing is left to decide."
    if status is ProposalStatus.EXPIRED:
        return "This was not decided in time and has expired. It can be asked for again."
    decided = [part for part in proposal.parts if part.decided_at and authority_id in (None, part.authority_id)]
    last = max(decided or proposal.parts, key=lambda part: (part.decided_at is not None, part.decided_at))
    if last.decided_at is None:
        return "This is waiting for approval."
    return f"{last.decided_by_name} {_verb(last).lower()} this on {moment_in_words(last.decided_at)}."


def _verb(part: ProposalPart) -> str:
    return "Approved" if part.approved else "Refused"
