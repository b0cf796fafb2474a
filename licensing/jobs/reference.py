"""What the database must know of jobs to guard them: the workers' key, and for whom each kind of job acts."""

from hashlib import sha256

from flask import current_app
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from licensing.jobs.asking import known
from licensing.jobs.models import JobKind, WorkerKey
from licensing.keys import made_worker_key


def write(session: Session) -> None:
    """Both as they are now, in the place of what they were. A worker with an earlier key opens no new connection."""
    session.execute(delete(WorkerKey))
    key = made_worker_key(current_app.config["INSTANCE"])
    session.execute(insert(WorkerKey), {"key_hash": sha256(key.encode()).digest()})
    write_kinds(session)


def write_kinds(session: Session) -> None:
    """Every kind that this version declares, and no other: the database runs none that it does not know."""
    session.execute(delete(JobKind))
    session.execute(insert(JobKind), [{"kind": one.kind, "for_asker": one.for_asker} for one in known.values()])
