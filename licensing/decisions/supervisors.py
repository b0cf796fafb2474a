"""A premises supervisor who is removed on a review, and whoever comes after (Licensing Act 2003 s.19, s.37, s.52)."""

from datetime import date
from uuid import UUID

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import changes as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import ClockEvent
from licensing.decisions import queries
from licensing.decisions.appeal_rules import AppealOutcome
from licensing.decisions.models import Decision
from licensing.decisions.powers import DecisionKind
from licensing.errors import RuleBroken
from licensing.register.changes import positions
from licensing.register.changes.events import append_event
from licensing.register.events import Event, EventKind, RecordKind
from licensing.register.parts import PositionKind

OBJECTION = ClockCode.LA_DPS_OBJECTION
OBJECTED, NOT_OBJECTED = "The police object.", "The police do not object."
NOT_A_REMOVAL = "This decision removed no premises supervisor."


def remove(_user: ActingUser, decision: Decision, from_on: date) -> None:
    """From the day on which the decision takes effect, and not from the hearing, the supervisor is one no longer."""
    positions.remove_supervisor(decision.licence_id, from_on, decision.decided_on)


def wait_for_appeal(decision: Decision) -> None:
    """An appeal in time holds the removal up until it is disposed of (s.52(11)); what is immediate it does not."""
    if decision.kind is DecisionKind.REMOVE_SUPERVISOR and decision.notified_on and not decision.immediate:
        positions.keep_supervisor(decision.licence_id, _takes_effect(decision), decision.decided_on)


def after_appeal(decision: Decision, outcome: AppealOutcome, ended_on: date) -> None:
    """Dismissed or withdrawn, the appeal no longer holds the removal up."""
    waited = decision.kind is DecisionKind.REMOVE_SUPERVISOR and decision.notified_on and not decision.immediate
    if waited and not outcome.is_allowed:
        from_on = max(ended_on, _takes_effect(decision))
        positions.remove_supervisor(decision.licence_id, from_on, decision.decided_on)


def _takes_effect(decision: Decision) -> date:
    assert decision.notified_on is not None
    window = queries.appeal_window(decision.authority_id, decision.notified_on, decision.power)
    return decision.effective_on or window.effect_from


def nominate(user: ActingUser, decision_id: UUID, holder: str, from_on: date, told_police_on: date) -> None:
    """Another supervisor is named after a removal: the licence is varied, and the police have 14 days to object.

    RuleBroken where nobody was removed, and for a day before the decision.
    """
    decision = queries.decision_for_update(decision_id)
    if decision.kind is not DecisionKind.REMOVE_SUPERVISOR:
        raise RuleBroken(NOT_A_REMOVAL)
    if from_on < decision.decided_on:
        raise RuleBroken("The first day must be on or after the day of the decision", "from_on")
    if told_police_on > dates.today():
        raise RuleBroken("The day must be today or in the past", "told_police_on")
    given = {"kind": PositionKind.PREMISES_SUPERVISOR, "holder": holder, "from_on": from_on}
    positions.add_position(RecordKind.LICENCE, user, decision.licence_id, given)
    event = Event(EventKind.VARIED, decided_on=from_on, recorded_on=dates.today())
    append_event(user, decision.licence_id, event)
    clocks.start(user, OBJECTION, (ObjectKind.DECISION, decision_id), told_police_on)
    details = {"supervisor": "nominated", "from": from_on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.DECISION, decision_id, details=details)
    db.session.flush()


def police_answered(user: ActingUser, decision_id: UUID, on: date, *, objected: bool) -> None:
    """That the police objected to whoever was named, or said that they do not. RuleBroken where nothing is awaited."""
    about = (ObjectKind.DECISION, decision_id)
    clock = deadlines.running(OBJECTION, about)
    if clock is None:
        raise RuleBroken("The police are not asked about anybody.")
    if not clock.started_on <= on <= dates.today():
        raise RuleBroken("The day must be on or after the day they were told, and not in the future", "on_day")
    clocks.meet(user, OBJECTION, about, on, OBJECTED if objected else NOT_OBJECTED)
    details = {"police": "objected" if objected else "no objection", "on": on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.DECISION, decision_id, details=details)
    db.session.flush()


def police_say(decision: Decision) -> list[tuple[date, str]]:
    """What the police said of each who was named, the last first."""
    met = [
        one
        for one in deadlines.clocks_about(ObjectKind.DECISION, decision.id)
        if one.code is OBJECTION and one.met_on is not None
    ]
    said = [(one.met_on, deadlines.changes_of(one.id)) for one in reversed(met)]
    return [
        (on, change.reason)
        for on, changes in said
        for change in changes
        if on and change.kind is ClockEvent.MET and change.reason
    ]


def awaits_police(decision: Decision) -> bool:
    """Whether the police may still object to whoever was named."""
    return any(one.runs and one.code is OBJECTION for one in deadlines.clocks_about(ObjectKind.DECISION, decision.id))
