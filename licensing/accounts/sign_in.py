"""Proving who one is: password and authenticator code together, throttled, the same answer for every failure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from sqlalchemy import text

from licensing.accounts.acting import new_token, token_hash
from licensing.accounts.rules import ABSOLUTE_LIMIT
from licensing.accounts.second_factor import Proof, proof_of
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import act_as, db
from licensing.errors import RuleBroken

REFUSED = "The email address, password or code is not right. Check all three and try again."
THROTTLED = "There have been too many attempts. Wait 15 minutes and try again."

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@dataclass(frozen=True)
class Details:
    """What the database tells for one attempt to sign in."""

    user_id: UUID | None
    password_hash: str | None
    totp_sealed: bytes | None
    throttled: bool


def sign_in(email: str, password: str, code: str, address: str) -> str:
    """Open a session and return its token. Raises RuleBroken; either way the attempt is on the trail."""
    keys = current_app.config["KEYS"]
    account, place = keys.digest("account", email), keys.digest("address", address)
    details = _details(email, account, place)
    proof = _proof(details, password, code)
    token = new_token()
    opened = None if proof is None or details.throttled else _open(details.user_id, token, proof)
    if not details.throttled:  # what is turned away unheard prolongs nobody's wait
        db.session.execute(
            text("CALL note_attempt(:account, :address, :succeeded)"),
            {"account": account, "address": place, "succeeded": opened is not None},
        )
    if opened is None:
        audit.record(Action.SIGN_IN_REFUSED, ObjectKind.USER, details.user_id)
        db.session.commit()
        raise RuleBroken(THROTTLED if details.throttled else REFUSED)
    act_as(token)
    audit.record(Action.SIGNED_IN, ObjectKind.USER, details.user_id)
    if proof and proof.step is None:
        audit.record(Action.RECOVERY_CODE_USED, ObjectKind.USER, details.user_id)
    return token


def _details(email: str, account: bytes, address: bytes) -> Details:
    row = (
        db.session.execute(
            text("CALL sign_in_details(:email, :account, :address, NULL, NULL, NULL, NULL)"),
            {"email": email, "account": account, "address": address},
        )
        .mappings()
        .one()
    )
    return Details(**row)


def _proof(details: Details, password: str, code: str) -> Proof | None:
    """The second factor when the password is right too. An unknown account takes as long as a known one."""
    right = is_password(details.password_hash or _decoy_hash(), password)
    if not right or details.user_id is None or details.totp_sealed is None:
        return None
    return proof_of(details.totp_sealed, details.user_id, code)


def is_password(password_hash: str, password: str) -> bool:
    """Whether this password was hashed so."""
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy_hash() -> str:
    return hasher.hash(new_token())


def _open(user_id: UUID | None, token: str, proof: Proof) -> UUID | None:
    """A new session's id, or None when this code was used before."""
    values = {
        "user_id": user_id,
        "token_hash": token_hash(token),
        "expires_at": datetime.now(UTC) + ABSOLUTE_LIMIT,
        "step": proof.step,
        "code_hash": proof.code_hash,
    }
    by_step = "CALL open_session(:user_id, :token_hash, :expires_at, :step, NULL)"
    by_recovery = "CALL open_session_by_recovery(:user_id, :token_hash, :expires_at, :code_hash, NULL)"
    return db.session.execute(text(by_recovery if proof.step is None else by_step), values).scalar_one()
