"""One person and one course: recorded, shown, corrected, verified."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import ActingUser, signed_in_user
from licensing.asking import ask
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.saving import saved
from licensing.training import changes, presenting, queries
from licensing.training.filling_in import answers_of, details_from
from licensing.training.forms import VERIFIED, CorrectTrainingForm, TrainingForm, VerifyForm
from licensing.training.models import TrainingRecord
from licensing.training.rules import Result
from licensing.training.views import training


@training.route("/people/<uuid:person_id>/training", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def add_training(person_id: UUID) -> ResponseReturnValue:
    user, today, form = signed_in_user(), dates.today(), TrainingForm()
    form.offer(queries.Catalogue(user.authority.id))
    if form.validate_on_submit() and saved(
        form, lambda: changes.record_training(user, person_id, details_from(user, person_id, form, today), today)
    ):
        flash("The training is recorded.", "success")
        return redirect(url_for("register.show_person", person_id=person_id))
    back = url_for("register.show_person", person_id=person_id)
    return ask(form, "Record training", back, caption=register.person(person_id).name)


@training.get("/training/records/<uuid:training_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "training_id", queries.training_exists, of=queries.person_of)
def show_training(training_id: UUID) -> ResponseReturnValue:
    return _show(training_id, VerifyForm())


def _show(training_id: UUID, form: VerifyForm) -> str:
    record = queries.standing_record(training_id)
    told = queries.history_of(record)
    involved = {one.recorded_by for one in told} | {one.verified_by for one in told if one.verified_by}
    people = queries.names_of_users(involved)
    return render_template(
        "training/show_training.html",
        record=record,
        name=register.person(record.person_id).name,
        rows=presenting.card(record, people),
        history=presenting.history(told, people),
        warning=presenting.attempts_warning(record, queries.version_of(record)),
        waits=record.result is Result.CERTIFICATE_UNVERIFIED,
        form=form,
    )


@training.post("/training/records/<uuid:training_id>/verify")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "training_id", queries.training_exists, of=queries.person_of)
def verify(training_id: UUID) -> ResponseReturnValue:
    user, form = signed_in_user(), VerifyForm()
    if form.validate_on_submit():
        settle = changes.verify if form.found.data == VERIFIED else changes.reject
        if saved(form, lambda: settle(user, training_id, form.how.data or "")):
            flash("What you found of the certificate is recorded.", "success")
            return redirect(url_for("training.show_training", training_id=training_id))
    return _show(training_id, form), 422


@training.route("/training/records/<uuid:training_id>/correct", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "training_id", queries.training_exists, of=queries.person_of)
def correct_training(training_id: UUID) -> ResponseReturnValue:
    user, today = signed_in_user(), dates.today()
    record = queries.one_record(training_id)
    form = CorrectTrainingForm(data=answers_of(user, record))
    form.offer(queries.Catalogue(user.authority.id))
    if form.validate_on_submit() and saved(form, lambda: _correct(user, record, form, today)):
        flash("The record is corrected. What it said before is kept.", "success")
        return redirect(url_for("training.show_training", training_id=training_id))
    back = url_for("training.show_training", training_id=training_id)
    return ask(form, "Correct a record of training", back, caption=register.person(record.person_id).name)


def _correct(user: ActingUser, record: TrainingRecord, form: CorrectTrainingForm, today: date) -> None:
    verified = record.verified_by is not None
    details = details_from(user, record.person_id, form, today, verified=verified)
    changes.correct(user, record.id, details, today)
