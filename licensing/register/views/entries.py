"""Keeping something by hand: the form, its answers to check, and keeping them. One way for every entry."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms.answers import answer_rows, answers_again, kept_answers
from licensing.permissions import Permission, requires
from licensing.register import drafts, queries, states
from licensing.register.drafts import DraftKind
from licensing.register.entries import ADDS, BY_NAME, ENTRIES, Entry, address_of, argument_of
from licensing.register.events import RecordKind
from licensing.register.forms.entries import EntryForm
from licensing.register.names import address_of_record, name_of
from licensing.register.views import register


def _page_of(entry: Entry) -> Callable[..., ResponseReturnValue]:
    """The form's page, which for a record is a look at it."""

    def ask(**arguments: UUID) -> ResponseReturnValue:
        record_id = arguments[argument_of(entry.on)] if entry.on else None
        form = _opened(entry, record_id)
        if entry.first and entry.first not in form.settled:
            return _asked_first(entry, record_id, form)
        if form.validate_on_submit():
            draft = drafts.keep(signed_in_user(), DraftKind.ENTRY, _written(entry, record_id, form))
            db.session.commit()
            return redirect(url_for("register.check_entry", answers_id=draft))
        return _asked(entry, record_id, form)

    if entry.on:
        there_is = queries.record_exists(states.MODELS[entry.on])
        ask = records_look(ObjectKind(entry.on.value), argument_of(entry.on), there_is)(ask)
    return requires(Permission.REGISTER_EDIT)(ask)


def _opened(entry: Entry, record_id: UUID | None) -> EntryForm:
    """The form with what stands already, or with what this person answered when they came back to change it."""
    before = _draft(request.args.get("answers", type=UUID))
    if before and before["entry"] == entry.name and before["record"] == _text(record_id):
        form = entry.form(data=answers_again(before["answers"]))
    else:
        seen = states.written(entry.state(record_id)) if record_id else ""
        form = entry.form(data={**(entry.initial(record_id) if record_id else {}), "seen": seen})
    entry.offer(form, signed_in_user(), record_id, request.args)
    return form


def _asked_first(entry: Entry, record_id: UUID | None, form: EntryForm) -> ResponseReturnValue:
    """The question on which the others depend, alone on its page; its answer stands in the address of the next."""
    question = form[entry.first]
    if form.is_submitted() and question.validate(form):
        return redirect(_form_address(entry, record_id, **{entry.first: question.data}))
    return _asked(entry, record_id, form)


def _asked(entry: Entry, record_id: UUID | None, form: EntryForm, changed: Any = ()) -> ResponseReturnValue:
    page = render_template(
        "register/entry.html",
        entry=entry,
        form=form,
        changed=changed,
        caption=name_of(entry.on, record_id) if entry.on and record_id else "",
        back=_record_address(entry, record_id),
        anew=_form_address(entry, record_id) if form.settled else "",
    )
    return page, 422 if form.is_submitted() or changed or form.errors else 200


@register.get("/answers/<uuid:answers_id>")
@requires(Permission.REGISTER_EDIT)
def check_entry(answers_id: UUID) -> ResponseReturnValue:
    kept = _draft(answers_id) or drafts.gone(answers_id)
    entry, record_id = _of(kept)
    form = entry.form(data=answers_again(kept["answers"]))
    entry.offer(form, signed_in_user(), record_id, _first_answer(entry, kept["answers"]))
    return render_template(
        "register/check_entry.html",
        entry=entry,
        rows=answer_rows(form),
        caption=name_of(entry.on, record_id) if entry.on and record_id else "",
        change=_form_address(entry, record_id, answers=answers_id, **_first_answer(entry, kept["answers"])),
    )


@register.post("/answers/<uuid:answers_id>")
@requires(Permission.REGISTER_EDIT)
def keep_entry(answers_id: UUID) -> ResponseReturnValue:
    kept = drafts.take(answers_id, DraftKind.ENTRY)
    entry, record_id = _of(kept)
    given = answers_again(kept["answers"])
    try:
        done = _keep(entry, record_id, given)
    except RuleBroken as broken:
        db.session.rollback()
        return _again(entry, record_id, given, broken)
    there = address_of_record(done.kind, done.record_id)
    drafts.use(answers_id, there)
    db.session.commit()
    flash(done.message, "success")
    return redirect(there)


def _keep(entry: Entry, record_id: UUID | None, given: dict[str, Any]) -> Any:
    """Keep the answers, unless the record is no longer what the person saw."""
    before: states.State = {}
    if entry.on and record_id:
        states.lock(entry.on, record_id)
        before = entry.state(record_id)
        states.check_unchanged(given.get("seen"), before)
    form = entry.form(formdata=None, data=given)
    entry.offer(form, signed_in_user(), record_id, _first_answer(entry, given))
    return entry.keep(signed_in_user(), record_id, form.data, before)


def _again(entry: Entry, record_id: UUID | None, given: dict[str, Any], broken: RuleBroken) -> ResponseReturnValue:
    """The form once more, with everything typed and what stands against it."""
    changed: Any = ()
    if isinstance(broken, states.ChangedMeanwhile):
        changed, given = broken.differences, {**given, "seen": states.written(broken.now)}
    form = entry.form(formdata=None, data=given)
    entry.offer(form, signed_in_user(), record_id, _first_answer(entry, given))
    if not changed:
        form.add_error(broken.message, None if broken.field in form.settled | form.left_out else broken.field)
    return _asked(entry, record_id, form, changed)


def _written(entry: Entry, record_id: UUID | None, form: EntryForm) -> dict[str, Any]:
    return {"entry": entry.name, "record": _text(record_id), "answers": kept_answers(form)}


def _draft(answers_id: UUID | None) -> dict[str, Any] | None:
    return drafts.find(answers_id, DraftKind.ENTRY)


def _of(kept: dict[str, Any]) -> tuple[Entry, UUID | None]:
    """The entry and the record of kept answers; a record that is gone from this reader's sight is a 404."""
    entry = BY_NAME[kept["entry"]]
    record_id = UUID(kept["record"]) if kept["record"] else None
    if entry.on and not (record_id and queries.record_exists(states.MODELS[entry.on])(record_id)):
        abort(404)
    return entry, record_id


def _text(record_id: UUID | None) -> str | None:
    return str(record_id) if record_id else None


def _first_answer(entry: Entry, answers: dict[str, Any]) -> dict[str, Any]:
    return {entry.first: answers[entry.first]} if entry.first else {}


def _form_address(entry: Entry, record_id: UUID | None, **query: Any) -> str:
    if entry.on and record_id:
        query[argument_of(entry.on)] = record_id
    return url_for(f"register.{entry.name}", **query)


def _record_address(entry: Entry, record_id: UUID | None) -> str:
    if entry.on and record_id:
        return address_of_record(entry.on, record_id)
    return url_for(LISTS[ADDS[entry.name]])


LISTS = {
    RecordKind.PERSON: "register.list_people",
    RecordKind.ORGANISATION: "register.list_organisations",
    RecordKind.VEHICLE: "register.list_vehicles",
    RecordKind.PREMISES: "register.list_premises",
}

for _entry in ENTRIES:
    register.add_url_rule(address_of(_entry), _entry.name, _page_of(_entry), methods=["GET", "POST"])
