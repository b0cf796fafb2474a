"""A database of the release before, with records in it, is brought to this one and loses nothing."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import flask_migrate
import pytest
from conftest import superuser
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from licensing import create_app, embedded, setup

PREVIOUS = "0005"
OLD = "licensing_of_the_release_before"

# One driver with a revocation, a place and a search, written as that release wrote them.
RECORDS = """
    INSERT INTO authority
        (id, code, name, tier, functions, licensing_contact, licensing_email, licensing_phone, valid_from)
    VALUES (:council, 'E07000178', 'Oxford City Council', 'district', '{driver_licensing}', '', '', '', '1974-04-01');
    INSERT INTO user_account (id, authority_id, email, name, status, is_sample)
    VALUES (:officer, :council, 'officer@example.org', 'Test Officer', 'active', false);
    INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :officer, 'licensing_officer');
    INSERT INTO person (id, authority_id, reference, given_names, family_name, sort_name)
    VALUES (:person, :council, 'P-0000-0001', 'Petra', 'Example', 'example petra');
    INSERT INTO licence (id, authority_id, person_id, kind, number, number_key)
    VALUES (:licence, :council, :person, 'dual_driver', 'DD/1', 'DD1');
    INSERT INTO licence_event (id, authority_id, licence_id, kind, decided_on, immediate, relevant_information)
    VALUES (gen_random_uuid(), :council, :licence, 'granted', '2024-01-01', false, 'not_recorded'),
           (gen_random_uuid(), :council, :licence, 'revoked', '2025-01-01', true, 'wholly');
    INSERT INTO licence_period (licence_id, from_on, until_on, authority_id, person_id, status)
    VALUES (:licence, '0001-01-01', '2025-01-01', :council, :person, 'in_force'),
           (:licence, '2025-01-01', '9999-12-31', :council, :person, 'revoked');
    INSERT INTO premises (id, authority_id, reference, name, sort_name, kind, address_lines, postcode)
    VALUES (gen_random_uuid(), :council, 'L-0000-0001', 'Sample Inn', 'sample inn', 'pub', '1 Sample Street', '');
    INSERT INTO draft (id, user_id, sealed) VALUES (gen_random_uuid(), :officer, 'sealed');
    INSERT INTO audit_entry (id, action, category, object_kind, object_id)
    VALUES (gen_random_uuid(), 'looked', 'records', 'person', :person);
"""
COUNTS = ("authority", "user_account", "role_held", "person", "licence", "licence_event", "licence_period", "premises")


@pytest.fixture
def old(only_app: Flask) -> Iterator[Flask]:
    """An application on a database of its own, brought as far as the release before."""
    server = only_app.config["SUPERUSER_URL"]
    settings = {name: value for name, value in only_app.config.items() if name.isupper()} | {
        "DATABASE_URL": embedded.as_role(server, embedded.APP_ROLE, OLD),
        "DATABASE_OWNER_URL": embedded.as_role(server, embedded.OWNER_ROLE, OLD),
    }
    app = create_app(settings)
    with app.app_context():
        setup.make_embedded_database(server, OLD)
        flask_migrate.upgrade(directory=setup.migrations_folder(app), revision=PREVIOUS)
        yield app
    superuser(only_app, f"DROP DATABASE {OLD} WITH (FORCE)")


def counted(app: Flask) -> dict[str, int]:
    engine = create_engine(app.config["DATABASE_OWNER_URL"], poolclass=NullPool)
    with engine.connect() as connection:
        return {table: connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in COUNTS}


def test_the_release_before_is_brought_to_this_one_with_everything_in_it(old: Flask) -> None:
    ids: dict[str, UUID] = {name: uuid4() for name in ("council", "officer", "person", "licence")}
    engine = create_engine(old.config["DATABASE_OWNER_URL"], poolclass=NullPool)
    with engine.begin() as connection:
        for statement in RECORDS.split(";\n"):
            if statement.strip():
                names = {name: value for name, value in ids.items() if f":{name}" in statement}
                connection.execute(text(statement), names)
    before = counted(old)

    setup.set_up(old)

    after = counted(old)
    assert {**after, "authority": before["authority"]} == before
    with engine.connect() as connection:
        told = text("SELECT kind, licence_kind FROM adverse_decision WHERE person_id = :person")
        assert connection.execute(told, {"person": ids["person"]}).one() == ("revoked", "dual_driver")
        head = connection.scalar(text("SELECT version_num FROM alembic_version"))
        standing = "SELECT count(*) FROM licence_event WHERE superseded_at IS NULL AND NOT irregular"
        assert connection.scalar(text(standing)) == 2
    assert head is not None
    assert head > PREVIOUS
    setup.set_up(old)  # and again: nothing more to do
    assert counted(old) == after
