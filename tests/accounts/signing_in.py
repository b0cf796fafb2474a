"""Filling in the sign-in form, and looking at what came of it as the owner of the database."""

import re
import time
from typing import Any
from uuid import UUID

import pyotp
from accounts.browsers import Browser
from factories import accounts
from sqlalchemy import text
from werkzeug.test import TestResponse

from licensing.permissions import Role
from licensing.setup import owner_session

EMAIL = "officer@oxford.example.org"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.9"


def officer(email: str = EMAIL, role: Role = Role.LICENSING_OFFICER) -> UUID:
    """Somebody who can sign in with the form."""
    return accounts.user(role, email=email, with_password=True)


def code(steps_ahead: int = 0) -> str:
    """The authenticator's code, now or the next: each works once."""
    return pyotp.TOTP(accounts.TOTP_SECRET).at(int(time.time()) + 30 * steps_ahead)


def sign_in(
    browser: Browser,
    email: str = EMAIL,
    *,
    password: str = accounts.PASSWORD,
    with_code: str | None = None,
    address: str = HOME,
    after: str = "",
) -> TestResponse:
    """Send the form from a network address, on the way to the page `after`."""
    typed = {"email": email, "password": password, "code": code() if with_code is None else with_code}
    query = {"next": after} if after else {}
    return browser.post("/sign-in", data=typed, query_string=query, environ_overrides={"REMOTE_ADDR": address})


def as_owner(statement: str, **values: Any) -> list[Any]:
    """Run one statement as the owner and commit; the rows, when it returns any."""
    with owner_session() as session:
        done = session.execute(text(statement), values)
        rows: list[Any] = list(done.all()) if done.returns_rows else []  # type: ignore[attr-defined]  (a cursor's)
        session.commit()
        return rows


def trail(*columns: str) -> list[tuple[Any, ...]]:
    """These columns of every entry, oldest first."""
    return [tuple(row) for row in as_owner(f"SELECT {', '.join(columns)} FROM audit_entry ORDER BY number")]


def masked(page: str) -> str:
    """A page without what differs from one answer to the next: nonces, form tokens, errors' numbers, what was typed."""
    return re.sub(r'(nonce|value)="[^"]*"|(?<=eference">)[0-9A-F]{8}', "", page)
