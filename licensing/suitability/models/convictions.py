"""The tables of convictions, and of the policy from which their weighing starts."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to
from licensing.suitability import starting_points
from licensing.suitability.models._rows import HoldsWords, SealedOrNot, Superseded, sealed_column
from licensing.suitability.starting_points import Category, Outcome, Policy, RunsFrom


class ConvictionPolicy(Base):
    """One row of the policy, in force from a day. Without an authority it is the national one."""

    __tablename__ = "conviction_policy"
    __table_args__ = (
        CheckConstraint("(outcome = 'years') = (years IS NOT NULL)", name="years_where_counted"),
        CheckConstraint("years BETWEEN 1 AND 50", name="years_in_reason"),
        CheckConstraint("(authority_id IS NULL) = (by_id IS NULL)", name="own_by_somebody"),
        Index("ix_conviction_policy_authority_id_category", "authority_id", "category", "valid_from"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    category: Mapped[Category] = enum_column(Category, name="conviction_category")
    outcome: Mapped[Outcome] = enum_column(Outcome, name="policy_outcome")
    years: Mapped[int | None]
    runs_from: Mapped[RunsFrom] = enum_column(RunsFrom, name="runs_from")
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool] = mapped_column(default=False, server_default="false")
    valid_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    def as_policy(self) -> Policy:
        """The row as the rules want it."""
        return Policy(
            self.category,
            self.outcome,
            self.years,
            self.runs_from,
            self.source,
            self.verified,
            self.valid_from,
            self.authority_id,
            self.reason,
        )


class Conviction(HoldsWords, Superseded, Base):
    """A conviction of a person, recorded while an application or their fitness was considered."""

    __tablename__ = "conviction"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("application", "application_id"),
        belongs_to("consideration", "consideration_id"),
        belongs_to("conviction", "supersedes_id"),
        CheckConstraint("num_nonnulls(application_id, consideration_id) = 1", name="recorded_for_one"),
        CheckConstraint("sentence_completed_on >= convicted_on", name="sentence_after_conviction"),
        UniqueConstraint("id", "authority_id", name="uq_conviction_id_authority_id"),
        Index("ix_conviction_person_id", "person_id"),
        Index("uq_conviction_supersedes_id", "supersedes_id", unique=True),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    application_id: Mapped[UUID | None]
    consideration_id: Mapped[UUID | None]
    category: Mapped[Category] = enum_column(Category, name="conviction_category")
    offence_sealed: SealedOrNot = sealed_column(nullable=True)
    convicted_on: Mapped[date]
    sentence_completed_on: Mapped[date | None]
    ban_ends_on: Mapped[date | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    def as_conviction(self) -> starting_points.Conviction:
        """The row as the rules want it."""
        return starting_points.Conviction(
            self.category, self.convicted_on, self.sentence_completed_on, self.ban_ends_on
        )
