"""Writing the trail. Every function here only adds a row; the outermost code commits, save where said."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from flask import abort, current_app, request
from sqlalchemy import insert

from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.permissions import View


def record(
    action: Action,
    kind: ObjectKind | None = None,
    object_id: UUID | None = None,
    *,
    authority_id: UUID | None = None,
    purpose: str | None = None,
    reference: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Add one entry to the current transaction. The default trail is the acting user's authority's."""
    entry = _entry(action, kind, object_id, authority_id, purpose, reference, details)
    # A plain INSERT, with the key given: RETURNING would need the right to read the trail.
    db.session.execute(insert(AuditEntry).inline(), [entry])


def record_many(action: Action, kind: ObjectKind, objects: Sequence[tuple[UUID, UUID]], **shared: Any) -> None:
    """One entry for each (object, authority whose trail it belongs in), in one statement."""
    entries = [
        _entry(
            action,
            kind,
            object_id,
            authority_id,
            shared.get("purpose"),
            shared.get("reference"),
            shared.get("details"),
        )
        for object_id, authority_id in objects
    ]
    if entries:
        db.session.execute(insert(AuditEntry).inline(), entries)


def record_alone(action: Action, kind: ObjectKind | None = None, object_id: UUID | None = None, **more: Any) -> None:
    """Commit an entry by itself, before what follows may fail or be read."""
    db.session.rollback()
    record(action, kind, object_id, **more)
    db.session.commit()


def records_look(
    kind: ObjectKind, argument: str, exists: Callable[[UUID], bool], *, of: Callable[[UUID], UUID] | None = None
) -> Callable[[View], View]:
    """The line under a view's permission: the look is committed before the view reads the record.

    A record that is missing, or that this user may not know of, is the same 404; the attempt is kept. Where the
    address names only a part of the record, `of` finds the record by it: the look is filed where others look for it.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def looked(*args: Any, **kwargs: Any) -> Any:
            object_id: UUID = kwargs[argument]
            if not exists(object_id):
                record_alone(Action.REFUSED, kind, object_id)
                abort(404)
            record_alone(Action.LOOKED, kind, of(object_id) if of else object_id)
            return view(*args, **kwargs)

        looked.looks_at = (kind, argument)  # type: ignore[attr-defined]  (a mark on the function)
        return looked

    return declare


def record_refusal() -> None:
    """Keep that the signed-in person may not open this page, with the record where the page is of one."""
    view = current_app.view_functions.get(request.endpoint or "")
    kind, argument = getattr(view, "looks_at", (ObjectKind.PAGE, ""))
    object_id = (request.view_args or {}).get(argument)
    record_alone(Action.REFUSED, kind, object_id, details={"page": request.endpoint})


def _entry(
    action: Action,
    kind: ObjectKind | None,
    object_id: UUID | None,
    authority_id: UUID | None,
    purpose: str | None,
    reference: str | None,
    details: dict[str, Any] | None,
) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "authority_id": authority_id,  # the database fills in the acting user's
        "action": action,
        "category": action.category,
        "object_kind": kind,
        "object_id": object_id,
        "purpose": purpose,
        "reference": reference,
        "details": details,
    }
