"""The tables of vehicles and the registration marks they had."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId
from licensing.register.models._belonging import belongs_to

if TYPE_CHECKING:
    from licensing.register.models.licences import Licence
    from licensing.register.models.organisations import Position


class Vehicle(Base):
    """A vehicle that one authority licenses or licensed, with the registration mark it has now."""

    __tablename__ = "vehicle"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_vehicle_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_vehicle_authority_id_reference"),
        UniqueConstraint("authority_id", "source_id", name="uq_vehicle_authority_id_source_id"),
        Index("ix_vehicle_authority_id_vrm_key", "authority_id", "vrm_key", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)
    vrm: Mapped[str] = mapped_column(Text)  # as the council writes it
    vrm_key: Mapped[str] = mapped_column(Text)  # upper case without spaces
    make: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(Text)
    colour: Mapped[str] = mapped_column(Text)
    wheelchair_accessible: Mapped[bool | None]  # Equality Act 2010 s.167; None: not recorded
    recorded_at: Mapped[RecordedAt]

    licences: Mapped[list["Licence"]] = relationship(order_by="Licence.kind, Licence.id", viewonly=True)
    marks: Mapped[list["VehicleMark"]] = relationship(order_by="VehicleMark.from_on, VehicleMark.id", viewonly=True)
    positions: Mapped[list["Position"]] = relationship(
        primaryjoin="and_(Position.of_vehicle_id == Vehicle.id, Position.superseded_at.is_(None))",
        order_by="Position.from_on, Position.id",
        viewonly=True,
    )


class VehicleMark(Base):
    """A registration mark that the vehicle had before, from a day until another."""

    __tablename__ = "vehicle_mark"
    __table_args__ = (
        belongs_to("vehicle", "vehicle_id"),
        Index("ix_vehicle_mark_vehicle_id", "vehicle_id"),
        Index("ix_vehicle_mark_authority_id_vrm_key", "authority_id", "vrm_key"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    vehicle_id: Mapped[UUID]
    vrm: Mapped[str] = mapped_column(Text)
    vrm_key: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]
