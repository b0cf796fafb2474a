"""Opening, finishing, handing on and putting off tasks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from factories import accounts, register
from factories import jobs as doing
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tasks.conftest import LONG_AGO, TOMORROW, OpenTask, acting

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks import changes, queries
from licensing.tasks.jobs import tell_what_is_due
from licensing.tasks.rules import ChangeKind, For, TaskKind

OFFICERS, MANAGERS = For(team=Role.LICENSING_OFFICER), For(team=Role.LICENSING_MANAGER)


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


def trail(task_id: UUID) -> list[tuple[str, object]]:
    with owner_session() as session:
        kept = "SELECT action, details FROM audit_entry WHERE object_id = :id ORDER BY number"
        return [(row.action, row.details) for row in session.execute(text(kept), {"id": task_id})]


def open_tasks() -> int:
    with owner_session() as session:
        return session.scalar(text("SELECT count(*) FROM task WHERE done_at IS NULL")) or 0


def test_a_task_about_a_record_is_opened_once_while_it_is_open(officer: UUID, open_task: OpenTask) -> None:
    about = (ObjectKind.PERSON, register.add(register.KHAN, accounts.OXFORD))
    colleague = accounts.user(Role.LICENSING_OFFICER)
    first = open_task(officer, OFFICERS, about=about)
    assert open_task(officer, OFFICERS, about=about) == open_task(colleague, OFFICERS, about=about) == first
    assert open_task(officer, OFFICERS, TaskKind.REVIEW, about=about) != first
    assert len(trail(first)) == 1

    with acting(officer) as user:
        changes.finish(user, first, "Visited")
        db.session.commit()
    assert open_task(officer, OFFICERS, about=about) != first


def test_something_else_may_be_opened_as_often_as_there_is_something_else(officer: UUID, open_task: OpenTask) -> None:
    about = (ObjectKind.PERSON, uuid4())
    assert open_task(officer, OFFICERS, TaskKind.OTHER, about=about) != open_task(
        officer, OFFICERS, TaskKind.OTHER, about=about
    )


def test_two_colleagues_who_open_the_same_task_at_once_open_one(app: Flask) -> None:
    about, together = (ObjectKind.PERSON, uuid4()), Barrier(2)
    people = [accounts.user(Role.LICENSING_OFFICER) for _ in range(2)]

    def run(user_id: UUID) -> UUID:
        with app.app_context(), acting(user_id) as user:
            together.wait()
            opened = changes.open_task(user, TaskKind.VISIT, OFFICERS, TOMORROW, "Found", about=about)
            db.session.commit()
            return opened.id

    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(run, people))) == 1
    assert open_tasks() == 1


def test_what_is_opened_for_others_does_not_tell_of_tasks_out_of_sight(officer: UUID, open_task: OpenTask) -> None:
    """The designated officer has this very task on the same person: an officer's is opened as if there were none."""
    about = (ObjectKind.PERSON, uuid4())
    lado = accounts.user(Role.DESIGNATED_OFFICER)
    hidden = open_task(lado, For(team=Role.DESIGNATED_OFFICER), about=about)
    assert open_task(officer, OFFICERS, about=about) != hidden
    assert open_task(officer, For(team=Role.DESIGNATED_OFFICER), TaskKind.REVIEW, about=about) != hidden


def test_a_task_is_finished_with_what_came_of_it_by_whoever_holds_the_team_s_role(
    officer: UUID, open_task: OpenTask
) -> None:
    task_id = open_task(officer, OFFICERS)
    colleague = accounts.user(Role.LICENSING_OFFICER)
    with acting(colleague) as user:
        changes.finish(user, task_id, "Visited, nobody there")
        db.session.commit()
        task = queries.one_task(task_id)
        assert (task.done_by, task.outcome) == (colleague, "Visited, nobody there")
    assert [action for action, _ in trail(task_id)] == ["added", "changed"]


def test_of_two_who_finish_a_task_at_once_one_is_told_that_the_other_did(app: Flask, open_task: OpenTask) -> None:
    people = [accounts.user(Role.LICENSING_OFFICER) for _ in range(2)]
    task_id, together = open_task(people[0], OFFICERS), Barrier(2)

    def run(user_id: UUID) -> str:
        with app.app_context(), acting(user_id) as user:
            together.wait()
            try:
                changes.finish(user, task_id, f"Done by {user_id}")
                db.session.commit()
            except RuleBroken as broken:
                return broken.message
            return "done"

    with ThreadPoolExecutor(2) as threads:
        told, done = sorted(threads.map(run, people))
    assert done == "done"
    assert told.startswith("Test Licensing officer finished this task on")
    assert len(trail(task_id)) == 2


def test_a_finished_task_is_neither_handed_on_nor_put_off_nor_finished_again(
    officer: UUID, open_task: OpenTask
) -> None:
    task_id = open_task(officer, OFFICERS)
    with acting(officer) as user:
        changes.finish(user, task_id, "Visited")
        db.session.commit()
        for again in (
            lambda: changes.finish(user, task_id, "Visited"),
            lambda: changes.reassign(user, task_id, MANAGERS, "Away"),
            lambda: changes.change_due_date(user, task_id, TOMORROW, "Away", dates.today()),
        ):
            with pytest.raises(RuleBroken, match="Test Licensing officer finished this task on"):
                again()
            db.session.rollback()


def test_a_task_may_be_handed_on_out_of_one_s_own_sight(officer: UUID, open_task: OpenTask) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER)
    task_id = open_task(manager, OFFICERS)
    with acting(officer) as user:
        changes.reassign(user, task_id, For(team=Role.DISRUPTION_OFFICER), "It is about fire safety")
        db.session.commit()
        assert not queries.task_exists(task_id)
    with acting(manager):
        told = [(one.kind, one.reason) for one in queries.changes_of(task_id)]
    assert told[0] == (ChangeKind.HANDED_ON, "It is about fire safety")
    with acting(accounts.user(Role.DISRUPTION_OFFICER)):
        assert queries.task_exists(task_id)


def test_a_task_is_not_handed_to_another_council_or_to_who_has_it(officer: UUID, open_task: OpenTask) -> None:
    task_id, stranger = open_task(officer, OFFICERS), accounts.user(Role.LICENSING_OFFICER, accounts.WEST)
    with acting(officer) as user:
        with pytest.raises(RuleBroken, match="no longer yours"):
            changes.reassign(user, task_id, For(user_id=stranger), "Theirs")
        db.session.rollback()
        with pytest.raises(RuleBroken, match="theirs already"):
            changes.reassign(user, task_id, OFFICERS, "Ours")


def test_a_new_date_needs_to_be_another_and_not_past(officer: UUID, open_task: OpenTask) -> None:
    task_id, today = open_task(officer, OFFICERS), dates.today()
    with acting(officer) as user:
        for wrong in (LONG_AGO, TOMORROW):
            with pytest.raises(RuleBroken):
                changes.change_due_date(user, task_id, wrong, "Away", today)
            db.session.rollback()
        changes.change_due_date(user, task_id, today, "Urgent", today)
        db.session.commit()
        assert queries.one_task(task_id).due_on == today
    before, after = {"due_on": TOMORROW.isoformat()}, {"due_on": today.isoformat()}
    assert trail(task_id)[-1] == ("changed", {"before": before, "after": after})


def test_a_task_given_to_somebody_is_told_to_them_and_one_s_own_is_not(
    app: Flask, officer: UUID, open_task: OpenTask
) -> None:
    colleague = accounts.user(Role.LICENSING_OFFICER)
    open_task(officer, For(user_id=officer))
    open_task(officer, OFFICERS)
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 0
    task_id = open_task(officer, For(user_id=colleague))
    with acting(colleague) as user:
        changes.reassign(user, task_id, For(user_id=officer), "Away")
        db.session.commit()
    with owner_session() as session:
        told = session.scalars(text("SELECT args FROM procrastinate_jobs ORDER BY id")).all()
    told_of = {"kind": "task_given", "task_id": str(task_id)}
    assert told == [{"to_user_id": str(one), **told_of} for one in (colleague, officer)]


def test_a_task_without_anybody_to_do_it_cannot_be_kept(app: Flask, officer: UUID, open_task: OpenTask) -> None:
    with acting(officer) as user, pytest.raises(IntegrityError, match="for_one"):
        changes.open_task(user, TaskKind.VISIT, For(), TOMORROW, "Found")


def test_those_with_work_due_are_told_how_much_and_nothing_else(app: Flask, officer: UUID, open_task: OpenTask) -> None:
    for due_on in (dates.today(), dates.today(), TOMORROW, LONG_AGO, dates.today() + timedelta(days=8)):
        open_task(officer, For(user_id=officer), due_on=due_on)
    open_task(officer, MANAGERS, due_on=dates.today())
    accounts.user(Role.DISRUPTION_OFFICER)
    with owner_session() as session:
        session.execute(text("DELETE FROM job_progress"))
        session.execute(text("DELETE FROM procrastinate_jobs"))
        session.commit()
    doing.do(app, tell_what_is_due)
    with owner_session() as session:
        told = session.scalars(text("SELECT args FROM procrastinate_jobs WHERE task_name = 'send_mail'")).all()
    assert told == [{"to_user_id": str(officer), "kind": "work_due", "overdue": 1, "today": 2, "soon": 1}]
