"""What is found while an operation is under way, and what a taxi stop comes to. Views commit."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import Action as Did
from licensing.db import db
from licensing.disruption.targets import key_of
from licensing.disruption.words import TargetKind
from licensing.errors import RuleBroken
from licensing.operations import queries, rules
from licensing.operations.changes.planning import record
from licensing.operations.models import Finding, Operation, OperationPlace
from licensing.operations.words import FindingKind
from licensing.sealing import opened, seal


@dataclass(frozen=True)
class Seen:
    """A finding as it is typed. `place_id` is a place of the plan; a place that is not on it has a name."""

    kind: FindingKind
    name: str
    seen: str
    needs_follow_up: bool
    place_id: UUID | None = None
    power_id: UUID | None = None


def record_finding(user: ActingUser, operation_id: UUID, finding_id: UUID, given: Seen) -> None:
    """Keep what was seen. What a phone sends a second time, since it heard no answer, is kept already.

    Raises RuleBroken where it is not said of whom or what, the operation is not under way, or it was kept otherwise.
    """
    operation = queries.operation(operation_id, for_change=True)
    if kept := queries.find_finding(operation_id, finding_id):
        _check_same(kept, given)
        return
    rules.check_recording(operation.state)
    rules.check_finding(given.kind, given.name, given.place_id is not None)
    place_id = _place_of(operation, given)
    row = {
        "id": finding_id,
        "authority_id": operation.authority_id,
        "operation_id": operation_id,
        "number": queries.next_number(Finding, operation_id),
        "kind": given.kind,
        "place_id": place_id,
        **_named(finding_id, given, operation),
        "seen_sealed": seal(Finding, "seen_sealed", finding_id, given.seen),
        "power_id": given.power_id,
        "needs_follow_up": given.needs_follow_up,
        "by_id": user.id,
    }
    db.session.execute(insert(Finding).inline(), [row])
    record(Did.CHANGED, operation, {"part": "findings", "of": given.kind.value})


def _check_same(kept: Finding, given: Seen) -> None:
    """What was changed after it was sent, while no answer came, is not thrown away."""
    if opened(kept, "seen_sealed") != given.seen:
        raise RuleBroken(
            f"This was kept with other words before, as finding {kept.number}. Save again to keep these as another",
            "what",
        )


def _place_of(operation: Operation, given: Seen) -> UUID | None:
    """Which place it is, or where it was: of the plan, to which a place that somebody came upon is added."""
    if given.place_id:
        return next(one.id for one in operation.places if one.id == given.place_id)
    if given.kind is not FindingKind.PLACE:
        return None
    place_id = uuid4()
    row = {
        "id": place_id,
        "authority_id": operation.authority_id,
        "operation_id": operation.id,
        "number": queries.next_number(OperationPlace, operation.id),
        "name": given.name,
    }
    db.session.execute(insert(OperationPlace).inline(), [row])
    return place_id


def _named(finding_id: UUID, given: Seen, operation: Operation) -> dict[str, Any]:
    """A person's name sealed, with the hash by which actions on the same person are found; anything else plain."""
    if given.kind is FindingKind.PERSON:
        sealed_name = seal(Finding, "name_sealed", finding_id, given.name)
        return {"name": None, "name_sealed": sealed_name, "name_key": key_of(TargetKind.PERSON, given.name)}
    planned = next((one.name for one in operation.places if one.id == given.place_id), "")
    name = given.name.upper() if given.kind is FindingKind.VEHICLE else planned or given.name
    return {"name": name, "name_sealed": None, "name_key": None}


def count(_user: ActingUser, operation_id: UUID, counts: rules.StopCounts) -> None:
    """What a taxi stop came to, so far; counted again, it stands in place of what was counted before."""
    operation = queries.operation(operation_id, for_change=True)
    rules.check_recording(operation.state)
    rules.check_counts(counts)
    operation.stopped, operation.inspected = counts.stopped, counts.inspected
    operation.warned, operation.suspended, operation.reported = counts.warned, counts.suspended, counts.reported
    record(Did.CHANGED, operation, {"part": "counts"})
    db.session.flush()
