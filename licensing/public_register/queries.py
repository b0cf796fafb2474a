"""What the public registers hold, as the database's own functions tell anybody, and what an authority has chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, text

from licensing.db import db
from licensing.matching.identifiers import normalise
from licensing.public_register.models import PublicRegisterSettings
from licensing.public_register.rules import Choices, PublicRegister

PER_PAGE = 50
# Rows of a file that are in memory at a time.
_AT_ONCE = 2_000

_ENTRIES = "SELECT * FROM {function}(:code, CAST(:words AS text[]), :number, :after, :limit)"


@dataclass(frozen=True)
class Published:
    """A register that can be read: of which authority, and which it is."""

    code: str
    authority: str
    register: PublicRegister


@dataclass(frozen=True)
class Page:
    """Some entries of a register in the order of their numbers, and the place after which the next page begins."""

    entries: list[Row[Any]]
    next_after: str | None


def published() -> list[Published]:
    """Every register that an authority publishes, by authority."""
    rows = db.session.execute(text("SELECT * FROM published_registers()"))
    found = [Published(row.code, row.authority, PublicRegister(row.register)) for row in rows]
    return sorted(found, key=lambda one: (one.authority, list(PublicRegister).index(one.register)))


def one_published(code: str, register: str) -> Published | None:
    """The register of this address, if it is published."""
    return next((one for one in published() if (one.code, one.register.value) == (code, register)), None)


def page(asked: Published, words: str, after: str | None) -> Page:
    """One page of entries; `words` is a licence number or plate, or words of a holder's or a place's name."""
    found = _entries(asked, words, after, PER_PAGE + 1)
    return Page(found[:PER_PAGE], found[PER_PAGE - 1].place if len(found) > PER_PAGE else None)


def all_entries(asked: Published) -> Iterator[Row[Any]]:
    """Every entry, some at a time: no transaction stays open while somebody reads slowly."""
    after = None
    while found := _entries(asked, "", after, _AT_ONCE):
        db.session.rollback()
        yield from found
        after = found[-1].place


def choices(*, lock: bool = False) -> Choices:
    """What the acting user's authority has chosen to publish; `lock` holds it until the transaction ends."""
    found = select(PublicRegisterSettings)
    kept = db.session.scalars(found.with_for_update() if lock else found).one_or_none()
    return kept.choices if kept else Choices()


def _entries(asked: Published, words: str, after: str | None, limit: int) -> list[Row[Any]]:
    statement = text(_ENTRIES.format(function=asked.register.function))
    given = {"words": words.lower().split() or None, "number": normalise(words) or None}
    return list(db.session.execute(statement, {"code": asked.code, **given, "after": after, "limit": limit}))
