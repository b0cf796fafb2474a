"""After a premises supervisor was removed: who is named instead, and what the police say."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import answers
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.decisions import queries, supervisors
from licensing.decisions.forms import PoliceForm, SupervisorForm
from licensing.decisions.views import ask_about, decisions
from licensing.permissions import Permission, requires
from licensing.saving import saved


@decisions.route("/decisions/<uuid:decision_id>/supervisor", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def nominate_supervisor(decision_id: UUID) -> ResponseReturnValue:
    form, user = SupervisorForm(), signed_in_user()
    if form.validate_on_submit() and saved(form, lambda: supervisors.nominate(user, decision_id, **answers(form))):
        flash("The new supervisor is on record.", "success")
        return redirect(url_for("decisions.show_decision", decision_id=decision_id))
    about = queries.decision(decision_id)
    return ask_about(about, form, "Record a new premises supervisor")


@decisions.route("/decisions/<uuid:decision_id>/police", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.DECISION, "decision_id", queries.decision_exists)
def record_police(decision_id: UUID) -> ResponseReturnValue:
    form, user = PoliceForm(), signed_in_user()
    if form.validate_on_submit() and (on_day := form.on_day.data):
        objected = form.objected.data == "yes"
        if saved(form, lambda: supervisors.police_answered(user, decision_id, on_day, objected=objected)):
            flash("What the police say is on record.", "success")
            return redirect(url_for("decisions.show_decision", decision_id=decision_id))
    about = queries.decision(decision_id)
    return ask_about(about, form, "Record what the police say")
