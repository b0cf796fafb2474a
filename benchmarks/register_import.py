"""Bringing a county's drivers in by the command, beside COPY of the same rows into the same indexed tables."""

import os
import subprocess
import time
from pathlib import Path

from sqlalchemy import Connection, text

from benchmarks.tables import show_rows
from benchmarks.world import FLASK, OFFICER, ROOT, World
from licensing.sample.councils import OXFORD
from licensing.setup import owner_engine

TABLES = (
    "person",
    "person_name",
    "person_address",
    "person_identifier",
    "licence",
    "licence_event",
    "licence_period",
    "person_match",
    "match_key",
)


def run(world: World, file: Path) -> None:
    seconds, megabytes = _import(file)
    again, _ = _import(file)
    with world.app.app_context(), owner_engine().connect() as owner:
        people = owner.scalar(text("SELECT count(*) FROM person")) or 0
        copied = sum(_copy(owner, table) for table in TABLES)
    show_rows(
        f"Import of {len(world.people):,} drivers ({people:,} people on the register afterwards)",
        [
            ("command, start to end", f"{seconds:.1f} s, {megabytes:.0f} MB at most"),
            ("the same file again, all unchanged", f"{again:.1f} s"),
            ("COPY of the same tables, indexes included", f"{copied:.1f} s"),
            ("import beside COPY", f"{seconds / copied:.1f} x"),
        ],
    )


def _import(file: Path) -> tuple[float, float]:
    """Seconds, and the largest memory of the process in megabytes."""
    words = [*FLASK, "import", "drivers", str(file), "--authority", OXFORD.code, "--as", OFFICER]
    started = time.perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"The import ended with {process.returncode}.")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def _copy(owner: Connection, table: str) -> float:
    """Seconds to COPY the table's rows out of a file's place in memory into an empty table with its indexes."""
    cursor = owner.connection.cursor()
    cursor.execute(f"CREATE TABLE copied (LIKE {table} INCLUDING ALL EXCLUDING IDENTITY)")
    with cursor.copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as out:
        rows = [bytes(some) for some in out]
    started = time.perf_counter()
    with cursor.copy("COPY copied FROM STDIN (FORMAT BINARY)") as into:
        for some in rows:
            into.write(some)
    owner.commit()
    seconds = time.perf_counter() - started
    cursor.execute("DROP TABLE copied")
    owner.commit()
    return seconds
