"""Setting up: safe to repeat, and refused where row-level security would not bind the application."""

import pytest
from factories import accounts
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import embedded, setup
from licensing.db import db
from licensing.permissions import ROLE_PERMISSIONS
from licensing.setup import SetupRefused, owner_session


def rows(statement: str) -> list[tuple[object, ...]]:
    with owner_session() as session:
        return [tuple(row) for row in session.execute(text(statement))]


def change(statement: str) -> None:
    with owner_session() as session:
        session.execute(text(statement))
        session.commit()


AUTHORITIES = "SELECT code, name, tier, agreement_reference FROM authority ORDER BY code"
PERMISSIONS = "SELECT role, permission FROM role_permission ORDER BY 1, 2"


def test_a_county_and_its_five_districts_are_there_without_agreements(app: Flask) -> None:
    found = rows(AUTHORITIES)
    assert [code for code, *_ in found] == [
        accounts.CHERWELL,
        accounts.OXFORD,
        accounts.SOUTH,
        accounts.VALE,
        accounts.WEST,
        accounts.COUNTY,
    ]
    assert [tier for _, _, tier, _ in found] == ["district"] * 5 + ["county"]
    assert {agreement for *_, agreement in found} == {None}


def test_repeating_changes_nothing_that_people_recorded(app: Flask) -> None:
    accounts.agree(accounts.OXFORD)
    before = rows(AUTHORITIES), rows(PERMISSIONS)
    setup.set_up(app)
    assert (rows(AUTHORITIES), rows(PERMISSIONS)) == before


def test_repeating_puts_the_permissions_and_missing_authorities_right(app: Flask) -> None:
    before = rows(AUTHORITIES), rows(PERMISSIONS)
    change("INSERT INTO role_permission (role, permission) VALUES ('briefing_reader', 'register.read')")
    change("DELETE FROM role_permission WHERE role = 'auditor'")
    change("DELETE FROM course_acceptance WHERE authority_id = (SELECT id FROM authority WHERE code = 'E07000181')")
    change("DELETE FROM authority WHERE code = 'E07000181'")
    assert (rows(AUTHORITIES), rows(PERMISSIONS)) != before
    setup.set_up(app)
    assert (rows(AUTHORITIES), rows(PERMISSIONS)) == before
    assert len(rows(PERMISSIONS)) == sum(map(len, ROLE_PERMISSIONS.values()))


@pytest.mark.parametrize("role", ["postgres", embedded.OWNER_ROLE])
def test_a_role_that_policies_would_not_bind_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    unbound = embedded.as_role(app.config["SUPERUSER_URL"], role, embedded.DATABASE)
    monkeypatch.setitem(app.config, "DATABASE_URL", unbound)
    with pytest.raises(SetupRefused, match="row-level security would not bind it"):
        setup.set_up(app)


def test_the_command_says_why_it_refused_and_what_to_change(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.test_cli_runner().invoke(args=["setup"]).output == "The database is set up.\n"
    monkeypatch.setitem(app.config, "DATABASE_URL", app.config["DATABASE_OWNER_URL"])
    result = app.test_cli_runner().invoke(args=["setup"])
    assert result.exit_code == 1
    assert f"The role {embedded.OWNER_ROLE} in DATABASE_URL must be another than the owner's" in result.output


def test_statements_and_forgotten_transactions_of_the_application_are_limited(app: Flask) -> None:
    ((settings,),) = rows(f"SELECT rolconfig FROM pg_roles WHERE rolname = '{embedded.APP_ROLE}'")
    assert isinstance(settings, list)
    ((version,),) = rows("SELECT current_setting('server_version_num')::int")
    limits = setup.APP_LIMITS | (setup.APP_LIMITS_OF_17 if int(str(version)) >= 170_000 else {})
    assert set(settings) == {f"{name}={value}" for name, value in limits.items()}


def test_the_application_cannot_count_what_it_cannot_read_by_the_servers_statistics(app: Flask) -> None:
    for counted in (
        "SELECT n_tup_ins FROM pg_stat_user_tables",
        "SELECT n_tup_ins FROM pg_stat_xact_user_tables",
        "SELECT idx_scan FROM pg_stat_user_indexes",
        "SELECT heap_blks_read FROM pg_statio_user_tables",
        "SELECT pg_stat_get_live_tuples('lado_case'::regclass)",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            db.session.execute(text(counted))
        db.session.rollback()
