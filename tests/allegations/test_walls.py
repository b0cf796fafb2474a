"""Who reads a case, asked of PostgreSQL as the application: nobody but whoever may, and after a kept look."""

from uuid import UUID

import pytest
from factories import accounts, allegations
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.allegations import access
from licensing.allegations.words_of_sharing import LookPurpose
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
