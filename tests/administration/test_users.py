"""The administrator's pages as journeys: inviting, roles, resets, suspending, always after the second factor."""

import re
from pathlib import Path
from uuid import UUID

import pyotp
import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner, code, sign_in, trail
from administration.people import colleague, roles_of, status_of
from factories import accounts, jobs
from flask import Flask

from licensing.permissions import Role

EMAIL = "nora@oxford.example.org"
INVITED = {"email": EMAIL, "name": "Nora Newcomer"}
STALE = "UPDATE user_session SET second_factor_at = now() - interval '5 minutes' WHERE user_id = :id"


@pytest.fixture
def admin(app: Flask) -> UUID:
    return accounts.user(Role.ADMINISTRATOR)


@pytest.fixture
def browser(app: Flask, admin: UUID) -> Browser:
    return browsers.of_user(app, admin)


@pytest.fixture(autouse=True)
def mail_folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "INSTANCE", tmp_path)


def link_sent(app: Flask) -> str:
    """The link in the last mail: the administrator never sees it."""
    return jobs.link_in(jobs.mail_of(app)[-1])


def setup_on(page: str) -> dict[str, str]:
    """The new authenticator's code, and its secret as the form brings it back."""
    secret, kept = re.search(r'setup-key">([A-Z2-7]{32})<', page), re.search(r'name="setup" value="(\w+)"', page)
    assert secret is not None
    assert kept is not None
    return {"code": pyotp.TOTP(secret[1]).now(), "setup": kept[1]}


def test_an_invited_colleague_begins_with_the_role_that_was_given(app: Flask, browser: Browser, admin: UUID) -> None:
    response = browser.post("/users/invite", data={**INVITED, "role": "licensing_officer"})
    link = link_sent(app)
    assert link not in browser.get(response.location).text
    page = browsers.of_nobody(app).get(link).text
    begun = browsers.of_nobody(app).post(
        link, data={"name": "Nora Newcomer", "password": accounts.PASSWORD, **setup_on(page)}
    )
    assert begun.location == "/sign-in"
    assert browsers.of_nobody(app).get(link).status_code == 404
    listed = browser.get("/users").text
    assert "Nora Newcomer" in listed
    assert ("user_invited", admin) in trail("action", "actor_id")
    assert ("role_granted", admin) in trail("action", "actor_id")


def test_nobody_is_invited_twice(browser: Browser) -> None:
    browser.post("/users/invite", data={**INVITED, "role": "briefing_reader"})
    again = browser.post("/users/invite", data={**INVITED, "role": "briefing_reader"})
    assert again.status_code == 422
    assert "has an account, here or with another council" in again.text
    assert "Nora Newcomer" in again.text


def test_a_privileged_role_waits_for_a_second_person_and_then_holds(app: Flask, browser: Browser) -> None:
    asked = {**INVITED, "role": "licensing_manager"}
    assert "Say why they need this role" in browser.post("/users/invite", data=asked).text
    response = browser.post("/users/invite", data={**asked, "reason": "Runs the team from June"})
    user_id = UUID(response.location.rpartition("/")[2])
    assert roles_of(user_id) == set()

    auditor = browsers.of_role(app, Role.AUDITOR)
    proposal = re.search(r'href="(/approvals/[\w-]{36})"', auditor.get("/approvals").text)
    assert proposal is not None
    page = auditor.get(proposal[1]).text
    for words in ("Give the role Licensing manager", "Nora Newcomer", EMAIL, "Runs the team from June"):
        assert words in page
    assert auditor.post(f"{proposal[1]}/approve", data={"checked": "y"}).location == "/approvals"
    assert roles_of(user_id) == {"licensing_manager"}


def test_approving_a_role_asks_for_the_second_factor_again(app: Flask, browser: Browser) -> None:
    browser.post(f"/users/{colleague()}/give-role", data={"role": "auditor", "reason": "Yearly audit"})
    ((proposal_id,),) = as_owner("SELECT id FROM proposal")
    auditor = accounts.user(Role.AUDITOR)
    approver = browsers.of_user(app, auditor)
    as_owner(STALE, id=auditor)
    assert approver.post(f"/approvals/{proposal_id}/approve", data={"checked": "y"}).location == "/confirm"
    assert as_owner("SELECT status FROM proposal") == [("open",)]


def test_a_role_change_without_a_fresh_second_factor_asks_for_it_and_keeps_what_was_typed(
    app: Flask, browser: Browser, admin: UUID
) -> None:
    user_id = colleague()
    as_owner(STALE, id=admin)
    before = browser.get_cookie("session")
    assert browser.post(f"/users/{user_id}/give-role", data={"role": "briefing_reader"}).location == "/confirm"
    assert roles_of(user_id) == {"licensing_officer"}

    assert "Confirm that it is you" in browser.get("/confirm").text
    assert browser.post("/confirm", data={"code": "000000"}).status_code == 422
    used = code()
    assert browser.post("/confirm", data={"code": used}).location == "/take-up?confirmed=1"
    after = browser.get_cookie("session")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    page = browser.get("/take-up?confirmed=1").text
    assert f'action="/users/{user_id}/give-role"' in page
    browser.post(f"/users/{user_id}/give-role", data={"role": "briefing_reader", "taken_up": "yes"})
    assert roles_of(user_id) == {"licensing_officer", "briefing_reader"}
    assert ("stepped_up", admin) in trail("action", "actor_id")

    as_owner(STALE, id=admin)
    assert browser.post("/confirm", data={"code": used}).status_code == 422
    old = browsers.of_nobody(app)
    old.set_cookie("session", before.value)
    assert old.get("/users").status_code == 302


def test_a_page_that_was_asked_for_is_come_back_to(browser: Browser, admin: UUID) -> None:
    as_owner(STALE, id=admin)
    asked = browser.get("/users/invite")
    assert asked.location == "/confirm?next=/users/invite"
    assert browser.post(asked.location, data={"code": code()}).location == "/users/invite"


def test_all_codes_cannot_be_tried_with_a_stolen_session(browser: Browser) -> None:
    for _ in range(5):
        browser.post("/confirm", data={"code": "000000"})
    turned_away = browser.post("/confirm", data={"code": code()})
    assert turned_away.status_code == 422
    assert "too many attempts" in turned_away.text


VERBS = {
    "suspend": ("user_suspended", "suspended"),
    "close": ("user_closed", "closed"),
    "end-sessions": ("session_ended", "active"),
    "reset-password": ("password_reset_sent", "active"),
}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_does_its_work_and_is_on_the_trail(browser: Browser, admin: UUID, verb: str) -> None:
    user_id, (action, status) = colleague(), VERBS[verb]
    assert browser.post(f"/users/{user_id}/{verb}").location == f"/users/{user_id}"
    assert status_of(user_id) == status
    assert (action, user_id, admin) in trail("action", "object_id", "actor_id")


@pytest.mark.parametrize("verb", [*sorted(VERBS), "reinstate"])
def test_nobody_does_it_to_themselves(browser: Browser, admin: UUID, verb: str) -> None:
    response = browser.post(f"/users/{admin}/{verb}")
    assert response.status_code == 422
    assert "Another administrator must do this" in response.text
    assert status_of(admin) == "active"


def test_a_password_is_reset_by_link_and_authenticator_and_ends_every_session(app: Flask, browser: Browser) -> None:
    user_id = accounts.user(Role.LICENSING_OFFICER, email=EMAIL, with_password=True)
    open_elsewhere = browsers.of_user(app, user_id)
    browser.post(f"/users/{user_id}/reset-password")
    link = link_sent(app)
    nobody = browsers.of_nobody(app)
    new = {"password": "orchard lantern beneath nine rivers"}
    assert nobody.post(link, data={**new, "code": "000000"}).status_code == 422
    assert nobody.post(link, data={**new, "code": code()}).location == "/sign-in"
    assert nobody.get(link).status_code == 404
    assert open_elsewhere.get("/").status_code == 302
    as_owner("UPDATE credential SET totp_last_step = 0")
    assert sign_in(nobody, EMAIL).status_code == 422
    assert sign_in(nobody, EMAIL, password=new["password"]).location == "/"


def test_five_wrong_codes_spend_a_link(app: Flask, browser: Browser) -> None:
    user_id = accounts.user(Role.LICENSING_OFFICER, email=EMAIL, with_password=True)
    browser.post(f"/users/{user_id}/reset-password")
    link = link_sent(app)
    nobody = browsers.of_nobody(app)
    for _ in range(5):
        nobody.post(link, data={"password": "orchard lantern beneath nine rivers", "code": "000000"})
    assert nobody.get(link).status_code == 404


def test_an_authenticator_is_reset_by_link_and_password(app: Flask, browser: Browser) -> None:
    user_id = accounts.user(Role.LICENSING_OFFICER, email=EMAIL, with_password=True)
    browser.post(f"/users/{user_id}/reset-authenticator")
    link = link_sent(app)
    nobody = browsers.of_nobody(app)
    setup = setup_on(nobody.get(link).text)
    assert nobody.post(link, data={**setup, "password": "not the right pass phrase"}).status_code == 422
    assert nobody.post(link, data={**setup, "password": accounts.PASSWORD}).location == "/sign-in"
    assert nobody.get(link).status_code == 404
    assert sign_in(nobody, EMAIL).status_code == 422


def test_a_link_of_one_kind_opens_nothing_of_another(app: Flask, browser: Browser) -> None:
    user_id = accounts.user(Role.LICENSING_OFFICER, with_password=True)
    browser.post(f"/users/{user_id}/reset-password")
    token = link_sent(app).rpartition("/")[2]
    nobody = browsers.of_nobody(app)
    for other in ("/authenticator-reset/", "/invitation/"):
        assert nobody.get(other + token).status_code == 404
    assert nobody.get(f"/password-reset/{token}").status_code == 200


def test_a_managers_authenticator_is_reset_when_somebody_else_agrees(app: Flask, browser: Browser) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER, with_password=True)
    address = f"/users/{manager}/reset-authenticator"
    assert browser.post(address).status_code == 422
    assert browser.post(address, data={"grounds": "Rang back on the office number"}).status_code == 302
    ((proposal_id,),) = as_owner("SELECT id FROM proposal")
    assert as_owner("SELECT 1 FROM invitation") == []
    auditor = browsers.of_role(app, Role.AUDITOR)
    auditor.post(f"/approvals/{proposal_id}/approve", data={"checked": "y"})
    assert link_sent(app).startswith("/authenticator-reset/")


def test_another_councils_user_does_not_exist(browser: Browser) -> None:
    theirs = colleague(accounts.CHERWELL)
    assert browser.get(f"/users/{theirs}").status_code == 404
    assert browser.post(f"/users/{theirs}/suspend").status_code == 404
    assert str(theirs) not in browser.get("/users").text


def test_an_auditor_looks_and_changes_nothing(app: Flask) -> None:
    user_id, auditor = colleague(), browsers.of_role(app, Role.AUDITOR)
    page = auditor.get(f"/users/{user_id}").text
    assert "Close the account" not in page
    assert auditor.post(f"/users/{user_id}/close").status_code == 403
