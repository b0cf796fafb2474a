"""Proving who one is: password and authenticator code together, throttled, the same answer for every failure."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hmac import compare_digest
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from pyotp.totp import TOTP
from sqlalchemy import text

from licensing.accounts.acting import new_token, token_hash
from licensing.accounts.rules import ABSOLUTE_LIMIT
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import act_as, db
from licensing.errors import RuleBroken

REFUSED = "The email address, password or code is not right. Check all three and try again."
THROTTLED = "There have been too many attempts. Wait 15 minutes and try again."

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

STEP_SECONDS = 30


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
    step = _proven_step(details, password, code)
    token = new_token()
    opened = None if step is None or details.throttled else _open(details.user_id, token, step)
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
    return token


def step_of_code(secret: str, code: str) -> int | None:
    """The time step whose code this is, allowing one step's difference between clocks; None when it is none's."""
    totp = TOTP(secret, interval=STEP_SECONDS)
    now = int(time.time()) // STEP_SECONDS
    typed = "".join(code.split())
    matching = [
        step for step in (now - 1, now, now + 1) if compare_digest(totp.generate_otp(step).encode(), typed.encode())
    ]
    return max(matching, default=None)


def open_totp_secret(sealed: bytes, user_id: UUID) -> str:
    """The authenticator secret of a user."""
    return current_app.config["KEYS"].open(sealed, "credential", "totp_sealed", user_id).decode()


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


def _proven_step(details: Details, password: str, code: str) -> int | None:
    """The code's time step when password and code are both right. An unknown account takes as long as a known one."""
    right = _verify(details.password_hash or _decoy_hash(), password)
    if not right or details.user_id is None or details.totp_sealed is None:
        return None
    return step_of_code(open_totp_secret(details.totp_sealed, details.user_id), code)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy_hash() -> str:
    return hasher.hash(new_token())


def _open(user_id: UUID | None, token: str, step: int) -> UUID | None:
    """A new session's id, or None when this code was used before."""
    return db.session.execute(
        text("CALL open_session(:user_id, :token_hash, :expires_at, :step, NULL)"),
        {
            "user_id": user_id,
            "token_hash": token_hash(token),
            "expires_at": datetime.now(UTC) + ABSOLUTE_LIMIT,
            "step": step,
        },
    ).scalar_one()
