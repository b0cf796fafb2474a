"""A process that dies in the middle of an import, and two imports at once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from factories import accounts
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from licensing import embedded
from licensing.permissions import Role

ROOT = Path(__file__).parents[2]
OFFICER = "officer@example.org"
FILE = "vrm,licence_no,licence_type,proprietor\n" + "".join(
    f"AB{n:02} CDE,PHV{n},private hire,Sample Cars Ltd\n" for n in range(10, 60)
)
WAITING = "SELECT count(*) FROM pg_locks WHERE relation = CAST('licence_event' AS regclass) AND NOT granted"
WRITTEN = "SELECT (SELECT count(*) FROM vehicle) + (SELECT count(*) FROM organisation) + (SELECT count(*) FROM import)"
LONGEST_SECONDS = 60


def test_a_killed_import_leaves_nothing_half_applied(only_app: Flask, app: Flask, tmp_path: Path) -> None:
    accounts.user(Role.LICENSING_OFFICER, email=OFFICER)
    path = tmp_path / "vehicles.csv"
    path.write_text(FILE)
    server = app.config["SUPERUSER_URL"]
    engine = create_engine(embedded.as_role(server, "postgres", embedded.DATABASE), poolclass=NullPool)
    with engine.connect() as holding, engine.connect() as watching:
        holding.execute(text("LOCK TABLE licence_event IN EXCLUSIVE MODE"))
        process = _import(server, app, path)
        try:
            _wait_until_it_writes(watching, process)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        holding.rollback()
        watching.rollback()
        assert watching.scalar(text(WRITTEN)) == 0
    after = _import(server, app, path)
    assert after.wait(timeout=LONGEST_SECONDS) == 0
    with engine.connect() as watching:
        assert watching.scalar(text(WRITTEN)) == 50 + 1 + 1


def _import(server: str, app: Flask, path: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": embedded.as_role(server, embedded.APP_ROLE, embedded.DATABASE),
        "DATABASE_OWNER_URL": embedded.as_role(server, embedded.OWNER_ROLE, embedded.DATABASE),
        "SECRET_KEY": "tests",
        "FIELD_KEYS": app.config["FIELD_KEYS"],
    }
    words = ["import", "vehicles", str(path), "--authority", accounts.OXFORD, "--as", OFFICER]
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_until_it_writes(watching, process: subprocess.Popen[bytes]) -> None:
    """Until it has written vehicles and waits to write their licences' events."""
    ends = time.monotonic() + LONGEST_SECONDS
    while not watching.scalar(text(WAITING)):
        assert process.poll() is None, "the import ended before it was killed"
        assert time.monotonic() < ends, "the import never wrote"
