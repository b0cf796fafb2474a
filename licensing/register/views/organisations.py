"""Organisations: finding one, and its page."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import Permission, requires
from licensing.register import queries
from licensing.register.events import RecordKind
from licensing.register.models import Organisation
from licensing.register.presenting import organisation_rows, organisations_rows
from licensing.register.views import back_to, register, seek, shared_by_records, sought, with_query_of_list


@register.get("/organisations")
@requires(Permission.REGISTER_READ)
def list_organisations() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.ORGANISATION)
    asked = sought()
    page = queries.organisations_page(asked["words"], request.args.get("page", 1, int))
    return render_template(
        "register/list_organisations.html",
        **asked,
        search_action=url_for("register.search_organisations"),
        search_label="Name or company number",
        page=page,
        rows=organisations_rows(page.items, queries.held_by(page.items, dates.today()), with_query_of_list),
    )


@register.post("/organisations/search")
@requires(Permission.REGISTER_READ)
def search_organisations() -> ResponseReturnValue:
    return seek(ObjectKind.ORGANISATION, "register.list_organisations")


@register.get("/organisations/<uuid:organisation_id>")
@requires(Permission.REGISTER_READ)
@records_look(ObjectKind.ORGANISATION, "organisation_id", queries.record_exists(Organisation))
def show_organisation(organisation_id: UUID) -> ResponseReturnValue:
    organisation = queries.organisation(organisation_id)
    return render_template(
        "register/show_organisation.html",
        back=back_to("register.list_organisations"),
        organisation=organisation,
        rows=organisation_rows(organisation),
        **shared_by_records(RecordKind.ORGANISATION, organisation_id),
    )
