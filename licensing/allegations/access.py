"""Opening a case: the look is committed, with its purpose, before the view reads a row.

    @allegations.get("/allegations/<uuid:case_id>")
    @requires(*READERS)
    @opens_case
    def show_case(case_id: UUID) -> ...

The database gives the rows of a case to nobody whose look is not committed; this is where it is. A case that is
missing and one that the reader may not know of are the same 404, and the attempt is kept.
"""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, current_app, redirect, request, url_for
from sqlalchemy import func, select, text

from licensing.accounts import kept_forms
from licensing.accounts.acting import ActingUser, signed_in_user
from licensing.accounts.sessions import token_of_request
from licensing.allegations.queries import cases as queries
from licensing.allegations.unusual import share_a_surname
from licensing.allegations.words_of_sharing import ASKED_PURPOSES, LookPurpose
from licensing.audit import changes as audit
from licensing.audit.models import RestrictedEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.permissions import Permission, View, declared_by

# Who may come to a case at all: designated officers, and whoever one of them named. The database tells them apart.
READERS = (Permission.SIGNED_IN,)
WORKERS = (Permission.ALLEGATIONS, Permission.DEPUTISE)

# For so long the purpose that somebody gave for a case is not asked again.
PURPOSE_LASTS = timedelta(hours=10)


class Standing(StrEnum):
    """How somebody stands to a case that they may know of, in the database's words."""

    OWNER = "owner"
    OFFICER = "officer"
    NAMED = "named"
    EMERGENCY = "emergency"


_BY_STANDING: dict[Standing | None, LookPurpose] = {
    Standing.OWNER: LookPurpose.OWN_CASE,
    Standing.NAMED: LookPurpose.NAMED_ACCESS,
    Standing.EMERGENCY: LookPurpose.EMERGENCY,
}


def standing(case_id: UUID) -> Standing | None:
    """The acting user's, or None for a case that they may not know of."""
    found = db.session.scalar(text("SELECT case_standing(:case)"), {"case": case_id})
    return Standing(found) if found else None


def knows_case(view: View) -> View:
    """The line under the permission where a case is not opened yet: 404 for a case that they may not know of.

    Whoever is named reads, whatever else they are: a deputy or another area's officer too.
    """

    @wraps(view)
    def known(*args: Any, **kwargs: Any) -> Any:
        case_id: UUID = kwargs["case_id"]
        stands = standing(case_id)
        if stands is None:
            audit.record_alone(Action.REFUSED, ObjectKind.ALLEGATION, case_id)
            abort(404)
        if stands is Standing.NAMED and not _is_for_readers():
            abort(403)
        return view(*args, **kwargs)

    known.looks_at = (ObjectKind.ALLEGATION, "case_id")  # type: ignore[attr-defined]  (a mark on the function)
    return known


def _is_for_readers() -> bool:
    """Whether the page that is asked for is open to whoever may come to a case at all."""
    view = current_app.view_functions[request.endpoint or ""]
    return declared_by(view).issuperset(READERS)


def opens_case(view: View) -> View:
    """The line under the permission. Where the purpose does not follow from whose case it is, it is asked first."""

    @wraps(view)
    def looked(*args: Any, **kwargs: Any) -> Any:
        case_id: UUID = kwargs["case_id"]
        purpose = _BY_STANDING.get(standing(case_id)) or purpose_given(signed_in_user(), case_id)
        if purpose is None:
            if request.method == "POST":  # what was typed is offered back once the purpose is given
                kept_forms.keep(token_of_request())
            return redirect(url_for("allegations.say_purpose", case_id=case_id, on=request.path))
        look(case_id, purpose)
        _note_own_surname(signed_in_user(), case_id, purpose)
        return view(*args, **kwargs)

    return knows_case(looked)


def lists_cases(view: Callable[..., Any]) -> Callable[..., Any]:
    """The line under the permission of a page of several cases: that they were listed is committed first."""

    @wraps(view)
    def listed(*args: Any, **kwargs: Any) -> Any:
        audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
        return view(*args, **kwargs)

    return listed


def look(case_id: UUID, purpose: LookPurpose) -> None:
    """Commit a look at a case."""
    audit.record_alone(Action.LOOKED, ObjectKind.ALLEGATION, case_id, purpose=purpose.value)


def _note_own_surname(user: ActingUser, case_id: UUID, purpose: LookPurpose) -> None:
    """Keep, for the independent reviewer, who cannot read of whom a case is, that it is of somebody's own surname."""
    subject = queries.subject(queries.case(case_id))
    if subject and share_a_surname(subject.name, user.name):
        details = {"own_surname": True}
        audit.record_alone(Action.LOOKED, ObjectKind.ALLEGATION, case_id, purpose=purpose.value, details=details)


def purpose_given(user: ActingUser, case_id: UUID) -> LookPurpose | None:
    """What this officer last gave as the purpose for this case, within a working day."""
    found = (
        select(RestrictedEntry.purpose)
        .where(
            RestrictedEntry.object_id == case_id,
            RestrictedEntry.actor_id == user.id,
            RestrictedEntry.action == Action.LOOKED,
            RestrictedEntry.purpose.in_(ASKED_PURPOSES),  # and not that it was their own case then
            RestrictedEntry.at > func.now() - PURPOSE_LASTS,
        )
        .order_by(RestrictedEntry.number.desc())
    )
    purpose = db.session.scalar(found.limit(1))
    return LookPurpose(purpose) if purpose else None
