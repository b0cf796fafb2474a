"""What is done with meetings: planned, filled, held or called off; and what they decide. Views commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.changes import asking
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sealing import seal
from licensing.subject_meetings import queries, rules
from licensing.subject_meetings.models import AgendaItem, MeetingDecision, SubjectMeeting, SubjectMeetingAgency
from licensing.subject_meetings.words import SubjectKind
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

PREFIX = "SM"
_NOT_ALL_JOIN = "Not every agency that is invited leads or joins this action. Ask them to join it, or leave it out."
_NOT_JOINED = "An action is on the agenda that this agency neither leads nor joins. Have it join the action first."
# A task is read by whoever it is handed to, and says nothing of what was talked about.
_WHY = "A meeting decided that something is to be done"


@dataclass(frozen=True)
class Plan:
    """What a meeting is when it is planned."""

    on_day: date
    starts_at: time
    venue: str
    recording_agency_id: UUID
    purpose: str
    invited: Sequence[UUID] = ()


@dataclass(frozen=True)
class Topic:
    """Something to talk about, as it is put on the agenda."""

    kind: SubjectKind
    name: str
    why: str
    record_id: UUID | None = None
    signal_id: UUID | None = None


@dataclass(frozen=True)
class Owner:
    """Who does what was decided: a colleague of one's own agency, or an agency that is asked by it."""

    own_agency_id: UUID
    colleague_id: UUID | None = None
    asked_agency_id: UUID | None = None


def plan(user: ActingUser, given: Plan) -> UUID:
    """Plan a meeting; it is known from now on to the agencies invited. Raises RuleBroken."""
    rules.check_plan(given.on_day, dates.today())
    meeting_id = uuid4()
    row = {
        "id": meeting_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "on_day": given.on_day,
        "starts_at": given.starts_at,
        "venue": given.venue,
        "recording_agency_id": given.recording_agency_id,
        "purpose_sealed": seal(SubjectMeeting, "purpose_sealed", meeting_id, given.purpose),
        "recorded_by": user.id,
    }
    # Plain, since RETURNING would read the row before its agencies, by whom it is seen, are beside it.
    db.session.execute(insert(SubjectMeeting).inline(), [row])
    for agency_id in dict.fromkeys(given.invited):
        if agency_id != given.recording_agency_id:
            _invite(user.authority.id, meeting_id, agency_id)
    _record(Did.ADDED, meeting_id, {"on": given.on_day.isoformat()})
    return meeting_id


def _invite(authority_id: UUID, meeting_id: UUID, agency_id: UUID) -> None:
    row = {"id": uuid4(), "authority_id": authority_id, "meeting_id": meeting_id, "agency_id": agency_id}
    db.session.execute(insert(SubjectMeetingAgency).inline(), [row])


def invite(_user: ActingUser, meeting_id: UUID, agency_id: UUID) -> None:
    """One more agency comes, and knows of the meeting from now on. Raises RuleBroken."""
    meeting = _led(meeting_id)
    rules.check_planned(meeting.state)
    if agency_id in queries.agencies_of(meeting_id):
        raise RuleBroken("This agency is invited already", "agency")
    actions = [one.record_id for one in queries.subjects_of(meeting_id) if one.kind is SubjectKind.ACTION]
    if not all(_may_be_named(one, [agency_id]) for one in actions):
        raise RuleBroken(_NOT_JOINED, "agency")
    _invite(meeting.authority_id, meeting_id, agency_id)
    _record(Did.ACCESS_GIVEN, meeting_id, {"agency": str(agency_id)})


def _may_be_named(action_id: UUID | None, invited: Sequence[UUID]) -> bool:
    """Whether these agencies may read on an agenda what an action is; one that is not known here is not."""
    if action_id is None or not disruption.action_exists(action_id):
        return False
    action = disruption.action(action_id)
    return rules.may_name(action.directed_at, [one.agency_id for one in action.agencies], invited)


def add_subject(user: ActingUser, meeting_id: UUID, topic: Topic) -> None:
    """Put something on the agenda: whoever is invited reads its name and why. Raises RuleBroken."""
    meeting = queries.meeting(meeting_id, for_change=True)
    rules.check_planned(meeting.state)
    there = queries.subjects_of(meeting_id)
    rules.check_subject(((one.record_id, one.signal_id) for one in there), topic.record_id, topic.signal_id)
    if topic.kind is SubjectKind.ACTION and not _may_be_named(topic.record_id, queries.agencies_of(meeting_id)):
        raise RuleBroken(_NOT_ALL_JOIN, "name")
    subject_id = uuid4()
    row = {
        "id": subject_id,
        "authority_id": meeting.authority_id,
        "meeting_id": meeting_id,
        "number": queries.next_number(AgendaItem, meeting_id),
        "kind": topic.kind,
        "name_sealed": seal(AgendaItem, "name_sealed", subject_id, topic.name),
        "why_sealed": seal(AgendaItem, "why_sealed", subject_id, topic.why),
        "record_id": topic.record_id,
        "signal_id": topic.signal_id,
        "added_by": user.id,
    }
    db.session.execute(insert(AgendaItem).inline(), [row])
    about = {"record": str(topic.record_id)} if topic.record_id else {}
    _record(Did.CHANGED, meeting_id, {"part": "agenda", "kind": topic.kind.value, **about})


def hold(_user: ActingUser, meeting_id: UUID, minute: str) -> None:
    """It took place; the minute stays as it is written now. Raises RuleBroken."""
    meeting = _led(meeting_id)
    rules.check_held(meeting.state, meeting.on_day, dates.today())
    meeting.minute_sealed = seal(SubjectMeeting, "minute_sealed", meeting_id, minute)
    meeting.held_at = db.func.now()
    _record(Did.CHANGED, meeting_id, {"after": "held"})
    db.session.flush()


def call_off(_user: ActingUser, meeting_id: UUID) -> None:
    """It does not take place. Raises RuleBroken."""
    meeting = _led(meeting_id)
    rules.check_planned(meeting.state)
    meeting.called_off_at = db.func.now()
    _record(Did.CHANGED, meeting_id, {"after": "called_off"})
    db.session.flush()


def decide(user: ActingUser, meeting_id: UUID, subject_id: UUID | None, owner: Owner, what: str, due_on: date) -> None:
    """Type back what was decided: a colleague has a task, or an agency is asked and sees these words alone."""
    meeting = queries.meeting(meeting_id, for_change=True)
    rules.check_decision(meeting.state, due_on, dates.today())
    decision_id = uuid4()
    row: dict[str, Any] = {
        "id": decision_id,
        "authority_id": meeting.authority_id,
        "meeting_id": meeting_id,
        "subject_id": subject_id,
        "number": queries.next_number(MeetingDecision, meeting_id),
        "what_sealed": seal(MeetingDecision, "what_sealed", decision_id, what),
        "agency_id": owner.asked_agency_id or owner.own_agency_id,
        "due_on": due_on,
        "by_id": user.id,
        **_hand_over(user, decision_id, owner, what, due_on),
    }
    db.session.execute(insert(MeetingDecision).inline(), [row])
    _record(Did.CHANGED, meeting_id, {"part": "decisions", "agency": str(row["agency_id"])})


def _hand_over(user: ActingUser, decision_id: UUID, owner: Owner, what: str, due_on: date) -> dict[str, UUID | None]:
    """The task of whoever does it."""
    if owner.asked_agency_id:
        asked = asking.ask(user, owner.own_agency_id, owner.asked_agency_id, what, due_on)
        return {"task_id": None, "partner_task_id": asked}
    about = (ObjectKind.SUBJECT_MEETING, decision_id)
    whom = For(user_id=owner.colleague_id)
    opened = tasks.open_task(user, TaskKind.MEETING_DECISION, whom, due_on, _WHY, about=about)
    return {"task_id": opened.id, "partner_task_id": None}


def _led(meeting_id: UUID) -> SubjectMeeting:
    """The meeting, while nobody else changes it; RuleBroken for whoever is only invited."""
    if not queries.leads(meeting_id):
        raise RuleBroken("Only the agency that planned the meeting does this.")
    return queries.meeting(meeting_id, for_change=True)


def _record(did: Did, meeting_id: UUID, details: dict[str, Any]) -> None:
    audit.record(did, ObjectKind.SUBJECT_MEETING, meeting_id, details=details)
