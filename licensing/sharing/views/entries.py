"""Entries on NR3S: what is due, one entry with what to key in, and confirming what was done there."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.models import Authority
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.forms import applied_filters, options
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.saving import saved
from licensing.sharing import entry_page, presenting
from licensing.sharing.changes import entries as changes
from licensing.sharing.clocks import Period, due_on, kept_until
from licensing.sharing.forms.filters import EntriesFilterForm
from licensing.sharing.forms.recording import ConfirmEntryForm, ConfirmUpdateForm, NotNeededForm, UploadForm
from licensing.sharing.queries import entries as queries
from licensing.sharing.queries.entries import Which
from licensing.sharing.queries.exchanges import told_of_person
from licensing.sharing.rules import EntryState, actions_open_to, is_historic
from licensing.sharing.views import ask, sharing

_LOOK = records_look(ObjectKind.NR3S_ENTRY, "nr3s_entry_id", queries.entry_exists)
_LOOK_BY_UPDATE = records_look(
    ObjectKind.NR3S_ENTRY, "nr3s_update_id", queries.update_exists, of=queries.entry_of_update
)


@sharing.get("/nr3s")
@requires(Permission.CASEWORK)
def list_entries() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NR3S_ENTRY)
    form = EntriesFilterForm(request.args)
    form.validate()
    today = dates.today()
    period = Period.of(ClockCode.NR3S_ENTRY, signed_in_user().authority.id, today)
    page = queries.entries_page(form.which.data or Which.TO_DO, request.args.get("page", 1, int))
    return render_template(
        "sharing/list_entries.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=entry_page.entries_rows(page.items, period, today),
        owed=queries.owed(period.first_running(today)),
    )


@sharing.get("/nr3s/entries/<uuid:nr3s_entry_id>")
@requires(Permission.CASEWORK)
@_LOOK
def show_entry(nr3s_entry_id: UUID) -> ResponseReturnValue:
    entry, today, user = queries.entry(nr3s_entry_id), dates.today(), signed_in_user()
    event = queries.standing_event(entry.event_id)
    authority = db.session.get_one(Authority, user.authority.id)
    person = register.person(entry.person_id)
    to_key = entry_page.fields_to_key(person, event, authority) if event else []
    in_time = None if is_historic(entry.notified_on) else entry.notified_on
    due_by = due_on(ClockCode.NR3S_ENTRY, user.authority.id, in_time) if in_time else None
    kept = kept_until(user.authority.id, entry.settled_on) if entry.settled_on else None
    return render_template(
        "sharing/show_entry.html",
        entry=entry,
        event=event,
        facts=entry_page.entry_facts(entry, due_by, kept, today),
        to_key=to_key,
        missing=entry_page.missing(to_key),
        updates=[
            (one, presenting.due(due_on(ClockCode.NR3S_UPDATE, user.authority.id, one.from_on), today, one.settled_on))
            for one in entry.updates
        ],
        update_words=presenting.update_words,
        told=told_of_person(entry.person_id),
        is_due=entry.state is EntryState.DUE,
        may_confirm=user.may(Permission.DECIDE),
    )


@sharing.route("/nr3s/entries/<uuid:nr3s_entry_id>/confirm", methods=["GET", "POST"])
@requires(Permission.DECIDE)
@_LOOK
def confirm_entry(nr3s_entry_id: UUID) -> ResponseReturnValue:
    form, back = ConfirmEntryForm(), url_for("sharing.show_entry", nr3s_entry_id=nr3s_entry_id)
    if form.validate_on_submit() and (keyed_on := form.keyed_on.data):
        user, reference = signed_in_user(), form.nr3s_reference.data or ""
        if saved(form, lambda: changes.confirm_entry(user, nr3s_entry_id, keyed_on, reference)):
            flash("The entry is confirmed.", "success")
            return redirect(back)
    return ask(form, "Confirm that the entry is on NR3S", back)


@sharing.route("/nr3s/entries/<uuid:nr3s_entry_id>/not-needed", methods=["GET", "POST"])
@requires(Permission.DECIDE)
@_LOOK
def need_no_entry(nr3s_entry_id: UUID) -> ResponseReturnValue:
    form, back = NotNeededForm(), url_for("sharing.show_entry", nr3s_entry_id=nr3s_entry_id)
    if form.validate_on_submit():
        user, reason = signed_in_user(), form.reason.data or ""
        if saved(form, lambda: changes.need_no_entry(user, nr3s_entry_id, reason, dates.today())):
            flash("It is recorded that no entry is needed.", "success")
            return redirect(back)
    return ask(form, "Record that no entry is needed", back)


@sharing.route("/nr3s/updates/<uuid:nr3s_update_id>/confirm", methods=["GET", "POST"])
@requires(Permission.DECIDE)
@_LOOK_BY_UPDATE
def confirm_update(nr3s_update_id: UUID) -> ResponseReturnValue:
    entry = queries.entry(queries.entry_of_update(nr3s_update_id))
    update = next(one for one in entry.updates if one.id == nr3s_update_id)
    form, back = ConfirmUpdateForm(), url_for("sharing.show_entry", nr3s_entry_id=entry.id)
    form.action.choices = options((one, one.label) for one in actions_open_to(entry.state))
    if form.validate_on_submit() and (done_on := form.done_on.data):
        user, action, note = signed_in_user(), form.action.data, form.note.data or ""
        if saved(form, lambda: changes.confirm_update(user, nr3s_update_id, action, done_on, note)):
            flash("It is recorded that NR3S was put right.", "success")
            return redirect(back)
    return ask(form, "Confirm that NR3S was put right", back, caption=update.reason.label)


@sharing.route("/licences/<uuid:licence_id>/nr3s-entry", methods=["GET", "POST"])
@requires(Permission.DECIDE)
@records_look(ObjectKind.LICENCE, "licence_id", register.record_exists(Licence))
def upload(licence_id: UUID) -> ResponseReturnValue:
    """An entry by choice, of an older decision."""
    found = {str(one.id): one for one in queries.historic_decisions(licence_id)}
    form, back = UploadForm(), url_for("register.show_licence", licence_id=licence_id)
    form.event.choices = options(
        (event_id, f"{one.kind.label}, notified {dates.in_words(one.notified_on)}")
        for event_id, one in found.items()
        if one.notified_on
    )
    if form.validate_on_submit():
        user, event, written_on = signed_in_user(), found[form.event.data], form.notice_given_on.data
        made: list[UUID] = []
        if saved(form, lambda: made.append(changes.upload(user, event, written_on, dates.today()).id)):
            flash("The entry is due.", "success")
            return redirect(url_for("sharing.show_entry", nr3s_entry_id=made[0]))
    name = licence_name(register.licence(licence_id))
    return ask(form, "Enter an older decision on NR3S", back, caption=name)
