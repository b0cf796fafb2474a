"""Accepting an invitation: once, in time, with a good password and an authenticator that works."""

import re
from uuid import UUID

import pyotp
import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner, sign_in, trail
from factories import accounts
from flask import Flask
from werkzeug.test import TestResponse

from licensing.accounts import invitations, second_factor
from licensing.accounts.commands import add_invited, authority_of_code
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session

EMAIL = "new.officer@oxford.example.org"


@pytest.fixture
def token(app: Flask) -> str:
    """An unused invitation."""
    with owner_session() as session:
        council = authority_of_code(session, accounts.OXFORD)
        made = add_invited(session, council, EMAIL, Role.LICENSING_OFFICER)
        session.commit()
        return made


@pytest.fixture
def browser(app: Flask) -> Browser:
    return browsers.of_nobody(app)


def secret_on(page: str) -> str:
    shown = re.search(r'<code class="setup-key">([A-Z2-7]{32})</code>', page)
    assert shown is not None
    return shown[1]


def setup_on(page: str) -> str:
    """The secret as the form brings it back, sealed."""
    kept = re.search(r'name="setup" value="([0-9a-f]+)"', page)
    assert kept is not None
    return kept[1]


def accept(browser: Browser, token: str, **changed: str) -> TestResponse:
    address = f"/invitation/{token}"
    page = browser.get(address).text
    code = pyotp.TOTP(secret_on(page)).now()
    typed = {"name": "Nora Newcomer", "password": accounts.PASSWORD, "code": code, "setup": setup_on(page)}
    return browser.post(address, data={**typed, **changed})


def test_an_invited_person_chooses_a_password_and_can_then_sign_in(browser: Browser, token: str) -> None:
    page = browser.get(f"/invitation/{token}").text
    assert EMAIL in page
    assert 'role="img"' in page or "<title>Picture to scan" in page

    assert accept(browser, token).location == "/sign-in"
    assert "Your account is ready" in browser.get("/sign-in").text

    ((user_id, sealed),) = as_owner("SELECT user_id, totp_sealed FROM credential")
    secret = second_factor.open_secret(bytes(sealed), user_id)
    used = pyotp.TOTP(secret).now()
    assert sign_in(browser, EMAIL, with_code=used).status_code == 422
    as_owner("UPDATE credential SET totp_last_step = totp_last_step - 5")
    assert sign_in(browser, EMAIL, with_code=pyotp.TOTP(secret).now()).location == "/"
    assert "Nora Newcomer" in browser.get("/").text


def test_it_is_on_the_trail_of_the_council(browser: Browser, token: str) -> None:
    accept(browser, token)
    oxford = accounts.authority_id(accounts.OXFORD)
    assert trail("action", "category", "authority_id") == [
        ("user_invited", "accounts", oxford),
        ("invitation_accepted", "accounts", oxford),
    ]


def test_a_wrong_code_keeps_what_was_typed_and_the_invitation(browser: Browser, token: str) -> None:
    response = accept(browser, token, code="000000")
    assert response.status_code == 422
    assert "Wait for the next and type that" in response.text
    assert "Nora Newcomer" in response.text
    assert accounts.PASSWORD not in response.text
    assert accept(browser, token).status_code == 302


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("too short", "at least 14 characters"),
        ("x" * 129, "128 characters or fewer"),
        ("NoraNewcomerNora", "too easy to guess"),
        ("passwordpassword", "too easy to guess"),
        ("", "Choose a password"),
    ],
)
def test_a_weak_password_is_refused_with_words_beside_the_field(
    browser: Browser, token: str, password: str, said: str
) -> None:
    response = accept(browser, token, password=password)
    assert response.status_code == 422
    assert said in response.text
    assert 'id="password-error"' in response.text
    assert as_owner("SELECT status FROM user_account") == [("invited",)]


SPENT = {
    "it was used": "UPDATE invitation SET used_at = now()",
    "seven days are over": "UPDATE invitation SET expires_at = now()",
    "the account was closed meanwhile": "UPDATE user_account SET status = 'closed'",
}


@pytest.mark.parametrize("why", sorted(SPENT))
def test_an_invitation_is_nothing_once(browser: Browser, token: str, why: str) -> None:
    as_owner(SPENT[why])
    unknown = browser.get("/invitation/never-was-one")
    for response in (browser.get(f"/invitation/{token}"), browser.post(f"/invitation/{token}", data={})):
        assert response.status_code == 404
        assert EMAIL not in response.text
    assert unknown.status_code == 404


@pytest.mark.parametrize("why", sorted(SPENT))
def test_an_invitation_that_is_spent_between_two_pages_changes_nothing(app: Flask, token: str, why: str) -> None:
    invited = invitations.find(token)
    assert invited is not None
    db.session.rollback()
    as_owner(SPENT[why])
    before = as_owner("SELECT status, password_hash FROM user_account JOIN credential ON user_id = id")
    setup = second_factor.setup_from("", invited.user_id, invited.email)
    with pytest.raises(RuleBroken, match="was used a moment ago"):
        invitations.accept(token, invited, setup, "Nora", accounts.PASSWORD, pyotp.TOTP(setup.secret).now())
    db.session.rollback()
    assert as_owner("SELECT status, password_hash FROM user_account JOIN credential ON user_id = id") == before


def test_every_view_shows_another_secret_and_a_mistake_keeps_the_one_that_was_scanned(
    browser: Browser, token: str
) -> None:
    first, second = (browser.get(f"/invitation/{token}").text for _ in range(2))
    assert secret_on(first) != secret_on(second)
    again = browser.post(f"/invitation/{token}", data={"setup": setup_on(second)})
    assert again.status_code == 422
    assert secret_on(again.text) == secret_on(second)
    old_code = pyotp.TOTP(secret_on(first)).now()
    assert accept(browser, token, code=old_code).status_code == 422


@pytest.mark.parametrize("setup", ["", "zz", "00" * 40, "01" * 40])
def test_a_secret_that_was_not_made_here_is_not_taken(browser: Browser, token: str, setup: str) -> None:
    response = accept(browser, token, setup=setup)
    assert response.status_code == 422
    assert secret_on(response.text)


def test_the_token_and_the_secret_are_not_readable_in_the_database(token: str) -> None:
    ((kept, sealed, user_id),) = as_owner(
        "SELECT i.token_hash, c.totp_sealed, c.user_id FROM invitation i JOIN credential c ON c.user_id = i.user_id"
    )
    secret = second_factor.open_secret(bytes(sealed), UUID(str(user_id)))
    assert token.encode() not in bytes(kept)
    assert secret.encode() not in bytes(sealed)
