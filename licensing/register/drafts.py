"""What was typed and is not on the register: searches that hold a name, and answers waiting to be checked.

It is kept sealed under a random id, so that addresses, logs and the browser's history hold no name.
"""

import json
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.register.models import Draft

_PLACE = ("draft", "sealed")


class DraftKind(StrEnum):
    """What was typed, so that the answers of one form are never taken for another's."""

    SEARCH = "search"
    PERSON_SOUGHT = "person_sought"
    PERSON = "person"
    ENTRY = "entry"
    CHECK = "check"
    CASE = "case"
    DECISION = "decision"


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
    if row is None:
        return None
    kind, typed = json.loads(current_app.config["KEYS"].open(row.sealed, *_PLACE, row.id))
    return typed if kind in kinds else None
