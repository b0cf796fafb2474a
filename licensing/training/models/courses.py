"""Courses, which every council may know of, and what each asks and accepts. None of it is about a person."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to
from licensing.training.rules import Audience, Policy, Unit, When


class Course(Base):
    """A course as the council that keeps it describes it; the provider is a council or somebody else, by name."""

    __tablename__ = "course"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_course_id_authority_id"),
        UniqueConstraint("authority_id", "name_key", name="uq_course_authority_id_name_key"),
        CheckConstraint("valid_until >= valid_from", name="in_order"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)  # name and provider, as a file's row is compared with them
    provider: Mapped[str] = mapped_column(Text)
    audience: Mapped[Audience] = enum_column(Audience, name="audience")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    versions: Mapped[list["CourseVersion"]] = relationship(
        order_by="CourseVersion.valid_from, CourseVersion.id", viewonly=True
    )


class CourseVersion(Base):
    """What a course held and asked from a day on. The pass mark is in per cent; None where there is no test."""

    __tablename__ = "course_version"
    __table_args__ = (
        belongs_to("course", "course_id"),
        UniqueConstraint("id", "authority_id", name="uq_course_version_id_authority_id"),
        UniqueConstraint("course_id", "valid_from", name="uq_course_version_course_id_valid_from"),
        CheckConstraint("pass_mark BETWEEN 0 AND 100", name="pass_mark_in_per_cent"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    course_id: Mapped[UUID]
    version: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    pass_mark: Mapped[int | None]
    attempts: Mapped[int | None]  # how many are allowed; None where there is no limit
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool]
    recorded_at: Mapped[RecordedAt]


class CourseAcceptance(Base):
    """Whether an authority accepts a course's certificates as they are, from a day; without a row it verifies each."""

    __tablename__ = "course_acceptance"
    __table_args__ = (Index("ix_course_acceptance_authority_id_course_id", "authority_id", "course_id", "valid_from"),)

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("course.id"))
    accepted: Mapped[bool]
    valid_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class TrainingPolicy(Base):
    """What is asked of an audience from a day on: of every authority where none is named, else of this one."""

    __tablename__ = "training_policy"
    __table_args__ = (
        Index("ix_training_policy_authority_id_audience", "authority_id", "audience", "valid_from"),
        CheckConstraint("length > 0", name="some_length"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    audience: Mapped[Audience] = enum_column(Audience, name="audience")
    length: Mapped[int | None]  # between one course and the next; None where it is done once
    unit: Mapped[Unit] = enum_column(Unit, name="unit")
    needed: Mapped[When] = enum_column(When, name="needed")
    valid_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    def as_policy(self) -> Policy:
        """The row as the rules want it."""
        return Policy(
            audience=self.audience,
            length=self.length,
            unit=self.unit,
            needed=self.needed,
            valid_from=self.valid_from,
            source=self.source,
            verified=self.verified,
            is_own=self.authority_id is not None,
        )
