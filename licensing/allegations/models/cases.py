"""A case, the pages of its referral, and the allegations within it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from licensing.allegations.words import Category, Outcome, ReferrerKind, Sector, Stage, Step
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column


def of_case(table: str, *more: Any) -> tuple[Any, ...]:
    """What every table of a case has: it hangs under a case of its own authority."""
    return (
        ForeignKeyConstraint(["case_id", "authority_id"], ["lado_case.id", "lado_case.authority_id"]),
        Index(f"ix_{table}_case_id", "case_id"),
        *more,
    )


def follows(table: str) -> tuple[Any, ...]:
    """What a table has whose rows take the place of others: of the same case."""
    return (
        UniqueConstraint("id", "case_id", name=f"uq_{table}_id_case_id"),
        ForeignKeyConstraint(["supersedes_id", "case_id"], [f"{table}.id", f"{table}.case_id"]),
        Index(f"uq_{table}_supersedes_id", "supersedes_id", unique=True),
    )


class Case(Base):
    """One person's case. Several people of one call have a case each, with the same `referral_id`.

    `version` counts the changes, so that whoever writes second is shown what was written meanwhile.
    """

    __tablename__ = "lado_case"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_lado_case_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_lado_case_authority_id_reference"),
        CheckConstraint(
            "(stage IN ('closed', 'advice_only', 'passed_on')) = (closed_on IS NOT NULL)", name="closed_on_a_day"
        ),
        Index("ix_lado_case_authority_id_stage", "authority_id", "stage", "review_on", "id"),
        Index("ix_lado_case_also_keys", "also_keys", postgresql_using="gin"),
        Index("ix_lado_case_subject_key", "subject_key", postgresql_where=text("subject_key IS NOT NULL")),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    stage: Mapped[Stage] = enum_column(Stage, name="stage")
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    referral_id: Mapped[UUID]
    concern_id: Mapped[UUID | None]  # the concern from which it was begun
    # subject.Subject as JSON: a record of the register, or somebody described and not yet known.
    subject_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    subject_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    also_keys: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary), server_default=text("'{}'"))
    # Whether the case goes with the record when licensing merges it into another.
    follows_merges: Mapped[bool] = mapped_column(server_default=text("true"))
    called_at: Mapped[Moment]
    known_on: Mapped[date | None]  # when the referrer came to know: they have one working day
    referred_on: Mapped[date | None]  # the day on which the periods begin
    consider_by: Mapped[date | None]
    sector: Mapped[Sector | None] = enum_column(Sector, name="sector", nullable=True)
    referrer_kind: Mapped[ReferrerKind | None] = enum_column(ReferrerKind, name="referrer_kind", nullable=True)
    at_immediate_risk: Mapped[bool] = mapped_column(server_default=false())
    police_involved: Mapped[bool] = mapped_column(server_default=false())
    under_duty: Mapped[bool] = mapped_column(server_default=false())  # reported under the 2026 Act's duty to report
    threshold_met: Mapped[bool | None]
    threshold_on: Mapped[date | None]
    threshold_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    review_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closing_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    retain_until: Mapped[date | None]
    hold_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # why nothing of it may be disposed of
    held_since: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class KeptLonger(Base):
    """Until when a record is kept beyond what the law asks, by choice; the last one counts, and none is changed."""

    __tablename__ = "case_kept_longer"
    __table_args__ = of_case("case_kept_longer")

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    keep_until: Mapped[date]
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[RecordedAt]


class CaseStep(Base):
    """The answers of one page of a referral, sealed together."""

    __tablename__ = "case_step"
    __table_args__ = of_case("case_step", UniqueConstraint("case_id", "step", name="uq_case_step_case_id_step"))

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    step: Mapped[Step] = enum_column(Step, name="step")
    answers_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]


class Allegation(Base):
    """One thing that is alleged; each has its own outcome."""

    __tablename__ = "allegation"
    __table_args__ = of_case(
        "allegation",
        UniqueConstraint("id", "authority_id", name="uq_allegation_id_authority_id"),
        CheckConstraint("(outcome = 'open') = (outcome_on IS NULL)", name="outcome_on_a_day"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    limbs: Mapped[list[str]] = mapped_column(ARRAY(Text))  # words.Limb
    category: Mapped[Category] = enum_column(Category, name="category")
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    alleged_on: Mapped[date | None]  # when it is said to have happened
    outcome: Mapped[Outcome] = enum_column(Outcome, name="outcome", server_default=text("'open'"))
    outcome_on: Mapped[date | None]
    outcome_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]
