"""Recording an appeal, its hearing, and what became of it."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import answers
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.decisions import appeals, queries
from licensing.decisions.forms import AppealForm, EndAppealForm, HearingForm
from licensing.decisions.views import ask_about, decisions
from licensing.permissions import Permission, requires
from licensing.saving import saved


@decisions.route("/decisions/<uuid:decision_id>/appeal", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def lodge_appeal(decision_id: UUID) -> ResponseReturnValue:
    form, user = AppealForm(), signed_in_user()
    if form.validate_on_submit():
        given = answers(form)
        reference = given["reference"] or ""
        if saved(form, lambda: appeals.lodge(user, decision_id, given["court"], given["lodged_on"], reference)):
            flash("The appeal is on record.", "success")
            return redirect(url_for("decisions.show_decision", decision_id=decision_id))
    return ask_about(queries.decision(decision_id), form, "Record an appeal")


@decisions.route("/appeals/<uuid:appeal_id>/hearing", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "appeal_id", queries.appeal_exists, of=queries.decision_of_appeal)
def set_hearing(appeal_id: UUID) -> ResponseReturnValue:
    form, appeal = HearingForm(), queries.appeal(appeal_id)
    if form.validate_on_submit() and saved(form, lambda: appeals.set_hearing(appeal, **answers(form))):
        return redirect(url_for("decisions.show_decision", decision_id=queries.decision_of_appeal(appeal_id)))
    decision = queries.decision(queries.decision_of_appeal(appeal_id))
    return ask_about(decision, form, "When the appeal is heard")


@decisions.route("/appeals/<uuid:appeal_id>/end", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "appeal_id", queries.appeal_exists, of=queries.decision_of_appeal)
def end_appeal(appeal_id: UUID) -> ResponseReturnValue:
    form, appeal = EndAppealForm(), queries.appeal(appeal_id)
    if form.validate_on_submit():
        given = answers(form)
        outcome, day, costs = given["outcome"], given["ended_on"], given["costs"] or ""
        until = given["suspended_until"]
        if saved(form, lambda: appeals.end(signed_in_user(), appeal, outcome, day, costs, until)):
            flash("The outcome is on record.", "success")
            return redirect(url_for("decisions.show_decision", decision_id=queries.decision_of_appeal(appeal_id)))
    decision = queries.decision(queries.decision_of_appeal(appeal_id))
    return ask_about(decision, form, "Record what became of the appeal")
