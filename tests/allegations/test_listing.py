"""The list of cases, and finding one in it."""

import re
from urllib.parse import quote

import pytest
from factories import allegations, desks
from factories.desks import Desk
from flask import Flask


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def listed(desk: Desk, sought: str) -> str:
    """The list after a search; what was searched for stands in no address."""
    response = desk.client.post("/allegations", data={"sought": sought})
    assert response.status_code == 302
    assert "sought" not in response.location
    assert quote(sought) not in response.location
    return desk.client.get(response.location).text


def test_a_case_is_found_by_its_reference_as_spoken_and_by_the_name(desk: Desk) -> None:
    other = allegations.begin(desk.officer, name="Imtiaz Quraishi")
    written = re.findall(r"AL-[0-9A-Z]{4}-[0-9A-Z]{4}", desk.page())[0]
    for sought, there, not_there in (
        (written.lower().replace("-", " "), desk.case, f"/allegations/{other}"),
        ("quraishi", f"/allegations/{other}", desk.case),
    ):
        rows = listed(desk, sought).split("<table", 1)[1]
        assert there in rows
        assert not_there not in rows
    assert desk.client.post("/allegations", data={"sought": ""}).status_code == 422


def test_what_somebody_else_searched_for_is_not_read(app: Flask, desk: Desk) -> None:
    location = desk.client.post("/allegations", data={"sought": "Quraishi"}).location
    assert "Quraishi" not in desks.colleague(app, desk).client.get(location).text
