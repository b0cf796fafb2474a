"""Hotel notices, on whom they were served, what was required and what was received; of guests nothing."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.disruption.models import Action
from licensing.disruption.words import Rank
from licensing.hotel_notices import rules
from licensing.hotel_notices.words import Capacity, NoticeState, RequirementState
from licensing.register.models._belonging import belongs_to


class HotelNotice(Base):
    """A notice as it is written: the hotel, from when and until when. What else changes is a new notice."""

    __tablename__ = "hotel_notice"
    __table_args__ = (
        belongs_to("disruption_action", "action_id"),
        UniqueConstraint("id", "authority_id", name="uq_hotel_notice_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_hotel_notice_authority_id_reference"),
        UniqueConstraint("action_id", name="uq_hotel_notice_action_id"),
        CheckConstraint("expires_on > effective_on AND effective_on >= authorised_on", name="in_order"),
        CheckConstraint("expires_on <= (effective_on + interval '6 months')::date", name="six_months"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    action_id: Mapped[UUID]
    hotel: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    record_id: Mapped[UUID | None]  # the hotel in a register of premises
    authorised_on: Mapped[date]
    officer: Mapped[str] = mapped_column(Text)
    rank: Mapped[Rank] = enum_column(Rank, name="rank")
    effective_on: Mapped[date]
    expires_on: Mapped[date]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    action: Mapped[Action] = relationship(primaryjoin="foreign(HotelNotice.action_id) == Action.id", viewonly=True)
    services: Mapped[list["NoticeServed"]] = relationship(
        primaryjoin="HotelNotice.id == foreign(NoticeServed.notice_id)",
        order_by="NoticeServed.served_on, NoticeServed.recorded_at, NoticeServed.id",
        viewonly=True,
    )
    requirements: Mapped[list["Requirement"]] = relationship(
        primaryjoin="HotelNotice.id == foreign(Requirement.notice_id)",
        order_by="Requirement.number",
        viewonly=True,
    )

    @property
    def served(self) -> list["NoticeServed"]:
        """The services as they stand corrected, the earliest first."""
        replaced = {one.replaces_id for one in self.services}
        return [one for one in self.services if one.id not in replaced]

    def state_on(self, today: date) -> NoticeState:
        return rules.state_of_notice(
            self.effective_on,
            self.expires_on,
            served=self.action.served_on is not None,  # which those know too who may not read on whom
            appeal_open=self.action.appeal_open,
            ended_on=self.action.ended_on,
            today=today,
        )


class NoticeServed(Base):
    """On whom a notice was served, as what. Whoever takes over the hotel is served by another such row.

    None is changed: what was typed wrong is replaced by a row that says what is right, and why.
    """

    __tablename__ = "hotel_notice_service"
    __table_args__ = (
        belongs_to("hotel_notice", "notice_id"),
        ForeignKeyConstraint(
            ["replaces_id", "notice_id"],
            ["hotel_notice_service.id", "hotel_notice_service.notice_id"],
            name="fk_hotel_notice_service_replaces_id_notice_id",
        ),
        UniqueConstraint("id", "notice_id", name="uq_hotel_notice_service_id_notice_id"),
        UniqueConstraint("replaces_id", name="uq_hotel_notice_service_replaces_id"),
        CheckConstraint("(replaces_id IS NULL) = (why_sealed IS NULL)", name="corrected_for_a_reason"),
        Index("ix_hotel_notice_service_notice_id", "notice_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    notice_id: Mapped[UUID]
    served_on: Mapped[date]
    capacity: Mapped[Capacity] = enum_column(Capacity, name="hotel_capacity")
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    officer: Mapped[str] = mapped_column(Text)
    replaces_id: Mapped[UUID | None]
    why_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class Requirement(Base):
    """What a constable required in writing: information about guests of these days, by a day. None of it is kept."""

    __tablename__ = "hotel_requirement"
    __table_args__ = (
        belongs_to("hotel_notice", "notice_id"),
        UniqueConstraint("id", "authority_id", name="uq_hotel_requirement_id_authority_id"),
        UniqueConstraint("notice_id", "number", name="uq_hotel_requirement_notice_id_number"),
        CheckConstraint("from_on >= made_on AND until_on >= from_on AND due_on >= made_on", name="in_order"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    notice_id: Mapped[UUID]
    number: Mapped[int]
    made_on: Mapped[date]
    from_on: Mapped[date]
    until_on: Mapped[date]
    due_on: Mapped[date]
    officer: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    notice: Mapped[HotelNotice] = relationship(
        primaryjoin="foreign(Requirement.notice_id) == HotelNotice.id", viewonly=True
    )
    receipts: Mapped[list["InformationReceived"]] = relationship(
        primaryjoin="Requirement.id == foreign(InformationReceived.requirement_id)",
        order_by="InformationReceived.received_on, InformationReceived.id",
        viewonly=True,
    )

    def state_on(self, today: date) -> RequirementState:
        return rules.state_of_requirement(
            self.due_on, [rules.Receipt(one.received_on, one.complete) for one in self.receipts], today
        )


class InformationReceived(Base):
    """That information came on a day, and whether all that was required. What it says of guests is kept elsewhere."""

    __tablename__ = "hotel_information_received"
    __table_args__ = (
        belongs_to("hotel_requirement", "requirement_id"),
        Index("ix_hotel_information_received_requirement_id", "requirement_id"),
        Index(
            "uq_hotel_information_received_complete",
            "requirement_id",
            unique=True,
            postgresql_where=text("complete"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    requirement_id: Mapped[UUID]
    received_on: Mapped[date]
    complete: Mapped[bool]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]
