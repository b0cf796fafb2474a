"""A process that dies in the middle of an import: the command's, and the one that answers the web."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import UUID

import psutil
from factories import accounts
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from licensing import embedded
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.imports import changes, limits
from licensing.imports.options import Options
from licensing.imports.rules import ImportKind
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
    words = ["import", "vehicles", str(path), "--authority", accounts.OXFORD, "--as", OFFICER]
    with _held_up(app) as watching:
        process = _flask(app, *words)
        try:
            _wait_until_it_writes(watching, process)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert _written(app) == 0
    assert _flask(app, *words).wait(timeout=LONGEST_SECONDS) == 0
    assert _written(app) == 50 + 1 + 1


def test_a_web_process_killed_while_it_brings_a_file_in_leaves_nothing_half_applied(
    only_app: Flask, app: Flask, tmp_path: Path
) -> None:
    token = accounts.open_session(accounts.user(Role.LICENSING_OFFICER, email=OFFICER))
    import_id = _staged(token, tmp_path)
    with _served(app) as (address, parent), ThreadPoolExecutor(1) as elsewhere:
        preview = f"{address}/imports/{import_id}"
        with _held_up(app) as watching:
            sent = elsewhere.submit(_bring_in, preview, token)
            _wait_until_it_writes(watching, parent)
            [web] = [one for one in psutil.Process(parent.pid).children() if "worker" not in one.cmdline()]
            web.send_signal(signal.SIGKILL)
            assert isinstance(sent.exception(LONGEST_SECONDS), OSError | HTTPException)
        assert _written(app) == 1  # the file, still waiting

        assert "<title>Receipt" in _bring_in(preview, token)
    assert _written(app) == 50 + 1 + 1


def _staged(token: str, folder: Path) -> UUID:
    path = folder / "vehicles.csv"
    path.write_text(FILE)
    with acting_as(token):
        user = who_is_acting()
        assert user is not None
        import_id, _ = changes.stage(user, path, path.name, ImportKind.VEHICLES, Options(), limits.WEB)
        db.session.commit()
        return import_id


def _bring_in(preview: str, token: str) -> str:
    """Press the button of the preview; the page that answers."""
    cookies = SimpleCookie({"session": token})
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', _open(preview, cookies))
    assert found
    return _open(f"{preview}/apply", cookies, {"csrf_token": found[1]})


def _open(address: str, cookies: SimpleCookie, fields: dict[str, str] | None = None) -> str:
    sent = "; ".join(f"{name}={one.value}" for name, one in cookies.items())
    asked = Request(address, urlencode(fields).encode() if fields else None, {"Cookie": sent})
    with urlopen(asked, timeout=LONGEST_SECONDS) as page:
        cookies.load(page.headers.get("Set-Cookie", ""))
        return str(page.read().decode())


@contextmanager
def _served(app: Flask) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = _flask(app, "serve", "--port", str(port), "--workers", "1")
    try:
        _wait_until_it_listens(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(LONGEST_SECONDS)


@contextmanager
def _held_up(app: Flask) -> Iterator[Connection]:
    """Within, whoever writes the events of licences waits; gives a connection that can see them wait."""
    engine = _superuser(app)
    with engine.connect() as holding, engine.connect() as watching:
        holding.execute(text("LOCK TABLE licence_event IN EXCLUSIVE MODE"))
        yield watching
        holding.rollback()


def _written(app: Flask) -> int:
    with _superuser(app).connect() as connection:
        return int(connection.scalar(text(WRITTEN)) or 0)


def _superuser(app: Flask) -> Engine:
    server = embedded.as_role(app.config["SUPERUSER_URL"], "postgres", embedded.DATABASE)
    return create_engine(server, poolclass=NullPool)


def _flask(app: Flask, *words: str) -> "subprocess.Popen[bytes]":
    server = app.config["SUPERUSER_URL"]
    environment = {
        **os.environ,
        "DATABASE_URL": embedded.as_role(server, embedded.APP_ROLE, embedded.DATABASE),
        "DATABASE_OWNER_URL": embedded.as_role(server, embedded.OWNER_ROLE, embedded.DATABASE),
        "SECRET_KEY": "tests",
        "FIELD_KEYS": app.config["FIELD_KEYS"],
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_until_it_writes(watching: Connection, process: "subprocess.Popen[bytes]") -> None:
    """Until it has written vehicles and waits to write their licences' events."""
    ends = time.monotonic() + LONGEST_SECONDS
    while not watching.scalar(text(WAITING)):
        assert process.poll() is None, "the import ended before it was killed"
        assert time.monotonic() < ends, "the import never wrote"


def _wait_until_it_listens(port: int, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=LONGEST_SECONDS).close()
            return
        except ConnectionRefusedError:
            assert process.poll() is None, "it ended before it served"
            assert time.monotonic() < ends, "it never served"
