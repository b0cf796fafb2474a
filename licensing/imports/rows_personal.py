"""Rows of a register of personal licences (Licensing Act 2003 Part 6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from licensing.dates import DateOrder
from licensing.imports.cell_reading import ADDRESS, Check, any_council, read_postcode, read_status, read_term, required
from licensing.imports.mapping import FileMapping
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.row_reading import RowReading
from licensing.imports.rows_drivers import HolderRow, date_of_birth, holder_rows, required_names
from licensing.imports.tables import Table
from licensing.register.catalogue import Family, LicenceKind

# Licensing Act 2003 s.120(2)(a).
_YOUNGEST = 18
# A personal licence of before 2015 ran for ten years; the Deregulation Act 2015 s.69 made all of them last.
_WITHOUT_STANDARD = 0


def personal_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[HolderRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return holder_rows(table, mapping, check, lambda reading: _accepted(reading, mapping.date_order, today))


def _accepted(reading: RowReading, order: DateOrder, today: date) -> HolderRow | None:
    given, family = required_names(reading)
    born = date_of_birth(reading, order, today, _YOUNGEST)
    term = read_term(reading, order, _WITHOUT_STANDARD, "", "")
    required(reading, (("licence_no", "A licence number"),))
    status = read_status(reading, Family.PERSONAL)
    postcode = read_postcode(reading)
    if reading.rejections:
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
        nino="",
        driving_licence_no="",
        licence_no=reading.text("licence_no"),
        licence_type=LicenceKind.PERSONAL_LICENCE,
        status=status,
        granted_on=term.granted_on,
        starts_on=term.starts_on,
        expires_on=term.expires_on,
        badge_no="",
        vrm="",
        warnings=tuple(reading.warnings),
    )
