"""Answers that matter are shown once more before they are kept: to their writer, and as they were written."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner
from factories import accounts
from factories.suitability import recommended
from flask import Flask
from suitability.conftest import TODAY, YESTERDAY, acting, day_boxes, driver

from licensing.db import db
from licensing.permissions import Role
from licensing.suitability.changes import close_consideration
from licensing.suitability.changes import considerations as changes
from licensing.suitability.changes import recommendations as recommending
from licensing.suitability.recommending import DecisionType
from licensing.suitability.rules import Ground, Source

WARNING = {"decision": "warning", "relevant_information": "no", "reasons": "He knows better now"}


@pytest.fixture
def browser(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


@pytest.fixture
def address(app: Flask) -> str:
    return f"/considerations/{opened()}"


def opened(number: int = 1) -> UUID:
    with acting() as user:
        source, ground = Source.COMPLAINT, Ground.OTHER_REASONABLE_CAUSE
        consideration_id = changes.open_consideration(
            user, driver(number=number), source, ground, YESTERDAY, "Was it he?"
        )
        db.session.commit()
    return consideration_id


def recommendations() -> list[str]:
    return [row.decision for row in as_owner("SELECT decision FROM recommendation WHERE superseded_at IS NULL")]


def test_a_recommendation_is_checked_changed_and_then_made_once(browser: Browser, address: str) -> None:
    checking = browser.post(f"{address}/recommend", data=WARNING).location
    page = browser.get(checking)
    assert "Check your answers" in page.text
    assert "He knows better now" in page.text
    assert "Warning" in page.text
    assert "knows" not in checking
    assert recommendations() == []

    change = re.findall(r'href="([^"]*answers=[^"]*)"', page.text)[0]
    again = browser.get(change).text
    assert "He knows better now" in again
    assert "checked" in again.partition('value="warning"')[2].partition(">")[0]
    checking = browser.post(change, data={**WARNING, "decision": "revoke"}).location
    assert browser.post(checking).location == address
    assert recommendations() == ["revoke"]
    assert "Somebody else decides" in browser.get(address).text


def test_what_a_rule_refuses_is_said_before_there_is_anything_to_check(browser: Browser, address: str) -> None:
    relies = browser.post(f"{address}/recommend", data={**WARNING, "relevant_information": "wholly"})
    assert relies.status_code == 422
    assert "Mark the information that is relied on" in relies.text
    assert "He knows better now" in relies.text
    assert as_owner("SELECT FROM task") == []


def test_what_was_closed_while_it_was_checked_is_refused_with_everything_typed(browser: Browser, address: str) -> None:
    checking = browser.post(f"{address}/recommend", data=WARNING).location
    with acting(Role.LICENSING_MANAGER) as user:
        close_consideration(user, UUID(address.rpartition("/")[2]), TODAY, "Settled", decided=False)
        db.session.commit()
    late = browser.post(checking)
    assert late.status_code == 422
    assert "closed in between" in late.text
    assert "He knows better now" in late.text
    assert f'action="{address}/recommend"' in late.text


def test_answers_are_their_writers_alone_and_of_one_page(app: Flask, browser: Browser, address: str) -> None:
    checking = browser.post(f"{address}/recommend", data=WARNING).location
    assert browsers.of_role(app, Role.LICENSING_OFFICER).get(checking).status_code == 404
    query = checking.partition("?")[2]
    elsewhere = f"/considerations/{opened(2)}/recommend?{query}"
    assert browser.get(elsewhere).status_code == 404
    assert browser.post(elsewhere).status_code == 404
    assert recommendations() == []


def test_information_that_puts_another_right_is_checked_too(browser: Browser, address: str) -> None:
    told = {"kind": "police", "summary": "A log entry", **day_boxes("received_on", YESTERDAY)}
    browser.post(browser.post(f"{address}/information", data=told).location)
    [(wrong,)] = as_owner("SELECT id FROM consideration_information")
    right = {**told, "summary": "Another log entry"}
    checking = browser.post(f"{address}/information?instead={wrong}", data=right).location
    assert f"instead={wrong}" in checking
    assert browser.post(checking).location == address
    page = browser.get(address).text
    assert "Another log entry" in page
    assert as_owner("SELECT supersedes_id FROM consideration_information WHERE superseded_at IS NULL") == [(wrong,)]


def test_what_is_decided_may_be_recorded_by_who_recommended_it(browser: Browser, app: Flask) -> None:
    """The room of decisions asks who decided: a committee, of which the officer keeps the minutes."""
    consideration_id = opened()
    with acting() as user:
        told = recommended(DecisionType.WARNING)
        recommending.recommend_on_consideration(user, consideration_id, told, TODAY)
        close_consideration(user, consideration_id, TODAY, "Warned by the sub-committee", decided=True)
        db.session.commit()
    assert "Decided" in browser.get(f"/considerations/{consideration_id}").text


def test_answers_that_are_sent_twice_are_kept_once_and_lead_to_the_same_page(browser: Browser, address: str) -> None:
    told = {"kind": "police", "summary": "A log entry", **day_boxes("received_on", YESTERDAY)}
    checking = browser.post(f"{address}/information", data=told).location
    assert [browser.post(checking).location for _ in range(3)] == [address] * 3
    assert browser.get(checking).location == address
    assert "Nothing was added" in browser.get(address).text
    assert len(as_owner("SELECT id FROM consideration_information")) == 1
    assert as_owner("SELECT length(sealed), led_to FROM draft") == [(0, address)]


def test_answers_that_are_sent_twice_at_once_are_kept_once(app: Flask) -> None:
    consideration_id, officer = opened(), accounts.user(Role.LICENSING_OFFICER)
    address = f"/considerations/{consideration_id}"
    told = {"kind": "police", "summary": "A log entry", **day_boxes("received_on", YESTERDAY)}
    checking = browsers.of_user(app, officer).post(f"{address}/information", data=told).location
    both, together = [browsers.of_user(app, officer) for _ in range(2)], Barrier(2)

    def send(browser: Browser) -> str:
        together.wait()
        return str(browser.post(checking).location)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(send, both)) == [address] * 2
    assert len(as_owner("SELECT id FROM consideration_information")) == 1
