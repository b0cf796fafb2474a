"""The same with raw SQL as the application's role: who reads which rows of a case, after which look."""

from collections.abc import Callable
from uuid import UUID

from assurance import cast
from assurance.cast import Player
from factories import accounts, allegations, register
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from telling import FULL, Tell

from licensing.allegations.access import Standing
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Permission, Role, permissions_of
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
    "named_decision": "case_id",
    "case_kept_longer": "case_id",
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


def looked_at_releases(case_id: UUID) -> None:
    with owner_session() as session:
        found = text("SELECT id FROM case_release WHERE case_id = :id")
        released = session.scalars(found, {"id": case_id}).all()
    for one in released:
        audit.record_alone(Action.LOOKED, ObjectKind.RELEASE, one)


WAYS: tuple[Callable[[UUID], None], ...] = (
    nothing,
    look_in_hand,
    look_taken_back,
    listed,
    looked,
    looked_elsewhere,
    looked_at_releases,
)


def may_read(one: Player, way: Callable[[UUID], None], table: str) -> bool:
    if way is looked_at_releases and one.part == cast.RECIPIENT:
        return table == "case_release"  # nothing was named in answer to it
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


# How a case with something in each table stands; one that is only begun has little that could be read.
STAGES = ("open", "closed", "advice_only", "passed_on") if FULL else ("open",)


def test_who_reads_which_rows_of_a_case_after_which_look(app: Flask, tell: Tell) -> None:
    asked, wrong = 0, []
    for number, stage in enumerate(STAGES):
        person = register.add(register.numbered(number), accounts.OXFORD)
        filled = allegations.fill(accounts.COUNTY, person, allegations.officer())
        case_id = filled.lado_case_id
        if stage != "open":
            cast.end(case_id, stage)
        with owner_session() as session:
            empty = [table for table in TABLES if not session.scalar(text(f"SELECT count(*) FROM {table}"))]
            assert empty == []
        players = cast.players(case_id, filled.lado_officer)
        more, otherwise = walk(case_id, players)
        asked, wrong = asked + more, wrong + [f"{stage}: {one}" for one in otherwise]
    with cast.opened_policy("case_entry"):
        _, control = walk(case_id, [one for one in players if one.standing is None])
    tell("Rows of a case by raw SQL, by standing, stage and look", count=asked, unexpected=wrong, control=len(control))


# What is of the office and not of one case -> what somebody looks at first, if anything. Who may follows below.
AROUND: dict[str, ObjectKind | None] = {
    "lado_consultation": ObjectKind.CONSULTATION,
    "assured_setting": ObjectKind.SETTING,
    "setting_visit": ObjectKind.SETTING,
    "lado_report_words": ObjectKind.ALLEGATION,
    "relied_item": None,
    "restricted_entry": None,
    "reading_alert": None,
}
NEEDED = {
    "relied_item": Permission.CASEWORK,
    "restricted_entry": Permission.RESTRICTED_TRAIL,
    "reading_alert": Permission.RESTRICTED_TRAIL,
}
# What their readers read as well, they do not read: it is about them.
LOOKED_OVER = {"reading_alert": Permission.ALLEGATIONS}


def may_read_around(one: Player, table: str, *, after_a_look: bool) -> bool:
    """Whoever of the county holds what the table asks for."""
    assert one.role
    with owner_session() as session:
        found = text("SELECT authority_id FROM user_account WHERE id = :id")
        of_county = session.scalar(found, {"id": one.user_id}) == accounts.authority_id(accounts.COUNTY)
    permissions = permissions_of({one.role})
    held = NEEDED.get(table, Permission.ALLEGATIONS) in permissions and LOOKED_OVER.get(table) not in permissions
    return of_county and held and (after_a_look or AROUND[table] is None)


def walk_around(players: list[Player]) -> tuple[int, list[str]]:
    asked, wrong = 0, []
    for one in players:
        assert one.user_id is not None
        for table, kind in AROUND.items():
            for after_a_look in (False, True):
                with acting_as(accounts.open_session(one.user_id)):
                    if after_a_look and kind:
                        audit.record_alone(Action.LISTED, kind)
                    asked += 1
                    county = {"county": accounts.authority_id(accounts.COUNTY)}
                    counted = text(f"SELECT count(*) FROM {table} WHERE authority_id = :county")
                    rows = db.session.scalar(counted, county) or 0
                    db.session.rollback()
                if bool(rows) != may_read_around(one, table, after_a_look=after_a_look):
                    wrong.append(f"{one.part}, {'after' if after_a_look else 'before'} a look: {rows} rows of {table}")
    return asked, wrong


def test_who_reads_the_rows_around_the_cases(app: Flask, tell: Tell) -> None:
    filled = allegations.fill(accounts.COUNTY, register.add(register.KHAN, accounts.OXFORD), allegations.officer())
    everybody = cast.players(filled.lado_case_id, filled.lado_officer)
    players = [one for number, one in enumerate(everybody) if FULL or one.standing or number % 4 == 0]
    asked, wrong = walk_around(players)
    with cast.opened_policy("setting_visit"):
        _, control = walk_around([one for one in players if one.standing is None])
    tell("Rows around the cases by raw SQL, by role and look", count=asked, unexpected=wrong, control=len(control))


# What somebody could try after a look, and what of it is for whoever works on the case; the rest is for nobody.
WORK = {
    "UPDATE lado_case SET review_on = review_on WHERE id = :case": True,
    **{
        f"UPDATE {table} SET {column} = {column} WHERE case_id = :case": True
        for table, column in (
            ("case_step", "answers_sealed"),
            ("allegation", "words_sealed"),
            ("case_strand", "next_on"),
            ("case_meeting", "next_on"),
            ("case_action", "done_on"),
            ("case_release", "chased_on"),
            ("case_duty", "review_on"),
        )
    },
    "CALL set_share(:case, gen_random_uuid(), :county, 'nothing', 'public_task',"
    " CAST(repeat('.', 200) AS bytea), '{}')": True,
    "INSERT INTO case_entry (id, authority_id, case_id, kind, happened_at, words_sealed, recorded_by)"
    " VALUES (gen_random_uuid(), :county, :case, 'call', now(), '', :me)": True,
    "INSERT INTO case_action (id, authority_id, case_id, words_sealed, owner_sealed, due_on, recorded_by)"
    " VALUES (gen_random_uuid(), :county, :case, '', '', '2099-01-01', :me)": True,
    "INSERT INTO case_access (id, authority_id, case_id, user_id, kind, reason_sealed, given_by, until_at)"
    " VALUES (gen_random_uuid(), :county, :case, :me, 'named', '', :me, now() + interval '1 hour')": False,
    "INSERT INTO flag_seen (id, authority_id, case_id, share_id, for_authority_id, through, object_id, seen_by,"
    " seen_name, seen_at, transaction_id) VALUES (gen_random_uuid(), :county, :case, :case, :county, 'person', :case,"
    " :me, '', now(), 1)": False,
    "INSERT INTO restricted_entry (id, action, by_command, at, transaction_id)"
    " VALUES (gen_random_uuid(), 'looked', false, now(), 1)": False,
    "UPDATE case_entry SET words_sealed = '' WHERE case_id = :case": False,
    "UPDATE case_share SET ended_at = ended_at WHERE case_id = :case": False,
    "INSERT INTO case_share (id, authority_id, case_id, for_authority_id, level, basis, reasons_sealed, subject_keys,"
    " set_by) VALUES (gen_random_uuid(), :county, :case, :county, 'nothing', 'public_task', '', '{}', :me)": False,
    "UPDATE case_access SET until_at = now() + interval '1 day' WHERE case_id = :case": False,
    "UPDATE restricted_entry SET purpose = '' WHERE object_id = :case": False,
    **{f"DELETE FROM {table} WHERE {column} = :case": False for table, column in TABLES.items()},
    "INSERT INTO named_decision (id, authority_id, case_id, release_id, for_authority_id, object_sealed, named_by)"
    " VALUES (gen_random_uuid(), :county, :case, :case, :county, '', :me)": False,
    "CALL name_decision((SELECT id FROM case_release LIMIT 1), gen_random_uuid(), '')": False,
    "UPDATE case_kept_longer SET keep_until = keep_until WHERE case_id = :case": False,
    "CALL rely_on_release((SELECT id FROM case_release LIMIT 1), gen_random_uuid(), 'decision', :case, '')": False,
}
GIVE = "CALL give_access(:case, gen_random_uuid(), :stranger, 'closed', '', NULL)"


def tried(statement: str, values: dict[str, object]) -> bool:
    """Whether it changed anything; it is taken back."""
    try:
        with db.session.begin_nested() as attempt:
            changed = db.session.execute(text(statement), values).rowcount != 0
            attempt.rollback()
    except DBAPIError:
        return False
    return changed


def try_all(case_id: UUID, players: list[Player]) -> tuple[int, list[str]]:
    asked, wrong = 0, []
    stranger = accounts.user(Role.AUDITOR, accounts.COUNTY)
    for one in players:
        assert one.user_id is not None
        values = {"case": case_id, "me": one.user_id, "county": accounts.authority_id(accounts.COUNTY)}
        expected = {statement: one.works and ours for statement, ours in WORK.items()}
        expected[GIVE] = one.standing in (Standing.OWNER, Standing.OFFICER)
        with acting_as(accounts.open_session(one.user_id)):
            looked(case_id)
            for statement, may in expected.items():
                asked += 1
                if tried(statement, {**values, "stranger": stranger}) != may:
                    wrong.append(f"{one.part}: {statement}")
            db.session.rollback()
    return asked, wrong


def test_who_changes_which_rows_of_a_case(app: Flask, tell: Tell) -> None:
    filled = allegations.fill(accounts.COUNTY, register.add(register.KHAN, accounts.OXFORD), allegations.officer())
    case_id = filled.lado_case_id
    players = cast.players(case_id, filled.lado_officer)
    asked, wrong = try_all(case_id, players)
    # The broken build: whoever asks is told that they work on every case.
    with owner_session() as session:
        session.execute(
            text(
                "CREATE OR REPLACE FUNCTION worked_cases() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER"
                " AS $$ SELECT id FROM lado_case $$"
            )
        )
        session.commit()
    _, control = try_all(case_id, [one for one in players if not one.works][:5])
    tell("Changes of a case by raw SQL and calls, by standing", count=asked, unexpected=wrong, control=len(control))
