"""Rows of a register of drivers: accepted with warnings, or rejected with every reason.

A row said twice in the same words is accepted twice, the second time with `repeats` set, and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from licensing.dates import DateOrder, in_words, years_after
from licensing.imports.holder_names import NAME_COLUMNS, names
from licensing.imports.mapping import FileMapping
from licensing.imports.rejections import LeftOut, Rejection, masked, reject
from licensing.imports.row_reading import RowReading, has_too_many_cells, is_total
from licensing.imports.shared_numbers import (
    licence_number,
    repeated_numbers,
    rows_sharing_a_number,
)
from licensing.imports.tables import Row, Table
from licensing.imports.words import licence_kind, licence_status
from licensing.matching import identifiers
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind

# A driver must have held a driving licence for a year (Local Government (Miscellaneous Provisions)
# Act 1976 s.51, s.59), and nobody may drive a car before 17.
_YOUNGEST = 17
_OLDEST = 100
_STANDARD_YEARS = 3
_ADDRESS = ("address", *(f"address_line_{line}" for line in range(1, 5)))


class _Term(NamedTuple):
    granted_on: date | None
    starts_on: date | None
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class DriverRow:
    """An accepted row. Text that is not given is "", and a date that is not given is None.

    NI number, driving licence number and registration mark are normalised, and "" if not of their
    shape; licence and badge numbers stand as written. `repeats` is the earlier row that says
    exactly the same.
    """

    row: int
    source_id: str
    given_names: str
    family_name: str
    other_names: str
    date_of_birth: date | None
    postcode: str
    address: str
    nino: str
    driving_licence_no: str
    licence_no: str
    licence_type: LicenceKind
    status: EventKind | None
    granted_on: date | None
    starts_on: date | None
    expires_on: date | None
    badge_no: str
    vrm: str
    warnings: tuple[str, ...] = ()
    repeats: int | None = None


def driver_rows(table: Table, mapping: FileMapping, today: date) -> Iterator[DriverRow | Rejection | LeftOut]:
    """Check every row of the table, in order; a rejected row yields one Rejection for each reason.

    Reads the table beforehand, since a number that is given to two people is known only at the end.
    Lines of totals are LeftOut. Raises FileRefused from reading the file.
    """
    repeated = repeated_numbers(table)
    sharing = rows_sharing_a_number(table, mapping.date_order, repeated) if repeated else {}
    first: dict[bytes, int] = {}
    for row in table.rows:
        if is_total(row):
            yield LeftOut(row.number)
            continue
        if has_too_many_cells(row, table.layout):
            yield _cut_in_two(row, len(table.layout.headings))
            continue
        reading = RowReading(row, table.layout)
        if row.number in sharing:
            reading.reject("licence_no", _shared_with(*sharing[row.number]))
        accepted = _accepted(reading, mapping.date_order, today)
        if accepted is None:
            yield from reading.rejections
        elif repeated and licence_number(row, table) in repeated:
            earlier = first.setdefault(reading.fingerprint(), row.number)
            yield replace(accepted, repeats=earlier if earlier != row.number else None)
        else:
            yield accepted


def _cut_in_two(row: Row, headings: int) -> Rejection:
    return reject(
        row.number,
        "",
        "",
        f"This row has {len(row.cells)} cells under {headings} headings. Put quotation marks "
        "around a value that has the separator in it",
    )


def _shared_with(other: int, difference: str) -> str:
    return f"Row {other} gives this licence number to somebody else: {difference}"


def _accepted(reading: RowReading, order: DateOrder, today: date) -> DriverRow | None:
    """The row, or None where something was found wrong. Everything is looked at, wrong or not."""
    given, family = _required_names(reading)
    born = _date_of_birth(reading, order, today)
    term = _term(reading, order)
    kind = _licence(reading)
    status = _status(reading)
    known_by = _identifiers(reading)
    postcode = _postcode(reading)
    if reading.rejections or kind is None:
        return None
    return DriverRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        given_names=given,
        family_name=family,
        other_names=reading.text("other_names"),
        date_of_birth=born,
        postcode=postcode,
        address=reading.joined(_ADDRESS, ", "),
        nino=known_by["nino"],
        driving_licence_no=known_by["driving_licence_no"],
        licence_no=reading.text("licence_no"),
        licence_type=kind,
        status=status,
        granted_on=term.granted_on,
        starts_on=term.starts_on,
        expires_on=term.expires_on,
        badge_no=reading.text("badge_no"),
        vrm=known_by["vrm"],
        warnings=tuple(reading.warnings),
    )


def _required_names(reading: RowReading) -> tuple[str, str]:
    given, family = names(reading)
    if any(map(reading.is_rejected_for, NAME_COLUMNS)):
        return given, family
    if not given and not family:
        reading.reject("family_name", "A name is needed")
    elif not family:
        reading.warnings.append("family_name: there is none, only given names")
    return given, family


def _date_of_birth(reading: RowReading, order: DateOrder, today: date) -> date | None:
    born = reading.date("date_of_birth", order)
    if born is None:
        return None
    if born > today:
        reading.reject("date_of_birth", "The date of birth is in the future")
    elif years_after(born, _YOUNGEST) > today:
        reading.reject("date_of_birth", f"The holder is not yet {_YOUNGEST}")
    elif years_after(born, _OLDEST) <= today:
        reading.warnings.append(f"date_of_birth: the holder would be {_OLDEST} or older")
    return born


def _licence(reading: RowReading) -> LicenceKind | None:
    for column, name in (("licence_no", "A licence number"), ("licence_type", "A type of licence")):
        if not reading.text(column) and not reading.is_rejected_for(column):
            reading.reject(column, f"{name} is needed")
    return reading.word("licence_type", licence_kind) if reading.text("licence_type") else None


def _status(reading: RowReading) -> EventKind | None:
    status, odd = reading.word("status", licence_status) or (None, "")
    if odd:
        reading.warnings.append(f"status: {odd}")
    return status


def _term(reading: RowReading, order: DateOrder) -> _Term:
    term = _Term(*(reading.date(column, order) for column in _Term._fields))
    _check_term(reading, term.starts_on or term.granted_on, term.expires_on)
    return term


def _check_term(reading: RowReading, starts: date | None, expires: date | None) -> None:
    if starts is None or expires is None:
        return
    if expires < starts:
        reading.reject("expires_on", f"The licence ends before it starts, on {in_words(starts)}")
    elif expires > years_after(starts, _STANDARD_YEARS):
        reading.warnings.append(
            f"expires_on: {in_words(expires)} is more than {_STANDARD_YEARS} years after the start "
            f"on {in_words(starts)}, and that is the standard term of a driver's licence "
            "(Deregulation Act 2015 s.10)"
        )


def _identifiers(reading: RowReading) -> dict[str, str]:
    """Identifiers of the right shape. Any other is left out, for "to follow" must never match
    somebody else's.
    """
    found: dict[str, str] = {}
    for column, name, is_one in (
        ("nino", "National Insurance number", identifiers.is_ni_number),
        ("driving_licence_no", "driving licence number", identifiers.is_driver_number),
        ("vrm", "vehicle registration", identifiers.is_registration_mark),
    ):
        written = identifiers.normalise(reading.text(column))
        found[column] = written if is_one(written) else ""
        if written and not found[column]:
            reading.warnings.append(f"{column}: {masked(written)} does not have the shape of a {name} and is not used")
    if identifiers.is_never_issued(found["nino"]):
        reading.warnings.append(f"nino: {masked(found['nino'])} begins with QQ, which is never issued: check it")
    return found


def _postcode(reading: RowReading) -> str:
    written = reading.text("postcode")
    normalised = identifiers.normalise(written)
    if identifiers.is_postcode(normalised):
        return identifiers.written_postcode(normalised)
    if written:
        reading.warnings.append("postcode: this is not a full postcode and is kept as written")
    return written
