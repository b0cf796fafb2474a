"""Rows of a register of premises: of the Licensing Act 2003, gambling, or houses in multiple occupation."""

from __future__ import annotations

import re
from datetime import date

from licensing.dates import DateOrder
from licensing.imports.cell_reading import ADDRESS, read_postcode, read_status, read_term
from licensing.imports.row_reading import RowReading
from licensing.imports.thing_rows import Part, ThingRow
from licensing.imports.thing_words import premises_kind, premises_licence_kind
from licensing.imports.words import key_of
from licensing.matching import identifiers
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import EventKind
from licensing.register.parts import PositionKind
from licensing.register.places import Activity, PremisesKind

_UPRN = re.compile(r"0*(\d{1,12})", re.ASCII)
_POSTCODE_AT_THE_END = re.compile(r"[,\s]+([A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2})\.?$", re.ASCII)
_HMO_YEARS = 5  # Housing Act 2004 s.68
_EXEMPTION = re.compile(r"(TXN|TEN|EXEMPT\w*)$")
_NO_NOTICE = "this is a notice and no licence, so the place was brought in without one"
_NO_NUMBER = "licence_no: there is no number, so the place was brought in without its licence"
_NO_TYPE = (
    "licence_type: it is not said what kind of licence this is, so the number finds only one that is on your "
    "register already"
)
_ALCOHOL = {
    "on": (Activity.ALCOHOL_ON_SALES,),
    "onsales": (Activity.ALCOHOL_ON_SALES,),
    "off": (Activity.ALCOHOL_OFF_SALES,),
    "offsales": (Activity.ALCOHOL_OFF_SALES,),
    "onoff": (Activity.ALCOHOL_ON_SALES, Activity.ALCOHOL_OFF_SALES),
    "onandoff": (Activity.ALCOHOL_ON_SALES, Activity.ALCOHOL_OFF_SALES),
    "both": (Activity.ALCOHOL_ON_SALES, Activity.ALCOHOL_OFF_SALES),
}
_NO_ALCOHOL = frozenset({"no", "none", "n", "neither", "notpermitted"})
_SELL_ALCOHOL = frozenset({LicenceKind.PREMISES_LICENCE, LicenceKind.CLUB_PREMISES_CERTIFICATE})
_ENDED = frozenset({EventKind.SURRENDERED, EventKind.LAPSED, EventKind.REVOKED, EventKind.EXPIRED, EventKind.REFUSED})
_WHAT_PLACE = {
    LicenceKind.HMO_LICENCE: PremisesKind.HMO,
    LicenceKind.CLUB_PREMISES_CERTIFICATE: PremisesKind.CLUB,
}


def premises_row(reading: RowReading, order: DateOrder, _today: date) -> ThingRow | None:
    """The row, or None where something was found wrong."""
    name, address, postcode = _name_and_address(reading)
    kind = _licence_kind(reading)
    family = kind.family if kind else Family.PREMISES
    term = read_term(reading, order, _HMO_YEARS if family is Family.HMO else 0, "an HMO licence", "Housing Act 2004")
    status = read_status(reading, family)
    if reading.rejections:
        return None
    place = _premises_kind(reading)
    activities = _activities(reading, kind)
    _note_missing_supervisor(reading, kind, status, activities)
    return ThingRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        facts={
            "name": name,
            "kind": place,
            "address": address,
            "postcode": postcode,
            "uprn": _uprn(reading),
        },
        licence_no=reading.text("licence_no"),
        licence_type=kind,
        if_new={"kind": place or _likely_kind(reading, kind)},
        status=status,
        granted_on=term.granted_on,
        starts_on=term.starts_on,
        expires_on=term.expires_on,
        activities=activities,
        parts=_parts(reading),
        warnings=tuple(reading.warnings),
    )


def _name_and_address(reading: RowReading) -> tuple[str, str, str]:
    """The name (of a house without one: its street), the address, and the postcode, which may end the address."""
    address, postcode = reading.joined(ADDRESS, ", "), read_postcode(reading)
    if not postcode and (found := _POSTCODE_AT_THE_END.search(address)):
        written = identifiers.normalise(found[1])
        if identifiers.is_postcode(written):
            address, postcode = address[: found.start()], identifiers.written_postcode(written)
    name = reading.text("name") or address.partition(",")[0]
    if not name and not reading.is_rejected_for("name"):
        reading.reject("name", "A name or an address is needed")
    return name, address, postcode


def _licence_kind(reading: RowReading) -> LicenceKind | None:
    """The kind of licence that can be kept: with a type and a number, and not a notice."""
    written, number = reading.text("licence_type"), reading.text("licence_no")
    if _EXEMPTION.search(identifiers.normalise(number)):
        reading.warnings.append(f"licence_no: {_NO_NOTICE}")
        return None
    if not written:
        kind = LicenceKind.HMO_LICENCE if reading.has_column("occupants") else None
        if number and kind is None:
            reading.warnings.append(_NO_TYPE)
    else:
        kind = reading.word("licence_type", premises_licence_kind)
        if kind is None and not reading.is_rejected_for("licence_type"):
            reading.warnings.append(f"licence_type: {_NO_NOTICE}")
    if kind and not number:
        reading.warnings.append(_NO_NUMBER)
    return kind


def _premises_kind(reading: RowReading) -> PremisesKind | None:
    """What the file says that the place is; None where it does not say, or in words that are not known."""
    written = reading.text("premises_type")
    kind = premises_kind(written) if written else None
    if written and kind is None:
        reading.warnings.append("premises_type: this kind of place is not known and is not used")
    return kind


def _likely_kind(reading: RowReading, licence: LicenceKind | None) -> PremisesKind | None:
    """What a place is by its licence alone; None where that does not say."""
    if licence is None and reading.has_column("occupants"):
        return PremisesKind.HMO
    return _WHAT_PLACE.get(licence) if licence else None


def _uprn(reading: RowReading) -> int | None:
    """The unique property reference number, with or without the zeros before it."""
    written = reading.text("uprn").removesuffix(".0")
    if not written:
        return None
    if found := _UPRN.fullmatch(written):
        return int(found[1]) or None
    reading.warnings.append("uprn: this is not a number of up to 12 digits and is not used")
    return None


def _activities(reading: RowReading, kind: LicenceKind | None) -> tuple[Activity, ...]:
    """The sale of alcohol, where the file says it."""
    if kind not in _SELL_ALCOHOL:
        return ()
    return _ALCOHOL.get(key_of(reading.text("alcohol")), ())


def _note_missing_supervisor(
    reading: RowReading, kind: LicenceKind | None, status: EventKind | None, activities: tuple[Activity, ...]
) -> None:
    """Licensing Act 2003 s.19: no alcohol is sold without a designated premises supervisor. A club needs none."""
    if kind is not LicenceKind.PREMISES_LICENCE or reading.text("dps") or status in _ENDED:
        return
    if activities:
        reading.warnings.append("dps: this licence allows alcohol and has no designated premises supervisor")
    elif reading.has_column("dps") and key_of(reading.text("alcohol")) not in _NO_ALCOHOL:
        reading.warnings.append("dps: there is no designated premises supervisor, which a licence for alcohol needs")


def _parts(reading: RowReading) -> tuple[Part, ...]:
    named = ((PositionKind.LICENCE_HOLDER, "holder"), (PositionKind.PREMISES_SUPERVISOR, "dps"))
    return tuple(Part(kind, name) for kind, column in named if (name := reading.text(column)))
