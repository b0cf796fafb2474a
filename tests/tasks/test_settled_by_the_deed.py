"""Tasks that the deed settles: whomever they were for, once, and told of on the task and on the trail."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from factories import accounts, jobs, register, suitability, training, vetting
from flask import Flask
from sqlalchemy import text
from tasks.conftest import TOMORROW, OpenTask, acting

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.permissions import Role
from licensing.register.changes.events import append_event
from licensing.register.events import Event, EventKind
from licensing.setup import owner_session
from licensing.suitability.changes import considerations, recommendations
from licensing.suitability.recommending import DecisionType
from licensing.suitability.rules import Ground, Source
from licensing.tasks import changes
from licensing.tasks.rules import For, TaskKind
from licensing.training.jobs import watch_training
from licensing.training.rules import Given, Result
from licensing.vetting.jobs import watch_vetting
from licensing.vetting.rules import CheckKind

TODAY = dates.today()
OFFICERS, MANAGERS = For(team=Role.LICENSING_OFFICER), For(team=Role.LICENSING_MANAGER)
WORDS = "The badge came back."
EXPIRED = Given(
    Result.PASSED,
    training.COURSE,
    training.PROVIDER,
    completed_on=TODAY - timedelta(days=1200),
    expires_on=TODAY - timedelta(days=1),
)


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


def kinds_open() -> list[str]:
    with owner_session() as session:
        found = "SELECT kind FROM task WHERE done_at IS NULL ORDER BY kind"
        return list(session.scalars(text(found)))


def outcomes(kind: TaskKind) -> list[str]:
    with owner_session() as session:
        found = "SELECT outcome FROM task WHERE kind = :kind AND settled AND done_at IS NOT NULL ORDER BY opened_at"
        return list(session.scalars(text(found), {"kind": kind}))


def test_the_deed_settles_a_colleagues_task_too_and_says_so(app: Flask, officer: UUID, open_task: OpenTask) -> None:
    about = (ObjectKind.LICENCE, uuid4())
    manager = accounts.user(Role.LICENSING_MANAGER)
    theirs = open_task(manager, For(user_id=manager), TaskKind.BADGE_CHASE, about=about)
    other = open_task(manager, MANAGERS, TaskKind.BADGE_CHASE, about=(ObjectKind.LICENCE, uuid4()))
    with acting(officer):
        for _ in range(2):
            changes.settle(TaskKind.BADGE_CHASE, about, WORDS)
        db.session.commit()
    with owner_session() as session:
        done = "SELECT id, done_by, outcome FROM task WHERE done_at IS NOT NULL"
        assert session.execute(text(done)).all() == [(theirs, officer, WORDS)]
        told = "SELECT object_id, details ->> 'by' FROM audit_entry WHERE object_id IN (:a, :b) AND action = 'changed'"
        assert session.execute(text(told), {"a": theirs, "b": other}).all() == [(theirs, WORDS)]
    assert WORDS in browsers.of_user(app, manager).get(f"/work/{theirs}").text


def test_another_councils_task_and_one_that_was_opened_by_hand_stay(officer: UUID, open_task: OpenTask) -> None:
    about = (ObjectKind.PERSON, uuid4())
    open_task(accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL), OFFICERS, TaskKind.VETTING_DUE, about=about)
    open_task(officer, OFFICERS, TaskKind.VISIT, about=about)
    with acting(officer):
        for kind in (TaskKind.VETTING_DUE, TaskKind.VISIT):
            changes.settle(kind, about, WORDS)
        db.session.commit()
    assert kinds_open() == ["vetting_due", "visit"]


def test_a_consideration_settles_who_was_to_be_considered_and_its_end_what_was_to_be_decided(
    officer: UUID, open_task: OpenTask
) -> None:
    licence_id = licence_of(register.add(register.numbered(1), accounts.OXFORD))
    for kind in (TaskKind.CONSIDER_FITNESS, TaskKind.COURT_OUTCOME):
        open_task(officer, OFFICERS, kind, TOMORROW, about=(ObjectKind.LICENCE, licence_id))
    given = (Source.POLICE_DISCLOSURE, Ground.OTHER_REASONABLE_CAUSE, TODAY, "Was he the driver?")
    with acting(officer) as user:
        consideration_id = considerations.open_consideration(user, licence_id, *given)
        told = suitability.recommended(DecisionType.WARNING)
        recommendations.recommend_on_consideration(user, consideration_id, told, TODAY)
        db.session.commit()
    assert kinds_open() == ["decide"]
    with acting(accounts.user(Role.LICENSING_MANAGER)) as user:
        considerations.close_consideration(user, consideration_id, TODAY, "Warned")
        db.session.commit()
    assert kinds_open() == []
    assert outcomes(TaskKind.DECIDE) == ["The consideration was decided."]


def test_a_badge_that_comes_back_is_asked_for_no_longer(officer: UUID, open_task: OpenTask) -> None:
    licence_id = licence_of(register.add(register.numbered(1), accounts.OXFORD))
    open_task(officer, OFFICERS, TaskKind.BADGE_CHASE, about=(ObjectKind.LICENCE, licence_id))
    with acting(officer) as user:
        append_event(user, licence_id, Event(EventKind.VARIED, decided_on=TODAY, recorded_on=TODAY))
        assert kinds_open() == ["badge_chase"]
        append_event(user, licence_id, Event(EventKind.BADGE_RETURNED, decided_on=TODAY, recorded_on=TODAY))
        db.session.commit()
    assert kinds_open() == []


def test_training_settles_the_task_of_its_lapse_and_a_lapse_anew_opens_another(app: Flask) -> None:
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    training.record(accounts.OXFORD, person_id, EXPIRED)
    jobs.do(app, watch_training)
    assert kinds_open() == ["training_lapsed"]
    training.record(accounts.OXFORD, person_id)
    assert outcomes(TaskKind.TRAINING_LAPSED) == ["They are trained again."]
    jobs.do(app, watch_training)
    assert kinds_open() == []
    with owner_session() as session:  # as if what was recorded had been of somebody else
        session.execute(text("UPDATE training_record SET superseded_at = now() WHERE expires_on > now()"))
        session.commit()
    jobs.do(app, watch_training)
    assert kinds_open() == ["training_lapsed"]


def test_the_daily_job_settles_what_has_no_cause_any_more_by_itself(app: Flask, officer: UUID) -> None:
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    training.record(accounts.OXFORD, person_id, EXPIRED)
    jobs.do(app, watch_training)
    with owner_session() as session:
        session.execute(text("UPDATE licence_period SET status = 'revoked'"))
        session.commit()
    jobs.do(app, watch_training)
    assert outcomes(TaskKind.TRAINING_LAPSED) == ["They are trained again, or hold no such licence."]
    with owner_session() as session:
        task_id = session.scalar(text("SELECT id FROM task"))
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(f"/work/{task_id}").text
    assert "by The service" in page
    assert "hold no such licence" in page


def test_a_dbs_status_settles_the_task_that_asked_for_it(app: Flask) -> None:
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    given = vetting.satisfied(CheckKind.DBS_STATUS, TODAY - timedelta(days=200))
    vetting.record(accounts.OXFORD, person_id, given)
    jobs.do(app, watch_vetting)
    assert kinds_open() == ["vetting_due"]
    vetting.record(accounts.OXFORD, person_id, vetting.satisfied(CheckKind.DBS_STATUS, TODAY))
    assert outcomes(TaskKind.VETTING_DUE) == ["The DBS status was checked."]


def licence_of(person_id: UUID) -> UUID:
    with owner_session() as session:
        return session.scalars(text("SELECT id FROM licence WHERE person_id = :id"), {"id": person_id}).one()
