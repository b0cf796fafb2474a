"""A list as a file of cells that no spreadsheet runs, with what the trail keeps of it."""

import csv
from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import StringIO

from flask import Response

from licensing import dates
from licensing.cells import neutralised


def csv_of_list(
    name: str, headings: Sequence[str], lines: Iterable[Iterable[str]]
) -> tuple[Response, dict[str, object]]:
    """The answer that sends a list, and how many rows it sends and their hash; `name` begins the name of the file."""
    rows, out = [[neutralised(cell) for cell in line] for line in lines], StringIO()
    csv.writer(out).writerows([headings, *rows])
    content = out.getvalue()
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{dates.today().isoformat()}.csv"',
        "Content-Security-Policy": "sandbox",
    }
    told = {"rows": len(rows), "sha256": sha256(content.encode()).hexdigest()}
    return Response(content, mimetype="text/csv", headers=headers), told
