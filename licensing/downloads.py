"""A list as a file: cells that no spreadsheet runs, and in the trail how many rows were sent and their hash."""

import csv
from collections.abc import Iterable, Sequence
from hashlib import sha256
from io import StringIO

from flask import Response

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.cells import neutralised


def csv_of_list(name: str, headings: Sequence[str], lines: Iterable[Iterable[str]], kind: ObjectKind) -> Response:
    """The answer that sends a list of this kind of record; `name` begins the name of the file."""
    rows, out = [[neutralised(cell) for cell in line] for line in lines], StringIO()
    csv.writer(out).writerows([headings, *rows])
    content = out.getvalue()
    told = {"rows": len(rows), "sha256": sha256(content.encode()).hexdigest()}
    audit.record_alone(Action.EXPORTED, kind, details=told)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{dates.today().isoformat()}.csv"',
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, mimetype="text/csv", headers=headers)
