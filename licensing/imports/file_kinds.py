"""What a file really is, told from its first bytes and never from its name."""

from __future__ import annotations

import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from licensing.imports.refused import FileRefused

EXPORT_AGAIN = "Export the register as CSV or XLSX and try again."
_LOOKED_AT = 4096
_ZIP = b"PK\x03\x04"

# Signature, name, and the endings that such a file honestly carries.
_SIGNATURES: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF", "a PDF", (".pdf",)),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or a workbook with a password", (".xls",)),
    (b"\x89PNG", "an image", (".png",)),
    (b"\xff\xd8\xff", "an image", (".jpg", ".jpeg")),
    (b"GIF8", "an image", (".gif",)),
    (b"II*\x00", "an image", (".tif", ".tiff")),
    (b"MM\x00*", "an image", (".tif", ".tiff")),
    (b"RIFF", "an image or a recording", (".webp", ".wav", ".avi")),
    (b"{\\rtf", "a word processor document", (".rtf",)),
    (b"\x1f\x8b", "a compressed file", (".gz",)),
    (b"7z\xbc\xaf", "a compressed file", (".7z",)),
    (b"Rar!", "a compressed file", (".rar",)),
    (b"PK\x05\x06", "an empty zip file", (".zip",)),
    (b"\x7fELF", "a program", ()),
    (b"SQLite format 3", "a database", (".db", ".sqlite")),
)


# What Python raises for a zip file that is damaged, or of a kind that it cannot unpack.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class FileKind(StrEnum):
    """The kinds of file that can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    XML = "xml"


def recognise(path: Path) -> FileKind:
    """Say what can be read; refuse the rest by name. Raises FileRefused."""
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if not start:
        raise FileRefused("The file is empty.")
    if start.startswith(_ZIP):
        return _recognise_package(path)
    body = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, name, endings in _SIGNATURES:
        if body.startswith(signature):
            raise _wrong_kind(path, name, endings)
    return _recognise_markup(path, body)


def _recognise_markup(path: Path, body: bytes) -> FileKind:
    readable = body.replace(b"\x00", b"").lstrip(b"\xff\xfe").lower()
    if readable.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise _wrong_kind(path, "a web page", (".htm", ".html"))
    if readable.startswith((b"<?xml", b"<fhrs", b"<!doctype", b"<!--")):
        return FileKind.XML
    return FileKind.TEXT


def _recognise_package(path: Path) -> FileKind:
    """Tell a workbook from the other files that are zip files inside."""
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except ZIP_FAULTS as error:
        raise FileRefused(f"The workbook is damaged and cannot be opened. {EXPORT_AGAIN}") from error
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    if "xl/workbook.bin" in names:
        raise _wrong_kind(path, "a binary Excel workbook", (".xlsb",))
    if any(name.startswith("word/") for name in names):
        raise _wrong_kind(path, "a Word document", (".docx",))
    if "mimetype" in names and "content.xml" in names:
        raise _wrong_kind(path, "an OpenDocument file", (".ods", ".odt"))
    raise _wrong_kind(path, "a zip file", (".zip",))


def _wrong_kind(path: Path, name: str, endings: tuple[str, ...]) -> FileRefused:
    ending = path.suffix.lower()
    renamed = f" renamed {ending}" if ending and ending not in endings else ""
    return FileRefused(f"This is {name}{renamed}. {EXPORT_AGAIN}")
