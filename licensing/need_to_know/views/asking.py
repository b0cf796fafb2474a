"""What readers of a report ask for, and what became of it."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.forms import options
from licensing.need_to_know import about, presenting, queries
from licensing.need_to_know.changes import reporting
from licensing.need_to_know.forms import AskForm, DoneForm
from licensing.need_to_know.models import Reader
from licensing.need_to_know.presenting import report_page, request_page
from licensing.need_to_know.views import done, need_to_know
from licensing.need_to_know.views.reports import LOOK
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.tasks.rules import TEAMS, For

_LOOK_AT_REQUEST = records_look(ObjectKind.NEED_TO_KNOW_REQUEST, "request_id", queries.request_exists)


@need_to_know.route("/need-to-know/reports/<uuid:report_id>/ask", methods=["GET", "POST"])
@requires(Permission.NOTES_READ)
@LOOK
def ask_for(report_id: UUID) -> ResponseReturnValue:
    """Of a colleague or a team of one's own council: it becomes their task."""
    user, form = signed_in_user(), AskForm(named=about.naming())
    mine = queries.own_reading(Reader.report_id == report_id, user.id) or abort(404)
    people = [(str(For(user_id=one)), name) for one, name in queries.doers(user.authority.id)]
    teams = [(str(For(team=role)), f"The team: {role.label}") for role in TEAMS]
    form.whom.choices = options([*people, *teams])

    def keep() -> None:
        due_on, doer = form.due_on.data, dict([*people, *teams])[form.whom.data]
        assert due_on is not None
        reporting.ask(user, mine, form.words.data or "", For.parse(form.whom.data), doer, due_on)

    if form.validate_on_submit() and saved(form, keep):
        return done("It is asked for, and is their task now.", report_page(report_id))
    return ask(form, "Ask for something", report_page(report_id))


@need_to_know.get("/need-to-know/requests/<uuid:request_id>")
@requires(Permission.TASKS)
@_LOOK_AT_REQUEST
def show_request(request_id: UUID) -> ResponseReturnValue:
    request = queries.request(request_id)
    return render_template(
        "need_to_know/show_request.html",
        request=request,
        facts=presenting.request_facts(request),
        does=reporting.is_for(signed_in_user(), request) and not request.done_on,
    )


@need_to_know.route("/need-to-know/requests/<uuid:request_id>/done", methods=["GET", "POST"])
@requires(Permission.TASKS)
@_LOOK_AT_REQUEST
def finish_request(request_id: UUID) -> ResponseReturnValue:
    """Whoever does it says what was done."""
    form = DoneForm(named=about.naming())
    if form.validate_on_submit() and saved(
        form, lambda: reporting.finish(signed_in_user(), request_id, form.words.data or "")
    ):
        return done("It is recorded. Whoever asked can read it.", request_page(request_id))
    return ask(form, "Say what was done", request_page(request_id))
