"""Tasks in the sight of whoever is acting; row-level security leaves out the others."""

from uuid import UUID

from sqlalchemy import exists, select, text

from licensing.accounts.models import RoleHeld, User
from licensing.accounts.rules import UserStatus
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.tasks.models import Task, TaskChange
from licensing.tasks.rules import TEAMS, TaskKind


def task_exists(task_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Task.id == task_id))))


def one_task(task_id: UUID) -> Task:
    return db.session.get_one(Task, task_id)


def task_for_update(task_id: UUID) -> Task:
    """The task, locked and read anew: two people cannot finish it at once."""
    found = select(Task).where(Task.id == task_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).one()


def open_like(kind: TaskKind, about: tuple[ObjectKind, UUID]) -> Task | None:
    """The open task of this kind about this record, among those in sight. Waits for whoever opens one now."""
    db.session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:about, 0))"), {"about": f"{kind} {about[1]}"}
    )
    found = select(Task).where(Task.kind == kind, Task.object_kind == about[0], Task.object_id == about[1])
    return db.session.scalars(found.where(Task.done_at.is_(None)).order_by(Task.opened_at, Task.id).limit(1)).first()


def changes_of(task_id: UUID) -> list[TaskChange]:
    """What has happened to it, the last first."""
    found = select(TaskChange).where(TaskChange.task_id == task_id)
    return list(db.session.scalars(found.order_by(TaskChange.at.desc(), TaskChange.id)))


def names_of(user_ids: set[UUID]) -> dict[UUID, str]:
    """The names of colleagues."""
    found = select(User.id, User.name).where(User.id.in_(sorted(user_ids))).order_by(User.id)
    return {row.id: row.name for row in db.session.execute(found)}


def colleagues(authority_id: UUID) -> list[tuple[UUID, str]]:
    """Who may be given a task, by name."""
    holds_one = exists().where(RoleHeld.user_id == User.id, RoleHeld.ended_at.is_(None), RoleHeld.role.in_(TEAMS))
    found = select(User.id, User.name).where(
        User.authority_id == authority_id, User.status == UserStatus.ACTIVE, holds_one
    )
    return [(row.id, row.name) for row in db.session.execute(found.order_by(User.name, User.id))]
