"""The session cookie: how it is given, and everything that ends what it opens."""

import re
from datetime import UTC, datetime, timedelta

import clients
import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import EMAIL, as_owner, code, officer, sign_in, trail
from factories import accounts
from flask import Flask

from licensing.accounts.acting import token_hash
from licensing.accounts.rules import SessionKind
from licensing.permissions import Role

ELSEWHERE = "https://tracker.example.org"


def given_cookies(app: Flask, base_url: str) -> dict[str, set[str]]:
    """Sign in at an address and return each cookie's name with its attributes, in lower case."""
    browser = Browser(app, app.response_class, use_cookies=True)
    page = browser.get("/sign-in", base_url=base_url)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None
    typed = {"email": EMAIL, "password": accounts.PASSWORD, "code": code(), "csrf_token": token[1]}
    response = browser.post("/sign-in", data=typed, base_url=base_url, without_token=True)
    assert response.status_code == 302
    set_cookies = page.headers.getlist("Set-Cookie") + response.headers.getlist("Set-Cookie")
    parts = [cookie.split("; ") for cookie in set_cookies]
    return {first.partition("=")[0]: {one.lower() for one in rest} for first, *rest in parts}


@pytest.mark.parametrize("base_url", [ELSEWHERE, "http://tracker.example.org", "http://10.0.0.7:5000"])
def test_cookies_are_secure_and_bound_to_the_host(app: Flask, base_url: str) -> None:
    officer()
    cookies = given_cookies(app, base_url)
    assert set(cookies) == {"__Host-session", "__Host-state"}
    for attributes in cookies.values():
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= attributes
        assert not any(one.startswith("domain") for one in attributes)


@pytest.mark.parametrize("base_url", ["http://localhost", "http://127.0.0.1:5000", "http://[::1]:5000"])
def test_on_this_machines_own_address_cookies_have_plain_names(app: Flask, base_url: str) -> None:
    officer()
    cookies = given_cookies(app, base_url)
    assert set(cookies) == {"session", "state"}
    assert all({"httponly", "path=/", "samesite=lax"} <= attributes for attributes in cookies.values())
    assert not any("secure" in attributes for attributes in cookies.values())


def test_a_token_is_new_at_each_sign_in_and_kept_as_a_hash_only(app: Flask) -> None:
    officer()
    browser = browsers.of_nobody(app)
    planted = "planted-by-somebody-else"
    browser.set_cookie("session", planted)
    sign_in(browser)
    first = browser.get_cookie("session")
    sign_in(browser, with_code=code(1))
    second = browser.get_cookie("session")
    assert first is not None
    assert second is not None
    assert len({planted, first.value, second.value}) == 3
    kept = {bytes(row.token_hash) for row in as_owner("SELECT token_hash FROM user_session")}
    assert kept == {token_hash(first.value), token_hash(second.value)}


ENDINGS = {
    "fifteen minutes without a request": "UPDATE user_session SET last_seen_at = now() - interval '15 minutes'",
    "ten hours since signing in": "UPDATE user_session SET expires_at = now()",
    "the session being ended": "UPDATE user_session SET ended_at = now()",
    "the account being suspended": "UPDATE user_account SET status = 'suspended'",
    "the account being closed": "UPDATE user_account SET status = 'closed'",
    "the council coming to its end": "UPDATE authority SET valid_to = current_date - 1",
}


def test_everything_that_ends_a_session_holds_from_the_next_request(app: Flask) -> None:
    for why, change in ENDINGS.items():
        browser = browsers.of_role(app, Role.LICENSING_OFFICER)
        assert browser.get("/people").status_code == 200, why
        as_owner(change)
        response = browser.get("/people")
        assert (response.status_code, response.location) == (302, "/sign-in?next=/people"), why
        assert browser.get("/").location == "/sign-in?next=/", why
        as_owner("UPDATE authority SET valid_to = NULL")


def test_just_before_its_limits_a_session_lives(app: Flask) -> None:
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    as_owner(
        "UPDATE user_session SET last_seen_at = now() - interval '14 minutes', expires_at = now() + interval '1 minute'"
    )
    assert browser.get("/people").status_code == 200


def test_a_role_that_is_taken_away_or_given_holds_from_the_next_request(app: Flask) -> None:
    user_id = accounts.user(Role.LICENSING_OFFICER)
    browser = browsers.of_user(app, user_id)
    assert browser.get("/people").status_code == 200
    as_owner("UPDATE role_held SET ended_at = now() WHERE user_id = :id", id=user_id)
    assert browser.get("/people").status_code == 403
    as_owner("INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :id, 'auditor')", id=user_id)
    assert browser.get("/people").status_code == 403
    assert browser.get("/audit").status_code == 200


def test_signing_out_ends_the_session_and_not_only_the_cookie(app: Flask) -> None:
    user_id = accounts.user(Role.LICENSING_OFFICER)
    token = accounts.open_session(user_id)
    browser = browsers.of_nobody(app)
    browser.set_cookie("session", token)

    response = browser.post("/sign-out")

    assert (response.status_code, response.location) == (302, "/sign-in")
    assert browser.get_cookie("session") is None
    browser.set_cookie("session", token)
    assert browser.get("/").status_code == 302
    assert trail("action", "actor_id") == [("signed_out", user_id)]


def test_signing_out_without_being_signed_in_leads_to_the_same_page_and_leaves_no_entry(app: Flask) -> None:
    assert browsers.of_nobody(app).post("/sign-out").location == "/sign-in"
    assert trail("action") == []


def last_seen() -> datetime:
    moment: datetime = as_owner("SELECT last_seen_at FROM user_session")[0][0]
    return moment


def test_a_request_keeps_a_session_alive_and_is_written_down_twice_a_minute_at_most(app: Flask) -> None:
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    before = last_seen()
    browser.get("/")
    assert last_seen() == before
    as_owner("UPDATE user_session SET last_seen_at = now() - interval '31 seconds'")
    browser.get("/static/favicon.svg").close()
    assert datetime.now(UTC) - last_seen() > timedelta(seconds=30)
    browser.get("/")
    assert datetime.now(UTC) - last_seen() < timedelta(seconds=30)


def test_staying_signed_in_counts_as_being_there(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "check_page", lambda _html: None)  # the answer has no page
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    as_owner("UPDATE user_session SET last_seen_at = now() - interval '20 seconds'")
    before = last_seen()
    assert browser.post("/stay-signed-in").status_code == 204
    assert last_seen() > before


def test_a_commands_session_has_no_idle_limit_and_is_no_way_round_its_end(app: Flask) -> None:
    token = accounts.open_session(accounts.user(Role.LICENSING_OFFICER), SessionKind.CONSOLE)
    browser = browsers.of_nobody(app)
    browser.set_cookie("session", token)
    as_owner("UPDATE user_session SET last_seen_at = now() - interval '2 hours'")
    assert browser.get("/people").status_code == 200
    as_owner("UPDATE user_session SET expires_at = now()")
    assert browser.get("/people").status_code == 302


@pytest.mark.parametrize("cookie", ['"\\000"', '"\\377\\376"', "x" * 5_000, "ü", "' OR true --", "\\x00", ""])
def test_a_cookie_that_is_no_token_is_nobodys(app: Flask, cookie: str) -> None:
    browser = Browser(app, app.response_class, use_cookies=False)
    response = browser.get("/people", headers={"Cookie": f"session={cookie}"})
    assert (response.status_code, response.location) == (302, "/sign-in?next=/people")


def test_each_browser_sees_its_own_person_whoever_came_before(app: Flask) -> None:
    first, second = (
        browsers.of_role(app, Role.AUDITOR),
        browsers.of_role(app, Role.LICENSING_OFFICER, accounts.CHERWELL),
    )
    for _ in range(2):
        assert "Oxford City Council" in first.get("/").text
        assert "Cherwell District Council" in second.get("/").text
        assert browsers.of_nobody(app).get("/").status_code == 302
