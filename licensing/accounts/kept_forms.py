"""A form posted after its session had ended is kept, sealed, and offered back to the same person."""

import json
import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import current_app, request
from sqlalchemy import delete, select, text

from licensing.accounts.acting import token_hash
from licensing.accounts.models import KeptForm
from licensing.db import db

_PLACE = ("kept_form", "sealed")
_NOT_KEPT = frozenset({"csrf_token", "current", "password", "code", "new_code", "setup"})
_UNSEEN = frozenset({"seen", "about", "version", "taken_up"})
_DATE_PART = re.compile("-(day|month|year)$")
_CODE = re.compile("[a-z]+(_[a-z]+)+")  # of an option: new_application


@dataclass(frozen=True)
class Offered:
    """A kept form: where it was going, and what it said."""

    path: str
    fields: list[tuple[str, str]]

    def answers(self) -> list[tuple[str, str]]:
        """(what was asked, what was answered) for its page: a date in one row, and no field that nobody saw."""
        told: dict[str, list[str]] = {}
        for name, value in self.fields:
            if value and name not in _UNSEEN:
                words = value.replace("_", " ").capitalize() if _CODE.fullmatch(value) else value
                told.setdefault(_DATE_PART.sub("", name).replace("_", " ").capitalize(), []).append(words)
        return [(asked, " ".join(answered)) for asked, answered in told.items()]


def keep(token: str) -> bool:
    """Keep the posted form for the holder of this ended session; False when it was nobody's or held a file."""
    if not token or request.files:
        return False
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_KEPT]
    row = uuid4()
    sealed = current_app.config["KEYS"].seal(json.dumps(fields).encode(), *_PLACE, row)
    kept = db.session.execute(
        text("CALL keep_form(:token_hash, :id, :path, :sealed, NULL)"),
        {"token_hash": token_hash(token), "id": row, "path": request.path, "sealed": sealed},
    ).scalar_one()
    db.session.commit()
    return bool(kept)


def offered() -> Offered | None:
    """The form that was kept for the acting user."""
    row = db.session.scalars(select(KeptForm).limit(1)).one_or_none()
    if row is None:
        return None
    plain = current_app.config["KEYS"].open(row.sealed, *_PLACE, UUID(str(row.id)))
    return Offered(row.path, [tuple(pair) for pair in json.loads(plain)])


def let_go() -> None:
    """Forget the acting user's kept form: it was taken up or turned down."""
    db.session.execute(delete(KeptForm))
