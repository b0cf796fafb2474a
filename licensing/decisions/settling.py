"""What a decision settles of the work that waited for one."""

from licensing.audit.rules import ObjectKind
from licensing.decisions import queries
from licensing.decisions.models import Decision
from licensing.register.events import EventKind
from licensing.register.models import Licence
from licensing.suitability import changes as suitability
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

# After these a holder has a badge or plate again, whatever came back before.
_HANDED_OUT = frozenset({EventKind.GRANTED, EventKind.RENEWED, EventKind.SUSPENSION_ENDED})


def settle(decision: Decision, licence: Licence) -> None:
    """Nobody need decide anew what a review found wrong before, nor consider whether the holder is fit and proper."""
    words = f"Decided: {decision.reference}."
    for one in queries.decisions_of([licence.id]):
        if one.id != decision.id:
            tasks.settle(TaskKind.DECIDE, (ObjectKind.DECISION, one.id), words)
    suitability.considered(licence, words)


def badge_is_back(licence: Licence) -> bool:
    """Whether the badge or plate came back since it was last handed out, so that nobody asks for it."""
    last = [one.kind for one in licence.standing_events if one.kind in _HANDED_OUT | {EventKind.BADGE_RETURNED}]
    return last[-1:] == [EventKind.BADGE_RETURNED]
