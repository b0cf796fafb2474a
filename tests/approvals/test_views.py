"""The approver's pages: what waits, what it would do, and deciding it."""

from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.signing_in import as_owner
from approvals.proposals import CHANGED_SINCE, Done, note_what_is_done, propose
from factories import accounts
from flask import Flask

from licensing.permissions import Role

YES = {"checked": "y"}


@pytest.fixture
def done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Done:
    return note_what_is_done(monkeypatch)


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


def test_a_proposal_waits_at_home_and_in_the_list_until_it_is_approved(app: Flask, done: Done, officer: UUID) -> None:
    manager, proposal_id = browsers.of_role(app, Role.LICENSING_MANAGER), propose(officer)
    address = f"/approvals/{proposal_id}"
    assert "1</strong> waiting for my approval</a>" in manager.get("/").text
    assert address in manager.get("/approvals").text
    page = manager.get(address).text
    for words in ("Download the whole register", "Petra Sampleová", "Asked for by the court", "Not decided yet"):
        assert words in page

    assert "Confirm that you have checked" in manager.post(f"{address}/approve", data={}).text
    assert done == []
    assert manager.post(f"{address}/approve", data=YES).location == "/approvals"

    assert done == [proposal_id]
    assert "waiting for my approval" not in manager.get("/").text
    assert "waiting for my approval" not in browsers.of_user(app, officer).get("/").text
    assert "Approved by Test Licensing manager" in manager.get(address).text


def test_a_refusal_says_why_to_whoever_asked(app: Flask, done: Done, officer: UUID) -> None:
    manager, proposal_id = browsers.of_role(app, Role.LICENSING_MANAGER), propose(officer)
    address = f"/approvals/{proposal_id}"
    assert "Say why you refuse" in manager.post(f"{address}/refuse", data={}).text
    assert manager.post(f"{address}/refuse", data={"reason": "One record is enough"}).location == "/approvals"
    assert "One record is enough" in browsers.of_user(app, officer).get(address).text
    assert done == []


def test_whoever_comes_second_is_told_what_happened_and_keeps_what_was_typed(
    app: Flask, done: Done, officer: UUID
) -> None:
    first, second = (browsers.of_role(app, Role.LICENSING_MANAGER) for _ in range(2))
    address = f"/approvals/{propose(officer)}"
    first.post(f"{address}/approve", data=YES)
    late = second.post(f"{address}/refuse", data={"reason": "I would rather not"})
    assert late.status_code == 422
    assert "Test Licensing manager approved this on" in late.text
    assert second.post(f"{address}/approve", data=YES).status_code == 422
    assert len(done) == 1


def test_the_approver_is_told_that_the_record_changed_since(app: Flask, done: Done, officer: UUID) -> None:
    done.refuses = True
    response = browsers.of_role(app, Role.LICENSING_MANAGER).post(f"/approvals/{propose(officer)}/approve", data=YES)
    assert response.status_code == 422
    assert CHANGED_SINCE in response.text
    assert as_owner("SELECT status FROM proposal") == [("open",)]


def test_the_proposer_may_take_it_back_and_is_offered_no_decision(app: Flask, done: Done) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER)
    proposal_id = propose(manager)
    browser = browsers.of_user(app, manager)
    page = browser.get(f"/approvals/{proposal_id}").text
    assert "Take it back" in page
    assert "Your decision" not in page
    assert browser.post(f"/approvals/{proposal_id}/approve", data=YES).status_code == 422
    assert browser.post(f"/approvals/{proposal_id}/withdraw").location == "/approvals"
    assert "Withdrawn" in browser.get("/approvals").text
    assert browser.post(f"/approvals/{proposal_id}/withdraw").location == f"/approvals/{proposal_id}"
    assert done == []


def test_a_hidden_proposal_and_one_that_never_was_are_the_same(app: Flask, done: Done, officer: UUID) -> None:
    hidden = propose(officer)
    for role, code in ((Role.LICENSING_OFFICER, accounts.OXFORD), (Role.LICENSING_MANAGER, accounts.CHERWELL)):
        browser = browsers.of_role(app, role, code)
        for proposal_id in (hidden, uuid4()):
            assert browser.get(f"/approvals/{proposal_id}").status_code == 404
        assert "Download the whole register" not in browser.get("/approvals").text


def test_a_decision_for_one_council_says_that_the_other_is_awaited(app: Flask, done: Done, officer: UUID) -> None:
    manager, proposal_id = browsers.of_role(app, Role.LICENSING_MANAGER), propose(officer, accounts.CHERWELL)
    manager.post(f"/approvals/{proposal_id}/approve", data=YES)
    page = manager.get(f"/approvals/{proposal_id}").text
    assert "Cherwell District Council" in page
    assert "Awaiting approval" in page
    assert "Your decision" not in page
