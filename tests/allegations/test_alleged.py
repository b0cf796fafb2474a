"""The allegations within a case, over HTTP."""

import pytest
from factories import accounts, allegations, desks, register, shared_cases
from factories.desks import Desk, on, version_on
from flask import Flask

from licensing.allegations.words import Outcome

OUTCOME = r"/allegations/[0-9a-f-]{36}/outcome"
ALLEGATION = r"/allegations/[0-9a-f-]{36}"


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def test_each_outcome_stands_beside_its_definition(desk: Desk) -> None:
    page = desk.page(desk.first(OUTCOME))
    for one in Outcome:
        assert (one.definition in page.replace("&#39;", "’")) == (one is not Outcome.OPEN)
    assert "balance of probabilities" in page


def test_an_outcome_is_put_right_and_the_chronology_keeps_what_was_before(desk: Desk) -> None:
    part = desk.first(OUTCOME)
    desk.send(part, outcome="unfounded", words="A namesake", version="1", **on("outcome_on", 2))
    assert "Unfounded, 2 June 2026" in desk.page()
    desk.send(part, outcome="substantiated", words="The right person", version="2", **on("outcome_on", 9))
    page = desk.page()
    assert "Substantiated, 9 June 2026" in page
    assert "Before: Unfounded, 2 June 2026. A namesake" in page


def test_an_outcome_is_refused_before_the_threshold_is_decided(app: Flask) -> None:
    desk = desks.desk(app, considering=True)
    refused = desk.send(
        f"{desk.first(ALLEGATION)}/outcome", 422, outcome="false", words="Kept words", version="1", **on("outcome_on")
    )
    assert "Decide on the threshold before an outcome is recorded" in refused
    assert "Kept words" in refused


def test_what_an_outcome_must_say_is_asked_beside_its_question(desk: Desk) -> None:
    refused = desk.send(desk.first(OUTCOME), 422, version="1")
    for message in ("Select the outcome", "Enter the date of the outcome", "Write why, and who agreed to it"):
        assert message in refused


def test_an_allegation_is_added_and_put_right(desk: Desk) -> None:
    desk.send("/allegations/new", limbs=["offence"], category="online", words="Messages at night")
    assert "Messages at night" in desk.page()
    part = desk.first(ALLEGATION)
    desk.send(part, limbs=["risk"], category="sexual", words="Rather this", version=version_on(desk.page(part)))
    page = desk.page()
    assert "Rather this" in page
    assert f"Before: {allegations.WORDS}" in page


def test_whoever_changes_an_allegation_second_is_shown_the_difference(desk: Desk) -> None:
    part = desk.first(ALLEGATION)
    before = version_on(desk.page(part))
    desk.send(part, limbs=["risk"], category="sexual", words="What the first wrote", version=before)
    second = desk.send(part, 422, limbs=["risk"], category="sexual", words="What the second wrote", version=before)
    assert "What the first wrote" in second
    assert "What the second wrote" in second


def test_an_allegation_of_another_case_is_not_there(app: Flask, desk: Desk) -> None:
    other = desks.desk(app)
    assert desk.client.get(f"{desk.case}{other.first(OUTCOME)}").status_code == 404


def test_an_outcome_is_not_offered_before_the_threshold_is_decided(app: Flask, desk: Desk) -> None:
    assert "Record the outcome" in desk.page()
    assert "Record the outcome" not in desks.desk(app, considering=True).page()


def test_it_is_said_that_the_flag_came_off(app: Flask) -> None:
    accounts.agree(accounts.OXFORD)
    desk = desks.desk(app, person_id=register.add(register.PLAIN, accounts.OXFORD))
    shared_cases.share(desk.officer, desk.case_id, accounts.OXFORD)
    part = desk.first("/allegations/[0-9a-f-]{36}/outcome")
    typed = {"outcome": "malicious", "words": "Agreed.", "version": "1", **on("outcome_on", 3)}
    desk.send(part, **typed)
    assert "The flag came off everywhere" in desk.page()
