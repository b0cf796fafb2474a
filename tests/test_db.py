"""Writing many rows at once, with the types of every column that is written so."""

import subprocess
import sys
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from factories import accounts, register
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing.accounts.acting import who_is_acting
from licensing.db import act_as, acting_as, db, insert_many, update_many
from licensing.driver_check import changes
from licensing.driver_check.asking import Asked
from licensing.driver_check.models import CheckResult
from licensing.driver_check.rules import Purpose
from licensing.matching.bands import Band
from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.register.events import EventKind, NameKind, RelevantInformation
from licensing.register.models import LicenceEvent, Person, PersonIdentifier, PersonMatch, PersonName

# Records read and lost to a cycle, and the garbage collector set off at every moment of closing the session: with
# SQLAlchemy's own session this ends the process on CPython 3.11. In a process of its own, since the order in which a
# process first writes the attributes of a record's state decides.
CLOSED_WHILE_COLLECTING = """
import gc
from sqlalchemy import create_engine, event, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from licensing.db import KeepingSession

class Base(DeclarativeBase):
    pass

class Record(Base):
    __tablename__ = "record"
    id: Mapped[int] = mapped_column(primary_key=True)

def read(session):
    return list(session.scalars(select(Record)))

engine = create_engine("sqlite://")
event.listen(engine, "connect", lambda connection, _: connection.create_function("set_config", 3, lambda *_: ""))
Base.metadata.create_all(engine)
with engine.begin() as connection:
    connection.execute(insert(Record), [{"id": number} for number in range(300)])
first = KeepingSession(engine)
kept = read(first)
first.commit()
gc.freeze()
for moment in range(1, 900):
    gc.collect()
    gc.disable()
    session = KeepingSession(engine)
    lost = read(session)
    lost.append(lost)
    del lost
    gc.set_threshold(gc.get_count()[0] + moment, 10, 10)
    gc.enable()
    session.close()
"""

# Whatever may be in a text that PostgreSQL can hold. What stands for NULL on the way may be in it, not be all of it.
any_text = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=12)
texts = any_text | st.sampled_from(
    [
        "",
        " ",
        "NULL",
        "null",
        "\\N",
        "a\x1e",
        "\x1f",
        "a\x1fb",
        "{}",
        '{"a"}',
        "\\",
        '"',
        ",",
        "'",
        "\t",
        "\r\n",
        "None",
    ]
)
NOTHING_TO_COMPARE = {"names": [], "date_of_birth": None, "postcodes": [], "identifiers": [], "keys": []}


@pytest.fixture
def authority_id(app: Flask) -> UUID:
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    user = who_is_acting()
    assert user is not None
    return user.authority.id


def a_person(authority_id: UUID, **changed: Any) -> dict[str, Any]:
    person_id = uuid4()
    return {
        "id": person_id,
        "authority_id": authority_id,
        "reference": f"P-{person_id.hex}",
        "source_id": None,
        "given_names": "Anna",
        "family_name": "Sample",
        "sort_name": "sample anna",
        "date_of_birth": date(1990, 2, 1),
        **changed,
    }


def test_no_rows_are_no_statement(app: Flask) -> None:
    insert_many(Person, [])
    update_many(Person, [])
    assert not db.session().in_transaction()


def test_texts_dates_and_nothing_are_written_as_they_are(authority_id: UUID) -> None:
    rows = [
        a_person(authority_id),
        a_person(authority_id, source_id="S/1", given_names="", date_of_birth=None),
        a_person(authority_id, source_id="", given_names='Łucja, "O\'Sample" {Şahin}\n\\N', date_of_birth=date.min),
    ]
    insert_many(Person, rows)
    for row in rows:
        kept = db.session.get_one(Person, row["id"])
        assert {name: getattr(kept, name) for name in row} == row


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, min_size=1, max_size=4))
def test_any_text_comes_back_as_it_went(authority_id: UUID, names: list[str]) -> None:
    rows = [a_person(authority_id, given_names=name) for name in names]
    insert_many(Person, rows)
    found = select(Person.given_names).where(Person.id.in_([row["id"] for row in rows]))
    assert sorted(db.session.scalars(found)) == sorted(names)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(texts, max_size=3), st.lists(st.integers(-(2**63), 2**63 - 1), max_size=3))
def test_lists_come_back_as_they_went(authority_id: UUID, names: list[str], numbers: list[int]) -> None:
    rows = [a_person(authority_id), a_person(authority_id)]
    insert_many(Person, rows)
    full = {**NOTHING_TO_COMPARE, "names": names, "date_of_birth": date(1990, 2, 1), "identifiers": numbers}
    ids = [row["id"] for row in rows]
    matches = [
        {"person_id": person_id, "authority_id": authority_id, **values}
        for person_id, values in zip(ids, (full, NOTHING_TO_COMPARE), strict=True)
    ]
    insert_many(PersonMatch, matches)
    for match in matches:
        kept = db.session.get_one(PersonMatch, match["person_id"])
        assert {name: getattr(kept, name) for name in match} == match


def test_bytes_large_numbers_words_and_yes_or_no_are_written_as_they_are(authority_id: UUID) -> None:
    person = a_person(authority_id)
    insert_many(Person, [person])
    sealed = bytes(range(256))
    shared = {"authority_id": authority_id, "person_id": person["id"]}
    identifiers = [
        {"id": uuid4(), **shared, "kind": kind, "sealed": sealed, "lookup": lookup}
        for kind, lookup in ((IdentifierKind.NI_NUMBER, -(2**63)), (IdentifierKind.DRIVER_NUMBER, 2**63 - 1))
    ]
    insert_many(PersonIdentifier, identifiers)
    for row in identifiers:
        kept = db.session.get_one(PersonIdentifier, row["id"])
        assert (bytes(kept.sealed), kept.kind, kept.lookup) == (sealed, row["kind"], row["lookup"])
    name = {"id": uuid4(), **shared, "kind": NameKind.ALIAS, "given_names": "", "family_name": ""}
    insert_many(PersonName, [{**name, "from_on": None, "until_on": date(2026, 1, 1)}])
    assert db.session.get_one(PersonName, name["id"]).kind is NameKind.ALIAS


def test_events_and_results_of_checks_are_written_as_they_are(app: Flask) -> None:
    person_id = register.add(register.KHAN, accounts.OXFORD)
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    user = who_is_acting()
    assert user is not None
    licence_id = db.session.scalars(select(LicenceEvent.licence_id)).first()
    undated = dict.fromkeys(("decided_on", "notified_on", "effective_on", "ends_on", "starts_on", "expires_on"))
    event = {
        "id": uuid4(),
        "authority_id": user.authority.id,
        "licence_id": licence_id,
        "kind": EventKind.SUSPENDED,
        **undated,
        "immediate": True,
        "relevant_information": RelevantInformation.PARTLY,
    }
    insert_many(LicenceEvent, [event, {**event, "id": uuid4(), "immediate": False}])
    kept = db.session.get_one(LicenceEvent, event["id"])
    assert (kept.immediate, kept.relevant_information) == (True, RelevantInformation.PARTLY)
    assert kept.recorded_at is not None
    check_id = changes.open_check(user, Asked(family_name="Khan"), Purpose.RENEWAL, "none yet")
    result = {"check_id": check_id, "number": 0, "authority_id": user.authority.id, "person_id": person_id}
    insert_many(CheckResult, [{**result, "rank": 1, "band": Band.STRONG, "probability": 0.123456789012345}])
    assert db.session.scalars(select(CheckResult.probability)).one() == 0.123456789012345


def test_rows_are_updated_by_their_key_and_no_others(authority_id: UUID) -> None:
    rows = [a_person(authority_id) for _ in range(3)]
    insert_many(Person, rows)
    changed = [{"id": row["id"], "given_names": f"Name {n}", "source_id": None} for n, row in enumerate(rows[:2])]
    update_many(Person, changed)
    db.session.expire_all()
    assert [db.session.get_one(Person, row["id"]).given_names for row in rows] == ["Name 0", "Name 1", "Anna"]
    shared = {"authority_id": authority_id, **NOTHING_TO_COMPARE, "names": ["a/b"]}
    insert_many(PersonMatch, [{"person_id": row["id"], **shared} for row in rows])
    update_many(PersonMatch, [{"person_id": rows[0]["id"], "names": [], "identifiers": [7]}], key="person_id")
    assert db.session.get_one(PersonMatch, rows[0]["id"]).identifiers == [7]
    assert db.session.get_one(PersonMatch, rows[1]["id"]).names == ["a/b"]


def test_many_rows_at_once_are_still_under_row_level_security(authority_id: UUID) -> None:
    theirs = accounts.authority_id(accounts.CHERWELL)
    with pytest.raises(DBAPIError, match="row-level security"):
        insert_many(Person, [a_person(authority_id), a_person(theirs)])
    db.session.rollback()
    assert db.session.scalars(select(Person)).all() == []


def test_nobody_sees_or_writes_anything(app: Flask) -> None:
    register.add(register.PLAIN, accounts.OXFORD)
    act_as("")
    assert db.session.scalars(select(Person)).all() == []
    with pytest.raises(DBAPIError, match="row-level security"):
        insert_many(Person, [a_person(accounts.authority_id(accounts.OXFORD))])
    db.session.rollback()


def test_whoever_acts_within_acts_no_longer_after(app: Flask) -> None:
    register.add(register.PLAIN, accounts.OXFORD)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        assert len(db.session.scalars(select(Person)).all()) == 1
    assert db.session.scalars(select(Person)).all() == []
    assert db.session.scalar(text("SELECT current_setting('licensing.token', true)")) == ""


def test_a_session_is_closed_while_the_garbage_collector_frees_what_it_read() -> None:
    done = subprocess.run([sys.executable, "-c", CLOSED_WHILE_COLLECTING], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
