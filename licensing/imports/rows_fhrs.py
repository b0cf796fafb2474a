"""Establishments of a food hygiene ratings file (Food Standards Agency open data).

Hotels, bed and breakfasts and guest houses are one business type there; others are left out unless
asked for. A row's council is given with it, so that a file of another council can be refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.row_reading import RowReading
from licensing.imports.tables import Table
from licensing.imports.values import NotUnderstood
from licensing.matching import identifiers

HOTEL = 7842
BUSINESS_TYPES: dict[int, str] = {
    1: "Restaurant/Cafe/Canteen",
    5: "Hospitals/Childcare/Caring Premises",
    7: "Distributors/Transporters",
    14: "Importers/Exporters",
    4613: "Retailers - other",
    7838: "Farmers/growers",
    7839: "Manufacturers/packers",
    7840: "Retailers - supermarkets/hypermarkets",
    7841: "Other catering premises",
    7842: "Hotel/bed & breakfast/guest house",
    7843: "Pub/bar/nightclub",
    7844: "Takeaway/sandwich shop",
    7845: "School/college/university",
    7846: "Mobile caterer",
}

_WHOLE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,3}(\.\d+)?", re.ASCII)
_ADDRESS = tuple(f"AddressLine{line}" for line in range(1, 5))
_SCHEMES = ("FHRS", "FHIS")


@dataclass(frozen=True, slots=True)
class Establishment:
    """An accepted row. Scores are penalty points (0 is best); `rating` is text, such as "5" or
    "Exempt".

    `rated_on` is None for what is not rated. Any of the address lines, the postcode, the scores and
    the place may be missing: homes run as bed and breakfasts are not published in full. `geocode`
    is (latitude, longitude) in degrees.
    """

    row: int
    fhrs_id: int
    authority_business_id: str
    name: str
    business_type: int
    address: str
    postcode: str
    rating: str
    rated_on: date | None
    hygiene_score: int | None
    structural_score: int | None
    management_score: int | None
    geocode: tuple[float, float] | None
    new_rating_pending: bool
    scheme: str
    authority_code: str
    authority_name: str
    warnings: tuple[str, ...] = ()


def fhrs_rows(table: Table, types: Collection[int] = (HOTEL,)) -> Iterator[Establishment | Rejection | LeftOut]:
    """Check every establishment of the business types asked for; the others are LeftOut.

    Raises FileRefused from reading the file.
    """
    first: dict[str, int] = {}
    for row in table.rows:
        reading = RowReading(row, table.layout)
        business_type = reading.word("BusinessTypeID", _business_type)
        if business_type and business_type not in types:
            yield LeftOut(row.number)
            continue
        _check_identity(reading, first)
        if reading.rejections:
            yield from reading.rejections
        else:
            yield _establishment(reading)


def item_count_warning(facts: Mapping[str, str], rows: int) -> str:
    """A warning where the header says another number of establishments than there are, else ""."""
    said = facts.get("ItemCount", "")
    if said == str(rows):
        return ""
    return f"The file says that it has {said or 'no number of'} establishments, and it has {rows:,}."


def _business_type(text: str) -> int:
    if _WHOLE_NUMBER.fullmatch(text) and int(text) in BUSINESS_TYPES:
        return int(text)
    raise NotUnderstood("This is not a business type of the Food Standards Agency")


def _check_identity(reading: RowReading, first: dict[str, int]) -> None:
    fhrs_id = reading.text("FHRSID")
    if not _WHOLE_NUMBER.fullmatch(fhrs_id):
        reading.reject("FHRSID", "This must be a number")
    elif first.setdefault(fhrs_id, reading.number) != reading.number:
        reading.reject("FHRSID", f"Establishment {first[fhrs_id]} of the file has the same FHRSID")
    if not reading.text("BusinessName"):
        reading.reject("BusinessName", "A name is needed")
    if not reading.text("LocalAuthorityCode") or not reading.text("LocalAuthorityName"):
        reading.reject("LocalAuthorityName", "The council's name and code are needed")


def _establishment(reading: RowReading) -> Establishment:
    return Establishment(
        row=reading.number,
        fhrs_id=int(reading.text("FHRSID")),
        authority_business_id=reading.text("LocalAuthorityBusinessID"),
        name=reading.text("BusinessName"),
        business_type=int(reading.text("BusinessTypeID")),
        address=reading.joined(_ADDRESS, ", "),
        postcode=_postcode(reading),
        rating=reading.text("RatingValue"),
        rated_on=_rated_on(reading),
        hygiene_score=_score(reading, "Scores/Hygiene"),
        structural_score=_score(reading, "Scores/Structural"),
        management_score=_score(reading, "Scores/ConfidenceInManagement"),
        geocode=_geocode(reading),
        new_rating_pending=reading.text("NewRatingPending").lower() == "true",
        scheme=_scheme(reading),
        authority_code=reading.text("LocalAuthorityCode"),
        authority_name=reading.text("LocalAuthorityName"),
        warnings=tuple(reading.warnings),
    )


def _postcode(reading: RowReading) -> str:
    written = reading.text("PostCode")
    normalised = identifiers.normalise(written)
    if identifiers.is_postcode(normalised):
        return identifiers.written_postcode(normalised)
    kept = "is not a full postcode and is kept as written" if written else "is not published"
    reading.warnings.append(f"PostCode: it {kept}")
    return written


def _rated_on(reading: RowReading) -> date | None:
    """The format gives dates as ISO 8601; anything else says nothing that can be relied on."""
    written = reading.text("RatingDate")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return _not_used(reading, "RatingDate")


def _score(reading: RowReading, field: str) -> int | None:
    written = reading.text(field)
    if _WHOLE_NUMBER.fullmatch(written):
        return int(written)
    return _not_used(reading, field) if written else None


def _geocode(reading: RowReading) -> tuple[float, float] | None:
    written = reading.text("Geocode/Latitude"), reading.text("Geocode/Longitude")
    if not any(written):
        return None
    if not all(_DECIMAL.fullmatch(degrees) for degrees in written):
        return _not_used(reading, "Geocode/Latitude")
    latitude, longitude = (float(degrees) for degrees in written)
    if abs(latitude) > 90 or abs(longitude) > 180:
        return _not_used(reading, "Geocode/Latitude")
    return latitude, longitude


def _scheme(reading: RowReading) -> str:
    scheme = reading.text("SchemeType")
    if scheme not in _SCHEMES:
        reading.warnings.append("SchemeType: it is neither FHRS nor FHIS")
    return scheme


def _not_used(reading: RowReading, field: str) -> None:
    reading.warnings.append(f"{field}: '{reading.text(field)}' cannot be read and is not used")
