"""CSV files: which encoding, which separator, and their records, streamed.

The encoding is told by a byte order mark, else it is strict UTF-8; Windows-1252 is read only when
somebody said so, since guessing turns a pound sign or an accented name into another letter without
anybody noticing.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from licensing.imports.limits import Limits
from licensing.imports.refused import FileRefused

UTF_8, WINDOWS_1252 = "utf-8", "windows-1252"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", ";", "\t")
_CHUNK_BYTES = 64 * 1024
_PROBE_BYTES = 1024 * 1024
_SAMPLE_LINES = 50
_LONGEST_LINE = 1_000_000


def choose_encoding(path: Path, said: str | None) -> str:
    """The codec to read the file with. Raises FileRefused where what was said is plainly wrong."""
    with path.open("rb") as file:
        start = file.read(_PROBE_BYTES)
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return codec
    if said != WINDOWS_1252:
        return UTF_8
    if not start.isascii() and _is_utf_8(start):
        raise FileRefused(
            "This file is UTF-8, not Windows-1252. Read as Windows-1252 its accented letters would "
            "change. Choose UTF-8 as its encoding and try again."
        )
    return WINDOWS_1252


def records(path: Path, codec: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Yield (spreadsheet row number, cells) of every record, blank ones too. Raises FileRefused."""
    csv.field_size_limit(limits.cell_characters)
    with path.open("rb") as file:
        lines = _lines(file, codec)
        sample = list(islice(lines, _SAMPLE_LINES))
        separator = choose_separator(sample)
        yield from _parsed(chain(sample, lines), separator, limits)


def choose_separator(sample: list[str]) -> str:
    """The separator that cuts most rows evenly; a comma where there is one column."""
    return max(_SEPARATORS, key=lambda separator: (_is_parted(sample, separator), _evenness(sample, separator)))


def _is_parted(sample: list[str], separator: str) -> bool:
    """Whether no quoted value goes on after its closing mark, as it does when a separator inside values is taken."""
    try:
        for _ in csv.reader(sample, delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "expected after" not in str(error)
    return True


def _evenness(sample: list[str], separator: str) -> int:
    try:
        widths = Counter(len(row) - 1 for row in csv.reader(sample, delimiter=separator) if row)
    except csv.Error:
        return 0
    return max((cuts * rows for cuts, rows in widths.items()), default=0)


def _parsed(lines: Iterator[str], separator: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        first_line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _broken_record(str(error), first_line, reader.line_num, limits) from error
        number += 1
        yield number, cells


def _broken_record(problem: str, first: int, last: int, limits: Limits) -> FileRefused:
    if last > first or "end of data" in problem:
        return FileRefused(f"Line {first} has a quotation mark that is never closed.")
    if "field limit" in problem:
        most = f"{limits.cell_characters:,}"
        return FileRefused(f"Line {first} has a cell of more than {most} characters.")
    return FileRefused(
        f"Line {first} has text straight after a closing quotation mark. Inside a value, write the "
        'quotation mark twice ("").'
    )


def _lines(file: BinaryIO, codec: str) -> Iterator[str]:
    """Decoded lines ending in a line feed, whichever of CR, LF and CR LF the file uses."""
    decoder = codecs.getincrementaldecoder(codec)()
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    line, rest = 1, ""
    while True:
        chunk = file.read(_CHUNK_BYTES)
        try:
            text = newlines.decode(decoder.decode(chunk, final=not chunk), final=not chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(codec, errors="ignore")
            raise _wrong_byte(error, line + newlines.decode(before).count("\n"), codec) from error
        _refuse_nul(text, line)
        *complete, rest = (rest + text).split("\n")
        for each in complete:
            yield each + "\n"
        line += len(complete)
        if len(rest) > _LONGEST_LINE:
            raise FileRefused(f"Line {line} is too long to be a row of a register.")
        if not chunk:
            break
    if rest:
        yield rest


def _refuse_nul(text: str, line: int) -> None:
    position = text.find("\0")
    if position < 0:
        return
    if text.count("\0") * 3 > len(text):
        raise FileRefused("The file looks like UTF-16 without the mark that says so. Save it again as 'CSV UTF-8'.")
    line += text.count("\n", 0, position)
    raise FileRefused(f"Line {line} has a NUL byte (00), which no text has: the file is damaged. Export it again.")


def _wrong_byte(error: UnicodeDecodeError, line: int, codec: str) -> FileRefused:
    byte = error.object[error.start : error.start + 1]
    where = f"Line {line} has the byte {byte.hex().upper()}, which is not"
    if codec == WINDOWS_1252:
        return FileRefused(f"{where} Windows-1252. Save the file again as 'CSV UTF-8'.")
    if codec == "utf-16":
        return FileRefused(f"{where} UTF-16: the file is damaged. Save it as 'CSV UTF-8'.")
    letter = byte.decode(WINDOWS_1252, errors="replace")
    return FileRefused(
        f"{where} UTF-8. In Windows-1252 it is '{letter}'. If that is right, choose Windows-1252 "
        'as the encoding (in a mapping file: "encoding": "windows-1252"). Otherwise save the '
        "file again as 'CSV UTF-8'."
    )


def _is_utf_8(start: bytes) -> bool:
    try:
        codecs.getincrementaldecoder(UTF_8)().decode(start)
    except UnicodeDecodeError:
        return False
    return True
