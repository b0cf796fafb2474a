"""What happened and may need a note: listed, and answered for by a note or by saying why not."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.need_to_know import about, presenting, queries
from licensing.need_to_know.changes import proposing
from licensing.need_to_know.forms import NoteForm, WhyForm
from licensing.need_to_know.views import done, need_to_know
from licensing.need_to_know.views.notes import SAVED, given
from licensing.permissions import Permission, requires
from licensing.saving import saved

_LOOK = records_look(ObjectKind.NEED_TO_KNOW_FACT, "fact_id", queries.fact_exists)


@need_to_know.get("/need-to-know/proposed")
@requires(Permission.NOTES_WRITE)
def list_facts() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NEED_TO_KNOW_FACT)
    page = queries.facts_page(request.args.get("page", 1, int))
    return render_template("need_to_know/list_facts.html", page=page, rows=presenting.fact_rows(page.items))


@need_to_know.get("/need-to-know/proposed/<uuid:fact_id>")
@requires(Permission.NOTES_WRITE)
@_LOOK
def show_fact(fact_id: UUID) -> ResponseReturnValue:
    fact = queries.fact(fact_id)
    [row] = presenting.fact_rows([fact])
    return render_template("need_to_know/show_fact.html", fact=fact, row=row)


@need_to_know.route("/need-to-know/proposed/<uuid:fact_id>/raise", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
@_LOOK
def raise_note(fact_id: UUID) -> ResponseReturnValue:
    fact = queries.fact(fact_id)
    kept, made = {"trigger": fact.trigger, "known_on": fact.on_day, "for_county": True}, list[UUID]()
    form = NoteForm(data=kept, named=about.naming(fact.object_kind, fact.object_id))

    def keep() -> None:
        record = (fact.object_kind, fact.object_id)
        made.append(proposing.raise_note(signed_in_user(), fact_id, given(form, record)))

    if form.validate_on_submit() and saved(form, keep):
        return done(SAVED, presenting.note_page(made[0]))
    return ask(form, "Draft a Need to Know", _page(fact_id), caption=fact.trigger.label)


@need_to_know.route("/need-to-know/proposed/<uuid:fact_id>/none", methods=["GET", "POST"])
@requires(Permission.NOTES_WRITE)
@_LOOK
def need_none(fact_id: UUID) -> ResponseReturnValue:
    form = WhyForm.asking("Why need leaders not know of it?", "No note is needed", _named(fact_id))
    if form.validate_on_submit() and saved(
        form, lambda: proposing.need_none(signed_in_user(), fact_id, form.why.data or "")
    ):
        return done("It is recorded why no note is needed.", url_for("need_to_know.list_facts"))
    return ask(form, "Say why no note is needed", _page(fact_id), caption=queries.fact(fact_id).trigger.label)


def _named(fact_id: UUID) -> about.Named:
    fact = queries.fact(fact_id)
    return about.naming(fact.object_kind, fact.object_id)


def _page(fact_id: UUID) -> str:
    return url_for("need_to_know.show_fact", fact_id=fact_id)
