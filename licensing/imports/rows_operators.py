"""Rows of a register of private hire operators."""

from __future__ import annotations

from datetime import date

from licensing.dates import DateOrder
from licensing.imports.cell_reading import ADDRESS, read_postcode, read_status, read_term, required
from licensing.imports.organisation_names import organisation_kind
from licensing.imports.row_reading import RowReading
from licensing.imports.thing_rows import ThingRow
from licensing.matching.identifiers import normalise
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.parts import OrganisationKind

_STANDARD_YEARS = 5
_COMPANY_NUMBER_LENGTH = 8


def operator_row(reading: RowReading, order: DateOrder, _today: date) -> ThingRow | None:
    """The row, or None where something was found wrong. A person who operates is kept by their name too."""
    required(reading, (("name", "A name"), ("licence_no", "A licence number")))
    term = read_term(reading, order, _STANDARD_YEARS, "an operator's licence", "Deregulation Act 2015 s.10")
    status = read_status(reading, Family.OPERATOR)
    postcode = read_postcode(reading)
    if reading.rejections:
        return None
    name, trading = reading.text("name"), reading.text("trading_name")
    company_no = _company_number(reading)
    if trading and trading.casefold() != name.casefold():
        name = f"{name} (trading as {trading})"
    return ThingRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        facts={
            "name": name,
            "kind": organisation_kind(name) or (OrganisationKind.COMPANY if company_no else OrganisationKind.OTHER),
            "company_no": company_no,
            "address": reading.joined(ADDRESS, ", "),
            "postcode": postcode,
        },
        licence_no=reading.text("licence_no"),
        licence_type=LicenceKind.PRIVATE_HIRE_OPERATOR,
        status=status,
        granted_on=term.granted_on,
        starts_on=term.starts_on,
        expires_on=term.expires_on,
        warnings=tuple(reading.warnings),
    )


def _company_number(reading: RowReading) -> str:
    """As Companies House writes it: eight characters, with the zeros that spreadsheets lose."""
    number = normalise(reading.text("company_no"))
    if number.isdecimal() and len(number) < _COMPANY_NUMBER_LENGTH:
        number = number.zfill(_COMPANY_NUMBER_LENGTH)
    if number and len(number) != _COMPANY_NUMBER_LENGTH:
        reading.warnings.append("company_no: this does not have the shape of a company number and is not used")
        return ""
    return number
