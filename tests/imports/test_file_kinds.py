"""A file is what its first bytes say, whatever it is called."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from licensing.imports.file_kinds import FileKind, recognise
from licensing.imports.refused import FileRefused


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        recognise(path)
    return refused.value.message


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return path


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.touch()
    assert refusal(path) == "The file is empty."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xef\xbb\xbf%PDF-1.7\n", "a PDF"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old Excel file (.xls), or a workbook with a password",
        ),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"GIF89a", "an image"),
        (b"{\\rtf1", "a word processor document"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"  <HTML><body>", "a web page"),
        (b"<table><tr>", "a web page"),
    ],
)
def test_a_file_of_another_kind_renamed_csv_is_named(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    expected = f"This is {name} renamed .csv. Export the register as CSV or XLSX and try again."
    assert refusal(path) == expected


def test_an_honest_ending_is_not_called_renamed(tmp_path: Path) -> None:
    path = tmp_path / "register.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert refusal(path).startswith("This is a PDF. Export")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("word/document.xml",), "a Word document"),
        (("mimetype", "content.xml"), "an OpenDocument file"),
        (("xl/workbook.bin",), "a binary Excel workbook"),
        (("register.csv",), "a zip file"),
    ],
)
def test_a_zip_file_that_is_no_workbook_is_named(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    assert refusal(zipped(tmp_path / "register.xlsx", *names)).startswith(f"This is {said} renamed .xlsx.")


def test_a_damaged_zip_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    assert refusal(path).startswith("The workbook is damaged")


def test_a_workbook_is_known_under_any_name(tmp_path: Path, make_workbook: Callable[..., Path]) -> None:
    path = make_workbook([["Name"]]).rename(tmp_path / "register.csv")
    assert recognise(path) is FileKind.WORKBOOK


def test_text_and_xml_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"Name,Town\n")
    assert recognise(path) is FileKind.TEXT
    path.write_bytes(b'\xef\xbb\xbf<?xml version="1.0"?><a/>')
    assert recognise(path) is FileKind.XML
