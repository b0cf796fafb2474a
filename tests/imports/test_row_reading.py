"""One row: its cells by column, and the lines that are not rows at all."""

from __future__ import annotations

from datetime import date

import pytest

from licensing.imports.headings import Layout
from licensing.imports.row_reading import RowReading, has_too_many_cells, is_total
from licensing.imports.tables import Row

LAYOUT = Layout(("Surname", "Notes", "NI", "Expiry"), 1, {"family_name": 0, "nino": 2, "expires_on": 3})


def test_texts_are_found_by_column_and_missing_ones_are_blank() -> None:
    reading = RowReading(Row(2, [" Ex  ample ", "x"]), LAYOUT)
    assert reading.text("family_name") == "Ex ample"
    assert (reading.text("nino"), reading.text("vrm")) == ("", "")


def test_a_bad_date_is_a_reason_and_no_date() -> None:
    reading = RowReading(Row(2, ["Ex", "", "", "31/02/2025"]), LAYOUT)
    assert reading.date("expires_on", "DMY") is None
    (rejection,) = reading.rejections
    assert (rejection.row, rejection.column, rejection.value) == (2, "expires_on", "31/02/2025")


def test_a_day_number_is_a_date_with_a_warning() -> None:
    reading = RowReading(Row(2, ["Ex", "", "", "45811"]), LAYOUT)
    assert reading.date("expires_on", "DMY") == date(2025, 6, 3)
    assert reading.warnings == ["expires_on: the day number 45811 was read as 3 June 2025"]


def test_a_spreadsheet_error_is_a_reason_of_its_own() -> None:
    reading = RowReading(Row(2, ["#REF!"]), LAYOUT)
    assert reading.is_rejected_for("family_name")
    assert reading.text("family_name") == ""


def test_a_text_that_is_too_long_is_a_reason() -> None:
    reading = RowReading(Row(2, ["x" * 501]), LAYOUT)
    assert [rejection.reason for rejection in reading.rejections] == ["This is longer than 500 characters"]


def test_two_rows_that_say_the_same_have_one_fingerprint() -> None:
    one = RowReading(Row(2, ["Ex", "a", "", ""]), LAYOUT).fingerprint()
    assert RowReading(Row(9, [" Ex ", "b"]), LAYOUT).fingerprint() == one
    assert RowReading(Row(9, ["", "", "Ex"]), LAYOUT).fingerprint() != one


@pytest.mark.parametrize("cells", [["Total", "57"], ["", "Grand total: 57"], ["Number of drivers", "", "57"]])
def test_a_line_of_totals_is_not_a_row(cells: list[str]) -> None:
    assert is_total(Row(9, cells))


@pytest.mark.parametrize("cells", [["Total", "Ann", "1", "PHD"], ["Totally", "1"], ["Ex", "total"], []])
def test_a_row_that_only_looks_like_totals_is_a_row(cells: list[str]) -> None:
    assert not is_total(Row(9, cells))


def test_a_row_with_more_cells_than_headings_is_cut_in_two() -> None:
    assert has_too_many_cells(Row(2, ["1", "2", "3", "4", "5"]), LAYOUT)
    assert not has_too_many_cells(Row(2, ["1", "2", "3", "4"]), LAYOUT)
