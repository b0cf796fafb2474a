"""A real PostgreSQL for every test that asks for one: set up once, copied from a template for each test."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import disk_usage
from typing import Any, Protocol, TypeVar, cast

import clients
import pytest
from clients import CheckingClient
from factories import accounts
from flask import Flask
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool, QueuePool
from telling import pytest_terminal_summary, tell, tell_control  # noqa: F401  (pytest finds them here)

from licensing import create_app, embedded, setup
from licensing.db import act_as, db
from licensing.keys import new_keys
from licensing.permissions import Role

# An example takes as long as this machine lets it: how fast anything is, benchmarks say.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

TEMPLATE = "licensing_template"
# What the databases of one test process need at most, with a margin, in bytes.
ROOM_IN_MEMORY = 4 * 1024**3


@pytest.fixture(scope="session")
def instance() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(
        prefix="licensing-tests-", dir=quick_folder(), ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def quick_folder() -> str | None:
    """In memory where this machine has room for it: a thousand copies of a database are a million small files."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and disk_usage(memory).free > ROOM_IN_MEMORY else None


@pytest.fixture(scope="session")
def only_app(instance: Path) -> Flask:
    """The one application of this test process; tests ask for `app`, which gives it an empty database."""
    os.environ.pop("LICENSING_EMBEDDED_ADDRESS", None)
    app = create_app(_settings(instance))
    app.test_client_class = CheckingClient
    setup.set_up(app)
    with app.app_context():
        let_go()
    # A test's database is gone before its machine could be: nothing has to reach the disk.
    needless = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
    superuser(app, *(f"ALTER SYSTEM SET {one} = off" for one in needless), "SELECT pg_reload_conf()")
    superuser(app, f"ALTER DATABASE {embedded.DATABASE} RENAME TO {TEMPLATE}")
    return app


def _settings(instance: Path) -> dict[str, Any]:
    return {
        "INSTANCE": instance,
        "DATABASE_URL": "",
        "DATABASE_OWNER_URL": "",
        "SECRET_KEY": "tests",
        "FIELD_KEYS": new_keys(),
        "SMTP_URL": "",
        "MAIL_FROM": "licensing@example.org",
        "PUBLIC_URL": "https://licensing.example.org",
        "IDLE_CASE_DAYS": 90,
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "SQLALCHEMY_ENGINE_OPTIONS": {},  # not those for a server that may be started anew: this one never is
        "OWNER_POOL": QueuePool,  # a test connects as the owner many times: most of them are one connection's
        "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,
    }


@pytest.fixture(scope="session")
def app_on(instance: Path, only_app: Flask) -> Iterator[Callable[[str], Flask]]:
    """`app_on("licensing_shown")`: a second application, on a database of that name which outlives the single test."""
    made: list[Flask] = []

    def make(database: str) -> Flask:
        _copy(only_app, TEMPLATE, database)
        server = only_app.config["SUPERUSER_URL"]
        addresses = {
            "DATABASE_URL": embedded.as_role(server, embedded.APP_ROLE, database),
            "DATABASE_OWNER_URL": embedded.as_role(server, embedded.OWNER_ROLE, database),
        }
        app = create_app(_settings(instance) | addresses)
        app.test_client_class = CheckingClient
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            let_go()


@pytest.fixture
def app(only_app: Flask) -> Iterator[Flask]:
    """The application on a fresh, set-up, empty database, inside its context."""
    _copy(only_app, TEMPLATE, embedded.DATABASE)
    with only_app.app_context():
        yield only_app
        let_go()


def _copy(app: Flask, template: str, database: str) -> None:
    # FORCE: a test that broke off may have left a connection.
    superuser(
        app,
        f"DROP DATABASE IF EXISTS {database} WITH (FORCE)",
        f"CREATE DATABASE {database} TEMPLATE {template} OWNER {embedded.OWNER_ROLE} STRATEGY FILE_COPY",
    )


@pytest.fixture
def fast(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """For walks of thousands of pages: without the checks of each, which other tests make."""
    monkeypatch.setattr(clients, "check_page", lambda _html: None)
    return app


Made = TypeVar("Made")


class MadeOnce(Protocol):
    """`made_once(two_councils.both)`: what a function puts into an empty database, and returns of it."""

    def __call__(self, build: Callable[[], Made]) -> Made: ...


@pytest.fixture
def made_once(app: Flask) -> MadeOnce:
    """Built by the first test of this process that asks, and copied for the others: ask before anything is written."""

    def make(build: Callable[[], Made]) -> Made:
        name = f"licensing_made_{build.__module__}_{build.__qualname__}".replace(".", "_").lower()
        if build not in _MADE:
            _MADE[build] = build()
            let_go()
            _copy(app, embedded.DATABASE, name)
        else:
            let_go()
            _copy(app, name, embedded.DATABASE)
        return cast(Made, _MADE[build])

    return make


_MADE: dict[Callable[[], Any], Any] = {}


def let_go() -> None:
    """Nobody acts, and no connection is left: a database is copied while nobody is connected with it."""
    act_as("")
    db.session.remove()
    setup.owner_engine().dispose()
    db.engine.dispose()


def superuser(app: Flask, *statements: str) -> None:
    engine = create_engine(
        embedded.as_role(app.config["SUPERUSER_URL"], "postgres", "postgres"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """Nobody signed in."""
    return cast(CheckingClient, app.test_client())


SignIn = Callable[..., CheckingClient]


@pytest.fixture
def signed_in(app: Flask) -> SignIn:
    """`signed_in(Role.LICENSING_OFFICER, "E07000178")`: a client of a new user with that role there."""

    def sign_in(role: Role, code: str = accounts.OXFORD) -> CheckingClient:
        client = cast(CheckingClient, app.test_client())
        client.set_cookie("session", accounts.open_session(accounts.user(role, code)))
        return client

    return sign_in
