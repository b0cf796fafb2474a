"""Which place of a register a concern is about, as whoever raises it chose: offered to those who may look it up."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner
from factories import accounts, concerns, disruption, register
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.concerns import queries
from licensing.db import db
from licensing.disruption.words import AgencyKind
from licensing.permissions import Role
from licensing.register.places import PremisesKind

OXFORD, CHERWELL, COUNTY = accounts.OXFORD, accounts.CHERWELL, accounts.COUNTY
SAID = {
    "in_danger": "no",
    "about": "premises",
    "what": "The Harbour Hotel in Sample Street",
    "words": "Men came and went by the back door all night.",
}
LINKED = "SELECT object_kind, object_id FROM concern_step WHERE kind = 'linked'"


@pytest.fixture
def harbour(app: Flask) -> UUID:
    accounts.agree(OXFORD)
    return register.add_premises(OXFORD, "Harbour Hotel", PremisesKind.HOTEL)


@pytest.fixture
def inspector(app: Flask) -> UUID:
    """Somebody of the county's fire service, who is on no register and works in every district."""
    return disruption.officer_of(disruption.agency(AgencyKind.FIRE_AND_RESCUE, COUNTY), COUNTY)


def sent(browser: Browser, concern_id: UUID, **given: Any) -> Any:
    council = str(accounts.authority_id(OXFORD))
    return browser.post("/concerns/new", data={**SAID, "council": council, "concern_id": str(concern_id), **given})


def test_whoever_may_look_a_place_up_chooses_it_beside_their_answers(
    app: Flask, harbour: UUID, inspector: UUID
) -> None:
    browser, concern_id = browsers.of_user(app, inspector), uuid4()
    shown = sent(browser, concern_id)
    assert shown.status_code == 200
    assert f'value="{harbour}"' in shown.text
    assert "Harbour Hotel, 1 Sample Street, OX99 1AA" in shown.text
    back = sent(browser, concern_id, place=str(harbour), step="change").text
    assert f'<option value="{harbour}" selected' in back  # nothing is lost
    assert sent(browser, concern_id, place=str(harbour), step="send").status_code == 302
    assert as_owner(LINKED) == [("premises", harbour)]
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    reference = str(as_owner("SELECT reference FROM concern")[0][0])
    assert reference in officer.get(f"/premises/{harbour}").text
    # They raised it, and are told on the place's page no more than anybody else.
    assert reference not in browser.get(f"/places/{harbour}").text


def test_a_place_of_other_words_or_none_is_not_kept_and_a_made_up_one_is_refused(
    app: Flask, harbour: UUID, inspector: UUID
) -> None:
    browser, concern_id = browsers.of_user(app, inspector), uuid4()
    other = sent(browser, concern_id, what="The bus station", place=str(harbour))
    assert other.status_code == 200
    assert str(harbour) not in other.text
    refused = sent(browser, concern_id, place=str(uuid4()), step="send")
    assert refused.status_code == 422
    assert "Men came and went" in refused.text
    assert sent(browser, concern_id, place="", step="send").status_code == 302
    assert as_owner(LINKED) == []


def test_a_concern_about_staff_names_no_place(app: Flask, harbour: UUID, inspector: UUID) -> None:
    browser, concern_id = browsers.of_user(app, inspector), uuid4()
    about_staff = {"about": "staff", "what": "", "place": str(harbour)}
    assert str(harbour) not in sent(browser, concern_id, **about_staff).text
    assert sent(browser, concern_id, **about_staff, step="send").status_code == 302
    assert as_owner("SELECT count(*) FROM staff_concern") == [(1,)]
    assert as_owner(LINKED) == []


def test_nobody_is_offered_a_place_that_they_may_not_look_up(app: Flask, harbour: UUID) -> None:
    for user in (accounts.user(Role.BRIEFING_READER), accounts.user(Role.LICENSING_OFFICER, CHERWELL)):
        assert str(harbour) not in sent(browsers.of_user(app, user), uuid4()).text
        with disruption.as_user(user):
            assert queries.places_called("Harbour Hotel", accounts.authority_id(OXFORD)) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Harbour Hotel", True),
        ("harbour", True),
        ("a guesthouse, harbour hotel, room 4", True),
        ("ox99 1aa", True),
        ("OX991AA, a hotel", True),
        ("ha", False),
        ("Harbour Inn", False),
        ("%", False),
    ],
)
def test_a_place_is_found_by_its_name_or_postcode_within_what_was_typed(
    harbour: UUID, inspector: UUID, typed: str, found: bool
) -> None:
    with disruption.as_user(inspector):
        assert bool(queries.places_called(typed, accounts.authority_id(OXFORD))) is found


def test_by_sql_nobody_names_a_place_of_anothers_concern_or_later_or_that_they_do_not_know(
    app: Flask, harbour: UUID, inspector: UUID
) -> None:
    raised = concerns.raise_one(inspector)
    call = text("CALL place_concern(:concern, gen_random_uuid(), :place)")
    for user in (inspector, accounts.user(Role.BRIEFING_READER)):
        with pytest.raises(DBAPIError) as refused, disruption.as_user(user):
            db.session.execute(call, {"concern": raised, "place": harbour})
        assert getattr(refused.value.orig, "sqlstate", "") == "42501"
