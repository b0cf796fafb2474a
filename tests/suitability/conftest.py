"""People with licences, and ways to act as whoever works on their cases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from factories import accounts, register
from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.models import Licence
from licensing.setup import owner_session

TODAY = dates.today()
YESTERDAY = TODAY - timedelta(days=1)


@contextmanager
def acting(role: Role = Role.LICENSING_OFFICER, code: str = accounts.OXFORD) -> Iterator[ActingUser]:
    """Within it, a new user of this role acts."""
    with acting_as(accounts.open_session(accounts.user(role, code))):
        user = who_is_acting()
        assert user is not None
        yield user
        db.session.rollback()


def licence_of(person_id: UUID) -> UUID:
    """The one licence of a person."""
    with owner_session() as session:
        return session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()


def driver(code: str = accounts.OXFORD, number: int = 1) -> UUID:
    """A new driver's licence in force."""
    return licence_of(register.add(register.numbered(number), code))


def day_boxes(name: str, on: Any) -> dict[str, str]:
    """A day as a form's three boxes send it."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}
