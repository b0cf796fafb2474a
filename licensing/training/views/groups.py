"""Training at premises, of operators' named staff, and numbers of the wider workforce."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask, with_form
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.models import Organisation
from licensing.saving import saved
from licensing.training import keeping, presenting, queries
from licensing.training.keeping_forms import PremisesTrainingForm, RegisterCheckForm, StaffForm, WorkforceForm
from licensing.training.views import training


@training.route("/premises/<uuid:premises_id>/training", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PREMISES, "premises_id", register.premises_exist)
def add_premises_training(premises_id: UUID) -> ResponseReturnValue:
    user, form = signed_in_user(), PremisesTrainingForm()
    back = url_for("register.show_premises", premises_id=premises_id)
    if form.validate_on_submit() and saved(
        form, lambda: keeping.record_premises_training(user, premises_id, form.data)
    ):
        flash("The training is recorded.", "success")
        return redirect(back)
    name = register.premises(premises_id).name
    return ask(form, "Record training held here", back, caption=name)


@training.route("/training/held-at-premises/<uuid:premises_training_id>/correct", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PREMISES, "premises_training_id", queries.premises_training_exists, of=queries.place_of)
def correct_premises_training(premises_training_id: UUID) -> ResponseReturnValue:
    entry, user = queries.premises_training(premises_training_id), signed_in_user()
    form, premises_id = PremisesTrainingForm(obj=entry), entry.premises_id
    back = url_for("register.show_premises", premises_id=premises_id)
    if form.validate_on_submit() and saved(
        form, lambda: keeping.record_premises_training(user, premises_id, form.data, premises_training_id)
    ):
        return _corrected(back)
    name = register.premises(premises_id).name
    return ask(form, "Correct training held here", back, caption=name)


def _corrected(back: str) -> ResponseReturnValue:
    flash("The entry is corrected. What it said before is kept.", "success")
    return redirect(back)


@training.route("/organisations/<uuid:organisation_id>/staff", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.ORGANISATION, "organisation_id", register.record_exists(Organisation))
def record_staff(organisation_id: UUID) -> ResponseReturnValue:
    user, form = signed_in_user(), StaffForm()
    staff = queries.staff_of(organisation_id)
    form.person.choices = options((str(one.id), one.name) for one in staff)
    if form.validate_on_submit():
        before = UUID(form.person.data) if form.person.data else None
        if saved(form, lambda: keeping.record_staff(user, organisation_id, form.data, before)):
            flash("The member of staff is recorded.", "success")
            return redirect(url_for("register.show_organisation", organisation_id=organisation_id))
    return ask(form, "Record a member of staff", **_of(organisation_id))


@training.route("/organisations/<uuid:organisation_id>/staff-check", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.ORGANISATION, "organisation_id", register.record_exists(Organisation))
def record_register_check(organisation_id: UUID) -> ResponseReturnValue:
    user, form = signed_in_user(), RegisterCheckForm()
    if form.validate_on_submit() and saved(
        form, lambda: keeping.record_register_check(user, organisation_id, form.data)
    ):
        flash("The check is recorded.", "success")
        return redirect(url_for("register.show_organisation", organisation_id=organisation_id))
    return ask(form, "Record a look at the staff register", **_of(organisation_id))


def _of(organisation_id: UUID) -> dict[str, str]:
    return {
        "caption": register.organisation(organisation_id).name,
        "back": url_for("register.show_organisation", organisation_id=organisation_id),
    }


@training.route("/training/workforce", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
def list_workforce() -> ResponseReturnValue:
    """How many of other agencies' people were trained, and a form for more."""
    audit.record_alone(Action.LISTED, ObjectKind.TRAINING)
    form = WorkforceForm()
    if form.validate_on_submit() and saved(form, lambda: keeping.record_workforce(signed_in_user(), form.data)):
        flash("The training is recorded.", "success")
        return redirect(url_for("training.list_workforce"))
    page = queries.workforce_page(request.args.get("page", 1, int))
    rows = presenting.workforce_rows(page.items)
    total = queries.workforce_trained()
    return with_form(form, "training/list_workforce.html", page=page, rows=rows, total=total)


@training.route("/training/workforce/<uuid:workforce_training_id>/correct", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.TRAINING, "workforce_training_id", queries.workforce_training_exists)
def correct_workforce(workforce_training_id: UUID) -> ResponseReturnValue:
    user, back = signed_in_user(), url_for("training.list_workforce")
    form = WorkforceForm(obj=queries.workforce_training(workforce_training_id))
    if form.validate_on_submit() and saved(
        form, lambda: keeping.record_workforce(user, form.data, workforce_training_id)
    ):
        return _corrected(back)
    return ask(form, "Correct training of the wider workforce", back)
