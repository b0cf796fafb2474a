"""Choosing a new password, or setting up a new authenticator, by a link that works once.

The one never skips the other: a new password needs the authenticator or a recovery code, and a new
authenticator needs the password.
"""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from sqlalchemy import text

from licensing import mail
from licensing.accounts.acting import new_token, token_hash
from licensing.accounts.rules import check_password
from licensing.accounts.second_factor import Proof, Setup, proof_of, step_of_new
from licensing.accounts.sign_in import hasher, is_password
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.mail.rules import LinkKind

GONE = "This link has been used or is too old. Ask for another."


@dataclass(frozen=True)
class Linked:
    """Whom an unused link is for."""

    user_id: UUID
    email: str
    name: str
    password_hash: str
    totp_sealed: bytes


def ask_for_password(email: str, address: str) -> None:
    """A link by mail, for whoever has an active account under this address; known or not, the same is answered."""
    keys = current_app.config["KEYS"]
    user_id = db.session.execute(
        text("CALL ask_for_password_reset(:email, :account, :address, :token_hash, NULL)"),
        {
            "email": email,
            "account": keys.digest("forgotten", email),
            "address": keys.digest("forgotten from", address),
            "token_hash": token_hash(new_token()),
        },
    ).scalar_one()
    action = Action.PASSWORD_RESET_SENT if user_id else Action.SIGN_IN_REFUSED
    audit.record(action, ObjectKind.USER, user_id)
    if user_id:
        mail.send_link(user_id, LinkKind.PASSWORD_RESET)


def find(token: str, kind: LinkKind) -> Linked | None:
    """Whom this link is for, or None when it is unknown, used, too old or spent by wrong answers."""
    row = (
        db.session.execute(
            text("CALL link_details(:token_hash, :kind, NULL, NULL, NULL, NULL, NULL)"),
            {"token_hash": token_hash(token), "kind": kind.value},
        )
        .mappings()
        .one()
    )
    return Linked(**row) if row["user_id"] else None


def choose_password(token: str, linked: Linked, password: str, code: str) -> None:
    """Set the new password and end every session. Raises RuleBroken; a wrong code is counted, so commit either way."""
    check_password(password, (linked.name, linked.email))
    proof = proof_of(linked.totp_sealed, linked.user_id, code) or Proof(None)
    outcome = db.session.execute(
        text("CALL reset_password(:token_hash, :password_hash, :step, :code_hash, NULL)"),
        {
            "token_hash": token_hash(token),
            "password_hash": hasher.hash(password),
            "step": proof.step,
            "code_hash": proof.code_hash,
        },
    ).scalar_one()
    _say(outcome, "The code is not right, or was used before. Wait for the next and type that.", "code")
    audit.record(Action.PASSWORD_CHANGED, ObjectKind.USER, linked.user_id)


def set_up_authenticator(token: str, linked: Linked, setup: Setup, password: str, code: str) -> None:
    """Take the new authenticator and end every session. Raises RuleBroken as `choose_password` does."""
    step = step_of_new(setup, code)
    outcome = db.session.execute(
        text("CALL reset_second_factor(:token_hash, :right, :totp, :step, NULL)"),
        {
            "token_hash": token_hash(token),
            "right": is_password(linked.password_hash, password),
            "totp": setup.sealed,
            "step": step,
        },
    ).scalar_one()
    _say(outcome, "The password is not the one you sign in with", "password")
    audit.record(Action.SECOND_FACTOR_RESET, ObjectKind.USER, linked.user_id)


def _say(outcome: str, wrong: str, field: str) -> None:
    if outcome == "wrong":
        raise RuleBroken(wrong, field)
    if outcome == "gone":
        raise RuleBroken(GONE)
