"""An operation until it begins: planned, with its agencies and places, briefed, begun or called off. Views commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyPart
from licensing.errors import RuleBroken
from licensing.operations import queries, rules
from licensing.operations.models import Operation, OperationAgency, OperationPlace
from licensing.operations.words import OperationKind, OperationState
from licensing.references import new_reference
from licensing.sealing import seal

PREFIX = "OP"


@dataclass(frozen=True)
class Plan:
    """What an operation is when it is planned. One that ends before it starts ends on the next day."""

    kind: OperationKind
    name: str
    on_day: date
    starts_at: time
    ends_at: time | None
    lead_agency_id: UUID
    recording_agency_id: UUID
    objective: str
    partners: Sequence[UUID] = ()


def plan(user: ActingUser, given: Plan) -> UUID:
    """Plan an operation; it is known from now on to the agencies that lead, join and record. Raises RuleBroken."""
    rules.check_plan(given.on_day, given.starts_at, given.ends_at, dates.today())
    operation_id = uuid4()
    row = {
        "id": operation_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "kind": given.kind,
        "name": given.name,
        "on_day": given.on_day,
        "starts_at": given.starts_at,
        "ends_at": given.ends_at,
        "lead_agency_id": given.lead_agency_id,
        "recording_agency_id": given.recording_agency_id,
        "objective_sealed": seal(Operation, "objective_sealed", operation_id, given.objective),
        "recorded_by": user.id,
    }
    # Plain, since RETURNING would read the row before its agencies, by whom it is seen, are beside it.
    db.session.execute(insert(Operation).inline(), [row])
    for agency_id in dict.fromkeys(given.partners):
        if agency_id not in (given.lead_agency_id, given.recording_agency_id):
            _join(user.authority.id, operation_id, agency_id)
    audit.record(Did.ADDED, ObjectKind.OPERATION, operation_id, details={"kind": given.kind.value})
    return operation_id


def _join(authority_id: UUID, operation_id: UUID, agency_id: UUID) -> None:
    row = {
        "id": uuid4(),
        "authority_id": authority_id,
        "operation_id": operation_id,
        "agency_id": agency_id,
        "part": AgencyPart.PARTNER,
    }
    db.session.execute(insert(OperationAgency).inline(), [row])


def join(_user: ActingUser, operation_id: UUID, agency_id: UUID) -> None:
    """An agency joins, and knows of the operation from now on."""
    operation = _open(operation_id)
    if any(one.agency_id == agency_id for one in operation.agencies):
        raise RuleBroken("This agency leads or joins already", "agency")
    _join(operation.authority_id, operation_id, agency_id)
    record(Did.ACCESS_GIVEN, operation, {"agency": str(agency_id)})


def add_place(_user: ActingUser, operation_id: UUID, place: Aim) -> None:
    """Somewhere to go; a place of a register stands once."""
    operation = _open(operation_id)
    if place.record_id and any(one.record_id == place.record_id for one in operation.places):
        raise RuleBroken("This place is on the list already", "name")
    row = {
        "id": uuid4(),
        "authority_id": operation.authority_id,
        "operation_id": operation_id,
        "number": queries.next_number(OperationPlace, operation_id),
        "name": place.name,
        "address": place.address,
        "postcode": place.postcode,
        "record_id": place.record_id,
        "of_authority_id": place.of_authority_id,
    }
    db.session.execute(insert(OperationPlace).inline(), [row])
    record(Did.CHANGED, operation, {"part": "places"})


def brief(_user: ActingUser, operation_id: UUID, words: str) -> None:
    """Say what those who go out were told. A second briefing stands in place of the first."""
    operation = queries.operation(operation_id, for_change=True)
    rules.check_step(operation.state, OperationState.BRIEFED)
    operation.briefing_sealed = seal(Operation, "briefing_sealed", operation_id, words)
    operation.briefed_at = db.func.now()
    _moved(operation, OperationState.BRIEFED)


def begin(_user: ActingUser, operation_id: UUID) -> None:
    """From now on findings are recorded."""
    operation = queries.operation(operation_id, for_change=True)
    rules.check_step(operation.state, OperationState.UNDER_WAY)
    rules.check_begin(operation.on_day, dates.today())
    operation.begun_at = db.func.now()
    _moved(operation, OperationState.UNDER_WAY)


def call_off(_user: ActingUser, operation_id: UUID, why: str) -> None:
    """It does not take place; why is kept."""
    operation = queries.operation(operation_id, for_change=True)
    rules.check_step(operation.state, OperationState.CALLED_OFF)
    operation.called_off_sealed = seal(Operation, "called_off_sealed", operation_id, why)
    operation.called_off_at = db.func.now()
    _moved(operation, OperationState.CALLED_OFF)


def _open(operation_id: UUID) -> Operation:
    operation = queries.operation(operation_id, for_change=True)
    if operation.state.is_over:
        raise RuleBroken(f"This operation is {operation.state.label.lower()}. Nothing was changed.")
    return operation


def _moved(operation: Operation, state: OperationState) -> None:
    record(Did.CHANGED, operation, {"after": state.value})
    db.session.flush()


def record(did: Did, operation: Operation, details: dict[str, Any]) -> None:
    """Put on the trail what was done with an operation."""
    audit.record(did, ObjectKind.OPERATION, operation.id, details=details)
