"""Searches, entries, requests and what was disclosed go with a person who is merged, and come back with them."""

from factories import accounts, register, sharing
from flask import Flask
from sharing.exchanging import REVOKED, driver
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session

TABLES = ("nr3s_search", "nr3s_entry", "request_out", "request_in", "disclosure")


def whose() -> set[str]:
    """Every person whom a row of these tables is about."""
    with owner_session() as session:
        found = " UNION ALL ".join(f"SELECT '{one}' AS name, person_id FROM {one}" for one in TABLES)
        rows = session.execute(text(found)).all()
    assert {row.name for row in rows} == set(TABLES)
    return {str(row.person_id) for row in rows if row.person_id}


def test_what_is_shared_about_a_person_goes_with_a_merge_and_comes_back(app: Flask) -> None:
    merged = register.add(driver(REVOKED), accounts.OXFORD)
    kept = register.add(register.PLAIN, accounts.OXFORD)
    with owner_session() as session:
        licence_id = session.scalar(text("SELECT id FROM licence WHERE person_id = :id"), {"id": merged})
    sharing.shared(accounts.OXFORD, merged, licence_id)
    assert whose() == {str(merged)}
    merge_id = register.merge(accounts.OXFORD, kept, merged, accounts.user(Role.LICENSING_OFFICER))
    assert whose() == {str(kept)}
    register.unmerge(accounts.OXFORD, merge_id)
    assert whose() == {str(merged)}
