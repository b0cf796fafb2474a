"""What the database itself refuses of entries: another council's decision, and one of another licence."""

from uuid import UUID

import pytest
from accounts.signing_in import as_owner
from factories import accounts, register
from flask import Flask
from sharing.exchanging import REVOKED, acting, driver
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.db import db
from licensing.permissions import Role

ENTRY = """
    INSERT INTO nr3s_entry (id, authority_id, reference, person_id, licence_id, event_id, notified_on, state,
        settled_on)
    SELECT gen_random_uuid(), CAST(:own AS uuid), 'NE-X', CAST(:person AS uuid), CAST(:licence AS uuid),
        CAST(:event AS uuid), current_date, s.state, CASE WHEN s.state = 'due' THEN NULL ELSE current_date END
    FROM (SELECT CAST(:state AS text) AS state) s
"""


def decision(code: str, number: str) -> dict[str, UUID]:
    """Somebody with an adverse decision: whose it is, the licence, and the decision."""
    person = register.add(driver(REVOKED, number=number), code)
    found = (
        "SELECT l.id AS licence, e.id AS event FROM licence l JOIN licence_event e ON e.licence_id = l.id"
        " WHERE l.person_id = :person AND e.kind = 'revoked'"
    )
    [row] = as_owner(found, person=person)
    return {"own": accounts.authority_id(code), "person": person, "licence": row.licence, "event": row.event}


def test_an_entry_is_made_due_and_of_a_decision_on_ones_own_licence(app: Flask) -> None:
    ours, another = decision(accounts.OXFORD, "OX1"), decision(accounts.OXFORD, "OX2")
    theirs = decision(accounts.CHERWELL, "CH1")
    refused = [
        {**theirs, "state": "due"},
        {**ours, "licence": theirs["licence"], "event": theirs["event"], "state": "due"},
        {**ours, "person": theirs["person"], "state": "due"},
        {**ours, "event": another["event"], "state": "due"},
        {**ours, "state": "entered"},
    ]
    for row in refused:
        with acting(Role.LICENSING_MANAGER), pytest.raises(DBAPIError, match=r"row-level security|foreign key"):
            db.session.execute(text(ENTRY), row)
        db.session.rollback()
    with acting(Role.LICENSING_MANAGER):
        db.session.execute(text(ENTRY), {**ours, "state": "due"})


def test_the_daily_job_is_nobody_elses_to_run(app: Flask) -> None:
    for role in (Role.LICENSING_MANAGER, Role.ADMINISTRATOR):
        with acting(role), pytest.raises(DBAPIError, match="only the job watch_nr3s"):
            db.session.execute(text("CALL watch_nr3s(current_date, NULL)"))
        db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    ["SELECT * FROM nr3s_clocks_owed()", "CALL start_nr3s_clock(gen_random_uuid(), 'NR3S_ENTRY', current_date)"],
)
def test_clocks_of_other_councils_are_the_jobs_to_start(app: Flask, statement: str) -> None:
    with acting(Role.LICENSING_MANAGER), pytest.raises(DBAPIError, match="only the jobs"):
        db.session.execute(text(statement))
    db.session.rollback()
