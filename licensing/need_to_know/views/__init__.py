"""The pages of Need to Know: notes (notes, issuing), the monthly report (reports, asking), what may need a note
(facts), and who was briefed on what (briefed)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect
from flask.typing import ResponseReturnValue

from licensing.asking import ask
from licensing.forms import BaseForm
from licensing.need_to_know import documents, queries
from licensing.need_to_know.presenting import note_page
from licensing.permissions import Permission
from licensing.saving import saved

need_to_know = Blueprint("need_to_know", __name__)

WRITERS = (Permission.NOTES_WRITE, Permission.NOTES_APPROVE)
EVERYBODY = (*WRITERS, Permission.NOTES_READ, Permission.ALLEGATIONS)


def done(message: str, address: str) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(message, "success")
    return redirect(address)


def step(
    form: BaseForm, title: str, note_id: UUID, change: Callable[[], object], message: str, **more: Any
) -> ResponseReturnValue:
    """The page of a form about a note; what is sent is done, and leads back to the note."""
    if form.validate_on_submit() and saved(form, change):
        return done(message, note_page(note_id))
    return ask(form, title, note_page(note_id), caption=f"Need to Know {queries.note(note_id).reference}", **more)


def pdf(document: documents.Document) -> Response:
    named = {"Content-Disposition": f'attachment; filename="need-to-know-{document.reference}.pdf"'}
    return Response(documents.pdf_of(document), mimetype="application/pdf", headers=named)


from licensing.need_to_know.views import (  # noqa: E402  (they need the blueprint)
    asking,
    briefed,
    facts,
    issuing,
    notes,
    reports,
)

_PAGES = (asking, briefed, facts, issuing, notes, reports)  # they add their parts
