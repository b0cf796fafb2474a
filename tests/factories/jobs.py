"""Doing the jobs that wait, in the test's own process: what a worker does, without the worker."""

import re
import secrets
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from sqlalchemy import text

from licensing.accounts.acting import token_hash
from licensing.db import db
from licensing.jobs import asking, running
from licensing.setup import owner_session


def do_all(app: Flask) -> list[str]:
    """Do every waiting job in turn, and those that they ask for; returns their kinds. Raises JobFailed."""
    kinds = []
    token, worker = a_worker()
    while (one := _fetched(worker)) is not None:
        number, kind, arguments = one
        running.run(app, asking.known[kind], number, arguments, token)
        _set(number, "succeeded")
        kinds.append(kind)
    return kinds


def do(app: Flask, wanted: asking.Task) -> None:
    """Do a job that nobody asked for, as those of the day are done."""
    with owner_session() as session:
        asked = text("CALL ask_for_job(:kind, '{}', false, NULL)")
        session.execute(asked, {"kind": wanted.kind})
        session.commit()
    do_all(app)


def do_as(app: Flask, wanted: asking.Task) -> None:
    """Do a job of this kind with this work: as on another day than today."""
    with owner_session() as session:
        session.execute(text("CALL ask_for_job(:kind, '{}', false, NULL)"), {"kind": wanted.kind})
        session.commit()
    token, worker = a_worker()
    while (one := _fetched(worker)) is not None:
        number, kind, arguments = one
        running.run(app, wanted if kind == wanted.kind else asking.known[kind], number, arguments, token)
        _set(number, "succeeded")


def do_only(app: Flask, wanted: asking.Task) -> None:
    """Do the waiting jobs of one kind, and leave the others waiting: for a database that many tests share."""
    token, worker = a_worker()
    fetch = text(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker WHERE id = (SELECT min(id)"
        " FROM procrastinate_jobs WHERE task_name = :kind AND status = 'todo') RETURNING id, args"
    )
    while True:
        with owner_session() as session:
            row = session.execute(fetch, {"worker": worker, "kind": wanted.kind}).one_or_none()
            session.commit()
        if row is None:
            return
        running.run(app, wanted, row.id, row.args, token)
        _set(row.id, "succeeded")


def fail(kind: str) -> UUID:
    """Let the job of this kind that waits fail as if tried in vain; returns the id under which people see it."""
    number, _, _ = _fetched() or (0, "", {})
    _set(number, "failed")
    with owner_session() as session:
        return session.scalars(
            text("SELECT id FROM job_progress WHERE number = :n AND kind = :kind"), {"n": number, "kind": kind}
        ).one()


def a_worker() -> tuple[str, int]:
    """The token of a worker that has shown the workers' key, and as which the queue counts it."""
    token = secrets.token_urlsafe(8)
    with owner_session() as session:
        session.execute(text("INSERT INTO worker_session (token_hash) VALUES (:hash)"), {"hash": token_hash(token)})
        session.commit()
    with db.engine.begin() as connection:
        connection.execute(text("SELECT set_config('licensing.worker', :token, true)"), {"token": token})
        return token, connection.execute(text("SELECT procrastinate_register_worker_v1()")).scalar_one()


def _fetched(worker: int | None = None) -> tuple[int, str, dict[str, object]] | None:
    with owner_session() as session:
        row = session.execute(
            text("SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL, :worker)"), {"worker": worker}
        ).one()
        session.commit()
    return None if row.id is None else (row.id, row.task_name, row.args)


def _set(number: int, state: str) -> None:
    with owner_session() as session:
        finish = "SELECT procrastinate_finish_job_v1(:n, CAST(:state AS procrastinate_job_status), false)"
        session.execute(text(finish), {"n": number, "state": state})
        session.commit()


def mail_of(app: Flask) -> list[str]:
    """Do the jobs that wait; returns the words of all mail so far, oldest first."""
    do_all(app)
    files = sorted((app.config["INSTANCE"] / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [str(message_from_bytes(file.read_bytes(), policy=default).get_content()) for file in files]  # type: ignore[attr-defined]


def link_in(mail: str) -> str:
    """The path of the link that a mail carries."""
    [address] = re.findall(r"https?://\S+", mail)
    return urlsplit(address).path
