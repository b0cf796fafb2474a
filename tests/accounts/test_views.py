"""Where signing in leads, and what each role finds at home."""

from urllib.parse import urljoin, urlsplit

import pytest
from accounts import browsers
from accounts.signing_in import as_owner, officer, sign_in
from flask import Flask

from licensing.permissions import Role

OURS = ["/people", "/people?search=0b0c", "/imports/new", "/"]
NOT_OURS = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\t\\evil.example",
    "/\r\\/evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "/%09/evil.example",
    "/x:@evil.example",
    "@evil.example",
    "people",
    "",
]


def followed(location: str) -> str:
    """The host a browser would go to: it drops tabs and line ends, and takes a backslash for a slash."""
    tidy = location.strip().translate({ord(c): None for c in "\t\r\n"}).replace("\\", "/")
    return urlsplit(urljoin("http://localhost/sign-in", tidy)).netloc


def test_signing_in_leads_to_the_page_that_was_asked_for_and_never_off_the_product(app: Flask) -> None:
    officer()
    browser = browsers.of_nobody(app)
    for after in OURS + NOT_OURS:
        as_owner("UPDATE credential SET totp_last_step = 0")
        response = sign_in(browser, after=after)
        assert response.status_code == 302
        assert followed(response.location) == "localhost", after
        if after in OURS:
            assert response.location == after


def test_the_test_of_redirects_sees_an_open_one() -> None:
    assert {followed(after) for after in ("//evil.example", "/\\evil.example", "/\t/evil.example")} == {"evil.example"}


def test_a_page_asked_for_while_nobody_is_signed_in_is_led_back_to(app: Flask) -> None:
    officer()
    browser = browsers.of_nobody(app)
    asked = browser.get("/premises?page=2")
    assert asked.location == "/sign-in?next=/premises"
    assert sign_in(browser, after="/premises").location == "/premises"


def test_an_unfinished_form_says_what_is_missing_beside_each_field(app: Flask) -> None:
    response = browsers.of_nobody(app).post("/sign-in", data={})
    assert response.status_code == 422
    for words in ("Enter your email address", "Enter your password", "Enter the six digits"):
        assert words in response.text
    assert as_owner("SELECT 1 FROM sign_in_attempt") == []


def test_what_was_typed_stays_but_for_the_password(app: Flask) -> None:
    page = sign_in(
        browsers.of_nobody(app), "officer@example.org", password="a wrong pass phrase", with_code="000000"
    ).text
    assert "officer@example.org" in page
    assert "a wrong pass phrase" not in page


OFFICERS_WORK = ["Check a driver", "People and driver licences", "Premises", "Bring in a file", "Returns and requests"]
FOUND_AT_HOME = {
    Role.LICENSING_OFFICER: [*OFFICERS_WORK, "My work"],
    Role.LICENSING_MANAGER: [*OFFICERS_WORK, "Approvals", "My work", "Draft a Need to Know"],
    Role.DESIGNATED_OFFICER: ["Approvals", "My work", "Record a call", "Restricted trail"],
    Role.DEPUTY_DESIGNATED_OFFICER: ["My work", "Open a record in an emergency"],
    Role.INDEPENDENT_REVIEWER: ["My work", "Restricted trail"],
    Role.AUDITOR: ["Audit trail", "Approvals", "Users"],
    Role.ADMINISTRATOR: ["Account activity", "Users", "My work", "Jobs"],
    Role.DISRUPTION_OFFICER: ["My work"],
    Role.INFORMATION_OFFICER: ["My work", "Subject access"],
    Role.BRIEFING_AUTHOR: ["My work", "Briefings", "Draft a briefing", "Measures", "Draft a Need to Know"],
    Role.BRIEFING_APPROVER: ["My work", "Briefings", "Measures", "Approve a Need to Know"],
    Role.BRIEFING_READER: ["My work", "Briefings", "Need to Know", "Monthly reports"],
}


@pytest.mark.parametrize("role", list(Role))
def test_home_offers_each_role_its_own_work_and_nothing_else(app: Flask, role: Role) -> None:
    browser = browsers.of_role(app, role)
    page = browser.get("/").text
    every = {title for titles in FOUND_AT_HOME.values() for title in titles}
    found = FOUND_AT_HOME.get(role, [])
    assert ">Raise a concern</a></h3>" in page
    for title in every:
        assert (f">{title}</a></h3>" in page) == (title in found), title
