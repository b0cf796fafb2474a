"""What is done with tasks: opened, finished, settled by what is recorded elsewhere, handed on, given another day."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from licensing import mail
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import moment_in_words
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.tasks import queries
from licensing.tasks.models import Task, TaskChange
from licensing.tasks.rules import ChangeKind, For, TaskKind, check_due_on

GONE = "Somebody changed this task a moment ago, so that it is no longer yours to hand on."


class Opened(NamedTuple):
    """A task, and whether it was opened just now or found open."""

    id: UUID
    is_new: bool


def open_task(
    user: ActingUser,
    kind: TaskKind,
    whom: For,
    due_on: date,
    why: str,
    *,
    note: str = "",
    about: tuple[ObjectKind, UUID] | None = None,
) -> Opened:
    """Open a task, or find the one of this kind that is open about the same record already.

    `note` and `why` are kept in the open and are not for personal data; `due_on` may have passed, where what fell
    due before is found late.
    """
    if about and kind is not TaskKind.OTHER and (there := queries.open_like(kind, about)):
        return Opened(there.id, is_new=False)
    task_id = uuid4()
    db.session.add(
        Task(
            id=task_id,
            authority_id=user.authority.id,
            reference=new_reference("TK"),
            kind=kind,
            note=note,
            why=why,
            object_kind=about[0] if about else None,
            object_id=about[1] if about else None,
            for_user_id=whom.user_id,
            for_team=whom.team,
            due_on=due_on,
            opened_by=user.id,
        )
    )
    db.session.flush()
    _note(user, task_id, ChangeKind.OPENED, why, {"for": str(whom), "due_on": due_on.isoformat()})
    audit.record(Action.ADDED, ObjectKind.TASK, task_id, details={"kind": kind, "for": str(whom)})
    _tell(user, whom, task_id)
    return Opened(task_id, is_new=True)


def finish(user: ActingUser, task_id: UUID, outcome: str) -> None:
    """Say that it is done, and what came of it. RuleBroken when somebody else was quicker."""
    task = _open_task_locked(task_id)
    task.done_at, task.done_by, task.outcome = db.func.now(), user.id, outcome
    _note(user, task_id, ChangeKind.FINISHED, outcome, {})
    audit.record(Action.CHANGED, ObjectKind.TASK, task_id, details={"before": "open", "after": "done"})
    db.session.flush()


def settle(kind: TaskKind, about: tuple[ObjectKind, UUID], words: str) -> None:
    """The deed is done that open tasks of a kind about a record wait for: they are done, whomever they were for.

    For what the service opened; what somebody opened by hand asks for more than a record shows. `words` say which
    deed, without personal data. Nothing where none is open, or for somebody who has no part in tasks.
    """
    db.session.flush()
    given = {"kind": kind, "object_kind": about[0], "object": about[1], "words": words}
    call = text("CALL settle_tasks(:kind, :object_kind, :object, :words, NULL)")
    for task_id in db.session.execute(call, given).scalar_one():
        if seen := db.session.get(Task, task_id):
            db.session.expire(seen)
        audit.record(Action.CHANGED, ObjectKind.TASK, task_id, details={"before": "open", "after": "done", "by": words})


def reassign(user: ActingUser, task_id: UUID, whom: For, reason: str) -> None:
    """Hand it to another user or team, which may take it out of one's own sight. RuleBroken when it is done."""
    task = _open_task_locked(task_id)
    before, after = str(For(task.for_user_id, task.for_team)), str(whom)
    if before == after:
        raise RuleBroken("The task is theirs already. Select somebody else.", "whom")
    _note(user, task_id, ChangeKind.HANDED_ON, reason, {"before": before, "after": after})
    audit.record(Action.CHANGED, ObjectKind.TASK, task_id, details={"before": {"for": before}, "after": {"for": after}})
    db.session.flush()
    handed_on = db.session.execute(
        text("CALL hand_on_task(:task, :user, :team, NULL)"),
        {"task": task_id, "user": whom.user_id, "team": whom.team},
    ).scalar_one()
    if not handed_on:
        raise RuleBroken(GONE, "whom")
    db.session.expire(task)
    _tell(user, whom, task_id)


def change_due_date(user: ActingUser, task_id: UUID, due_on: date, reason: str, today: date) -> None:
    """Give it another day, with the reason. RuleBroken for a day that has passed, and when it is done."""
    check_due_on(due_on, today)
    task = _open_task_locked(task_id)
    told = {"before": task.due_on.isoformat(), "after": due_on.isoformat()}
    if task.due_on == due_on:
        raise RuleBroken("The task is due on that day already. Enter another.", "due_on")
    task.due_on = due_on
    _note(user, task_id, ChangeKind.DUE_DATE_CHANGED, reason, told)
    details = {"before": {"due_on": told["before"]}, "after": {"due_on": told["after"]}}
    audit.record(Action.CHANGED, ObjectKind.TASK, task_id, details=details)
    db.session.flush()


def _open_task_locked(task_id: UUID) -> Task:
    task = queries.task_for_update(task_id)
    if task.done_at:
        who = queries.names_of({task.done_by}).get(task.done_by, "A colleague") if task.done_by else "The service"
        raise RuleBroken(f"{who} finished this task on {moment_in_words(task.done_at)}. Nothing was changed.")
    return task


def _note(user: ActingUser, task_id: UUID, kind: ChangeKind, reason: str, details: dict[str, Any]) -> None:
    row = {
        "id": uuid4(),
        "authority_id": user.authority.id,
        "task_id": task_id,
        "kind": kind,
        "details": details,
        "reason": reason,
        "by_id": user.id,
    }
    db.session.execute(insert(TaskChange).inline(), [row])


def _tell(user: ActingUser, whom: For, task_id: UUID) -> None:
    if whom.user_id and whom.user_id != user.id:
        mail.send(whom.user_id, mail.MailKind.TASK_GIVEN, task_id=task_id)
