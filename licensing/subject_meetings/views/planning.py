"""Planning a meeting, inviting agencies, holding it or calling it off, and typing back what it decided."""

from datetime import date
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.dates import in_words
from licensing.disruption import queries as disruption
from licensing.forms import options
from licensing.operations.rules import time_of
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.subject_meetings import changes, papers, queries
from licensing.subject_meetings.changes import Owner, Plan
from licensing.subject_meetings.forms import CallOffForm, DecisionForm, HoldForm, InviteForm, PlanForm
from licensing.subject_meetings.presenting import page_of, when
from licensing.subject_meetings.views import done, subject_meetings
from licensing.subject_meetings.views.meetings import LOOK

NO_AGENCY = "You work for no agency yet. An administrator of your council says for which you do."
_PERSON, _AGENCY = "person", "agency"


@subject_meetings.route("/meetings/plan", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
def plan() -> ResponseReturnValue:
    form, back = PlanForm(), url_for("subject_meetings.list_meetings")
    mine = disruption.acting_agencies()
    form.recording_agency.choices = options((str(one.id), one.name) for one in mine)
    form.invited.choices = options((str(one.id), one.name) for one in disruption.agencies())
    if not mine:
        return ask(form, "Plan a meeting", back, intro=NO_AGENCY, questions=[])
    if not form.is_submitted() and len(mine) == 1:
        form.recording_agency.data = str(mine[0].id)
    if form.validate_on_submit() and saved(form, lambda: changes.plan(signed_in_user(), _planned(form))):
        return done("The meeting is planned. Put on its agenda what you want to talk about.", back)
    return ask(form, "Plan a meeting", back)


def _planned(form: PlanForm) -> Plan:
    on_day = form.on_day.data
    assert on_day is not None
    return Plan(
        on_day=on_day,
        starts_at=time_of(form.starts_at.data or "", "starts_at"),
        venue=form.venue.data or "",
        recording_agency_id=UUID(form.recording_agency.data),
        purpose=form.purpose.data or "",
        invited=[UUID(one) for one in form.invited.data or []],
    )


@subject_meetings.route("/meetings/<uuid:subject_meeting_id>/agencies", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def invite(subject_meeting_id: UUID) -> ResponseReturnValue:
    """An agency is invited, and knows of the meeting from then on."""
    meeting, form, there = queries.meeting(subject_meeting_id), InviteForm(), queries.agencies_of(subject_meeting_id)
    form.agency.choices = options((str(one.id), one.name) for one in disruption.agencies() if one.id not in there)
    if form.validate_on_submit() and saved(
        form, lambda: changes.invite(signed_in_user(), subject_meeting_id, UUID(form.agency.data))
    ):
        return done("The agency is invited.", page_of(subject_meeting_id))
    intro = "Its people see the agenda, the decisions and the minute from now on."
    return ask(form, "Invite an agency", page_of(subject_meeting_id), caption=meeting.reference, intro=intro)


@subject_meetings.route("/meetings/<uuid:subject_meeting_id>/held", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def hold(subject_meeting_id: UUID) -> ResponseReturnValue:
    """It took place: the minute."""
    meeting, form = queries.meeting(subject_meeting_id), HoldForm()
    if form.validate_on_submit() and saved(
        form, lambda: changes.hold(signed_in_user(), subject_meeting_id, form.minute.data or "")
    ):
        return done("The minute is kept. Record what was decided.", page_of(subject_meeting_id))
    return ask(form, "Record that it was held", page_of(subject_meeting_id), caption=meeting.reference)


@subject_meetings.route("/meetings/<uuid:subject_meeting_id>/call-off", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def call_off(subject_meeting_id: UUID) -> ResponseReturnValue:
    meeting, form = queries.meeting(subject_meeting_id), CallOffForm()
    if form.validate_on_submit() and saved(form, lambda: changes.call_off(signed_in_user(), subject_meeting_id)):
        return done("The meeting is called off.", page_of(subject_meeting_id))
    intro = f"It is planned for {when(meeting)}. Tell the agencies that are invited yourself."
    return ask(form, "Call the meeting off", page_of(subject_meeting_id), caption=meeting.reference, intro=intro)


@subject_meetings.route("/meetings/<uuid:subject_meeting_id>/decisions", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def decide(subject_meeting_id: UUID) -> ResponseReturnValue:
    """What was decided, who does it and by when: they have a task of it."""
    meeting, form = queries.meeting(subject_meeting_id), DecisionForm()
    form.subject.choices = options((str(one.id), f"{one.number}. {papers.name_of(one)}") for one in meeting.subjects)
    _offer_owners(form)
    if form.validate_on_submit() and saved(form, lambda: _decide(subject_meeting_id, form)):
        return done("The decision is recorded, and whoever does it is told.", page_of(subject_meeting_id))
    caption = f"{meeting.reference}, {in_words(meeting.on_day)}"
    return ask(form, "Record a decision", page_of(subject_meeting_id), caption=caption)


def _offer_owners(form: DecisionForm) -> None:
    """Colleagues of one's own agencies, who know of the meeting; other agencies, which are asked."""
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


def _decide(meeting_id: UUID, form: DecisionForm) -> None:
    kind, _, whom = form.whom.data.partition(":")
    due_on, mine = form.due_on.data, UUID(form.mine.data)
    assert isinstance(due_on, date)
    owner = Owner(mine, colleague_id=UUID(whom)) if kind == _PERSON else Owner(mine, asked_agency_id=UUID(whom))
    subject = UUID(form.subject.data) if form.subject.data else None
    changes.decide(signed_in_user(), meeting_id, subject, owner, form.what.data or "", due_on)
