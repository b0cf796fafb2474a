"""Somebody to be trained, and whoever records it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from factories import accounts, register
from flask import Flask

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role


@contextmanager
def officer_of(code: str = accounts.OXFORD) -> Iterator[ActingUser]:
    """Within, an officer of this council acts."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        yield user
        db.session.rollback()


@pytest.fixture
def petra(app: Flask) -> UUID:
    """A private hire driver of Oxford's, in force."""
    return register.add(register.PLAIN, accounts.OXFORD)
