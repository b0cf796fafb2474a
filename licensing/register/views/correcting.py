"""Correcting what was recorded of a decision or another event: asked by one person, agreed to by another."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.approvals.kinds import ProposalKind, Shown, carries_out
from licensing.approvals.models import Proposal
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms.answers import answers_again, kept_answers
from licensing.permissions import Permission, requires
from licensing.register import queries, states
from licensing.register.changes import event_corrections, events
from licensing.register.forms.licences import EventCorrectionForm
from licensing.register.forms.questions import offer_events, questions
from licensing.register.models import LicenceEvent
from licensing.register.names import licence_name
from licensing.register.views import register


def _licence_of(event_id: UUID) -> UUID:
    return db.session.get_one(LicenceEvent, event_id).licence_id


@register.route("/events/<uuid:event_id>/correct", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
@records_look(ObjectKind.LICENCE, "event_id", queries.event_stands, of=_licence_of)
def correct_event(event_id: UUID) -> ResponseReturnValue:
    event = db.session.get_one(LicenceEvent, event_id)
    licence = queries.licence(event.licence_id)
    form = _form_of(event)
    offer_events(form, licence.kind, event.kind)
    form.ask_only(*questions(licence.kind, form.event.data or event.kind), "never_happened", "reason")
    if form.validate_on_submit():
        try:
            event_corrections.propose_correction(event, licence, form.data, kept_answers(form))
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            db.session.commit()
            flash("A second person has been asked to agree. Until then the record stays as it is.", "success")
            return redirect(url_for("register.show_licence", licence_id=event.licence_id))
    page = render_template(
        "register/correct_event.html", form=form, licence_id=licence.id, caption=licence_name(licence)
    )
    return page, 422 if form.is_submitted() else 200


def _form_of(event: LicenceEvent) -> EventCorrectionForm:
    """The form with what is recorded now."""
    same = {name: getattr(event, name) for name in event_corrections.CORRECTED if name not in ("cause", "entitlement")}
    return EventCorrectionForm(
        data={**same, "event": event.kind, "cause": event.cause or "", "entitlement": event.entitlement or ""}
    )


def _shown(proposal: Proposal) -> Shown:
    """What it would change, for whoever decides."""
    event = db.session.get(LicenceEvent, proposal.object_id)
    if event is None:
        return Shown("A correction of another council’s record", [])
    licence = queries.licence(event.licence_id)
    after = event_corrections.corrected_state(_given(proposal), event_corrections.event_state(event))
    rows = [
        (what, f"was: {before or 'not recorded'}; would be: {now or 'not recorded'}")
        for what, before, now in states.differences(event_corrections.event_state(event), after)
    ]
    title = f"Correct “{event.kind.label}” of {licence_name(licence)}"
    return Shown(title, rows, url_for("register.show_licence", licence_id=licence.id))


@carries_out(ProposalKind.CORRECTION, approver=Permission.CHANGES_APPROVE, shows=_shown)
def carry_out_correction(proposal: Proposal) -> None:
    """Once agreed: the wrong entry is superseded, and everything that rests on it is reckoned again."""
    event_corrections.correct_event(signed_in_user(), proposal, _given(proposal))


def _void_shown(proposal: Proposal) -> Shown:
    licence = queries.licence(proposal.object_id)
    rows = [("Declared void on", in_words(events.voided_on(proposal)))]
    title = f"Declare void {licence_name(licence)}"
    return Shown(title, rows, url_for("register.show_licence", licence_id=licence.id))


@carries_out(ProposalKind.VOID, approver=Permission.CHANGES_APPROVE, shows=_void_shown)
def carry_out_voiding(proposal: Proposal) -> None:
    """Once agreed: the licence counts as never issued, and stays visible."""
    events.void(signed_in_user(), proposal)


def _given(proposal: Proposal) -> dict[str, Any]:
    """The proposer's answers, as the form gave them."""
    return EventCorrectionForm(formdata=None, data=answers_again(proposal.payload)).data
