"""A row of a register of vehicles."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imports.rows import TODAY, accepted, read, refused

from licensing.imports.rows_vehicles import vehicle_row
from licensing.imports.thing_rows import Part
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind
from licensing.register.parts import PositionKind

CAB = {"vrm": "ab12  cde", "licence_no": "HV/7", "licence_type": "Hackney", "expires_on": "31/03/2027"}


def test_a_whole_row_is_read() -> None:
    row = accepted(
        vehicle_row,
        **CAB,
        plate_no="88",
        make="Example",
        model="Saloon",
        colour="Grey",
        wheelchair_accessible="Yes",
        proprietor="Sample Cars Ltd",
        status="Suspended",
        starts_on="01/04/2026",
        granted_on="20/03/2026",
    )
    assert row.facts == {
        "vrm": "AB12 CDE",
        "make": "Example",
        "model": "Saloon",
        "colour": "Grey",
        "wheelchair_accessible": True,
    }
    assert (row.licence_no, row.licence_type, row.badge_no) == ("HV/7", LicenceKind.HACKNEY_CARRIAGE_VEHICLE, "88")
    assert (row.granted_on, row.starts_on, row.expires_on) == (
        date(2026, 3, 20),
        date(2026, 4, 1),
        date(2027, 3, 31),
    )
    assert row.parts == (Part(PositionKind.PROPRIETOR, "Sample Cars Ltd"),)
    assert row.status is EventKind.SUSPENDED
    assert row.warnings == ()


def test_a_plate_is_the_number_where_there_is_no_other() -> None:
    row = accepted(vehicle_row, vrm="AB12 CDE", licence_type="PHV", plate_no="88")
    assert (row.licence_no, row.badge_no) == ("88", "88")


def test_without_a_number_the_vehicle_comes_without_its_licence() -> None:
    row = accepted(vehicle_row, vrm="AB12 CDE", licence_type="PHV")
    assert row.licence_no == ""
    assert row.warnings == ("licence_no: there is no number, so the vehicle was brought in without its licence",)


def test_without_a_type_the_number_can_only_find() -> None:
    row = accepted(vehicle_row, vrm="AB12 CDE", licence_no="7")
    assert row.licence_type is None
    assert row.warnings[0].endswith("so the number finds only a licence that is on your register already")


def test_a_mark_is_needed_and_a_type_must_be_known() -> None:
    assert refused(vehicle_row, vrm="", licence_type="Hackney") == [("vrm", "A registration mark is needed")]
    assert [column for column, _ in refused(vehicle_row, vrm="AB12 CDE", licence_type="Boat")] == ["licence_type"]


@pytest.mark.parametrize("vrm", ["---", "AB12CDEAB12CDE"])
def test_what_cannot_be_a_mark_is_refused(vrm: str) -> None:
    assert refused(vehicle_row, vrm=vrm, licence_type="PHV") == [("vrm", "This is not a registration mark")]


def test_an_odd_mark_is_kept_with_a_warning() -> None:
    row = accepted(vehicle_row, vrm="101 D 123", licence_type="PHV", licence_no="7")
    assert row.facts["vrm"] == "101 D 123"
    assert row.warnings[0].startswith("vrm: it does not have the shape")


def test_a_word_about_wheelchairs_that_is_not_known_is_not_used() -> None:
    row = accepted(vehicle_row, **CAB, wheelchair_accessible="perhaps")
    assert row.facts["wheelchair_accessible"] is None
    assert row.warnings == ("wheelchair_accessible: this is neither yes nor no and is not used",)


@given(st.dictionaries(st.sampled_from(["vrm", "licence_no", "licence_type", "status", "expires_on"]), st.text()))
def test_whatever_is_written_is_a_row_or_says_what_is_wrong(cells: dict[str, str]) -> None:
    reading = read(cells)
    row = vehicle_row(reading, "DMY", TODAY)
    assert (row is None) == bool(reading.rejections)
