"""Establishments of a food hygiene ratings file are accepted, left out or rejected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from licensing.imports import limits
from licensing.imports.fhrs_xml import FIELDS
from licensing.imports.headings import find
from licensing.imports.mapping import AS_WRITTEN
from licensing.imports.reading import read_table
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_fhrs import (
    BUSINESS_TYPES,
    HOTEL,
    Establishment,
    fhrs_rows,
    item_count_warning,
)
from licensing.imports.tables import Row, Table

HOTEL_ROW = {
    "FHRSID": "1234567",
    "LocalAuthorityBusinessID": "14/00042/COM",
    "BusinessName": "The Invented Inn",
    "BusinessTypeID": "7842",
    "BusinessType": "Hotel/bed & breakfast/guest house",
    "AddressLine2": "1 Invented Street",
    "AddressLine3": "Oxford",
    "PostCode": "OX1 2AB",
    "RatingValue": "5",
    "RatingKey": "fhrs_5_en-GB",
    "RatingDate": "2025-06-03",
    "LocalAuthorityCode": "060",
    "LocalAuthorityName": "Invented City",
    "Scores/Hygiene": "5",
    "Scores/Structural": "0",
    "Scores/ConfidenceInManagement": "10",
    "SchemeType": "FHRS",
    "NewRatingPending": "True",
    "Geocode/Longitude": "-1.25",
    "Geocode/Latitude": "51.75",
}


def table_of(*rows: dict[str, str]) -> Table:
    layout = find([(0, list(FIELDS))], "fhrs", AS_WRITTEN)
    cells = [[row.get(name, "") for name in FIELDS] for row in rows]
    return Table(layout, [Row(number, each) for number, each in enumerate(cells, start=1)])


def one(**changes: str) -> Establishment:
    (row,) = fhrs_rows(table_of(HOTEL_ROW | changes))
    assert isinstance(row, Establishment)
    return row


def test_a_whole_establishment_is_read() -> None:
    assert one() == Establishment(
        row=1,
        fhrs_id=1234567,
        authority_business_id="14/00042/COM",
        name="The Invented Inn",
        business_type=HOTEL,
        address="1 Invented Street, Oxford",
        postcode="OX1 2AB",
        rating="5",
        rated_on=date(2025, 6, 3),
        hygiene_score=5,
        structural_score=0,
        management_score=10,
        geocode=(51.75, -1.25),
        new_rating_pending=True,
        scheme="FHRS",
        authority_code="060",
        authority_name="Invented City",
    )


def test_an_establishment_that_is_not_rated_or_published_in_full_is_kept() -> None:
    blank = {field: "" for field in HOTEL_ROW if field.startswith(("Scores", "Geocode", "Address"))}
    row = one(**blank, RatingDate="", RatingValue="AwaitingInspection", PostCode="")
    assert (row.rated_on, row.hygiene_score, row.geocode, row.address) == (None, None, None, "")
    assert row.rating == "AwaitingInspection"
    assert row.warnings == ("PostCode: it is not published",)


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"PostCode": "OX1"}, "PostCode: it is not a full postcode and is kept as written"),
        ({"RatingDate": "3/6/2025"}, "RatingDate: '3/6/2025' cannot be read and is not used"),
        ({"Scores/Hygiene": "five"}, "Scores/Hygiene: 'five' cannot be read and is not used"),
        ({"Geocode/Latitude": "951"}, "Geocode/Latitude: '951' cannot be read and is not used"),
        ({"Geocode/Longitude": ""}, "Geocode/Latitude: '51.75' cannot be read and is not used"),
        ({"SchemeType": "X"}, "SchemeType: it is neither FHRS nor FHIS"),
    ],
)
def test_what_cannot_be_read_is_warned_of(changes: dict[str, str], warning: str) -> None:
    assert one(**changes).warnings == (warning,)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"FHRSID": "12x"}, "FHRSID"),
        ({"BusinessName": " "}, "BusinessName"),
        ({"BusinessTypeID": "9999"}, "BusinessTypeID"),
        ({"BusinessTypeID": ""}, "BusinessTypeID"),
        ({"LocalAuthorityCode": ""}, "LocalAuthorityName"),
    ],
)
def test_an_establishment_without_what_it_needs_is_rejected(changes: dict[str, str], column: str) -> None:
    (row,) = fhrs_rows(table_of(HOTEL_ROW | changes))
    assert isinstance(row, Rejection)
    assert row.column == column


def test_an_fhrsid_given_twice_is_rejected_the_second_time() -> None:
    _, second = fhrs_rows(table_of(HOTEL_ROW, HOTEL_ROW | {"BusinessName": "Another"}))
    assert isinstance(second, Rejection)
    assert second.reason == "Establishment 1 of the file has the same FHRSID"


def test_business_types_that_are_not_asked_for_are_left_out() -> None:
    pub = HOTEL_ROW | {"FHRSID": "2", "BusinessTypeID": "7843"}
    assert list(fhrs_rows(table_of(pub))) == [LeftOut(1)]
    (row,) = fhrs_rows(table_of(pub), types=(7843,))
    assert isinstance(row, Establishment)


def test_there_are_fourteen_business_types() -> None:
    assert len(BUSINESS_TYPES) == 14
    assert BUSINESS_TYPES[HOTEL] == "Hotel/bed & breakfast/guest house"


def test_a_count_that_differs_from_the_header_is_warned_of() -> None:
    assert item_count_warning({"ItemCount": "3"}, 3) == ""
    assert item_count_warning({"ItemCount": "4"}, 3) == "The file says that it has 4 establishments, and it has 3."
    assert "no number of" in item_count_warning({}, 3)


def test_a_file_is_read_to_the_end(make_fhrs: Callable[..., Path]) -> None:
    def xml(**changes: str) -> str:
        row = HOTEL_ROW | changes
        return "".join(
            f"<{name}>{value.replace('&', '&amp;')}</{name}>" for name, value in row.items() if "/" not in name
        )

    path = make_fhrs(xml(), xml(FHRSID="2", BusinessTypeID="1"), xml(FHRSID="3", BusinessName=""))
    rows = list(fhrs_rows(read_table(path, "fhrs", limits.WEB)))
    assert [type(row) for row in rows] == [Establishment, LeftOut, Rejection]
