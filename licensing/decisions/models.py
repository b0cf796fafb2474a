"""The tables of decisions, their notices, service, appeals and reviews. What was written down is sealed."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.decisions.appeal_rules import AppealOutcome, Court
from licensing.decisions.notices import ServiceMethod
from licensing.decisions.powers import BY_CODE, DecisionKind, Ground, Power
from licensing.decisions.rules import Limb, Maker
from licensing.decisions.states import DecisionState, ReviewKind, Verdict
from licensing.register.events import RelevantInformation
from licensing.register.models._belonging import belongs_to

if TYPE_CHECKING:
    from licensing.register.models import Licence


class Delegation(Base):
    """That an officer may decide alone: immediate action, or ordinary decisions too; and in which paper it stands."""

    __tablename__ = "delegation"
    __table_args__ = (Index("ix_delegation_authority_id_user_id", "authority_id", "user_id"),)

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    reference: Mapped[str] = mapped_column(Text)
    ordinary: Mapped[bool] = mapped_column(default=False, server_default="false")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Decision(Base):
    """One decision. Its event on the register is what it does to the licence; empty where it leaves it as it is."""

    __tablename__ = "decision"
    __table_args__ = (
        belongs_to("licence", "licence_id"),
        belongs_to("application", "application_id"),
        belongs_to("consideration", "consideration_id"),
        belongs_to("licence_event", "event_id"),
        UniqueConstraint("id", "authority_id", name="uq_decision_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_decision_authority_id_reference"),
        CheckConstraint("effective_on IS NULL OR notified_on IS NOT NULL", name="notified_first"),
        Index("ix_decision_licence_id", "licence_id"),
        Index("ix_decision_authority_id_decided_on", "authority_id", "decided_on", "id"),
        # One question is decided once: whoever is second is told who was first.
        UniqueConstraint("consideration_id", name="uq_decision_consideration_id"),
        UniqueConstraint("application_id", name="uq_decision_application_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    licence_id: Mapped[UUID]
    application_id: Mapped[UUID | None]
    consideration_id: Mapped[UUID | None]
    event_id: Mapped[UUID | None]
    kind: Mapped[DecisionKind] = enum_column(DecisionKind, name="decision_kind")
    maker: Mapped[Maker] = enum_column(Maker, name="maker")
    delegation_ref: Mapped[str | None] = mapped_column(Text)
    minute_ref: Mapped[str | None] = mapped_column(Text)
    power_code: Mapped[str | None] = mapped_column(Text)
    grounds: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    limbs: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    relevant_information: Mapped[RelevantInformation] = enum_column(
        RelevantInformation, name="relevant_information", default=RelevantInformation.NOT_RECORDED
    )
    immediate: Mapped[bool] = mapped_column(default=False)
    permanent: Mapped[bool] = mapped_column(default=False)
    new_information: Mapped[bool] = mapped_column(default=False)
    legal_agreed: Mapped[bool] = mapped_column(default=False)
    points: Mapped[int | None]
    decided_on: Mapped[date]
    notified_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    public_safety_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    condition_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    not_relied_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    departing_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    irregularities: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    elsewhere: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    licence: Mapped["Licence"] = relationship(viewonly=True)
    notices: Mapped[list["Notice"]] = relationship(order_by="Notice.issued_at, Notice.id", viewonly=True)
    services: Mapped[list["NoticeService"]] = relationship(
        order_by="NoticeService.served_on, NoticeService.id", viewonly=True
    )
    appeals: Mapped[list["Appeal"]] = relationship(order_by="Appeal.lodged_on, Appeal.id", viewonly=True)
    reviews: Mapped[list["DecisionReview"]] = relationship(
        order_by="DecisionReview.recorded_at, DecisionReview.id", viewonly=True
    )

    @property
    def power(self) -> Power | None:
        return BY_CODE.get(self.power_code) if self.power_code else None

    @property
    def needs_notice(self) -> bool:
        """Whether the council owes the holder a notice of it: not of what a court ordered before them."""
        return self.kind.needs_notice and not (self.power and self.power.by_court)

    @property
    def may_be_appealed(self) -> bool:
        """Whether the law knows an appeal against it."""
        return self.kind.is_adverse and (self.power is None or bool(self.power.appeal_to))

    @property
    def grounds_given(self) -> list[Ground]:
        return [Ground(one) for one in self.grounds]

    @property
    def limbs_given(self) -> list[Limb]:
        return [Limb(one) for one in self.limbs]

    @property
    def open_appeal(self) -> "Appeal | None":
        return next((one for one in self.appeals if one.outcome is None), None)

    @property
    def waits_for_appeal(self) -> bool:
        """Whether an open appeal holds it up: not what is immediate (1976 Act s.77(3)), and no late one does."""
        return self.open_appeal is not None and not self.open_appeal.is_late and not self.immediate

    def state_on(self, day: date, appeal_until: date | None) -> DecisionState:
        """Where it stands. `appeal_until` is the last day for an appeal by the later count; None without a notice."""
        if self.open_appeal:
            return DecisionState.UNDER_APPEAL
        if not self.needs_notice:
            return DecisionState.SETTLED
        if self.notified_on is None:
            return DecisionState.TO_NOTIFY
        if self.may_be_appealed and not self.appeals and appeal_until and day <= appeal_until:
            return DecisionState.APPEAL_OPEN
        return DecisionState.SETTLED


class TemplateReview(Base):
    """That a council's solicitor read a template of notices in one version, and agreed to it."""

    __tablename__ = "template_review"
    __table_args__ = (
        UniqueConstraint(
            "authority_id", "template", "version", name="uq_template_review_authority_id_template_version"
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    template: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[str] = mapped_column(Text)  # the post that read it, never a name
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class Notice(Base):
    """A notice as it was issued: its whole text, sealed, and the hash of the PDF that was made of it."""

    __tablename__ = "notice"
    __table_args__ = (
        belongs_to("decision", "decision_id"),
        UniqueConstraint("id", "authority_id", name="uq_notice_id_authority_id"),
        Index("ix_notice_decision_id", "decision_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    template: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_sha256: Mapped[str] = mapped_column(Text)
    issued_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[RecordedAt]


class NoticeService(Base):
    """That a notice was given: when, how, to whom, and what proves it. The first one is the decision's notice."""

    __tablename__ = "notice_service"
    __table_args__ = (
        belongs_to("decision", "decision_id"),
        belongs_to("notice", "notice_id"),
        Index("ix_notice_service_decision_id", "decision_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    notice_id: Mapped[UUID | None]
    method: Mapped[ServiceMethod] = enum_column(ServiceMethod, name="service_method")
    served_on: Mapped[date]
    recipient: Mapped[str] = mapped_column(Text)  # a part, such as "the holder": never an address
    proof: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class Appeal(Base):
    """An appeal against a decision. Whether it holds the decision up is worked out, never typed."""

    __tablename__ = "appeal"
    __table_args__ = (
        belongs_to("decision", "decision_id"),
        CheckConstraint("(outcome IS NULL) = (ended_on IS NULL)", name="ended_with_an_outcome"),
        Index("ix_appeal_decision_id", "decision_id"),
        Index("uq_appeal_decision_id", "decision_id", unique=True, postgresql_where=text("outcome IS NULL")),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    court: Mapped[Court] = enum_column(Court, name="court")
    court_reference: Mapped[str] = mapped_column(Text, default="")
    lodged_on: Mapped[date]
    is_late: Mapped[bool]
    hearing_on: Mapped[date | None]
    outcome: Mapped[AppealOutcome | None] = enum_column(AppealOutcome, name="appeal_outcome", nullable=True)
    ended_on: Mapped[date | None]
    costs: Mapped[str] = mapped_column(Text, default="", server_default="")
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class DecisionReview(Base):
    """A second look: at an immediate decision by another officer, or at whether a suspension is still needed."""

    __tablename__ = "decision_review"
    __table_args__ = (belongs_to("decision", "decision_id"), Index("ix_decision_review_decision_id", "decision_id"))

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    kind: Mapped[ReviewKind] = enum_column(ReviewKind, name="review_kind")
    verdict: Mapped[Verdict] = enum_column(Verdict, name="verdict")
    reviewed_on: Mapped[date]
    next_on: Mapped[date | None]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reviewed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]
