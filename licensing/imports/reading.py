"""Reading an uploaded file: a confined child process opens it, and its rows stream from there.

The calling process never parses the file and never holds more than a few rows of it.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from licensing.imports import headings
from licensing.imports.limits import Limits
from licensing.imports.mapping import AS_WRITTEN, FileMapping
from licensing.imports.refused import FileRefused
from licensing.imports.tables import Row, Table

_START_CHILD = str(Path(__file__).with_name("start_child.py"))
_CHUNK_BYTES = 64 * 1024
_HEADINGS_WITHIN = 20

# Nothing of the parent's environment: it holds the keys and the database's address.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath}

_TOO_LONG = "The file takes too long to read. Save it again as CSV and try again."
_TOO_MUCH = "The file needs more memory to read than is allowed. Save it again as CSV and try again."
_ENDED_BY_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


def read_table(path: Path, kind: str, limits: Limits, mapping: FileMapping = AS_WRITTEN) -> Table:
    """Open a file, find its headings, and give its rows.

    The rows stream from a child process; iterating them again starts another. Raises FileRefused,
    here for what the first rows show and from iterating `rows` for what comes later.
    """
    rows = _FileRows(path, kind, limits, mapping.encoding)
    try:
        described, above = rows.begin(_HEADINGS_WITHIN + 1)
        searched = [(row.number, row.cells) for row in above[:_HEADINGS_WITHIN]]
        layout = headings.find(searched, kind, mapping)
        if above[-1].number <= layout.row_number:
            raise FileRefused("The file has headings but no rows.")
    except FileRefused:
        rows.close()
        raise
    rows.start_after = layout.row_number
    return Table(layout, rows, described["facts"], (*described["warnings"], *layout.warnings))


class _FileRows:
    """The rows below a file's headings; iterating starts a reader, and abandoning it ends it."""

    def __init__(self, path: Path, kind: str, limits: Limits, encoding: str | None) -> None:
        self.path, self.limits = path, limits
        self.start_after = 0
        self._request = json.dumps(
            {
                "path": str(path.resolve()),
                "kind": kind,
                "encoding": encoding,
                "limits": asdict(limits),
            }
        )
        self._as_it_was = self._state()
        self._begun: Generator[Any] | None = None
        self._above: list[Row] = []

    def begin(self, count: int) -> tuple[dict[str, Any], list[Row]]:
        """Start the first reading: what the child says of the file, and the first rows."""
        self._begun = self._messages()
        described = next(self._begun)
        self._above = [Row(*message) for message in islice(self._begun, count)]
        return described, self._above

    def close(self) -> None:
        """End a reading that was begun and not gone through."""
        if self._begun is not None:
            self._begun.close()
            self._begun = None

    def __iter__(self) -> Iterator[Row]:
        self._refuse_changed()
        if self._begun is None:
            self.begin(0)
        above, messages = self._above, self._begun
        self._above, self._begun = [], None
        assert messages is not None
        count = 0
        with closing(messages):
            for row in chain(above, (Row(*message) for message in messages)):
                if row.number <= self.start_after:
                    continue
                count += 1
                if count > self.limits.rows:
                    raise FileRefused(
                        f"The file has more than {self.limits.rows:,} rows. Split it and import the parts, or ask "
                        "for it to be imported from the command line."
                    )
                yield row

    def _messages(self) -> Generator[Any]:
        """What the child says: the facts first, then rows. Raises FileRefused."""
        process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-X", "utf8", _START_CHILD, self._request],
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        try:
            yield from _until_end(process, process.stdout, self.limits)
        finally:
            process.kill()
            process.stdout.close()
            process.wait()

    def _refuse_changed(self) -> None:
        if self._state() != self._as_it_was:
            raise FileRefused("The file changed while it was being read. Try again.")

    def _state(self) -> tuple[int, int, int]:
        state = self.path.stat()
        return state.st_ino, state.st_size, state.st_mtime_ns


def _until_end(process: subprocess.Popen[bytes], output: IO[bytes], limits: Limits) -> Iterator[Any]:
    started = False
    for line in _lines(output, limits.waiting_seconds):
        message = json.loads(line)
        if isinstance(message, dict):
            if "refused" in message:
                raise FileRefused(message["refused"])
            if "end" in message:
                return
        started = True
        yield message
    raise _died(process.wait(), started)


def _died(status: int, started: bool) -> Exception:
    """Why a child that never said "end" is gone."""
    if status in _ENDED_BY_TIME:
        return FileRefused(_TOO_LONG)
    if status > 0 and not started:
        # Python's own exit code: the reader is broken or not installed, not the file.
        return RuntimeError(f"the file reader ended with status {status}")
    return FileRefused(_TOO_MUCH)


def _lines(output: IO[bytes], seconds: float) -> Iterator[bytes]:
    """Lines as they come; only time spent waiting for the child counts, not the work between."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            asked_at = time.monotonic()
            if not selector.select(max(seconds, 0)):
                raise FileRefused(_TOO_LONG)
            seconds -= time.monotonic() - asked_at
            chunk = os.read(output.fileno(), _CHUNK_BYTES)
            if not chunk:
                return
            *complete, rest = (rest + chunk).split(b"\n")
            yield from complete
