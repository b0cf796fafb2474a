"""Saying who follows up what was found, and looking back."""

from datetime import date
from uuid import UUID

from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.disruption import queries as disruption
from licensing.forms import options
from licensing.operations import presenting, queries
from licensing.operations.changes import finishing
from licensing.operations.forms import DebriefForm, FollowUpForm
from licensing.operations.views import done, operations
from licensing.operations.views.planning import LOOK, page_of
from licensing.permissions import Permission, requires
from licensing.saving import saved

_PERSON, _AGENCY = "person", "agency"


@operations.route("/operations/<uuid:operation_id>/findings/<uuid:finding_id>/follow-up", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def follow_up(operation_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    """A task of somebody of one's own agency, or a question to another one."""
    finding, form = queries.finding(operation_id, finding_id), FollowUpForm()
    _offer(form)
    if form.validate_on_submit() and saved(form, lambda: _give(operation_id, finding_id, form)):
        return done("Whoever follows it up is told.", page_of(operation_id))
    title = f"Who follows up finding {finding.number}?"
    return ask(form, title, page_of(operation_id), caption=f"{finding.kind.label}: {presenting.name_of(finding)}")


def _offer(form: FollowUpForm) -> None:
    """Colleagues of one's own agencies, who know of the operation; other agencies, which learn of this alone."""
    mine, user = disruption.acting_agencies(), signed_in_user()
    names = {one.id: one.name for one in disruption.colleagues(user.authority.id)}
    own = {one.id for one in mine}
    people = {person for one in mine for person in disruption.people_of(one.id) if person in names}
    form.mine.choices = options((str(one.id), one.name) for one in mine)
    form.whom.choices = options(
        [
            (f"{_PERSON}:{user.id}", f"{names.get(user.id, 'Me')} (me)"),
            *((f"{_PERSON}:{one}", names[one]) for one in sorted(people - {user.id}, key=names.__getitem__)),
            *((f"{_AGENCY}:{one.id}", f"Ask: {one.name}") for one in disruption.agencies() if one.id not in own),
        ]
    )
    if not form.is_submitted() and len(mine) == 1:
        form.mine.data = str(mine[0].id)


def _give(operation_id: UUID, finding_id: UUID, form: FollowUpForm) -> None:
    kind, _, whom = form.whom.data.partition(":")
    due_on, mine, what = form.due_on.data, UUID(form.mine.data), form.what.data or ""
    assert isinstance(due_on, date)
    give = finishing.give if kind == _PERSON else finishing.ask_agency
    give(signed_in_user(), operation_id, finding_id, mine, UUID(whom), what, due_on)


@operations.route("/operations/<uuid:operation_id>/debrief", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def debrief(operation_id: UUID) -> ResponseReturnValue:
    """What worked and what comes next; with that the operation is closed."""
    operation, form = queries.operation(operation_id), DebriefForm()
    if form.validate_on_submit() and saved(
        form,
        lambda: finishing.debrief(signed_in_user(), operation_id, form.worked.data or "", form.following.data or ""),
    ):
        return done("The operation is closed.", page_of(operation_id))
    waits = queries.not_followed_up(operation_id)
    intro = f"{len(waits)} of what was found waits for somebody to follow it up: say who, first." if waits else ""
    return ask(form, "Debrief and close", page_of(operation_id), caption=operation.name, intro=intro)
