"""Applications over HTTP: the list of what was seen, and what stands in the way of a decision."""

from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from factories import accounts, register
from flask import Flask
from sqlalchemy import text
from suitability.conftest import TODAY, YESTERDAY, acting, day_boxes, driver

from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.suitability.applying import ApplicationKind, ItemKind, ItemState
from licensing.suitability.changes import applications as changes


@pytest.fixture
def browser(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


def renewal(licence_id: UUID) -> UUID:
    with acting() as user:
        application_id = changes.receive(user, licence_id, ApplicationKind.RENEWAL, YESTERDAY)
        db.session.commit()
    return application_id


def said(browser: Browser, address: str, item: ItemKind, **answers: str) -> int:
    data = {**day_boxes("on_day", TODAY), **answers}
    return browser.post(f"{address}/item?item={item}", data=data).status_code


def test_a_renewal_is_recorded_from_the_licence_and_says_what_is_missing(browser: Browser) -> None:
    licence_id = driver()
    assert f"/licences/{licence_id}/application" in browser.get(f"/licences/{licence_id}").text
    asked = {"kind": "renewal", **day_boxes("received_on", YESTERDAY)}
    recorded = browser.post(f"/licences/{licence_id}/application", data=asked)
    assert recorded.status_code == 302

    page = browser.get(recorded.location).text
    assert "Renewal: Sample1 Person1" in page
    assert "Search NR3S and record the search" in page
    assert "section 3(1)" in page
    assert f"/licences/{licence_id}/nr3s-search" in page
    assert "0 of 16 settled" in page
    assert "Renewal: Sample1 Person1" in browser.get("/applications").text
    assert "Renewal: Sample1 Person1" in browser.get(f"/licences/{licence_id}").text


@pytest.mark.parametrize(
    ("item", "state", "told"),
    [
        (ItemKind.IDENTITY, "not_needed", "Enter why it is not needed"),
        (ItemKind.IDENTITY, "looked_at_incomplete", "Enter what is missing"),
    ],
)
def test_a_state_without_its_reason_is_refused(browser: Browser, item: ItemKind, state: str, told: str) -> None:
    address = f"/applications/{renewal(driver())}/item?item={item}"
    answer = browser.post(address, data={"state": state, **day_boxes("on_day", TODAY)})
    assert answer.status_code == 422
    assert told in answer.text


def test_a_new_application_puts_a_licence_that_is_applied_for_on_the_register(browser: Browser) -> None:
    person_id = register.add(register.numbered(7), accounts.OXFORD)
    asked = {"kind": "dual_driver", "number": "OX/DD/77", **day_boxes("received_on", YESTERDAY)}
    recorded = browser.post(f"/people/{person_id}/application", data=asked)
    assert recorded.status_code == 302
    assert "New licence: Sample7 Person7" in browser.get(recorded.location).text
    page = browser.get(f"/people/{person_id}").text
    assert "OX/DD/77" in page
    assert "Application received" in page

    gone = browser.post(f"{recorded.location}/withdraw", data={**day_boxes("on_day", TODAY), "words": "Moved away"})
    assert gone.status_code == 302
    assert "Moved away" in browser.get(recorded.location).text
    assert "Withdrawn" in browser.get(f"/people/{person_id}").text
    assert "New licence: Sample7 Person7" in browser.get("/applications?state=withdrawn").text


def test_one_application_at_a_time_is_open_for_a_licence(app: Flask) -> None:
    licence_id = driver()
    renewal(licence_id)
    with acting() as user, pytest.raises(RuleBroken, match="is open already"):
        changes.receive(user, licence_id, ApplicationKind.VARIATION, TODAY)


def test_an_application_that_ended_is_changed_no_more(app: Flask) -> None:
    application_id = renewal(driver())
    with acting() as user:
        changes.decide_application(user, application_id, TODAY)
        db.session.commit()
        with pytest.raises(RuleBroken, match="was decided"):
            changes.say_item(user, application_id, ItemKind.IDENTITY, ItemState.DONE, TODAY, "")


def test_what_was_said_before_is_kept_and_sealed(browser: Browser) -> None:
    application_id = renewal(driver())
    for words in ("Canary one is missing", "Canary two is missing"):
        said(browser, f"/applications/{application_id}", ItemKind.IDENTITY, state="looked_at_incomplete", words=words)
    with owner_session() as session:
        rows = session.execute(text("SELECT words_sealed, superseded_at FROM application_item ORDER BY at")).all()
    assert [row.superseded_at is None for row in rows] == [False, True]
    assert not any(b"Canary" in bytes(row.words_sealed) for row in rows)
