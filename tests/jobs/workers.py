"""Worker processes, and waiting for what they do: on the database, with a deadline."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from sqlalchemy import text
from sqlalchemy.engine import make_url

from licensing.db import acting_as, db
from licensing.jobs.asking import Task, defer
from licensing.jobs.reference import write_kinds
from licensing.setup import owner_session

HERE = Path(__file__).parent
PATIENCE = 60  # seconds until what never comes fails its test


class Worker:
    """A worker process on the test's database."""

    def __init__(self, app: Flask, **environment: str) -> None:
        settings = {
            "DATABASE_URL": app.config["DATABASE_URL"],
            "SECRET_KEY": app.config["SECRET_KEY"],
            "FIELD_KEYS": app.config["FIELD_KEYS"],
            "LICENSING_INSTANCE": str(app.config["INSTANCE"]),
            "PUBLIC_URL": app.config["PUBLIC_URL"],
            "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), str(HERE.parent)]),
        }
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "waiting_jobs.py")],
            env={**os.environ, **settings, **environment},
            cwd=HERE.parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate(timeout=PATIENCE)

    def read_line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self) -> tuple[int, str]:
        """End it as a service manager does; its exit code and what it wrote to its log."""
        self.process.terminate()
        _, log = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, log


def ask(token: str, wanted: Task, **ids: Any) -> int:
    """Ask for a job as the holder of this session, and commit."""
    with acting_as(token):
        number = defer(wanted, **ids)
        db.session.commit()
    return number


def row(number: int) -> Any:
    """What is known of a job."""
    with owner_session() as session:
        return session.execute(text("SELECT * FROM job_progress WHERE number = :number"), {"number": number}).one()


def wait_for(app: Flask, number: int, *states: str) -> Any:
    """The job's row once it is in one of these states, which it does not leave by itself."""
    return _wait(app, number, lambda found: found.state in states)


def wait_for_attempts(app: Flask, number: int, attempts: int) -> Any:
    """The job's row once it was tried so often in vain."""
    return _wait(app, number, lambda found: found.attempts >= attempts)


def wait_for_kinds(app: Flask, number: int, kinds: set[str]) -> None:
    """Until each of these daily kinds was asked for; `number` is any job."""

    def asked_for() -> set[str]:
        with owner_session() as session:
            return set(session.scalars(text("SELECT task_name FROM procrastinate_periodic_defers")))

    _wait(app, number, lambda _found: kinds <= asked_for())


def _wait(app: Flask, number: int, is_so: Callable[[Any], bool]) -> Any:
    """Looks again at each change of any job, which the database tells; a change before the look is seen by it."""
    address = make_url(app.config["DATABASE_OWNER_URL"]).set(drivername="postgresql").render_as_string(False)
    deadline = monotonic() + PATIENCE
    with psycopg.connect(address, autocommit=True) as listening:
        listening.execute("LISTEN test_job_changed")
        while True:
            found = row(number)
            if is_so(found):
                return found
            assert monotonic() < deadline, f"job {number} is still {found.state}"
            list(listening.notifies(timeout=deadline - monotonic(), stop_after=1))


def declare_kinds() -> None:
    """Have the database know the jobs of the tests, which were declared after it was set up."""
    with owner_session() as session:
        write_kinds(session)
        session.commit()


def tell_of_changes() -> None:
    """Have the database notify those who wait for jobs."""
    with owner_session() as session:
        session.execute(
            text(
                "CREATE FUNCTION tell_test() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN PERFORM pg_notify('test_job_changed', NEW.number::text); RETURN NULL; END $$"
            )
        )
        session.execute(
            text("CREATE TRIGGER tell AFTER UPDATE ON job_progress FOR EACH ROW EXECUTE FUNCTION tell_test()")
        )
        session.commit()


def let_workers_seem_dead() -> None:
    """As if every worker had been silent for an hour."""
    with owner_session() as session:
        session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"))
        session.commit()


def forget_workers() -> None:
    """As if every worker were known to be dead; one that lives cannot say otherwise, since its row is gone."""
    with owner_session() as session:
        session.execute(text("DELETE FROM procrastinate_workers"))
        session.commit()


def trail_of(person_id: UUID) -> list[tuple[str, UUID | None]]:
    """What was done to a record and by whom, in order."""
    with owner_session() as session:
        kept = "SELECT action, actor_id FROM audit_entry WHERE object_id = :id ORDER BY number"
        return [(one.action, one.actor_id) for one in session.execute(text(kept), {"id": person_id})]
