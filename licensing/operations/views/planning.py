"""Planning an operation, briefing and beginning it, or calling it off."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.dates import in_words
from licensing.disruption import queries as disruption
from licensing.forms import options
from licensing.operations import queries, rules
from licensing.operations.changes import planning
from licensing.operations.forms import BeginForm, BriefForm, CallOffForm, JoinForm, PlaceForm, PlanForm
from licensing.operations.views import done, operations
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sealing import opened

LOOK = records_look(ObjectKind.OPERATION, "operation_id", queries.operation_exists)
NO_AGENCY = "You work for no agency yet. An administrator of your council says for which you do."


def page_of(operation_id: UUID) -> str:
    return url_for("operations.show_operation", operation_id=operation_id)


@operations.route("/operations/plan", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
def plan() -> ResponseReturnValue:
    form, back = PlanForm(), url_for("operations.list_operations")
    if not _offer(form):
        return ask(form, "Plan an operation", back, intro=NO_AGENCY, questions=[])
    if form.validate_on_submit() and saved(form, lambda: planning.plan(signed_in_user(), _planned(form))):
        return done("The operation is planned. Add the places to visit, and brief those who go out.", back)
    return ask(form, "Plan an operation", back)


def _offer(form: PlanForm) -> bool:
    """Fill the choices; whether whoever asks works for an agency at all."""
    mine, every = disruption.acting_agencies(), disruption.agencies()
    form.lead_agency.choices = options((str(one.id), one.name) for one in every)
    form.partners.choices = options((str(one.id), one.name) for one in every)
    form.recording_agency.choices = options((str(one.id), one.name) for one in mine)
    if not form.is_submitted() and len(mine) == 1:
        form.lead_agency.data = form.recording_agency.data = str(mine[0].id)
    return bool(mine)


def _planned(form: PlanForm) -> planning.Plan:
    on_day = form.on_day.data
    assert on_day is not None
    return planning.Plan(
        kind=form.kind.data,
        name=form.name.data or "",
        on_day=on_day,
        starts_at=rules.time_of(form.starts_at.data or "", "starts_at"),
        ends_at=rules.time_of(form.ends_at.data, "ends_at") if form.ends_at.data else None,
        lead_agency_id=UUID(form.lead_agency.data),
        recording_agency_id=UUID(form.recording_agency.data),
        objective=form.objective.data or "",
        partners=[UUID(one) for one in form.partners.data or []],
    )


@operations.route("/operations/<uuid:operation_id>/places", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def add_place(operation_id: UUID) -> ResponseReturnValue:
    operation, form = queries.operation(operation_id), PlaceForm()
    form.find_places()
    if form.validate_on_submit() and saved(
        form, lambda: planning.add_place(signed_in_user(), operation_id, form.place())
    ):
        return done("The place is added.", page_of(operation_id))
    intro = "Type a part of its name: where a register has places like it, you are asked which one it is."
    return ask(form, "Add a place to visit", page_of(operation_id), caption=operation.name, intro=intro)


@operations.route("/operations/<uuid:operation_id>/agencies", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def add_agency(operation_id: UUID) -> ResponseReturnValue:
    """An agency joins, and knows of the operation from then on."""
    operation, form = queries.operation(operation_id), JoinForm()
    there = {one.agency_id for one in operation.agencies}
    form.agency.choices = options((str(one.id), one.name) for one in disruption.agencies() if one.id not in there)
    if form.validate_on_submit() and saved(
        form, lambda: planning.join(signed_in_user(), operation_id, UUID(form.agency.data))
    ):
        return done("The agency joins.", page_of(operation_id))
    intro = "Its people see the whole operation from now on, and can record what they find."
    return ask(form, "Add an agency", page_of(operation_id), caption=operation.name, intro=intro)


@operations.route("/operations/<uuid:operation_id>/brief", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def brief(operation_id: UUID) -> ResponseReturnValue:
    operation, form = queries.operation(operation_id), BriefForm()
    if form.validate_on_submit() and saved(
        form, lambda: planning.brief(signed_in_user(), operation_id, form.words.data or "")
    ):
        return done("The briefing is kept.", page_of(operation_id))
    if not form.is_submitted():
        form.words.data = opened(operation, "briefing_sealed")
    return ask(form, "Brief those who go out", page_of(operation_id), caption=operation.name)


@operations.route("/operations/<uuid:operation_id>/begin", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def begin(operation_id: UUID) -> ResponseReturnValue:
    operation, form = queries.operation(operation_id), BeginForm()
    if form.validate_on_submit() and saved(form, lambda: planning.begin(signed_in_user(), operation_id)):
        return done("It has begun.", url_for("operations.record_night", operation_id=operation_id))
    intro = f"It is planned for {in_words(operation.on_day)}. From now on you record what is found."
    return ask(form, "Begin the operation", page_of(operation_id), caption=operation.name, intro=intro)


@operations.route("/operations/<uuid:operation_id>/call-off", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def call_off(operation_id: UUID) -> ResponseReturnValue:
    operation, form = queries.operation(operation_id), CallOffForm()
    if form.validate_on_submit() and saved(
        form, lambda: planning.call_off(signed_in_user(), operation_id, form.words.data or "")
    ):
        return done("It is called off.", page_of(operation_id))
    return ask(form, "Call the operation off", page_of(operation_id), caption=operation.name)
