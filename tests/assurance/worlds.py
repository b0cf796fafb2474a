"""Two worlds: the same database twice, and everything that somebody is answered in each, compared.

The second is a copy of the first, made before anything is hidden in it. Ids, references and tokens of what stood in
both are the same in both; those that a visit itself makes are masked, and so are times.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any

from accounts.browsers import Browser
from accounts.two_councils import Council
from conftest import let_go, superuser
from doors import Visitor, doors
from factories import accounts
from flask import Flask
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool, QueuePool
from werkzeug.test import TestResponse

from licensing import embedded
from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.workbooks import MIMETYPE

TWIN = "licensing_twin"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NUMBER = re.compile(r"#\d+")
_SHORT = re.compile(r"\b[0-9a-f]{8}\b")
_REFERENCE = re.compile(r"\b[A-Z]{1,2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_PASSING = (
    r'nonce="[^"]+"',
    r'name="csrf_token"[^>]*value="[^"]+"',
    r'class="reference">[0-9A-F]{8}<',
    r"\d{1,2}:\d\d(am|pm)",
    r"<code>[0-9A-Z]{4}(-[0-9A-Z]{4})+</code>",
    r"\d{4}-\d\d-\d\dT[\d:.+]+",
)
# A fresh secret for an authenticator, as text and as a picture, whenever somebody asks.
_NEW_EACH_TIME = {"accounts.change_authenticator"}


@dataclass(frozen=True)
class Answer:
    """What came of one request, without what differs from one request to the next."""

    who: str
    role: Role | None
    asked: str
    status: int
    location: str
    words: str


def copy_world(app: Flask) -> None:
    """A copy of the database as it stands now."""
    let_go()
    superuser(
        app,
        f"DROP DATABASE IF EXISTS {TWIN} WITH (FORCE)",
        f"CREATE DATABASE {TWIN} TEMPLATE {embedded.DATABASE} OWNER {embedded.OWNER_ROLE}",
    )


@contextmanager
def in_twin(app: Flask) -> Iterator[None]:
    """The application on the copy."""
    engines: Any = db.engines
    kept, addresses = engines[None], {}
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        addresses[name] = app.config[name]
        app.config[name] = make_url(app.config[name]).set(database=TWIN).render_as_string(hide_password=False)
    db.session.remove()
    engines[None] = create_engine(app.config["DATABASE_URL"], poolclass=QueuePool)
    try:
        yield
    finally:
        let_go()
        engines[None] = kept
        app.config.update(addresses)


def execute(*statements: str) -> None:
    """As the owner, in the world in which the application is now."""
    with owner_session() as session:
        for statement in statements:
            session.execute(text(statement))
        session.commit()


def answers(
    app: Flask,
    visitors: list[Visitor],
    councils: tuple[Council, Council],
    every: int = 1,
    first: int = 0,
    *,
    work: bool = True,
) -> list[Answer]:
    """Everything that these people are answered: every `every`th door, and the searches and files of their work."""
    told, own = [], {None, *asdict(councils[0]).values()}
    for one in visitors:
        stepped_up(app)  # whatever the visits before took
        # With their own council's records: that another's are closed to them is asked of every door elsewhere.
        there = [door for door in doors(app, *councils, one) if door.record_id in own]
        there = [door for door in there if door.endpoint not in _NEW_EACH_TIME]
        # What a person is told of what is held on them is asked of every door.
        whole = [door for door in there if door.endpoint.startswith("subject_access.")]
        others = [door for door in there if door not in whole]
        for door in others[first::every] + whole:
            data = {} if door.method == "POST" else None
            response = one.browser.open(door.address, method=door.method, data=data)
            told.append(answer(one, f"{door.method} {door.endpoint} {door.record}", response))
            _take_up(one.browser, response)
        if work:
            told += [answer(one, asked, response) for asked, response in _work(one.browser)]
    return told


KHAN = {
    "name": "Mohammed Aslam Khan",
    "date_of_birth-day": "4",
    "date_of_birth-month": "3",
    "date_of_birth-year": "1980",
}
_SEARCHES: tuple[tuple[str, dict[str, str]], ...] = (
    ("/people/search", {"words": "Khan"}),
    ("/search", {"words": "Khan"}),
    ("/checks/new", {**KHAN, "purpose": "new_application", "case_reference": "none yet"}),
    ("/checks/new", {"name": "Khan", "purpose": "concern", "case_reference": "none yet"}),
    ("/checks/licensed-by", {"vrm": "AB12CDE", "purpose": "concern", "case_reference": "none yet"}),
    ("/subject-access/find", {"name": "Mohammed Aslam Khan"}),
    ("/vetting/holders.csv", {}),
    ("/training/holders.csv", {}),
)
_PUBLIC = (
    "/public-registers",
    f"/public-registers/{accounts.OXFORD}/drivers",
    f"/public-registers/{accounts.OXFORD}/drivers.csv",
    f"/public-registers/{accounts.OXFORD}/drivers.json",
)


def _work(browser: Browser) -> Iterator[tuple[str, TestResponse]]:
    """Searches, checks with their receipts, and files."""
    for address, data in _SEARCHES:
        response = browser.post(address, data=data)
        yield f"POST {address} {sorted(data)}", response
        if response.status_code == 302:
            found = browser.get(response.location)
            yield f"after {address}", found
            if address == "/checks/new" and found.status_code == 200:
                yield f"receipt after {address}", browser.get(f"{response.location}/receipt.pdf")
    for address in _PUBLIC:
        yield f"GET {address}", browser.get(address)


# Every file of the service that a spreadsheet opens; whoever has returns may have one.
_WORKBOOKS = (
    "/returns/figures/taxi-survey/file",
    "/returns/figures/freedom-of-information/file",
    "/returns/nr3s-entries/file",
)


def workbooks(one: Visitor) -> list[Answer]:
    """Every workbook that somebody may have, opened."""
    return [
        answer(one, f"POST {address} as XLSX", one.browser.post(address, data={"format": "xlsx"}))
        for address in _WORKBOOKS
    ]


def differences(one: list[Answer], other: list[Answer]) -> list[str]:
    """Where the two worlds answer differently; what follows one answer and not its twin is asked in one world alone."""
    here, there = _by_asking(one), _by_asking(other)
    alone = [f"{who} {asked}: in one world alone" for who, asked, _ in here.keys() ^ there.keys()]
    both = [(here[key], there[key]) for key in here if key in there]
    told = [f"{a.who} {a.asked}: {_first_difference(a, b)}" for a, b in both if _in_any_order(a) != _in_any_order(b)]
    return told + sorted(alone)


def _in_any_order(one: Answer) -> Answer:
    """Of an officer's own list, what stands in it: the cases that their visits made that day come in chance order."""
    if one.role is not Role.DESIGNATED_OFFICER or "allegations.list_cases" not in one.asked:
        return one
    return replace(one, words="\n".join(sorted(_NUMBER.sub("#", one.words).splitlines())))


def _by_asking(answers: list[Answer]) -> dict[tuple[str, str, int], Answer]:
    """By who asked what, and which time it was that they did."""
    times: Counter[tuple[str, str]] = Counter()
    found = {}
    for one in answers:
        found[one.who, one.asked, times[one.who, one.asked]] = one
        times[one.who, one.asked] += 1
    return found


def _first_difference(a: Answer, b: Answer) -> str:
    if (a.status, a.location) != (b.status, b.location):
        return f"{a.status} {a.location} and {b.status} {b.location}"
    pairs = zip(a.words.splitlines(), b.words.splitlines(), strict=False)
    return next((f"“{one.strip()}” and “{other.strip()}”" for one, other in pairs if one != other), "one is longer")


def answer(one: Visitor, asked: str, response: TestResponse) -> Answer:
    words, location = _masked(_words(response)), _masked(response.location or "")
    return Answer(one.part or str(one.role), one.role, asked, response.status_code, location, words)


def _words(response: TestResponse) -> str:
    if response.mimetype == "application/pdf":
        reader = PdfReader(BytesIO(response.data))
        about = {name: value for name, value in (reader.metadata or {}).items() if "Date" not in name}
        return "\n".join([str(sorted(about.items())), *(page.extract_text() for page in reader.pages)])
    if response.mimetype == MIMETYPE:
        book = CalamineWorkbook.from_filelike(BytesIO(response.data))
        rows = (row for name in book.sheet_names for row in [[name], *book.get_sheet_by_name(name).to_python()])
        return "\n".join("\t".join(str(cell) for cell in row) for row in rows)
    return response.get_data(as_text=True)


def _masked(words: str) -> str:
    """Ids and references by the order in which they come, since those that a visit makes are new in each world."""
    for pattern in _PASSING:
        words = re.sub(pattern, "…", words)
    for pattern in (_UUID, _SHORT, _REFERENCE):
        words = _numbered(pattern, words)
    return words


def _numbered(pattern: re.Pattern[str], words: str) -> str:
    seen: dict[str, str] = {}
    return pattern.sub(lambda found: seen.setdefault(found[0], f"#{len(seen)}"), words)


def _take_up(browser: Browser, response: TestResponse) -> None:
    """Take up the message of what was done, which would stand on the next page."""
    if response.status_code == 302:
        browser.get("/")


def stepped_up(app: Flask) -> None:
    """As if everybody had just shown their second factor, and had asked for no public page."""
    engine = create_engine(app.config["DATABASE_OWNER_URL"], poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE user_session SET second_factor_at = now(), last_seen_at = now()"))
        # How much an address may ask for is counted by the clock, which stands elsewhere when the other world is asked.
        connection.execute(text("DELETE FROM public_request"))


def everything(app: Flask) -> list[Any]:
    """Every row of the database as its owner reads it, table by table, for what must stand nowhere in the open."""
    engine = create_engine(app.config["DATABASE_OWNER_URL"], poolclass=NullPool)
    with engine.connect() as connection:
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        return [
            (table, row) for table in tables for row in connection.scalars(text(f'SELECT t::text FROM "{table}" t'))
        ]
