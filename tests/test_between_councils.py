"""What one council writes of its own neither blocks nor silences another: asked with raw SQL as the app's role."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from accounts import two_councils
from accounts.two_councils import Council
from conftest import MadeOnce
from factories import accounts, jobs, register, vetting
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.vetting.jobs import watch_vetting
from licensing.vetting.rules import CheckKind

HANGS_NOWHERE, TAKEN, REFUSED = "23503", "23505", "42501"
WRITE_TASK = """
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on, opened_by)
    VALUES (gen_random_uuid(), :own, 'TK-OWN', 'vetting_due', '', 'x', 'person', :theirs, 'licensing_officer',
        current_date, acting_user())
"""
START_CLOCK = """
    INSERT INTO clock (id, authority_id, code, rule_id, object_kind, object_id, for_team, started_on, first_due_on,
        due_on)
    SELECT gen_random_uuid(), :own, 'S5_REPORT', id, 'person', :record, 'licensing_officer', current_date,
        DATE '2099-01-01', DATE '2099-01-01'
    FROM clock_rule WHERE code = 'S5_REPORT' LIMIT 1
"""
# Rows of one's own that name a row of another council, with everything else as it is in a row that is there.
COPIES = {
    "decision": ("consideration_id", "application_id", "event_id"),
    "notice_service": ("notice_id",),
    "nr3s_update": ("event_id",),
    "licence_event": ("supersedes_id",),
}
PARENTS = {"event_id": "licence_event", "supersedes_id": "licence_event"}


@pytest.fixture
def councils(made_once: MadeOnce) -> tuple[Council, Council]:
    return made_once(two_councils.both)


def outcome(statement: str, **values: Any) -> str:
    """PostgreSQL's reason for refusing a statement, or nothing; it is kept where it was taken."""
    try:
        db.session.execute(text(statement), values)
        db.session.commit()
        return ""
    except DBAPIError as error:
        db.session.rollback()
        return str(getattr(error.orig, "sqlstate", ""))


def test_a_task_of_another_council_about_a_driver_does_not_stand_for_ones_own(app: Flask) -> None:
    late = register.add(register.numbered(1), accounts.CHERWELL)
    vetting.record(
        accounts.CHERWELL, late, vetting.satisfied(CheckKind.DBS_STATUS, dates.today() - timedelta(days=200))
    )
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, accounts.OXFORD))):
        assert outcome(WRITE_TASK, own=accounts.authority_id(accounts.OXFORD), theirs=late) == ""
    jobs.do(app, watch_vetting)
    with owner_session() as session:
        whose = set(session.scalars(text("SELECT authority_id FROM task WHERE object_id = :id"), {"id": late}))
    assert accounts.authority_id(accounts.CHERWELL) in whose


def test_a_clock_of_another_council_about_a_record_does_not_stop_ones_own(app: Flask) -> None:
    record = uuid4()
    for code in (accounts.OXFORD, accounts.CHERWELL):
        with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
            assert outcome(START_CLOCK, own=accounts.authority_id(code), record=record) == ""


def test_every_look_for_what_is_there_already_is_within_the_same_council(app: Flask) -> None:
    """A task or a clock of any council would stand for one's own otherwise."""
    with owner_session() as session:
        found = "SELECT prosrc FROM pg_proc WHERE prosecdef OR proname = 'open_marker_tasks'"
        sources = list(session.scalars(text(found)))
        sources += session.scalars(text("SELECT definition FROM pg_views WHERE schemaname = 'public'"))
    looks = [(one, *look) for one in sources for look in re.findall(r"\b([tc])\.object_id = (\w+)\.", one)]
    assert len(looks) >= 7
    for source, row, other in looks:
        assert f"{row}.authority_id = {other}.authority_id" in source


@pytest.mark.parametrize(("table", "column"), [(table, one) for table, columns in COPIES.items() for one in columns])
def test_no_row_of_ones_own_names_a_record_of_another_council(
    councils: tuple[Council, Council], table: str, column: str
) -> None:
    """A decision would else use up another council's question, which is decided once."""
    oxford, cherwell = councils
    parent = PARENTS.get(column, column.removesuffix("_id"))
    theirs = _newest(parent, cherwell.id)
    manager = accounts.user(Role.LICENSING_MANAGER, accounts.OXFORD)
    with acting_as(accounts.open_session(manager)):
        # One's own may be decided already, or an event of another licence.
        own = _newest(parent, oxford.id)
        for named, expected in ((theirs, (HANGS_NOWHERE, REFUSED)), (own, ("", TAKEN, REFUSED))):
            copied = text(
                f"INSERT INTO {table} SELECT (json_populate_record(r, json_build_object('id', gen_random_uuid(),"
                f" '{column}', CAST(:named AS uuid), 'decided_by', acting_user(), 'recorded_by', acting_user(),"
                " 'reference', gen_random_uuid()))).*"
                f" FROM {table} r WHERE authority_id = :own LIMIT 1"
            )
            try:
                with db.session.begin_nested():
                    db.session.execute(copied, {"own": oxford.id, "named": named})
                told = ""
            except DBAPIError as error:
                told = str(getattr(error.orig, "sqlstate", ""))
            assert told in expected, (table, column, told)


def _newest(table: str, authority_id: UUID) -> UUID:
    with owner_session() as session:
        found = text(f"SELECT id FROM {table} WHERE authority_id = :whose ORDER BY id DESC LIMIT 1")
        return session.execute(found, {"whose": authority_id}).scalar_one()
