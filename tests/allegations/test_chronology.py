"""The chronology, over HTTP and on paper."""

import re

import pytest
from factories import desks
from factories.desks import Desk, on
from flask import Flask
from sqlalchemy import text

from licensing.setup import owner_session


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def correct_address(desk: Desk, words: str) -> str:
    """The page, below the case, on which the entry with these words is put right."""
    found = re.search(f'{words}.*?href="{desk.case}([^"]+/correct)"', desk.page("/chronology"), re.DOTALL)
    assert found
    return found[1]


def entry(words: str, at: str = "14:05") -> dict[str, str]:
    return {"kind": "call", "at": at, "words": words, **on("on", 3)}


def test_an_entry_by_hand_has_its_own_moment(desk: Desk) -> None:
    desk.send("/chronology/new", **entry("The head teacher rang"))
    page = desk.page("/chronology")
    assert "3 June 2026 at 2:05pm" in page
    assert "The head teacher rang" in page


@pytest.mark.parametrize("at", ["25:00", "noon", "14", ""])
def test_a_time_that_is_none_is_refused_beside_its_question(desk: Desk, at: str) -> None:
    refused = desk.send("/chronology/new", 422, **entry("Kept words", at))
    assert "Enter the time" in refused
    assert "Kept words" in refused


def test_an_entry_is_put_right_once_and_stays_readable(desk: Desk) -> None:
    desk.send("/chronology/new", **entry("He rang"))
    address = correct_address(desk, "He rang")
    desk.send(address, **entry("She rang"))
    page = desk.page("/chronology")
    assert "She rang" in page
    assert "He rang" not in page.replace("She rang", "")
    assert "He rang" in desk.page("/chronology?all=1").replace("She rang", "")
    assert "put this entry right meanwhile" in desk.send(address, 422, **entry("They rang"))


def test_a_hundred_thousand_characters_are_kept_whole(desk: Desk) -> None:
    words = "“Smart” quotes – a… " * 4_999
    desk.send("/chronology/new", **entry(words))
    assert desk.page("/chronology").count("a… ") >= 4_998


def test_the_page_to_print_has_every_entry_and_is_kept_in_the_trail(desk: Desk) -> None:
    for number in range(55):
        desk.send("/chronology/new", **entry(f"Entry {number:03}"))
    page = desk.page("/chronology/print")
    assert all(f"Entry {number:03}" in page for number in range(55))
    assert "Entry 054" not in desk.page("/chronology") or "Entry 000" not in desk.page("/chronology")
    with owner_session() as session:
        printed = "SELECT count(*) FROM restricted_entry WHERE action = 'printed' AND object_id = :case"
        assert session.scalar(text(printed), {"case": desk.case_id}) == 1
