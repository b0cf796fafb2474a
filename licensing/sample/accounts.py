"""The sample users as the database has them now."""

import time

from pyotp.totp import TOTP
from sqlalchemy import select
from sqlalchemy.orm import Session

from licensing.accounts.models import Authority, Credential, RoleHeld, User
from licensing.accounts.rules import UserStatus
from licensing.accounts.second_factor import STEP_SECONDS
from licensing.sample.codes import seconds_to_wait, step_to_type
from licensing.sample.users import PASSWORD, totp_secret


class NoSuchSample(Exception):
    """What was asked for is not there; the message says what to do."""


class NoCodeLeft(Exception):
    """Every code that signing in would take now has been used; the message says how long to wait."""


def who_can_sign_in(session: Session) -> list[dict[str, str]]:
    """E-mail, password, authenticator secret, role and council's GSS code of every sample user, council by council."""
    found = session.execute(
        select(User.email, RoleHeld.role, Authority.code)
        .join(RoleHeld, RoleHeld.user_id == User.id)
        .join(Authority, Authority.id == User.authority_id)
        .where(User.is_sample, User.status == UserStatus.ACTIVE, RoleHeld.ended_at.is_(None))
        .order_by(Authority.code, User.email, RoleHeld.role)
    )
    return [
        {
            "email": email,
            "password": PASSWORD,
            "totp_secret": totp_secret(email),
            "role": role.value,
            "authority": code,
        }
        for email, role, code in found
    ]


def code_to_type(session: Session, email: str) -> str:
    """The six digits that signing in takes now. Raises NoSuchSample, or NoCodeLeft when all were used."""
    email = email.lower()
    last_used = session.scalar(
        select(Credential.totp_last_step)
        .join(User, User.id == Credential.user_id)
        .where(User.email == email, User.is_sample)
    )
    if last_used is None:
        raise NoSuchSample(f"{email} is not a sample user. See who is with: flask --app wsgi sample users")
    now = int(time.time())
    step = step_to_type(last_used, now)
    if step is None:
        raise NoCodeLeft(f"All codes up to now have been used. Ask again in {seconds_to_wait(last_used, now)} seconds.")
    return TOTP(totp_secret(email), interval=STEP_SECONDS).generate_otp(step)
