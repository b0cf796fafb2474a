"""The clocks of an action wait while the measure is stayed by an appeal. Views commit."""

from collections.abc import Sequence

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import ObjectKind
from licensing.deadlines import changes as clocks
from licensing.deadlines.codes import ClockCode
from licensing.disruption.models import Action
from licensing.disruption.rules import Span
from licensing.disruption.words import EventKind

STAYED = "The measure is stayed while an appeal is open."
OVER = "The stay of the measure is over."
_STARTING = frozenset({EventKind.AUTHORISED, EventKind.SERVED, EventKind.IN_FORCE})


def follow(user: ActingUser, action: Action, before: Sequence[Span], now: Sequence[Span], kind: EventKind) -> None:
    """Stop the clocks where a stay began with an event, and let them count on where one ended."""
    known = {one.from_on for one in before}
    for span in now:
        if span in before and not (span.until_on is None and kind in _STARTING):
            continue
        wait(user, action, span, begun=span.from_on in known and kind not in _STARTING)


def wait(user: ActingUser, action: Action, span: Span, code: ClockCode | None = None, *, begun: bool = False) -> None:
    """Keep the clocks waiting for a stay, or one of them; `begun`: they wait since its first day already."""
    about = (ObjectKind.DISRUPTION_ACTION, action.id)
    if not begun:
        clocks.pause_about(user, about, span.from_on, STAYED, code)
    if span.until_on:
        clocks.resume_about(user, about, span.from_on, span.until_on, OVER, code)
