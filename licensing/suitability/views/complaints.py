"""Complaints: the list, one complaint, recording one about a record of the register, and what came of it."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import answers
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.events import RecordKind
from licensing.register.models import Organisation, Premises, Vehicle
from licensing.register.names import address_of_record, name_of
from licensing.saving import saved
from licensing.suitability import presenting
from licensing.suitability.changes import concerns as changes
from licensing.suitability.forms.concerns import ComplaintForm, ComplaintsFilterForm, OperatorForm, OutcomeForm
from licensing.suitability.queries import concerns as queries
from licensing.suitability.views import asked, done, suitability


@suitability.get("/complaints")
@requires(Permission.CASEWORK)
def list_complaints() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.COMPLAINT)
    form = ComplaintsFilterForm(request.args)
    form.validate()
    wanted = queries.ComplaintsFilter(form.category.data, form.source.data, bool(form.state.data))
    page = queries.complaints_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "suitability/list_complaints.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.complaint_rows(page.items),
    )


@suitability.route("/people/<uuid:person_id>/complaint", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def add_complaint_about_person(person_id: UUID) -> ResponseReturnValue:
    return _asked_about(RecordKind.PERSON, person_id)


@suitability.route("/organisations/<uuid:organisation_id>/complaint", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.ORGANISATION, "organisation_id", register.record_exists(Organisation))
def add_complaint_about_organisation(organisation_id: UUID) -> ResponseReturnValue:
    return _asked_about(RecordKind.ORGANISATION, organisation_id)


@suitability.route("/vehicles/<uuid:vehicle_id>/complaint", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.VEHICLE, "vehicle_id", register.record_exists(Vehicle))
def add_complaint_about_vehicle(vehicle_id: UUID) -> ResponseReturnValue:
    return _asked_about(RecordKind.VEHICLE, vehicle_id)


@suitability.route("/premises/<uuid:premises_id>/complaint", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PREMISES, "premises_id", register.record_exists(Premises))
def add_complaint_about_premises(premises_id: UUID) -> ResponseReturnValue:
    return _asked_about(RecordKind.PREMISES, premises_id)


def _asked_about(kind: RecordKind, record_id: UUID) -> ResponseReturnValue:
    form, made = ComplaintForm(), []
    if form.validate_on_submit():
        given, user = answers(form), signed_in_user()
        if saved(form, lambda: made.append(changes.record_complaint(user, kind, record_id, given))):
            return done("The complaint is recorded.", _page(made[0]))
    return asked(form, "Record a complaint", address_of_record(kind, record_id), caption=name_of(kind, record_id))


@suitability.get("/complaints/<uuid:complaint_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.COMPLAINT, "complaint_id", queries.complaint_exists)
def show_complaint(complaint_id: UUID) -> ResponseReturnValue:
    complaint, today = queries.complaint(complaint_id), dates.today()
    return render_template(
        "suitability/show_complaint.html",
        complaint=complaint,
        rows=presenting.complaint_facts(complaint),
        pattern=presenting.pattern_words(complaint, today),
    )


@suitability.route("/complaints/<uuid:complaint_id>/close", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.COMPLAINT, "complaint_id", queries.complaint_exists)
def close_complaint(complaint_id: UUID) -> ResponseReturnValue:
    form = OutcomeForm()
    if form.validate_on_submit() and (on_day := form.on_day.data):
        user, outcome, words = signed_in_user(), form.outcome.data, form.words.data or ""
        if saved(form, lambda: changes.close_complaint(user, complaint_id, on_day, outcome, words)):
            return done("What came of it is recorded.", _page(complaint_id))
    return asked(form, "Record what came of it", _page(complaint_id))


@suitability.route("/people/<uuid:person_id>/operator", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def record_operator(person_id: UUID) -> ResponseReturnValue:
    """For which operator a driver works."""
    form, page = OperatorForm(), url_for("register.show_person", person_id=person_id)
    if form.validate_on_submit():
        operator = register.holder_of_reference(form.operator.data or "")
        if not isinstance(operator, Organisation):
            form.add_error("No organisation on your register has this reference", "operator")
        else:
            user, days = signed_in_user(), (form.from_on.data, form.until_on.data)
            if saved(form, lambda: changes.record_operator(user, person_id, operator, days)):
                return done("It is recorded for whom they work.", page)
    return asked(form, "Record for which operator they work", page, caption=name_of(RecordKind.PERSON, person_id))


def _page(complaint_id: UUID) -> str:
    return url_for("suitability.show_complaint", complaint_id=complaint_id)
