"""Licence numbers that one file gives more than once: to two holders neither can be believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import date
from typing import NamedTuple

from licensing.dates import DateOrder
from licensing.imports.holder_names import names
from licensing.imports.row_reading import RowReading, has_too_many_cells, is_total
from licensing.imports.tables import Row, Table
from licensing.imports.values import NotUnderstood, clean, read_date
from licensing.matching.identifiers import normalise
from licensing.matching.names import match_name, tokens_of


class _Holder(NamedTuple):
    name: tuple[str, ...]
    born: date | None


def repeated_numbers(table: Table) -> set[str]:
    """The normalised licence numbers that stand in more than one row.

    Of the others only a hash is kept, so that a large file takes little memory.
    """
    seen: set[int] = set()
    repeated: set[str] = set()
    for row in _whole_rows(table):
        number = licence_number(row, table)
        if number and hash(number) in seen:
            repeated.add(number)
        seen.add(hash(number))
    return repeated


def rows_sharing_a_number(table: Table, order: DateOrder, repeated: Container[str]) -> dict[int, tuple[int, str]]:
    """For each row whose licence number is also somebody else's: the other row, and what differs.

    Accents, order and titles do not make another holder, nor does a date of birth that
    one row leaves out.
    """
    sharing: dict[int, tuple[int, str]] = {}
    for rows_of in _rows_of_holders(table, order, repeated).values():
        for holder, rows in rows_of.items():
            for other, other_rows in rows_of.items():
                if difference := _difference(holder, other):
                    sharing.update(dict.fromkeys(rows, (other_rows[0], difference)))
                    break
    return sharing


def licence_number(row: Row, table: Table) -> str:
    """The normalised licence number of a row, "" if it has none that can be read."""
    index = table.layout.columns["licence_no"]
    try:
        return normalise(clean(row.cells[index])) if index < len(row.cells) else ""
    except NotUnderstood:
        return ""


def _whole_rows(table: Table) -> Iterator[Row]:
    for row in table.rows:
        if not has_too_many_cells(row, table.layout) and not is_total(row):
            yield row


def _rows_of_holders(table: Table, order: DateOrder, repeated: Container[str]) -> dict[str, dict[_Holder, list[int]]]:
    """For each repeated number its holders, and the rows of each."""
    found: defaultdict[str, dict[_Holder, list[int]]] = defaultdict(dict)
    for row in _whole_rows(table):
        number = licence_number(row, table)
        if number in repeated:
            reading = RowReading(row, table.layout)
            tokens = tuple(sorted(tokens_of(match_name(*names(reading)))))
            holder = _Holder(tokens, _born(reading, order))
            found[number].setdefault(holder, []).append(row.number)
    return found


def _born(reading: RowReading, order: DateOrder) -> date | None:
    try:
        return read_date(reading.text("date_of_birth"), order)[0]
    except NotUnderstood:
        return None


def _difference(one: _Holder, other: _Holder) -> str:
    if one.name != other.name:
        return "the name differs"
    if one.born and other.born and one.born != other.born:
        return "the date of birth differs"
    return ""
