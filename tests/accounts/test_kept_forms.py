"""A form that was sent too late is kept for its sender, and for nobody else."""

from io import BytesIO
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner, code, officer, sign_in
from factories import accounts
from flask import Flask

from licensing.accounts.kept_forms import Offered
from licensing.permissions import Role

IDLE = "UPDATE user_session SET last_seen_at = now() - interval '20 minutes'"
WORDS = "Sampleson & <Daughter>"


@pytest.fixture
def sender(app: Flask) -> UUID:
    return officer()


@pytest.fixture
def late(app: Flask, sender: UUID) -> Browser:
    """A browser whose person was away for too long."""
    browser = browsers.of_user(app, sender)
    as_owner(IDLE)
    return browser


def search(browser: Browser, **more: str) -> str:
    return browser.post("/people/search", data={"words": WORDS, **more}).location


def test_what_was_sent_too_late_is_offered_back_after_signing_in(late: Browser) -> None:
    assert search(late) == "/sign-in?ended=1"
    assert "What you had typed is kept" in late.get("/sign-in?ended=1").text

    assert sign_in(late).location == "/take-up"
    page = late.get("/take-up").text
    assert 'action="/people/search"' in page
    assert "Sampleson &amp; &lt;Daughter&gt;" in page

    assert late.post("/people/search", data={"words": WORDS, "taken_up": "yes"}).location.startswith("/people?search=")
    assert as_owner("SELECT 1 FROM kept_form") == []
    assert late.get("/take-up").location == "/"


def test_it_may_be_let_go(late: Browser) -> None:
    search(late)
    sign_in(late)
    assert late.post("/let-go").location == "/"
    assert late.get("/take-up").location == "/"


def test_somebody_else_at_the_same_browser_is_offered_nothing(app: Flask, late: Browser) -> None:
    search(late)
    officer("colleague@example.org")
    assert sign_in(late, "colleague@example.org").location == "/"
    assert late.get("/take-up").location == "/"
    late.post("/let-go")
    assert as_owner("SELECT count(*) FROM kept_form") == [(1,)]


def test_the_latest_form_takes_the_place_of_an_earlier_one(late: Browser) -> None:
    search(late)
    late.post("/premises/search", data={"words": "Sample Hotel"})
    sign_in(late)
    page = late.get("/take-up").text
    assert 'action="/premises/search"' in page
    assert "Sampleson" not in page


def test_it_is_sealed_and_holds_neither_passwords_nor_codes(late: Browser) -> None:
    search(late, password="violet kettle under seven maps", code="123456")
    ((sealed,),) = as_owner("SELECT sealed FROM kept_form")
    assert b"Sampleson" not in bytes(sealed)
    sign_in(late)
    page = late.get("/take-up").text
    assert "violet kettle" not in page
    assert "123456" not in page
    assert page.count('name="csrf_token"') >= 2


def test_a_form_with_a_file_is_not_kept(late: Browser) -> None:
    response = late.post("/imports/new", data={"kind": "drivers", "file": (BytesIO(b"a,b"), "drivers.csv")})
    assert response.location == "/sign-in"
    assert as_owner("SELECT 1 FROM kept_form") == []


@pytest.mark.parametrize("ended", ["ended_at = now()", "expires_at = now() - interval '2 days'"])
def test_nothing_is_kept_for_a_session_that_was_signed_out_or_is_long_over(late: Browser, ended: str) -> None:
    as_owner(f"UPDATE user_session SET {ended}")
    assert search(late) == "/sign-in"
    assert as_owner("SELECT 1 FROM kept_form") == []


def test_nothing_is_kept_for_somebody_who_never_signed_in(app: Flask) -> None:
    browser = browsers.of_nobody(app)
    assert search(browser) == "/sign-in"
    browser.set_cookie("session", "a guess")
    assert search(browser) == "/sign-in"
    assert as_owner("SELECT 1 FROM kept_form") == []


def test_taking_a_form_up_does_not_get_round_a_role(late: Browser, sender: UUID) -> None:
    search(late)
    as_owner("UPDATE role_held SET role = 'briefing_reader' WHERE user_id = :id", id=sender)
    sign_in(late, with_code=code())
    assert late.get("/take-up").status_code == 200
    assert late.post("/people/search", data={"words": WORDS, "taken_up": "yes"}).status_code == 403


def test_nobody_lets_go_of_anothers_form_by_sending_one(app: Flask, late: Browser) -> None:
    search(late)
    other = browsers.of_role(app, Role.LICENSING_OFFICER, accounts.OXFORD)
    other.post("/people/search", data={"words": "x", "taken_up": "yes"})
    assert as_owner("SELECT count(*) FROM kept_form") == [(1,)]


def test_answers_are_shown_as_they_were_asked() -> None:
    born = [("date_of_birth-day", "4"), ("date_of_birth-month", "3"), ("date_of_birth-year", "1980")]
    fields = [("seen", "6f1d"), ("name", "Mohd. Kahn"), *born, ("purpose", "new_application"), ("postcode", "")]
    assert Offered("/checks/new", fields).answers() == [
        ("Name", "Mohd. Kahn"),
        ("Date of birth", "4 3 1980"),
        ("Purpose", "New application"),
    ]
