"""Files are read by a confined child process: what it sends, what it refuses, and what stops it."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from licensing.imports import limits, reading
from licensing.imports.limits import MEGABYTE, Limits
from licensing.imports.mapping import FileMapping
from licensing.imports.refused import FileRefused
from licensing.imports.tables import Row

MakeWorkbook = Callable[[Sequence[Sequence[object]]], Path]
HEADINGS = "Surname,Licence Number,Licence type\n"


def csv_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path, bounds: Limits = limits.WEB, kind: str = "drivers") -> str:
    with pytest.raises(FileRefused) as refused:
        list(reading.read_table(path, kind, bounds).rows)
    return refused.value.message


def children() -> set[str]:
    return {child for task in Path("/proc/self/task").iterdir() for child in (task / "children").read_text().split()}


def test_rows_come_with_their_headings_and_facts(tmp_path: Path) -> None:
    table = reading.read_table(csv_file(tmp_path, HEADINGS + "Ex,1,PHD\n"), "drivers", limits.WEB)
    assert table.layout.columns == {"family_name": 0, "licence_no": 1, "licence_type": 2}
    assert table.facts == {"encoding": "utf-8"}
    assert list(table.rows) == [Row(2, ["Ex", "1", "PHD"])]


def test_rows_can_be_read_again(tmp_path: Path) -> None:
    table = reading.read_table(csv_file(tmp_path, HEADINGS + "Ex,1,PHD\n"), "drivers", limits.WEB)
    assert list(table.rows) == list(table.rows) != []


def test_a_title_and_a_blank_line_above_the_headings_are_passed_over(
    make_workbook: MakeWorkbook,
) -> None:
    path = make_workbook(
        [
            ["Register of drivers"],
            [],
            ["Surname", "Badge", "Licence no", "Type"],
            ["Ex", 7.0, 1, "PHD"],
        ]
    )
    table = reading.read_table(path, "drivers", limits.WEB)
    assert table.layout.row_number == 3
    assert list(table.rows) == [Row(4, ["Ex", "7", "1", "PHD"])]
    assert table.facts == {"sheet": "Drivers"}


def test_headings_may_stand_in_the_twentieth_row_and_no_later(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Note\n" * 19 + HEADINGS + "Ex,1,PHD\n")
    assert reading.read_table(path, "drivers", limits.WEB).layout.row_number == 20
    path = csv_file(tmp_path, "Note\n" * 20 + HEADINGS + "Ex,1,PHD\n")
    assert refusal(path).startswith("There is no column for the holder's name")


def test_an_fhrs_file_gives_its_header_as_facts(make_fhrs: Callable[..., Path]) -> None:
    table = reading.read_table(make_fhrs("<FHRSID>1</FHRSID>"), "fhrs", limits.WEB)
    assert table.facts == {"ExtractDate": "2025-06-03", "ItemCount": "1"}
    assert [row.number for row in table.rows] == [1]


def test_the_mapping_says_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(HEADINGS.encode() + b"Jos\xe9,1,PHD\n")
    mapping = FileMapping(encoding="windows-1252")
    table = reading.read_table(path, "drivers", limits.WEB, mapping)
    assert next(iter(table.rows)).cells[0] == "José"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty."),
        ("\n , \n\n", "The file is empty."),
        (HEADINGS, "The file has headings but no rows."),
        (HEADINGS + '"Ex,1,PHD\n', "Line 2 has a quotation mark that is never closed."),
    ],
)
def test_a_file_without_rows_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(csv_file(tmp_path, text)) == message


def test_a_fault_far_down_is_raised_when_it_is_reached(tmp_path: Path) -> None:
    text = HEADINGS + "Ex,1,PHD\n" * 3_000 + '"Ex,1,PHD\n'
    rows = iter(reading.read_table(csv_file(tmp_path, text), "drivers", limits.WEB).rows)
    assert next(rows).number == 2
    with pytest.raises(FileRefused, match="Line 3002 has a quotation mark"):
        list(rows)


def test_rows_are_counted_below_the_headings(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Title\n\n" + HEADINGS + "Ex,1,PHD\n" * 3)
    assert refusal(path, replace(limits.WEB, rows=2)).startswith("The file has more than 2 rows.")
    table = reading.read_table(path, "drivers", replace(limits.WEB, rows=3))
    assert len(list(table.rows)) == 3


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADINGS + "x," * 100 + "x\n")
    assert refusal(path) == "Row 2 has 101 columns. At most 100 can be read."


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADINGS + "Ex,1,PHD\n" * 200)
    assert refusal(path, replace(limits.WEB, file_bytes=1_000)) == "The file is larger than 0 MB."


def test_each_kind_of_import_takes_its_own_kind_of_file(tmp_path: Path, make_fhrs: Callable[..., Path]) -> None:
    assert refusal(make_fhrs("<FHRSID>1</FHRSID>")).startswith("This is an XML file.")
    assert "Standards Agency's XML file only" in refusal(csv_file(tmp_path, HEADINGS), kind="fhrs")


def test_the_memory_limit_bites_and_only_the_child_feels_it(tmp_path: Path) -> None:
    path = tmp_path / "FHRS999en-GB.xml"
    path.write_text("<FHRSEstablishment><Header>" + "<a/>" * 1_000_000 + "</Header></FHRSEstablishment>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    message = refusal(path, replace(limits.WEB, memory_bytes=100 * MEGABYTE), kind="fhrs")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert message.startswith("The file needs more memory to read than is allowed.")
    assert grown < 20 * 1024


def test_a_sheet_stretched_without_cell_references_is_stopped_by_the_memory_limit(
    make_workbook_of: Callable[[Sequence[tuple[str, str, str]]], Path],
) -> None:
    stretched = (
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
        "<row r='1'><c><v>1</v></c></row><row r='1048576'>"
        + "<c/>" * 16_383
        + "<c><v>1</v></c></row></sheetData></worksheet>"
    )
    path = make_workbook_of([("Drivers", "visible", stretched)])
    assert refusal(path).startswith("The file needs more memory to read than is allowed.")


def test_the_processor_limit_bites(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADINGS + "\n" * 9_000_000)
    message = refusal(path, replace(limits.WEB, cpu_seconds=1))
    assert message.startswith("The file takes too long to read.")


def test_a_child_that_says_nothing_is_given_up_and_ended(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    os.mkfifo(path)
    before = children()
    assert refusal(path, replace(limits.WEB, waiting_seconds=0.3)).startswith("The file takes too long to read.")
    assert children() == before


def test_a_child_ends_with_the_reading_of_its_rows(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADINGS + "Example,1,PHD\n" * 50_000)
    before = children()
    rows = iter(reading.read_table(path, "drivers", limits.WEB).rows)
    next(rows)
    assert len(children() - before) == 1
    del rows
    assert children() == before


def test_a_refused_file_leaves_no_child_behind(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Shoe size,Hat size\n" + "7,8\n" * 50_000)
    before = children()
    with pytest.raises(FileRefused) as refused:
        reading.read_table(path, "drivers", limits.WEB)
    assert refused.value.__traceback__ is not None
    assert children() == before


def test_a_file_that_changes_between_two_readings_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADINGS + "Ex,1,PHD\n")
    table = reading.read_table(path, "drivers", limits.WEB)
    path.write_text(HEADINGS + "Ex,1,PHD\nWy,2,PHD\n")
    with pytest.raises(FileRefused, match="changed while it was being read"):
        list(table.rows)


def test_a_reader_that_does_not_start_is_not_blamed_on_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_START_CHILD", str(tmp_path / "missing.py"))
    with pytest.raises(RuntimeError, match="file reader ended with status 2"):
        reading.read_table(csv_file(tmp_path, HEADINGS), "drivers", limits.WEB)


def test_the_child_is_told_no_secret_of_its_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "environment"
    tell_tale = tmp_path / "tell_tale.py"
    tell_tale.write_text(f"import os; open({str(seen)!r}, 'w').write(repr(dict(os.environ)))")
    monkeypatch.setenv("SECRET_KEY", "not for the child")
    monkeypatch.setattr(reading, "_START_CHILD", str(tell_tale))
    with pytest.raises(FileRefused):
        reading.read_table(csv_file(tmp_path, HEADINGS), "drivers", limits.WEB)
    assert "LC_ALL" in seen.read_text()
    assert "SECRET_KEY" not in seen.read_text()
