"""A word in every text of an allegation, looked for in all that others are answered and everywhere it is kept."""

import contextlib
import json
from pathlib import Path
from uuid import UUID

import pytest
from accounts import two_councils
from assurance import worlds
from assurance.conftest import FULL, Tell
from doors import visitor
from factories import accounts, allegations, jobs
from flask import Flask
from sealed_columns import columns_with, sealed_columns
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from licensing.db import Base
from licensing.permissions import Role
from licensing.sealing import seal
from licensing.setup import owner_session

CANARY = "zyzzyvacanary"
EVERY = 1 if FULL else 9
SAMPLE = (Role.LICENSING_OFFICER, Role.AUDITOR)
# What a recipient may read, and what a council made its own record by relying on it.
RELEASED = {("case_release", "content_sealed"), ("relied_item", "content_sealed")}


def plant() -> set[tuple[str, str]]:
    """The word into every sealed column of the room, in every row there is; returns the columns that now hold it."""
    models = {
        one.class_.__tablename__: one.class_
        for one in Base.registry.mappers
        if one.class_.__module__.startswith("licensing.allegations.")
    }
    planted = set()
    with owner_session() as session:
        for table, column in sealed_columns("allegations") - RELEASED:
            words = _written(table, column)
            for row_id in session.scalars(text(f"SELECT id FROM {table}")).all():
                value = seal(models[table], column, row_id, words)
                given = {"value": value, "id": row_id}
                with contextlib.suppress(IntegrityError), session.begin_nested():  # what only an ended row may hold
                    session.execute(text(f"UPDATE {table} SET {column} = :value WHERE id = :id"), given)
                    planted.add((table, column))
        session.commit()
    return planted


def _written(table: str, column: str) -> str:
    """The word, in the form in which the column is read."""
    if (table, column) == ("lado_case", "subject_sealed"):
        return json.dumps({"name": CANARY, "person_id": None, "date_of_birth": None, "described": CANARY})
    return json.dumps({"words": CANARY})


def test_no_word_of_an_allegation_is_anywhere_that_others_look(
    fast: Flask, tell: Tell, instance: Path, caplog: pytest.LogCaptureFixture
) -> None:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL, accounts.COUNTY)
    oxford, cherwell = two_councils.fill(accounts.OXFORD), two_councils.fill(accounts.CHERWELL)
    allegations.fill(accounts.COUNTY, oxford.person_id, allegations.officer())
    planted = plant()
    assert len(planted) > 15
    assert columns_with(CANARY, planted) == planted
    roles = [role for role in Role if role is not Role.DESIGNATED_OFFICER] if FULL else SAMPLE
    people = [visitor(fast, role) for role in roles]
    worlds.stepped_up(fast)
    told = worlds.answers(fast, people, (oxford, cherwell), EVERY)
    jobs.do_all(fast)
    files = _files(instance)
    assert "postgres/log" in {where for where, _ in files}
    kept = [*worlds.everything(fast), *files, ("log", caplog.text)]
    found = [f"{one.who} {one.asked}" for one in told if CANARY in one.words]
    found += [where for where, words in kept if CANARY in words or CANARY.encode().hex() in words]
    # The broken build: a name on the register that is the word, which officers do read.
    with owner_session() as session:
        session.execute(text("UPDATE person SET family_name = :word WHERE id = :id"), _named(oxford.person_id))
        session.commit()
    control = [one for one in worlds.answers(fast, people[:1], (oxford, cherwell)) if CANARY in one.words]
    tell(
        "Canaries in every text of allegations: in answers to others, database, files, logs",
        count=len(told) + len(kept),
        unexpected=found,
        control=len(control),
    )


def _named(person_id: UUID) -> dict[str, object]:
    return {"word": CANARY, "id": person_id}


def _files(instance: Path) -> list[tuple[str, str]]:
    """The mail that was written, and the database server's own log."""
    return [
        (str(one.relative_to(instance)), one.read_text(errors="replace"))
        for one in instance.rglob("*")
        if one.is_file() and (one.name == "log" or one.suffix in (".eml", ".log", ".txt", ".csv"))
    ]
