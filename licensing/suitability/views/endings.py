"""Licences that will end by themselves, listed ahead: for so long as the council's own rule says."""

from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.suitability import presenting
from licensing.suitability.endings import EndsWith
from licensing.suitability.forms.cases import EndingsFilterForm
from licensing.suitability.queries import endings
from licensing.suitability.queries.endings import EndingsFilter
from licensing.suitability.views import suitability

_AHEAD = {EndsWith.TERM: ClockCode.LICENCE_ENDING, EndsWith.LEAVE: ClockCode.LEAVE_ENDING}


@suitability.get("/ending-licences")
@requires(Permission.CASEWORK)
def list_endings() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.LICENCE)
    form, user, today = EndingsFilterForm(request.args), signed_in_user(), dates.today()
    form.validate()
    last_days = _last_days(today)
    wanted = EndingsFilter(last_days, form.kind.data, form.why.data, bool(form.asked.data))
    page = endings.endings_page(user.authority.id, wanted, today, request.args.get("page", 1, int))
    return render_template(
        "suitability/list_endings.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.ending_rows(page.items),
        last_days=[(way.label, day) for way, day in last_days.items()],
    )


def _last_days(today: date) -> dict[EndsWith, date]:
    """How far ahead this council looks: the last day of each way to end that is listed today."""
    due = deadlines.reckoner(_AHEAD.values(), signed_in_user().authority.id)
    return {way: due(code, today).due_on for way, code in _AHEAD.items()}


@adds_figures(Permission.CASEWORK)
def figures() -> list[Figure]:
    """How many licences end soon and nobody has applied to renew, for the home page."""
    today = dates.today()
    wanted = EndingsFilter(_last_days(today), unasked=True)
    found = endings.count_endings(signed_in_user().authority.id, wanted, today)
    return [
        Figure(_words(way, found[way]), found[way], url_for("suitability.list_endings", why=way, asked="no"))
        for way in EndsWith
        if found.get(way)
    ]


def _words(way: EndsWith, number: int) -> str:
    licences = "licence ends" if number == 1 else "licences end"
    if way is EndsWith.LEAVE:
        return f"{licences} soon with the holder’s leave to work"
    return f"{licences} soon, with no application"
