"""What designated officers look at is in no trail that others read."""

from uuid import UUID, uuid4

import pytest
from factories import accounts
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing.audit import changes as audit
from licensing.audit.models import AuditEntry, RestrictedEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session


def kept(model: type[AuditEntry | RestrictedEntry], object_id: UUID) -> list[str]:
    with owner_session() as session:
        return [str(one) for one in session.scalars(select(model.action).where(model.object_id == object_id))]


@pytest.mark.parametrize("action", [Action.LOOKED, Action.SEARCHED, Action.CHECKED, Action.DISCLOSED])
def test_a_designated_officers_look_is_kept_in_the_restricted_trail_alone(app: Flask, action: Action) -> None:
    seen = uuid4()
    with acting_as(accounts.open_session(accounts.user(Role.DESIGNATED_OFFICER, accounts.COUNTY))):
        audit.record(action, ObjectKind.PERSON, seen, authority_id=accounts.authority_id(accounts.OXFORD))
        db.session.commit()
    assert kept(AuditEntry, seen) == []
    assert kept(RestrictedEntry, seen) == [action]


def test_anybody_elses_look_is_kept_where_it_was(app: Flask) -> None:
    seen = uuid4()
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        audit.record(Action.LOOKED, ObjectKind.PERSON, seen)
        db.session.commit()
    assert kept(AuditEntry, seen) == [Action.LOOKED]
    assert kept(RestrictedEntry, seen) == []


@pytest.mark.parametrize("role", [Role.DESIGNATED_OFFICER, Role.LICENSING_MANAGER])
def test_whatever_is_done_with_an_allegation_is_restricted_whoever_does_it(app: Flask, role: Role) -> None:
    case = uuid4()
    with acting_as(accounts.open_session(accounts.user(role, accounts.COUNTY))):
        audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case)
        audit.record(Action.SIGNED_IN, ObjectKind.USER, case)
        db.session.commit()
    assert kept(RestrictedEntry, case) == [Action.CHANGED]
    assert kept(AuditEntry, case) == [Action.SIGNED_IN]


def test_who_and_when_is_the_databases_word(app: Flask) -> None:
    officer, seen = accounts.user(Role.DESIGNATED_OFFICER, accounts.COUNTY), uuid4()
    with acting_as(accounts.open_session(officer)):
        audit.record(Action.LOOKED, ObjectKind.PERSON, seen)
        db.session.commit()
        entry = db.session.scalars(select(RestrictedEntry).where(RestrictedEntry.object_id == seen)).one()
        assert (entry.actor_id, entry.authority_id) == (officer, accounts.authority_id(accounts.COUNTY))
        assert entry.transaction_id
        assert entry.at


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO restricted_entry (id, action) VALUES (gen_random_uuid(), 'looked')",
        "UPDATE restricted_entry SET actor_name = ''",
        "DELETE FROM restricted_entry",
        "TRUNCATE restricted_entry",
    ],
)
def test_nobody_writes_or_rewrites_the_restricted_trail(app: Flask, statement: str) -> None:
    with acting_as(accounts.open_session(accounts.user(Role.DESIGNATED_OFFICER, accounts.COUNTY))):
        audit.record(Action.LOOKED, ObjectKind.PERSON, uuid4())
        db.session.commit()
        with pytest.raises(DBAPIError), db.session.begin_nested():
            db.session.execute(text(statement))
        db.session.rollback()
