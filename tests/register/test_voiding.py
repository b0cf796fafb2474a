"""That a licence is void is written once a second person agreed, whoever writes it."""

from uuid import UUID

import pytest
from approvals.proposals import REFUSED, sqlstate_of
from factories import accounts, register
from flask import Flask
from sqlalchemy import select

from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.models import Licence

# As the application's role writes an event; nothing of it is kept.
INSERT = """
    INSERT INTO licence_event (id, authority_id, licence_id, kind, decided_on, immediate, relevant_information,
        permanent, irregular)
    SELECT gen_random_uuid(), authority_id, id, :kind, '2026-06-01', false, 'not_recorded', false, false
    FROM licence WHERE id = :licence
"""


@pytest.fixture
def licence_id(app: Flask) -> UUID:
    person_id = register.add(register.PLAIN, accounts.OXFORD)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        found = db.session.scalars(select(Licence.id).where(Licence.person_id == person_id)).first()
        assert found is not None
        return found


@pytest.mark.parametrize("role", [Role.LICENSING_OFFICER, Role.LICENSING_MANAGER])
@pytest.mark.parametrize(("kind", "answer"), [("voided", REFUSED), ("badge_returned", "")])
def test_nobody_writes_alone_that_a_licence_is_void(licence_id: UUID, role: Role, kind: str, answer: str) -> None:
    with acting_as(accounts.open_session(accounts.user(role, email="another@example.org"))):
        db.session.rollback()
        assert sqlstate_of(INSERT, kind=kind, licence=licence_id) == answer
