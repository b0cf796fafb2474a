"""Rows of a register of vehicles."""

from __future__ import annotations

from datetime import date

from licensing.dates import DateOrder
from licensing.imports.cell_reading import read_status, read_term, required
from licensing.imports.row_reading import RowReading
from licensing.imports.thing_rows import Part, ThingRow
from licensing.imports.thing_words import VEHICLE_TYPES, is_wheelchair_accessible
from licensing.imports.values import NotUnderstood
from licensing.matching.identifiers import is_registration_mark, normalise
from licensing.register.catalogue import Family
from licensing.register.parts import PositionKind

# Town Police Clauses Act 1847 s.43; Local Government (Miscellaneous Provisions) Act 1976 s.48(4).
_STANDARD_YEARS = 1
_LAW = "Town Police Clauses Act 1847 s.43, Local Government (Miscellaneous Provisions) Act 1976 s.48"
_LONGEST_MARK = 12


def vehicle_row(reading: RowReading, order: DateOrder, _today: date) -> ThingRow | None:
    """The row, or None where something was found wrong."""
    vrm = _registration_mark(reading)
    term = read_term(reading, order, _STANDARD_YEARS, "a vehicle licence", _LAW)
    written_type = reading.text("licence_type")
    kind = reading.word("licence_type", VEHICLE_TYPES.meaning) if written_type else None
    plate = reading.text("plate_no")
    number = reading.text("licence_no") or plate  # in many lists the plate number is the licence's
    status = read_status(reading, Family.VEHICLE)
    if reading.rejections:
        return None
    if kind is None:
        reading.warnings.append(
            "licence_type: it is not said whether this is a hackney carriage or a private hire vehicle"
            + (", so the number finds only a licence that is on your register already" if number else "")
        )
    elif not number:
        reading.warnings.append("licence_no: there is no number, so the vehicle was brought in without its licence")
    proprietor = reading.text("proprietor")
    return ThingRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        facts={
            "vrm": vrm,
            "make": reading.text("make"),
            "model": reading.text("model"),
            "colour": reading.text("colour"),
            "wheelchair_accessible": _wheelchair(reading),
        },
        licence_no=number,
        licence_type=kind,
        badge_no=plate,
        status=status,
        granted_on=term.granted_on,
        starts_on=term.starts_on,
        expires_on=term.expires_on,
        parts=(Part(PositionKind.PROPRIETOR, proprietor),) if proprietor else (),
        warnings=tuple(reading.warnings),
    )


def _registration_mark(reading: RowReading) -> str:
    """The mark in capitals, with single spaces. An odd one is kept: diplomatic and trade plates exist."""
    required(reading, (("vrm", "A registration mark"),))
    written = " ".join(reading.text("vrm").upper().split())
    mark = normalise(written)
    if written and (not mark or len(mark) > _LONGEST_MARK):
        reading.reject("vrm", "This is not a registration mark")
    elif written and not is_registration_mark(mark):
        reading.warnings.append("vrm: it does not have the shape of a registration mark; check O and 0, I and 1")
    return written


def _wheelchair(reading: RowReading) -> bool | None:
    try:
        return is_wheelchair_accessible(reading.text("wheelchair_accessible"))
    except NotUnderstood:
        reading.warnings.append("wheelchair_accessible: this is neither yes nor no and is not used")
        return None
