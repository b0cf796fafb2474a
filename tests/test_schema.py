"""What the database must be for row-level security to bind the application: asked of the catalogue itself."""

import re
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Enum, text
from sqlalchemy.orm import Session

from licensing import embedded, setup
from licensing.accounts.rules import IDLE_LIMIT
from licensing.db import db
from licensing.permissions import ROLE_PERMISSIONS
from licensing.setup import owner_session

APP = embedded.APP_ROLE
NOT_RECORDS = {"alembic_version": "the number of the last migration: the owner's alone"}
# Derived rows are made anew, a kept form is let go; nothing else is ever deleted by the application.
DELETED_BY_THE_APPLICATION = {"licence_period", "entitlement_period", "kept_form"}

UNPROTECTED = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
      AND NOT (
        c.relrowsecurity AND c.relforcerowsecurity
        AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polroles = ARRAY[c.relowner])
        AND NOT EXISTS (
            SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polroles <> ARRAY[c.relowner]
              AND (p.polcmd = '*' OR p.polroles <> ARRAY[(SELECT oid FROM pg_roles WHERE rolname = :app)]))
      )
    ORDER BY c.relname
"""
# A view runs with its owner's rights: one that the application may read would step round every policy.
READABLE_VIEWS = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('v', 'm') AND has_table_privilege(:app, c.oid, 'SELECT')
"""
GRANTED = """
    SELECT c.relname, p.privilege FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
        AS p(privilege)
    WHERE n.nspname = 'public' AND c.relkind = 'r'
      AND (has_table_privilege(:app, c.oid, p.privilege)
           OR (p.privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
               AND has_any_column_privilege(:app, c.oid, p.privilege)))
"""
POLICIES = """
    SELECT c.relname, CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                      WHEN 'd' THEN 'DELETE' END
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE p.polroles = ARRAY[(SELECT oid FROM pg_roles WHERE rolname = :app)]
"""
# Routines that run with their owner's rights, and what is wrong with each.
LOOSE_ROUTINES = """
    SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.prosecdef
      AND (NOT coalesce(p.proconfig, '{}') && ARRAY['search_path=public, pg_temp']
           OR EXISTS (
             SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
             WHERE a.privilege_type = 'EXECUTE'
               AND a.grantee NOT IN (p.proowner, (SELECT oid FROM pg_roles WHERE rolname = :app))))
"""


def found(session: Session, statement: str) -> list[str]:
    return list(session.scalars(text(statement), {"app": APP}))


def test_every_table_is_protected_and_the_walker_finds_one_that_is_not(app: Flask) -> None:
    with owner_session() as session:
        assert found(session, UNPROTECTED) == sorted(NOT_RECORDS)
        assert found(session, READABLE_VIEWS) == []

        session.execute(text("CREATE TABLE bare (id int)"))
        session.execute(text("CREATE TABLE enabled (id int)"))
        session.execute(text("ALTER TABLE enabled ENABLE ROW LEVEL SECURITY"))
        session.execute(text("CREATE POLICY p ON enabled TO CURRENT_USER USING (true)"))
        session.execute(text("CREATE TABLE wide (id int)"))
        session.execute(text("ALTER TABLE wide ENABLE ROW LEVEL SECURITY"))
        session.execute(text("ALTER TABLE wide FORCE ROW LEVEL SECURITY"))
        session.execute(text("CREATE POLICY o ON wide TO CURRENT_USER USING (true)"))
        assert found(session, UNPROTECTED) == ["alembic_version", "bare", "enabled"]
        session.execute(text("CREATE POLICY p ON wide TO PUBLIC USING (true)"))
        session.execute(text("CREATE VIEW peep AS SELECT * FROM person"))
        session.execute(text(f"GRANT SELECT ON peep TO {APP}"))
        assert found(session, UNPROTECTED) == ["alembic_version", "bare", "enabled", "wide"]
        assert found(session, READABLE_VIEWS) == ["peep"]


def test_the_application_role_has_rights_only_where_a_policy_governs_them(app: Flask) -> None:
    with owner_session() as session:
        granted = {(row[0], row[1]) for row in session.execute(text(GRANTED), {"app": APP})}
        governed = {(row[0], row[1]) for row in session.execute(text(POLICIES), {"app": APP})}

    assert granted == governed
    assert {table for table, right in granted if right == "DELETE"} == DELETED_BY_THE_APPLICATION
    assert {right for table, right in granted if table == "audit_entry"} == {"SELECT", "INSERT"}
    assert not {table for table, _ in granted} & {
        "credential",
        "user_session",
        "invitation",
        "recovery_code",
        "sign_in_attempt",
        "match_key",
        "public_request",
        "alembic_version",
    }
    assert {right for table, right in granted if table in ("role_held", "user_account", "role_permission")} == {
        "SELECT"
    }


ATTRIBUTES = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles"
OWNED = "SELECT relname FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = :app)"
MEMBER_OF = "SELECT m.roleid::text FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = :app"
MAY = """
    SELECT has_database_privilege(:app, current_database(), 'TEMP') AS temp,
           has_database_privilege(:app, current_database(), 'CREATE') AS create_schema,
           has_schema_privilege(:app, 'public', 'CREATE') AS create_table,
           has_schema_privilege(:app, 'public', 'USAGE') AS use
"""


def test_the_application_role_can_do_nothing_but_connect(app: Flask) -> None:
    with owner_session() as session:
        # A copied database has PostgreSQL's default rights, temporary tables among them: setting up takes them away.
        assert session.execute(text(MAY), {"app": APP}).one() == (True, False, False, True)
    setup.set_up(app)

    with owner_session() as session:
        assert session.execute(text(MAY), {"app": APP}).one() == (False, False, False, True)
        assert not any(session.execute(text(f"{ATTRIBUTES} WHERE rolname = :app"), {"app": APP}).one())
        assert found(session, OWNED) == []
        assert found(session, MEMBER_OF) == []


def test_routines_with_their_owners_rights_are_pinned_and_closed_to_others(app: Flask) -> None:
    with owner_session() as session:
        assert found(session, LOOSE_ROUTINES) == []
        assert len(found(session, "SELECT proname FROM pg_proc WHERE prosecdef")) >= 15

        body = "RETURNS int LANGUAGE sql SECURITY DEFINER"
        session.execute(text(f"CREATE FUNCTION unpinned() {body} AS 'SELECT 1'"))
        session.execute(text("REVOKE ALL ON FUNCTION unpinned() FROM PUBLIC"))
        session.execute(text(f"CREATE FUNCTION open_to_all() {body} SET search_path = public, pg_temp AS 'SELECT 1'"))
        assert sorted(found(session, LOOSE_ROUTINES)) == ["open_to_all", "unpinned"]


def test_who_is_acting_and_what_they_may_do_is_the_same_in_the_database(app: Flask) -> None:
    with owner_session() as session:
        kept = {(row.role, row.permission) for row in session.execute(text("SELECT * FROM role_permission"))}
        source = str(session.scalar(text("SELECT pg_get_functiondef('acting_session()'::regprocedure)")))

    assert kept == {(role.value, one.value) for role, permissions in ROLE_PERMISSIONS.items() for one in permissions}
    said = re.search(r"interval '(\d+) minutes'", source)
    assert said is not None
    assert timedelta(minutes=int(said[1])) == IDLE_LIMIT


def test_every_permission_that_a_policy_asks_for_exists(app: Flask) -> None:
    with owner_session() as session:
        policies = session.execute(
            text("SELECT concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy")
        ).scalars()
        sources = session.scalars(text("SELECT prosrc FROM pg_proc WHERE prosecdef"))
        asked = set(re.findall(r"acting_authority\('([^']+)'", " ".join([*policies, *sources])))

    assert asked
    assert asked <= {one.value for permissions in ROLE_PERMISSIONS.values() for one in permissions}


def test_the_models_and_the_migrations_say_the_same(app: Flask) -> None:
    with owner_session() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={
                "compare_type": True,
                "include_object": lambda _item, name, kind, *_: not (kind == "table" and name in NOT_RECORDS),
            },
        )
        assert compare_metadata(context, db.metadata) == []

        session.execute(text("ALTER TABLE person DROP COLUMN source_id"))
        assert compare_metadata(context, db.metadata)


CHECKED = """
    SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = CAST(:table AS regclass) AND conname = :name
"""


def test_every_word_of_a_vocabulary_passes_the_check_on_its_column_and_no_other(app: Flask) -> None:
    compared = 0
    with owner_session() as session:
        for table in db.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, Enum):
                    name = f"ck_{table.name}_{column.type.name}"
                    check = session.scalar(text(CHECKED), {"table": table.name, "name": name})
                    assert set(re.findall(r"'([^']+)'", str(check))) == set(column.type.enums), name
                    compared += 1
    assert compared > 10


@pytest.mark.parametrize("setting", sorted(embedded.QUIET_LOGS))
def test_the_embedded_server_writes_no_values_to_its_log(app: Flask, setting: str) -> None:
    with owner_session() as session:
        assert session.scalar(text("SELECT current_setting(:name)"), {"name": setting}) == embedded.QUIET_LOGS[setting]
