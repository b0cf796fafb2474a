"""The second factor: the authenticator's six digits, or one of ten recovery codes, each good once.

Whether a code is still unused the database says, in the statement that takes it (take_second_factor, 0008).
"""

import secrets
import time
from dataclasses import dataclass
from functools import cached_property
from hmac import compare_digest
from uuid import UUID

import pyotp
import segno
from flask import current_app
from pyotp.totp import TOTP

from licensing.accounts.rules import RECOVERY_CODES
from licensing.errors import RuleBroken
from licensing.keys import SealBroken
from licensing.references import LETTERS
from licensing.web import SERVICE_NAME

STEP_SECONDS = 30
_PLACE = ("credential", "totp_sealed")
_RECOVERY_LETTERS = 12  # sixty bits


@dataclass(frozen=True)
class Proof:
    """What was typed as the second factor, for the database to take: a time step, or a recovery code's hash."""

    step: int | None
    code_hash: bytes | None = None


@dataclass(frozen=True)
class Setup:
    """A new authenticator that nobody has shown to work yet: its secret, and the same sealed for its user's row.

    It travels sealed in the form and is kept with the account only once a code has proved it, so that every view
    of an invitation shows another secret, and one that somebody saw before opens nothing.
    """

    secret: str
    sealed: bytes
    email: str

    @property
    def kept(self) -> str:
        return self.sealed.hex()

    @cached_property
    def picture(self) -> str:
        """The set-up address as an inline SVG picture for an authenticator's camera."""
        address = TOTP(self.secret).provisioning_uri(name=self.email, issuer_name=SERVICE_NAME)
        return segno.make(address, error="m").svg_inline(
            scale=5, title="Picture to scan with your authenticator", omitsize=True, svgclass="app-qr"
        )


def setup_from(kept: str, user_id: UUID, email: str) -> Setup:
    """The authenticator that this form was showing, or a new one where there is none of this user's."""
    try:
        sealed = bytes.fromhex(kept)
        return Setup(open_secret(sealed, user_id), sealed, email)
    except (ValueError, SealBroken):
        secret = pyotp.random_base32()
        return Setup(secret, seal_secret(secret, user_id), email)


def step_of_new(setup: Setup, code: str, field: str = "code") -> int:
    """The time step that shows a new authenticator to work. Raises RuleBroken at the field."""
    step = step_of_code(setup.secret, code)
    if step is None:
        raise RuleBroken(
            "The code is not the one your authenticator shows now. Wait for the next and type that.", field
        )
    return step


def proof_of(totp_sealed: bytes, user_id: UUID, typed: str) -> Proof | None:
    """The second factor that was typed, or None when it can be neither of the two."""
    step = step_of_code(open_secret(totp_sealed, user_id), typed)
    if step is not None:
        return Proof(step)
    letters = _letters(typed)
    return Proof(None, recovery_hash(user_id, letters)) if len(letters) == _RECOVERY_LETTERS else None


def step_of_code(secret: str, code: str) -> int | None:
    """The time step whose code this is, allowing one step's difference between clocks; None when it is none's."""
    totp = TOTP(secret, interval=STEP_SECONDS)
    now = int(time.time()) // STEP_SECONDS
    typed = "".join(code.split())
    matching = [
        step for step in (now - 1, now, now + 1) if compare_digest(totp.generate_otp(step).encode(), typed.encode())
    ]
    return max(matching, default=None)


def seal_secret(secret: str, user_id: UUID) -> bytes:
    """An authenticator's secret as it is kept with its user."""
    return current_app.config["KEYS"].seal(secret.encode(), *_PLACE, user_id)


def open_secret(sealed: bytes, user_id: UUID) -> str:
    """The authenticator secret of a user."""
    return current_app.config["KEYS"].open(sealed, *_PLACE, user_id).decode()


def new_recovery_codes() -> list[str]:
    """Ten fresh codes as 7K2M-9XQ4-0ABC."""
    return [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(_RECOVERY_LETTERS // 4))
        for _ in range(RECOVERY_CODES)
    ]


def recovery_hash(user_id: UUID, code: str) -> bytes:
    """How a recovery code is kept: the key is not in the database, so a copy of it gives none to try."""
    return current_app.config["KEYS"].digest("recovery", f"{user_id} {_letters(code)}")


def _letters(typed: str) -> str:
    """A typed code without its hyphens, with the letters that are read for others put right."""
    return "".join(c for c in typed.upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))
