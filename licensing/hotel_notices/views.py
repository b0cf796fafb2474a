"""The pages of hotel notices: the list, a notice with its services and requirements, and their PDFs."""

from datetime import date
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.disruption import aiming
from licensing.disruption import queries as disruption
from licensing.disruption.words import TargetKind
from licensing.forms import DateField, applied_filters, options
from licensing.hotel_notices import changes, documents, presenting, queries, rules
from licensing.hotel_notices.forms import (
    CorrectServiceForm,
    EffectForm,
    NoticesFilterForm,
    PrepareForm,
    ReceiveForm,
    RequireForm,
    ServeForm,
)
from licensing.hotel_notices.queries import NoticesFilter
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sealing import opened

hotel_notices = Blueprint("hotel_notices", __name__)

_LOOK = records_look(ObjectKind.HOTEL_NOTICE, "hotel_notice_id", queries.notice_exists)
_LOOK_AT_PART = records_look(
    ObjectKind.HOTEL_NOTICE, "requirement_id", queries.requirement_exists, of=queries.notice_of
)
_NO_AGENCY = "You work for no agency yet. An administrator of your council says for which you do."


def _page(notice_id: UUID) -> str:
    return url_for("hotel_notices.show_notice", hotel_notice_id=notice_id)


def _done(message: str, address: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(address)


def _day(field: DateField) -> date:
    """A day that the form asked for."""
    assert field.data is not None
    return field.data


def _pdf(document: documents.Document) -> Response:
    name = document.reference.replace(", ", "-").replace(" ", "-")
    named = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(documents.pdf_of(document), mimetype="application/pdf", headers=named)


@hotel_notices.get("/hotel-notices")
@requires(Permission.DISRUPT)
def list_notices() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.HOTEL_NOTICE)
    form, today = NoticesFilterForm(request.args), dates.today()
    form.validate()
    wanted = NoticesFilter(form.state.data, bool(form.overdue.data))
    page = queries.notices_page(wanted, today, request.args.get("page", 1, int))
    return render_template(
        "hotel_notices/list_notices.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.notice_rows(page.items, today),
    )


@hotel_notices.route("/hotel-notices/prepare", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
def prepare() -> ResponseReturnValue:
    """What a notice says; messages cite what section 116 asks. `about` names the hotel it is about."""
    passed = aiming.passed_on(request.args.get("about"))
    form, back = PrepareForm(), url_for("hotel_notices.list_notices")
    form.find_places(passed if passed and passed.aim.kind is TargetKind.PREMISES else None)
    if not _offer(form):
        return ask(form, "Prepare a hotel notice", back, intro=_NO_AGENCY, questions=[])
    if form.validate_on_submit() and saved(form, lambda: changes.prepare(signed_in_user(), _draft(form))):
        return _done("The notice is prepared. Print it, serve it, and record the service.", back)
    return ask(form, "Prepare a hotel notice", back, template="hotel_notices/prepare.html")


def _offer(form: PrepareForm) -> bool:
    """Fill the choices; whether whoever asks works for an agency at all."""
    mine, every = disruption.acting_agencies(), disruption.agencies()
    form.lead_agency.choices = options((str(one.id), one.name) for one in every)
    form.partners.choices = options((str(one.id), one.name) for one in every)
    form.recording_agency.choices = options((str(one.id), one.name) for one in mine)
    if not form.is_submitted() and len(mine) == 1:
        form.recording_agency.data = str(mine[0].id)
    return bool(mine)


def _draft(form: PrepareForm) -> changes.Draft:
    return changes.Draft(
        hotel=form.place(),
        lead_agency_id=UUID(form.lead_agency.data),
        recording_agency_id=UUID(form.recording_agency.data),
        authorised_on=_day(form.considered_on),
        officer=form.officer.data or "",
        rank=form.rank.data,
        effective_on=_day(form.effective_on),
        expires_on=_day(form.expires_on),
        explains=form.explains.data or [],
        objective=form.objective.data or "",
        threshold=form.threshold.data or "",
        partners=[UUID(one) for one in form.partners.data or []],
    )


@hotel_notices.get("/hotel-notices/<uuid:hotel_notice_id>")
@requires(Permission.DISRUPT)
@_LOOK
def show_notice(hotel_notice_id: UUID) -> ResponseReturnValue:
    notice, today = queries.notice(hotel_notice_id), dates.today()
    return render_template(
        "hotel_notices/show_notice.html",
        notice=notice,
        facts=presenting.notice_facts(notice, today),
        services=presenting.service_rows(notice),
        requirements=presenting.requirement_rows(notice.requirements, today),
        document=documents.notice_document(notice),
        works=disruption.works_on(notice.action_id),
        may_take_effect=changes.may_take_effect(notice, today),
        state=notice.state_on(today).value,
    )


@hotel_notices.get("/hotel-notices/<uuid:hotel_notice_id>/pdf")
@requires(Permission.DISRUPT)
@_LOOK
def print_notice(hotel_notice_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.HOTEL_NOTICE, hotel_notice_id)
    return _pdf(documents.notice_document(queries.notice(hotel_notice_id)))


@hotel_notices.route("/hotel-notices/<uuid:hotel_notice_id>/serve", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def serve(hotel_notice_id: UUID) -> ResponseReturnValue:
    """On the owner, the operator or the manager; on whoever takes over by another service."""
    notice, form = queries.notice(hotel_notice_id), ServeForm()

    def keep() -> None:
        name, officer = form.name.data or "", form.officer.data or ""
        changes.serve(signed_in_user(), hotel_notice_id, _day(form.on), form.capacity.data, name, officer)

    if form.validate_on_submit() and saved(form, keep):
        return _done("The service is recorded.", _page(hotel_notice_id))
    again = "Whoever was served before stays served. This is another service, on somebody who took over."
    return ask(
        form, "Record the service", _page(hotel_notice_id), caption=notice.hotel, intro=again if notice.services else ""
    )


@hotel_notices.route("/hotel-notices/services/<uuid:hotel_service_id>/correct", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@records_look(ObjectKind.HOTEL_NOTICE, "hotel_service_id", queries.service_exists, of=queries.notice_served)
def correct_service(hotel_service_id: UUID) -> ResponseReturnValue:
    """What was typed wrong of a service; the page begins with what stands."""
    service = queries.service(hotel_service_id)
    notice, page = queries.notice(service.notice_id), _page(service.notice_id)
    if service not in notice.served:
        return redirect(page)
    stands = {"on": service.served_on, "capacity": service.capacity, "officer": service.officer}
    form = CorrectServiceForm(data={**stands, "name": opened(service, "name_sealed")})

    def keep() -> None:
        right = changes.Service(_day(form.on), form.capacity.data, form.name.data or "", form.officer.data or "")
        changes.put_service_right(signed_in_user(), hotel_service_id, right, form.why.data or "")

    if form.validate_on_submit() and saved(form, keep):
        return _done("It is put right. What was recorded before stays below it.", page)
    return ask(form, "Put the service right", page, caption=notice.hotel)


@hotel_notices.route("/hotel-notices/<uuid:hotel_notice_id>/effect", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def take_effect(hotel_notice_id: UUID) -> ResponseReturnValue:
    """Record on the action that the day has come."""
    notice, form = queries.notice(hotel_notice_id), EffectForm()
    if form.validate_on_submit() and saved(form, lambda: changes.take_effect(signed_in_user(), hotel_notice_id)):
        return _done("The notice is in effect.", _page(hotel_notice_id))
    return ask(form, "Record that the notice took effect", _page(hotel_notice_id), caption=notice.hotel)


@hotel_notices.route("/hotel-notices/<uuid:hotel_notice_id>/requirements/make", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def require(hotel_notice_id: UUID) -> ResponseReturnValue:
    """Each requirement is made in writing: its PDF is handed over."""
    notice, form = queries.notice(hotel_notice_id), RequireForm()

    def keep() -> None:
        wanted = rules.Requirement(*map(_day, (form.made_on, form.from_on, form.until_on, form.due_on)))
        changes.require(signed_in_user(), hotel_notice_id, wanted, form.officer.data or "")

    if form.validate_on_submit() and saved(form, keep):
        return _done("The requirement is recorded. Print it and hand it over.", _page(hotel_notice_id))
    until = dates.in_words(notice.expires_on)
    intro = f"The notice expires on {until}: what is asked about ends no later. Nothing about guests is kept here."
    return ask(form, "Require information", _page(hotel_notice_id), caption=notice.hotel, intro=intro)


@hotel_notices.get("/hotel-notices/requirements/<uuid:requirement_id>")
@requires(Permission.DISRUPT)
@_LOOK_AT_PART
def show_requirement(requirement_id: UUID) -> ResponseReturnValue:
    requirement, today = queries.requirement(requirement_id), dates.today()
    return render_template(
        "hotel_notices/show_requirement.html",
        requirement=requirement,
        facts=presenting.requirement_facts(requirement, today),
        document=documents.requirement_document(requirement),
        works=disruption.works_on(requirement.notice.action_id),
        waits=not any(one.complete for one in requirement.receipts),
    )


@hotel_notices.get("/hotel-notices/requirements/<uuid:requirement_id>/pdf")
@requires(Permission.DISRUPT)
@_LOOK_AT_PART
def print_requirement(requirement_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.HOTEL_NOTICE, queries.notice_of(requirement_id))
    return _pdf(documents.requirement_document(queries.requirement(requirement_id)))


@hotel_notices.route("/hotel-notices/requirements/<uuid:requirement_id>/receive", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK_AT_PART
def receive(requirement_id: UUID) -> ResponseReturnValue:
    """That information came, and whether it was all; not the information."""
    form, page = ReceiveForm(), url_for("hotel_notices.show_requirement", requirement_id=requirement_id)
    if form.validate_on_submit() and saved(
        form,
        lambda: changes.receive(signed_in_user(), requirement_id, _day(form.on), complete=form.complete.data == "yes"),
    ):
        return _done("It is recorded.", page)
    intro = "Nothing about guests is kept here: what the hotel sent goes where the police keep their records."
    return ask(form, "Information was received", page, intro=intro)
