"""Accepting an invitation: a password, an authenticator, and a first code to show that it works."""

from dataclasses import dataclass
from uuid import UUID

import segno
from pyotp.totp import TOTP
from sqlalchemy import text

from licensing.accounts.acting import token_hash
from licensing.accounts.rules import check_password
from licensing.accounts.sign_in import hasher, open_totp_secret, step_of_code
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.web import SERVICE_NAME


@dataclass(frozen=True)
class Invited:
    """Who an unused invitation is for, and the authenticator secret that was made for them."""

    user_id: UUID
    email: str
    name: str
    secret: str

    @property
    def setup_address(self) -> str:
        return TOTP(self.secret).provisioning_uri(name=self.email, issuer_name=SERVICE_NAME)

    @property
    def picture(self) -> str:
        """The set-up address as an inline SVG picture for an authenticator's camera."""
        return segno.make(self.setup_address, error="m").svg_inline(
            scale=5, title="Picture to scan with your authenticator", omitsize=True, svgclass="app-qr"
        )


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
    if row["user_id"] is None:
        return None
    return Invited(row["user_id"], row["email"], row["name"], open_totp_secret(row["totp_sealed"], row["user_id"]))


def accept(token: str, invited: Invited, name: str, password: str, code: str) -> None:
    """Make the account usable. Raises RuleBroken with the field to mend."""
    check_password(password, (name, invited.email))
    step = step_of_code(invited.secret, code)
    if step is None:
        raise RuleBroken(
            "The code is not the one your authenticator shows now. Wait for the next and type that.", "code"
        )
    accepted = db.session.execute(
        text("CALL accept_invitation(:token_hash, :name, :password_hash, :step, NULL)"),
        {"token_hash": token_hash(token), "name": name, "password_hash": hasher.hash(password), "step": step},
    ).scalar_one()
    if not accepted:
        raise RuleBroken("This invitation was used a moment ago. Sign in with the password that was chosen then.")
    audit.record(Action.INVITATION_ACCEPTED, ObjectKind.USER, invited.user_id)
