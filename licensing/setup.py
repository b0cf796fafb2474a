"""Setting a database up: roles, migrations, reference data. Safe to repeat."""

import csv
from datetime import date
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Any
from uuid import uuid4

import flask_migrate
from flask import Flask, current_app
from sqlalchemy import Engine, create_engine, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.pool import NullPool, Pool

from licensing import embedded
from licensing.accounts.models import Authority, RolePermission
from licensing.accounts.rules import Tier, functions_of
from licensing.db import KeepingSession
from licensing.permissions import ROLE_PERMISSIONS

# What could run away is stopped: the application's statements and forgotten transactions.
# A page's short queries carry many policies, whose cost looks high: compiling them would take longer than the answer.
APP_LIMITS = {"statement_timeout": "60s", "idle_in_transaction_session_timeout": "120s", "jit": "off"}
# From PostgreSQL 17 on also a transaction that is kept alive; the longest job takes minutes.
APP_LIMITS_OF_17 = {"transaction_timeout": "1h"}

# Features with reference data of their own, found by name: setting up knows no feature.
WITH_REFERENCE_DATA = (
    "licensing.deadlines.reference",
    "licensing.disruption.reference",
    "licensing.jobs.reference",
    "licensing.signals.reference",
    "licensing.training.reference",
    "licensing.vetting.reference",
)


class SetupRefused(Exception):
    """The database cannot be set up as asked; the message says what to change."""


def set_up(app: Flask) -> None:
    """Bring the database from wherever it is to what this version needs."""
    with app.app_context():
        owner, application = make_url(app.config["DATABASE_OWNER_URL"]), make_url(app.config["DATABASE_URL"])
        if "SUPERUSER_URL" in app.config:
            make_embedded_database(app.config["SUPERUSER_URL"], str(owner.database))
        _make_app_role(application)
        flask_migrate.upgrade(directory=migrations_folder(app))
        write_reference_data()


def migrations_folder(app: Flask) -> str:
    return str(Path(app.root_path).parent / "migrations")


def owner_engine() -> Engine:
    """The owner's engine, for what the application's role may not do. No connection outlives its use.

    Save where `OWNER_POOL` names a pool of SQLAlchemy's, as in tests, which connect as the owner many times.
    """
    config = current_app.config
    return _owner_engine(config["DATABASE_OWNER_URL"], config.get("OWNER_POOL", NullPool))


@cache
def _owner_engine(address: str, pool: type[Pool]) -> Engine:
    """One for each database: an engine learns the server's ways, and compiles statements, once."""
    return create_engine(address, poolclass=pool)


def owner_session() -> KeepingSession:
    """A session as the owner; use as a context manager and commit."""
    return KeepingSession(owner_engine())


def make_embedded_database(superuser: str, database: str) -> None:
    """The embedded server's two roles and its database, with sorting that is the same on every machine."""
    engine = create_engine(superuser, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting, value in embedded.QUIET_LOGS.items():
            connection.execute(text(f"ALTER SYSTEM SET {setting} = '{value}'"))
        connection.execute(text("SELECT pg_reload_conf()"))
        _ensure_role(connection, embedded.OWNER_ROLE, "LOGIN CREATEROLE")
        _ensure_role(connection, embedded.APP_ROLE, "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
        _limit_app_role(connection, embedded.APP_ROLE)
        if not connection.scalar(text("SELECT true FROM pg_database WHERE datname = :name"), {"name": database}):
            connection.execute(text(_create_database(connection, database)))
    _hide_counters(embedded.as_role(superuser, "postgres", database))


def _hide_counters(superuser: str) -> None:
    """What the server counts of each table is no role's to read but a monitor's."""
    with create_engine(superuser, poolclass=NullPool).begin() as connection:
        connection.execute(text(resources.files("licensing").joinpath("hide_counters.sql").read_text("utf-8")))


def _create_database(connection: Connection, database: str) -> str:
    locale = "LOCALE_PROVIDER builtin LOCALE 'C.UTF-8'" if _version(connection) >= 170_000 else "LC_COLLATE 'C'"
    return f"CREATE DATABASE \"{database}\" OWNER {embedded.OWNER_ROLE} TEMPLATE template0 ENCODING 'UTF8' {locale}"


def _version(connection: Connection) -> int:
    """The server's, as 170002."""
    return int(connection.scalar(text("SHOW server_version_num")) or 0)


def _ensure_role(connection: Connection, role: str, attributes: str) -> None:
    if not connection.scalar(text("SELECT true FROM pg_roles WHERE rolname = :name"), {"name": role}):
        connection.execute(text(f'CREATE ROLE "{role}" {attributes}'))


def _limit_app_role(connection: Connection, role: str) -> None:
    limits = APP_LIMITS | (APP_LIMITS_OF_17 if _version(connection) >= 170_000 else {})
    for setting, value in limits.items():
        connection.execute(text(f"ALTER ROLE \"{role}\" SET {setting} = '{value}'"))


def _make_app_role(application: URL) -> None:
    """Make the application's role where the owner may, and refuse one that row-level security would not bind."""
    role = str(application.username)
    with owner_engine().connect() as connection:
        if not connection.scalar(text("SELECT true FROM pg_roles WHERE rolname = :name"), {"name": role}):
            password = str(application.password or "").replace("'", "''")
            connection.execute(text(f"CREATE ROLE \"{role}\" LOGIN NOBYPASSRLS PASSWORD '{password}'"))
            _limit_app_role(connection, role)
        unbound, owner = connection.execute(
            text("SELECT rolsuper OR rolbypassrls, rolname = current_user FROM pg_roles WHERE rolname = :name"),
            {"name": role},
        ).one()
        if unbound or owner:
            raise SetupRefused(
                f"The role {role} in DATABASE_URL must be another than the owner's, "
                "without SUPERUSER and BYPASSRLS: row-level security would not bind it."
            )
        database = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f'REVOKE TEMP, CREATE ON DATABASE "{database}" FROM PUBLIC'))
        connection.execute(text(f'GRANT CONNECT ON DATABASE "{database}" TO "{role}"'))
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
        connection.execute(text(f'GRANT USAGE ON SCHEMA public TO "{role}"'))
        connection.commit()


def write_reference_data() -> None:
    """Authorities that are missing, and the roles' permissions as licensing/permissions.py has them now."""
    with owner_session() as session:
        known = set(session.scalars(select(Authority.code)))
        session.add_all(authority for authority in _authorities() if authority.code not in known)
        session.execute(delete(RolePermission))
        session.execute(insert(RolePermission), _role_permissions())
        session.flush()
        for feature in WITH_REFERENCE_DATA:
            import_module(feature).write(session)
        session.commit()


def _role_permissions() -> list[dict[str, Any]]:
    return [
        {"role": role, "permission": permission}
        for role, permissions in sorted(ROLE_PERMISSIONS.items())
        for permission in sorted(permissions)
    ]


def _authorities() -> list[Authority]:
    listing = resources.files("licensing.accounts") / "authorities.csv"
    with listing.open(encoding="utf-8") as lines:
        return [
            new_authority(row["code"], row["name"], Tier(row["tier"]), date.fromisoformat(row["valid_from"]))
            for row in csv.DictReader(lines)
        ]


def new_authority(
    code: str, name: str, tier: Tier, valid_from: date, *, contact: str = "", email: str = "", phone: str = ""
) -> Authority:
    """An authority that takes part; its records are searched by others once its sharing agreement is recorded."""
    return Authority(
        id=uuid4(),
        code=code,
        name=name,
        tier=tier,
        functions=list(functions_of(tier)),
        licensing_contact=contact,
        licensing_email=email,
        licensing_phone=phone,
        valid_from=valid_from,
    )
