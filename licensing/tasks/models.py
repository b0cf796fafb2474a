"""Tasks, and what has happened to each."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licensing.audit.rules import ObjectKind
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.permissions import Role
from licensing.tasks.rules import ChangeKind, TaskKind


class Task(Base):
    """Something to do, for one user or one team; `opened_by` is empty where the service itself opened it.

    `settled`: by what was recorded elsewhere, and not by its own form; `done_by` is empty where a daily job found so.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("(for_user_id IS NULL) <> (for_team IS NULL)", name="for_one"),
        CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name="whole_object"),
        CheckConstraint(
            "CASE WHEN done_at IS NULL THEN done_by IS NULL AND NOT settled ELSE settled OR done_by IS NOT NULL END",
            name="done_by_somebody",
        ),
        UniqueConstraint("authority_id", "reference", name="uq_task_authority_id_reference"),
        UniqueConstraint("id", "authority_id", name="uq_task_id_authority_id"),
        Index("ix_task_authority_id_due_on", "authority_id", "due_on", "id"),
        Index("ix_task_object_id", "object_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    kind: Mapped[TaskKind] = enum_column(TaskKind, name="task_kind")
    note: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    object_kind: Mapped[ObjectKind | None] = enum_column(ObjectKind, name="object_kind", nullable=True)
    object_id: Mapped[UUID | None]
    for_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    for_team: Mapped[Role | None] = enum_column(Role, name="role", nullable=True)
    due_on: Mapped[date]
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    opened_at: Mapped[RecordedAt]
    done_at: Mapped[Moment | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    outcome: Mapped[str | None] = mapped_column(Text)
    settled: Mapped[bool] = mapped_column(server_default=false())


class TaskChange(Base):
    """One thing that happened to a task: what, why, by whom."""

    __tablename__ = "task_change"
    __table_args__ = (
        ForeignKeyConstraint(["task_id", "authority_id"], ["task.id", "task.authority_id"]),
        Index("ix_task_change_task_id_at", "task_id", "at"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    task_id: Mapped[UUID]
    kind: Mapped[ChangeKind] = enum_column(ChangeKind, name="task_change_kind")
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]
