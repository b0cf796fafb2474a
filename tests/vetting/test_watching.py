"""The daily look at what is due: one task for each holder, and the rule that vetting/rules.py would find."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from factories import accounts, jobs, register, vetting
from flask import Flask
from sqlalchemy import select, text

from licensing import dates
from licensing.db import db
from licensing.setup import owner_session
from licensing.tasks.models import Task
from licensing.tasks.rules import TaskKind
from licensing.vetting import changes
from licensing.vetting.jobs import watch_vetting
from licensing.vetting.rules import CheckKind, Requirement

TODAY = dates.today()
OXFORD, CHERWELL = accounts.OXFORD, accounts.CHERWELL


DONE_LONG_AGO = """
    UPDATE task SET opened_at = now() - interval '310 days', done_at = now() - interval '300 days',
        done_by = (SELECT id FROM user_account LIMIT 1)
"""


def driver(days_ago: int, code: str = OXFORD, number: int = 1) -> UUID:
    person_id = register.add(register.numbered(number), code)
    given = vetting.satisfied(CheckKind.DBS_STATUS, TODAY - timedelta(days=days_ago))
    vetting.record(code, person_id, given)
    return person_id


def watch(app: Flask) -> None:
    jobs.do(app, watch_vetting)


def due() -> list[UUID | None]:
    with owner_session() as session:
        found = select(Task.object_id).where(Task.kind == TaskKind.VETTING_DUE, Task.done_at.is_(None))
        return list(session.scalars(found))


def test_a_status_that_is_due_opens_one_task_however_often_it_is_looked_at(app: Flask) -> None:
    late = driver(200)
    driver(30, number=2)
    for _ in range(2):
        watch(app)
        assert due() == [late]


def test_after_a_new_check_the_next_one_opens_a_task_again(app: Flask) -> None:
    late = driver(200)
    watch(app)
    with owner_session() as session:
        session.execute(text(DONE_LONG_AGO))
        session.commit()
    watch(app)
    assert due() == [late]


def test_each_councils_own_rule_counts_and_a_withdrawn_one_gives_way(app: Flask) -> None:
    driver(200)
    theirs = driver(200, CHERWELL)
    vetting.make_rule(OXFORD)
    watch(app)
    assert due() == [theirs]
    withdrawn = changes.OwnRule(
        **{
            **vars(vetting.OWN_RULE),
            "requirement": Requirement.WITHDRAWN,
            "length": None,
            "unit": None,
            "valid_from": TODAY,
        }
    )
    vetting.make_rule(OXFORD, withdrawn)
    watch(app)
    assert len(due()) == 2


def test_whoever_was_never_checked_or_holds_nothing_opens_no_task(app: Flask) -> None:
    register.add(register.numbered(3), OXFORD)
    revoked = register.add(register.KHAN, OXFORD)
    vetting.record(OXFORD, revoked, vetting.satisfied(CheckKind.DBS_STATUS, date(2024, 1, 1)))
    watch(app)
    assert due() == []


def test_nobody_else_runs_it(app: Flask) -> None:
    with vetting.officer(OXFORD):
        with pytest.raises(Exception, match="only the job watch_vetting"):
            db.session.execute(text("CALL watch_vetting(:day, '[]', NULL)"), {"day": TODAY})
        db.session.rollback()
        told = db.session.execute(text("SELECT * FROM vetting_policies_to_watch('dbs_status')")).all()
        assert told == []  # another council's rules are told to the job alone
