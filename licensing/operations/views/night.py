"""What is recorded on a phone while an operation is under way: one page, few fields; and what a taxi stop comes to."""

from uuid import UUID, uuid4

from flask import request
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask, with_form
from licensing.disruption import queries as disruption
from licensing.forms import options
from licensing.operations import presenting, queries, rules
from licensing.operations.changes import recording
from licensing.operations.forms import CountsForm, FindingForm
from licensing.operations.models import Operation
from licensing.operations.views import done, operations
from licensing.operations.views.planning import LOOK, page_of
from licensing.operations.words import OperationState
from licensing.permissions import Permission, requires
from licensing.saving import saved


@operations.route("/operations/<uuid:operation_id>/night", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def record_night(operation_id: UUID) -> ResponseReturnValue:
    """Add a finding, and go on with the next on the same page."""
    operation, form = queries.operation(operation_id), FindingForm()
    _offer(form, operation)
    finding_id = _id_of_form()
    if form.validate_on_submit() and saved(
        form, lambda: recording.record_finding(signed_in_user(), operation_id, finding_id, _seen(form))
    ):
        return done("Saved. Record the next, or go back to the operation.", request.path)
    return with_form(
        form,
        "operations/record_night.html",
        operation=operation,
        finding_id=uuid4() if queries.find_finding(operation_id, finding_id) else finding_id,
        is_open=operation.state is OperationState.UNDER_WAY,
        recorded=presenting.findings(operation)[::-1],
        is_stop=operation.kind.value == "taxi_stop",
    )


def _id_of_form() -> UUID:
    """The id that the form brought along, so that what is sent twice is kept once; else a new one."""
    try:
        return UUID(request.form.get("finding", ""))
    except ValueError:
        return uuid4()


def _offer(form: FindingForm, operation: Operation) -> None:
    form.place.choices = options((str(one.id), one.name) for one in operation.places)
    present = {one.agency.kind.value for one in operation.agencies}
    powers = disruption.powers_on(dates.today())
    # Those of the agencies that are there come first; another that came along may have used its own.
    ours = [(str(one.id), one.name) for one in powers if present.intersection(one.used_by)]
    others = [(str(one.id), f"{one.name} (another agency)") for one in powers if not present.intersection(one.used_by)]
    form.power.choices = options([*ours, *others])


def _seen(form: FindingForm) -> recording.Seen:
    return recording.Seen(
        kind=form.kind.data,
        name=form.name.data or "",
        seen=form.what.data or "",
        needs_follow_up=form.follow_up.data == "yes",
        place_id=UUID(form.place.data) if form.place.data else None,
        power_id=UUID(form.power.data) if form.power.data else None,
    )


@operations.route("/operations/<uuid:operation_id>/counts", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def count(operation_id: UUID) -> ResponseReturnValue:
    """The numbers of a taxi stop, so far."""
    operation, form = queries.operation(operation_id), CountsForm()
    if form.validate_on_submit() and saved(
        form, lambda: recording.count(signed_in_user(), operation_id, _counted(form))
    ):
        return done("The counts are kept.", page_of(operation_id))
    if not form.is_submitted() and (counts := operation.counts):
        for name in counts.__slots__:
            form[name].data = getattr(counts, name)
    return ask(form, "Count the vehicles", page_of(operation_id), caption=operation.name)


def _counted(form: CountsForm) -> rules.StopCounts:
    numbers = (form.stopped, form.inspected, form.warned, form.suspended, form.reported)
    return rules.StopCounts(*(one.data or 0 for one in numbers))
