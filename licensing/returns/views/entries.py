"""What is owed to NR3S, with the days by which it is due, and nobody's name."""

from flask import render_template
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.deadlines.codes import ClockCode
from licensing.permissions import Permission, requires
from licensing.returns import presenting
from licensing.returns.presenting import Due
from licensing.returns.views import returns, send_list
from licensing.sharing import queries as sharing
from licensing.sharing.clocks import Period

_HANDLING = "Decisions about people, by reference: for your own licensing service."


@returns.get("/returns/nr3s-entries")
@requires(Permission.RETURNS)
def list_entries() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NR3S_ENTRY)
    found, today = _due(), dates.today()
    overdue = sum(presenting.is_overdue(one, today) for one in found)
    rows = presenting.due_rows(found, today)
    return render_template("returns/list_entries.html", rows=rows, overdue=overdue, today=today)


@returns.post("/returns/nr3s-entries/file")
@requires(Permission.RETURNS)
@fresh_second_factor
def download_entries() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.NR3S_ENTRY)
    lines, today = presenting.due_lines(_due(), dates.today()), dates.today()
    more = [("As at", dates.in_words(today)), ("Handling", _HANDLING)]
    return send_list("nr3s-entries", "Entries due on NR3S", presenting.ENTRY_HEADINGS, lines, more)


def _due() -> list[Due]:
    period = Period.of(ClockCode.NR3S_ENTRY, signed_in_user().authority.id, dates.today())
    return presenting.due_entries(sharing.entries_to_do(), period)
