"""What is recorded of one person and one course, and what another council offers to be recorded."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to
from licensing.sealing import opened
from licensing.training.rules import Audience, Delivery, Result


class TrainingRecord(Base):
    """One person and one course. A correction, a verification and a rejection add a row that supersedes this one.

    Course and provider are as they were written; the version is known where the course is one of the catalogue's.
    `expires_on` is the last day in date, empty where it does not expire.
    """

    __tablename__ = "training_record"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("training_record", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_training_record_id_authority_id"),
        UniqueConstraint("supersedes_id", name="uq_training_record_supersedes_id"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_in_per_cent"),
        CheckConstraint("expires_on >= completed_on", name="in_order"),
        CheckConstraint("(verified_by IS NULL) = (verified_at IS NULL)", name="verified_by_somebody"),
        Index(
            "ix_training_record_authority_id_person_id",
            "authority_id",
            "person_id",
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_training_record_person_id", "person_id"),
        Index(
            "uq_training_record_authority_id_source_id",
            "authority_id",
            "source_id",
            unique=True,
            postgresql_where=text("source_id IS NOT NULL AND superseded_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    result: Mapped[Result] = enum_column(Result, name="result")
    audience: Mapped[Audience] = enum_column(Audience, name="audience")
    course: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text)
    course_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("course_version.id"))
    delivery: Mapped[Delivery | None] = enum_column(Delivery, name="delivery", nullable=True)
    booked_for: Mapped[date | None]
    completed_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    score: Mapped[int | None]  # per cent
    attempts: Mapped[int | None]
    certificate_no: Mapped[str | None] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)  # the key in the system that the file came from
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # why exempt, rejected or corrected
    verified_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    verified_at: Mapped[Moment | None]
    verified_how: Mapped[str | None] = mapped_column(Text)
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    @property
    def reason(self) -> str:
        """Why somebody is exempt, a certificate was rejected or a record corrected."""
        return opened(self, "reason_sealed")


class TrainingOffer(Base):
    """A row of another council's attendance list that is about this council's licence holder, to be taken in or not."""

    __tablename__ = "training_offer"
    __table_args__ = (
        belongs_to("person", "person_id"),
        UniqueConstraint("from_authority_id", "authority_id", "row_hash", name="uq_training_offer_row"),
        CheckConstraint("(settled_by IS NULL) = (settled_at IS NULL)", name="settled_by_somebody"),
        Index("ix_training_offer_authority_id", "authority_id", "offered_at", "id"),
        Index("ix_training_offer_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    from_authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[UUID]
    row_hash: Mapped[bytes] = mapped_column(LargeBinary)  # keyed, of the whole row: the same row is offered once
    result: Mapped[Result] = enum_column(Result, name="result")
    course: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text)
    completed_on: Mapped[date]
    expires_on: Mapped[date | None]
    certificate_no: Mapped[str | None] = mapped_column(Text)
    offered_at: Mapped[RecordedAt]
    birth_agrees: Mapped[bool] = mapped_column(server_default="true")  # where it does not, nobody is shown the offer
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    settled_at: Mapped[Moment | None]
    training_id: Mapped[UUID | None] = mapped_column(ForeignKey("training_record.id"))  # empty where declined
