"""A database that says when a job changes, and an officer who asks for jobs."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from factories import accounts
from flask import Flask
from jobs import workers

from licensing.permissions import Role


@dataclass(frozen=True)
class Asker:
    """Who asks for a job, and the id of the record that it is about: nobody's, so that only the test writes of it."""

    user_id: UUID
    token: str
    person_id: UUID


@pytest.fixture
def asker(app: Flask) -> Asker:
    workers.tell_of_changes()
    workers.declare_kinds()
    officer = accounts.user(Role.LICENSING_OFFICER)
    return Asker(officer, accounts.open_session(officer), uuid4())
