"""What is final stays so against a statement of one's own choice: asked with raw SQL as the application's role."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from accounts import two_councils
from accounts.two_councils import Council
from conftest import MadeOnce
from factories import accounts
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

REFUSED = "42501"

# What somebody of the right council and role tries, one statement after another, before they commit.
REWRITTEN = {
    "when a decision was notified": ["UPDATE decision SET notified_on = notified_on - 900"],
    "its effect": ["UPDATE decision SET effective_on = '2030-01-01'"],
    "its end": ["UPDATE decision SET ends_on = '2030-01-01'"],
    "its event, to none": ["UPDATE decision SET event_id = NULL"],
    "its event, to another": [
        "UPDATE decision d SET event_id = (SELECT e.id FROM licence_event e WHERE e.licence_id = d.licence_id"
        " AND e.id <> d.event_id AND e.superseded_at IS NULL LIMIT 1)"
    ],
    "what was irregular about it": ["UPDATE decision SET irregularities = '{{made up}}'"],
    "what became of an appeal": [
        "UPDATE appeal SET outcome = 'dismissed', ended_on = current_date",
        "UPDATE appeal SET outcome = 'allowed'",
    ],
    "that an appeal ended": [
        "UPDATE appeal SET outcome = 'dismissed', ended_on = current_date",
        "UPDATE appeal SET outcome = NULL, ended_on = NULL",
    ],
    "that a clock was missed": [
        "UPDATE clock SET missed_on = due_on WHERE met_on IS NULL AND ceased_at IS NULL",
        "UPDATE clock SET missed_on = NULL WHERE missed_on IS NOT NULL",
    ],
    "when a clock is due": ["UPDATE clock SET due_on = '2099-01-01' WHERE met_on IS NULL"],
    "that a clock was met": [
        "UPDATE clock SET met_on = current_date WHERE ceased_at IS NULL",
        "UPDATE clock SET met_on = NULL WHERE met_on IS NOT NULL",
    ],
    "that a consideration was closed": [
        "UPDATE consideration SET closed_on = current_date, closed_by = acting_user(), closed_sealed = 'x'",
        "UPDATE consideration SET closed_on = NULL, closed_by = NULL",
    ],
    "what came of a complaint": [
        "UPDATE complaint SET closed_on = current_date, outcome = 'not_upheld'",
        "UPDATE complaint SET closed_on = NULL, outcome = NULL",
    ],
    "that an application was withdrawn": [
        "UPDATE application SET withdrawn_on = current_date",
        "UPDATE application SET withdrawn_on = NULL",
    ],
    "what the holder was told": [
        "UPDATE consideration_information SET told_on = current_date, told_sealed = 'x'",
        "UPDATE consideration_information SET told_sealed = 'y'",
    ],
    "whose check it is": ["UPDATE vetting_check SET person_id = {another}"],
    "whose conviction it is": ["UPDATE conviction SET person_id = {another}"],
    "whose training it is": ["UPDATE training_record SET person_id = {another}"],
    "whose search it is": ["UPDATE nr3s_search SET person_id = {another}"],
    "whose entry it is": ["UPDATE nr3s_entry SET person_id = {another}"],
    "whose complaint it is": ["UPDATE complaint SET person_id = {another} WHERE person_id IS NOT NULL"],
    "a check, by nothing": ["UPDATE vetting_check SET superseded_at = now() WHERE superseded_at IS NULL"],
    "a conviction, by nothing": ["UPDATE conviction SET superseded_at = now() WHERE superseded_at IS NULL"],
    "a training, by nothing": ["UPDATE training_record SET superseded_at = now() WHERE superseded_at IS NULL"],
    "a recommendation, by nothing": ["UPDATE recommendation SET superseded_at = now() WHERE superseded_at IS NULL"],
    "an item, by nothing": ["UPDATE application_item SET superseded_at = now() WHERE superseded_at IS NULL"],
    "an entry on NR3S": ["UPDATE nr3s_entry SET state = 'not_needed' WHERE state = 'entered'"],
    "an event, by nothing": ["UPDATE licence_event SET superseded_at = now() WHERE superseded_at IS NULL"],
    "an event, by one that says less": [
        "UPDATE licence_event SET superseded_at = now() WHERE id = {suspended}",
        "INSERT INTO licence_event (id, authority_id, licence_id, kind, decided_on, immediate, permanent, irregular,"
        " relevant_information, supersedes_id) SELECT gen_random_uuid(), authority_id, licence_id, 'varied',"
        " decided_on, false, false, false, relevant_information, id FROM licence_event WHERE id = {suspended}",
    ],
    "that an event was superseded": ["UPDATE licence_event SET superseded_at = NULL WHERE superseded_at IS NOT NULL"],
}
ANOTHER = "(SELECT id FROM person WHERE id <> (SELECT person_id FROM licence WHERE id = '{licence}') LIMIT 1)"
SUSPENDED = "(SELECT event_id FROM decision WHERE id = '{decision}')"

# Rows of one's own that say somebody else recorded them, or long ago; copied from those that are there.
FORGED = {
    "application_item": ("by_id", "at"),
    "clock_change": ("", "at"),
    "complaint": ("by_id", "at"),
    "consideration": ("opened_by", "opened_at"),
    "consideration_information": ("by_id", "at"),
    "conviction": ("by_id", "at"),
    "court_case": ("by_id", "at"),
    "decision_review": ("", "recorded_at"),
    "notice": ("", "issued_at"),
    "notice_service": ("", "recorded_at"),
    "self_report": ("by_id", "at"),
    "training_record": ("", "recorded_at"),
    "vetting_check": ("", "recorded_at"),
}
WRITERS = ("recorded_by", "issued_by", "reviewed_by", "by_id")


@pytest.fixture
def oxford(made_once: MadeOnce) -> Council:
    filled = made_once(two_councils.oxford)
    accounts.agree(accounts.OXFORD)
    with owner_session() as session:
        session.execute(text("UPDATE nr3s_entry SET state = 'entered', settled_on = current_date"))
        session.commit()
    return filled


@contextmanager
def manager() -> Iterator[UUID]:
    user = accounts.user(Role.LICENSING_MANAGER)
    with acting_as(accounts.open_session(user)):
        db.session.rollback()
        yield user
        db.session.rollback()


def outcome(*statements: str) -> tuple[str, int]:
    """PostgreSQL's reason for refusing what these do together, or nothing; and how many rows the last one found."""
    rows = 0
    try:
        for one in statements:
            rows = int(getattr(db.session.execute(text(one)), "rowcount", -1))
        db.session.commit()
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", "")), 1
    finally:
        db.session.rollback()
    return "", rows


def test_nothing_that_is_final_is_rewritten_by_a_statement(oxford: Council) -> None:
    """In one test for all, since filling a council takes longer than asking."""
    told: dict[str, Any] = {}
    named = {
        "another": ANOTHER.format(licence=oxford.licence_id),
        "suspended": SUSPENDED.format(decision=oxford.decision_id),
    }
    with manager():
        for what, statements in REWRITTEN.items():
            told[what] = outcome(*(one.format(**named) for one in statements))
    assert {what: one for what, one in told.items() if one != (REFUSED, 1)} == {}


def test_who_recorded_a_row_and_when_is_the_databases_word(oxford: Council) -> None:
    colleague = accounts.user(Role.LICENSING_OFFICER)
    with manager() as user:
        for table, (who, when) in FORGED.items():
            said = {when: "2020-01-01", "reference": "X-1", "superseded_at": "2020-01-01", "source_id": None}
            said |= {one: str(user) for one in WRITERS} | ({who: str(colleague)} if who else {})
            copied = text(
                f"INSERT INTO {table} SELECT (jsonb_populate_record(r, CAST(:said AS jsonb)"
                f" || jsonb_build_object('id', gen_random_uuid()))).* FROM {table} r LIMIT 1 RETURNING *"
            )
            with db.session.begin_nested():
                row = db.session.execute(copied, {"said": json.dumps(said)}).mappings().one()
            assert row[when].date() > date(2026, 1, 1), table
            assert not who or row[who] == user, table
        db.session.rollback()


def test_a_clock_is_moved_with_a_reason_and_keeps_that_it_was_missed(oxford: Council) -> None:
    clock = oxford.clock_id
    moved = f"UPDATE clock SET due_on = '2099-01-01' WHERE id = '{clock}'"
    reason = (
        "INSERT INTO clock_change (id, authority_id, clock_id, kind, details, reason, by_id) SELECT gen_random_uuid(),"
        " authority_id, id, 'given_another_day', jsonb_build_object('after', '2099-01-01'), 'Agreed', acting_user()"
        f" FROM clock WHERE id = '{clock}'"
    )
    with owner_session() as session:
        session.execute(text(f"UPDATE clock SET due_on = '2026-01-05', missed_on = NULL WHERE id = '{clock}'"))
        session.commit()
    met = f"UPDATE clock SET met_on = '{{}}', missed_on = NULL WHERE id = '{clock}'"
    with manager():
        assert outcome(moved)[0] == REFUSED
        assert outcome(moved, reason) == ("", 1)
        assert outcome(met.format("2099-01-02")) == ("", 1)
    with owner_session() as session:
        assert str(session.scalar(text(f"SELECT missed_on FROM clock WHERE id = '{clock}'"))) == "2099-01-01"


def test_an_event_gives_way_to_one_that_says_the_same_and_more(oxford: Council) -> None:
    suspended = SUSPENDED.format(decision=oxford.decision_id)
    with manager():
        filled_in = outcome(
            f"UPDATE licence_event SET superseded_at = now() WHERE id = {suspended}",
            "INSERT INTO licence_event SELECT (json_populate_record(r, json_build_object('id', gen_random_uuid(),"
            " 'supersedes_id', r.id, 'superseded_at', NULL, 'starts_on', current_date))).*"
            f" FROM licence_event r WHERE id = {suspended}",
        )
    assert filled_in == ("", 1)
