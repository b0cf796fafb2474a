"""Headings are found wherever they stand, whatever the council calls them."""

from __future__ import annotations

import pytest

from licensing.imports.heading_names import COLUMNS
from licensing.imports.headings import column_letters, find, resolve
from licensing.imports.mapping import AS_WRITTEN, FileMapping
from licensing.imports.refused import FileRefused

LEAST = ["Surname", "Licence Number", "Licence type"]


def columns(*headings: str, mapping: FileMapping = AS_WRITTEN) -> dict[str, int]:
    return dict(resolve(headings, 1, "drivers", mapping).columns)


def refusal(*headings: str, mapping: FileMapping = AS_WRITTEN) -> str:
    with pytest.raises(FileRefused) as refused:
        resolve(headings, 1, "drivers", mapping)
    return refused.value.message


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Forename(s)", "given_names"),
        ("First name", "given_names"),
        ("D.O.B.", "date_of_birth"),
        ("DATE  OF  BIRTH", "date_of_birth"),
        ("Badge No", "badge_no"),
        ("Expiry Date", "expires_on"),
        ("NI Number", "nino"),
        ("Post code", "postcode"),
        ("Reference", "source_id"),
        ("Driving Licence No.", "driving_licence_no"),
        ("granted_on", "granted_on"),
        ("Reg\u00a0No", "vrm"),
    ],
)
def test_a_heading_that_councils_use_is_known(heading: str, column: str) -> None:
    assert columns(*LEAST, heading)[column] == 3


def test_each_heading_means_one_column_only() -> None:
    for kind, names in COLUMNS.items():
        seen: dict[str, str] = {}
        for column, synonyms in names.items():
            for name in (column, *synonyms):
                key = "".join(letter for letter in name.casefold() if letter.isalnum())
                assert seen.setdefault(key, column) == column, (kind, name)


def test_our_own_names_are_found_in_any_order_and_case() -> None:
    assert columns("LICENCE_TYPE", "Family_Name", "licence_no") == {
        "licence_type": 0,
        "family_name": 1,
        "licence_no": 2,
    }


def test_headings_stand_below_a_title_and_a_blank_line() -> None:
    rows = [(1, ["Register of drivers", "", "type"]), (3, LEAST), (4, ["Ex", "1", "PHD"])]
    assert find(rows, "drivers", AS_WRITTEN).row_number == 3


def test_headings_known_only_to_the_mapping_are_found_below_a_title() -> None:
    mapping = FileMapping({"Who": "family_name", "Nr": "licence_no", "Which": "licence_type"})
    rows = [(1, ["Register"]), (2, ["Nr", "Which", "Who"]), (3, ["1", "PHD", "Ex"])]
    layout = find(rows, "drivers", mapping)
    assert layout.row_number == 2
    assert layout.columns == {"licence_no": 0, "licence_type": 1, "family_name": 2}


def test_an_unknown_heading_is_kept_and_warned_of() -> None:
    layout = resolve([*LEAST, "Shoe size", ""], 1, "drivers", AS_WRITTEN)
    assert layout.headings[3] == "Shoe size"
    assert layout.warnings == (
        "The column 'Shoe size' is not used.",
        "Column E has no heading and is not used.",
    )


def test_two_headings_that_mean_the_same_are_refused() -> None:
    assert refusal(*LEAST, "Family name") == "The headings 'Surname' and 'Family name' both mean family_name: keep one."


def test_the_same_heading_twice_is_refused() -> None:
    assert refusal(*LEAST, "Notes", "NOTES") == "Columns D and E have the same heading, 'NOTES': rename or delete one."


@pytest.mark.parametrize(
    ("headings", "what"),
    [
        (("Licence Number", "Licence type"), "the holder's name (family_name)"),
        (("Surname", "Licence type"), "the licence number (licence_no)"),
        (("Surname", "Licence Number"), "the type of licence (licence_type)"),
    ],
)
def test_a_missing_column_is_refused_with_what_would_do(headings: tuple[str, ...], what: str) -> None:
    message = refusal(*headings)
    assert message.startswith(f"There is no column for {what}.")
    assert "a heading such as" in message


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Name", "full_name"),
        ("Licence holder", "full_name"),
        ("SURNAME,FORENAME,INITIAL", "full_name_family_first"),
    ],
)
def test_one_column_for_the_whole_name_is_enough(heading: str, column: str) -> None:
    assert columns(heading, *LEAST[1:])[column] == 0


def test_a_whole_name_is_warned_of_and_gives_way_to_a_family_name() -> None:
    alone = resolve(["Name", *LEAST[1:]], 1, "drivers", AS_WRITTEN)
    assert alone.warnings[0].startswith("The column 'Name' holds whole names")
    beside = resolve(["Name", *LEAST], 1, "drivers", AS_WRITTEN)
    assert beside.warnings == ("The column 'Name' is not used.",)


def test_a_mapping_goes_before_what_headings_usually_mean() -> None:
    mapping = FileMapping({"Badge No": "licence_no", "ref": "badge_no"})
    found = columns("Surname", "Badge No", "Licence Number", "Type", "REF", mapping=mapping)
    assert found == {"family_name": 0, "licence_no": 1, "licence_type": 3, "badge_no": 4}


@pytest.mark.parametrize(
    ("mapped", "said"),
    [
        ({"Surname": "surname"}, "The mapping names the column 'surname'. It can name: source_id"),
        (
            {"Shield": "badge_no"},
            "The mapping names the heading 'Shield', which is not in this file.",
        ),
        (
            {"Surname": "family_name", "Licence type": "family_name"},
            "The mapping gives family_name to two headings",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_refused(mapped: dict[str, str], said: str) -> None:
    assert refusal(*LEAST, mapping=FileMapping(mapped)).startswith(said)


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
