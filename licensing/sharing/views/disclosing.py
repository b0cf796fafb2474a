"""The log of disclosures: the list, one entry, and what was told outside the pages that log by themselves."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.sharing import presenting
from licensing.sharing.changes.disclosures import Told, log_disclosure
from licensing.sharing.forms.exchanges import DisclosureForm
from licensing.sharing.queries import exchanges as queries
from licensing.sharing.typed import person_of_reference
from licensing.sharing.views import ask, offer_colleagues, sharing


@sharing.get("/nr3s/disclosures")
@requires(Permission.CASEWORK)
def list_disclosures() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NR3S_REQUEST)
    page = queries.disclosures_page(request.args.get("page", 1, int))
    return render_template("sharing/list_disclosures.html", page=page, rows=presenting.disclosures_rows(page.items))


@sharing.get("/nr3s/disclosures/<uuid:disclosure_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.NR3S_REQUEST, "disclosure_id", queries.disclosure_exists)
def show_disclosure(disclosure_id: UUID) -> ResponseReturnValue:
    one = queries.disclosure(disclosure_id)
    return render_template("sharing/show_disclosure.html", one=one, rows=presenting.disclosure_rows(one))


@sharing.route("/nr3s/disclosures/new", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
def add_disclosure() -> ResponseReturnValue:
    form, user = DisclosureForm(), signed_in_user()
    offer_colleagues(form.authorised_by, Permission.DECIDE)

    def keep() -> None:
        disclosed_on = form.disclosed_on.data
        assert disclosed_on is not None
        told = Told(
            fields=form.fields_told.data or "",
            to_body=form.body.data or "",
            to_name=form.to_name.data or "",
            purpose=form.purpose.data or "",
            authorised_by=UUID(form.authorised_by.data),
            conditions=form.conditions.data,
            review_on=form.review_on.data,
        )
        person_id = person_of_reference(form.about.data, "about")
        log_disclosure(user, told, form.basis.data, form.method.data, disclosed_on, person_id=person_id)

    if form.validate_on_submit() and saved(form, keep):
        flash("It is in the log.", "success")
        return redirect(url_for("sharing.list_disclosures"))
    return ask(form, "Log a disclosure", url_for("sharing.list_disclosures"))
