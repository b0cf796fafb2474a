"""Training of groups: premises, operators' named staff, and numbers of the wider workforce."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId
from licensing.register.models._belonging import belongs_to


class PremisesTraining(Base):
    """A training at one place: of how many staff how many were trained, by whom. A correction supersedes the row."""

    __tablename__ = "premises_training"
    __table_args__ = (
        belongs_to("premises", "premises_id"),
        belongs_to("premises_training", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_premises_training_id_authority_id"),
        CheckConstraint("trained BETWEEN 0 AND staff", name="no_more_than_staff"),
        Index("ix_premises_training_premises_id", "premises_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    premises_id: Mapped[UUID]
    held_on: Mapped[date]
    staff: Mapped[int]
    trained: Mapped[int]
    trainer: Mapped[str] = mapped_column(Text)
    course: Mapped[str] = mapped_column(Text)
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class OperatorStaff(Base):
    """Somebody who takes bookings or dispatches for an operator, with sight of their basic DBS and their training.

    A further entry about the same person supersedes this one.
    """

    __tablename__ = "operator_staff"
    __table_args__ = (
        belongs_to("organisation", "organisation_id"),
        belongs_to("operator_staff", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_operator_staff_id_authority_id"),
        CheckConstraint("until_on >= from_on", name="in_order"),
        Index("ix_operator_staff_organisation_id", "organisation_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(Text)
    work: Mapped[str] = mapped_column(Text)
    basic_dbs_seen_on: Mapped[date | None]
    course: Mapped[str | None] = mapped_column(Text)
    trained_on: Mapped[date | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class StaffRegisterCheck(Base):
    """A look at an operator's register of its staff: how many are on it, and of how many the checks were seen."""

    __tablename__ = "operator_staff_register_check"
    __table_args__ = (
        belongs_to("organisation", "organisation_id"),
        CheckConstraint("checked BETWEEN 0 AND staff", name="no_more_than_staff"),
        Index("ix_operator_staff_register_check_organisation_id", "organisation_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    checked_on: Mapped[date]
    staff: Mapped[int]
    checked: Mapped[int]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class WorkforceTraining(Base):
    """How many of an agency's people were trained on a day: numbers alone. A correction supersedes the row."""

    __tablename__ = "workforce_training"
    __table_args__ = (
        belongs_to("workforce_training", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_workforce_training_id_authority_id"),
        CheckConstraint("trained > 0", name="somebody"),
        Index("ix_workforce_training_authority_id_held_on", "authority_id", "held_on", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    audience: Mapped[str] = mapped_column(Text)  # nurses, teachers, social workers, police
    agency: Mapped[str] = mapped_column(Text)
    course: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date]
    trained: Mapped[int]
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]
