"""Which column of a file is which: by our names, by what councils call it, or by a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from licensing.imports.heading_names import COLUMNS, REQUIRED
from licensing.imports.mapping import FileMapping
from licensing.imports.refused import FileRefused
from licensing.imports.rules import ImportKind

_NOT_LETTERS_OR_DIGITS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """The headings as written, their spreadsheet row, and where each column of ours is found."""

    headings: tuple[str, ...]
    row_number: int
    columns: Mapping[str, int]
    warnings: tuple[str, ...] = ()


def find(rows: Sequence[tuple[int, list[str]]], kind: str, mapping: FileMapping) -> Layout:
    """Find the headings among the first rows (number, cells).

    A title and blank lines may stand above them. Raises FileRefused where there are none, a
    required one is missing, or two mean the same.
    """
    if not rows:
        raise FileRefused("The file is empty.")
    if kind == ImportKind.FHRS:
        number, fields = rows[0]
        return Layout(tuple(fields), number, {field: i for i, field in enumerate(fields)})
    known = _known_headings(kind, mapping)
    number, headings = max(rows, key=lambda row: _recognised(row[1], known))
    if _recognised(headings, known) < min(2, len(headings)):
        number, headings = rows[0]
    return resolve(headings, number, kind, mapping)


def resolve(headings: Sequence[str], number: int, kind: str, mapping: FileMapping) -> Layout:
    """Give each column of ours its place in a row of headings. Raises FileRefused."""
    written = tuple(" ".join(heading.split()) for heading in headings)
    _refuse_same_heading(written)
    _refuse_missing_mapped(written, kind, mapping)
    columns = _columns_said(written, mapping)
    said = set(columns.values())
    for index, heading in enumerate(written):
        column = _synonyms(kind).get(_key(heading))
        if column is None or index in said or column in _said_columns(mapping):
            continue
        if column in columns:
            first = written[columns[column]]
            raise FileRefused(f"The headings '{first}' and '{heading}' both mean {column}: keep one.")
        columns[column] = index
    _prefer_separate_names(columns)
    _refuse_missing(columns, kind)
    return Layout(written, number, columns, _warnings(written, columns))


def _key(heading: str) -> str:
    """What is compared of a heading: letters and digits ("D.O.B." is "dob")."""
    return _NOT_LETTERS_OR_DIGITS.sub("", heading).casefold()


def _synonyms(kind: str) -> dict[str, str]:
    return {_key(name): column for column, names in COLUMNS[kind].items() for name in (column, *names)}


def _known_headings(kind: str, mapping: FileMapping) -> set[str]:
    return {*_synonyms(kind), *(_key(heading) for heading in mapping.columns)}


def _recognised(cells: Sequence[str], known: set[str]) -> int:
    return sum(_key(cell) in known for cell in cells)


def _said_columns(mapping: FileMapping) -> set[str]:
    return set(mapping.columns.values())


def _columns_said(written: Sequence[str], mapping: FileMapping) -> dict[str, int]:
    said = {_key(heading): column for heading, column in mapping.columns.items()}
    return {said[_key(heading)]: i for i, heading in enumerate(written) if _key(heading) in said}


def _prefer_separate_names(columns: dict[str, int]) -> None:
    """Where the family name has its own column, one with the whole name adds only doubt."""
    if "family_name" in columns:
        columns.pop("full_name", None)
        columns.pop("full_name_family_first", None)


def _refuse_same_heading(written: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for index, heading in enumerate(written):
        first = seen.setdefault(heading.casefold(), index)
        if heading and first != index:
            raise FileRefused(
                f"Columns {column_letters(first)} and {column_letters(index)} have the same "
                f"heading, '{heading}': rename or delete one."
            )


def _refuse_missing_mapped(written: Sequence[str], kind: str, mapping: FileMapping) -> None:
    present = {_key(heading) for heading in written}
    columns = list(mapping.columns.values())
    for heading, column in mapping.columns.items():
        if column not in COLUMNS[kind]:
            known = ", ".join(COLUMNS[kind])
            raise FileRefused(f"The mapping names the column '{column}'. It can name: {known}.")
        if columns.count(column) > 1:
            raise FileRefused(f"The mapping gives {column} to two headings: keep one.")
        if _key(heading) not in present:
            raise FileRefused(
                f"The mapping names the heading '{heading}', which is not in this file. Correct "
                "the mapping or the file."
            )


def _refuse_missing(columns: Mapping[str, int], kind: str) -> None:
    for what, any_of in REQUIRED[kind]:
        if not any(column in columns for column in any_of):
            examples = ", ".join(f"'{name}'" for name in COLUMNS[kind][any_of[0]][:3])
            raise FileRefused(
                f"There is no column for {what} ({any_of[0]}). Use one of our column names, or a "
                f"heading such as {examples}, or say in a mapping which heading it is."
            )


def _warnings(written: Sequence[str], columns: Mapping[str, int]) -> tuple[str, ...]:
    used = set(columns.values())
    unused = tuple(
        f"The column '{heading}' is not used."
        if heading
        else f"Column {column_letters(index)} has no heading and is not used."
        for index, heading in enumerate(written)
        if index not in used
    )
    if "full_name" not in columns:
        return unused
    whole = written[columns["full_name"]]
    return (
        f"The column '{whole}' holds whole names: what stands before a comma is taken as the "
        "family name, else the last word.",
        *unused,
    )


def column_letters(index: int) -> str:
    """The spreadsheet's letters of a column counted from 0: A, B, ... Z, AA."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters
