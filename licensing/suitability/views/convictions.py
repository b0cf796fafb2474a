"""Convictions recorded for an application or a consideration, and the council's policy on them."""

from collections.abc import Callable
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import answers
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.suitability import presenting
from licensing.suitability.changes import convictions as changes
from licensing.suitability.forms.cases import ConvictionForm, PolicyForm
from licensing.suitability.models import Application, Consideration
from licensing.suitability.queries import applications, considerations
from licensing.suitability.queries import convictions as queries
from licensing.suitability.views import asked, done, suitability


@suitability.route("/applications/<uuid:application_id>/conviction", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.APPLICATION, "application_id", applications.application_exists)
def add_conviction_to_application(application_id: UUID) -> ResponseReturnValue:
    page = url_for("suitability.show_application", application_id=application_id)
    return _asked_about(lambda: applications.application(application_id), page)


@suitability.route("/considerations/<uuid:consideration_id>/conviction", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CONSIDERATION, "consideration_id", considerations.consideration_exists)
def add_conviction_to_consideration(consideration_id: UUID) -> ResponseReturnValue:
    page = url_for("suitability.show_consideration", consideration_id=consideration_id)
    return _asked_about(lambda: considerations.consideration(consideration_id), page)


def _asked_about(about: Callable[[], Application | Consideration], page: str) -> ResponseReturnValue:
    """`instead` names a conviction of the same person that was recorded wrongly, which this one puts right."""
    instead, person_id = request.args.get("instead", type=UUID), about().licence.person_id
    standing = queries.convictions_of(person_id) if person_id else []
    wrong = next((one for one in standing if one.id == instead), None)
    form = ConvictionForm(data=presenting.conviction_again(wrong) if wrong else None)
    if form.validate_on_submit():
        given, user = answers(form), signed_in_user()
        if saved(form, lambda: changes.record_conviction(user, about(), given, wrong.id if wrong else None)):
            return done("The conviction is recorded.", page)
    return asked(form, "Put a conviction right" if wrong else "Record a conviction", page)


@suitability.get("/conviction-policy")
@requires(Permission.CASEWORK)
def show_policy() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.POLICY)
    rows = queries.policies()
    return render_template(
        "suitability/show_policy.html",
        rows=presenting.policy_rows(rows, dates.today()),
        earlier=presenting.policy_history(rows),
    )


@suitability.route("/conviction-policy/change", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def change_policy() -> ResponseReturnValue:
    form = PolicyForm()
    if form.validate_on_submit():
        given, user = answers(form), signed_in_user()
        if saved(form, lambda: changes.change_policy(user, form.category.data, given)):
            return done("Your council’s policy is recorded.", url_for("suitability.show_policy"))
    return asked(form, "Change your council’s policy", url_for("suitability.show_policy"))
