"""Running one job: who acts, that nobody else runs it, and that its work is committed once or not at all."""

import logging
import secrets
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import text

from licensing.db import acting_as, db
from licensing.errors import where
from licensing.jobs.asking import Task, running

log = logging.getLogger("licensing.jobs")


class JobFailed(Exception):
    """A job did not come to its end. It says nothing more, since the queue writes it into a log."""


class JobRefused(Exception):
    """The database does not let this job run now; the word says why."""


def run(app: Flask, wanted: Task, number: int, arguments: dict[str, Any], worker: str) -> None:
    """Do the work of a job that the queue gave to this worker. Raises JobFailed; nothing was then applied."""
    with app.app_context():
        try:
            _run(wanted, number, arguments, worker)
            return
        except JobRefused as refused:
            log.error("job %s (%s) was refused: %s", number, wanted.kind, refused)
        except Exception as error:
            # The text of a database error can hold personal data, so only its kind and place are logged.
            log.error("job %s (%s): %s", number, wanted.kind, where(error))
        finally:
            db.session.remove()
    raise JobFailed


def _run(wanted: Task, number: int, arguments: dict[str, Any], worker: str) -> None:
    token = secrets.token_urlsafe(32)
    outcome = _begin(number, token, worker)
    if outcome == "applied":  # by a worker that was killed before it could say so
        return
    if outcome != "begun":
        raise JobRefused(outcome)
    before = running.set(number)
    try:
        with acting_as(token):
            _work(wanted, arguments)
    finally:
        running.reset(before)


def _begin(number: int, token: str, worker: str) -> str:
    """Open the session in which the job acts. The worker's token goes with this transaction, not with the job's."""
    db.session.execute(text("SELECT set_config('licensing.worker', :worker, true)"), {"worker": worker})
    begin = text("CALL begin_job(:number, :token_hash, NULL)")
    given = {"number": number, "token_hash": sha256(token.encode()).digest()}
    outcome: str = db.session.execute(begin, given).scalar_one()
    db.session.commit()
    return outcome


def _work(wanted: Task, arguments: dict[str, Any]) -> None:
    if not db.session.execute(text("CALL claim_job(NULL)")).scalar_one():
        raise JobRefused("claimed by another worker")
    try:
        wanted(**{name: _as_id(value) for name, value in arguments.items()})
    except BaseException:
        db.session.rollback()
        db.session.execute(text("CALL finish_job(false)"))
        db.session.commit()
        raise
    db.session.flush()
    db.session.execute(text("CALL finish_job(true)"))
    db.session.commit()


def _as_id(value: Any) -> Any:
    """An argument as it was given: ids are kept as text."""
    try:
        return UUID(value) if isinstance(value, str) else value
    except ValueError:
        return value
