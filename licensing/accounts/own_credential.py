"""Proving again who one is, while signed in. Wrong answers are counted: a stolen session cannot try all codes."""

from dataclasses import dataclass
from typing import NoReturn

from flask import current_app
from sqlalchemy import text

from licensing.accounts.acting import ActingUser
from licensing.accounts.second_factor import Proof, proof_of
from licensing.accounts.sign_in import THROTTLED, is_password
from licensing.db import db
from licensing.errors import RuleBroken

WRONG_CODE = "The code is not right, or was used before. Wait for the next and type that."
WRONG_PASSWORD = "The password is not the one you sign in with"


@dataclass(frozen=True)
class Own:
    """What proves who the acting user is."""

    password_hash: str
    totp_sealed: bytes
    throttled: bool
    codes_left: int


def own(user: ActingUser) -> Own:
    """The acting user's own credential."""
    called = text("CALL own_credential(:account, NULL, NULL, NULL, NULL)")
    return Own(**db.session.execute(called, {"account": _counted_under(user)}).mappings().one())


def check_password_of(user: ActingUser, password: str, field: str) -> None:
    """RuleBroken at the field unless this is the acting user's password."""
    known = own(user)
    if known.throttled:
        raise RuleBroken(THROTTLED)
    if not is_password(known.password_hash, password):
        refuse(user, WRONG_PASSWORD, field)


def proof(user: ActingUser, code: str, field: str = "code") -> Proof:
    """The second factor that was typed, for the database to take. RuleBroken at the field when it can be none."""
    known = own(user)
    if known.throttled:
        raise RuleBroken(THROTTLED)
    typed = proof_of(known.totp_sealed, user.id, code)
    return typed if typed else refuse(user, WRONG_CODE, field)


def refuse(user: ActingUser, message: str, field: str) -> NoReturn:
    """Count a wrong answer, which is kept whatever follows, and say so."""
    db.session.rollback()
    noted = text("CALL note_attempt(:account, :address, false)")
    db.session.execute(noted, {"account": _counted_under(user), "address": b""})
    db.session.commit()
    raise RuleBroken(message, field)


def _counted_under(user: ActingUser) -> bytes:
    return current_app.config["KEYS"].digest("again", str(user.id))
