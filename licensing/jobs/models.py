"""The tables beside the queue's own: what those who asked may know of a job, and who acts while it runs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.jobs.rules import JobState


class JobProgress(Base):
    """One job as people may see it, without its arguments. The database keeps it up with the queue itself."""

    __tablename__ = "job_progress"
    __table_args__ = (
        UniqueConstraint("number", name="uq_job_progress_number"),
        Index("ix_job_progress_authority_id_asked_at", "authority_id", "asked_at"),
    )

    id: Mapped[RowId]
    number: Mapped[int] = mapped_column(BigInteger)  # in the queue
    kind: Mapped[str] = mapped_column(Text)
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    state: Mapped[JobState] = enum_column(JobState, name="job_state")
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    done: Mapped[int | None]
    total: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[RecordedAt]
    started_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    applied_at: Mapped[Moment | None]  # when what the job does was committed; set in the same transaction

    @property
    def last_heard_at(self) -> datetime:
        return self.ended_at or self.started_at or self.asked_at


class JobSession(Base):
    """A token under which a running job acts. Reached by procedures only."""

    __tablename__ = "job_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, ForeignKey("job_progress.number", ondelete="CASCADE"), index=True)
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]


class WorkerSession(Base):
    """A token by which a worker's connection opens the queue. Reached by procedures only."""

    __tablename__ = "worker_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    seen_at: Mapped[RecordedAt]
    worker_id: Mapped[int | None] = mapped_column(BigInteger)  # as which the queue's library counts it


class WorkerKey(Base):
    """The hash of the key that only workers have, as `flask setup` wrote it. Asked by `open_worker` only."""

    __tablename__ = "worker_key"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class JobKind(Base):
    """For whom a kind of job acts, as its feature declares it and `flask setup` wrote it. Asked by `begin_job` only."""

    __tablename__ = "job_kind"

    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    for_asker: Mapped[bool]
