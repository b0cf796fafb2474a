"""What is asked, as typed and as kept."""

from datetime import date

import pytest

from licensing.driver_check.asking import Asked, AskedList, masked


@pytest.mark.parametrize(
    ("typed", "given", "family"),
    [
        ("Mohammed Aslam Khan", "Mohammed Aslam", "Khan"),
        ("Khan, Mohammed Aslam", "Mohammed Aslam", "Khan"),
        ("O’Sample , Łucja", "Łucja", "O’Sample"),
        ("Khan", "", "Khan"),
        ("Khan,", "", "Khan"),
        ("", "", ""),
    ],
)
def test_a_name_in_one_box_is_taken_apart(typed: str, given: str, family: str) -> None:
    asked = Asked.with_name_in_one(typed)
    assert (asked.given_names, asked.family_name) == (given, family)


def test_nothing_typed_is_empty_and_anything_is_not() -> None:
    assert Asked().is_empty()
    assert Asked.with_name_in_one("  ").is_empty()
    assert not Asked(vrm="AB12CDE").is_empty()
    assert not Asked(date_of_birth=date(1980, 3, 4)).is_empty()
    assert AskedList("0" * 64, 0).is_empty()


def test_what_is_kept_is_read_again_as_it_was() -> None:
    for asked in (Asked(), Asked("Łucja", "Sample", date(1980, 2, 29), "OX99 1AA", "QQ123456C")):
        assert Asked.from_kept(asked.as_kept()) == asked


def test_only_the_end_of_an_identifier_is_shown_on_paper() -> None:
    assert masked("QQ123456C") == "••••••56C"
    assert masked("") == ""
