"""Looking at a decision a second time. The view commits."""

from datetime import date
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import changes as clocks
from licensing.deadlines.codes import ClockCode
from licensing.decisions import queries
from licensing.decisions.changes import MANAGERS
from licensing.decisions.models import DecisionReview
from licensing.decisions.states import BY_ANOTHER, ReviewKind, Verdict
from licensing.errors import RuleBroken
from licensing.sealing import sealed
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

_REVIEWS = {
    ReviewKind.IMMEDIATE: ClockCode.IMMEDIATE_REVIEW,
    ReviewKind.CONFIRMATION: ClockCode.CONFIRM_RECORD,
    ReviewKind.SUSPENSION: ClockCode.SUSPENSION_REVIEW,
    ReviewKind.INTERIM_STEPS: ClockCode.SUSPENSION_REVIEW,
}


def review(
    user: ActingUser, decision_id: UUID, kind: ReviewKind, verdict: Verdict, words: str, next_on: date | None = None
) -> None:
    """A second look. RuleBroken where the one who looks is the one who decided an immediate action."""
    decision, today = queries.decision_for_update(decision_id), dates.today()
    record = (ObjectKind.DECISION, decision_id)
    if kind in BY_ANOTHER and decision.decided_by == user.id:
        raise RuleBroken("You decided or recorded this. Somebody else reviews it.")
    row_id = uuid4()
    words_sealed = sealed(DecisionReview, "words_sealed", row_id, words)
    db.session.add(
        DecisionReview(
            id=row_id,
            authority_id=decision.authority_id,
            decision_id=decision_id,
            kind=kind,
            verdict=verdict,
            reviewed_on=today,
            next_on=next_on,
            words_sealed=words_sealed,
            reviewed_by=user.id,
        )
    )
    if code := _REVIEWS.get(kind):
        clocks.meet(user, code, record, today)
    if verdict is Verdict.TO_CHANGE:
        why = "A review found that the decision should be changed."
        tasks.open_task(user, TaskKind.DECIDE, MANAGERS, today, why, about=record)
    elif kind in (ReviewKind.SUSPENSION, ReviewKind.INTERIM_STEPS) and decision.kind.suspends:
        clock = clocks.start(user, ClockCode.SUSPENSION_REVIEW, record, today)
        if next_on:
            clocks.give_another_day(user, clock.id, next_on, "The review named the next day.")
    audit.record(Action.CHANGED, ObjectKind.DECISION, decision_id, details={"review": kind, "verdict": verdict})
    db.session.flush()
