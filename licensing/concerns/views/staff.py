"""Concerns about staff and councillors, for the council's contact; whoever else asks finds nothing.

Each look is kept with the concern itself, and not on the trail: see changes/staff.py.
"""

from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import presenting
from licensing.concerns import staff_queries as queries
from licensing.concerns.changes import staff as changes
from licensing.concerns.forms import CloseStaffForm, WordsForm
from licensing.concerns.views import concerns, done
from licensing.permissions import Permission, View, requires
from licensing.saving import saved


def _looked(view: View) -> View:
    """The line under a view's permission: as audit's records_look, where the look stays with the concern."""

    @wraps(view)
    def looked(staff_concern_id: UUID, **kwargs: Any) -> Any:
        if not queries.staff_concern_exists(staff_concern_id):
            audit.record_alone(Action.REFUSED, ObjectKind.CONCERN, staff_concern_id)
            abort(404)
        changes.note_look(staff_concern_id)
        return view(staff_concern_id=staff_concern_id, **kwargs)

    return looked


@concerns.get("/concerns/staff")
@requires(Permission.SIGNED_IN)
def list_staff() -> ResponseReturnValue:
    """For the contact what they receive; for others who the contact is."""
    standing = next((name for contact, name in queries.contacts() if contact.until_at is None), None)
    rows = presenting.staff_rows(queries.staff_concerns())
    return render_template("concerns/list_staff.html", is_contact=queries.is_contact(), rows=rows, contact=standing)


@concerns.get("/concerns/staff/<uuid:staff_concern_id>")
@requires(Permission.SIGNED_IN)
@_looked
def show_staff(staff_concern_id: UUID) -> ResponseReturnValue:
    concern = queries.staff_concern(staff_concern_id)
    return render_template(
        "concerns/show_staff.html",
        concern=concern,
        facts=presenting.staff_facts(concern),
        steps=presenting.staff_steps(queries.steps_of(staff_concern_id)),
    )


@concerns.route("/concerns/staff/<uuid:staff_concern_id>/acknowledge", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@_looked
def acknowledge_staff(staff_concern_id: UUID) -> ResponseReturnValue:
    form = WordsForm.asking("What do you answer whoever raised it?", "Acknowledge", "They read this.")
    words, back = form.words.data or "", _page(staff_concern_id)
    if form.validate_on_submit() and saved(form, lambda: changes.acknowledge(staff_concern_id, words)):
        return done("The concern is acknowledged.", back)
    return ask(form, "Acknowledge the concern", back)


@concerns.route("/concerns/staff/<uuid:staff_concern_id>/note", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@_looked
def note_staff(staff_concern_id: UUID) -> ResponseReturnValue:
    form = WordsForm.asking("What is to be noted?", "Save", "Only you read this.")
    words, back = form.words.data or "", _page(staff_concern_id)
    if form.validate_on_submit() and saved(form, lambda: changes.note(staff_concern_id, words)):
        return done("The note is kept.", back)
    return ask(form, "Add a note", back)


@concerns.route("/concerns/staff/<uuid:staff_concern_id>/close", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@_looked
def close_staff(staff_concern_id: UUID) -> ResponseReturnValue:
    form, back = CloseStaffForm(), _page(staff_concern_id)
    told, words = form.told.data or "", form.words.data or ""
    if form.validate_on_submit() and saved(form, lambda: changes.close(staff_concern_id, told, words)):
        return done("The concern is closed.", back)
    return ask(form, "Close the concern", back)


def _page(staff_concern_id: UUID) -> str:
    return url_for("concerns.show_staff", staff_concern_id=staff_concern_id)
