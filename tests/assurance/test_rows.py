"""The same with raw SQL as the application's role: who reads which rows of a case, after which look."""

from collections.abc import Callable
from uuid import UUID

from assurance import cast
from assurance.cast import Player
from assurance.conftest import Tell
from factories import accounts, allegations, register
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.allegations.access import Standing
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.setup import owner_session

# Table -> the column that names the case. A named person reads their own access in any case.
TABLES = {
    "lado_case": "id",
    "case_step": "case_id",
    "allegation": "case_id",
    "case_strand": "case_id",
    "case_meeting": "case_id",
    "case_action": "case_id",
    "case_entry": "case_id",
    "case_share": "case_id",
    "flag_seen": "case_id",
    "case_release": "case_id",
    "case_duty": "case_id",
    "case_access": "case_id",
}
OWN_ROWS = {"case_access"}


def nothing(_case: UUID) -> None:
    """No look at all."""


def look_in_hand(case_id: UUID) -> None:
    """A look that is recorded and not committed."""
    audit.record(Action.LOOKED, ObjectKind.ALLEGATION, case_id)


def look_taken_back(case_id: UUID) -> None:
    look_in_hand(case_id)
    db.session.rollback()


def listed(case_id: UUID) -> None:
    audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION, case_id)


def looked(case_id: UUID) -> None:
    audit.record_alone(Action.LOOKED, ObjectKind.ALLEGATION, case_id)


def looked_elsewhere(_case: UUID) -> None:
    audit.record_alone(Action.LOOKED, ObjectKind.ALLEGATION, UUID(int=5))


WAYS: tuple[Callable[[UUID], None], ...] = (nothing, look_in_hand, look_taken_back, listed, looked, looked_elsewhere)


def may_read(one: Player, way: Callable[[UUID], None], table: str) -> bool:
    if one.standing is None:
        return False
    if way is looked:
        return True
    of_office = one.standing in (Standing.OWNER, Standing.OFFICER)
    return way is listed and table == "lado_case" and (of_office or one.standing is Standing.EMERGENCY)


def read(table: str, case_id: UUID) -> int:
    found = text(f"SELECT count(*) FROM {table} WHERE {TABLES[table]} = :id")
    try:
        with db.session.begin_nested():
            return db.session.scalar(found, {"id": case_id}) or 0
    except DBAPIError:
        return 0


def walk(case_id: UUID, players: list[Player]) -> tuple[int, list[str]]:
    asked, wrong = 0, []
    for one in players:
        assert one.user_id is not None
        for way in WAYS:
            with acting_as(accounts.open_session(one.user_id)):
                way(case_id)
                for table in TABLES.keys() - OWN_ROWS:
                    asked += 1
                    rows = read(table, case_id)
                    if bool(rows) != may_read(one, way, table):
                        wrong.append(f"{one.part}, {way.__name__}: {rows} rows of {table}")
                db.session.rollback()
    return asked, wrong


def test_who_reads_which_rows_of_a_case_after_which_look(app: Flask, tell: Tell) -> None:
    filled = allegations.fill(accounts.COUNTY, register.add(register.KHAN, accounts.OXFORD), allegations.officer())
    case_id = filled.lado_case_id
    with owner_session() as session:
        empty = [table for table, column in TABLES.items() if not session.scalar(text(f"SELECT count(*) FROM {table}"))]
        assert empty == []
    players = cast.players(case_id, filled.lado_officer)
    asked, wrong = walk(case_id, players)
    with cast.opened_policy("case_entry"):
        _, control = walk(case_id, [one for one in players if one.standing is None])
    tell("Rows of a case by raw SQL, by standing and look", count=asked, unexpected=wrong, control=len(control))
