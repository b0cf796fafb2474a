"""The trail: append only, stamped by the database, and written before anything is shown."""

from typing import NoReturn
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.signing_in import as_owner, trail
from factories import accounts, register
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.audit import changes
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register import queries
from licensing.setup import owner_session

REFUSED, APPEND_ONLY = "42501", "P0001"
ALTERATIONS = (
    "UPDATE audit_entry SET purpose = 'other'",
    "UPDATE audit_entry SET actor_name = 'Somebody Else'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
)


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def khan(app: Flask) -> UUID:
    return register.add(register.KHAN, accounts.OXFORD)


def state_of(session: object, statement: str) -> str:
    """PostgreSQL's reason for refusing a statement, '' when it ran."""
    try:
        session.execute(text(statement))  # type: ignore[attr-defined]
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", ""))
    finally:
        session.rollback()  # type: ignore[attr-defined]
    return ""


def test_nobody_alters_or_removes_an_entry(app: Flask, officer: UUID) -> None:
    with acting_as(accounts.open_session(officer)):
        changes.record_alone(Action.LISTED, ObjectKind.PERSON)
        assert [state_of(db.session, one) for one in ALTERATIONS] == [REFUSED] * len(ALTERATIONS)
    with owner_session() as session:
        assert [state_of(session, one) for one in ALTERATIONS] == [APPEND_ONLY] * len(ALTERATIONS)
        assert state_of(session, "SELECT count(*) FROM audit_entry") == ""
    assert trail("action", "purpose") == [("listed", None)]


def test_who_and_when_are_the_databases_to_say(app: Flask, officer: UUID) -> None:
    forged = {
        "actor_id": f"'{uuid4()}'",
        "actor_name": "'Somebody Else'",
        "actor_authority": "'E07000177'",
        "session_id": f"'{uuid4()}'",
        "at": "'2020-01-01'",
        "by_command": "true",
        "transaction_id": "1",
    }
    with acting_as(accounts.open_session(officer)):
        for column, value in forged.items():
            columns = f"INSERT INTO audit_entry (id, action, category, {column})"
            insert = f"{columns} VALUES (gen_random_uuid(), 'looked', 'records', {value})"
            assert state_of(db.session, insert) == REFUSED, column
        changes.record_alone(Action.LOOKED, ObjectKind.PERSON, uuid4())
    ((actor, name, council, command, recent),) = trail(
        "actor_id", "actor_name", "actor_authority", "by_command", "at > now() - interval '1 minute'"
    )
    assert (actor, name, council, command, recent) == (
        officer,
        "Test Licensing officer",
        "Oxford City Council",
        False,
        True,
    )


def test_what_is_done_without_a_session_is_nobodys(app: Flask) -> None:
    changes.record_alone(Action.SIGN_IN_REFUSED)
    assert trail("actor_id", "actor_name", "authority_id") == [(None, None, None)]


def test_an_entry_goes_with_its_change_and_one_that_stands_alone_does_not(app: Flask, officer: UUID) -> None:
    with acting_as(accounts.open_session(officer)):
        changes.record(Action.CHANGED, ObjectKind.PERSON)
        db.session.rollback()
        changes.record_alone(Action.REFUSED, ObjectKind.PERSON)
        db.session.rollback()
    assert trail("action") == [("refused",)]


def test_many_entries_go_to_the_trails_they_belong_in(app: Flask, officer: UUID) -> None:
    oxford, cherwell = accounts.authority_id(accounts.OXFORD), accounts.authority_id(accounts.CHERWELL)
    people = [(uuid4(), oxford), (uuid4(), cherwell)]
    with acting_as(accounts.open_session(officer)):
        changes.record_many(Action.DISCLOSED, ObjectKind.PERSON, [])
        changes.record_many(Action.DISCLOSED, ObjectKind.PERSON, people, reference="TX/1")
        db.session.commit()
    assert trail("object_id", "authority_id", "reference", "actor_authority") == [
        (person, council, "TX/1", "Oxford City Council") for person, council in people
    ]


def test_a_look_stands_though_the_page_fails_afterwards(
    app: Flask, officer: UUID, khan: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_id: UUID) -> NoReturn:
        raise RuntimeError

    monkeypatch.setattr(queries, "person", fail)
    before = len(trail("id"))
    assert browsers.of_user(app, officer).get(f"/people/{khan}").status_code == 500
    assert trail("action", "object_kind", "object_id", "actor_id")[before:] == [("looked", "person", khan, officer)]


def test_nothing_is_shown_when_the_trail_cannot_be_written(app: Flask, officer: UUID, khan: UUID) -> None:
    browser = browsers.of_user(app, officer)
    paths = [f"/people/{khan}", "/people", "/checks", "/premises", "/imports"]
    assert [browser.get(path).status_code for path in paths] == [200] * len(paths)
    as_owner("REVOKE INSERT ON audit_entry FROM licensing_app")
    as_owner(
        "REVOKE INSERT (id, authority_id, action, category, object_kind, object_id, purpose, reference, details)"
        " ON audit_entry FROM licensing_app"
    )
    for path in paths:
        response = browser.get(path)
        assert response.status_code == 500, path
        assert "Khan" not in response.text
    asked = {"name": "Mohammed Khan", "purpose": "renewal", "case_reference": "none yet"}
    answer = browser.post("/checks/new", data=asked)
    assert answer.status_code == 500
    assert "1980" not in answer.text
    assert as_owner("SELECT 1 FROM driver_check") == []


def test_a_missing_record_is_refused_on_the_trail_and_not_looked_at(app: Flask, officer: UUID) -> None:
    missing = uuid4()
    assert browsers.of_user(app, officer).get(f"/premises/{missing}").status_code == 404
    assert trail("action", "object_kind", "object_id", "actor_id") == [("refused", "premises", missing, officer)]


def test_entries_hold_no_name_and_no_search(app: Flask, officer: UUID, khan: UUID) -> None:
    browser = browsers.of_user(app, officer)
    browser.get(browser.post("/people/search", data={"words": "Canaryson"}).location)
    browser.get(f"/people/{khan}")
    browser.post("/people/find", data={"given_names": "Petra", "family_name": "Canaryson"})
    browser.post("/checks/new", data={"name": "Petra Canaryson", "purpose": "renewal", "case_reference": "none yet"})
    ((kept,),) = as_owner("SELECT string_agg(to_jsonb(e)::text, ' ') FROM audit_entry e")
    assert "searched" in kept
    for word in ("Canaryson", "Petra", "Khan", "Mohammed", "1980-03-04"):
        assert word not in kept
