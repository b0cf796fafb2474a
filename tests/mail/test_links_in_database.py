"""Who may issue a link, asked of the database as the application's role."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from factories import accounts
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.accounts.acting import token_hash
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

FAR_OFF = datetime.now(UTC) + timedelta(days=999)


def issued(user_id: UUID, kind: str = "password_reset") -> bool:
    values = {"user": user_id, "kind": kind, "hash": token_hash("link"), "expires": FAR_OFF}
    try:
        db.session.execute(text("CALL issue_link(:user, :kind, :hash, :expires)"), values)
    except DBAPIError:
        db.session.rollback()
        return False
    db.session.commit()
    return True


def test_an_administrator_issues_links_in_their_own_council_and_nobody_else_does(app: Flask) -> None:
    officer, elsewhere = accounts.user(Role.LICENSING_OFFICER), accounts.user(Role.LICENSING_OFFICER, accounts.WEST)
    for role in (Role.LICENSING_OFFICER, Role.AUDITOR, Role.LICENSING_MANAGER):
        with acting_as(accounts.open_session(accounts.user(role))):
            assert not issued(officer), role
    assert not issued(officer)
    administrator = accounts.user(Role.ADMINISTRATOR)
    with acting_as(accounts.open_session(administrator)):
        assert not issued(elsewhere)
        assert not issued(administrator)
        assert not issued(officer, "second_factor_reset")  # no link of this table's makes a second factor weaker
        assert not issued(officer, "invitation")  # who is active is invited no more
        assert issued(officer)


def test_a_link_lasts_no_longer_than_its_kind_may(app: Flask) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    with acting_as(accounts.open_session(accounts.user(Role.ADMINISTRATOR))):
        assert issued(officer)
    with owner_session() as session:
        left = session.scalars(text("SELECT expires_at - now() FROM invitation")).one()
    assert timedelta(minutes=58) < left < timedelta(hours=1)
