"""Agencies and who works for each: everybody in disruption reads them, an administrator keeps their council's."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import answers, ask
from licensing.disruption import presenting, queries
from licensing.disruption.changes import agencies as changes
from licensing.disruption.forms import AgencyForm, MemberForm
from licensing.disruption.models import Agency
from licensing.disruption.views import disruption, done
from licensing.forms import BaseForm, SubmitField, options
from licensing.permissions import Permission, requires
from licensing.saving import saved


class _SureForm(BaseForm):
    submit = SubmitField("Confirm")


def _page(agency_id: UUID) -> str:
    return url_for("disruption.show_agency", agency_id=agency_id)


def _keeps() -> UUID | None:
    """The council whose agencies the acting user keeps, if they do."""
    user = signed_in_user()
    return user.authority.id if user.may(Permission.SETTINGS_CHANGE) else None


def _own(agency_id: UUID) -> Agency:
    """One that the acting user's council keeps, or 404."""
    agency = queries.agency(agency_id)
    return agency if agency.authority_id == signed_in_user().authority.id else abort(404)


@disruption.get("/agencies")
@requires(Permission.DISRUPT, Permission.SETTINGS_CHANGE)
def list_agencies() -> ResponseReturnValue:
    return render_template(
        "disruption/list_agencies.html",
        rows=presenting.agency_rows(queries.agencies(open_only=False), _keeps()),
    )


@disruption.route("/agencies/add", methods=["GET", "POST"])
@requires(Permission.SETTINGS_CHANGE)
def add_agency_kept() -> ResponseReturnValue:
    form, back = AgencyForm(), url_for("disruption.list_agencies")
    if form.validate_on_submit() and saved(form, lambda: changes.add(signed_in_user(), **answers(form))):
        return done("The agency is added. Say who works for it.", back)
    return ask(form, "Add an agency", back)


@disruption.get("/agencies/<uuid:agency_id>")
@requires(Permission.SETTINGS_CHANGE)
def show_agency(agency_id: UUID) -> ResponseReturnValue:
    agency = _own(agency_id)
    return render_template("disruption/show_agency.html", agency=agency, members=queries.members_of(agency_id))


@disruption.route("/agencies/<uuid:agency_id>/people", methods=["GET", "POST"])
@requires(Permission.SETTINGS_CHANGE)
def add_member(agency_id: UUID) -> ResponseReturnValue:
    agency, form = _own(agency_id), MemberForm()
    form.user.choices = options((str(one.id), one.name) for one in queries.colleagues(agency.authority_id))
    if form.validate_on_submit() and saved(
        form, lambda: changes.add_member(signed_in_user(), agency, UUID(form.user.data), form.rank.data)
    ):
        return done("They work for the agency from now on.", _page(agency_id))
    intro = "They see every action that the agency leads or joins. They need the role of disruption officer as well."
    return ask(form, f"Who works for {agency.name}?", _page(agency_id), intro=intro)


@disruption.route("/agencies/<uuid:agency_id>/people/<uuid:member_id>/end", methods=["GET", "POST"])
@requires(Permission.SETTINGS_CHANGE)
def end_member(agency_id: UUID, member_id: UUID) -> ResponseReturnValue:
    agency, form = _own(agency_id), _SureForm()
    member = next((one for one in queries.members_of(agency.id) if one.id == member_id), None) or abort(404)
    if form.validate_on_submit() and saved(form, lambda: changes.end_member(signed_in_user(), member)):
        return done("They work for the agency no longer.", _page(agency_id))
    return ask(form, f"{member.user.name} no longer works for {agency.name}", _page(agency_id))


@disruption.route("/agencies/<uuid:agency_id>/close", methods=["GET", "POST"])
@requires(Permission.SETTINGS_CHANGE)
def close_agency(agency_id: UUID) -> ResponseReturnValue:
    agency, form = _own(agency_id), _SureForm()
    if form.validate_on_submit() and saved(form, lambda: changes.close(signed_in_user(), agency)):
        return done("The agency is closed. What it did stays.", url_for("disruption.list_agencies"))
    return ask(form, f"Close {agency.name}", _page(agency_id), intro="Its people no longer see its actions.")
