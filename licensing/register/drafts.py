"""What was typed and is not on the register: searches that hold a name, and answers waiting to be checked.

It is kept sealed under a random id, so that addresses, logs and the browser's history hold no name.
"""

import json
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.db import db
from licensing.register.models import Draft

_PLACE = ("draft", "sealed")


def keep(user: ActingUser, typed: dict[str, Any]) -> UUID:
    """Keep what was typed; returns the id under which only its writer finds it again."""
    row = Draft(id=uuid4(), user_id=user.id)
    row.sealed = current_app.config["KEYS"].seal(json.dumps(typed).encode(), *_PLACE, row.id)
    db.session.add(row)
    return row.id


def find(draft_id: UUID | None) -> dict[str, Any] | None:
    """What the acting user typed under this id, or None when it is not theirs."""
    row = db.session.scalar(select(Draft).where(Draft.id == draft_id)) if draft_id else None
    if row is None:
        return None
    typed: dict[str, Any] = json.loads(current_app.config["KEYS"].open(row.sealed, *_PLACE, row.id))
    return typed
