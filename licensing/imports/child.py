"""The process that opens a hostile file, so that the file cannot reach or exhaust the web process.

`start_child` calls `main` with a request (JSON: path, kind, encoding, limits). It writes JSON
lines: an object of facts, an array [row number, cells] for each row that is not blank, and {"end":
true}; or {"refused": message}.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from licensing.imports import fhrs_xml, file_kinds, text_files
from licensing.imports.file_kinds import FileKind
from licensing.imports.limits import Limits
from licensing.imports.refused import FileRefused
from licensing.imports.rules import ImportKind

Message = dict[str, object] | list[object]


def confine(limits: Limits) -> None:
    """Bound this process for good: address space, processor time, no files, no memory dumps."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def read(path: Path, kind: str, encoding: str | None, limits: Limits) -> Iterator[Message]:
    """The facts and rows of a file of any kind that can be read. Raises FileRefused."""
    if path.stat().st_size > limits.file_bytes:
        raise FileRefused(f"The file is larger than {limits.file_bytes // (1024 * 1024):,} MB.")
    file_kind = file_kinds.recognise(path)
    if (file_kind is FileKind.XML) != (kind == ImportKind.FHRS):
        raise FileRefused(
            "Food hygiene ratings are read from the Food Standards Agency's XML file only."
            if kind == ImportKind.FHRS
            else f"This is an XML file. {file_kinds.EXPORT_AGAIN}"
        )
    readers = {
        FileKind.TEXT: lambda: _text(path, encoding, limits),
        FileKind.WORKBOOK: lambda: _workbook(path, limits),
        FileKind.XML: lambda: _fhrs(path, limits),
    }
    yield from readers[file_kind]()


def _text(path: Path, encoding: str | None, limits: Limits) -> Iterator[Message]:
    codec = text_files.choose_encoding(path, encoding)
    yield {"facts": {"encoding": codec}, "warnings": []}
    yield from _filled(text_files.records(path, codec, limits), limits)


def _workbook(path: Path, limits: Limits) -> Iterator[Message]:
    # Only here: its library is large, and nothing of it should stand beside the other kinds of file.
    from licensing.imports import workbooks

    workbooks.check_package(path, limits)
    sheet, others = workbooks.open_sheet(path)
    warnings = [f"The sheet '{other}' was not read: only '{sheet.name}' was." for other in others]
    yield {"facts": {"sheet": sheet.name}, "warnings": warnings}
    yield from _filled(workbooks.records(sheet), limits)


def _fhrs(path: Path, limits: Limits) -> Iterator[Message]:
    number = 0
    for record in fhrs_xml.records(path, limits):
        if isinstance(record, dict):
            yield {"facts": record, "warnings": []}
            yield [0, list(fhrs_xml.FIELDS)]
        else:
            number += 1
            yield [number, record]


def _filled(rows: Iterator[tuple[int, list[str]]], limits: Limits) -> Iterator[Message]:
    """Rows that are not blank, without the blank cells at their ends."""
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > limits.columns:
            raise FileRefused(f"Row {number} has {len(cells):,} columns. At most {limits.columns} can be read.")
        if cells:
            yield [number, cells]


def main(request: str) -> None:
    """Write what is asked for to standard output; any failure but a refusal ends the process."""
    asked = json.loads(request)
    limits = Limits(**asked["limits"])
    confine(limits)
    encode = json.JSONEncoder(ensure_ascii=True, check_circular=False).encode
    with open(sys.stdout.fileno(), "w", encoding="ascii", buffering=1024 * 64, closefd=False) as out:
        try:
            for message in read(Path(asked["path"]), asked["kind"], asked["encoding"], limits):
                out.write(encode(message) + "\n")
            out.write('{"end": true}\n')
        except FileRefused as refusal:
            out.write(encode({"refused": refusal.message}) + "\n")
        except MemoryError:
            out.write(encode({"refused": "The file needs more memory to read than is allowed."}) + "\n")
