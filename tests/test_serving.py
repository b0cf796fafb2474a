"""One parent serves the pages and keeps a worker for jobs: they end together, however the parent ends."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from conftest import quick_folder
from gunicorn.config import Config

from licensing.serving import QuietLog

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds until what never comes fails its test
TELL = """
CREATE FUNCTION tell_test() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('test_worker', NEW.id::text); RETURN NULL; END $$;
CREATE TRIGGER tell AFTER INSERT ON procrastinate_workers FOR EACH ROW EXECUTE FUNCTION tell_test()
"""


class Parent:
    """The product served from an instance that is set up."""

    def __init__(self, instance: Path) -> None:
        self.environment = environment(instance)
        self.began = datetime.now(UTC)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: Any = subprocess.Popen(
            [*flask("serve"), "--port", str(self.port), "--workers", "1"],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        self.address = f"postgresql://postgres@/licensing?host={instance / 'postgres'}"

    def worker_registered(self) -> psutil.Process:
        """The worker's process, once it has told the database that it is there."""
        with psycopg.connect(self.address, autocommit=True) as listening:
            listening.execute("LISTEN test_worker")
            if not listening.execute("SELECT 1 FROM pg_trigger WHERE tgname = 'tell'").fetchone():
                listening.execute(TELL)
            # One that an earlier parent kept may still be in the table.
            there = "SELECT 1 FROM procrastinate_workers WHERE last_heartbeat >= %s"
            if not listening.execute(there, [self.began]).fetchone():
                assert list(listening.notifies(timeout=PATIENCE, stop_after=1)), "no worker came"
        return self.worker()

    def worker(self) -> psutil.Process:
        (found,) = [one for one in psutil.Process(self.process.pid).children() if "worker" in one.cmdline()]
        return found

    def forget_workers(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("DELETE FROM procrastinate_workers")


def environment(instance: Path) -> dict[str, str]:
    given = {**os.environ, "LICENSING_INSTANCE": str(instance), "DATABASE_URL": ""}
    given.pop("LICENSING_EMBEDDED_ADDRESS", None)
    return given


def flask(command: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", command]


@pytest.fixture(scope="module")
def served() -> Iterator[Path]:
    """An instance that is set up, and served by one parent after another."""
    with tempfile.TemporaryDirectory(
        prefix="licensing-tests-", dir=quick_folder(), ignore_cleanup_errors=True
    ) as folder:
        subprocess.run(flask("setup"), env=environment(Path(folder)), cwd=ROOT, check=True, capture_output=True)
        yield Path(folder)
        postmaster = Path(folder) / "postgres" / "postmaster.pid"
        if postmaster.exists() and psutil.pid_exists(int(postmaster.read_text().split()[0])):
            psutil.Process(int(postmaster.read_text().split()[0])).terminate()


@pytest.fixture
def parent(served: Path) -> Iterator[Parent]:
    made = Parent(served)
    wait_until_answers(made)
    yield made
    left = psutil.Process(made.process.pid).children(recursive=True) if made.process.poll() is None else []
    made.process.kill()
    made.process.communicate(timeout=PATIENCE)
    for process in left:
        if is_ours(process):
            process.kill()


def wait_until_answers(made: Parent) -> None:
    """Until the embedded database is up: the parent has started it before it starts anybody else."""
    folder = Path(made.environment["LICENSING_INSTANCE"]) / "postgres"
    while True:
        try:
            psycopg.connect(made.address).close()
            return
        except psycopg.OperationalError:
            assert made.process.poll() is None, folder


def test_a_worker_that_is_killed_is_started_again_and_all_end_with_the_parent(parent: Parent) -> None:
    first = parent.worker_registered()
    parent.forget_workers()
    first.kill()
    second = parent.worker_registered()
    assert second.pid != first.pid

    everybody = psutil.Process(parent.process.pid).children(recursive=True)
    parent.process.send_signal(signal.SIGTERM)
    _, log = parent.process.communicate(timeout=PATIENCE)
    _, alive = psutil.wait_procs(everybody, timeout=PATIENCE)
    assert not alive
    assert parent.process.returncode == 0
    assert b"Traceback" not in log
    assert b"Fatal" not in log


def test_nobody_is_left_when_the_parent_is_killed(parent: Parent) -> None:
    worker = parent.worker_registered()
    everybody = [one for one in psutil.Process(parent.process.pid).children(recursive=True) if is_ours(one)]
    assert worker in everybody
    parent.process.kill()
    _, alive = psutil.wait_procs(everybody, timeout=PATIENCE)
    assert not alive


MALFORMED = (
    b"GET /find?q=Petra%20Canary HTTP/9.9\r\n\r\n",
    b"GET /password-reset/CANARY and more HTTP/1.1\r\n\r\n",
    b"canary /find HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nCanary Header: 1\r\n\r\n",
    b"GET / HTTP/1.1\r\nExpect: canary\r\n\r\n",
)


def test_nothing_of_a_malformed_request_is_written_to_the_log(parent: Parent) -> None:
    parent.worker_registered()
    for request in MALFORMED:
        with socket.create_connection(("127.0.0.1", parent.port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            assert connection.recv(12) in (b"HTTP/1.1 400", b"HTTP/1.1 417"), request
    parent.process.send_signal(signal.SIGTERM)
    _, log = parent.process.communicate(timeout=PATIENCE)
    assert log.count(b"A malformed request was refused.") == len(MALFORMED)
    assert b"canary" not in log.lower()


def test_a_request_that_the_server_cannot_answer_is_logged_without_its_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = QuietLog(Config())
    try:
        raise ValueError("CANARY")
    except ValueError:
        log.exception("Error handling request %s %s", "GET", "/password-reset/CANARY")
        log.exception("Exception in worker process")
    told = capsys.readouterr().err
    assert "A request was not answered: ValueError through test_serving.py:" in told
    assert "/password-reset" not in told
    assert "Exception in worker process" in told


def is_ours(process: psutil.Process) -> bool:
    """The database stays, and is taken over by the next process that asks for it: see test_embedded.py."""
    return "postgres" not in process.name()
