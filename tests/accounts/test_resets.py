"""Forgotten password: one answer for everybody, a link that works once, never without the second factor."""

from pathlib import Path

import pytest
from accounts import browsers
from accounts.signing_in import EMAIL, HOME, as_owner, code, masked, officer, trail
from factories import jobs
from flask import Flask

from licensing.accounts import resets
from licensing.db import db
from licensing.mail.rules import LinkKind

NEW = "orchard lantern beneath nine rivers"


def ask(app: Flask, email: str = EMAIL) -> str | None:
    """Ask for a link; returns the token that the mail brings, None when none comes."""
    before = len(jobs.mail_of(app))
    resets.ask_for_password(email, HOME)
    db.session.commit()
    sent = jobs.mail_of(app)[before:]
    return jobs.link_in(sent[-1]).rpartition("/")[2] if sent else None


@pytest.fixture(autouse=True)
def mail_folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "INSTANCE", tmp_path)


def test_known_and_unknown_get_the_same_answer(app: Flask) -> None:
    officer()
    pages = []
    for email in (EMAIL, "nobody@oxford.example.org"):
        browser = browsers.of_nobody(app)
        response = browser.post("/forgotten-password", data={"email": email})
        pages.append((response.status_code, response.location, masked(browser.get(response.location).text)))
    assert pages[0] == pages[1]
    assert "a link is on its way" in pages[0][2]
    assert as_owner("SELECT count(*) FROM invitation") == [(1,)]
    assert trail("action") == [("password_reset_sent",), ("sign_in_refused",)]


@pytest.mark.parametrize("status", ["suspended", "closed", "invited"])
def test_an_account_that_is_not_active_gets_no_link(app: Flask, status: str) -> None:
    officer()
    as_owner("UPDATE user_account SET status = :status", status=status)
    assert ask(app) is None
    assert as_owner("SELECT 1 FROM invitation") == []


def test_a_link_needs_the_authenticator_and_works_once(app: Flask) -> None:
    officer()
    token, nobody = ask(app), browsers.of_nobody(app)
    address = f"/password-reset/{token}"
    assert nobody.post(address, data={"password": NEW, "code": ""}).status_code == 422
    assert nobody.post(address, data={"password": NEW, "code": "000000"}).status_code == 422
    assert nobody.post(address, data={"password": NEW, "code": code()}).location == "/sign-in"
    assert nobody.post(address, data={"password": NEW, "code": code(1)}).status_code == 404


def test_a_link_lasts_an_hour_and_the_latest_alone_works(app: Flask) -> None:
    officer()
    first, second = ask(app), ask(app)
    assert first is not None
    assert second is not None
    assert resets.find(first, LinkKind.PASSWORD_RESET) is None
    assert resets.find(second, LinkKind.PASSWORD_RESET) is not None
    db.session.rollback()
    as_owner("UPDATE invitation SET expires_at = expires_at - interval '1 hour'")
    assert resets.find(second, LinkKind.PASSWORD_RESET) is None


def test_asking_too_often_sends_nothing_more(app: Flask) -> None:
    officer()
    assert [ask(app) is not None for _ in range(5)] == [True, True, True, False, False]


def test_whoever_never_stops_asking_does_not_keep_the_owner_from_a_link(app: Flask) -> None:
    officer()
    for _ in range(3):
        ask(app)
    as_owner("UPDATE sign_in_attempt SET tried_at = tried_at - interval '50 minutes'")
    assert [ask(app) for _ in range(3)] == [None] * 3
    as_owner("UPDATE sign_in_attempt SET tried_at = tried_at - interval '11 minutes'")
    assert ask(app) is not None


def test_a_code_that_signed_in_does_not_reset_a_password(app: Flask) -> None:
    officer()
    token = ask(app)
    as_owner("UPDATE credential SET totp_last_step = 99999999999")
    assert (
        browsers.of_nobody(app).post(f"/password-reset/{token}", data={"password": NEW, "code": code()}).status_code
        == 422
    )
