"""The embedded server stops with the last process that asked for it, however that process ends."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, text

from licensing import embedded

# Starts the server, says so, and waits for whatever comes. A shell may have told its children to ignore Ctrl-C.
HOLDER = """
import signal, sys
from pathlib import Path
from licensing import embedded
signal.signal(signal.SIGINT, signal.default_int_handler)
print(embedded.address(Path(sys.argv[1])), flush=True)
signal.pause()
"""
PATIENCE = 60  # seconds until a process that hangs fails its test


class Holder:
    """A process that holds the server of an instance."""

    def __init__(self, instance: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(instance)],
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        self.server = psutil.Process(int((instance / "postgres" / "postmaster.pid").read_text().split()[0]))

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode

    def kill(self) -> None:
        """End at once, and stay in the list of processes until somebody waits, as in a container without an init."""
        self.process.kill()
        os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT)

    def server_runs(self) -> bool:
        return self.server.is_running() and self.server.status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def instance() -> Iterator[Path]:
    """A folder of its own; a server that a failed test left there is stopped."""
    with tempfile.TemporaryDirectory(prefix="licensing-embedded-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
        left = Path(folder) / "postgres" / "postmaster.pid"
        if left.exists() and psutil.pid_exists(int(left.read_text().split()[0])):
            psutil.Process(int(left.read_text().split()[0])).terminate()


def test_a_server_stops_with_the_last_of_the_processes_that_share_it(instance: Path) -> None:
    first, last = Holder(instance), Holder(instance)
    assert first.server == last.server
    assert stat.S_IMODE((instance / "postgres").stat().st_mode) == 0o700
    assert first.end(signal.SIGINT) == -signal.SIGINT
    assert answers(last.address)
    assert last.end(signal.SIGTERM) == 143
    assert not last.server_runs()


def test_a_server_left_by_a_killed_process_is_taken_over_and_stopped_in_the_end(instance: Path) -> None:
    killed = Holder(instance)
    killed.kill()
    assert killed.server_runs()

    heir = Holder(instance)
    assert heir.server == killed.server
    assert answers(heir.address)
    heir.end(signal.SIGINT)
    assert not heir.server_runs()
    killed.end(signal.SIGKILL)


def answers(address: str) -> bool:
    engine = create_engine(address)
    with engine.connect() as connection:
        said = connection.scalar(text("SELECT true"))
    engine.dispose()
    return bool(said)


def test_a_worker_uses_the_server_that_its_parent_holds(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICENSING_EMBEDDED_ADDRESS", "postgresql+psycopg://postgres@/postgres?host=/somewhere")
    config = {"INSTANCE": instance, "DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
    embedded.provide_database(config)
    assert config["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://licensing_app@/licensing?host=/somewhere"
    assert config["DATABASE_OWNER_URL"] == "postgresql+psycopg://licensing_owner@/licensing?host=/somewhere"
    assert config["APP_ROLE"] == "licensing_app"
    assert list(instance.iterdir()) == []


def test_a_councils_own_server_is_used_as_it_is_given(instance: Path) -> None:
    url = "postgresql+psycopg://tracker@db.example.org/tracker"
    config = {"INSTANCE": instance, "DATABASE_URL": url, "DATABASE_OWNER_URL": ""}
    embedded.provide_database(config)
    assert config["SQLALCHEMY_DATABASE_URI"] == url
    assert config["APP_ROLE"] == "tracker"
    assert "SUPERUSER_URL" not in config
    assert config["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"]  # type: ignore[index]
    assert list(instance.iterdir()) == []
