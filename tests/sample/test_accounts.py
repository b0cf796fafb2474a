"""The sample users as the database has them."""

import pytest
from factories import accounts as made
from flask import Flask

from licensing.accounts.sign_in import sign_in
from licensing.db import db
from licensing.permissions import Role
from licensing.sample import accounts, loading
from licensing.sample.users import sample_users
from licensing.setup import owner_session

OFFICER = "officer@oxford.example.org"


@pytest.fixture
def with_users(app: Flask) -> Flask:
    """A database with the sample users and none of the holders."""
    with owner_session() as session:
        loading.write_users(session)
        session.commit()
    return app


def _code(email: str) -> str:
    with owner_session() as session:
        return accounts.code_to_type(session, email)


def test_all_of_them_are_told_with_what_they_need_to_sign_in(with_users: Flask) -> None:
    with owner_session() as session:
        found = accounts.who_can_sign_in(session)

    assert {(user["email"], user["role"], user["authority"]) for user in found} == {
        (user.email, user.role.value, user.council.code) for user in sample_users()
    }


def test_real_users_are_not_among_them(with_users: Flask) -> None:
    made.user(Role.AUDITOR, email="ada@example.org")

    with owner_session() as session:
        assert "ada@example.org" not in [user["email"] for user in accounts.who_can_sign_in(session)]
    with pytest.raises(accounts.NoSuchSample):
        _code("ada@example.org")


def test_the_password_and_the_code_sign_in(with_users: Flask) -> None:
    with owner_session() as session:
        password = accounts.who_can_sign_in(session)[0]["password"]

    with with_users.test_request_context():
        assert sign_in(OFFICER, password, _code(OFFICER.upper()), "192.0.2.1")


def test_a_code_that_was_used_is_not_given_again(with_users: Flask) -> None:
    with owner_session() as session:
        password = accounts.who_can_sign_in(session)[0]["password"]

    with with_users.test_request_context():
        first = _code(OFFICER)
        sign_in(OFFICER, password, first, "192.0.2.1")
        db.session.commit()

        second = _code(OFFICER)
        assert second != first
        assert sign_in(OFFICER, password, second, "192.0.2.1")
