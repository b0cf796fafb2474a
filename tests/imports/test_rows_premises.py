"""A row of a register of premises."""

import pytest
from imports.rows import accepted, refused

from licensing.imports.rows_premises import premises_row
from licensing.imports.thing_rows import Part
from licensing.register.catalogue import LicenceKind
from licensing.register.parts import PositionKind
from licensing.register.places import Activity, PremisesKind

PUB = {"name": "Sample Inn", "address": "1 Sample Street", "licence_no": "LA/1", "licence_type": "Premises licence"}


def test_a_whole_row_is_read() -> None:
    row = accepted(
        premises_row,
        **PUB,
        postcode="ox12ab",
        uprn="00100120830",
        premises_type="Public house",
        alcohol="On and off",
        holder="Sample Inns Ltd",
        dps="Petra Example",
    )
    assert row.facts == {
        "name": "Sample Inn",
        "kind": PremisesKind.PUB,
        "address": "1 Sample Street",
        "postcode": "OX1 2AB",
        "uprn": 100120830,
    }
    assert (row.licence_no, row.licence_type) == ("LA/1", LicenceKind.PREMISES_LICENCE)
    assert row.activities == (Activity.ALCOHOL_ON_SALES, Activity.ALCOHOL_OFF_SALES)
    assert row.parts == (
        Part(PositionKind.LICENCE_HOLDER, "Sample Inns Ltd"),
        Part(PositionKind.PREMISES_SUPERVISOR, "Petra Example"),
    )
    assert row.warnings == ()


def test_a_postcode_may_end_the_address() -> None:
    row = accepted(premises_row, **PUB | {"address": "1 Sample Street, Oxford ox1 2ab."})
    assert (row.facts["address"], row.facts["postcode"]) == ("1 Sample Street, Oxford", "OX1 2AB")


def test_a_house_without_a_name_is_called_by_its_street() -> None:
    row = accepted(
        premises_row, address="1 Sample Street, Oxford", licence_no="HMO/1", licence_type="HMO", occupants="5"
    )
    assert row.facts["name"] == "1 Sample Street"
    assert row.if_new == {"kind": PremisesKind.HMO}


def test_neither_name_nor_address_is_refused() -> None:
    assert refused(premises_row, name="", licence_no="1", licence_type="HMO") == [
        ("name", "A name or an address is needed")
    ]


@pytest.mark.parametrize("cells", [{"licence_type": "TEN"}, {"licence_no": "24/00001/TEN"}])
def test_a_notice_is_no_licence(cells: dict[str, str]) -> None:
    row = accepted(premises_row, **PUB | cells)
    assert row.licence_type is None
    assert row.warnings[0].endswith("this is a notice and no licence, so the place was brought in without one")


@pytest.mark.parametrize(
    ("cells", "warned"),
    [
        ({"alcohol": "on"}, True),
        ({"alcohol": "on", "dps": "Petra Example"}, False),
        ({"alcohol": "no", "dps": ""}, False),
        ({"dps": ""}, True),
        ({}, False),
        ({"alcohol": "on", "dps": "", "status": "Surrendered"}, False),
        ({"alcohol": "on", "dps": "", "licence_type": "Club premises certificate"}, False),
    ],
)
def test_alcohol_without_a_supervisor_is_said(cells: dict[str, str], warned: bool) -> None:
    warnings = accepted(premises_row, **PUB | cells).warnings
    assert any(warning.startswith("dps: ") for warning in warnings) is warned


def test_what_is_no_property_number_is_not_used() -> None:
    row = accepted(premises_row, **PUB, uprn="1234567890123")
    assert row.facts["uprn"] is None
    assert row.warnings == ("uprn: this is not a number of up to 12 digits and is not used",)
