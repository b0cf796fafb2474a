"""Rows of a register of drivers: accepted with warnings, or rejected with every reason.

A row said twice in the same words is accepted twice, the second time with `repeats` set, and
changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from licensing.dates import DateOrder, years_after
from licensing.imports.cell_reading import (
    ADDRESS,
    Check,
    any_council,
    checked_rows,
    read_identifier,
    read_postcode,
    read_status,
    read_term,
    required,
)
from licensing.imports.holder_names import NAME_COLUMNS, names
from licensing.imports.mapping import FileMapping
from licensing.imports.rejections import LeftOut, Rejection, masked
from licensing.imports.row_reading import RowReading
from licensing.imports.shared_numbers import repeated_numbers, rows_sharing_a_number
from licensing.imports.tables import Table
from licensing.imports.words import licence_kind
from licensing.matching import identifiers
from licensing.matching.identifiers import normalise
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import EventKind

# A driver must have held a driving licence for a year (Local Government (Miscellaneous Provisions)
# Act 1976 s.51, s.59), and nobody may drive a car before 17.
_YOUNGEST = 17
_OLDEST = 100
_STANDARD_YEARS = 3


@dataclass(frozen=True, slots=True)
class HolderRow:
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


def driver_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[HolderRow | Rejection | LeftOut]:
    """Check every row of the table, in order; a rejected row yields one Rejection for each reason.

    Reads the table beforehand, since a number that is given to two people is known only at the end.
    Lines of totals are LeftOut. Raises FileRefused from reading the file.
    """
    return holder_rows(table, mapping, check, lambda reading: _accepted(reading, mapping.date_order, today))


def holder_rows(
    table: Table, mapping: FileMapping, check: Check, accept: Callable[[RowReading], HolderRow | None]
) -> Iterator[HolderRow | Rejection | LeftOut]:
    """Rows of people with a licence each, of any kind: no number is believed that two of them give."""
    repeated = repeated_numbers(table)
    sharing = rows_sharing_a_number(table, mapping.date_order, repeated) if repeated else {}
    first: dict[bytes, int] = {}

    def accept_unshared(reading: RowReading) -> HolderRow | None:
        if reading.number in sharing:
            reading.reject("licence_no", _shared_with(*sharing[reading.number]))
        accepted = accept(reading)
        if accepted is None or normalise(reading.text("licence_no")) not in repeated:
            return accepted
        earlier = first.setdefault(reading.fingerprint(), reading.number)
        return replace(accepted, repeats=earlier if earlier != reading.number else None)

    return checked_rows(table, accept_unshared, check)


def _shared_with(other: int, difference: str) -> str:
    return f"Row {other} gives this licence number to somebody else: {difference}"


def _accepted(reading: RowReading, order: DateOrder, today: date) -> HolderRow | None:
    """The row, or None where something was found wrong. Everything is looked at, wrong or not."""
    given, family = required_names(reading)
    born = date_of_birth(reading, order, today, _YOUNGEST)
    term = read_term(reading, order, _STANDARD_YEARS, "a driver's licence", "Deregulation Act 2015 s.10")
    required(reading, (("licence_no", "A licence number"), ("licence_type", "A type of licence")))
    kind = reading.word("licence_type", licence_kind) if reading.text("licence_type") else None
    status = read_status(reading, Family.DRIVER)
    known_by = _identifiers(reading)
    postcode = read_postcode(reading)
    if reading.rejections or kind is None:
        return None
    return HolderRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        given_names=given,
        family_name=family,
        other_names=reading.text("other_names"),
        date_of_birth=born,
        postcode=postcode,
        address=reading.joined(ADDRESS, ", "),
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


def required_names(reading: RowReading) -> tuple[str, str]:
    """(given names, family name); a row without either is rejected."""
    given, family = names(reading)
    if any(map(reading.is_rejected_for, NAME_COLUMNS)):
        return given, family
    if not given and not family:
        reading.reject("family_name", "A name is needed")
    elif not family:
        reading.warnings.append("family_name: there is none, only given names")
    return given, family


def date_of_birth(reading: RowReading, order: DateOrder, today: date, youngest: int) -> date | None:
    """The date of birth of somebody who may hold this licence from the age of `youngest`."""
    born = reading.date("date_of_birth", order)
    if born is None:
        return None
    if born > today:
        reading.reject("date_of_birth", "The date of birth is in the future")
    elif years_after(born, youngest) > today:
        reading.reject("date_of_birth", f"The holder is not yet {youngest}")
    elif years_after(born, _OLDEST) <= today:
        reading.warnings.append(f"date_of_birth: the holder would be {_OLDEST} or older")
    return born


def _identifiers(reading: RowReading) -> dict[str, str]:
    found = {
        column: read_identifier(reading, column, name, is_one)
        for column, name, is_one in (
            ("nino", "National Insurance number", identifiers.is_ni_number),
            ("driving_licence_no", "driving licence number", identifiers.is_driver_number),
            ("vrm", "vehicle registration", identifiers.is_registration_mark),
        )
    }
    if identifiers.is_never_issued(found["nino"]):
        reading.warnings.append(f"nino: {masked(found['nino'])} begins with QQ, which is never issued: check it")
    return found
