"""Accepting an invitation: a password, an authenticator, and a first code to show that it works."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from licensing.accounts.acting import token_hash
from licensing.accounts.rules import check_password
from licensing.accounts.second_factor import Setup, step_of_new
from licensing.accounts.sign_in import hasher
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken


@dataclass(frozen=True)
class Invited:
    """Who an unused invitation is for."""

    user_id: UUID
    email: str
    name: str


def find(token: str) -> Invited | None:
    """Who may use this invitation, or None when it is unknown, used or out of date."""
    row = (
        db.session.execute(
            text("CALL invitation_details(:token_hash, NULL, NULL, NULL, NULL)"),
            {"token_hash": token_hash(token)},
        )
        .mappings()
        .one()
    )
    return Invited(row["user_id"], row["email"], row["name"]) if row["user_id"] else None


def accept(token: str, invited: Invited, setup: Setup, name: str, password: str, code: str) -> None:
    """Make the account usable. Raises RuleBroken with the field to mend."""
    check_password(password, (name, invited.email))
    step = step_of_new(setup, code)
    accepted = db.session.execute(
        text("CALL accept_invitation(:token_hash, :name, :password_hash, :totp, :step, NULL)"),
        {
            "token_hash": token_hash(token),
            "name": name,
            "password_hash": hasher.hash(password),
            "totp": setup.sealed,
            "step": step,
        },
    ).scalar_one()
    if not accepted:
        raise RuleBroken("This invitation was used a moment ago. Sign in with the password that was chosen then.")
    audit.record(Action.INVITATION_ACCEPTED, ObjectKind.USER, invited.user_id)
