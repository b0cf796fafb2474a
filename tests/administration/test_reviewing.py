"""The access review: who has access, as a page and a file, and writing down that it was gone through."""

from uuid import UUID

import pytest
from accounts import browsers
from accounts.signing_in import as_owner, trail
from administration.people import colleague, roles_of, status_of
from factories import accounts
from flask import Flask

from licensing.permissions import Role

DAY = {"reviewed_on-day": "5", "reviewed_on-month": "1", "reviewed_on-year": "2026"}


@pytest.fixture
def admin(app: Flask) -> UUID:
    return accounts.user(Role.ADMINISTRATOR)


def test_a_review_keeps_and_closes_and_says_when_the_next_is_due(app: Flask, admin: UUID) -> None:
    gone, stays = colleague(), colleague()
    browser = browsers.of_user(app, admin)
    assert "A review is due" in browser.get("/access-review").text
    assert browser.post("/access-review", data={**DAY, "closed": str(gone)}).location == "/access-review"
    assert (
        "Last reviewed on 5 January 2026 by Test Administrator. Due by 5 July 2026"
        in browser.get("/access-review").text
    )
    assert (status_of(gone), status_of(stays)) == ("closed", "active")
    assert roles_of(gone) == set()
    kept = {
        user_id: (kept, roles)
        for user_id, kept, roles in as_owner("SELECT user_id, kept, roles FROM access_review_entry")
    }
    assert kept == {
        gone: (False, ["licensing_officer"]),
        stays: (True, ["licensing_officer"]),
        admin: (True, ["administrator"]),
    }
    assert {"access_reviewed", "user_closed"} <= {action for (action,) in trail("action")}


@pytest.mark.parametrize("closed", ["themselves", "another council's", "nobody"])
def test_nobody_is_closed_who_is_not_on_the_list(app: Flask, admin: UUID, closed: str) -> None:
    stays = colleague()
    ids = {"themselves": admin, "another council's": colleague(accounts.CHERWELL), "nobody": UUID(int=7)}
    response = browsers.of_user(app, admin).post("/access-review", data={**DAY, "closed": str(ids[closed])})
    assert response.status_code == 422
    assert as_owner("SELECT 1 FROM access_review") == []
    assert status_of(stays) == "active"


def test_an_account_unused_for_ninety_days_is_marked(app: Flask, admin: UUID) -> None:
    user_id = colleague()
    as_owner("UPDATE user_account SET created_at = now() - interval '91 days' WHERE id = :id", id=user_id)
    browser = browsers.of_user(app, admin)
    assert browser.get("/access-review").text.count("unused for 90 days)") == 1
    browsers.of_user(app, user_id).get("/")
    assert "unused for 90 days)" not in browser.get("/access-review").text


def test_the_file_has_every_open_account_of_the_council_and_starts_no_formula(app: Flask, admin: UUID) -> None:
    user_id, theirs = colleague(), colleague(accounts.CHERWELL)
    as_owner("UPDATE user_account SET name = '=1+1' WHERE id = :id", id=user_id)
    response = browsers.of_role(app, Role.AUDITOR).get("/access-review.csv")
    lines = response.text.splitlines()
    assert lines[0] == "name,email,status,roles,granted,last_seen,unused_for_90_days,second_factor"
    assert len(lines) == 4
    assert not any(line.startswith("=") for line in lines)
    ((email,),) = as_owner("SELECT email FROM user_account WHERE id = :id", id=theirs)
    assert email not in response.text
    assert trail("action")[-1] == ("exported",)


def test_an_auditor_reads_the_review_and_records_none(app: Flask) -> None:
    auditor = browsers.of_role(app, Role.AUDITOR)
    assert "Record the review" not in auditor.get("/access-review").text
    assert auditor.post("/access-review", data=DAY).status_code == 403
