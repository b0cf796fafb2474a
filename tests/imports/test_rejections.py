"""Rejections can be shown and kept without giving an identifier away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from licensing.imports.rejections import IDENTIFIERS, masked, reject


def test_an_identifier_shows_its_last_three_characters() -> None:
    assert masked("QQ123456C") == "***56C"


def test_a_short_identifier_shows_nothing() -> None:
    assert masked("123456") == "***"
    assert masked("") == ""


@given(st.text(st.characters(codec="ascii"), min_size=1), st.sampled_from(sorted(IDENTIFIERS)))
def test_a_rejected_identifier_never_shows_more_than_three_characters(value: str, column: str) -> None:
    assert len(reject(7, column, value, "odd").value.removeprefix("***")) <= 3


def test_other_values_are_shown_and_cut() -> None:
    assert reject(7, "date_of_birth", "31/02/1980", "odd").value == "31/02/1980"
    assert len(reject(7, "family_name", "x" * 500, "odd").value) == 80
