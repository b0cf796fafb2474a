"""Training of groups: put right by a further row, and never by two at once."""

from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from factories import accounts, register, training
from flask import Flask
from journeys.reading import boxes
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

AT_PLACE = {**boxes("held_on", 4, 6, 2025), "course": "Signs", "trainer": "Sample Trainer", "staff": "12"}
WORKFORCE = {**boxes("held_on", 4, 6, 2025), "audience": "Nurses", "agency": "Sample NHS Trust", "course": "Signs"}


@pytest.fixture
def officer(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


@pytest.fixture
def things(app: Flask) -> register.Things:
    user = accounts.user(Role.LICENSING_OFFICER)
    return register.add_things(accounts.OXFORD, register.add(register.numbered(1), accounts.OXFORD), user)


@pytest.fixture
def held(things: register.Things) -> tuple[UUID, UUID]:
    user = accounts.user(Role.LICENSING_OFFICER)
    return training.groups(things.organisation_id, things.premises_id, user)


def rows(table: str) -> list[tuple[int, bool]]:
    with owner_session() as session:
        found = session.execute(text(f"SELECT trained, superseded_at IS NULL FROM {table} ORDER BY recorded_at"))
        return [tuple(row) for row in found]  # type: ignore[misc]  (two columns)


def test_a_training_at_a_place_is_corrected_and_what_it_said_is_kept(
    officer: Browser, things: register.Things, held: tuple[UUID, UUID]
) -> None:
    address = f"/training/held-at-premises/{held[0]}/correct"
    assert 'value="9"' in officer.get(address).text
    assert officer.post(address, data={**AT_PLACE, "trained": "13"}).status_code == 422
    assert officer.post(address, data={**AT_PLACE, "trained": "10"}).status_code == 302
    assert rows("premises_training") == [(9, False), (10, True)]
    page = officer.get(f"/premises/{things.premises_id}").text
    assert "10 of 12" in page
    assert "9 of 12" not in page


def test_numbers_of_the_workforce_are_corrected_and_counted_once(officer: Browser, held: tuple[UUID, UUID]) -> None:
    address = f"/training/workforce/{held[1]}/correct"
    assert officer.post(address, data={**WORKFORCE, "trained": "44"}).status_code == 302
    assert rows("workforce_training") == [(40, False), (44, True)]
    assert "44 people trained in all" in officer.get("/training/workforce").text


def test_an_entry_is_corrected_once(officer: Browser, held: tuple[UUID, UUID]) -> None:
    at_place, of_workforce = (f"/training/held-at-premises/{held[0]}/correct", f"/training/workforce/{held[1]}/correct")
    for address, given in ((at_place, {**AT_PLACE, "trained": "8"}), (of_workforce, {**WORKFORCE, "trained": "8"})):
        assert officer.post(address, data=given).status_code == 302
        again = officer.post(address, data=given)
        assert again.status_code == 422
        assert "Somebody changed this entry in between" in again.text
