"""One row of a file, given as column and text, read as its register reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from licensing.dates import DateOrder
from licensing.imports.headings import Layout
from licensing.imports.row_reading import RowReading
from licensing.imports.tables import Row
from licensing.imports.thing_rows import ThingRow

TODAY = date(2026, 6, 1)
Reader = Callable[[RowReading, DateOrder, date], ThingRow | None]


def accepted(reader: Reader, **cells: str) -> ThingRow:
    row = reader(read(cells), "DMY", TODAY)
    assert row is not None
    return row


def refused(reader: Reader, **cells: str) -> list[tuple[str, str]]:
    """Column and reason of everything that is wrong."""
    reading = read(cells)
    assert reader(reading, "DMY", TODAY) is None
    return [(rejection.column, rejection.reason) for rejection in reading.rejections]


def read(cells: dict[str, str]) -> RowReading:
    layout = Layout(tuple(cells), 1, {column: place for place, column in enumerate(cells)})
    return RowReading(Row(2, list(cells.values())), layout)
