"""What waits, and all cases: the designated officer's first page."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations import presenting, timeliness
from licensing.allegations.access import lists_cases
from licensing.allegations.forms.cases import CasesFilterForm, SearchCasesForm
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries.timeliness import concluded_in_a_year
from licensing.allegations.views import allegations
from licensing.allegations.waiting import due_rows
from licensing.db import db
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.register import drafts
from licensing.register.drafts import DraftKind


@allegations.route("/allegations", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@lists_cases
def list_cases() -> ResponseReturnValue:
    searching = SearchCasesForm(data={"sought": _sought()})
    if searching.validate_on_submit():
        kept = {"sought": searching.sought.data, "case": ""}
        search = drafts.keep(signed_in_user(), DraftKind.SUBJECT, kept)
        db.session.commit()
        return redirect(url_for("allegations.list_cases", search=search))
    form = CasesFilterForm(request.args)
    form.validate()
    mine = signed_in_user().id if form.whose.data else None
    page = queries.cases_page(queries.CasesFilter(form.stage.data, mine, _sought()), request.args.get("page", 1, int))
    owners = queries.names_of({one.owner_id for one in page.items})
    shown = render_template(
        "allegations/list_cases.html",
        form=searching,
        filters=form,
        applied=applied_filters(form),
        page=page,
        rows=[presenting.case_row(one, owners, dates.today()) for one in page.items],
        waiting=due_rows(dates.today(), 10),
        timeliness=timeliness.figures(concluded_in_a_year(signed_in_user().authority.id, dates.today())),
        periods=timeliness.PERIODS,
        expected=timeliness.EXPECTED,
    )
    return shown, 422 if searching.is_submitted() else 200


def _sought() -> str:
    """What was searched for, kept sealed under an id by which its writer alone finds it; "" where nothing was."""
    kept = drafts.find(request.args.get("search", type=UUID), DraftKind.SUBJECT)
    return str(kept.get("sought", "")) if kept else ""
