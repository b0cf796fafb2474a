"""Who reads which part of the trail, and how it is narrowed."""

import re
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner, trail
from factories import accounts, register
from flask import Flask

from licensing.audit import changes, queries
from licensing.audit.rules import LABELS, Action, Category, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role


def rows(page: str) -> list[list[str]]:
    """The cells of the entries' table, without the tags."""
    found = re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in found]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells[1:]]


def done(page: str) -> list[str]:
    """What was done, newest first."""
    return [row[2] for row in rows(page)]


@pytest.fixture
def khan(app: Flask) -> UUID:
    return register.add(register.KHAN, accounts.OXFORD)


@pytest.fixture
def auditor(app: Flask) -> Browser:
    return browsers.of_role(app, Role.AUDITOR)


def written(role: Role, code: str, *entries: tuple[Action, ObjectKind, UUID]) -> UUID:
    """Entries by a new user; returns who."""
    user_id = accounts.user(role, code)
    with acting_as(accounts.open_session(user_id)):
        for action, kind, object_id in entries:
            changes.record_alone(action, kind, object_id, purpose="new_application", reference="TX/2025/1")
    return user_id


def test_an_auditor_reads_everything_of_their_council_and_nothing_of_anothers(app: Flask, auditor: Browser) -> None:
    person = uuid4()
    written(Role.LICENSING_OFFICER, accounts.OXFORD, (Action.LOOKED, ObjectKind.PERSON, person))
    written(Role.LICENSING_OFFICER, accounts.CHERWELL, (Action.PRINTED, ObjectKind.DRIVER_CHECK, uuid4()))
    written(Role.ADMINISTRATOR, accounts.OXFORD, (Action.USER_INVITED, ObjectKind.USER, uuid4()))
    page = auditor.get("/audit").text
    assert done(page) == ["Listed records", "User invited", "Looked at a record"]
    newest, _, oldest = rows(page)
    assert newest[1] == "Test Auditor (Oxford City Council)"
    assert oldest[1] == "Test Licensing officer (Oxford City Council)"
    assert oldest[3] == f"Person {str(person)[:8]}"
    assert oldest[4] == "New application, TX/2025/1"


def test_an_administrator_sees_accounts_only(app: Flask) -> None:
    written(Role.LICENSING_OFFICER, accounts.OXFORD, (Action.LOOKED, ObjectKind.PERSON, uuid4()))
    written(Role.ADMINISTRATOR, accounts.OXFORD, (Action.USER_INVITED, ObjectKind.USER, uuid4()))
    administrator = browsers.of_role(app, Role.ADMINISTRATOR)
    page = administrator.get("/audit").text
    assert done(page) == ["User invited"]
    assert "sign-ins and accounts only" in page
    assert done(administrator.get("/audit?action=looked").text) == []


def test_refused_sign_ins_are_seen_by_those_who_look_after_the_account(app: Flask) -> None:
    user_id = accounts.user(Role.LICENSING_OFFICER)
    changes.record_alone(Action.SIGN_IN_REFUSED, ObjectKind.USER, user_id)
    assert done(browsers.of_role(app, Role.ADMINISTRATOR).get("/audit").text) == ["Sign-in refused"]
    assert rows(browsers.of_role(app, Role.AUDITOR).get("/audit").text)[-1][1] == "Nobody signed in"
    elsewhere = browsers.of_role(app, Role.ADMINISTRATOR, accounts.CHERWELL).get("/audit").text
    assert done(elsewhere) == []


def test_filters_narrow_the_trail_and_stand_in_the_address(app: Flask, auditor: Browser) -> None:
    person, premises = uuid4(), uuid4()
    first = written(Role.LICENSING_OFFICER, accounts.OXFORD, (Action.LOOKED, ObjectKind.PERSON, person))
    written(
        Role.LICENSING_MANAGER,
        accounts.OXFORD,
        (Action.LOOKED, ObjectKind.PREMISES, premises),
        (Action.CHANGED, ObjectKind.PREMISES, premises),
    )
    looked, changed = "Looked at a record", "Changed a record"
    assert done(auditor.get("/audit?action=looked").text) == [looked, looked]
    assert done(auditor.get("/audit?kind=premises").text) == [changed, looked]
    assert done(auditor.get("/audit?kind=premises&action=changed").text) == [changed]
    assert done(auditor.get(f"/audit?actor={first}").text) == [looked]
    assert done(auditor.get(f"/audit?object={premises}").text) == [changed, looked]
    assert "No entry fits this" in auditor.get("/audit?action=exported").text
    page = auditor.get("/audit?kind=premises").text
    assert "Kind of record: Premises" in page


@pytest.mark.parametrize(
    "query",
    ["action=nonsense", "actor=nonsense", "object=1", "from_on-day=31&from_on-month=2&from_on-year=2025", "page=x"],
)
def test_a_filter_that_cannot_be_read_is_no_error_of_the_service(auditor: Browser, query: str) -> None:
    assert auditor.get(f"/audit?{query}").status_code in (200, 422)


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999999999", str(10**30)])
def test_a_page_beyond_the_last_is_empty_and_no_error(auditor: Browser, page: str) -> None:
    assert auditor.get(f"/audit?page={page}").status_code == 200


def test_days_are_those_of_the_clock_in_england(app: Flask, auditor: Browser) -> None:
    # The trail takes no other moment than now, so the trigger is set aside to write one.
    as_owner("ALTER TABLE audit_entry DISABLE TRIGGER stamp")
    for moment in ("2025-06-30 22:59:59+00", "2025-06-30 23:00:00+00", "2025-07-01 22:59:59+00", "2025-07-01 23:00+00"):
        as_owner(
            "INSERT INTO audit_entry (id, authority_id, action, category, at, by_command, transaction_id)"
            " VALUES (gen_random_uuid(), :own, 'exported', 'records', :at, false, 1)",
            own=accounts.authority_id(accounts.OXFORD),
            at=moment,
        )
    as_owner("ALTER TABLE audit_entry ENABLE TRIGGER stamp")
    first = "from_on-day=1&from_on-month=7&from_on-year=2025"
    last = "until_on-day=1&until_on-month=7&until_on-year=2025"
    found = [row[0] for row in rows(auditor.get(f"/audit?{first}&{last}").text)]
    assert found == ["1 July 2025 at 11:59pm", "1 July 2025 at 12:00am"]


def test_the_trail_goes_on_over_pages_newest_first(app: Flask, auditor: Browser) -> None:
    entries = [(Action.LOOKED, ObjectKind.PERSON, uuid4()) for _ in range(queries.PER_PAGE + 5)]
    written(Role.LICENSING_OFFICER, accounts.OXFORD, *entries)
    first = rows(auditor.get("/audit?action=looked").text)
    second = rows(auditor.get("/audit?action=looked&page=2").text)
    assert [len(first), len(second)] == [queries.PER_PAGE, 5]
    assert [row[3] for row in first + second] == [f"Person {str(one)[:8]}" for _, _, one in reversed(entries)]


def test_looking_at_the_trail_is_on_the_trail(app: Flask, auditor: Browser) -> None:
    auditor.get("/audit")
    assert trail("action", "object_kind") == [("listed", "audit")]


def test_a_manager_sees_who_looked_and_an_officer_does_not(app: Flask, khan: UUID) -> None:
    officer, manager = browsers.of_role(app, Role.LICENSING_OFFICER), browsers.of_role(app, Role.LICENSING_MANAGER)
    path = f"/people/{khan}"
    assert "Who looked at this record" not in officer.get(path).text
    page = manager.get(path).text
    assert "Who looked at this record" in page
    section = page[page.index('aria-label="Who looked at this record"') :]
    assert [row[1:] for row in rows(section)][:3] == [
        ["Test Licensing manager (Oxford City Council)", "Looked at a record"],
        ["Test Licensing officer (Oxford City Council)", "Looked at a record"],
        ["Test Licensing officer (Oxford City Council)", "Added a record"],
    ]


def test_who_looked_tells_of_another_councils_officer_to_whom_the_record_was_shown(app: Flask, khan: UUID) -> None:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    elsewhere = browsers.of_role(app, Role.LICENSING_OFFICER, accounts.CHERWELL)
    asked = {
        "name": "Mohammed Aslam Khan",
        "date_of_birth-day": "4",
        "date_of_birth-month": "3",
        "date_of_birth-year": "1980",
        "purpose": "new_application",
        "case_reference": "none yet",
    }
    assert elsewhere.post("/checks/new", data=asked).status_code == 302
    page = browsers.of_role(app, Role.LICENSING_MANAGER).get(f"/people/{khan}").text
    assert "Test Licensing officer (Cherwell District Council)" in page
    assert "Shown to another council by a driver check" in page


def test_a_manager_reads_the_entries_of_records_and_not_of_accounts(app: Flask) -> None:
    person, account = uuid4(), uuid4()
    written(Role.LICENSING_OFFICER, accounts.OXFORD, (Action.LOOKED, ObjectKind.PERSON, person))
    written(Role.ADMINISTRATOR, accounts.OXFORD, (Action.CHANGED, ObjectKind.USER, account))
    as_owner("ALTER TABLE audit_entry DISABLE TRIGGER refuse_change")
    as_owner("UPDATE audit_entry SET category = 'accounts' WHERE object_id = :id", id=account)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_MANAGER))):
        assert [entry.action for entry in queries.who_looked(person)] == [Action.LOOKED]
        assert queries.who_looked(account) == []
        db.session.rollback()
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        assert queries.who_looked(person) == []


def test_every_action_has_words_and_a_place() -> None:
    assert set(LABELS) == set(Action)
    assert all(label[0].isupper() for label in LABELS.values())
    assert {action.category for action in Action} == set(Category)
    assert Action.SIGN_IN_REFUSED.category is Category.ACCOUNTS
    assert Action.LOOKED.category is Category.RECORDS
