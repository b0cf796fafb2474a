"""What waits, and all cases: the designated officer's first page."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations import presenting, timeliness
from licensing.allegations.access import lists_cases
from licensing.allegations.forms.cases import CasesFilterForm
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries.timeliness import concluded_in_a_year
from licensing.allegations.views import allegations
from licensing.allegations.waiting import due_rows
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires


@allegations.get("/allegations")
@requires(Permission.ALLEGATIONS)
@lists_cases
def list_cases() -> ResponseReturnValue:
    form = CasesFilterForm(request.args)
    form.validate()
    mine = signed_in_user().id if form.whose.data else None
    page = queries.cases_page(queries.CasesFilter(form.stage.data, mine), request.args.get("page", 1, int))
    owners = queries.names_of({one.owner_id for one in page.items})
    return render_template(
        "allegations/list_cases.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=[presenting.case_row(one, owners, dates.today()) for one in page.items],
        waiting=due_rows(dates.today(), 10),
        timeliness=timeliness.figures(concluded_in_a_year(signed_in_user().authority.id, dates.today())),
        periods=timeliness.PERIODS,
        expected=timeliness.EXPECTED,
    )
