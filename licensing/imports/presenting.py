"""What the pages and files of imports show."""

import csv
from collections.abc import Iterable
from io import StringIO
from itertools import islice
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.cells import neutralised
from licensing.dates import moment_in_words
from licensing.imports import changes
from licensing.imports.defendants import DEFENDANT, shown
from licensing.imports.missing import missing_units
from licensing.imports.models import Import
from licensing.imports.rejections import IDENTIFIERS, masked
from licensing.imports.units import unpacked

_SAMPLES = 3
SHOWN_MISSING = 100


def history_row(one: Import, who: str) -> dict[str, object]:
    """One import in the list of them."""
    address = url_for("imports.show_import", import_id=one.id)
    receipt = one.receipt
    return {
        "reference": Markup('<a class="govuk-link" href="{}">{}</a>').format(address, one.reference),
        "file": Markup("{}<br>{}").format(one.kind.label, one.file_name),
        "staged": Markup("{}<br>{}").format(moment_in_words(one.staged_at), who),
        "rows": f"{receipt['rows']:,}",
        "new": f"{receipt['new']:,}",
        "changed": f"{receipt['changed']:,}",
        "rejected": f"{receipt['rows'] - receipt['accepted'] - receipt['left_out']:,}",
        "status": one.status.label,
    }


def headings_read(one: Import) -> list[dict[str, str]]:
    """Each heading of the file, what it was taken for, and what stands below it in the first rows.

    Identifiers are masked: enough to see that the right column was found.
    """
    table = changes.staged_table(one)
    column_at = {index: column for column, index in table.layout.columns.items()}
    rows = [row.cells for row in islice(table.rows, _SAMPLES)]
    return [
        {
            "heading": heading or "(no heading)",
            "column": column_at.get(index, "not used"),
            **{f"row{number}": _sample(cells, index, column_at.get(index, "")) for number, cells in enumerate(rows, 1)},
        }
        for index, heading in enumerate(table.layout.headings)
    ]


def _sample(cells: list[str], index: int, column: str) -> str:
    cell = cells[index] if index < len(cells) else ""
    if column == DEFENDANT:
        return shown(cell)
    return masked(cell) if column in IDENTIFIERS or not column else cell[:40]


def missing_rows(one: Import, most: int | None = None) -> list[dict[str, str]]:
    """What the last file of this kind had and this one has not, or the first of it."""
    return [vars(unit) for unit in islice(missing_units(unpacked(one.missing)), most)]


def rejected_file(one: Import) -> str:
    """The reasons as CSV, each with its row as it came."""
    reasons = one.receipt["rejected"]
    wanted = {rejected["row"] for rejected in reasons}
    table = changes.staged_table(one)
    original = {row.number: row.cells for row in table.rows if row.number in wanted}
    columns = ("row", "column", "value", "reason")
    lines = ([*(str(rejected[name]) for name in columns), *original.get(rejected["row"], [])] for rejected in reasons)
    return _csv([*columns, *table.layout.headings], lines)


def missing_file(one: Import) -> str:
    """All that is missing, as CSV."""
    return _csv(["reference", "what", "number"], ([*row.values()] for row in missing_rows(one)))


def _csv(headings: list[str], lines: Iterable[list[str]]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    for line in (headings, *lines):
        writer.writerow([neutralised(cell) for cell in line])
    return out.getvalue()


def as_shown(one: Import) -> dict[str, Any]:
    """What the page of one import shows besides its receipt."""
    return {
        "headings": headings_read(one),
        "missing": missing_rows(one, SHOWN_MISSING),
    }
