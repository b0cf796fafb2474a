"""Who sees which tasks, and what the database refuses of them, as the application's own role."""

from uuid import UUID, uuid4

import pytest
from factories import accounts
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tasks.conftest import OpenTask, acting

from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks.rules import TEAMS, For

REFUSED = "42501"


@pytest.fixture
def lado(app: Flask) -> UUID:
    return accounts.user(Role.DESIGNATED_OFFICER)


def seen() -> int:
    tasks, changes = (db.session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("task", "task_change"))
    assert tasks == changes
    return tasks


def outcome(statement: str, **values: object) -> str | int:
    try:
        return int(getattr(db.session.execute(text(statement), values), "rowcount", -1))
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", ""))
    finally:
        db.session.rollback()


def test_a_designated_officers_tasks_are_theirs_alone(lado: UUID, open_task: OpenTask) -> None:
    open_task(lado, For(team=Role.DESIGNATED_OFFICER))
    open_task(lado, For(user_id=lado))
    for role in Role:
        with acting(accounts.user(role)):
            assert seen() == (1 if role is Role.DESIGNATED_OFFICER else 0), role
    with acting(lado):
        assert seen() == 2
    with acting(accounts.user(Role.DESIGNATED_OFFICER, accounts.COUNTY)):
        assert seen() == 0


@pytest.mark.parametrize("team", TEAMS)
def test_a_team_s_tasks_are_seen_by_the_team_and_by_who_opened_them(
    app: Flask, team: Role, open_task: OpenTask
) -> None:
    opener = accounts.user(Role.LICENSING_MANAGER)
    open_task(opener, For(team=team))
    for role in TEAMS:
        with acting(accounts.user(role)):
            assert seen() == (role is team), role
    with acting(opener):
        assert seen() == 1


def test_a_role_that_has_ended_shows_its_tasks_no_more(lado: UUID, open_task: OpenTask) -> None:
    colleague = accounts.user(Role.DESIGNATED_OFFICER)
    open_task(lado, For(team=Role.DESIGNATED_OFFICER))
    with acting(colleague):
        assert seen() == 1
        end_roles(colleague)
        assert seen() == 0


def end_roles(user_id: UUID) -> None:
    with owner_session() as session:
        session.execute(text("UPDATE role_held SET ended_at = now() WHERE user_id = :id"), {"id": user_id})
        session.commit()


def test_nobody_opens_tasks_in_another_s_name_or_rewrites_what_happened(lado: UUID, open_task: OpenTask) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    mine, hidden = open_task(officer, For(user_id=officer)), open_task(lado, For(user_id=lado))
    insert = (
        "INSERT INTO task (id, authority_id, reference, kind, note, why, for_user_id, due_on, opened_by)"
        " SELECT gen_random_uuid(), authority_id, 'TK-NEW', kind, note, why, :whom, due_on, :by"
        " FROM task WHERE id = :id"
    )
    noted = (
        "INSERT INTO task_change (id, authority_id, task_id, kind, details, reason, by_id)"
        " SELECT gen_random_uuid(), authority_id, :task, 'finished', '{}', '', :by FROM task WHERE id = :id"
    )
    stranger = accounts.user(Role.LICENSING_OFFICER, accounts.WEST)
    with acting(officer):
        assert outcome(insert, whom=officer, by=officer, id=mine) == 1
        assert outcome(insert, whom=officer, by=lado, id=mine) == REFUSED
        assert outcome(insert, whom=officer, by=None, id=mine) == REFUSED
        assert outcome(insert, whom=stranger, by=officer, id=mine) == REFUSED
        assert outcome(noted, task=mine, by=officer, id=mine) == 1
        assert outcome(noted, task=mine, by=lado, id=mine) == REFUSED
        assert outcome(noted, task=hidden, by=officer, id=mine) == REFUSED
        assert outcome("UPDATE task SET outcome = 'x' WHERE id = :id", id=hidden) == 0
        for column in ("for_user_id", "opened_by", "authority_id", "object_id"):
            assert outcome(f"UPDATE task SET {column} = gen_random_uuid()") == REFUSED, column
        for statement in ("DELETE FROM task", "DELETE FROM task_change", "UPDATE task_change SET reason = ''"):
            assert outcome(statement) == REFUSED


def test_only_a_task_in_sight_can_be_handed_on(lado: UUID, open_task: OpenTask) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    hidden = open_task(lado, For(user_id=lado))
    call = text("CALL hand_on_task(:task, :whom, NULL, NULL)")
    with acting(officer):
        for task in (hidden, uuid4()):
            assert db.session.execute(call, {"task": task, "whom": officer}).scalar_one() is False
    with acting(lado):
        assert db.session.execute(call, {"task": hidden, "whom": officer}).scalar_one() is True
