"""A note: listed, drafted, shown, changed, addressed, printed."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters, options
from licensing.need_to_know import about, documents, presenting, queries
from licensing.need_to_know.changes import drafting, issuing
from licensing.need_to_know.changes.drafting import Draft
from licensing.need_to_know.forms import LadoForm, NoteForm, NotesFilterForm, ReaderForm, SureForm, WhyForm
from licensing.need_to_know.models import TEXTS, Note, Reader
from licensing.need_to_know.views import EVERYBODY, WRITERS, done, need_to_know, pdf, step
from licensing.need_to_know.words import About, NoteState
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sealing import opened

LOOK = records_look(ObjectKind.NEED_TO_KNOW, "note_id", queries.note_exists)
LOOK_BY_READER = records_look(ObjectKind.NEED_TO_KNOW, "reader_id", queries.reader_exists, of=queries.note_of_reader)
SAVED = "The draft is saved. Add its readers, then ask for approval."
_ONE_PAGE = "One page, which names nobody. Somebody else approves it before it goes to its readers."


@need_to_know.get("/need-to-know")
@requires(*EVERYBODY)
def list_notes() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NEED_TO_KNOW)
    form = NotesFilterForm(request.args)
    form.validate()
    page = queries.notes_page(form.state.data, request.args.get("page", 1, int))
    return render_template(
        "need_to_know/list_notes.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.note_rows(page.items),
        may_write=signed_in_user().may(Permission.NOTES_WRITE),
    )


def of_note(note: Note) -> about.Named:
    """What finds in words the names of a note's record, and of whoever else is on the register."""
    return about.naming(note.object_kind, note.object_id)


def given(form: NoteForm, record: tuple[About, UUID] | None = None) -> Draft:
    """What was typed."""
    known_on = form.known_on.data
    assert known_on is not None
    return Draft(
        trigger=form.trigger.data,
        known_on=known_on,
        words={name: form[name].data or "" for name in (one.removesuffix("_sealed") for one in TEXTS)},
        mark=form.mark.data,
        handling=form.handling.data or "",
        next_update_on=form.next_update_on.data,
        for_county=bool(form.for_county.data),
        lado_asked=bool(form.lado_asked.data),
        record=record,
    )


@need_to_know.route("/need-to-know/draft", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
def draft_note() -> ResponseReturnValue:
    form, made = NoteForm(named=about.naming()), list[UUID]()
    if form.validate_on_submit() and saved(form, lambda: made.append(drafting.draft(signed_in_user(), given(form)))):
        return done(SAVED, presenting.note_page(made[0]))
    return ask(form, "Draft a Need to Know", url_for("need_to_know.list_notes"), intro=_ONE_PAGE)


@need_to_know.get("/need-to-know/<uuid:note_id>")
@requires(*EVERYBODY)
@LOOK
def show_note(note_id: UUID) -> ResponseReturnValue:
    """One page; a reader's first look is kept with the note, before they read it."""
    user = signed_in_user()
    issuing.read(queries.own_reading(Reader.note_id == note_id, user.id))
    note = queries.note(note_id)
    own = note.authority_id == user.authority.id
    may_write, may_approve = (own and user.may(one) for one in WRITERS)
    works = may_write or may_approve
    return render_template(
        "need_to_know/show_note.html",
        note=note,
        document=documents.of_note(note),
        state=note.state.value,
        mine=queries.own_reading(Reader.note_id == note_id, user.id),
        readers=presenting.reader_rows(
            note,
            may_record=works and note.issued_at is not None,
            may_remove=may_write and note.state is NoteState.DRAFTED,
        ),
        steps=presenting.step_entries(note) if works else [],
        works=works,
        may_write=may_write,
        may_approve=may_approve,
        may_add_lado=user.may(Permission.ALLEGATIONS) and note.lado_asked and not note.lado_part,
        update=queries.update_of(note_id),
    )


@need_to_know.get("/need-to-know/<uuid:note_id>/pdf")
@requires(*EVERYBODY)
@LOOK
def print_note(note_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.NEED_TO_KNOW, note_id)
    issuing.read(queries.own_reading(Reader.note_id == note_id, signed_in_user().id))
    return pdf(documents.of_note(queries.note(note_id)))


def _filled(note: Note) -> NoteForm:
    """The form as the note is now."""
    kept = {one.removesuffix("_sealed"): opened(note, one) for one in TEXTS}
    same = ("trigger", "known_on", "next_update_on", "mark", "handling", "for_county", "lado_asked")
    return NoteForm(data={**kept, **{one: getattr(note, one) for one in same}}, named=of_note(note))


def _record(note: Note) -> tuple[About, UUID] | None:
    return (note.object_kind, note.object_id) if note.object_kind and note.object_id else None


@need_to_know.route("/need-to-know/<uuid:note_id>/change", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
@LOOK
def change_note(note_id: UUID) -> ResponseReturnValue:
    note = queries.note(note_id)
    form, record = _filled(note), _record(note)
    return step(
        form,
        "Change the draft",
        note_id,
        lambda: drafting.change(signed_in_user(), note_id, given(form, record)),
        "The draft is changed.",
        intro="Whoever changes a draft does not approve it.",
    )


@need_to_know.route("/need-to-know/<uuid:note_id>/update", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
@LOOK
def update_note(note_id: UUID) -> ResponseReturnValue:
    """The next version: what was issued stays as it is."""
    note = queries.note(note_id)
    form, record = _filled(note), _record(note)
    return step(
        form,
        "Draft an update",
        note_id,
        lambda: drafting.draft_update(signed_in_user(), note_id, given(form, record)),
        "The update is drafted. When it is approved and issued it takes the place of this note.",
        intro="The note that was issued stays as it is; the update goes to the same readers.",
    )


@need_to_know.route("/need-to-know/<uuid:note_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
@LOOK
def withdraw_note(note_id: UUID) -> ResponseReturnValue:
    form = WhyForm.asking("Why is it withdrawn?", "Withdraw the draft", of_note(queries.note(note_id)))
    return step(
        form,
        "Withdraw the draft",
        note_id,
        lambda: drafting.withdraw(signed_in_user(), note_id, form.why.data or ""),
        "The draft is withdrawn.",
    )


def reader_form() -> ReaderForm:
    """With everybody to whom something may be addressed."""
    form = ReaderForm()
    found = queries.possible_readers()
    form.reader.choices = options((str(user_id), f"{name}, {council}") for user_id, name, council in found)
    return form


@need_to_know.route("/need-to-know/<uuid:note_id>/readers", methods=["GET", "POST"])
@requires(*WRITERS)
@LOOK
def add_reader(note_id: UUID) -> ResponseReturnValue:
    form = reader_form()

    def keep() -> None:
        user, note, who = signed_in_user(), drafting.own_note(signed_in_user(), note_id), UUID(form.reader.data)
        drafting.add_reader(user, note, who, form.office.data)
        issuing.tell(note, who)

    after = "After it was approved, whoever approves adds readers."
    return step(form, "Add a reader", note_id, keep, "The reader is added.", intro=after)


@need_to_know.route("/need-to-know/readers/<uuid:reader_id>/remove", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
@LOOK_BY_READER
def remove_reader(reader_id: UUID) -> ResponseReturnValue:
    reader, form = queries.reader(reader_id), SureForm.asking("Take them off")
    back = presenting.note_page(reader.note_id) if reader.note_id else presenting.report_page(reader.report_id)
    if form.validate_on_submit() and saved(form, lambda: drafting.remove_reader(signed_in_user(), reader)):
        return done("They are a reader no longer.", back)
    return ask(form, "Take a reader off", back, intro=f"{reader.office.label}: {reader.name}, {reader.council}.")


@need_to_know.route("/need-to-know/<uuid:note_id>/designated-officer", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@LOOK
def write_lado_part(note_id: UUID) -> ResponseReturnValue:
    """A designated officer's own part, which nobody else writes."""
    form = LadoForm(named=of_note(queries.note(note_id)))
    return step(
        form,
        "Write your part",
        note_id,
        lambda: drafting.write_lado_part(signed_in_user(), note_id, form.words.data or ""),
        "Your part is saved. The note’s readers see it once the note is issued.",
        intro="Its author, its approver and its readers see what you write. It is written once.",
    )
