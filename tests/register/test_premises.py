"""The list of premises and one place's page."""

import re

from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.reading import first_column, links

from licensing.permissions import Role
from licensing.register.places import PremisesKind


def test_places_are_found_narrowed_and_sorted(app: Flask, signed_in: SignIn) -> None:
    ours = accounts.OXFORD
    register.add_premises(ours, "Sample Guesthouse", PremisesKind.HOTEL_OR_GUESTHOUSE, 1001)
    register.add_premises(ours, "Example Arms", PremisesKind.PUB)
    register.add_premises(accounts.CHERWELL, "Not Ours", PremisesKind.HOTEL)
    officer = signed_in(Role.LICENSING_OFFICER)

    page = officer.get("/premises").text
    assert first_column(page) == ["Example Arms", "Sample Guesthouse"]
    assert "4, 1 December 2025" in page
    assert first_column(officer.get("/premises?kind=pub").text) == ["Example Arms"]
    assert first_column(officer.get("/premises?sort=name&order=descending").text)[0] == "Sample Guesthouse"
    assert first_column(officer.get("/premises?sort=kind").text)[0] == "Sample Guesthouse"

    sent = officer.post("/premises/search", data={"words": "guest ox99 1aa"})
    assert re.fullmatch(r"/premises\?search=[0-9a-f-]{36}", sent.location)
    assert first_column(officer.get(sent.location).text) == ["Sample Guesthouse"]
    nothing = officer.post("/premises/search", data={"words": "\\%"})
    assert "No place on your register fits this" in officer.get(nothing.location).text
    colleague = signed_in(Role.LICENSING_OFFICER)
    assert len(first_column(colleague.get(sent.location).text)) == 2  # it is not their search


def test_a_place_shows_its_layers_and_leads_back_to_the_list_as_it_was(app: Flask, signed_in: SignIn) -> None:
    register.add_premises(accounts.OXFORD, "Sample Guesthouse", PremisesKind.HOTEL_OR_GUESTHOUSE, 1001)
    officer = signed_in(Role.LICENSING_OFFICER)
    address = "/premises?kind=hotel_or_guesthouse&sort=name&order=ascending"
    [place] = [link for link in links(officer.get(address).text) if re.match("/premises/[0-9a-f]", link)]

    page = officer.get(place).text

    assert [link for link in links(page) if link.startswith("/premises?")] == [address]
    assert "Food business registration" in page
    assert page.count(">Not checked<") == 6
    assert "No licence recorded. Not required unless licensable activity" in page
    assert "Food hygiene rating: 4" in page
    assert "unlicensed" not in page.lower()
    assert "Who looked" not in page
    assert "Who looked at this record" in signed_in(Role.LICENSING_MANAGER).get(place).text


def test_a_pub_has_no_duties_of_a_place_that_takes_guests(app: Flask, signed_in: SignIn) -> None:
    place = register.add_premises(accounts.OXFORD, "Example Arms", PremisesKind.PUB)
    page = signed_in(Role.LICENSING_OFFICER).get(f"/premises/{place}").text
    assert "Guest records" not in page
    assert "Obligations" not in page
    assert "What has happened" not in page


def test_another_councils_place_is_not_found(app: Flask, signed_in: SignIn) -> None:
    theirs = register.add_premises(accounts.CHERWELL, "Not Ours", PremisesKind.HOTEL)
    assert signed_in(Role.LICENSING_OFFICER).get(f"/premises/{theirs}").status_code == 404
