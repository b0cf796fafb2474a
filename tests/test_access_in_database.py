"""Who may see and write which row, asked of PostgreSQL with raw SQL as the application's own role.

Whatever a flaw in the application lets through, this is what is left between it and another council's records.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from accounts import two_councils
from accounts.two_councils import Council
from conftest import MadeOnce
from factories import accounts
from flask import Flask
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from licensing import embedded
from licensing.accounts.acting import token_hash, who_is_acting
from licensing.db import acting_as, db
from licensing.driver_check import changes as checks
from licensing.driver_check.asking import Asked
from licensing.driver_check.rules import Purpose
from licensing.permissions import ROLE_PERMISSIONS, Permission, Role
from licensing.setup import owner_session

REFUSED, HANGS_NOWHERE, TAKEN = "42501", "23503", "23505"
NOT_A_FUNCTION, NOT_WITHIN = "42809", "0A000"
NOBODY = UUID(int=0)

# Whose a row is, where it has no authority_id of its own.
OF_USER = "(SELECT u.authority_id FROM user_account u WHERE u.id = t.user_id)"
WHOSE = {
    "authority": "t.id",
    "role_held": OF_USER,
    "draft": OF_USER,
    "kept_form": OF_USER,
    "user_session": OF_USER,
    "credential": OF_USER,
    "invitation": OF_USER,
    "recovery_code": OF_USER,
    "proposal_part": "(SELECT p.authority_id FROM proposal p WHERE p.id = t.proposal_id)",
    "same_person": "t.first_authority_id",
    "verdict_ground": "(SELECT v.authority_id FROM verdict v WHERE v.id = t.verdict_id)",
    "match_key": "(SELECT p.authority_id FROM person p WHERE p.id = t.person_id)",
    "role_permission": "NULL",
    "figures_exact": "NULL",
    "job_session": "NULL",
    "worker_session": "NULL",
    "worker_key": "NULL",
    "job_kind": "NULL",
    "procrastinate_jobs": "NULL",
    "procrastinate_events": "NULL",
    "procrastinate_workers": "NULL",
    "procrastinate_periodic_defers": "NULL",
    "match_statistics": "NULL",
    "sign_in_attempt": "NULL",
    "power": "NULL",
    "public_request": "NULL",
}
# The rows that somebody may see, as conditions on a row: `own` is their authority, `me` themselves.
OWN = "whose = :own"
BY_PERMISSION = {
    Permission.REGISTER_READ: (
        "person",
        "person_name",
        "person_address",
        "person_identifier",
        "person_match",
        "licence",
        "licence_event",
        "licence_period",
        "entitlement_period",
        "premises",
        "food_registration",
        "food_rating",
        "organisation",
        "vehicle",
        "vehicle_mark",
        "licence_mark",
        "position_held",
        "obligation_check",
        "correction",
        "merge",
    ),
    Permission.CHECK_DRIVERS: ("driver_check", "check_result", "verdict"),
    Permission.IMPORT: ("import", "import_chunk"),
    Permission.USERS_READ: ("access_review", "access_review_entry"),
    Permission.RESTRICTED_TRAIL: ("restricted_entry",),
    Permission.SETTINGS_CHANGE: ("public_register_settings",),
    Permission.CASEWORK: (
        "clock",
        "clock_change",
        "delegation",
        "decision",
        "template_review",
        "notice",
        "notice_service",
        "appeal",
        "decision_review",
        "vetting_standing",
        "vetting_check",
        "course_acceptance",
        "operator_staff",
        "operator_staff_register_check",
        "premises_training",
        "training_offer",
        "training_record",
        "workforce_training",
        "application",
        "application_item",
        "consideration",
        "consideration_information",
        "recommendation",
        "conviction",
        "complaint",
        "operator_driver",
        "self_report",
        "court_case",
        "court_defendant",
        "court_sentence",
        "marker_considered",
        "nr3s_user",
        "nr3s_search",
        "nr3s_entry",
        "nr3s_update",
        "request_out",
        "request_chase",
        "request_in",
        "disclosure",
        "relied_item",
        # What a council's licensing service considers, or is asked; tests/disruption asks it of other agencies.
        "disruption_action",
        "disruption_action_agency",
        "disruption_target",
        "disruption_event",
        "effect_review",
        "partner_task",
    ),
    Permission.ALLEGATIONS: ("lado_office",),
    Permission.RETURNS: ("national_register_name", "answer_given"),
    Permission.SUBJECT_ACCESS: ("subject_access_request", "subject_access_ruling"),
    Permission.FIGURES: (
        "briefing",
        "briefing_comment",
        "briefing_reader",
        "briefing_schedule",
        "measure_choice",
        "measure_comment",
    ),
}
# Whoever proposed it, and whoever may decide it for one of the councils concerned.
DECIDABLE = "proposed_by = :me OR (:own = ANY (authorities) AND permission IN ({}))"
SIGNED_IN = {
    "authority": "true",
    "figures_exact": "true",
    "freshness": "true",
    "user_account": OWN,
    "role_held": OWN,
    "draft": "user_id = :me",
    "job_progress": "asked_by = :me",
    "kept_form": "user_id = :me",
    "case_access": "user_id = :me AND kind <> 'closed'",
    "clock_rule": "whose IS NULL OR whose = :own",
    "closure_day": OWN,
    "power_beginning": OWN,
    "staff_concern_contact": OWN,
    "power": "true",
}
# An administrator sees the jobs of the own council and those of nobody; others see those that they asked for.
JOBS = f"asked_by = :me OR ({OWN}) OR (whose IS NULL AND asked_by IS NULL)"
# Tasks are their holder's, their team's and their opener's, whatever else a role may see.
IN_SIGHT = f"{OWN} AND (for_user_id = :me OR opened_by = :me OR for_team = '{{role}}')"
TASKS = {
    "task": IN_SIGHT,
    "task_change": f"task_id IN (SELECT id FROM task t WHERE {IN_SIGHT.replace('whose', 't.authority_id')})",
}
# Courses are about nobody: every council reads them; of what is asked, the defaults and one's own.
COURSES = {"course": "true", "course_version": "true", "training_policy": f"{OWN} OR whose IS NULL"}
# What was referred to them, and of what was done about it their own part.
REFERRED = "lado_authority_id = :own"
OF_REFERRED = (
    f"concern_id IN (SELECT id FROM concern WHERE {REFERRED}) AND kind IN ('lado', 'lado_acknowledged', 'lado_advice')"
)
CONCERNS = {"concern": REFERRED, "concern_step": OF_REFERRED, "staff_concern": "", "staff_concern_step": ""}
# Agencies and who works for them: everybody's in disruption, and for the rest of a council its administrator's.
AGENCIES = ("agency", "agency_member")
# Whoever leads or joins an operation knows it, and of each council that is its licensing service; of a notice too.
OPERATIONS = (
    "operation",
    "operation_agency",
    "operation_place",
    "awareness_place",
    "operation_finding",
    "operation_follow_up",
    "test_purchase",
    "hotel_notice",
    "hotel_notice_service",
    "hotel_requirement",
    "hotel_information_received",
    "signal_dismissal",
    "subject_meeting",
    "subject_meeting_agency",
    "meeting_subject",
    "meeting_decision",
)
# Counts of prevention are plain: every council's, for whoever works on disruption.
PREVENTION = ("indicator_count", "awareness_activity")
# Notes and reports are for those who write or approve them; drafts that ask for it, for designated officers.
WRITE_NOTES = {Permission.NOTES_WRITE, Permission.NOTES_APPROVE}
FOR_LADO = "n.lado_asked AND (n.authority_id = :own OR 'childrens_services' = ANY (a.functions))"
FOR_LADO = f"IN (SELECT n.id FROM need_to_know n, authority a WHERE a.id = :own AND {FOR_LADO})"
NOTES = {
    "need_to_know": f"id {FOR_LADO}",
    "need_to_know_step": f"note_id {FOR_LADO}",
    "need_to_know_lado_part": f"note_id {FOR_LADO}",
    "need_to_know_reader": f"note_id {FOR_LADO}",
    "need_to_know_report": "false",
    "need_to_know_collected": "false",
    "need_to_know_request": "false",
}
# National rules are everybody's who works by them.
RULES = ("vetting_policy",)
REFERENCE_DATA = ("role_permission", "match_statistics")
AUDIT = {
    Permission.AUDIT_READ: OWN,
    Permission.AUDIT_ACCOUNTS: f"{OWN} AND category = 'accounts'",
    Permission.AUDIT_OF_RECORD: f"{OWN} AND category = 'records' AND object_id IS NOT NULL",
}
# Numbered and stamped by the database; who may add to them is asked in tests/audit.
TRAILS = ("audit_entry", "restricted_entry")
CLOSED = (
    "credential",
    "user_session",
    "invitation",
    "recovery_code",
    "sign_in_attempt",
    "match_key",
    "public_request",
    "verdict_ground",
    "job_session",
    "worker_session",
    "worker_key",
    "job_kind",
    "procrastinate_events",
    "marker_match",
    "licence_period_kept",
    "lado_case_kept",
    "allegation_kept",
    "person_birth_kept",
)
# Child table -> the column that names its parent, and where the parent's id is found in `Council`.
CHILDREN = {
    "person_name": "person_id",
    "person_address": "person_id",
    "person_identifier": "person_id",
    "person_match": "person_id",
    "licence": "person_id",
    "licence_event": "licence_id",
    "licence_period": "licence_id",
    "entitlement_period": "licence_id",
    "food_registration": "premises_id",
    "vehicle_mark": "vehicle_id",
    "licence_mark": "licence_id",
    "position_held": "person_id",
    "obligation_check": "premises_id",
    "check_result": "check_id",
    "import_chunk": "import_id",
    "operator_staff": "organisation_id",
    "operator_staff_register_check": "organisation_id",
    "premises_training": "premises_id",
    "training_record": "person_id",
    "vetting_check": "person_id",
    "application": "licence_id",
    "application_item": "application_id",
    "consideration": "licence_id",
    "consideration_information": "consideration_id",
    "recommendation": "consideration_id",
    "conviction": "person_id",
    "complaint": "person_id",
    "operator_driver": "person_id",
    "self_report": "licence_id",
    "court_defendant": "case_id",
    "court_sentence": "defendant_id",
    "nr3s_search": "person_id",
    "request_out": "person_id",
    "request_chase": "request_id",
    "disclosure": "person_id",
    "concern_step": "concern_id",
    "disruption_action_agency": "action_id",
    "disruption_target": "action_id",
    "disruption_event": "action_id",
    "effect_review": "action_id",
    "agency_member": "agency_id",
}


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks the database; nobody has no role and an empty token."""

    token: str
    user_id: UUID
    authority_id: UUID
    role: Role | None = None


@pytest.fixture
def councils(made_once: MadeOnce) -> tuple[Council, Council]:
    return made_once(two_councils.both)


def viewer(role: Role, code: str) -> Viewer:
    user = accounts.user(role, code)
    return Viewer(accounts.open_session(user), user, accounts.authority_id(code), role)


def tables() -> list[str]:
    with owner_session() as session:
        found = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        return sorted(session.scalars(text(found)))


def entitled(table: str, role: Role | None) -> str:
    """The condition on the rows of a table that somebody in this role may see; 'false' is none."""
    if table in REFERENCE_DATA:
        return "true"
    if role is None:
        return "false"
    allowed = ROLE_PERMISSIONS.get(role, frozenset())
    if table == "job_progress" and Permission.JOBS_READ in allowed:
        return JOBS
    if table in TASKS:
        return TASKS[table].format(role=role) if Permission.TASKS in allowed else "false"
    if table in SIGNED_IN:
        return SIGNED_IN[table]
    if table in ("proposal", "proposal_part"):
        decidable = DECIDABLE.format(", ".join(f"'{one}'" for one in ["", *sorted(allowed)]))
        return decidable if table == "proposal" else f"proposal_id IN (SELECT id FROM proposal WHERE {decidable})"
    if table == "conviction_policy":
        return f"{OWN} OR whose IS NULL" if Permission.CASEWORK in allowed else "false"
    if table == "same_person":
        either_end = ":own IN (first_authority_id, second_authority_id)"
        return either_end if Permission.REGISTER_READ in allowed else "false"
    if table in COURSES:
        return COURSES[table] if Permission.CASEWORK in allowed else "false"
    if table == "audit_entry":
        return " OR ".join(f"({AUDIT[one]})" for one in sorted(allowed & AUDIT.keys())) or "false"
    if table in CONCERNS:
        return " OR ".join(f"({one})" for one in concerns_of(table, allowed)) or "false"
    if table in AGENCIES:
        return "true" if Permission.DISRUPT in allowed else OWN if Permission.SETTINGS_CHANGE in allowed else "false"
    if table in OPERATIONS:
        return OWN if Permission.CASEWORK in allowed else "false"
    if table in PREVENTION:
        return "true" if Permission.DISRUPT in allowed else "false"
    if table == "signal_rule":
        reads = {Permission.DISRUPT, Permission.SETTINGS_CHANGE} & allowed
        return f"whose IS NULL OR {OWN}" if reads else "false"
    if table in NOTES:
        own = OWN if allowed & WRITE_NOTES else "false"
        return f"{own} OR {NOTES[table] if Permission.ALLEGATIONS in allowed else 'false'}"
    if table == "reading_alert":
        return OWN if role is Role.INDEPENDENT_REVIEWER else "false"
    if table == "need_to_know_fact":
        return OWN if Permission.NOTES_WRITE in allowed else "false"
    if table in RULES:
        return f"whose IS NULL OR {OWN}" if Permission.CASEWORK in allowed else "false"
    return OWN if any(table in BY_PERMISSION.get(one, ()) for one in allowed) else "false"


def concerns_of(table: str, allowed: frozenset[Permission]) -> list[str]:
    """Of concerns: one's own council's, what one raised, what was referred; of those about staff none before a look."""
    if table.startswith("staff_"):
        return ["false"]
    conditions = ["raised_by = :me"] if table == "concern" else []
    conditions += [OWN] if Permission.CASEWORK in allowed else []
    return conditions + ([CONCERNS[table]] if Permission.ALLEGATIONS in allowed else [])


def rows_of(session: Session, table: str, condition: str, **values: object) -> set[str]:
    """The places of the rows that the owner, who sees all, finds under a condition."""
    whose = WHOSE.get(table, "t.authority_id")
    found = f'SELECT tid FROM (SELECT t.*, t.ctid::text AS tid, {whose} AS whose FROM "{table}" t) r'
    return set(session.scalars(text(f"{found} WHERE {condition}"), values))


def seen_rows(table: str) -> set[str]:
    """The places of the rows that the acting person finds, as the application's role."""
    try:
        with db.session.begin_nested():
            return set(db.session.scalars(text(f'SELECT ctid::text FROM "{table}"')))
    except DBAPIError as error:
        return set() if sqlstate(error) == REFUSED else {str(error)}


def sqlstate(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", ""))


def outcome(statement: str, **values: Any) -> str | int:
    """Run a statement and undo it: the number of rows it would have changed, or PostgreSQL's reason for refusing."""
    try:
        done = db.session.execute(text(statement), values)
        return int(getattr(done, "rowcount", -1))
    except DBAPIError as error:
        return sqlstate(error)
    finally:
        db.session.rollback()


def differences(viewers: list[Viewer], walked: list[str]) -> Iterator[tuple[int, str]]:
    """For each viewer and table: how many rows were asked for, and where what is seen differs from what may be."""
    with owner_session() as session:
        all_rows = {table: rows_of(session, table, "true") for table in walked}
        for one in viewers:
            with acting_as(one.token):
                seen = {table: seen_rows(table) for table in walked}
                db.session.rollback()
            for table in walked:
                may = rows_of(session, table, entitled(table, one.role), own=one.authority_id, me=one.user_id)
                told = f"{one.role} sees {len(seen[table])} rows of {table}, and may see {len(may)}"
                yield len(all_rows[table]), "" if seen[table] == may else told


def test_everybody_sees_the_rows_of_their_role_and_council_and_no_other(councils: tuple[Council, Council]) -> None:
    viewers = [viewer(role, council.code) for council in councils for role in Role]
    viewers += [viewer(Role.DESIGNATED_OFFICER, accounts.COUNTY), Viewer("", NOBODY, NOBODY)]
    viewers += [
        Viewer(accounts.open_session(one.contact), one.contact, one.id, Role.BRIEFING_READER) for one in councils
    ]
    viewers += [
        Viewer(accounts.open_session(one.officer), one.officer, one.id, Role.LICENSING_OFFICER) for one in councils
    ]

    cells = list(differences(viewers, tables()))

    assert [told for _, told in cells if told] == []
    assert sum(asked for asked, _ in cells) > 5_000
    # Negative control: with one policy opened, the same walk finds every viewer who sees too much.
    with owner_session() as session:
        session.execute(text("ALTER POLICY person_select ON person USING (true)"))
        session.commit()
    assert len([told for _, told in differences(viewers, ["person"]) if told]) == len(viewers)


def test_the_walk_covers_every_table_with_rows_in_it(councils: tuple[Council, Council]) -> None:
    with owner_session() as session:
        empty = {table for table in tables() if not rows_of(session, table, "true")}
    assert empty <= {
        "invitation",
        "kept_form",
        "sign_in_attempt",
        "match_statistics",
        "public_request",
        "job_session",
        "worker_session",
        "procrastinate_workers",
        "procrastinate_periodic_defers",
    }


def test_no_row_can_be_written_for_another_council(councils: tuple[Council, Council]) -> None:
    oxford, cherwell = councils
    with owner_session() as session:
        owned = [table for table in tables() if "authority_id" in columns(session, table)]
        others = {table: one_row(session, table, cherwell.id) for table in owned if table not in TRAILS}
    with acting_as(accounts.open_session(oxford.officer)):
        for table, row in others.items():
            copy = json.dumps({**row, **({"id": str(uuid4())} if "id" in row else {})})
            copied = f'INSERT INTO "{table}" SELECT * FROM json_populate_record(NULL::"{table}", CAST(:row AS json))'
            taken = f'UPDATE "{table}" SET authority_id = :mine WHERE authority_id = :theirs'
            given = f'UPDATE "{table}" SET authority_id = :theirs WHERE authority_id = :mine'
            asked = {"mine": oxford.id, "theirs": cherwell.id}
            assert outcome(copied, row=copy) == REFUSED, table
            assert outcome(taken, **asked) in (0, REFUSED), table
            assert outcome(given, **asked) == REFUSED, table
        renamed = "UPDATE person SET family_name = 'Changed' WHERE id = :id"
        assert outcome(renamed, id=cherwell.person_id) == 0
        assert outcome(renamed, id=oxford.person_id) == 1


def columns(session: Session, table: str) -> set[str]:
    found = "SELECT column_name FROM information_schema.columns WHERE table_name = :table AND table_schema = 'public'"
    return set(session.scalars(text(found), {"table": table}))


def one_row(session: Session, table: str, authority_id: UUID) -> dict[str, Any]:
    """A row of an authority's, with the parent by which it hangs."""
    hung = f"AND {CHILDREN[table]} IS NOT NULL" if table in CHILDREN else ""
    found = f'SELECT row_to_json(t) FROM "{table}" t WHERE authority_id = :id {hung} LIMIT 1'
    row: dict[str, Any] = session.scalars(text(found), {"id": authority_id}).one()
    return row


def test_no_row_can_hang_under_another_councils_parent(councils: tuple[Council, Council]) -> None:
    oxford, cherwell = councils
    with owner_session() as session:
        rows = {table: one_row(session, table, oxford.id) for table in [*CHILDREN, "food_rating"]}
        parents = {table: one_row(session, table, cherwell.id)[CHILDREN[table]] for table in CHILDREN}
        parents["food_rating"] = one_row(session, "food_rating", cherwell.id)["registration_id"]
    with acting_as(accounts.open_session(oxford.officer)):
        for table, parent in {**CHILDREN, "food_rating": "registration_id"}.items():
            row = {**rows[table], parent: parents[table]}
            if "id" in row:
                row["id"] = str(uuid4())
            hung = f'INSERT INTO "{table}" SELECT * FROM json_populate_record(NULL::"{table}", CAST(:row AS json))'
            for clash in ("number_key", "fhrs_id"):
                if clash in row:
                    row[clash] = 999 if clash == "fhrs_id" else "FREE"
            # What hangs under an action, an agency or a file is refused before: whoever asks has no part in it.
            hidden = (REFUSED,) if parent in ("action_id", "agency_id", "import_id") else ()
            assert outcome(hung, row=json.dumps(row)) in (HANGS_NOWHERE, TAKEN, *hidden), table


def test_no_record_is_merged_into_another_councils(councils: tuple[Council, Council]) -> None:
    oxford, cherwell = councils
    merged = text("UPDATE person SET merged_into_id = :theirs WHERE id = :ours")
    with owner_session() as session, pytest.raises(IntegrityError, match="fk_person_merged_into_id_authority_id"):
        session.execute(merged, {"theirs": cherwell.person_id, "ours": oxford.person_id})


def test_only_ones_own_councils_matching_keys_are_made_anew(councils: tuple[Council, Council]) -> None:
    oxford, cherwell = councils
    with acting_as(accounts.open_session(oxford.officer)):
        for person_id in (cherwell.person_id, oxford.person_id):
            db.session.execute(text("CALL forget_match_keys(:people)"), {"people": str(person_id)})
        db.session.commit()
    with owner_session() as session:
        left = "SELECT count(*) FROM match_key WHERE person_id = :id"
        assert session.scalar(text(left), {"id": cherwell.person_id}) > 5
        assert session.scalar(text(left), {"id": oxford.person_id}) == 0


def test_accounts_roles_and_secrets_are_out_of_reach(councils: tuple[Council, Council]) -> None:
    officer = councils[0].officer
    with acting_as(accounts.open_session(officer)):
        for table in CLOSED:
            assert outcome(f"SELECT 1 FROM {table}") == REFUSED, table
            assert outcome(f"DELETE FROM {table}") == REFUSED, table
        for statement in (
            "INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :me, 'auditor')",
            "UPDATE role_held SET role = 'auditor' WHERE user_id = :me",
            "DELETE FROM role_held WHERE user_id = :me",
            "UPDATE user_account SET authority_id = (SELECT id FROM authority WHERE id <> authority_id LIMIT 1)"
            " WHERE id = :me",
            "UPDATE user_session SET expires_at = 'infinity' WHERE user_id = :me",
            "INSERT INTO user_session (id, user_id, kind, token_hash, expires_at)"
            " VALUES (gen_random_uuid(), :me, 'web', ''::bytea, now() + interval '1 day')",
            "INSERT INTO role_permission (role, permission) VALUES ('licensing_officer', 'audit.read')"
            " RETURNING CAST(:me AS uuid)",
            "UPDATE authority SET agreement_signed_on = NULL WHERE id <> :me",
        ):
            assert outcome(statement, me=officer) == REFUSED, statement
        assert outcome("CREATE TABLE mine (id int)") == REFUSED
        assert outcome("SET ROLE licensing_owner") == REFUSED


def test_a_fragment_in_a_query_can_neither_open_a_session_nor_become_somebody(
    councils: tuple[Council, Council],
) -> None:
    oxford, cherwell = councils
    theirs = accounts.open_session(cherwell.officer)
    opening = f"open_session('{cherwell.officer}', sha256('known'), now() + interval '1 day', 99999999999, NULL)"
    claims = {
        "nothing": "",
        "a random token": "guess",
        "the hash of a session": token_hash(theirs).hex(),
        "the hash as PostgreSQL writes it": f"\\x{token_hash(theirs).hex()}",
        "the id of a user": str(cherwell.officer),
    }
    with acting_as(accounts.open_session(oxford.officer)):
        for fragment, reason in {
            opening: NOT_A_FUNCTION,
            f"query_to_xml($q$CALL {opening}$q$, true, true, '')": NOT_WITHIN,
            "query_to_xml('INSERT INTO person SELECT * FROM person', true, true, '')": NOT_WITHIN,
            "(WITH made AS (INSERT INTO person SELECT * FROM person RETURNING 1) SELECT 1 FROM made)": NOT_WITHIN,
        }.items():
            injected = f"SELECT id, {fragment} FROM person WHERE family_name = :typed"
            assert outcome(injected, typed="Khan") == reason, fragment
        for claim, value in claims.items():
            stolen = (
                "SELECT (SELECT acting_user()) FROM (SELECT set_config('licensing.token', :value, true)) claimed"
                " WHERE claimed.set_config = :value"
            )
            assert db.session.scalar(text(stolen), {"value": value}) in (None, oxford.officer), claim
            assert db.session.scalar(text("SELECT acting_user()")) is None, claim
            assert db.session.scalars(text("SELECT id FROM person")).all() == [], claim
            db.session.rollback()
    with acting_as("known"):
        assert who_is_acting() is None


def test_a_second_statement_behind_another_is_refused(councils: tuple[Council, Council]) -> None:
    with acting_as(accounts.open_session(councils[0].officer)):
        stacked = "SELECT id FROM person WHERE family_name = :typed; CALL end_session()"
        assert outcome(stacked, typed="Khan") == "42601"
        assert outcome("SELECT 1; CALL end_session()") == "42601"  # also where no value is bound
        assert who_is_acting() is not None


def test_a_token_left_on_a_pooled_connection_acts_for_nobody(app: Flask) -> None:
    token = accounts.open_session(accounts.user(Role.AUDITOR))
    engine = pooled(app)
    with acting_as(token), Session(engine) as session:
        kept = text("SELECT set_config('licensing.token', :token, false)")
        session.execute(kept, {"token": token})
        assert session.scalar(text("SELECT acting_user()")) is not None
        first = session.scalar(text("SELECT pg_backend_pid()"))
        session.commit()
    with Session(engine) as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) == first
        assert session.scalar(text("SELECT acting_user()")) is None
    engine.dispose()


def pooled(app: Flask) -> Engine:
    return create_engine(app.config["DATABASE_URL"], poolclass=QueuePool, pool_size=1, max_overflow=0)


CANDIDATES = "SELECT * FROM check_candidates(:id, ARRAY[0], ARRAY[1::bigint], ARRAY[10])"
DISCLOSED = "SELECT * FROM disclosed_people(:id)"


def open_check(*, committed: bool = True) -> UUID:
    """A check by whoever is acting, not yet answered."""
    user = who_is_acting()
    assert user is not None
    check_id = checks.open_check(user, Asked(family_name="Khan"), Purpose.RENEWAL, "none yet")
    if committed:
        db.session.commit()
    return check_id


@pytest.mark.parametrize("statement", [CANDIDATES, DISCLOSED])
def test_only_ones_own_open_committed_check_is_answered(councils: tuple[Council, Council], statement: str) -> None:
    oxford, cherwell = councils
    mine, colleague = (accounts.open_session(one) for one in (oxford.officer, accounts.user(Role.LICENSING_OFFICER)))
    with acting_as(colleague):
        of_colleague = open_check()
    with acting_as(accounts.open_session(cherwell.officer)):
        of_another_council = open_check()
    with acting_as(mine):
        own = open_check()
        assert isinstance(outcome(statement, id=own), int)
        for refused in (of_colleague, of_another_council, oxford.check_id, uuid4()):
            assert outcome(statement, id=refused) == REFUSED
        assert outcome(statement, id=open_check(committed=False)) == REFUSED
        with db.session.begin_nested():
            uncommitted = open_check(committed=False)
        assert outcome(statement, id=uncommitted) == REFUSED
    with acting_as(""):
        assert outcome(statement, id=own) == REFUSED
    take_role(oxford.officer)
    with acting_as(mine):
        assert outcome(statement, id=own) == REFUSED


def take_role(user_id: UUID) -> None:
    with owner_session() as session:
        session.execute(text("UPDATE role_held SET ended_at = now() WHERE user_id = :id"), {"id": user_id})
        session.commit()


UPDATABLE = """
    SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relname = ANY (:tables) AND c.relnamespace = 'public'::regnamespace
      AND has_column_privilege(:app, c.oid, a.attnum, 'UPDATE')
"""


def test_of_what_was_decided_or_brought_in_the_application_changes_the_least(app: Flask) -> None:
    tables = {"licence_event": {"superseded_at"}, "person": CHANGED_OF_PERSON, "import": CHANGED_OF_IMPORT}
    with owner_session() as session:
        updatable = set(session.scalars(text(UPDATABLE), {"tables": list(tables), "app": embedded.APP_ROLE}))
    assert updatable == {f"{table}.{column}" for table, columns in tables.items() for column in columns}


CHANGED_OF_PERSON = {
    "given_names",
    "family_name",
    "sort_name",
    "date_of_birth",
    "deceased_on",
    "source_id",
    "merged_into_id",
}
CHANGED_OF_IMPORT = {"status", "applied_at", "receipt", "changed_rows", "fingerprint", "seen", "missing"}


def test_two_records_are_merged_and_parted_only_by_whoever_has_just_approved_it(
    councils: tuple[Council, Council],
) -> None:
    oxford, _ = councils
    with owner_session() as session:
        away = session.scalar(text("SELECT merged_id FROM merge WHERE id = :id"), {"id": oxford.merge_id})
        other = "SELECT id FROM person WHERE authority_id = :own AND id <> ALL (:both) LIMIT 1"
        alone = session.scalar(text(other), {"own": oxford.id, "both": [oxford.person_id, away]})
        manager = session.scalar(
            text("SELECT decided_by FROM proposal_part WHERE approved AND authority_id = :own"), {"own": oxford.id}
        )
    merged = "UPDATE person SET merged_into_id = :kept WHERE id = :id"
    for user in (oxford.officer, manager):
        with acting_as(accounts.open_session(user)):
            assert outcome(merged, id=alone, kept=oxford.person_id) == REFUSED
            assert outcome(merged, id=away, kept=alone) == REFUSED
            assert outcome(merged, id=away, kept=None) == REFUSED
            assert outcome(merged, id=away, kept=oxford.person_id) == 1  # no change


STAGED = """
    INSERT INTO import (id, authority_id, reference, kind, status, file_name, sha256, options, receipt, changed_rows,
        fingerprint, staged_by, staged_at, applied_at)
    SELECT :id, authority_id, 'IM-FORGED', kind, 'applied', file_name, sha256, options, receipt, changed_rows,
        fingerprint, :somebody, '2020-01-01', '2020-01-01'
    FROM import LIMIT 1
"""


def test_who_brought_a_file_in_and_when_is_the_databases_word(councils: tuple[Council, Council]) -> None:
    oxford, cherwell = councils
    made = uuid4()
    with acting_as(accounts.open_session(oxford.officer)):
        db.session.execute(text(STAGED), {"id": made, "somebody": cherwell.officer})
        kept = text("SELECT status, staged_by, applied_at, staged_at = now() FROM import WHERE id = :id")
        assert tuple(db.session.execute(kept, {"id": made}).one()) == ("staged", oxford.officer, None, True)
        db.session.rollback()


@pytest.mark.parametrize("settled", ["applied", "abandoned"])
def test_the_receipt_of_an_import_that_was_settled_never_changes(
    councils: tuple[Council, Council], settled: str
) -> None:
    oxford, _ = councils
    settle = "UPDATE import SET status = :settled, applied_at = '2020-01-01' WHERE id = :id"
    with acting_as(accounts.open_session(oxford.officer)):
        db.session.execute(text(settle), {"settled": settled, "id": oxford.import_id})
        kept = text("SELECT applied_at = now() FROM import WHERE id = :id")
        assert db.session.scalar(kept, {"id": oxford.import_id}) is (True if settled == "applied" else None)
        db.session.commit()
        for change in ("receipt = '{}'", "status = 'staged'", "applied_at = now()", "seen = ''"):
            assert outcome(f"UPDATE import SET {change} WHERE id = :id", id=oxford.import_id) == REFUSED, change


def test_a_task_is_finished_once_and_by_whoever_acts(councils: tuple[Council, Council]) -> None:
    oxford, cherwell = councils
    finish = "UPDATE task SET done_at = '2020-01-01', done_by = :somebody, outcome = 'Visited' WHERE id = :id"
    with acting_as(accounts.open_session(oxford.officer)):
        db.session.execute(text(finish), {"somebody": cherwell.officer, "id": oxford.task_id})
        kept = text("SELECT done_by, done_at = now() FROM task WHERE id = :id")
        assert tuple(db.session.execute(kept, {"id": oxford.task_id}).one()) == (oxford.officer, True)
        db.session.commit()
        assert outcome(finish, somebody=oxford.officer, id=oxford.task_id) == REFUSED
        assert outcome("UPDATE task SET due_on = '2030-01-01' WHERE id = :id", id=oxford.task_id) == REFUSED


def test_whoever_is_not_signed_in_adds_to_the_trail_of_accounts_alone(councils: tuple[Council, Council]) -> None:
    added = (
        "INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id)"
        " VALUES (gen_random_uuid(), :authority, 'looked', :category, 'person', :person)"
    )
    about = {"authority": councils[0].id, "person": councils[0].person_id}
    for token in ("", "a token that is none"):
        with acting_as(token):
            assert outcome(added, category="records", **about) == REFUSED
            assert outcome(added, category="accounts", **about) == 1
    with acting_as(accounts.open_session(councils[0].officer)):
        assert outcome(added, category="records", **about) == 1
