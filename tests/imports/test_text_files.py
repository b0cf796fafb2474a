"""CSV files in the encodings and separators that councils use, and the ways in which they are
broken.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.imports import limits, text_files
from licensing.imports.refused import FileRefused

CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=2, max_size=12)
)


def read(path: Path, said: str | None = None) -> list[list[str]]:
    codec = text_files.choose_encoding(path, said)
    return [cells for _, cells in text_files.records(path, codec, limits.WEB)]


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    return path


def refusal(path: Path, said: str | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        read(path, said)
    return refused.value.message


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_accented_name_is_read_in_each_unicode_encoding(tmp_path: Path, codec: str) -> None:
    path = written(tmp_path, "Name,Town\nJosé,Kraków\n".encode(codec))
    assert read(path) == [["Name", "Town"], ["José", "Kraków"]]


def test_utf_16_of_either_byte_order_is_told_by_its_mark(tmp_path: Path) -> None:
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        path = written(tmp_path, mark + "A,B\n1,£\n".encode(codec))
        assert read(path) == [["A", "B"], ["1", "£"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_each_separator_and_line_end_is_read(tmp_path: Path, separator: str, line_end: str) -> None:
    rows = [["Name", "Town"], ["Ann", "Leeds"], ["Bob", "York"]]
    text = "".join(separator.join(row) + line_end for row in rows)
    assert read(written(tmp_path, text.encode())) == rows


def test_commas_inside_values_do_not_hide_a_semicolon(tmp_path: Path) -> None:
    text = "Name;Address\nAnn;1 High St, Leeds, LS1\nBob;2 Low St, York\n"
    assert read(written(tmp_path, text.encode()))[1] == ["Ann", "1 High St, Leeds, LS1"]


def test_one_column_is_a_table_too(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"Name\nAnn\n")) == [["Name"], ["Ann"]]


def test_a_new_line_inside_quotation_marks_belongs_to_the_value(tmp_path: Path) -> None:
    path = written(tmp_path, b'Name,Address\r\nAnn,"1 High St\r\nLeeds"\r\nBob,York\r\n')
    assert read(path) == [["Name", "Address"], ["Ann", "1 High St\nLeeds"], ["Bob", "York"]]


def test_rows_are_numbered_as_a_spreadsheet_does_with_blank_ones(tmp_path: Path) -> None:
    path = written(tmp_path, b'A,B\n\n"x\ny",1\nz,2\n')
    numbers = [number for number, _ in text_files.records(path, "utf-8", limits.WEB)]
    assert numbers == [1, 2, 3, 4]


def test_windows_1252_is_refused_with_the_line_the_byte_and_the_way_out(tmp_path: Path) -> None:
    path = written(tmp_path, b"Fee,Name\n10,Ann\n\xa350,Bob\n")
    message = refusal(path)
    assert message.startswith("Line 3 has the byte A3, which is not UTF-8.")
    assert "In Windows-1252 it is '£'" in message
    assert '"encoding": "windows-1252"' in message


def test_windows_1252_is_read_when_it_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, b"Fee,Name\n\xa350,Jos\xe9\n")
    assert read(path, "windows-1252")[1] == ["£50", "José"]


def test_a_byte_that_windows_1252_does_not_have_is_refused(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, b"A,B\n\x81,1\n"), "windows-1252")
    assert message.startswith("Line 2 has the byte 81, which is not Windows-1252.")


def test_utf_8_is_not_read_as_windows_1252_even_when_that_is_said(tmp_path: Path) -> None:
    path = written(tmp_path, "Name,Town\nJosé,Leeds\n".encode())
    assert "This file is UTF-8, not Windows-1252" in refusal(path, "windows-1252")


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_the_line_of_a_wrong_byte_is_counted_across_chunks(tmp_path: Path, line_end: bytes) -> None:
    path = written(tmp_path, (b"Ann,Leeds" + line_end) * 20_000 + b"B\xf6b,York" + line_end)
    assert refusal(path).startswith("Line 20001 has the byte F6")


def test_utf_16_cut_short_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "A,B\n1,2\n".encode("utf-16")[:-1])
    assert "UTF-16: the file is damaged" in refusal(path)


def test_a_nul_byte_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"Name,Town\nAnn,Leeds\nB\x00b,York\n")
    assert refusal(path).startswith("Line 3 has a NUL byte")


def test_utf_16_without_its_mark_is_told_from_a_damaged_file(tmp_path: Path) -> None:
    path = written(tmp_path, "Name,Town\nAnn,Leeds\n".encode("utf-16-le"))
    assert "looks like UTF-16 without the mark" in refusal(path)


@pytest.mark.parametrize("rows_after", [0, 1, 5_000])
def test_a_quotation_mark_never_closed_is_refused_with_its_line(tmp_path: Path, rows_after: int) -> None:
    text = "Name,Town\n" + "Ann,Leeds\n" * 12 + '"Bob,York\n' + "Cat,Hull\n" * rows_after
    message = refusal(written(tmp_path, text.encode()))
    assert message == "Line 14 has a quotation mark that is never closed."


def test_a_quotation_mark_closed_by_the_next_row_is_refused_with_its_line(tmp_path: Path) -> None:
    text = 'Name,Town\nAnn,Leeds\n"Bob,York\n"Cat",Hull\nDan,Bath\n'
    message = refusal(written(tmp_path, text.encode()))
    assert message == "Line 3 has a quotation mark that is never closed."


def test_text_after_a_closing_quotation_mark_is_refused(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, b'Name,Town\n"Ann" Lee,Leeds\n'))
    assert message.startswith("Line 2 has text straight after a closing quotation mark.")


def test_a_cell_longer_than_a_spreadsheet_allows_is_refused(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, b"Name,Town\n" + b"x" * 32_768 + b",York\n"))
    assert message == "Line 2 has a cell of more than 32,767 characters."


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, b"Name,Town\n" + b"x" * 1_100_000))
    assert message == "Line 2 is too long to be a row of a register."


@given(TABLES, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, codec: str
) -> None:
    rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    path = tmp_path_factory.mktemp("csv") / "register.csv"
    path.write_bytes(text.getvalue().encode(codec))
    assert read(path) == rows
