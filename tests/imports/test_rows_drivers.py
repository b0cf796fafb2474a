"""Every row of a register of drivers is accepted, left out or rejected, and every reason is
given.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensing.imports.headings import resolve
from licensing.imports.mapping import AS_WRITTEN, FileMapping
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.rows_drivers import HolderRow, driver_rows
from licensing.imports.tables import Row, Table
from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind

MakeTable = Callable[..., Table]
TODAY = date(2026, 6, 1)
DRIVER = {
    "source_id": "S-1",
    "given_names": "Ann Bee",
    "family_name": "Example",
    "other_names": "",
    "date_of_birth": "04/03/1980",
    "postcode": "ox12ab",
    "address": "1 Invented Street, Oxford",
    "nino": "qq 12 34 56 c",
    "driving_licence_no": "EXAMP 853040 AB9XX",
    "licence_no": "PHD/0123",
    "licence_type": "Private hire",
    "status": "Current",
    "granted_on": "1 June 2025",
    "starts_on": "01/06/2025",
    "expires_on": "2028-05-31",
    "badge_no": "B 77",
    "vrm": "ab12 cde",
}


def checked(table: Table, mapping: FileMapping = AS_WRITTEN) -> list[HolderRow | Rejection | LeftOut]:
    return list(driver_rows(table, mapping, TODAY))


@pytest.fixture
def one(drivers_table: MakeTable) -> Callable[..., HolderRow]:
    """The only row of a table, accepted: the sample driver with these changes."""

    def accept(**changes: str) -> HolderRow:
        (row,) = checked(drivers_table(DRIVER | changes))
        assert isinstance(row, HolderRow)
        return row

    return accept


@pytest.fixture
def reasons(drivers_table: MakeTable) -> Callable[..., list[tuple[str, str]]]:
    """Column and reason of every rejection of the sample driver with these changes."""

    def reject(**changes: str) -> list[tuple[str, str]]:
        rows = checked(drivers_table(DRIVER | changes))
        assert all(isinstance(row, Rejection) for row in rows)
        return [(row.column, row.reason) for row in rows if isinstance(row, Rejection)]

    return reject


def test_a_whole_row_is_read(one: Callable[..., HolderRow]) -> None:
    assert one() == HolderRow(
        row=2,
        source_id="S-1",
        given_names="Ann Bee",
        family_name="Example",
        other_names="",
        date_of_birth=date(1980, 3, 4),
        postcode="OX1 2AB",
        address="1 Invented Street, Oxford",
        nino="QQ123456C",
        driving_licence_no="EXAMP853040AB9XX",
        licence_no="PHD/0123",
        licence_type=LicenceKind.PRIVATE_HIRE_DRIVER,
        status=EventKind.GRANTED,
        granted_on=date(2025, 6, 1),
        starts_on=date(2025, 6, 1),
        expires_on=date(2028, 5, 31),
        badge_no="B 77",
        vrm="AB12CDE",
        warnings=("nino: ***56C begins with QQ, which is never issued: check it",),
    )


def test_the_least_that_a_row_needs(drivers_table: MakeTable) -> None:
    least = {"family_name": "Example", "licence_no": "1", "licence_type": "Dual"}
    (row,) = checked(drivers_table(least))
    assert isinstance(row, HolderRow)
    assert (row.date_of_birth, row.status, row.expires_on, row.warnings) == (None, None, None, ())


def test_names_middle_names_and_address_lines_are_put_together(drivers_table: MakeTable) -> None:
    parts = {
        "Surname": "Example",
        "Forename": "Ann",
        "Middle name": "Bee",
        "Licence no": "1",
        "Type": "PHD",
        "Address 1": "1 Invented Street",
        "Address 2": "",
        "Town": "Oxford",
    }
    (row,) = checked(drivers_table(parts))
    assert isinstance(row, HolderRow)
    assert (row.given_names, row.address) == ("Ann Bee", "1 Invented Street, Oxford")


def test_a_name_in_one_column_is_taken_apart(drivers_table: MakeTable) -> None:
    together = {"SURNAME,FORENAME,INITIAL": "EXAMPLE,ANN,B", "Licence no": "1", "Type": "PHD"}
    (row,) = checked(drivers_table(together))
    assert isinstance(row, HolderRow)
    assert (row.given_names, row.family_name) == ("ANN B", "EXAMPLE")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"given_names": "", "family_name": "-"}, [("family_name", "A name is needed")]),
        ({"licence_no": "N/A"}, [("licence_no", "A licence number is needed")]),
        ({"licence_type": ""}, [("licence_type", "A type of licence is needed")]),
        (
            {"date_of_birth": "03/25/1980"},
            [
                (
                    "date_of_birth",
                    "25 cannot be a month; if this file writes the month first, choose that when you bring it in",
                )
            ],
        ),
        (
            {"date_of_birth": "31/02/1980"},
            [("date_of_birth", "31 February 1980 is not a date: February 1980 has 29 days")],
        ),
        (
            {"date_of_birth": "02/06/2026"},
            [("date_of_birth", "The date of birth is in the future")],
        ),
        ({"date_of_birth": "02/06/2009"}, [("date_of_birth", "The holder is not yet 17")]),
        (
            {"expires_on": "31/05/2025"},
            [("expires_on", "The licence ends before it starts, on 1 June 2025")],
        ),
        (
            {"starts_on": "", "expires_on": "31/05/2025"},
            [("expires_on", "The licence ends before it starts, on 1 June 2025")],
        ),
        (
            {"expires_on": "01/01/3017"},
            [("expires_on", "The year 3017 is not between 1900 and 2100")],
        ),
        ({"licence_no": "#REF!"}, [("licence_no", "The spreadsheet has an error here (#REF!)")]),
        ({"address": "x" * 501}, [("address", "This is longer than 500 characters")]),
    ],
)
def test_a_row_that_cannot_be_right_is_rejected(
    reasons: Callable[..., list[tuple[str, str]]],
    changes: dict[str, str],
    expected: list[tuple[str, str]],
) -> None:
    assert reasons(**changes) == expected


def test_all_reasons_of_a_row_are_given(reasons: Callable[..., list[tuple[str, str]]]) -> None:
    found = reasons(family_name="", given_names="", date_of_birth="soon", licence_type="Bus", status="Green")
    assert [column for column, _ in found] == [
        "family_name",
        "date_of_birth",
        "licence_type",
        "status",
    ]


def test_the_date_order_of_the_mapping_is_kept_to(drivers_table: MakeTable) -> None:
    table = drivers_table(DRIVER | {"date_of_birth": "03/25/1980", "starts_on": "06/01/2025"})
    (row,) = checked(table, FileMapping(date_order="MDY"))
    assert isinstance(row, HolderRow)
    assert (row.date_of_birth, row.starts_on) == (date(1980, 3, 25), date(2025, 6, 1))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"expires_on": "02/06/2028"},
            "standard term of a driver's licence (Deregulation Act 2015 s.10)",
        ),
        ({"status": "Surrendered"}, "A driver's licence cannot be surrendered"),
        ({"postcode": "OX1"}, "postcode: this is not a full postcode and is kept as written"),
        (
            {"nino": "to follow"},
            "nino: ***LOW does not have the shape of a National Insurance number",
        ),
        ({"vrm": "101 D 234"}, "vrm: ***234 does not have the shape of a vehicle registration"),
        ({"date_of_birth": "01/01/1900"}, "date_of_birth: the holder would be 100 or older"),
        ({"expires_on": "46904"}, "expires_on: the day number 46904 was read as 31 May 2028"),
        ({"family_name": ""}, "family_name: there is none, only given names"),
    ],
)
def test_an_odd_row_is_accepted_with_a_warning(
    one: Callable[..., HolderRow], changes: dict[str, str], said: str
) -> None:
    (warning,) = one(**{"nino": "", **changes}).warnings
    assert said in warning


def test_a_term_of_exactly_three_years_is_not_warned_of(one: Callable[..., HolderRow]) -> None:
    assert one(nino="", expires_on="01/06/2028").warnings == ()


def test_a_licence_of_one_day_is_accepted(one: Callable[..., HolderRow]) -> None:
    assert one(expires_on="01/06/2025").expires_on == date(2025, 6, 1)


def test_what_does_not_look_like_an_identifier_is_not_used_as_one(
    one: Callable[..., HolderRow],
) -> None:
    row = one(nino="to follow", driving_licence_no="TBC", vrm="various")
    assert (row.nino, row.driving_licence_no, row.vrm) == ("", "", "")


def test_a_number_given_to_two_people_rejects_both_rows(drivers_table: MakeTable) -> None:
    other = DRIVER | {"given_names": "Zoe", "source_id": "S-2", "licence_no": "phd 0123"}
    assert checked(drivers_table(DRIVER, other)) == [
        Rejection(
            2,
            "licence_no",
            "***123",
            "Row 3 gives this licence number to somebody else: the name differs",
        ),
        Rejection(
            3,
            "licence_no",
            "***123",
            "Row 2 gives this licence number to somebody else: the name differs",
        ),
    ]


def test_the_same_row_again_is_accepted_and_says_which_it_repeats(drivers_table: MakeTable) -> None:
    renewed = DRIVER | {"expires_on": "2028-04-30"}
    rows = checked(drivers_table(DRIVER, renewed, DRIVER | {"given_names": " Ann  Bee "}))
    assert [row.repeats for row in rows if isinstance(row, HolderRow)] == [None, None, 2]


def test_totals_below_are_left_out(drivers_table: MakeTable) -> None:
    rows = checked(drivers_table(DRIVER, {"source_id": "Total", "given_names": "1"}))
    assert rows[1:] == [LeftOut(3)]


def test_a_row_cut_by_a_comma_is_rejected_and_not_shifted() -> None:
    layout = resolve(["Surname", "Licence no", "Type"], 1, "drivers", AS_WRITTEN)
    (rejection,) = checked(Table(layout, [Row(2, ["Example", "Ann", "1", "PHD"])]))
    assert isinstance(rejection, Rejection)
    assert rejection.reason.startswith("This row has 4 cells under 3 headings.")


def test_no_rejection_or_warning_shows_a_whole_identifier(drivers_table: MakeTable) -> None:
    bad = DRIVER | {
        "nino": "ZZ999999Z",
        "licence_type": "Bus",
        "driving_licence_no": "NOTANUMBER99",
    }
    other = DRIVER | {"given_names": "Zoe"}
    rejected = checked(drivers_table(bad, DRIVER, other, bad))
    assert {row.row for row in rejected if isinstance(row, Rejection)} == {2, 3, 4, 5}
    said = repr(rejected)
    warned = drivers_table(
        {"family_name": "X", "licence_no": "7", "licence_type": "PHD"} | {"nino": "ZZ999999Z", "vrm": "NOTAPLATE99"}
    )
    said += repr([row.warnings for row in checked(warned) if isinstance(row, HolderRow)])
    for identifier in ("PHD/0123", "ZZ999999Z", "NOTANUMBER99", "NOTAPLATE99"):
        assert identifier not in said


CELL = st.one_of(st.sampled_from([*DRIVER.values(), "", "Total", "31/02/2025", "#REF!"]), st.text(max_size=8))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=1, max_size=len(DRIVER) + 1), max_size=8))
def test_every_row_is_accepted_left_out_or_rejected_and_never_two_of_them(
    rows: list[list[str]],
) -> None:
    layout = resolve(list(DRIVER), 1, "drivers", AS_WRITTEN)
    table = Table(layout, [Row(number, cells) for number, cells in enumerate(rows, start=2)])
    outcomes: dict[int, set[str]] = {}
    for outcome in checked(table):
        outcomes.setdefault(outcome.row, set()).add(type(outcome).__name__)
    assert list(outcomes) == [row.number for row in table.rows]
    assert all(len(kinds) == 1 for kinds in outcomes.values())
