"""The list of decisions, one decision, its notice and its service."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.asking import answers, with_form
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.decisions import documents, noticing, presenting, queries, reviewing
from licensing.decisions.forms import DecisionsFilterForm, GivenOnForm, ReviewForm, ServeForm
from licensing.decisions.notices import template_for
from licensing.decisions.noticing import Service
from licensing.decisions.states import BY_ANOTHER, DecisionState, ReviewKind
from licensing.decisions.views import ask_about, decisions
from licensing.errors import RuleBroken
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register.sections import sections_of
from licensing.saving import saved


@decisions.get("/decisions")
@requires(Permission.CASEWORK)
def list_decisions() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.DECISION)
    form, today = DecisionsFilterForm(request.args), dates.today()
    form.validate()
    authority_id = signed_in_user().authority.id
    wanted = queries.DecisionsFilter(form.state.data, form.kind.data)
    page = queries.decisions_page(authority_id, wanted, today, request.args.get("page", 1, int))
    return render_template(
        "decisions/list_decisions.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.decision_rows(page.items, today),
    )


@decisions.get("/decisions/<uuid:decision_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def show_decision(decision_id: UUID) -> ResponseReturnValue:
    decision, today = queries.decision(decision_id), dates.today()
    return render_template(
        "decisions/show_decision.html",
        decision=decision,
        added=sections_of(ObjectKind.DECISION, decision_id),
        state=presenting.state_of(decision, today),
        rows=presenting.summary_rows(decision, today),
        dates=presenting.date_rows(decision, dates.today()),
        narrative=presenting.narrative(decision),
        appeals=presenting.appeal_cards(decision),
        services=presenting.service_rows(decision),
        clocks=presenting.clocks_of(decision, today),
        reviews=presenting.review_entries(decision),
        actions=presenting.actions(decision, signed_in_user()),
        warnings=presenting.warnings_of(decision),
    )


@decisions.route("/decisions/<uuid:decision_id>/notice", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def issue_notice(decision_id: UUID) -> ResponseReturnValue:
    """The notice as it would be given, or was issued; the page says what the PDF says."""
    decision, form, user = queries.decision(decision_id), GivenOnForm(), signed_in_user()
    if not decision.needs_notice:
        abort(404)
    if form.validate_on_submit() and (given_on := form.given_on.data):
        if saved(form, lambda: noticing.issue_notice(user, decision_id, given_on)):
            flash("The notice was issued as you see it. Print it, give it, and record that it was given.", "success")
            return redirect(url_for("decisions.issue_notice", decision_id=decision_id))
        decision = queries.decision(decision_id)
    issued = decision.notices[-1] if decision.notices else None
    text, refusal = None, ""
    try:
        text = (
            documents.issued(issued) if issued else documents.notice_of(decision, form.given_on.data or dates.today())
        )
    except RuleBroken as broken:
        refusal = broken.message
    return with_form(
        form,
        "decisions/notice.html",
        decision=decision,
        issued=issued,
        text=text,
        refusal=refusal,
        is_reviewed=queries.review_of_template(template_for(decision.kind, decision.licence.kind.family)) is not None,
    )


@decisions.get("/decisions/<uuid:decision_id>/notice.pdf")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def print_notice(decision_id: UUID) -> ResponseReturnValue:
    decision = queries.decision(decision_id)
    if not decision.notices:
        abort(404)
    audit.record_alone(Action.PRINTED, ObjectKind.DECISION, decision_id)
    decision = queries.decision(decision_id)
    pdf = documents.pdf_of(documents.issued(decision.notices[-1]))
    named = {"Content-Disposition": f'attachment; filename="notice-{decision.reference}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=named)


@decisions.route("/decisions/<uuid:decision_id>/serve", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def serve(decision_id: UUID) -> ResponseReturnValue:
    form, user = ServeForm(), signed_in_user()
    if form.validate_on_submit() and saved(form, lambda: noticing.serve(user, decision_id, Service(**answers(form)))):
        flash("It is on record that the notice was given.", "success")
        return redirect(url_for("decisions.show_decision", decision_id=decision_id))
    return ask_about(queries.decision(decision_id), form, "Record that the notice was given")


@decisions.route("/decisions/<uuid:decision_id>/review", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def review(decision_id: UUID) -> ResponseReturnValue:
    """A second look: of an immediate decision by somebody else, then of a suspension from time to time."""
    form, user, decision = ReviewForm(), signed_in_user(), queries.decision(decision_id)
    kind = presenting.review_due(decision, user)
    if kind is None:
        abort(404)
    if kind in BY_ANOTHER or not decision.kind.suspends:
        del form.next_on
    if form.validate_on_submit() and saved(form, lambda: reviewing.review(user, decision_id, kind, **answers(form))):
        flash("The review is on record.", "success")
        return redirect(url_for("decisions.show_decision", decision_id=decision_id))
    return ask_about(queries.decision(decision_id), form, "Review the decision")


@decisions.route("/decisions/<uuid:decision_id>/new-information", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def note_new_information(decision_id: UUID) -> ResponseReturnValue:
    """What became known since: for the court that hears an appeal, or for a new application. It changes nothing."""
    form, user, kind = ReviewForm(), signed_in_user(), ReviewKind.NEW_INFORMATION
    del form.next_on
    if form.validate_on_submit() and saved(form, lambda: reviewing.review(user, decision_id, kind, **answers(form))):
        flash("It is on record. The decision stands until a court, or a new one, changes it.", "success")
        return redirect(url_for("decisions.show_decision", decision_id=decision_id))
    return ask_about(queries.decision(decision_id), form, "What became known since")


@adds_figures(Permission.CASEWORK)
def figures() -> list[Figure]:
    """What waits of decisions, for the home page."""
    counts = queries.waiting(signed_in_user().authority.id)
    address = "decisions.list_decisions"
    return [
        Figure(
            _counted(counts.to_notify, "notice", "to be served"),
            counts.to_notify,
            url_for(address, state=DecisionState.TO_NOTIFY),
        ),
        Figure(
            _counted(counts.under_appeal, "decision", "under appeal"),
            counts.under_appeal,
            url_for(address, state=DecisionState.UNDER_APPEAL),
        ),
    ]


def _counted(number: int, what: str, stands: str) -> str:
    return f"{what}{'' if number == 1 else 's'} {stands}"
