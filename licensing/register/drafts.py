"""What was typed and is not on the register: searches that hold a name, and answers waiting to be checked.

It is kept sealed under a random id, so that addresses, logs and the browser's history hold no name.
"""

import json
from enum import StrEnum
from typing import Any, NoReturn
from uuid import UUID, uuid4

from flask import abort, current_app, flash, redirect
from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.register.models import Draft

_PLACE = ("draft", "sealed")
USED = "This was sent before, and is kept. Nothing was added."


class DraftKind(StrEnum):
    """What was typed, so that the answers of one form are never taken for another's."""

    SEARCH = "search"
    PERSON_SOUGHT = "person_sought"
    PERSON = "person"
    ENTRY = "entry"
    CHECK = "check"
    CASE = "case"
    DECISION = "decision"
    SUBJECT = "subject"
    RELEASE = "release"
    SUBJECT_ACCESS = "subject_access"


def keep(user: ActingUser, kind: DraftKind, typed: dict[str, Any]) -> UUID:
    """Keep what was typed; returns the id under which only its writer finds it again."""
    row = Draft(id=uuid4(), user_id=user.id)
    content = json.dumps([kind, typed]).encode()
    row.sealed = current_app.config["KEYS"].seal(content, *_PLACE, row.id)
    db.session.add(row)
    return row.id


def find(draft_id: UUID | None, *kinds: DraftKind) -> dict[str, Any] | None:
    """What the acting user typed under this id, or None when it is not theirs or of none of these kinds."""
    row = db.session.scalar(select(Draft).where(Draft.id == draft_id)) if draft_id else None
    return _opened(row, kinds)


def take(draft_id: UUID, *kinds: DraftKind) -> dict[str, Any]:
    """The same, to be kept now: whoever sends them again meanwhile waits, and then finds them used.

    Answers that were used lead to what came of them, and there is nothing under anybody else's id: `gone`.
    """
    found = select(Draft).where(Draft.id == draft_id).with_for_update().execution_options(populate_existing=True)
    typed = _opened(db.session.scalar(found), kinds)
    return gone(draft_id) if typed is None else typed


def use(draft_id: UUID, led_to: str) -> None:
    """The answers were kept, and are no longer needed here: `led_to` is the address of what came of them."""
    row = db.session.get_one(Draft, draft_id)
    row.sealed, row.led_to = b"", led_to
    db.session.flush()


def gone(draft_id: UUID) -> NoReturn:
    """On to what came of answers that were used before, adding nothing; 404 where there were none."""
    there = db.session.scalar(select(Draft.led_to).where(Draft.id == draft_id))
    if there is None:
        abort(404)
    flash(USED, "success")
    abort(redirect(there))


def _opened(row: Draft | None, kinds: tuple[DraftKind, ...]) -> dict[str, Any] | None:
    if row is None or row.led_to is not None:
        return None
    kind, typed = json.loads(current_app.config["KEYS"].open(row.sealed, *_PLACE, row.id))
    return typed if kind in kinds else None
