"""A licence number given to two people is found wherever its rows stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from licensing.imports.shared_numbers import repeated_numbers, rows_sharing_a_number
from licensing.imports.tables import Table

MakeTable = Callable[..., Table]
BORN = "1980-03-04"


def driver(number: str, given: str = "Ann", family: str = "Example", born: str = BORN) -> dict[str, str]:
    return {
        "licence_no": number,
        "licence_type": "PHD",
        "given_names": given,
        "family_name": family,
        "date_of_birth": born,
    }


def sharing(table: Table) -> dict[int, tuple[int, str]]:
    return rows_sharing_a_number(table, "DMY", repeated_numbers(table))


def test_numbers_are_repeated_however_they_are_spaced(drivers_table: MakeTable) -> None:
    table = drivers_table(driver("PHD/0123"), driver("phd 0123"), driver("9"), driver(""), driver(""))
    assert repeated_numbers(table) == {"PHD0123"}


def test_another_name_or_date_of_birth_is_another_holder(drivers_table: MakeTable) -> None:
    table = drivers_table(driver("1"), driver("2"), driver("1", given="Zoe"), driver("2", born="1981-03-04"))
    assert sharing(table) == {
        2: (4, "the name differs"),
        4: (2, "the name differs"),
        3: (5, "the date of birth differs"),
        5: (3, "the date of birth differs"),
    }


@pytest.mark.parametrize(
    "again",
    [
        driver("1"),
        driver("1", given="ANN", family="EXAMPLE"),
        driver("1", given="Mrs Ann"),
        driver("1", given="Example", family="Ann"),
        driver("1", born=""),
        driver("1", born="4 March 1980"),
    ],
)
def test_the_same_holder_again_shares_nothing(drivers_table: MakeTable, again: dict[str, str]) -> None:
    assert sharing(drivers_table(driver("1"), again)) == {}


def test_every_row_of_a_number_with_two_holders_is_named(drivers_table: MakeTable) -> None:
    table = drivers_table(driver("1"), driver("1"), driver("1", given="Zoe"))
    assert sharing(table) == {row: (other, "the name differs") for row, other in ((2, 4), (3, 4), (4, 2))}


def test_a_third_holder_is_found_behind_a_row_without_date_of_birth(
    drivers_table: MakeTable,
) -> None:
    table = drivers_table(driver("1", born=""), driver("1"), driver("1", born="1990-01-01"))
    assert sharing(table) == {
        3: (4, "the date of birth differs"),
        4: (3, "the date of birth differs"),
    }
