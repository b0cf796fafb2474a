"""Cells that files of several kinds have, read the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from licensing.dates import DateOrder, in_words, years_after
from licensing.imports.rejections import LeftOut, Rejection, masked, reject
from licensing.imports.row_reading import RowReading, has_too_many_cells, is_total
from licensing.imports.tables import Row, Table
from licensing.imports.words import licence_status
from licensing.matching import identifiers
from licensing.register.catalogue import Family
from licensing.register.events import EventKind

ADDRESS = ("address", *(f"address_line_{line}" for line in range(1, 5)))

Accepted = TypeVar("Accepted")
Check = Callable[[RowReading], None]


def any_council(reading: RowReading) -> None:
    """The check that finds nothing wrong: for rows that do not say whose they are."""


class Term(NamedTuple):
    granted_on: date | None
    starts_on: date | None
    expires_on: date | None


def checked_rows(
    table: Table, accept: Callable[[RowReading], Accepted | None], check: Check
) -> Iterator[Accepted | Rejection | LeftOut]:
    """Every row of the table, in order, as `accept` reads it; a rejected row yields a Rejection for each reason.

    `check` looks at each row first, and may refuse the file. Lines of totals are LeftOut. Raises FileRefused.
    """
    for reading in readings(table):
        if not isinstance(reading, RowReading):
            yield reading
            continue
        check(reading)
        accepted = accept(reading)
        if accepted is None or reading.rejections:
            yield from reading.rejections
        else:
            yield accepted


def readings(table: Table) -> Iterator[RowReading | Rejection | LeftOut]:
    """The rows of the table, ready to be read; or that one is no row, or not whole."""
    for row in table.rows:
        if is_total(row):
            yield LeftOut(row.number)
        elif has_too_many_cells(row, table.layout):
            yield _cut_in_two(row, len(table.layout.headings))
        else:
            yield RowReading(row, table.layout)


def _cut_in_two(row: Row, headings: int) -> Rejection:
    return reject(
        row.number,
        "",
        "",
        f"This row has {len(row.cells)} cells under {headings} headings. Put quotation marks "
        "around a value that has the separator in it",
    )


def required(reading: RowReading, columns: Iterable[tuple[str, str]]) -> None:
    """Reject the row for each of these (column, name) that is blank."""
    for column, name in columns:
        if not reading.text(column) and not reading.is_rejected_for(column):
            reading.reject(column, f"{name} is needed")


def read_term(reading: RowReading, order: DateOrder, standard_years: int, whose: str, law: str) -> Term:
    """The dates of the term. It must not end before it starts; one longer than the standard is odd."""
    term = Term(*(reading.date(column, order) for column in Term._fields))
    starts, expires = term.starts_on or term.granted_on, term.expires_on
    if starts is None or expires is None:
        return term
    if expires < starts:
        reading.reject("expires_on", f"The licence ends before it starts, on {in_words(starts)}")
    elif standard_years and expires > years_after(starts, standard_years):
        years = "year" if standard_years == 1 else "years"
        reading.warnings.append(
            f"expires_on: {in_words(expires)} is more than {standard_years} {years} after the start "
            f"on {in_words(starts)}, and that is the standard term of {whose} ({law})"
        )
    return term


def read_status(reading: RowReading, family: Family) -> EventKind | None:
    status, odd = reading.word("status", lambda text: licence_status(text, family)) or (None, "")
    if odd:
        reading.warnings.append(f"status: {odd}")
    return status


def read_postcode(reading: RowReading) -> str:
    written = reading.text("postcode")
    normalised = identifiers.normalise(written)
    if identifiers.is_postcode(normalised):
        return identifiers.written_postcode(normalised)
    if written:
        reading.warnings.append("postcode: this is not a full postcode and is kept as written")
    return written


def read_identifier(reading: RowReading, column: str, name: str, is_one: Callable[[str], bool]) -> str:
    """An identifier of the right shape. Any other is left out, for "to follow" must never match somebody else's."""
    written = identifiers.normalise(reading.text(column))
    if is_one(written):
        return written
    if written:
        reading.warnings.append(f"{column}: {masked(written)} does not have the shape of a {name} and is not used")
    return ""
