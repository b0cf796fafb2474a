"""How the national register knows a council, and what it answered the public, by the room's own ways."""

from datetime import date
from uuid import UUID

from factories.disruption import as_user

from licensing import dates
from licensing.db import db
from licensing.figures.rules import Period
from licensing.returns import changes, queries


def name_council(officer: UUID, identifier: str = "SAMPLE1", name: str = "Sample Council") -> None:
    with as_user(officer) as user:
        changes.name_for_register(user, identifier, name)
        db.session.commit()


def answered(officer: UUID) -> UUID:
    """An answer of the last calendar year."""
    year = dates.today().year - 1
    with as_user(officer) as user:
        changes.answer(user, Period(date(year, 1, 1), date(year, 12, 31)))
        db.session.commit()
        return queries.answers(user.authority.id)[0].id
