"""Single cells are cleaned without losing what was meant, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.imports.values import NotUnderstood, clean, read_date, read_yes_or_no


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Ann   Example ", "Ann Example"),
        ("Ann\u00a0Example", "Ann Example"),
        ("Ann\u200b\ufeffExample\u00ad", "AnnExample"),
        ("Ann\r\nExample\t", "Ann Example"),
        ("\u202eAnn\u202c", "Ann"),
        ("Jose\u0301", "José"),
        ("Ann\x1a", "Ann"),
        ("Mr Example", "Mr Example"),
        ("O'Example-Smith", "O'Example-Smith"),
    ],
)
def test_odd_and_invisible_characters_go(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["", " ", "NA", "N/A", "n/a", "-", "–", "—", "#N/A", " NULL ", "\u00a0"])
def test_what_is_written_for_nothing_is_blank(text: str) -> None:
    assert clean(text) == ""


@pytest.mark.parametrize("name", ["Na", "Null", "None"])
def test_a_name_that_looks_like_nothing_is_kept(name: str) -> None:
    assert clean(name) == name


def test_a_spreadsheet_error_is_no_value() -> None:
    with pytest.raises(NotUnderstood, match=r"The spreadsheet has an error here \(#REF!\)"):
        clean("#REF!")


@given(st.text(max_size=30))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    try:
        once = clean(text)
    except NotUnderstood:
        return
    assert clean(once) == once
    assert once.isprintable()


def test_a_blank_date_is_no_date() -> None:
    assert read_date("", "DMY") == (None, "")


def test_a_written_date_is_read_without_a_warning() -> None:
    assert read_date("3 June 2025", "DMY") == (date(2025, 6, 3), "")


def test_a_day_number_is_read_and_said() -> None:
    assert read_date("45811", "DMY") == (
        date(2025, 6, 3),
        "the day number 45811 was read as 3 June 2025",
    )


@pytest.mark.parametrize("text", ["99999", "00001", "123456", "31/02/2025"])
def test_a_number_that_is_no_likely_day_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_date(text, "DMY")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Yes", True),
        ("y", True),
        ("TRUE", True),
        ("1", True),
        ("no", False),
        ("0", False),
        ("", None),
    ],
)
def test_yes_and_no_are_read_in_the_usual_ways(text: str, meant: bool | None) -> None:
    assert read_yes_or_no(text) is meant


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="Write yes or no"):
        read_yes_or_no("perhaps")
