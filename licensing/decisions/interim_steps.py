"""Interim steps of a summary review: considered, and reviewed when it is determined (2003 Act s.53B, s.53D)."""

from datetime import date
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import ObjectKind
from licensing.deadlines import changes as clocks
from licensing.deadlines.codes import ClockCode
from licensing.decisions import queries
from licensing.decisions.models import Decision
from licensing.decisions.states import ReviewKind
from licensing.suitability import changes as suitability

WHY = "The review is determined while interim steps are in force: record that the sub-committee reviewed them."


def follow(user: ActingUser, decision: Decision, consideration_id: UUID | None) -> None:
    """Interim steps were considered; or a review was determined while some bite, and they are to be reviewed."""
    power = decision.power
    if power and power.is_interim and consideration_id:
        suitability.interim_steps_considered(user, consideration_id, decision.decided_on)
    if power and power.determines_review and (steps := queries.standing_interim_steps(decision.licence_id)):
        _have_reviewed(user, steps, decision.decided_on)


def _have_reviewed(user: ActingUser, steps: Decision, on: date) -> None:
    """The review of the steps is due on the day of the determination: the clock that runs, or one that starts."""
    clock = clocks.start(user, ClockCode.SUSPENSION_REVIEW, (ObjectKind.DECISION, steps.id), on)
    if clock.due_on != on and clock.started_on <= on:
        clocks.give_another_day(user, clock.id, on, WHY)


def to_review(steps: Decision) -> bool:
    """Whether these are interim steps whose review has been determined, and which nobody has reviewed since."""
    if not (steps.power and steps.power.is_interim):
        return False
    reviewed = any(one.kind is ReviewKind.INTERIM_STEPS for one in steps.reviews)
    return not reviewed and queries.determination_after(steps) is not None
