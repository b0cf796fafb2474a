"""Proposing, approving, refusing and withdrawing. The view commits; every refusal of a rule is a RuleBroken."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import abort, current_app
from sqlalchemy import text

from licensing import jobs
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.approvals import queries
from licensing.approvals.jobs import tell_approvers
from licensing.approvals.kinds import ProposalKind, registered
from licensing.approvals.models import Proposal
from licensing.approvals.presenting import what_happened
from licensing.approvals.rules import PROPOSAL_LASTS, ProposalStatus, is_their_own
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import moment_in_words
from licensing.db import db
from licensing.errors import RuleBroken

PROPOSER_GONE = (
    "{} asked for this, and may not ask for it any more. Refuse it. If it is still wanted, ask for it again."
)


class AlreadyProposed(RuleBroken):
    """The same is waiting already; `proposal_id` is the first one's."""

    def __init__(self, proposal_id: UUID, name: str, proposed_at: datetime) -> None:
        super().__init__(f"{name} asked for this on {moment_in_words(proposed_at)}. It is waiting for approval.")
        self.proposal_id = proposal_id


def propose(
    kind: ProposalKind,
    object_kind: ObjectKind,
    object_id: UUID,
    payload: dict[str, Any],
    reason: str,
    *,
    authorities: Iterable[UUID] = (),
    code: str = "",
) -> Proposal:
    """Ask for approval by somebody of each of these authorities; the proposer's own is always among them.

    Everybody who may decide it gets a mail once the transaction is committed.

    `payload` is JSON and kept sealed. `code` is what tells two open proposals for one object apart, and nothing
    personal. Raises AlreadyProposed while the same is open.
    """
    proposal_id = uuid4()
    proposed = db.session.execute(
        text("CALL propose(:id, :kind, :object_kind, :object, :code, :payload, :reason, :authorities, :expiry, NULL)"),
        {
            "id": proposal_id,
            "kind": kind.value,
            "object_kind": object_kind.value,
            "object": object_id,
            "code": code,
            "payload": _sealed("payload_sealed", proposal_id, json.dumps(payload)),
            "reason": _sealed("reason_sealed", proposal_id, reason),
            "authorities": list(authorities),
            "expiry": datetime.now(UTC) + PROPOSAL_LASTS,
        },
    ).scalar_one()
    if not proposed:
        raise AlreadyProposed(*queries.open_proposal(kind, object_id, code))
    proposal = queries.one_proposal(proposal_id)
    _record(Action.PROPOSED, proposal)
    jobs.defer(tell_approvers, proposal_id=proposal_id)
    return proposal


def approve(proposal_id: UUID) -> Proposal:
    """Agree for one's own authority; with the last approval the proposal is carried out, all or nothing.

    Raises RuleBroken where somebody decided it first, it expired, the record changed since, or whoever asked for it
    could not do so today.
    """
    proposal = _decide(proposal_id, approved=True)
    _record(Action.APPROVED, proposal)
    if proposal.status is ProposalStatus.APPROVED:
        registered(proposal.kind).carry_out(proposal)
    return proposal


def refuse(proposal_id: UUID, reason: str) -> Proposal:
    """Turn it down for one's own authority, which ends it for all. Raises RuleBroken as `approve` does."""
    proposal = _decide(proposal_id, approved=False, reason=reason)
    _record(Action.PROPOSAL_REFUSED, proposal)
    return proposal


def withdraw(proposal_id: UUID) -> Proposal:
    """Take one's own proposal back. Raises RuleBroken where it was decided first."""
    if queries.one_proposal(proposal_id).proposed_by != _acting().id:
        raise RuleBroken("Only whoever asked for this can take it back.")
    taken = db.session.execute(text("CALL withdraw_proposal(:id, NULL)"), {"id": proposal_id}).scalar_one()
    proposal = queries.one_proposal(proposal_id)
    if not taken:
        raise RuleBroken(what_happened(proposal))
    _record(Action.PROPOSAL_WITHDRAWN, proposal)
    return proposal


def _decide(proposal_id: UUID, *, approved: bool, reason: str = "") -> Proposal:
    user, before = _acting(), queries.one_proposal(proposal_id)
    if is_their_own(user.id, before.proposed_by, before.object_id):
        raise RuleBroken("Somebody else must decide this: you asked for it, or it is about you.")
    if before.permission not in user.permissions or user.authority.id not in before.authorities:
        abort(404)
    refusal = None if approved else _sealed("refusal_sealed", proposal_id, reason)
    outcome = db.session.execute(
        text("CALL decide_proposal(:id, :approved, :refusal, NULL, NULL)"),
        {"id": proposal_id, "approved": approved, "refusal": refusal},
    ).one()
    proposal = queries.one_proposal(proposal_id)
    if outcome.taken:
        return proposal
    if proposal.status_now is ProposalStatus.OPEN and not outcome.proposer_may:
        raise RuleBroken(PROPOSER_GONE.format(proposal.proposed_by_name))
    raise RuleBroken(what_happened(proposal, user.authority.id))


def _acting() -> ActingUser:
    return who_is_acting() or abort(404)


def _record(action: Action, proposal: Proposal) -> None:
    """In the trail of every authority that it concerns: what kind and which record, never why."""
    audit.record_many(
        action,
        ObjectKind.PROPOSAL,
        [(proposal.id, authority_id) for authority_id in proposal.authorities],
        details={"kind": proposal.kind, "of": proposal.object_kind, "id": str(proposal.object_id)},
    )


def _sealed(column: str, proposal_id: UUID, words: str) -> bytes:
    return current_app.config["KEYS"].seal(words.encode(), "proposal", column, proposal_id)
