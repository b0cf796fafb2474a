"""What must not be forgotten: suspensions, badges that are out; and what a council arranges for its decisions."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import answers, with_form
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.decisions import arrangements, queries, watch_lists, watched
from licensing.decisions.examples import example_of
from licensing.decisions.forms import DelegationForm, TemplateReviewForm
from licensing.decisions.notices import Template
from licensing.decisions.views import decisions
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.tasks.queries import colleagues


@decisions.get("/suspensions")
@requires(Permission.CASEWORK)
def list_suspensions() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.LICENCE)
    today = dates.today()
    found = watched.suspended(signed_in_user().authority.id, today)
    return render_template("decisions/list_suspensions.html", rows=watch_lists.suspension_rows(found, today))


@decisions.get("/badges")
@requires(Permission.CASEWORK)
def list_badges() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.LICENCE)
    today = dates.today()
    found = watched.marks_out(signed_in_user().authority.id, today)
    return render_template("decisions/list_badges.html", rows=watch_lists.badge_rows(found, today))


@decisions.route("/delegations", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def list_delegations() -> ResponseReturnValue:
    form, user = DelegationForm(), signed_in_user()
    form.user_id.choices = options((str(one), name) for one, name in colleagues(user.authority.id))
    if form.validate_on_submit():
        given = answers(form)
        given["to_user_id"] = UUID(given.pop("user_id"))
        if saved(form, lambda: arrangements.delegate(user, **given)):
            flash("The delegation is on record.", "success")
            return redirect(url_for("decisions.list_delegations"))
    found, today = queries.delegations(user.authority.id), dates.today()
    return with_form(form, "decisions/list_delegations.html", delegations=found, today=today)


@decisions.post("/delegations/<uuid:delegation_id>/end")
@requires(Permission.POLICIES)
def end_delegation(delegation_id: UUID) -> ResponseReturnValue:
    found = queries.one_delegation(delegation_id, signed_in_user().authority.id) or abort(404)
    arrangements.end_delegation(found, max(found.from_on, dates.today()))
    db.session.commit()
    flash("The delegation ends today.", "success")
    return redirect(url_for("decisions.list_delegations"))


@decisions.get("/notice-templates")
@requires(Permission.CASEWORK)
def list_templates() -> ResponseReturnValue:
    return render_template("decisions/list_templates.html", templates=watch_lists.template_cards())


@decisions.route("/notice-templates/<template>/review", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def review_template(template: str) -> ResponseReturnValue:
    found = Template(template) if template in list(Template) else abort(404)
    form, user = TemplateReviewForm(), signed_in_user()
    if form.validate_on_submit() and saved(
        form, lambda: arrangements.record_template_review(user, found, **answers(form))
    ):
        flash("The review is on record.", "success")
        return redirect(url_for("decisions.list_templates"))
    return with_form(form, "decisions/review_template.html", reviewed=found, text=example_of(found))
