"""The tables of considerations: the question, the information weighed, and what one person recommends."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.events import RelevantInformation
from licensing.register.models import Licence
from licensing.register.models._belonging import belongs_to
from licensing.suitability.models._rows import HoldsWords, Sealed, SealedOrNot, Superseded, sealed_column
from licensing.suitability.recommending import DecisionType
from licensing.suitability.rules import Arising, Ground, InformationKind, Limb, Source


class Consideration(HoldsWords, Base):
    """An open question whether the holder of a licence, or who applies for one, is fit and proper; or a review.

    `arising_id` is the complaint, self-report, court case or received report from which it came, where one is recorded.
    """

    __tablename__ = "consideration"
    __table_args__ = (
        belongs_to("licence", "licence_id"),
        CheckConstraint("(arising_kind IS NULL) = (arising_id IS NULL)", name="whole_arising"),
        CheckConstraint("(closed_on IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        CheckConstraint("received_at IS NULL OR received_on IS NOT NULL", name="moment_of_a_day"),
        UniqueConstraint("id", "authority_id", name="uq_consideration_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_consideration_authority_id_reference"),
        Index("ix_consideration_authority_id_opened_on", "authority_id", "opened_on", "id"),
        Index("ix_consideration_licence_id", "licence_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    licence_id: Mapped[UUID]
    source: Mapped[Source] = enum_column(Source, name="source")
    ground: Mapped[Ground] = enum_column(Ground, name="ground")
    opened_on: Mapped[date]
    # Of a review of premises alone: its periods run from then, of a summary review from the moment.
    received_on: Mapped[date | None]
    received_at: Mapped[Moment | None]
    concern_sealed: Sealed = sealed_column()
    case_reference: Mapped[str | None] = mapped_column(Text)
    arising_kind: Mapped[Arising | None] = enum_column(Arising, name="arising", nullable=True)
    arising_id: Mapped[UUID | None]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    opened_at: Mapped[RecordedAt]
    closed_on: Mapped[date | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    closed_sealed: SealedOrNot = sealed_column(nullable=True)
    decided: Mapped[bool] = mapped_column(default=False, server_default="false")

    licence: Mapped[Licence] = relationship(
        primaryjoin="foreign(Consideration.licence_id) == Licence.id", viewonly=True
    )
    recommendations: Mapped[list["Recommendation"]] = relationship(
        primaryjoin="Consideration.id == foreign(Recommendation.consideration_id)",
        order_by="Recommendation.at, Recommendation.id",
        viewonly=True,
    )


class ConsiderationInformation(HoldsWords, Superseded, Base):
    """One piece of information that is weighed, what the holder was told of it, and what they answered."""

    __tablename__ = "consideration_information"
    __table_args__ = (
        belongs_to("consideration", "consideration_id"),
        belongs_to("consideration_information", "supersedes_id"),
        CheckConstraint("answered_on IS NULL OR told_on <= answered_on", name="told_before_answered"),
        UniqueConstraint("id", "authority_id", name="uq_consideration_information_id_authority_id"),
        Index("ix_consideration_information_consideration_id", "consideration_id"),
        Index("uq_consideration_information_supersedes_id", "supersedes_id", unique=True),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    consideration_id: Mapped[UUID]
    kind: Mapped[InformationKind] = enum_column(InformationKind, name="information_kind")
    received_on: Mapped[date]
    from_sealed: SealedOrNot = sealed_column(nullable=True)
    summary_sealed: Sealed = sealed_column()
    case_reference: Mapped[str | None] = mapped_column(Text)
    relied_on: Mapped[bool] = mapped_column(default=False, server_default="false")
    limb: Mapped[Limb | None] = enum_column(Limb, name="limb", nullable=True)
    told_on: Mapped[date | None]
    told_sealed: SealedOrNot = sealed_column(nullable=True)
    answered_on: Mapped[date | None]
    answer_sealed: SealedOrNot = sealed_column(nullable=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]


class Recommendation(HoldsWords, Base):
    """What one person recommends, of a consideration or of an application; somebody else decides."""

    __tablename__ = "recommendation"
    __table_args__ = (
        belongs_to("consideration", "consideration_id"),
        belongs_to("application", "application_id"),
        CheckConstraint("num_nonnulls(consideration_id, application_id) = 1", name="of_one"),
        Index(
            "uq_recommendation_consideration_standing",
            "consideration_id",
            unique=True,
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "uq_recommendation_application_standing",
            "application_id",
            unique=True,
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    consideration_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None]
    decision: Mapped[DecisionType] = enum_column(DecisionType, name="decision_type")
    relevant_information: Mapped[RelevantInformation] = enum_column(RelevantInformation, name="relevant_information")
    reasons_sealed: Sealed = sealed_column()
    policy_until: Mapped[date | None]
    policy_never: Mapped[bool] = mapped_column(default=False, server_default="false")
    departing_sealed: SealedOrNot = sealed_column(nullable=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]
    superseded_at: Mapped[Moment | None]
