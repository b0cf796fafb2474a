"""The tables of premises and what is known of their obligations."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to
from licensing.register.places import Obligation, ObligationResult, PremisesKind

if TYPE_CHECKING:
    from licensing.register.models.licences import Licence
    from licensing.register.models.organisations import Position


class Premises(Base):
    """A place: what it is, where it is. What it is obliged to is in layers of their own."""

    __tablename__ = "premises"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_premises_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_premises_authority_id_reference"),
        UniqueConstraint("authority_id", "source_id", name="uq_premises_authority_id_source_id"),
        Index("ix_premises_authority_id_postcode", "authority_id", "postcode"),
        Index("ix_premises_authority_id_sort_name", "authority_id", "sort_name", "id"),
        Index("ix_premises_authority_id_uprn", "authority_id", "uprn"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)  # the key in the council's own system
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[PremisesKind] = enum_column(PremisesKind, name="premises_kind")
    address_lines: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    uprn: Mapped[int | None] = mapped_column(BigInteger)
    rooms: Mapped[int | None] = mapped_column(Integer)  # bedrooms for guests
    recorded_at: Mapped[RecordedAt]

    licences: Mapped[list["Licence"]] = relationship(order_by="Licence.kind, Licence.id", viewonly=True)
    positions: Mapped[list["Position"]] = relationship(
        primaryjoin="and_(Position.of_premises_id == Premises.id, Position.superseded_at.is_(None))",
        order_by="Position.from_on, Position.id",
        viewonly=True,
    )
    obligation_checks: Mapped[list["ObligationCheck"]] = relationship(
        order_by="ObligationCheck.checked_on.desc(), ObligationCheck.id", viewonly=True
    )
    food_registration: Mapped["FoodRegistration | None"] = relationship()


class FoodRegistration(Base):
    """The food-registration layer of a place, as the Food Hygiene Rating Scheme publishes it."""

    __tablename__ = "food_registration"
    __table_args__ = (
        belongs_to("premises", "premises_id"),
        UniqueConstraint("id", "authority_id", name="uq_food_registration_id_authority_id"),
        UniqueConstraint("premises_id", name="uq_food_registration_premises_id"),
        UniqueConstraint("authority_id", "fhrs_id", name="uq_food_registration_authority_id_fhrs_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    premises_id: Mapped[UUID]
    fhrs_id: Mapped[int] = mapped_column(Integer)
    council_key: Mapped[str] = mapped_column(Text)
    business_type: Mapped[int] = mapped_column(Integer)
    extracted_on: Mapped[date]

    ratings: Mapped[list["FoodRating"]] = relationship(
        order_by="FoodRating.extracted_on.desc(), FoodRating.id", viewonly=True
    )


class FoodRating(Base):
    """A rating as first seen in an extract; a later extract with the same rating adds nothing."""

    __tablename__ = "food_rating"
    __table_args__ = (
        belongs_to("food_registration", "registration_id"),
        Index("ix_food_rating_registration_id", "registration_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    rating: Mapped[str] = mapped_column(Text)
    rated_on: Mapped[date | None]
    extracted_on: Mapped[date]


class ObligationCheck(Base):
    """That somebody checked a duty of a place on a day, and what they found. Never a made-up guesthouse licence."""

    __tablename__ = "obligation_check"
    __table_args__ = (
        belongs_to("premises", "premises_id"),
        Index("ix_obligation_check_premises_id", "premises_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    premises_id: Mapped[UUID]
    obligation: Mapped[Obligation] = enum_column(Obligation, name="obligation")
    result: Mapped[ObligationResult] = enum_column(ObligationResult, name="obligation_result")
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(Text)  # the agency, not a person
    reference: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))  # set by the database
    recorded_at: Mapped[RecordedAt]
