"""How the national register knows a council, by the room's own way."""

from uuid import UUID

from factories.disruption import as_user

from licensing.db import db
from licensing.returns import changes


def name_council(officer: UUID, identifier: str = "SAMPLE1", name: str = "Sample Council") -> None:
    with as_user(officer) as user:
        changes.name_for_register(user, identifier, name)
        db.session.commit()
