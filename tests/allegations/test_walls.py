"""Who reads a case, asked of PostgreSQL as the application: nobody but whoever may, and after a kept look."""

from uuid import UUID

import pytest
from assurance import cast
from factories import accounts, allegations, register, shared_cases
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.allegations import access
from licensing.allegations.subject import key_of
from licensing.allegations.words_of_sharing import Level, LookPurpose
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

OF_A_CASE = ("lado_case", "case_step", "allegation", "case_strand", "case_duty", "case_entry")


def rows(case_id: UUID) -> dict[str, int]:
    """How many rows of a case the acting person reads, table by table."""
    return {
        table: db.session.scalar(
            text(f"SELECT count(*) FROM {table} WHERE {'id' if table == 'lado_case' else 'case_id'} = :id"),
            {"id": case_id},
        )
        for table in OF_A_CASE
    }


@pytest.fixture
def lado(app: Flask) -> UUID:
    return allegations.officer()


def test_a_designated_officer_reads_nothing_before_their_look_is_committed(lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(lado)):
        assert not any(rows(case_id).values())
        audit.record(Action.LOOKED, ObjectKind.ALLEGATION, case_id)
        assert not any(rows(case_id).values())  # recorded, and not committed
        db.session.rollback()
        assert not any(rows(case_id).values())
        access.look(case_id, LookPurpose.OWN_CASE)
        assert all(rows(case_id).values())


def test_a_look_opens_the_case_in_its_own_session_alone(lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
    with acting_as(accounts.open_session(lado)):
        assert not any(rows(case_id).values())


def test_a_list_opens_no_words(lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(lado)):
        audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
        read = rows(case_id)
        assert read.pop("lado_case") == 1
        assert not any(read.values())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DESIGNATED_OFFICER])
def test_nobody_else_reads_a_row_whatever_they_record(lado: UUID, role: Role) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(accounts.user(role, accounts.COUNTY))):
        for action in (Action.LOOKED, Action.LISTED, Action.SEARCHED):
            audit.record_alone(action, ObjectKind.ALLEGATION, case_id)
        assert access.standing(case_id) is None
        assert not any(rows(case_id).values())


def test_another_areas_designated_officer_reads_nothing(lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(allegations.officer(accounts.OXFORD))):
        audit.record_alone(Action.LOOKED, ObjectKind.ALLEGATION, case_id)
        assert not any(rows(case_id).values())


def test_what_is_written_stands_nowhere_in_the_open(lado: UUID) -> None:
    case_id = allegations.open_case(lado, words="zyzzyva-canary")
    assert case_id
    with owner_session() as session:
        for table in session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")):
            found = session.scalars(text(f'SELECT t::text FROM "{table}" t')).all()
            assert not [row for row in found if "zyzzyva" in row or b"zyzzyva".hex() in row], table


def test_a_case_cannot_be_closed_around_what_is_owed(lado: UUID) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
        with pytest.raises(DBAPIError, match="owed"):
            db.session.execute(
                text("UPDATE lado_case SET stage = 'closed', closed_on = current_date WHERE id = :id"), {"id": case_id}
            )
        db.session.rollback()


@pytest.mark.parametrize("kind", ["named", "closed", "emergency"])
def test_access_is_written_by_its_procedures_alone(lado: UUID, kind: str) -> None:
    case_id = allegations.open_case(lado)
    added = text(
        "INSERT INTO case_access (id, authority_id, case_id, user_id, kind, reason_sealed, given_by, until_at)"
        " SELECT gen_random_uuid(), authority_id, id, :me, :kind, '', :me, now() FROM lado_case WHERE id = :case"
    )
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
        with pytest.raises(DBAPIError, match="permission denied"):
            db.session.execute(added, {"me": lado, "kind": kind, "case": case_id})
        db.session.rollback()


def test_whatever_counts_days_counts_them_in_england(app: Flask) -> None:
    found = """
        SELECT proname FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prosrc ~ 'case_access|case_release|lado_|looked_lately'
          AND prosrc ~ 'current_date|::date' AND prosrc !~ 'Europe/London'
          AND NOT 'TimeZone=Europe/London' = ANY (coalesce(proconfig, '{}'))
    """
    with owner_session() as session:
        assert session.scalars(text(found)).all() == []


WRITES_A_LEVEL = {
    "added": """
        INSERT INTO case_share (id, authority_id, case_id, for_authority_id, level, basis, reasons_sealed, subject_keys,
            set_by)
        SELECT gen_random_uuid(), c.authority_id, c.id, c.authority_id, 'contact', 'public_task', '', '{}', c.owner_id
        FROM lado_case c WHERE c.id = :case""",
    "raised": "UPDATE case_share SET level = 'items' WHERE case_id = :case",
    "ended": "UPDATE case_share SET ended_at = now() WHERE case_id = :case",
    "taken away": "DELETE FROM case_share WHERE case_id = :case",
}


@pytest.mark.parametrize("statement", WRITES_A_LEVEL.values(), ids=WRITES_A_LEVEL)
def test_a_level_is_written_by_its_procedures_alone(lado: UUID, statement: str) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
        with pytest.raises(DBAPIError, match="permission denied"):
            db.session.execute(text(statement), {"case": case_id})
        db.session.rollback()


SET_LEVEL = text("""
    CALL set_share(:case, gen_random_uuid(), :council, :level, 'public_task', CAST(:reasons AS bytea),
        CAST(:keys AS bytea[]))""")


def test_a_level_is_set_only_with_reasons_for_a_council_that_shares_on_the_cases_own_records(lado: UUID) -> None:
    accounts.agree(accounts.OXFORD)
    person, council = register.add(register.PLAIN, accounts.OXFORD), accounts.authority_id(accounts.OXFORD)
    known, unknown = allegations.open_case(lado, person), allegations.open_case(lado)
    right = {"council": council, "level": "contact", "reasons": b"." * 200, "keys": [key_of(person)]}
    tries = (
        (unknown, {}, "records of its case"),
        (known, {"keys": [key_of(person), b"of another"]}, "records of its case"),
        (known, {"keys": []}, "records of its case"),
        (known, {"reasons": b"too short"}, "without its reasons"),
        (known, {"council": accounts.authority_id(accounts.CHERWELL)}, "not to be shared"),
        (known, {"level": "everything"}, "not to be shared"),
        (allegations.open_case(allegations.officer(accounts.OXFORD)), {}, "not to be shared"),
    )
    with acting_as(accounts.open_session(lado)):
        for case_id, wrong, refusal in tries:
            access.look(case_id, LookPurpose.OWN_CASE)
            with pytest.raises(DBAPIError, match=refusal), db.session.begin_nested():
                db.session.execute(SET_LEVEL, {"case": case_id, **right, **wrong})
        db.session.execute(SET_LEVEL, {"case": known, **right})
        assert db.session.scalar(text("SELECT set_by FROM case_share WHERE case_id = :id"), {"id": known}) == lado


def test_a_level_of_a_case_that_is_over_is_lowered_and_not_raised(lado: UUID) -> None:
    accounts.agree(accounts.OXFORD)
    person, council = register.add(register.PLAIN, accounts.OXFORD), accounts.authority_id(accounts.OXFORD)
    case_id = allegations.open_case(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.SUMMARY)
    cast.end(case_id)
    right = {"case": case_id, "council": council, "reasons": b"." * 200, "keys": [key_of(person)]}
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
        with pytest.raises(DBAPIError, match="not to be shared"), db.session.begin_nested():
            db.session.execute(SET_LEVEL, {**right, "level": "items"})
        db.session.execute(SET_LEVEL, {**right, "level": "contact"})
        shown = text("SELECT level FROM case_share WHERE case_id = :id AND ended_at IS NULL")
        assert db.session.scalar(shown, {"id": case_id}) == "contact"


@pytest.mark.parametrize("looks", [True, False])
def test_only_whoever_works_on_a_case_ends_a_level(lado: UUID, looks: bool) -> None:
    accounts.agree(accounts.OXFORD)
    case_id = allegations.open_case(lado, register.add(register.PLAIN, accounts.OXFORD))
    shared_cases.share(lado, case_id, accounts.OXFORD)
    with owner_session() as session:
        share = session.scalar(text("SELECT id FROM case_share WHERE case_id = :id"), {"id": case_id})
    reader = accounts.user(Role.LICENSING_MANAGER, accounts.OXFORD) if looks else lado
    with acting_as(accounts.open_session(reader)):
        if looks:
            audit.record_alone(Action.LOOKED, ObjectKind.ALLEGATION, case_id)
        with pytest.raises(DBAPIError, match="does not stand"):
            db.session.execute(text("CALL end_share(:id)"), {"id": share})
        db.session.rollback()


OF_MINE = "SELECT gen_random_uuid(), c.authority_id, c.id"
LAST_YEAR = "current_date - 365"
AROUND_THE_PAGES = {
    "a case ends as advice while it is open": "UPDATE lado_case SET stage = 'advice_only', closed_on = current_date",
    "a case is born closed": """
        INSERT INTO lado_case (id, authority_id, reference, stage, owner_id, referral_id, called_at, closed_on,
            changed_by, recorded_by)
        SELECT gen_random_uuid(), authority_id, 'AL-NEW', 'closed', owner_id, id, now(), current_date, owner_id,
            owner_id FROM lado_case WHERE id = :case""",
    "the threshold is decided otherwise": "UPDATE lado_case SET threshold_sealed = ''",
    "the referral has another day": f"UPDATE lado_case SET referred_on = {LAST_YEAR}",
    "it is kept until today": "UPDATE lado_case SET retain_until = current_date",
    "a message was told last year": f"""
        UPDATE case_duty SET state = 'done', settled_on = {LAST_YEAR}, words_sealed = '' WHERE case_id = :case""",
    "a message was told to nobody named": """
        UPDATE case_duty SET state = 'done', settled_on = current_date, words_sealed = '', basis = 'public_task'
        WHERE case_id = :case AND kind = 'referrer'""",
    "a message is born told": f"""
        INSERT INTO case_duty (id, authority_id, case_id, kind, for_authority_id, state, settled_on, words_sealed)
        {OF_MINE}, 'operator', c.authority_id, 'done', current_date, '' FROM lado_case c WHERE c.id = :case""",
    "a release is born answered": f"""
        INSERT INTO case_release (id, authority_id, case_id, for_authority_id, to_user_id, to_name, kind,
            content_sealed, basis, onward, expires_on, acknowledge_by, released_by, answered_at, answer_sealed)
        {OF_MINE}, (SELECT u.authority_id FROM user_account u WHERE u.id = :me), :me, '', 'outcome', '', 'public_task',
            'nobody', current_date + 9, current_date, c.owner_id, now(), '' FROM lado_case c WHERE c.id = :case""",
}


@pytest.mark.parametrize("statement", AROUND_THE_PAGES.values(), ids=AROUND_THE_PAGES)
def test_an_officers_own_statements_do_not_do_what_the_pages_refuse(lado: UUID, statement: str) -> None:
    case_id = allegations.open_case(lado)
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
        with pytest.raises(DBAPIError, match=r"begins with|does not go|stays|is settled on|is not settled|names who"):
            db.session.execute(text(statement), {"case": case_id, "me": lado})
        db.session.rollback()


@pytest.mark.parametrize("changed", ["owner_id = :me", "held_since = current_date, hold_sealed = ''"])
def test_a_deputy_neither_takes_a_case_over_nor_keeps_it_longer(lado: UUID, changed: str) -> None:
    case_id = allegations.open_case(lado)
    deputy = accounts.user(Role.DEPUTY_DESIGNATED_OFFICER, accounts.COUNTY)
    reference = "SELECT reference FROM lado_case WHERE id = :id"
    with owner_session() as session:
        found = session.scalar(text(reference), {"id": case_id})
    with acting_as(accounts.open_session(deputy)):
        audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
        db.session.execute(text("CALL break_glass(gen_random_uuid(), :it, '{}', '', current_date)"), {"it": found})
        db.session.commit()
        access.look(case_id, LookPurpose.EMERGENCY)
        with pytest.raises(DBAPIError, match="for a designated officer"):
            db.session.execute(text(f"UPDATE lado_case SET {changed}"), {"me": deputy})
        db.session.rollback()


@pytest.mark.parametrize(
    ("table", "added"), [("case_duty", "'learning'"), ("case_entry", "'call', now(), '', c.owner_id")]
)
def test_a_row_takes_the_place_of_one_of_its_own_case_alone(lado: UUID, table: str, added: str) -> None:
    one, other = allegations.open_case(lado), allegations.open_case(lado)
    columns = {"case_duty": "kind", "case_entry": "kind, happened_at, words_sealed, recorded_by"}[table]
    with acting_as(accounts.open_session(lado)):
        for case_id in (one, other):
            access.look(case_id, LookPurpose.OWN_CASE)
        statement = f"""
            INSERT INTO {table} (id, authority_id, case_id, supersedes_id, {columns})
            {OF_MINE}, (SELECT t.id FROM {table} t WHERE t.case_id = :other LIMIT 1), {added}
            FROM lado_case c WHERE c.id = :one"""
        with pytest.raises(DBAPIError, match="supersedes_id_case_id"):
            db.session.execute(text(statement), {"one": one, "other": other})
        db.session.rollback()


@pytest.mark.parametrize(
    "over",
    [
        "UPDATE case_access SET until_at = clock_timestamp()",
        "UPDATE user_session SET expires_at = clock_timestamp()",
        "UPDATE user_session SET last_seen_at = now() - interval '15 minutes'",
    ],
)
def test_a_transaction_that_is_held_open_outlasts_neither_access_nor_session(lado: UUID, over: str) -> None:
    case_id, reader = allegations.open_case(lado), accounts.user(Role.BRIEFING_READER, accounts.COUNTY)
    given = {"case": case_id, "reader": reader}
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
        named = "CALL give_access(:case, gen_random_uuid(), :reader, 'named', '', now() + interval '1 day')"
        db.session.execute(text(named), given)
        db.session.commit()
    with acting_as(accounts.open_session(reader)):
        access.look(case_id, LookPurpose.NAMED_ACCESS)
        assert all(rows(case_id).values())  # and the transaction goes on
        with owner_session() as session:
            session.execute(text(over))
            session.commit()
        assert not any(rows(case_id).values())


def test_nobody_lists_what_is_closed_to_them(lado: UUID) -> None:
    with acting_as(accounts.open_session(lado)):
        with pytest.raises(DBAPIError, match="permission denied"):
            db.session.scalars(text("SELECT closed_to_me()"))
        db.session.rollback()
