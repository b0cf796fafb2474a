"""Who may give a link its token, asked of the database as the application's role."""

import pytest
from factories import accounts
from flask import Flask
from sqlalchemy import text

from licensing.accounts.acting import token_hash
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session


def give_token() -> bool:
    given = db.session.execute(text("CALL give_link_token(:hash, NULL)"), {"hash": token_hash("known")}).scalar_one()
    db.session.commit()
    return bool(given)


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_gives_a_link_a_token_of_their_own(app: Flask, role: Role | None) -> None:
    """Outside the job that sends its mail, not even an administrator's session can."""
    officer = accounts.user(Role.LICENSING_OFFICER)
    accounts.issue_link(officer, "password_reset")
    with acting_as(accounts.open_session(accounts.user(role)) if role else ""):
        assert not give_token()
    with owner_session() as session:
        known = "SELECT count(*) FROM invitation WHERE token_hash = :hash"
        assert session.scalar(text(known), {"hash": token_hash("known")}) == 0
