"""XLSX workbooks: checked as a zip file before they are opened, then the first visible sheet as
rows of text.

A workbook of a kilobyte can ask for terabytes (one far cell) or unpack to gigabytes, so the package
is measured first; what the measuring misses is caught by the reading process's memory limit.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from licensing.imports.file_kinds import EXPORT_AGAIN, ZIP_FAULTS
from licensing.imports.limits import Limits
from licensing.imports.refused import FileRefused

_DAMAGED = f"The workbook is damaged and cannot be opened. {EXPORT_AGAIN}"
_CHUNK_BYTES = 256 * 1024
_OVERLAP_BYTES = 512
_MOST_PARTS = 2_000

# Beyond column Z or row 99,999: no other cell can be far. The first pattern is the quick one; the
# second asks in addition that the cell be filled (not self-closing).
_FAR = rb"""r=["']([A-Z]{2,3}[0-9]{1,7}|[A-Z][0-9]{6,7})["']"""
_FAR_REFERENCE = re.compile(_FAR)
_FAR_CELL = re.compile(rb"<(?:\w{1,20}:)?c\s(?:[^<>]{0,200}\s)?" + _FAR + rb"[^<>]{0,200}(?<!/)>")

# A title, a blank line and headings may stand above the rows that are counted.
_ROWS_ABOVE = 50

CellValue = str | int | float | bool | date | datetime | time | timedelta


def check_package(path: Path, limits: Limits) -> None:
    """Unpack every part without keeping it: true sizes, no document type, no far cell. Raises
    FileRefused.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS:
                raise FileRefused(_DAMAGED)
            left = limits.inflated_bytes
            for part in parts:
                left = _check_part(package, part, left, limits)
    except ZIP_FAULTS as error:
        raise FileRefused(_DAMAGED) from error


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    is_sheet = part.filename.startswith("xl/worksheets/")
    is_markup = part.filename.lower().endswith((".xml", ".rels"))
    tail = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                most = limits.inflated_bytes // (1024 * 1024)
                raise FileRefused(f"The workbook unpacks to more than {most:,} MB. {EXPORT_AGAIN}")
            seen = tail + chunk
            if is_markup and b"<!DOCTYPE" in seen:
                raise FileRefused(f"The workbook holds a document type, which is not safe. {EXPORT_AGAIN}")
            if is_sheet and _FAR_REFERENCE.search(seen):
                _refuse_far_cells(seen, limits)
            tail = seen[-_OVERLAP_BYTES:]
    return left


def _refuse_far_cells(markup: bytes, limits: Limits) -> None:
    for found in _FAR_CELL.finditer(markup):
        reference = found[1].decode("ascii")
        letters = reference.rstrip("0123456789")
        if _column_number(letters) > limits.columns:
            raise FileRefused(
                f"Cell {reference} holds something, and no more than {limits.columns} columns can "
                "be read. Delete the columns that are not needed and try again."
            )
        if int(reference[len(letters) :]) > limits.rows + _ROWS_ABOVE:
            raise FileRefused(
                f"Cell {reference} holds something, and no more than {limits.rows:,} rows can be "
                "read. Delete what is not needed, or split the file, and try again."
            )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def open_sheet(path: Path) -> tuple[CalamineSheet, list[str]]:
    """The first visible sheet, and the names of the other visible ones. Raises FileRefused."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        visible = [
            each.name
            for each in workbook.sheets_metadata
            if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
        ]
        if not visible:
            raise FileRefused("The workbook has no visible sheet. Unhide the register and try again.")
        return workbook.get_sheet_by_name(visible[0]), visible[1:]
    except CalamineError as error:
        raise FileRefused(_DAMAGED) from error


def records(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of every row of the sheet, blank ones too."""
    if sheet.start is None:
        return
    blank_columns = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, blank_columns + [cell_text(cell) for cell in row]


def cell_text(value: CellValue) -> str:
    """One cell as it should be read: 12345.0 as "12345", a date as "2025-06-03"."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
