"""What is said of people stands sealed in every table of this room, and in no audit entry, task or job."""

from accounts import two_councils
from factories import accounts
from factories.suitability import CANARY
from flask import Flask
from sqlalchemy import text

from licensing.db import db
from licensing.setup import owner_session


def places_of(words: str) -> list[str]:
    """The tables in which words stand, as text or as bytes."""
    found = []
    with owner_session() as session:
        for table in db.metadata.sorted_tables:
            rows = session.scalars(text(f'SELECT t::text FROM "{table.name}" t')).all()
            if any(words in row or words.encode().hex() in row for row in rows):
                found.append(table.name)
    return found


def test_narrative_is_readable_in_no_table(app: Flask) -> None:
    two_councils.fill(accounts.OXFORD)
    assert places_of(CANARY) == []
    with owner_session() as session:  # the walk finds what is not sealed
        session.execute(text("UPDATE complaint SET case_reference = :words"), {"words": CANARY})
        session.execute(text("UPDATE consideration SET closed_sealed = :words"), {"words": CANARY.encode()})
        session.commit()
    assert sorted(places_of(CANARY)) == ["complaint", "consideration"]
