"""Signing in with password and code: one answer for every failure, each code once, and no lock-out by strangers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from accounts import browsers
from accounts.signing_in import ELSEWHERE, EMAIL, HOME, as_owner, code, masked, officer, sign_in, trail
from factories import accounts
from flask import Flask, current_app
from sqlalchemy import create_engine, text

from licensing.accounts import sign_in as signing_in
from licensing.accounts.second_factor import step_of_code
from licensing.accounts.sign_in import REFUSED, THROTTLED

SECRET = accounts.TOTP_SECRET


def fail(times: int, *, email: str = EMAIL, address: str = HOME, succeeded: bool = False) -> None:
    """Attempts on the record, as if they had been made."""
    keys = current_app.config["KEYS"]
    as_owner(
        "INSERT INTO sign_in_attempt (account, address, succeeded)"
        " SELECT :account, :address, :succeeded FROM generate_series(1, :times)",
        account=keys.digest("account", email),
        address=keys.digest("address", address),
        succeeded=succeeded,
        times=times,
    )


def test_password_and_code_open_a_session(app: Flask) -> None:
    user_id = officer()
    browser = browsers.of_nobody(app)

    response = sign_in(browser)

    assert (response.status_code, response.location) == (302, "/")
    assert browser.get("/").status_code == 200
    assert trail("action", "actor_id", "authority_id") == [
        ("signed_in", user_id, accounts.authority_id(accounts.OXFORD))
    ]


def test_an_email_address_may_be_typed_in_capitals_and_a_code_with_a_space(app: Flask) -> None:
    officer()
    typed = code()
    response = sign_in(browsers.of_nobody(app), EMAIL.upper(), with_code=f" {typed[:3]} {typed[3:]} ")
    assert response.status_code == 302


def test_every_failure_gets_the_same_page(app: Flask) -> None:
    officer()
    for number, change in enumerate(
        ("status = 'suspended'", "status = 'closed'", "status = 'invited'", "authority_id = :ended")
    ):
        ended = accounts.authority_id(accounts.WEST)
        email = f"gone{number}@example.org"
        officer(email)
        as_owner(
            f"UPDATE user_account SET {change} WHERE email = :email AND :ended IS NOT NULL", email=email, ended=ended
        )
    as_owner("UPDATE authority SET valid_to = current_date - 1 WHERE code = :code", code=accounts.WEST)
    browser = browsers.of_nobody(app)

    pages = {
        masked(response.text): response.status_code
        for response in (
            sign_in(browser, password="another long password"),
            sign_in(browser, with_code="000000"),
            sign_in(browser, with_code="not six digits"),
            sign_in(browser, "nobody@example.org"),
            *(sign_in(browser, f"gone{number}@example.org") for number in range(4)),
        )
    }

    assert list(pages.values()) == [422]
    assert REFUSED in pages.popitem()[0]
    assert as_owner("SELECT 1 FROM user_session") == []


def test_an_unknown_account_costs_as_much_work_as_a_known_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    officer()
    officer("waiting@example.org")
    as_owner(
        "UPDATE credential SET password_hash = NULL WHERE user_id = (SELECT id FROM user_account WHERE email LIKE 'w%')"
    )
    worked: list[str] = []
    real = signing_in.hasher

    class Counting:
        hash = real.hash

        def verify(self, kept: str, password: str) -> bool:
            worked.append(kept[:40])
            return real.verify(kept, password)

    monkeypatch.setattr(signing_in, "hasher", Counting())
    for email in (EMAIL, "nobody@example.org", "waiting@example.org"):
        sign_in(browsers.of_nobody(app), email, password="another long password")

    assert len(worked) == 3
    assert len({cost.rpartition("$")[0] for cost in worked}) == 1


def test_a_refused_sign_in_is_on_the_trail_of_the_accounts_council(app: Flask) -> None:
    user_id = officer()
    sign_in(browsers.of_nobody(app), with_code="000000")
    sign_in(browsers.of_nobody(app), "nobody@example.org")
    assert trail("action", "object_id", "authority_id", "actor_id") == [
        ("sign_in_refused", user_id, accounts.authority_id(accounts.OXFORD), None),
        ("sign_in_refused", None, None, None),
    ]


def test_a_code_opens_one_session_only(app: Flask) -> None:
    officer()
    typed = code()
    assert sign_in(browsers.of_nobody(app), with_code=typed).status_code == 302
    again = sign_in(browsers.of_nobody(app), with_code=typed)
    assert again.status_code == 422
    assert REFUSED in again.text
    assert sign_in(browsers.of_nobody(app), with_code=code(1)).status_code == 302


def test_a_code_used_twice_at_once_opens_one_session_only(app: Flask) -> None:
    user_id = officer()
    opening = text("CALL open_session(:user, :hash, now() + interval '1 hour', 7, NULL)")
    engine = create_engine(app.config["DATABASE_URL"])

    def second() -> object:
        with engine.begin() as connection:
            return connection.execute(opening, {"user": user_id, "hash": b"second"}).scalar_one()

    with ThreadPoolExecutor(1) as other, engine.connect() as connection:
        first = connection.execute(opening, {"user": user_id, "hash": b"first"}).scalar_one()
        waiting = other.submit(second)  # it stands at the row that the first has changed, or comes after it
        connection.commit()
        assert waiting.result() is None
    engine.dispose()
    assert first is not None
    assert as_owner("SELECT count(*) FROM user_session") == [(1,)]


def test_five_failures_at_one_address_stop_the_account_there(app: Flask) -> None:
    officer()
    browser = browsers.of_nobody(app)
    for _ in range(5):
        assert REFUSED in sign_in(browser, with_code="000000").text
    stopped = sign_in(browser)
    assert stopped.status_code == 422
    assert THROTTLED in stopped.text
    assert sign_in(browser, address=ELSEWHERE).status_code == 302


def test_thirty_failures_at_one_address_stop_every_account_that_is_new_there(app: Flask) -> None:
    officer()
    officer("regular@example.org")
    fail(1, email="regular@example.org", succeeded=True)
    fail(30, email="somebody.else@example.org")
    assert THROTTLED in sign_in(browsers.of_nobody(app)).text
    assert sign_in(browsers.of_nobody(app), "regular@example.org").status_code == 302


def test_strangers_elsewhere_do_not_lock_an_owner_out_of_a_known_address(app: Flask) -> None:
    officer()
    assert sign_in(browsers.of_nobody(app)).status_code == 302
    for number in range(20):
        fail(1, address=f"203.0.113.{number}")
    assert THROTTLED in sign_in(browsers.of_nobody(app), with_code=code(1), address=ELSEWHERE).text
    assert sign_in(browsers.of_nobody(app), with_code=code(1)).status_code == 302


@pytest.mark.parametrize(("failures", "address"), [(5, HOME), (30, HOME), (20, "203.0.113.1")])
def test_one_failure_fewer_does_not_stop_anybody_and_after_fifteen_minutes_none_count(
    app: Flask, failures: int, address: str
) -> None:
    officer()
    email = "somebody.else@example.org" if failures == 30 else EMAIL
    fail(failures - 1, email=email, address=address)
    assert sign_in(browsers.of_nobody(app), with_code="000000").status_code == 422
    as_owner("UPDATE sign_in_attempt SET tried_at = now() - interval '16 minutes'")
    fail(failures - 1, email=email, address=address)
    assert sign_in(browsers.of_nobody(app)).status_code == 302


def test_attempts_are_kept_without_anything_to_read(app: Flask) -> None:
    officer()
    sign_in(browsers.of_nobody(app))
    (kept,) = as_owner("SELECT account, address, succeeded FROM sign_in_attempt")
    assert (len(kept.account), len(kept.address), kept.succeeded) == (32, 32, True)
    assert HOME.encode() not in kept.address
    assert EMAIL.encode() not in kept.account


def test_an_authenticators_clock_may_be_half_a_minute_out_and_no_more() -> None:
    now = datetime(2025, 6, 3, 12, 0, 15, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        found = {
            ahead: step_of_code(SECRET, pyotp.TOTP(SECRET).at(now + timedelta(seconds=30 * ahead)))
            for ahead in range(-3, 4)
        }
    step = int(now.timestamp()) // 30
    assert found == {-3: None, -2: None, -1: step - 1, 0: step, 1: step + 1, 2: None, 3: None}


@pytest.mark.parametrize("typed", ["", " ", "12345", "1234567", "６５４３２１", "\x00", "abcdef", "1" * 10_000])
def test_what_is_not_a_code_is_no_code(typed: str) -> None:
    assert step_of_code(SECRET, typed) is None
