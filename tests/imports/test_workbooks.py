"""Workbooks are measured before they are opened, and their cells come out as an officer sees
them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from licensing.imports import limits, workbooks
from licensing.imports.refused import FileRefused

MakeWorkbook = Callable[[Sequence[Sequence[object]]], Path]
MakeWorkbookOf = Callable[[Sequence[tuple[str, str, str]]], Path]
SHEET = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
END = "</sheetData></worksheet>"


def rows(path: Path) -> list[tuple[int, list[str]]]:
    workbooks.check_package(path, limits.WEB)
    sheet, _ = workbooks.open_sheet(path)
    return list(workbooks.records(sheet))


def refusal(path: Path, bounds: limits.Limits = limits.WEB) -> str:
    with pytest.raises(FileRefused) as refused:
        workbooks.check_package(path, bounds)
    return refused.value.message


def test_cells_come_as_text(make_workbook: MakeWorkbook) -> None:
    path = make_workbook([["Ann", 12345.0, 1.5, date(2025, 6, 3), True, None]])
    assert rows(path) == [(1, ["Ann", "12345", "1.5", "2025-06-03", "TRUE"])]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345.0, "12345"),
        (100_023_456_789.0, "100023456789"),
        (-3.0, "-3"),
        (0.5, "0.5"),
        (False, "FALSE"),
        (datetime(2025, 6, 3), "2025-06-03"),
        (datetime(2025, 6, 3, 14, 5), "2025-06-03 14:05:00"),
        (time(14, 5), "14:05:00"),
        ("0012", "0012"),
    ],
)
def test_one_cell_is_written_as_it_is_meant(value: workbooks.CellValue, text: str) -> None:
    assert workbooks.cell_text(value) == text


def test_row_numbers_and_columns_keep_blank_ones_before_them(make_workbook: MakeWorkbook) -> None:
    path = make_workbook([[], [None, "Name"], [], [None, "Ann"]])
    assert rows(path) == [(1, ["", ""]), (2, ["", "Name"]), (3, ["", ""]), (4, ["", "Ann"])]


def test_an_empty_sheet_has_no_rows(make_workbook: MakeWorkbook) -> None:
    assert rows(make_workbook([])) == []


def test_the_first_visible_sheet_is_read_and_the_others_named(
    make_workbook_of: MakeWorkbookOf,
) -> None:
    def sheet(text: str) -> str:
        return f"{SHEET}<row r='1'><c r='A1' t='inlineStr'><is><t>{text}</t></is></c></row>{END}"

    path = make_workbook_of(
        [
            ("Lists", "hidden", sheet("hidden")),
            ("Drivers", "visible", sheet("shown")),
            ("Notes", "visible", sheet("other")),
        ]
    )
    found, others = workbooks.open_sheet(path)
    assert (found.name, others) == ("Drivers", ["Notes"])
    assert rows(path) == [(1, ["shown"])]


def test_a_workbook_with_nothing_visible_is_refused(make_workbook_of: MakeWorkbookOf) -> None:
    path = make_workbook_of([("Drivers", "hidden", f"{SHEET}{END}")])
    with pytest.raises(FileRefused, match="no visible sheet"):
        workbooks.open_sheet(path)


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (
            "XFD1048576",
            "Cell XFD1048576 holds something, and no more than 100 columns can be read.",
        ),
        ("A1048576", "Cell A1048576 holds something, and no more than 100,000 rows can be read."),
        ("CW1", "Cell CW1 holds something, and no more than 100 columns can be read."),
    ],
)
def test_one_far_cell_is_refused_before_the_sheet_is_opened(
    make_workbook_of: MakeWorkbookOf, reference: str, said: str
) -> None:
    cell = f'<row><c r="{reference}"><v>1</v></c></row>'
    path = make_workbook_of([("Drivers", "visible", f"{SHEET}{cell}{END}")])
    assert refusal(path).startswith(said)


def test_far_cells_that_are_only_coloured_do_no_harm(make_workbook_of: MakeWorkbookOf) -> None:
    cells = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    path = make_workbook_of([("Drivers", "visible", f"{SHEET}{cells}{END}")])
    assert rows(path) == [(1, ["7"])]


def test_a_workbook_that_unpacks_to_too_much_is_refused(make_workbook_of: MakeWorkbookOf) -> None:
    bomb = f"{SHEET}{' ' * (51 * 1024 * 1024)}{END}"
    path = make_workbook_of([("Drivers", "visible", bomb)])
    assert path.stat().st_size < 100_000
    assert refusal(path).startswith("The workbook unpacks to more than 50 MB.")


def test_the_parts_of_a_workbook_count_together(make_workbook: MakeWorkbook) -> None:
    path = make_workbook([["Name"]])
    assert refusal(path, replace(limits.WEB, inflated_bytes=1_000)).startswith("The workbook unpacks to more than")


def test_a_size_that_the_zip_file_lies_about_is_refused(make_workbook: MakeWorkbook) -> None:
    path = make_workbook([["Name"], ["Ann" * 1_000]])
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("xl/worksheets/sheet1.xml").file_size
    content = path.read_bytes()
    assert content.count(size.to_bytes(4, "little")) == 2
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert refusal(path).startswith("The workbook is damaged")


def test_a_document_type_in_a_workbook_is_refused(make_workbook_of: MakeWorkbookOf) -> None:
    bomb = '<!DOCTYPE lolz [<!ENTITY lol "lol">]>' + f"{SHEET}{END}"
    path = make_workbook_of([("Drivers", "visible", bomb)])
    assert refusal(path).startswith("The workbook holds a document type")


def test_a_workbook_that_is_not_one_inside_is_refused(make_workbook_of: MakeWorkbookOf) -> None:
    path = make_workbook_of([("Drivers", "visible", "<worksheet")])
    workbooks.check_package(path, limits.WEB)
    with pytest.raises(FileRefused, match="damaged"):
        workbooks.open_sheet(path)
