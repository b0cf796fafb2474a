"""A manager asks the council whose policy marks somebody for good, and considers what it says."""

from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.suitability.models import MarkerConsidered, sealed
from licensing.suitability.queries.markers import markers_of, unconsidered_markers
from licensing.suitability.rules import check_days
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind


def consider_marker(user: ActingUser, person_id: UUID, code: str, given: dict[str, Any]) -> None:
    """Record that a council's markers of a person were asked about and considered.

    `given` has asked_on, asked_whom, asked_what and words. RuleBroken where the council has no standing marker.
    """
    markers = [one for one in markers_of(person_id) if one.code == code]
    if not markers:
        raise RuleBroken("That council has taken its marker away in between. Nothing needs to be recorded.")
    for marker in markers:
        check_days(marker.marked_on, given["asked_on"], "The day must be on or after the marker’s", "asked_on")
        row_id = uuid4()
        kept = {
            f"{name}_sealed": sealed(MarkerConsidered, f"{name}_sealed", row_id, given[name])
            for name in ("asked_whom", "asked_what", "words")
        }
        db.session.add(
            MarkerConsidered(
                id=row_id,
                authority_id=user.authority.id,
                person_id=person_id,
                marked_by_id=marker.authority_id,
                marked_on=marker.marked_on,
                asked_on=given["asked_on"],
                by_id=user.id,
                **kept,
            )
        )
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.PERSON, person_id, details={"marker_considered": code})
    if not unconsidered_markers(person_id):
        words = "Every council that asks for it was spoken to, and what it said was considered."
        tasks.settle(TaskKind.CONSIDER_MARKER, (ObjectKind.PERSON, person_id), words)
