"""Jobs for the tests, and a worker process that knows them: `python tests/jobs/waiting_jobs.py` with the settings of an
installation in its environment."""

import os
import sys
from uuid import UUID

from sqlalchemy import text

from licensing import create_app, jobs
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db

STOPS_HALF_WAY = "JOBS_STOP_HALF_WAY"


@jobs.task("test_two_steps", "Two steps")
def two_steps(person_id: UUID) -> None:
    """Writes, and writes again; in between it says so, and waits for its standard input where it is told to."""
    audit.record(Action.PRINTED, ObjectKind.PERSON, person_id)
    db.session.flush()
    jobs.report(1, 2, "Half way")
    if os.environ.get(STOPS_HALF_WAY):
        print("half way", flush=True)
        sys.stdin.readline()
    audit.record(Action.EXPORTED, ObjectKind.PERSON, person_id)


@jobs.task("test_fails", "Fails")
def fails(person_id: UUID) -> None:
    audit.record(Action.PRINTED, ObjectKind.PERSON, person_id)
    db.session.execute(text("SELECT CAST('Amina Canary' AS integer)"))


@jobs.task("test_nobody", "Acts for nobody", for_asker=False)
def acts_for_nobody(person_id: UUID) -> None:
    seen = db.session.scalar(text("SELECT count(*) FROM person"))
    audit.record(Action.LISTED, ObjectKind.PERSON, person_id, details={"seen": seen})


if __name__ == "__main__":
    from licensing.jobs import worker

    worker.run(create_app())
