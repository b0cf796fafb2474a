"""Powers of Acts that are passed, and from when each is in force: what a council confirms for itself."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import answers, ask
from licensing.disruption import presenting, queries
from licensing.disruption.changes import beginning
from licensing.disruption.forms import BeginningForm
from licensing.disruption.views import disruption, done
from licensing.permissions import Permission, requires
from licensing.saving import saved


@disruption.get("/powers/not-begun")
@requires(Permission.DISRUPT, Permission.SETTINGS_CHANGE)
def list_waiting() -> ResponseReturnValue:
    may_change = signed_in_user().may(Permission.SETTINGS_CHANGE)
    rows = presenting.waiting_rows(queries.waiting(), may_change=may_change)
    return render_template("disruption/list_waiting.html", rows=rows, may_change=may_change)


@disruption.route("/powers/<power_code>/beginning", methods=["GET", "POST"])
@requires(Permission.SETTINGS_CHANGE)
def begin_power(power_code: str) -> ResponseReturnValue:
    """From when it is in force, by a source that can be looked up."""
    row, back = next(iter(queries.versions_of(power_code)), None) or abort(404), url_for("disruption.list_waiting")
    if not row.waits:
        return redirect(back)
    form = BeginningForm()
    if form.validate_on_submit() and saved(form, lambda: beginning.begin(signed_in_user(), row, **answers(form))):
        return done("It is offered to your council’s officers from that day on.", back)
    intro = "Only once it is confirmed. It holds for your council; what was entered before stays in the audit trail."
    return ask(form, "Enter from when it is in force", back, caption=row.name, intro=intro)
