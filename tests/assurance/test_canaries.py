"""A word in every text of an allegation, looked for in all that others are answered and everywhere it is kept."""

import inspect
import json
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from accounts import two_councils
from accounts.two_councils import Council
from assurance import cast, ways, worlds
from doors import Visitor, visitor
from factories import accounts, allegations, jobs
from flask import Flask, current_app
from sealed_columns import columns_with, plain_columns, sealed_columns
from sqlalchemy import text
from telling import FULL, Tell

from licensing.allegations.decided import Named
from licensing.allegations.released import Content
from licensing.allegations.words_of_sharing import ReleaseKind
from licensing.audit.rules import ObjectKind
from licensing.db import Base
from licensing.keys import FieldKeys
from licensing.permissions import Permission, Role, permissions_of
from licensing.register.drafts import DraftKind
from licensing.returns import presenting as returns
from licensing.sealing import seal
from licensing.setup import owner_session

ROOM = "allegations"
# A word for what nobody else reads, sealed or plain; one for what its recipient reads; one for what a council made its
# own record by relying on it, which its casework reads where the decision is; one for what was noticed of reading, for
# the independent reviewer.
HIDDEN, PLAIN, RELEASED, RELIED = "zyzzyvahidden", "zyzzyvaplain", "zyzzyvareleased", "zyzzyvarelied"
NOTICED = "zyzzyvanoticed"
CANARIES = (HIDDEN, PLAIN, RELEASED, RELIED, NOTICED)
BY_COLUMN = {
    ("case_release", "content_sealed"): RELEASED,
    ("named_decision", "object_sealed"): RELEASED,
    ("relied_item", "content_sealed"): RELIED,
    ("reading_alert", "words_sealed"): NOTICED,
    ("reading_alert", "actor_name"): NOTICED,
}
READ_BY_REVIEWER = ("allegations.list_trail", "allegations.acknowledge_noticed")
READ_BY_RECIPIENT = "allegations.show_released"
READ_BY_CASEWORK = "suitability.show_consideration"
EVERY = 1 if FULL else 13
SAMPLE = (Role.LICENSING_OFFICER, Role.AUDITOR)
# What only a row that is over may hold.
ENDED = (
    "UPDATE case_release SET ended_at = now(), ended_sealed = '' WHERE id = :sent",
    "UPDATE case_action SET done_on = current_date, done_sealed = ''",
    "UPDATE reading_alert SET acknowledged_at = now(), acknowledged_by = actor_id, words_sealed = ''",
    "UPDATE case_duty SET state = 'done', settled_on = current_date, words_sealed = ''",
)


def plant() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The words into every column of the room, in every row there is; the sealed and the plain ones that hold one."""
    models: dict[str, Any] = {
        one.class_.__tablename__: one.class_
        for one in Base.registry.mappers
        if one.class_.__module__.startswith(f"licensing.{ROOM}.")
    }
    with owner_session() as session:
        for table, column in sealed_columns(ROOM):
            words = _written(table, column)
            for row_id in session.scalars(text(f"SELECT id FROM {table} WHERE {_may_hold(table, column)}")).all():
                given = {"value": seal(models[table], column, row_id, words), "id": row_id}
                session.execute(text(f"UPDATE {table} SET {column} = :value WHERE id = :id"), given)
        for table, column in plain_columns(ROOM):
            for at, row in enumerate(session.scalars(text(f"SELECT ctid::text FROM {table}")).all()):
                given = {"value": f"{BY_COLUMN.get((table, column), PLAIN)}{at}", "row": row}
                session.execute(text(f"UPDATE {table} SET {column} = {_cast(column)} WHERE ctid = :row"), given)
                session.commit()  # a row that was changed stands elsewhere
        session.commit()
        plain = {
            (table, column)
            for table, column in plain_columns(ROOM)
            if session.scalar(text(f"SELECT count(*) FROM {table} WHERE {column}::text LIKE '%zyzzyva%'"))
        }
    _plant_what_is_begun()
    sealed = set().union(*(columns_with(word, sealed_columns(ROOM)) for word in CANARIES if word != PLAIN))
    return sealed, plain


def _plant_what_is_begun() -> None:
    """The word into what officers have begun to look for and to write, and into a form kept for one of them."""
    keys = current_app.config["KEYS"]
    with owner_session() as session:
        rows = session.execute(text("SELECT id, sealed FROM draft")).all()
        begun = [(row.id, *json.loads(keys.open(bytes(row.sealed), "draft", "sealed", row.id))) for row in rows]
        theirs = [one for one in begun if one[1] in (DraftKind.SUBJECT, DraftKind.RELEASE)]
        assert theirs
        for draft_id, kind, typed in theirs:
            kept = json.dumps([kind, {**typed, "name": HIDDEN, "answers": {"words": HIDDEN}}]).encode()
            given = {"kept": keys.seal(kept, "draft", "sealed", draft_id), "id": draft_id}
            session.execute(text("UPDATE draft SET sealed = :kept WHERE id = :id"), given)
        row_id, case_id = uuid4(), session.scalar(text("SELECT id FROM lado_case LIMIT 1"))
        form = (
            "INSERT INTO kept_form (id, user_id, path, sealed)"
            " SELECT :id, owner_id, :path, :sealed FROM lado_case WHERE id = :case"
        )
        sealed = keys.seal(json.dumps({"words": [HIDDEN]}).encode(), "kept_form", "sealed", row_id)
        path = f"/allegations/{case_id}/chronology/new"
        session.execute(text(form), {"id": row_id, "path": path, "sealed": sealed, "case": case_id})
        session.commit()


def _may_hold(table: str, column: str) -> str:
    """Which rows may hold words in a column."""
    return "ended_at IS NOT NULL" if (table, column) == ("case_release", "ended_sealed") else "true"


def _cast(column: str) -> str:
    return "ARRAY[:value]" if column == "limbs" else ":value"


def _written(table: str, column: str) -> str:
    """The word, in the form in which the column is read."""
    word = BY_COLUMN.get((table, column), HIDDEN)
    if column == "content_sealed":
        return Content(ReleaseKind.ITEM, word, word, word, words=word, source=word, sender=word).as_kept()
    if (table, column) == ("lado_case", "subject_sealed"):
        return json.dumps({"name": word, "person_id": None, "date_of_birth": None, "described": word})
    if column == "object_sealed":
        return Named(ObjectKind.DECISION, uuid4(), word).as_kept()
    return json.dumps({"words": word})


@pytest.fixture
def councils(fast: Flask) -> tuple[Council, Council]:
    """Two councils, of which one relies on what was released to it; and a case of the county's, with parts that ended.

    It is the county's case that is hidden: nothing of it was told to either.
    """
    accounts.agree(accounts.OXFORD, accounts.CHERWELL, accounts.COUNTY)
    oxford, cherwell = two_councils.fill(accounts.OXFORD), two_councils.fill(accounts.CHERWELL)
    county = allegations.fill(accounts.COUNTY, oxford.person_id, allegations.officer())
    ways.parts_of(county)
    relied = "UPDATE relied_item SET object_kind = 'consideration', object_id = :id WHERE relied_by = :officer"
    with owner_session() as session:
        session.execute(text(relied), {"id": oxford.consideration_id, "officer": oxford.officer})
        for statement in ENDED:
            session.execute(text(statement), {"sent": county.release_id})
        session.commit()
    return oxford, cherwell


def test_no_word_of_an_allegation_is_anywhere_that_others_look(
    fast: Flask,
    councils: tuple[Council, Council],
    tell: Tell,
    instance: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    oxford, _ = councils
    assert plant() == (sealed_columns(ROOM), plain_columns(ROOM))
    roles = [role for role in Role if role is not Role.DESIGNATED_OFFICER] if FULL else SAMPLE
    people = [visitor(fast, role) for role in roles]
    # A designated officer too, of an area that has no case.
    people.append(visitor(fast, Role.DESIGNATED_OFFICER, allegations.officer(accounts.SOUTH)))
    recipient = visitor(fast, Role.LICENSING_OFFICER, oxford.officer)
    worlds.stepped_up(fast)
    told = worlds.answers(fast, people, councils, EVERY) + [one for each in of_returns(fast) for one in each]
    own = list(of_recipient(fast, recipient, councils))
    assert {RELEASED, RELIED} <= {word for one in own for word in CANARIES if word in one.words}
    jobs.do_all(fast)
    files = _files(instance)
    assert "postgres/log" in {where for where, _ in files}
    found = [seen for one in told for seen in beyond(one)]
    found += [seen for one in own for seen in beyond(one, {RELEASED})]
    found += [*in_the_open(fast), *(where for where, words in [*files, ("log", caplog.text)] if _holds(words))]
    tell(
        "Canaries in every text of allegations: in answers to others, database, files, logs",
        count=len(told) + len(own) + len(worlds.everything(fast)) + len(files) + 1,
        unexpected=found,
        control=in_broken_builds(fast, people, oxford, monkeypatch),
    )


def of_returns(app: Flask) -> Iterator[list[worlds.Answer]]:
    """The workbooks of every role that can have one, opened; each is there."""
    for role in Role:
        if Permission.RETURNS in permissions_of({role}):
            books = worlds.workbooks(visitor(app, role))
            assert all(one.status == 200 and "About this file" in one.words for one in books), role
            yield books


def beyond(one: worlds.Answer, received: Set[str] = frozenset()) -> Iterator[str]:
    """The words in an answer beyond what was released to its reader, or what their council made its own record."""
    entitled = set(received) if READ_BY_RECIPIENT in one.asked else set()
    if READ_BY_CASEWORK in one.asked and one.role and Permission.CASEWORK in permissions_of({one.role}):
        entitled |= {RELIED}
    if one.role is Role.INDEPENDENT_REVIEWER and any(page in one.asked for page in READ_BY_REVIEWER):
        entitled |= {NOTICED, PLAIN}  # the trail says of which case, by its reference
    yield from (f"{one.who} {one.asked}: {word}" for word in CANARIES if word in one.words and word not in entitled)


def of_recipient(
    app: Flask, recipient: Visitor, councils: tuple[Council, Council], *, whole: bool = FULL
) -> Iterator[worlds.Answer]:
    """What somebody is answered to whom something was released: all of it, or the pages where it could be."""
    oxford, _ = councils
    if whole:
        yield from worlds.answers(app, [recipient], councils)
    for endpoint, address in (
        ("accounts.home", "/"),
        ("allegations.list_released", "/released"),
        (READ_BY_RECIPIENT, f"/released/{oxford.release_id}"),
        (READ_BY_CASEWORK, f"/considerations/{oxford.consideration_id}"),
        ("register.show_person", f"/people/{oxford.person_id}"),
        ("tasks.list_tasks", "/tasks"),
    ):
        yield worlds.answer(recipient, f"GET {endpoint}", recipient.browser.get(address))


def in_the_open(app: Flask) -> list[str]:
    """The tables that hold a word in the open; a plain one may stand in the columns where it was planted."""
    planted = {table for table, _ in plain_columns(ROOM)}
    return [
        table for table, row in worlds.everything(app) if any(_is_in(word, row) for word in _not_there(table, planted))
    ]


def _not_there(table: str, planted: set[str]) -> tuple[str, ...]:
    stands = ({PLAIN} if table in planted else set()) | ({NOTICED} if table == "reading_alert" else set())
    return tuple(word for word in CANARIES if word not in stands)


# Whoever meets anybody is told of every office how it is reached.
UNMASKED = """CREATE OR REPLACE FUNCTION flags_met(given_keys bytea[], given_through text, given_object uuid)
RETURNS TABLE (met bytea, council text, contact text) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT k.met, a.name, o.contact FROM lado_office o JOIN authority a ON a.id = o.authority_id
    CROSS JOIN LATERAL unnest(given_keys) AS k (met) $$"""


def in_broken_builds(
    app: Flask, people: list[Visitor], oxford: Council, monkeypatch: pytest.MonkeyPatch
) -> dict[str, int]:
    """How many words the same looking finds, by what was taken away."""
    officer, elsewhere = people[0], people[-1]

    def seen(one: Visitor, address: str) -> int:
        return len(list(beyond(worlds.answer(one, f"GET {address}", one.browser.get(address)))))

    with owner_session() as session:
        session.execute(text(UNMASKED))
        session.commit()
    found = {"whose flag it is": seen(officer, f"/people/{oxford.person_id}")}
    with cast.opened_policy("lado_case"):
        found["the policy of cases"] = seen(elsewhere, "/allegations")
        bare = inspect.unwrap(app.view_functions["allegations.show_case"])
        monkeypatch.setitem(app.view_functions, "allegations.show_case", bare)
        found["the lines under a route, and the policy"] = seen(officer, f"/allegations/{oxford.lado_case_id}")
    with monkeypatch.context() as patch:
        patch.setattr(returns, "about", lambda *_: [("What", HIDDEN)])
        books = [one for each in of_returns(app) for one in each]
        found["what is said of a workbook"] = sum(len(list(beyond(one))) for one in books)
    monkeypatch.setattr(FieldKeys, "seal", lambda _keys, words, *_where: words)
    allegations.advise(allegations.officer(), HIDDEN)
    return {**found, "sealing": len(in_the_open(app))}


def _holds(words: str) -> bool:
    return any(_is_in(word, words) for word in CANARIES)


def _is_in(word: str, words: str) -> bool:
    return word in words or word.encode().hex() in words


def _files(instance: Path) -> list[tuple[str, str]]:
    """The mail that was written, and the database server's own log."""
    return [
        (str(one.relative_to(instance)), one.read_text(errors="replace"))
        for one in instance.rglob("*")
        if one.is_file() and (one.name == "log" or one.suffix in (".eml", ".log", ".txt", ".csv"))
    ]
