"""A look is kept before anything is read: nothing is served without it, and it stays when the reader backs out."""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from assurance import cast, ways, worlds
from assurance.ways import Way
from factories import accounts, allegations, register
from flask import Flask
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session
from telling import FULL, Tell

from licensing.audit import changes as audit
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

# Something stands here of every table of the room: what a page says of any of it holds one of these.
MARKS = (
    allegations.WORDS,
    allegations.ADVISED,
    "Sample Subject",
    "Sample Football Club",
    allegations.CONTENT.title,
    "Sample Officer",
)
EVERY = 1 if FULL else 5
# What of the room holds no words of a case or of advice, but is changed on its pages.
BESIDES = ("lado_office", "case_access", "reading_alert")
TRAILS = ("restricted_entry", "audit_entry")
BROKEN = (
    "CREATE FUNCTION no_trail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$",
    *(
        f"CREATE TRIGGER a_no_trail BEFORE INSERT ON {trail} FOR EACH ROW EXECUTE FUNCTION no_trail()"
        for trail in TRAILS
    ),
)
MENDED = tuple(f"DROP TRIGGER a_no_trail ON {trail}" for trail in TRAILS)
# What forms ask that need no record to be read first, so that something is also sent that would be kept.
SAID = {
    "allegations.change_office": {"contact": "Another sample", "meeting_name": "Another"},
    "allegations.record_consultation": {
        "asked_on-day": "2",
        "asked_on-month": "6",
        "asked_on-year": "2026",
        "referrer_kind": "other",
        "sector": "sport",
        "question": "A sample",
        "advice": "A sample",
        "minutes": "20",
    },
    "allegations.add_setting": {"kind": "club", "name": "Sample", "place": "Sample"},
    "allegations.add_entry": {"kind": "call", "words": "A sample"},
    "allegations.answer_released": {"about": "none", "words": "A sample"},
}


class Office:
    """A case with something in each of its tables, its officer, and the person to whom something was released."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        recipient = accounts.user(Role.LICENSING_OFFICER)
        person = register.add(register.KHAN, accounts.OXFORD)
        filled = allegations.fill(accounts.OXFORD, person, recipient)
        self.owner, self.case_id = filled.lado_officer, filled.lado_case_id
        parts = ways.parts_of(filled)
        self.officer, self.recipient = browsers.of_user(app, self.owner), browsers.of_user(app, recipient)
        self.marks = (*MARKS, *references())
        worlds.stepped_up(app)
        around = list(ways.around(app, parts))
        self.of_case = list(ways.of_a_case(app, self.case_id, parts))
        self.reviewer = browsers.of_user(app, accounts.user(Role.INDEPENDENT_REVIEWER))
        self.of_reviewer = [one for one in around if "/noticed" in one[2]]
        self.of_office = [one for one in around if "/released" not in one[2] and "/noticed" not in one[2]]
        self.of_recipient = [one for one in around if "/released" in one[2]]

    def ways(self) -> Iterator[tuple[Browser, Way]]:
        """Everything that may be asked for, with who may ask."""
        yield from ((self.recipient, one) for one in self.of_recipient)
        yield from ((self.reviewer, one) for one in self.of_reviewer)
        yield from ((self.officer, one) for one in [*self.of_case, *self.of_office])


def ask(browser: Browser, way: Way) -> str:
    """What a page says."""
    endpoint, method, address = way
    data = SAID.get(endpoint, {}) if method == "POST" else None
    return browser.open(address, method=method, data=data).text


def is_shown(office: Office, page: str) -> bool:
    return any(mark in page for mark in office.marks)


def references() -> list[str]:
    """How everything here is called."""
    with owner_session() as session:
        tables = ("lado_case", "lado_consultation", "assured_setting")
        found = " UNION ALL ".join(f"SELECT reference FROM {table}" for table in tables)
        return list(session.scalars(text(found)))


def broken_trail(*statements: str) -> None:
    with owner_session() as session:
        for statement in statements:
            session.execute(text(statement))
        session.commit()


def kept_rows(session: Session) -> str:
    """A fingerprint of everything that the room keeps."""
    rows = " UNION ALL ".join(f"SELECT t::text AS row FROM {table} t" for table in (*cast.ROOM, *BESIDES))
    found: str = session.scalar(text(f"SELECT md5(string_agg(row, '' ORDER BY row)) FROM ({rows}) r"))
    session.rollback()
    return found


def served(office: Office, asked: list[tuple[Browser, Way]]) -> list[str]:
    """What of these is shown, or done."""
    found: list[str] = []
    with owner_session() as session:
        before = kept_rows(session)
        for browser, way in asked:
            name, page = way[0].split(".")[1], ask(browser, way)
            found += [f"{name}: shown"] if is_shown(office, page) else []
            if way[1] == "POST" and (after := kept_rows(session)) != before:
                found.append(f"{name}: done")
                before = after
    return found


def rows_by_sql(office: Office) -> list[str]:
    """What a statement of the officer's own reads, without a look."""
    with acting_as(accounts.open_session(office.owner)):
        rows = db.session.scalar(text("SELECT count(*) FROM case_entry")) or 0
        db.session.rollback()
    return [f"{rows} rows by SQL"] if rows else []


# Pages on which no word of a record stands: what is begun, chosen, counted or asked before one is opened, ...
SHOW_NOTHING = {
    "add_setting",
    "answer_released",
    "begin",
    "begin_from_concern",
    "change_office",
    "list_released",
    "name_decision",
    "open_in_emergency",
    "record_consultation",
    "rely",
    "say_purpose",
    "show_report",
}
# ... and those that lead on, or are not there, while a case is open and nobody is named in it.
NOT_NOW = {"check_release", "end_access", "keep_longer", "open_again", "review_access", "save_step"}
# Pages that read nothing which a look would have to open.
READ_NOTHING = {
    "acknowledge",  # a procedure does it, which asks for the look itself
    "acknowledge_noticed",  # what was noticed of reading is no record of a case
    "add_setting",
    "begin",
    "begin_from_concern",
    "change_office",
    "open_in_emergency",
    "record_consultation",
    "say_purpose",
}
# What is sent here and done where the trail can be written, so that it is not refused for another reason.
DOES = {"acknowledge", "add_person", "add_setting", "answer_released", "begin", "change_office", "record_consultation"}


def test_nothing_is_served_or_done_when_the_look_cannot_be_kept(
    fast: Flask, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(fast)
    asked = list(office.ways())
    pages = [(browser, way) for browser, way in asked if way[1] == "GET"]
    shown = {one.split(":")[0] for one in served(office, pages)}
    assert {way[0].split(".")[1] for _, way in pages} - shown == SHOW_NOTHING | NOT_NOW
    broken_trail(*BROKEN)
    unexpected = served(office, asked) + rows_by_sql(office)
    control = served_by_broken_builds(office, monkeypatch)
    broken_trail(*MENDED)
    live = served(office, [(browser, way) for browser, way in asked if way[1] == "POST"])
    assert {f"{one}: done" for one in DOES} <= set(live)
    tell(
        "Pages and forms while the trail cannot be written: served, or done",
        count=len(asked),
        unexpected=unexpected,
        control=control,
    )


def served_by_broken_builds(office: Office, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The same while a wall is missing, by which."""
    views, found = office.app.view_functions, {}
    case = [(office.officer, one) for one in office.of_case if one[0] == "allegations.show_case"]
    with monkeypatch.context() as patch, cast.opened_policy("lado_case"):
        patch.setitem(views, "allegations.show_case", inspect.unwrap(views["allegations.show_case"]))
        found["the lines under a route, and the policy"] = len(served(office, case))
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", lambda *_, **__: None)
        recorded = [(office.officer, one) for one in office.of_office if one[0] == "allegations.record_consultation"]
        found["the entry of what is done"] = len(served(office, recorded))
    return found


# A statement that reads what a look, or a list, opens; the trail is read to ask for a purpose, and by its own page.
READS = re.compile(rf"\b(?:FROM|JOIN) (?:{'|'.join(cast.ROOM)})\b|\b(?:releases_held|lado_due|lado_figures)\(")
READS_TRAIL = re.compile(r"\bFROM restricted_entry\b")


def roll_back(_connection: Connection) -> None:
    """The request fails, and with it its transaction."""


def drop(connection: Connection) -> None:
    connection.invalidate()


@contextmanager
def broken_off(reads: re.Pattern[str], way: Callable[[Connection], None]) -> Iterator[list[str]]:
    """The reader is gone as soon as a record is asked for; what was asked then."""
    reached: list[str] = []

    def leave(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not reached and reads.search(statement):
            reached.append(statement)
            way(connection)
            raise ConnectionAbortedError("the reader is gone")

    event.listen(db.engine, "before_cursor_execute", leave)
    try:
        yield reached
    finally:
        event.remove(db.engine, "before_cursor_execute", leave)


def looks_since(session: Session, number: int) -> tuple[int, list[tuple[str, UUID | None]]]:
    """The last entry of the trail, and the looks and lists that it keeps since an earlier one."""
    found = text("SELECT number, action, object_id FROM restricted_entry WHERE number > :last ORDER BY number")
    rows = session.execute(found, {"last": number}).all()
    return max((row.number for row in rows), default=number), [
        (row.action, row.object_id) for row in rows if row.action in ("looked", "listed")
    ]


def is_kept(way: Way, looks: list[tuple[str, UUID | None]]) -> bool:
    """Whether these are of what the address names, or of a list where it names nothing."""
    named = ways.ids_in(way[2])
    return any(one in named if named else action == "listed" for action, one in looks)


def unkept(asked: list[tuple[Browser, Way]], *hows: Callable[[Connection], None]) -> tuple[list[str], list[str]]:
    """The pages that had begun to read when their reader was gone, and those of them of which no look is kept.

    Each by the next way of leaving.
    """
    begun, found = [], []
    with owner_session() as session:
        last, _ = looks_since(session, 0)
        for (browser, way), how in zip(asked, cycle(hows), strict=False):
            with broken_off(READS_TRAIL if way[0] == "allegations.list_trail" else READS, how) as reached:
                ask(browser, way)
            last, looks = looks_since(session, last)
            if reached:
                said = f"{way[1]} {way[0].split('.')[1]} {how.__name__}"
                begun.append(said)
                found += [] if is_kept(way, looks) else [said]
    return begun, found


def test_no_look_goes_unkept_when_the_reader_backs_out(
    fast: Flask, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(fast)
    asked = list(office.ways())
    begun, unexpected = unkept(asked, roll_back, drop)
    if FULL:
        more, lost = unkept(asked, drop, roll_back)
        begun, unexpected = begun + more, unexpected + lost
    read = {said.split()[1] for said in begun}
    assert {way[0].split(".")[1] for _, way in asked} - read == READ_NOTHING
    tell(
        "Pages and forms whose reader broke off, or was cut off, as they read: look not kept",
        count=len(begun),
        unexpected=unexpected,
        control=unkept_by_broken_builds(office, monkeypatch),
    )


def unkept_by_broken_builds(office: Office, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The same in builds without what keeps the look: every page that reads is seen there."""
    found = {}
    asked = [one for one in office.ways() if hasattr(office.app.view_functions[one[1][0]], "looks_at")][::EVERY]
    with monkeypatch.context() as patch:
        for _, (endpoint, _, _) in asked:
            view = office.app.view_functions[endpoint]
            patch.setitem(office.app.view_functions, endpoint, inspect.unwrap(view))
        begun, lost = unkept(asked, roll_back)
        assert lost == begun
        found["the lines under a route"] = len(lost)
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record_alone", lambda *_, **__: None)
        asked = [(office.officer, one) for one in office.of_office]
        begun, lost = unkept(asked, roll_back)
        assert lost == begun
        found["the entry of a list"] = len(lost)
    return found
