"""A list as a file of cells that no spreadsheet runs, with what the trail keeps of it."""

import csv
from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import StringIO

from flask import Response

from licensing import dates
from licensing.cells import neutralised
from licensing.workbooks import MIMETYPE, Cell, workbook


def csv_of_list(
    name: str, headings: Sequence[str], lines: Iterable[Iterable[str]]
) -> tuple[Response, dict[str, object]]:
    """The answer that sends a list, and how many rows it sends and their hash; `name` begins the name of the file."""
    rows, out = [[neutralised(cell) for cell in line] for line in lines], StringIO()
    csv.writer(out).writerows([headings, *rows])
    return sent(f"{name}-{dates.today().isoformat()}.csv", "text/csv", out.getvalue().encode(), len(rows))


def xlsx_of_list(
    name: str, headings: Sequence[str], lines: Iterable[Sequence[Cell]], about: Iterable[tuple[str, str]]
) -> tuple[Response, dict[str, object]]:
    """The same as a workbook; its second sheet says what the file is about, who made it, when, and how to handle it."""
    rows = list(lines)
    content = workbook([("List", [headings, *rows]), ("About this file", about)])
    return sent(f"{name}-{dates.today().isoformat()}.xlsx", MIMETYPE, content, len(rows))


def sent(file_name: str, mimetype: str, content: bytes, rows: int) -> tuple[Response, dict[str, object]]:
    """The answer that sends a file as it is, and what the trail keeps of it."""
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name}"',
        "Content-Security-Policy": "sandbox",
    }
    told: dict[str, object] = {"rows": rows, "sha256": sha256(content).hexdigest()}
    return Response(content, mimetype=mimetype, headers=headers), told
