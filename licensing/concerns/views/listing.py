"""The concerns of a council: the list, and one with everything that was done about it."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import presenting, queries
from licensing.concerns.forms import ConcernsFilterForm
from licensing.concerns.queries import ConcernsFilter
from licensing.concerns.rules import ANSWERING
from licensing.concerns.views import concerns
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires


@concerns.get("/concerns")
@requires(Permission.CASEWORK)
def list_concerns() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.CONCERN)
    form = ConcernsFilterForm(request.args)
    form.validate()
    wanted = ConcernsFilter(form.state.data, form.about.data)
    page = queries.concerns_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "concerns/list_concerns.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.concern_rows(page.items),
    )


@concerns.get("/concerns/<uuid:concern_id>")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.CONCERN, "concern_id", queries.concern_exists)
def show_concern(concern_id: UUID) -> ResponseReturnValue:
    concern, steps = queries.concern(concern_id), queries.steps_of(concern_id)
    return render_template(
        "concerns/show_concern.html",
        concern=concern,
        facts=presenting.facts(concern),
        said=presenting.said_rows(concern),
        steps=presenting.step_entries(steps),
        is_answered=bool(ANSWERING.intersection(one.kind for one in steps)),
        refer_by=deadlines.due(ClockCode.LADO_REFER, concern.authority_id, concern.raised_on).due_on,
        today=dates.today(),
    )
