"""The page of what every figure means: all of them, and those of a part or of an audience."""

import html

from accounts import browsers
from factories import accounts
from flask import Flask
from flask.testing import FlaskClient

from licensing.figures.catalogue import catalogue
from licensing.figures.words import Audience, Section
from licensing.permissions import Role


def read(browser: FlaskClient, address: str) -> str:
    """Without the marks at which a long code may break."""
    return html.unescape(browser.get(address).text.replace("<wbr>", ""))


def test_every_figure_of_the_catalogue_is_defined_on_the_page(app: Flask) -> None:
    page = read(browsers.of_role(app, Role.BRIEFING_APPROVER, accounts.OXFORD), "/figures")
    assert [one.code for one in catalogue().values() if f"<code>{one.code}</code>" not in page] == []
    assert [one.words for one in catalogue().values() if f"{one.words}." not in page] == []


def test_a_part_or_an_audience_is_asked_for(app: Flask) -> None:
    browser = browsers.of_role(app, Role.BRIEFING_AUTHOR, accounts.COUNTY)

    def told(query: str) -> set[Section]:
        page = read(browser, f"/figures?{query}")
        return {one.section for one in catalogue().values() if f"<code>{one.code}</code>" in page}

    assert told("section=clocks") == {Section.CLOCKS}
    commissioner = Audience.POLICE_AND_CRIME_COMMISSIONER
    assert told(f"audience={commissioner}") == set(commissioner.sections)
    nothing = browser.get(f"/figures?audience={commissioner}&section=clocks").text
    assert "This audience is told nothing of this part." in nothing
    assert browser.get("/figures?section=nonsense").status_code == 200
