"""One's own account: each change proves again who one is, and shuts out whoever was in before."""

import re
from uuid import UUID

import pyotp
import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import EMAIL, as_owner, code, officer, sign_in, trail
from factories import accounts
from flask import Flask

from licensing.permissions import Role

NEW = "orchard lantern beneath nine rivers"


@pytest.fixture
def user_id(app: Flask) -> UUID:
    return officer()


@pytest.fixture
def browser(app: Flask, user_id: UUID) -> Browser:
    return browsers.of_user(app, user_id)


def recovery_codes(browser: Browser) -> list[str]:
    page = browser.post("/account/recovery-codes").text
    return re.findall(r"<code>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</code>", page)


def test_a_name_is_changed_and_on_the_trail(browser: Browser, user_id: UUID) -> None:
    assert browser.post("/account/name", data={"name": "Petra Sampleová"}).location == "/account"
    assert "Petra Sampleová" in browser.get("/account").text
    told = {"before": {"name": "Test Licensing officer"}, "after": {"name": "Petra Sampleová"}}
    assert trail("action", "object_id", "details") == [("changed", user_id, told)]
    assert "Enter your full name" in browser.post("/account/name", data={"name": " "}).text


@pytest.mark.parametrize("status", ["active", "suspended", "closed", "invited"])
def test_nobody_takes_the_name_of_a_colleague(browser: Browser, status: str) -> None:
    colleague = accounts.user(Role.LICENSING_MANAGER)
    as_owner("UPDATE user_account SET status = :status WHERE id = :id", status=status, id=colleague)
    for name in ("Test Licensing manager", " test  licensing MANAGER "):
        refused = browser.post("/account/name", data={"name": name})
        assert refused.status_code == 422
        assert "A colleague has this name" in refused.text
    assert as_owner("SELECT count(*) FROM user_account WHERE lower(name) = 'test licensing manager'") == [(1,)]


def test_a_name_that_somebody_has_at_another_council_is_free(browser: Browser) -> None:
    accounts.user(Role.LICENSING_MANAGER, accounts.CHERWELL)
    assert browser.post("/account/name", data={"name": "Test Licensing manager"}).location == "/account"


def test_a_new_password_needs_the_old_and_ends_every_other_session(app: Flask, browser: Browser, user_id: UUID) -> None:
    elsewhere, before = browsers.of_user(app, user_id), browser.get_cookie("session")
    wrong = browser.post("/account/password", data={"current": "not the right one", "password": NEW})
    assert wrong.status_code == 422
    assert 'id="current-error"' in wrong.text
    assert (
        browser.post("/account/password", data={"current": accounts.PASSWORD, "password": NEW}).location == "/account"
    )
    assert browser.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert before is not None
    elsewhere.set_cookie("session", before.value)
    assert elsewhere.get("/account").status_code == 302
    assert sign_in(browsers.of_nobody(app)).status_code == 422
    as_owner("UPDATE credential SET totp_last_step = 0")
    assert sign_in(browsers.of_nobody(app), password=NEW).location == "/"


def test_a_password_that_is_easy_to_guess_is_refused_here_too(browser: Browser) -> None:
    page = browser.post("/account/password", data={"current": accounts.PASSWORD, "password": "passwordpassword"}).text
    assert "too easy to guess" in page


def test_a_recovery_code_signs_in_once_in_place_of_the_six_digits(app: Flask, browser: Browser, user_id: UUID) -> None:
    codes = recovery_codes(browser)
    assert len(set(codes)) == 10
    nobody = browsers.of_nobody(app)
    assert sign_in(nobody, with_code=codes[0].lower().replace("-", " ")).location == "/"
    assert sign_in(browsers.of_nobody(app), with_code=codes[0]).status_code == 422
    assert ("recovery_code_used", user_id) in trail("action", "object_id")
    assert "9 unused" in nobody.get("/account").text
    kept = str(as_owner("SELECT * FROM recovery_code"))
    assert not any(one in kept or one.replace("-", "") in kept for one in codes)


def test_new_recovery_codes_take_the_place_of_the_old(app: Flask, browser: Browser) -> None:
    old, new = recovery_codes(browser), recovery_codes(browser)
    assert sign_in(browsers.of_nobody(app), with_code=old[0]).status_code == 422
    assert sign_in(browsers.of_nobody(app), with_code=new[0]).location == "/"


def test_anothers_recovery_code_is_worth_nothing(app: Flask, browser: Browser) -> None:
    officer("other@oxford.example.org")
    assert (
        sign_in(browsers.of_nobody(app), "other@oxford.example.org", with_code=recovery_codes(browser)[0]).status_code
        == 422
    )


def test_recovery_codes_are_made_after_the_second_factor_only(browser: Browser) -> None:
    as_owner("UPDATE user_session SET second_factor_at = now() - interval '5 minutes'")
    assert browser.get("/account/recovery-codes").location == "/confirm?next=/account/recovery-codes"
    assert browser.post("/account/recovery-codes").location == "/confirm"
    assert as_owner("SELECT 1 FROM recovery_code") == []


@pytest.mark.parametrize("by", ["authenticator", "recovery code"])
def test_a_new_authenticator_needs_password_and_the_old_one_or_a_recovery_code(
    app: Flask, browser: Browser, user_id: UUID, by: str
) -> None:
    proof = code() if by == "authenticator" else recovery_codes(browser)[0]
    page = browser.get("/account/authenticator").text
    secret, kept = re.search(r'setup-key">([A-Z2-7]{32})<', page), re.search(r'name="setup" value="(\w+)"', page)
    assert secret is not None
    assert kept is not None
    typed = {"setup": kept[1], "password": accounts.PASSWORD, "code": proof, "new_code": pyotp.TOTP(secret[1]).now()}
    for wrong in ({"password": "not the right one"}, {"code": "000000"}, {"new_code": "000000"}):
        assert browser.post("/account/authenticator", data={**typed, **wrong}).status_code == 422
    assert browser.post("/account/authenticator", data=typed).location == "/account"
    assert ("second_factor_reset", user_id) in trail("action", "object_id")
    nobody = browsers.of_nobody(app)
    as_owner("UPDATE credential SET totp_last_step = 0")
    assert sign_in(nobody, with_code=code()).status_code == 422
    assert sign_in(nobody, EMAIL, with_code=pyotp.TOTP(secret[1]).now()).location == "/"


def test_a_new_authenticator_ends_the_recovery_codes_and_links_of_the_old(
    app: Flask, browser: Browser, user_id: UUID
) -> None:
    codes = recovery_codes(browser)
    accounts.issue_link(user_id, "password_reset")
    page = browser.get("/account/authenticator").text
    secret, kept = re.search(r'setup-key">([A-Z2-7]{32})<', page), re.search(r'name="setup" value="(\w+)"', page)
    assert secret is not None
    assert kept is not None
    typed = {"setup": kept[1], "password": accounts.PASSWORD, "code": code(), "new_code": pyotp.TOTP(secret[1]).now()}
    changed = browser.post("/account/authenticator", data=typed)

    assert "old recovery codes no longer work" in browser.get(changed.location).text
    assert sign_in(browsers.of_nobody(app), with_code=codes[0]).status_code == 422
    assert as_owner("SELECT 1 FROM recovery_code") == []
    assert as_owner("SELECT 1 FROM invitation WHERE used_at IS NULL") == []


def test_ones_sessions_are_listed_and_ended_and_nobody_elses(app: Flask, browser: Browser, user_id: UUID) -> None:
    elsewhere = browsers.of_user(app, user_id)
    other = browsers.of_user(app, officer("other@oxford.example.org"))
    page = browser.get("/account").text
    assert page.count("In a browser") == 2
    (session_id,) = re.findall(r'name="session_id" value="([\w-]{36})"', page)
    other.post("/account/sessions/end", data={"session_id": session_id})
    assert elsewhere.get("/account").status_code == 200
    browser.post("/account/sessions/end", data={"session_id": session_id})
    assert elsewhere.get("/account").status_code == 302
    assert "had ended before" in browser.get(browser.post("/account/sessions/end").location).text
