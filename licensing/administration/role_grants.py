"""What a second person's approval does to an account: a privileged role given, an authenticator reset."""

from datetime import UTC, datetime

from sqlalchemy import text

from licensing import mail
from licensing.accounts.acting import new_token, token_hash
from licensing.approvals.kinds import ProposalKind, Shown, carries_out
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.mail.rules import LinkKind
from licensing.permissions import Permission, Role

CLOSED_SINCE = "The account was closed, or changed so that this does nothing. Refuse it."


def _shows_role(proposal: Proposal) -> Shown:
    role = Role(proposal.code).label
    return Shown(f"Give the role {role}", [*_who(proposal), ("Role", role)])


@carries_out(ProposalKind.ROLE_GRANT, approver=Permission.ROLES_APPROVE, shows=_shows_role)
def give_approved_role(proposal: Proposal) -> None:
    """The database gives it to whom, and as what, the approved proposal says."""
    if not db.session.execute(text("CALL grant_approved_role(:id, NULL)"), {"id": proposal.id}).scalar_one():
        raise RuleBroken(CLOSED_SINCE)
    told = {"role": proposal.code, "proposal": str(proposal.id)}
    audit.record(Action.ROLE_GRANTED, ObjectKind.USER, proposal.object_id, details=told)


def _shows_reset(proposal: Proposal) -> Shown:
    return Shown("Reset an authenticator", [*_who(proposal), ("They still need", "Their password")])


@carries_out(ProposalKind.SECOND_FACTOR_RESET, approver=Permission.ROLES_APPROVE, shows=_shows_reset)
def send_approved_reset(proposal: Proposal) -> None:
    """A link with which they set up a new authenticator."""
    expiry = datetime.now(UTC) + LinkKind.SECOND_FACTOR_RESET.lasts
    issued = db.session.execute(
        text("CALL issue_approved_reset(:id, :token_hash, :expiry, NULL)"),
        {"id": proposal.id, "token_hash": token_hash(new_token()), "expiry": expiry},
    ).scalar_one()
    if not issued:
        raise RuleBroken(CLOSED_SINCE)
    audit.record(Action.SECOND_FACTOR_RESET, ObjectKind.USER, proposal.object_id)
    mail.send_link(proposal.object_id, LinkKind.SECOND_FACTOR_RESET)


def _who(proposal: Proposal) -> list[tuple[str, object]]:
    return [("For", proposal.payload["name"]), ("Email address", proposal.payload["email"])]
