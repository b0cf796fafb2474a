"""What an administrator does to the accounts of their authority; never to their own.

Each verb calls a procedure of migration 0008, which looks up itself who is acting and refuses what is not theirs.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pyotp
from sqlalchemy import text

from licensing import mail
from licensing.accounts.acting import ActingUser, new_token, token_hash
from licensing.accounts.rules import INVITATION_LASTS, UserStatus
from licensing.accounts.second_factor import seal_secret
from licensing.administration import queries
from licensing.administration.models import AccessReview, AccessReviewEntry
from licensing.administration.queries import Account
from licensing.approvals import changes as approvals
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.mail.rules import LinkKind
from licensing.permissions import PRIVILEGED, Role

OVERTAKEN = "Somebody changed this account a moment ago. Look at it again."
_OF_STATUS = {
    UserStatus.SUSPENDED: Action.USER_SUSPENDED,
    UserStatus.ACTIVE: Action.USER_REINSTATED,
    UserStatus.CLOSED: Action.USER_CLOSED,
}
_OF_LINK = {
    LinkKind.INVITATION: Action.USER_INVITED,
    LinkKind.PASSWORD_RESET: Action.PASSWORD_RESET_SENT,
    LinkKind.SECOND_FACTOR_RESET: Action.SECOND_FACTOR_RESET,
}


def invite(user: ActingUser, email: str, name: str, role: Role, reason: str) -> UUID:
    """An account waiting for its holder, the link on its way; a privileged role is asked for, others given at once."""
    invited_id = uuid4()
    invited = db.session.execute(
        text("CALL invite_user(:id, :email, :name, :totp, :token_hash, :expiry, NULL)"),
        {
            "id": invited_id,
            "email": email,
            "name": name,
            "totp": seal_secret(pyotp.random_base32(), invited_id),
            "token_hash": token_hash(new_token()),
            "expiry": datetime.now(UTC) + INVITATION_LASTS,
        },
    ).scalar_one()
    if not invited:
        raise RuleBroken("Somebody with this email address has an account, here or with another council", "email")
    audit.record(Action.USER_INVITED, ObjectKind.USER, invited_id)
    give_role(user, queries.one_account(invited_id), role, reason)
    mail.send_link(invited_id, LinkKind.INVITATION)
    return invited_id


def give_role(user: ActingUser, account: Account, role: Role, reason: str) -> Proposal | None:
    """Give a role, or ask for approval where it needs two; then the proposal is returned."""
    refuse_oneself(user, account.id)
    if account.holds(role):
        raise RuleBroken(f"{account.called} holds this role already", "role")
    if role in PRIVILEGED:
        if not reason:
            raise RuleBroken("Say why they need this role: whoever approves it reads this", "reason")
        return approvals.propose(
            ProposalKind.ROLE_GRANT, ObjectKind.USER, account.id, _who(account), reason, code=role.value
        )
    _call("grant_role", account.id, {"role": role.value})
    audit.record(Action.ROLE_GRANTED, ObjectKind.USER, account.id, details={"role": role.value})
    return None


def end_role(user: ActingUser, account: Account, role: Role) -> None:
    """Take a role away; it holds from their next request."""
    refuse_oneself(user, account.id)
    _call("end_role", account.id, {"role": role.value})
    audit.record(Action.ROLE_ENDED, ObjectKind.USER, account.id, details={"role": role.value})


def set_status(user: ActingUser, user_id: UUID, status: UserStatus) -> None:
    """Suspend, reinstate or close an account. Suspending ends its sessions and links; closing its roles too."""
    refuse_oneself(user, user_id)
    _call("set_user_status", user_id, {"status": status.value})
    audit.record(_OF_STATUS[status], ObjectKind.USER, user_id)


def send_link(user: ActingUser, user_id: UUID, kind: LinkKind) -> None:
    """A new link in place of any of the same kind."""
    refuse_oneself(user, user_id)
    values = {"kind": kind.value, "token_hash": token_hash(new_token()), "expiry": datetime.now(UTC) + kind.lasts}
    _call("issue_link", user_id, values)
    audit.record(_OF_LINK[kind], ObjectKind.USER, user_id)
    mail.send_link(user_id, kind)


def reset_second_factor(user: ActingUser, account: Account, reason: str) -> Proposal | None:
    """A link to set up a new authenticator; whoever holds a privileged role gets it with a second person's approval."""
    refuse_oneself(user, account.id)
    if not PRIVILEGED & {held.role for held in account.roles}:
        send_link(user, account.id, LinkKind.SECOND_FACTOR_RESET)
        return None
    if not reason:
        raise RuleBroken("Say how you know that it is they who ask: whoever approves it reads this", "grounds")
    return approvals.propose(ProposalKind.SECOND_FACTOR_RESET, ObjectKind.USER, account.id, _who(account), reason)


def withdraw_links(user: ActingUser, user_id: UUID) -> None:
    """Make every link that is on its way worthless."""
    refuse_oneself(user, user_id)
    _call("withdraw_links", user_id, {})
    audit.record(Action.CHANGED, ObjectKind.USER, user_id, details={"what": "links withdrawn"})


def end_sessions(user: ActingUser, user_id: UUID) -> None:
    """Sign somebody out everywhere."""
    refuse_oneself(user, user_id)
    db.session.execute(text("CALL end_user_sessions(:user)"), {"user": user_id})
    audit.record(Action.SESSION_ENDED, ObjectKind.USER, user_id)


def record_review(user: ActingUser, reviewed_on: date, closed: set[UUID]) -> None:
    """Write down that access was reviewed, each account kept or closed; one's own is always kept."""
    open_accounts = queries.accounts(with_closed=False)
    if closed - {one.id for one in open_accounts}:
        raise RuleBroken(OVERTAKEN)
    review = AccessReview(
        id=uuid4(),
        authority_id=user.authority.id,
        reviewed_on=reviewed_on,
        reviewed_by=user.id,
        reviewed_by_name=user.name,
    )
    db.session.add(review)
    db.session.flush()
    db.session.add_all(_entry(review, one, one.id not in closed) for one in open_accounts)
    db.session.flush()
    for user_id in sorted(closed):
        set_status(user, user_id, UserStatus.CLOSED)
    told = {"accounts": len(open_accounts), "closed": len(closed)}
    audit.record(Action.ACCESS_REVIEWED, ObjectKind.AUTHORITY, user.authority.id, details=told)


def refuse_oneself(user: ActingUser, user_id: UUID) -> None:
    """RuleBroken where somebody would change their own account as administrator."""
    if user.id == user_id:
        raise RuleBroken("Another administrator must do this to your own account")


def _entry(review: AccessReview, account: Account, kept: bool) -> AccessReviewEntry:
    return AccessReviewEntry(
        review_id=review.id,
        authority_id=review.authority_id,
        user_id=account.id,
        roles=[held.role.value for held in account.roles],
        kept=kept,
    )


def _call(procedure: str, user_id: UUID, values: Mapping[str, Any]) -> None:
    """Call a procedure of 0008 about a user; RuleBroken when the account is no longer as it was."""
    parameters = ", ".join(f":{name}" for name in ("user", *values))
    done = db.session.execute(text(f"CALL {procedure}({parameters}, NULL)"), {"user": user_id, **values}).scalar_one()
    if not done:
        raise RuleBroken(OVERTAKEN)


def _who(account: Account) -> dict[str, str]:
    """Whom a proposal is about, as the approver knows them."""
    return {"name": account.called, "email": account.email}
