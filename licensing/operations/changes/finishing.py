"""What becomes of an operation: who follows up what was found, and what was learnt. Views commit."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.disruption.changes import asking
from licensing.errors import RuleBroken
from licensing.operations import queries, rules
from licensing.operations.changes.planning import record
from licensing.operations.models import FollowUp, Operation
from licensing.sealing import seal
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

# A task is read by whoever it is handed to, and says nothing of what was found.
_WHY = "Something that was found is to be followed up"


def give(
    user: ActingUser, operation_id: UUID, finding_id: UUID, agency_id: UUID, colleague: UUID, what: str, due_on: date
) -> UUID:
    """Somebody who works for one's own agency follows up a finding: a task of theirs. Raises RuleBroken."""
    _check_waits(operation_id, due_on)
    follow_up_id = uuid4()
    # About the follow-up, since of one record one task of a kind is open: two findings have two.
    opened = tasks.open_task(
        user,
        TaskKind.FOLLOW_UP,
        For(user_id=colleague),
        due_on,
        _WHY,
        about=(ObjectKind.OPERATION, follow_up_id),
    )
    _keep(user, follow_up_id, operation_id, finding_id, agency_id, what, due_on, task_id=opened.id)
    return follow_up_id


def ask_agency(
    user: ActingUser,
    operation_id: UUID,
    finding_id: UUID,
    asked_by: UUID,
    agency_id: UUID,
    what: str,
    due_on: date,
) -> UUID:
    """Ask an agency to follow up a finding: it sees these words, and nothing else of the operation."""
    _check_waits(operation_id, due_on)
    follow_up_id = uuid4()
    asked = asking.ask(user, asked_by, agency_id, what, due_on)
    _keep(user, follow_up_id, operation_id, finding_id, agency_id, what, due_on, partner_task_id=asked)
    return follow_up_id


def _check_waits(operation_id: UUID, due_on: date) -> None:
    state = queries.operation(operation_id, for_change=True).state
    if state.is_over:
        raise RuleBroken(f"This operation is {state.label.lower()}. Nothing was changed.")
    if due_on < dates.today():
        raise RuleBroken("The date must be today or in the future", "due_on")


def _keep(
    user: ActingUser,
    follow_up_id: UUID,
    operation_id: UUID,
    finding_id: UUID,
    agency_id: UUID,
    what: str,
    due_on: date,
    **task: UUID,
) -> None:
    operation = queries.operation(operation_id)
    row: dict[str, Any] = {
        "id": follow_up_id,
        "authority_id": operation.authority_id,
        "operation_id": operation_id,
        "finding_id": queries.finding(operation_id, finding_id).id,
        "agency_id": agency_id,
        "what_sealed": seal(FollowUp, "what_sealed", follow_up_id, what),
        "due_on": due_on,
        "task_id": None,
        "partner_task_id": None,
        "by_id": user.id,
        **task,
    }
    db.session.execute(insert(FollowUp).inline(), [row])
    record(Did.CHANGED, operation, {"part": "follow-ups"})


def debrief(_user: ActingUser, operation_id: UUID, worked: str, following: str) -> None:
    """What worked and what comes next; the operation is closed. RuleBroken while a finding waits for somebody."""
    operation = queries.operation(operation_id, for_change=True)
    rules.check_close(operation.state, queries.not_followed_up(operation_id))
    operation.worked_sealed = seal(Operation, "worked_sealed", operation_id, worked)
    operation.next_sealed = seal(Operation, "next_sealed", operation_id, following)
    operation.closed_at = db.func.now()
    record(Did.CHANGED, operation, {"after": "closed"})
    db.session.flush()
