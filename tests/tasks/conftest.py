"""People with tasks, and ways to act as each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from factories import accounts
from flask import Flask

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.tasks import changes
from licensing.tasks.rules import For, TaskKind

TOMORROW = dates.today() + timedelta(days=1)
LONG_AGO = date(2020, 1, 1)


@contextmanager
def acting(user_id: UUID) -> Iterator[ActingUser]:
    """Within it, this user acts."""
    with acting_as(accounts.open_session(user_id)):
        user = who_is_acting()
        assert user is not None
        yield user
        db.session.rollback()


OpenTask = Callable[..., UUID]


@pytest.fixture
def open_task(app: Flask) -> OpenTask:
    """`open_task(by, For(...))`: opened by that user and committed; returns its id."""

    def run(by: UUID, whom: For, kind: TaskKind = TaskKind.VISIT, due_on: date = TOMORROW, **more) -> UUID:
        with acting(by) as user:
            opened = changes.open_task(user, kind, whom, due_on, "The badge was found", **more)
            db.session.commit()
        return opened.id

    return run
