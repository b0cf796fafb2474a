"""Searching from any page. What was typed is kept sealed, and its results have an address without it."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.finding.forms import SearchForm
from licensing.finding.presenting import groups_found
from licensing.finding.rules import Sought
from licensing.permissions import Permission, requires
from licensing.register import drafts
from licensing.register.drafts import DraftKind

finding = Blueprint("finding", __name__)


@finding.app_context_processor
def search_box() -> dict[str, str]:
    """Where the box on every page posts to, for whoever may read the registers."""
    may = current_user.is_authenticated and current_user.may(Permission.REGISTER_READ)
    return {"search_url": url_for("finding.search")} if may else {}


@finding.route("/find", methods=["GET", "POST"])
@requires(Permission.REGISTER_READ)
def search() -> ResponseReturnValue:
    form = SearchForm()
    if form.validate_on_submit():
        search_id = drafts.keep(signed_in_user(), DraftKind.SEARCH, {"words": form.q.data or ""})
        audit.record(Action.SEARCHED, ObjectKind.PAGE, search_id)
        db.session.commit()
        return redirect(url_for("finding.show_results", search_id=search_id))
    return render_template("finding/search.html", form=form), 422 if form.is_submitted() else 200


@finding.get("/find/<uuid:search_id>")
@requires(Permission.REGISTER_READ)
def show_results(search_id: UUID) -> ResponseReturnValue:
    kept = drafts.find(search_id, DraftKind.SEARCH)
    if kept is None:
        abort(404)
    audit.record_alone(Action.LISTED, ObjectKind.PAGE, search_id)
    sought = Sought(kept["words"])
    return render_template(
        "finding/show_results.html",
        form=SearchForm(formdata=None, data={"q": sought.typed}),
        groups=groups_found(sought, search_id, dates.today()),
        words=sought.typed,
    )
