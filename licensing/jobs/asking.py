"""Declaring jobs, asking for one in the transaction of a change, and telling how far one has come."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import text

from licensing.db import db, say_who_acts

Argument = UUID | int | StrEnum | None
Work = Callable[..., None]


@dataclass(frozen=True)
class Task:
    """A kind of job: what it is called on the jobs page, what it does, and for whom it acts."""

    kind: str
    words: str
    work: Work
    for_asker: bool
    once: bool
    cron: str | None

    def __call__(self, **ids: Argument) -> None:
        self.work(**ids)


known: dict[str, Task] = {}

# The number of the job that this thread runs.
running: ContextVar[int | None] = ContextVar("running_job", default=None)


def task(
    kind: str, words: str, *, for_asker: bool = True, once: bool = False, cron: str | None = None
) -> Callable[[Work], Task]:
    """Declares a function as the work of a kind of job, under a name that no other has.

    `for_asker`: it acts for whoever asked, else for nobody; `flask setup` tells the database so.
    `once`: while one waits, asking again adds none.
    `cron`: it is asked for at these times too, by the clock in UTC.
    """

    def declare(work: Work) -> Task:
        if kind in known:
            raise ValueError(f"Two jobs are called {kind}.")
        known[kind] = Task(kind, words, work, for_asker, once, cron)
        return known[kind]

    return declare


def defer(wanted: Task, **ids: Argument) -> int:
    """Ask for a job, in the transaction that is under way; returns its number in the queue.

    Raises TypeError for an argument that is not an id or a word of a vocabulary: arguments are kept in the open.
    """
    arguments = {name: _as_argument(name, value) for name, value in ids.items()}
    asked = db.session.execute(
        text("CALL ask_for_job(:kind, CAST(:arguments AS jsonb), :once, NULL)"),
        {"kind": wanted.kind, "arguments": json.dumps(arguments), "once": wanted.once},
    )
    return int(asked.scalar_one())


def _as_argument(name: str, value: Argument) -> str | int | None:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, UUID | StrEnum):
        return str(value)
    raise TypeError(f"{name} is neither an id nor a word of a vocabulary.")


def report(done: int, total: int, words: str) -> None:
    """Tell how far the running job has come; nothing outside a job. `words` are the code's own, never data.

    It is seen at once, since it is committed apart from the job's own work.
    """
    if running.get() is None:
        return
    with db.engine.begin() as connection:
        say_who_acts(connection)
        told = {"done": done, "total": total, "words": words}
        connection.execute(text("CALL note_progress(:done, :total, :words)"), told)
