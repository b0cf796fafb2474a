"""Organisations: finding one, and its page."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.permissions import Permission, requires
from licensing.register import drafts, queries
from licensing.register.drafts import DraftKind
from licensing.register.events import RecordKind
from licensing.register.forms.filters import WordsForm
from licensing.register.models import Organisation
from licensing.register.presenting import organisation_rows, organisations_rows
from licensing.register.views import back_to, register, shared_by_records, with_query_of_list


@register.get("/organisations")
@requires(Permission.REGISTER_READ)
def list_organisations() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.ORGANISATION)
    search = request.args.get("search", type=UUID)
    words = (drafts.find(search, DraftKind.SEARCH) or {}).get("words", "")
    page = queries.organisations_page(words, request.args.get("page", 1, int))
    return render_template(
        "register/list_organisations.html",
        search=search,
        words=words,
        search_action=url_for("register.search_organisations"),
        search_label="Name or company number",
        page=page,
        rows=organisations_rows(page.items, dates.today(), with_query_of_list),
    )


@register.post("/organisations/search")
@requires(Permission.REGISTER_READ)
def search_organisations() -> ResponseReturnValue:
    search = drafts.keep(signed_in_user(), DraftKind.SEARCH, {"words": WordsForm().words.data or ""})
    audit.record(Action.SEARCHED, ObjectKind.ORGANISATION, search)
    db.session.commit()
    return redirect(url_for("register.list_organisations", search=search))


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
