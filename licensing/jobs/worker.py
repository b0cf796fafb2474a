"""The worker: a process that takes jobs from the queue until it is told to stop.

It connects as the application's role. The queue's tables open only to a connection that shows a worker's token, which
each connection registers when it is made: the database takes it from whoever has the workers' key.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import procrastinate
from flask import Flask
from procrastinate import jobs as queue_jobs
from procrastinate import retry
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from psycopg import AsyncConnection
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from licensing.db import db
from licensing.jobs import asking, running
from licensing.jobs.rules import GRACE, HEARTBEAT, MOST_ATTEMPTS, SILENT_FOR, seconds_until_retry
from licensing.keys import worker_key

log = logging.getLogger("licensing.jobs")

# A job of the day whose time passed while no worker ran is done when one starts again.
_OVERDUE = timedelta(days=1)


class Retries(retry.BaseRetryStrategy):
    """Again after a growing while, and not for ever."""

    def get_retry_decision(self, *, exception: BaseException, job: queue_jobs.Job) -> retry.RetryDecision | None:
        seconds = seconds_until_retry(job.attempts)
        return None if seconds is None else retry.RetryDecision(retry_in={"seconds": seconds})


def run(app: Flask) -> None:
    """Work until TERM or Ctrl-C; a job that is running comes to its end first, within GRACE."""
    # What goes wrong is told by running.py in safe words; the queue would write arguments and texts of errors.
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    asyncio.run(_work(queue(app)))


def end_with_parent() -> None:
    """Stop when the other end of standard input closes: whoever holds it has gone, however that came about."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):  # not the buffered file, whose lock would outlive the interpreter
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def queue(app: Flask) -> procrastinate.App:
    """The queue with every job that the features declared."""
    address = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).set(drivername="postgresql")
    key, token = _own_key(app), secrets.token_urlsafe(32)
    connector = procrastinate.PsycopgConnector(
        conninfo=address.render_as_string(hide_password=False),
        configure=_register(key, token),
        min_size=1,
        max_size=4,
    )
    made = procrastinate.App(connector=connector, periodic_defaults={"max_delay": _OVERDUE.total_seconds()})
    for one in asking.known.values():
        work = made.task(name=one.kind, pass_context=True, retry=Retries())(_runner(app, one, token))
        if one.cron:
            made.periodic(cron=one.cron)(work)
    return made


def _own_key(app: Flask) -> str:
    """The workers' key. Ends the process with a plain word where the database would not take it."""
    try:
        key = worker_key(app.config["INSTANCE"])
        with app.app_context(), db.engine.connect() as connection:
            connection.execute(text("CALL open_worker(:key, sha256(''))"), {"key": key})
            connection.rollback()
    except (OSError, ProgrammingError) as refused:
        raise SystemExit("This process has not the workers' key that `flask setup` gave the database.") from refused
    return key


def _register(key: str, token: str) -> Callable[[AsyncConnection], Any]:
    async def register(connection: AsyncConnection) -> None:
        await connection.execute("CALL open_worker(%s, %s)", [key, sha256(token.encode()).digest()])
        await connection.execute("SELECT set_config('licensing.worker', %s, false)", [token])
        await connection.commit()

    return register


def _runner(app: Flask, wanted: asking.Task, token: str) -> Callable[..., None]:
    def work(context: JobContext, timestamp: int | None = None, **arguments: Any) -> None:
        assert context.job.id is not None
        running.run(app, wanted, context.job.id, arguments, token)

    return work


async def _work(made: procrastinate.App) -> None:
    async with made.open_async():
        await take_up_stalled(made)
        looking = asyncio.create_task(_keep_taking_up_stalled(made))
        worker = asyncio.create_task(
            made.run_worker_async(
                update_heartbeat_interval=HEARTBEAT.total_seconds(),
                stalled_worker_timeout=SILENT_FOR.total_seconds(),
                shutdown_graceful_timeout=GRACE.total_seconds(),
            )
        )
        try:
            await worker
        finally:
            looking.cancel()


async def _keep_taking_up_stalled(made: procrastinate.App) -> None:
    while True:
        await asyncio.sleep(SILENT_FOR.total_seconds())
        try:
            await take_up_stalled(made)
        except ConnectorException as error:
            log.warning("stalled jobs could not be looked for: %s", type(error).__name__)


async def take_up_stalled(made: procrastinate.App) -> int:
    """Give back to the queue what a worker had that has died; one that died every time has failed. Returns how many."""
    stalled = list(await made.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR.total_seconds()))
    for job in stalled:
        log.warning("job %s (%s) is taken up again: its worker has gone", job.id, job.task_name)
        with contextlib.suppress(ConnectorException):  # another worker was quicker
            if job.attempts + 1 >= MOST_ATTEMPTS:
                await made.job_manager.finish_job(job, queue_jobs.Status.FAILED, delete_job=False)
            else:
                await made.job_manager.retry_job(job, retry_at=datetime.now().astimezone())
    return len(stalled)
