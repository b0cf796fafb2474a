"""The chronology of a case: the whole of it, on paper too, and lines by hand."""

from datetime import UTC, datetime
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations import access
from licensing.allegations.access import READERS, WORKERS, opens_case
from licensing.allegations.changes import chronology as changes
from licensing.allegations.forms.work import EntryForm, asked_of
from licensing.allegations.models import Case, CaseEntry
from licensing.allegations.parts import adds_part
from licensing.allegations.presenting_work import entry_line
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import chronology
from licensing.allegations.queries.work import row_of
from licensing.allegations.views import allegations
from licensing.allegations.views.working import back_to, worked
from licensing.allegations.words import BY_HAND
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import requires
from licensing.register.sections import Section
from licensing.saving import saved
from licensing.sealing import opened

SHOWN_ON_THE_CASE = 10


@adds_part(order=60)
def chronology_of(case: Case) -> Section | None:
    """The last lines, with the way to all of them."""
    found = chronology.last(case.id, SHOWN_ON_THE_CASE)
    if not found:
        return None
    names = queries.names_of(one.recorded_by for one in found)
    add = ("Add an entry", url_for("allegations.add_entry", case_id=case.id))
    shown = {"entries": [entry_line(one, names) for one in found]}
    return Section("Chronology", "allegations/_chronology.html", shown, [] if case.stage.is_over else [add])


@allegations.get("/allegations/<uuid:case_id>/chronology")
@requires(*READERS)
@opens_case
def show_chronology(case_id: UUID) -> ResponseReturnValue:
    works = access.standing(case_id) is not access.Standing.NAMED
    with_put_right = works and "all" in request.args
    page = chronology.page_of(case_id, request.args.get("page", 1, int), with_put_right=with_put_right)
    names = queries.names_of(one.recorded_by for one in page.items)
    return render_template(
        "allegations/show_chronology.html",
        case=queries.case(case_id),
        page=page,
        entries=[entry_line(one, names) for one in page.items],
        replaced=chronology.put_right(case_id) if works else set(),
        with_put_right=with_put_right,
        works=works,
    )


@allegations.get("/allegations/<uuid:case_id>/chronology/print")
@requires(*WORKERS)
@opens_case
def print_chronology(case_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.ALLEGATION, case_id, details={"part": "chronology"})
    found = chronology.whole(case_id)
    names = queries.names_of(one.recorded_by for one in found)
    return render_template(
        "allegations/print_chronology.html",
        case=queries.case(case_id),
        entries=[entry_line(one, names) for one in found],
        printed=f"{signed_in_user().name}, {dates.moment_in_words(datetime.now(UTC))}",
    )


@allegations.route("/allegations/<uuid:case_id>/chronology/new", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def add_entry(case_id: UUID) -> ResponseReturnValue:
    case, form = worked(case_id), EntryForm(data=asked_of(datetime.now(UTC)))
    if form.validate_on_submit() and saved(form, lambda: _add(form, case)):
        return redirect(back_to(case_id))
    return ask(form, "Add an entry", back_to(case_id), caption=case.reference)


@allegations.route("/allegations/<uuid:case_id>/chronology/<uuid:entry_id>/correct", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def correct_entry(case_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    case, entry = worked(case_id), row_of(CaseEntry, case_id, entry_id)
    if entry is None or entry.kind not in BY_HAND:
        abort(404)
    now = {"kind": entry.kind, "words": opened(entry, "words_sealed"), **asked_of(entry.happened_at)}
    form = EntryForm(data=now)
    back = url_for("allegations.show_chronology", case_id=case_id)
    if form.validate_on_submit() and saved(form, lambda: _add(form, case, entry)):
        return redirect(back)
    intro = "What you write stands in its place; the entry as it was stays readable."
    return ask(form, "Put an entry right", back, caption=case.reference, intro=intro)


def _add(form: EntryForm, case: Case, instead_of: CaseEntry | None = None) -> None:
    kind, words = form.kind.data, form.words.data or ""
    changes.add(signed_in_user(), case, kind, form.happened_at(), words, instead_of=instead_of)
