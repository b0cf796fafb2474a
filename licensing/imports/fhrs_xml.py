"""The Food Standards Agency's open data XML (Food Hygiene Rating Scheme), streamed.

Shape: FHRSEstablishment / Header (ExtractDate, ItemCount) and EstablishmentCollection /
EstablishmentDetail. Document types and entities are refused, and the tree is thrown away as it is
read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from licensing.imports.limits import Limits
from licensing.imports.refused import FileRefused

FIELDS = (
    "FHRSID",
    "LocalAuthorityBusinessID",
    "BusinessName",
    "BusinessTypeID",
    "BusinessType",
    "AddressLine1",
    "AddressLine2",
    "AddressLine3",
    "AddressLine4",
    "PostCode",
    "RatingValue",
    "RatingKey",
    "RatingDate",
    "LocalAuthorityCode",
    "LocalAuthorityName",
    "Scores/Hygiene",
    "Scores/Structural",
    "Scores/ConfidenceInManagement",
    "SchemeType",
    "NewRatingPending",
    "Geocode/Longitude",
    "Geocode/Latitude",
)
HEADER_FACTS = ("ExtractDate", "ItemCount")

_ROOT = "FHRSEstablishment"
_EMPTIED = (_ROOT, "EstablishmentCollection")
_DEEPEST = 8
_NOT_FHRS = (
    "This is not the Food Standards Agency's XML file. Download the file of your council from "
    "ratings.food.gov.uk/open-data and try again."
)


def records(path: Path, limits: Limits) -> Iterator[dict[str, str] | list[str]]:
    """Yield the header's facts, then each establishment's FIELDS as text. Raises FileRefused."""
    try:
        yield from _records(path, limits)
    except DefusedXmlException as error:
        raise FileRefused(
            "The XML file holds a document type or entities, which are not safe to read. Download "
            "it again from ratings.food.gov.uk/open-data."
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise FileRefused(f"The XML file is damaged ({error}). Download it again.") from error


def _records(path: Path, limits: Limits) -> Iterator[dict[str, str] | list[str]]:
    open_elements: list[Element] = []
    header_seen = False
    for event, element in iterparse(str(path), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            open_elements.append(element)
            if open_elements[0].tag != _ROOT or len(open_elements) > _DEEPEST:
                raise FileRefused(_NOT_FHRS)
            continue
        open_elements.pop()
        if element.tag == "Header":
            header_seen = True
            yield {name: element.findtext(name, "").strip() for name in HEADER_FACTS}
        elif element.tag == "EstablishmentDetail":
            if not header_seen:
                raise FileRefused(_NOT_FHRS)
            yield [_text(element, field, limits) for field in FIELDS]
        if open_elements and open_elements[-1].tag in _EMPTIED:
            open_elements[-1].clear()
    if not header_seen:
        raise FileRefused(_NOT_FHRS)


def _text(element: Element, field: str, limits: Limits) -> str:
    text = element.findtext(field, "") or ""
    if len(text) > limits.cell_characters:
        raise FileRefused(f"A {field} in the XML file is longer than {limits.cell_characters:,} characters.")
    return text
