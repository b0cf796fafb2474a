"""Appeals against decisions: lodged, and what became of them. The stay is derived from the events of the register."""

from datetime import date
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.decisions import changes, queries, supervisors
from licensing.decisions.appeal_rules import AppealOutcome, Court, outcome_as_at
from licensing.decisions.models import Appeal, Decision
from licensing.decisions.powers import DecisionKind
from licensing.errors import RuleBroken
from licensing.register.changes.events import append_event
from licensing.register.events import Event, EventKind
from licensing.sharing import changes as sharing
from licensing.sharing.rules import UpdateReason

_EVENTS = {
    AppealOutcome.DISMISSED: EventKind.APPEAL_DISMISSED,
    AppealOutcome.WITHDRAWN: EventKind.APPEAL_WITHDRAWN,
    AppealOutcome.ALLOWED: EventKind.REINSTATED_BY_COURT,
    AppealOutcome.ALLOWED_TERM_EXPIRED: EventKind.REINSTATED_BY_COURT,
    AppealOutcome.VARIED: EventKind.REINSTATED_BY_COURT,
    AppealOutcome.ABATED: EventKind.APPEAL_WITHDRAWN,
}
_UPDATES = {
    AppealOutcome.DISMISSED: UpdateReason.APPEAL_DISMISSED,
    AppealOutcome.WITHDRAWN: UpdateReason.APPEAL_DISMISSED,
    AppealOutcome.ALLOWED: UpdateReason.APPEAL_ALLOWED,
    AppealOutcome.ALLOWED_TERM_EXPIRED: UpdateReason.APPEAL_ALLOWED,
    AppealOutcome.VARIED: UpdateReason.APPEAL_VARIED,
    AppealOutcome.ABATED: UpdateReason.APPEAL_DISMISSED,
}


def lodge(user: ActingUser, decision_id: UUID, court: Court, lodged_on: date, reference: str) -> UUID:
    """Record an appeal; one after its time is kept, marked late, and holds nothing up.

    RuleBroken while another is open, before the notice, and for a day that has not come.
    """
    decision = queries.decision_for_update(decision_id)
    if decision.open_appeal:
        raise RuleBroken("An appeal against this decision is open already.")
    if not decision.may_be_appealed:
        raise RuleBroken("The law knows no appeal against this.")
    if lodged_on > dates.today():
        raise RuleBroken("The day must be today or in the past", "lodged_on")
    if lodged_on < decision.decided_on:
        raise RuleBroken(
            f"The decision was made on {in_words(decision.decided_on)}: no appeal came before", "lodged_on"
        )
    again = bool(decision.appeals)
    late = not again and _is_late(user, decision, lodged_on)
    appeal = Appeal(
        id=uuid4(),
        authority_id=decision.authority_id,
        decision_id=decision_id,
        court=court,
        court_reference=reference,
        lodged_on=lodged_on,
        is_late=late,
        recorded_by=user.id,
    )
    db.session.add(appeal)
    db.session.flush()
    event = Event(EventKind.APPEALED, decided_on=lodged_on, recorded_on=dates.today())
    append_event(user, decision.licence_id, event, irregular=late)
    if not late:
        supervisors.wait_for_appeal(decision)
    if again and decision.event_id:
        sharing.expect_update(user, decision.event_id, UpdateReason.FURTHER_APPEAL, lodged_on)
    details = {"appeal": "lodged", "court": court, "late": late}
    audit.record(Action.CHANGED, ObjectKind.DECISION, decision_id, details=details)
    return appeal.id


def _is_late(user: ActingUser, decision: Decision, lodged_on: date) -> bool:
    if decision.notified_on is None or not decision.needs_notice:
        return False
    return lodged_on > queries.appeal_window(user.authority.id, decision.notified_on, decision.power).later_until


def set_hearing(appeal: Appeal, hearing_on: date) -> None:
    """When the court hears it."""
    if appeal.outcome:
        raise RuleBroken("This appeal has ended.")
    if hearing_on < appeal.lodged_on:
        raise RuleBroken("The hearing must be on or after the day the appeal was lodged", "hearing_on")
    appeal.hearing_on = hearing_on
    details = {"appeal": "hearing", "on": hearing_on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.DECISION, appeal.decision_id, details=details)
    db.session.flush()


def end(
    user: ActingUser,
    appeal: Appeal,
    typed: AppealOutcome,
    ended_on: date,
    costs: str,
    suspended_until: date | None = None,
) -> AppealOutcome:
    """Record what became of an appeal: what revives, and what the national register must say now.

    An allowed appeal revives the unexpired term alone; where none is left, that is the outcome, and a new application
    is the way. A court that varies may put a suspension in the decision's place, until a day. Returns the outcome.
    """
    decision = queries.decision_for_update(appeal.decision_id)
    db.session.refresh(appeal)
    if appeal.outcome:
        raise RuleBroken(f"This appeal has ended already: {appeal.outcome.label.lower()}.")
    if ended_on < appeal.lodged_on:
        raise RuleBroken("The day must be on or after the day the appeal was lodged", "ended_on")
    if ended_on > dates.today():
        raise RuleBroken("The day must be today or in the past", "ended_on")
    if suspended_until and typed is not AppealOutcome.VARIED:
        raise RuleBroken("Only a court that varies the decision puts a suspension in its place", "suspended_until")
    if suspended_until and suspended_until < ended_on:
        raise RuleBroken("The last day must be on or after the day the appeal ended", "suspended_until")
    outcome = outcome_as_at(typed, ended_on, decision.licence.expires_on)
    appeal.outcome, appeal.ended_on, appeal.costs = outcome, ended_on, costs
    db.session.flush()
    if kind := _event(decision, outcome):
        event = Event(kind, decided_on=ended_on, ends_on=suspended_until, recorded_on=dates.today())
        append_event(user, decision.licence_id, event)
    if outcome.is_allowed and decision.kind.suspends and not suspended_until:
        changes.end_watch(user, decision.licence_id, DecisionKind.END_SUSPENSION, ended_on)
    if not appeal.is_late:
        supervisors.after_appeal(decision, outcome, ended_on)
    if decision.event_id:
        sharing.expect_update(user, decision.event_id, _UPDATES[outcome], ended_on)
    details = {"appeal": outcome, "on": ended_on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.DECISION, decision.id, details=details)
    return outcome


def _event(decision: Decision, outcome: AppealOutcome) -> EventKind | None:
    """What it is on the register: there is nothing to revive of what was refused."""
    kind = _EVENTS[outcome]
    stopped = decision.kind.suspends or decision.kind is DecisionKind.REVOKE
    return None if kind is EventKind.REINSTATED_BY_COURT and not stopped else kind
