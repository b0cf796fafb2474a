"""Workbooks: sheets of text and whole numbers, and nothing that runs.

Text is written as text. A spreadsheet runs no such cell, and it is neutralised all the same, since people copy cells.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TypeAlias

from xlsxwriter import Workbook

from licensing.cells import neutralised

Cell: TypeAlias = str | int
Sheet: TypeAlias = tuple[str, Iterable[Sequence[Cell]]]  # its name, of at most 31 characters, and its rows

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The same content is the same file, whenever it is written.
_WRITTEN = datetime(1980, 1, 1)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file, with its sheets in their order."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, int):
                        sheet.write_number(row, column, cell)
                    else:
                        sheet.write_string(row, column, _text(cell))
    return out.getvalue()


def _text(value: str) -> str:
    return "".join(one for one in neutralised(value) if one >= " " or one in "\t\n")
