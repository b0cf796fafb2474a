"""The periods of a review of premises (Licensing Act 2003 s.51, s.53A, s.167): begun, gone through, ended."""

from datetime import date, datetime
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import ObjectKind
from licensing.deadlines import changes as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.suitability.models import Consideration
from licensing.suitability.rules import Source

# Those in which something is waited for, and nothing is owed: they end by themselves, and are never late.
_WAITED = frozenset({ClockCode.LA_REVIEW_CONSULT, ClockCode.LA_167_REPRESENT})
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


def interim_steps_considered(user: ActingUser, consideration_id: UUID, on: date) -> None:
    """That interim steps were considered on a day (s.53A(2)); nothing where none are waited for."""
    clocks.meet(user, ClockCode.LA_53A_INTERIM, (ObjectKind.CONSIDERATION, consideration_id), on)


def end_periods(user: ActingUser, consideration: Consideration, on: date, *, decided: bool) -> None:
    """A decision ends every period of a review; where it is closed without one, nothing is owed any more."""
    about = (ObjectKind.CONSIDERATION, consideration.id)
    for code in _PERIODS.get(consideration.source, ()):
        clock = deadlines.running(code, about)
        if clock and decided:
            clocks.meet(user, code, about, min(on, clock.due_on) if code in _WAITED else on)
        elif clock:
            clocks.cease(user, code, about, "The review was closed without a decision.")
