"""The periods of a review of premises (Licensing Act 2003 s.51, s.53A, s.167): begun, gone through, ended."""

from datetime import date, datetime
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.deadlines import changes as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.suitability.models import Consideration
from licensing.suitability.queries import considerations as queries
from licensing.suitability.review_steps import ReviewStep
from licensing.suitability.rules import Source, check_days

# Those in which something is waited for, and nothing is owed: they end by themselves, and are never late.
_WAITED = frozenset({ClockCode.LA_REVIEW_CONSULT, ClockCode.LA_167_REPRESENT})
BEFORE_RECEIPT = "The day must be on or after the day on which the review was received"
_PERIODS = {
    Source.REVIEW: (ClockCode.LA_REVIEW_CONSULT, ClockCode.LA_REVIEW_HEAR),
    Source.SUMMARY_REVIEW: (ClockCode.LA_53A_INTERIM, ClockCode.LA_53A_FINAL),
    Source.CLOSURE_ORDER: (ClockCode.LA_167_REPRESENT, ClockCode.LA_167_DETERMINE),
}


def start_periods(user: ActingUser, consideration_id: UUID, source: Source, received: date | datetime) -> None:
    """Start the periods of a review; a hearing is due within its own from the last day for representations."""
    start = received
    for code in _PERIODS.get(source, ()):
        clock = clocks.start(user, code, (ObjectKind.CONSIDERATION, consideration_id), start)
        start = clock.due_on if code is ClockCode.LA_REVIEW_CONSULT else received


def steps_to_record(consideration: Consideration) -> list[ReviewStep]:
    """What of a review's course an officer can record now: each step once, in its order."""
    if consideration.closed_on:
        return []
    clocks_of = deadlines.clocks_about(ObjectKind.CONSIDERATION, consideration.id)
    runs, begun = {one.code for one in clocks_of if one.runs}, {one.code for one in clocks_of}
    steps = [step for step in ReviewStep if step.meets in runs]
    heard = ClockCode.LA_REVIEW_HEAR in begun - runs and ClockCode.LA_REVIEW_DECIDE not in begun
    return [*steps, ReviewStep.HEARING_ENDED] if heard else steps


def record_step(
    user: ActingUser, consideration_id: UUID, step: ReviewStep, on: date, words: str, at: datetime | None = None
) -> None:
    """A step of a review: what it answers is met, and the end of a hearing starts the days for the decision.

    `at` is the moment, which tells whether interim steps were considered within their hours. RuleBroken where somebody
    recorded the step in between, and before the application was received.
    """
    consideration = queries.consideration_for_update(consideration_id)
    if step not in steps_to_record(consideration):
        raise RuleBroken("Somebody recorded this in between. Look at the review again.", "step")
    check_days(consideration.received_on or consideration.opened_on, on, BEFORE_RECEIPT, "on_day")
    if at and consideration.received_at and at < consideration.received_at:
        raise RuleBroken("The time must be after the one at which the review was received", "at_time")
    about = (ObjectKind.CONSIDERATION, consideration_id)
    if step.meets:
        clocks.meet(user, step.meets, about, on, words, at=at)
    else:
        clocks.start(user, ClockCode.LA_REVIEW_DECIDE, about, on)
    audit.record(Action.CHANGED, ObjectKind.CONSIDERATION, consideration_id, details={"step": step})


def interim_steps_considered(user: ActingUser, consideration_id: UUID, on: date) -> None:
    """That interim steps were considered on a day (s.53A(2)); nothing where none are waited for."""
    clocks.meet(user, ClockCode.LA_53A_INTERIM, (ObjectKind.CONSIDERATION, consideration_id), on)


def end_periods(user: ActingUser, consideration: Consideration, on: date, *, decided: bool) -> None:
    """A decision ends every period of a review; where it is closed without one, nothing is owed any more."""
    about = (ObjectKind.CONSIDERATION, consideration.id)
    for code in (*_PERIODS.get(consideration.source, ()), ClockCode.LA_REVIEW_DECIDE):
        clock = deadlines.running(code, about)
        if clock and decided:
            clocks.meet(user, code, about, min(on, clock.due_on) if code in _WAITED else on)
        elif clock:
            clocks.cease(user, code, about, "The review was closed without a decision.")
