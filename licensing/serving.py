"""Serving with gunicorn in this process, which also holds the embedded database and keeps a worker for jobs.

They end together: the parent passes TERM and Ctrl-C on, and a worker whose parent was killed stops by itself.
"""

import os
import subprocess
import sys
from time import monotonic
from typing import Any

from flask import current_app
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.http import wsgi

from licensing.errors import where
from licensing.jobs.rules import GRACE

# A worker that cannot start is not tried in a tight circle.
_RESTART_AFTER_SECONDS = 5


class JobWorker:
    """The one child process that does background jobs, started again when it dies."""

    def __init__(self, key: dict[str, str]) -> None:
        self._environment = os.environ | key
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = float("-inf")
        self._stopping = False

    def keep(self) -> None:
        """Start it where it does not run."""
        runs = self._process is not None and self._process.poll() is None
        if runs or self._stopping or monotonic() - self._started_at < _RESTART_AFTER_SECONDS:
            return
        self.let_go_of_pipe()
        self._started_at = monotonic()
        # It reads from this pipe until nobody holds the other end: that tells it that its parent was killed.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--with-parent"],
            env=self._environment,
            stdin=subprocess.PIPE,
        )

    def let_go_of_pipe(self) -> None:
        """For a forked process, which holds the pipe too without being the parent."""
        if self._process and self._process.stdin:
            self._process.stdin.close()

    def stop(self) -> None:
        """Let its job come to an end, within GRACE; an unfinished job is done again by the next worker."""
        self._stopping = True
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE.total_seconds())
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.let_go_of_pipe()


class Parent(Arbiter):
    """Gunicorn's parent process, which looks after the worker for jobs as it does after those for the web."""

    def __init__(self, server: "Server", job_worker: JobWorker) -> None:
        self._job_worker = job_worker
        super().__init__(server)

    def manage_workers(self) -> None:
        super().manage_workers()
        self._job_worker.keep()

    def stop(self, graceful: bool = True) -> None:
        super().stop(graceful)
        self._job_worker.stop()


class QuietLog(Logger):
    """Gunicorn's log without what was asked for: an address can hold a link's token, and a malformed line anything."""

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        malformed = str(msg).startswith("Invalid request from")
        super().warning("A malformed request was refused." if malformed else msg, *args, **kwargs)

    def exception(self, msg: object, *args: object, **kwargs: Any) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and str(msg).startswith("Error handling request"):
            self.error("A request was not answered: %s", where(error))
        else:
            super().exception(msg, *args, **kwargs)


class Server(BaseApplication):
    """Gunicorn with the application made anew in each worker, so that no database connection is shared."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from licensing import create_app

        return create_app()

    def run(self) -> None:
        # The workers' key is for the worker: the processes that answer requests inherit this environment.
        job_worker = JobWorker({name: os.environ.pop(name) for name in ("WORKER_KEY",) if name in os.environ})
        self.cfg.set("post_fork", lambda _server, _worker: job_worker.let_go_of_pipe())
        Parent(self, job_worker).run()


def serve(port: int, workers: int) -> None:
    """Serve until TERM or Ctrl-C. Access logs are off: they would keep who asked for what outside the audit trail."""
    if "SUPERUSER_URL" in current_app.config:
        os.environ["LICENSING_EMBEDDED_ADDRESS"] = current_app.config["SUPERUSER_URL"]
    os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{port}")  # for the links in mails
    # Responses do not say by which software they were served; gunicorn has no setting for it.
    wsgi.SERVER = ""  # type: ignore[attr-defined]  (its stubs leave it out)
    Server(
        {
            "bind": f"127.0.0.1:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 120,
            "graceful_timeout": 10,
            "accesslog": None,
            "errorlog": "-",
            "logger_class": QuietLog,
            "loglevel": "warning",
            "proc_name": "licensing",
            "control_socket_disable": True,
        }
    ).run()
