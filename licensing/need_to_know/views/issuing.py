"""A note on its way: approved, sent back, issued, acknowledged, closed."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.need_to_know import presenting, queries
from licensing.need_to_know.changes import issuing
from licensing.need_to_know.forms import CallForm, SureForm, WhyForm
from licensing.need_to_know.models import Reader
from licensing.need_to_know.views import WRITERS, done, need_to_know, step
from licensing.need_to_know.views.notes import LOOK, LOOK_BY_READER, of_note
from licensing.permissions import Permission, requires
from licensing.saving import saved


@need_to_know.route("/need-to-know/<uuid:note_id>/approve", methods=["GET", "POST"])
@requires(Permission.NOTES_APPROVE)
@LOOK
def approve_note(note_id: UUID) -> ResponseReturnValue:
    intro = "You agree to its words, its mark and its readers. Nothing of it changes from then on."
    note = queries.note(note_id)
    if note.lado_asked and note.lado_part is None:
        intro += " The designated officer was asked for a part and has not written it: after this they cannot."
    return step(
        SureForm.asking("Approve the note"),
        "Approve the note",
        note_id,
        lambda: issuing.approve(signed_in_user(), note_id),
        "The note is approved. It can be issued now.",
        intro=intro,
    )


@need_to_know.route("/need-to-know/<uuid:note_id>/send-back", methods=["GET", "POST"])
@requires(Permission.NOTES_APPROVE)
@LOOK
def send_back(note_id: UUID) -> ResponseReturnValue:
    form = WhyForm.asking("What should be changed?", "Send it back", of_note(queries.note(note_id)))
    return step(
        form,
        "Send it back",
        note_id,
        lambda: issuing.send_back(signed_in_user(), note_id, form.why.data or ""),
        "The note is sent back.",
    )


@need_to_know.route("/need-to-know/<uuid:note_id>/issue", methods=["GET", "POST"])
@requires(*WRITERS)
@LOOK
def issue_note(note_id: UUID) -> ResponseReturnValue:
    return step(
        SureForm.asking("Issue the note"),
        "Issue the note",
        note_id,
        lambda: issuing.issue(signed_in_user(), note_id),
        "The note is issued. Its readers have a mail with a link, which says nothing more.",
        intro="Ring whoever must hear of it at once: a mail may wait.",
    )


@need_to_know.route("/need-to-know/<uuid:note_id>/acknowledge", methods=["GET", "POST"])
@requires(Permission.NOTES_READ)
@LOOK
def acknowledge(note_id: UUID) -> ResponseReturnValue:
    mine = queries.own_reading(Reader.note_id == note_id, signed_in_user().id) or abort(404)
    return step(
        SureForm.asking("I have read it"),
        "Acknowledge the note",
        note_id,
        lambda: issuing.acknowledge(signed_in_user(), mine),
        "You have acknowledged the note.",
    )


@need_to_know.route("/need-to-know/readers/<uuid:reader_id>/acknowledged", methods=["GET", "POST"])
@requires(*WRITERS)
@LOOK_BY_READER
def acknowledge_for(reader_id: UUID) -> ResponseReturnValue:
    """A reader acknowledged it on the telephone, or face to face."""
    reader, form = queries.reader(reader_id), CallForm()
    back = presenting.note_page(reader.note_id) if reader.note_id else presenting.report_page(reader.report_id)

    def keep() -> None:
        on = form.on.data
        assert on is not None
        issuing.acknowledge_for(signed_in_user(), reader, form.how.data, on, form.at.data or "")

    if form.validate_on_submit() and saved(form, keep):
        return done("It is recorded.", back)
    told = f"{reader.office.label}: {reader.name}, {reader.council}. You are kept as whoever told them."
    return ask(form, "Record that a reader acknowledged it", back, intro=told)


@need_to_know.route("/need-to-know/<uuid:note_id>/close", methods=["GET", "POST"])
@requires(*WRITERS)
@LOOK
def close_note(note_id: UUID) -> ResponseReturnValue:
    form = WhyForm.asking("Why is nothing more to be said of it?", "Close the note", of_note(queries.note(note_id)))
    return step(
        form,
        "Close the note",
        note_id,
        lambda: issuing.close(signed_in_user(), note_id, form.why.data or ""),
        "The note is closed.",
    )
