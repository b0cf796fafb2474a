"""The tables of organisations, and of the parts that people and organisations play."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to
from licensing.register.parts import OrganisationKind, PositionKind

if TYPE_CHECKING:
    from licensing.register.models.licences import Licence
    from licensing.register.models.people import Person
    from licensing.register.models.places import Premises
    from licensing.register.models.vehicles import Vehicle


class Organisation(Base):
    """A company, partnership, club or other body that one authority holds a record of."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_organisation_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_organisation_authority_id_reference"),
        UniqueConstraint("authority_id", "source_id", name="uq_organisation_authority_id_source_id"),
        Index("ix_organisation_authority_id_sort_name", "authority_id", "sort_name", "id"),
        Index("ix_organisation_authority_id_company_no", "authority_id", "company_no"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[OrganisationKind] = enum_column(OrganisationKind, name="organisation_kind")
    company_no: Mapped[str | None] = mapped_column(Text)  # Companies House, upper case without spaces
    address_lines: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    ended_on: Mapped[date | None]  # dissolved or wound up
    recorded_at: Mapped[RecordedAt]

    licences: Mapped[list["Licence"]] = relationship(order_by="Licence.kind, Licence.id", viewonly=True)
    positions: Mapped[list["Position"]] = relationship(
        primaryjoin="and_(foreign(Position.of_organisation_id) == Organisation.id, Position.superseded_at.is_(None))",
        order_by="Position.from_on, Position.id",
        viewonly=True,
    )
    positions_elsewhere: Mapped[list["Position"]] = relationship(
        primaryjoin="and_(foreign(Position.organisation_id) == Organisation.id, Position.superseded_at.is_(None))",
        order_by="Position.from_on, Position.id",
        viewonly=True,
    )


class Position(Base):
    """The part somebody plays in a place, organisation, vehicle or licence, from a day until another.

    The holder is a person or organisation of the register or, where the council's file gives no more, a name.
    """

    __tablename__ = "position_held"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("organisation", "organisation_id"),
        belongs_to("organisation", "of_organisation_id"),
        belongs_to("premises", "of_premises_id"),
        belongs_to("vehicle", "of_vehicle_id"),
        belongs_to("licence", "of_licence_id"),
        CheckConstraint("num_nonnulls(person_id, organisation_id, written_name) = 1", name="one_holder"),
        CheckConstraint(
            "num_nonnulls(of_organisation_id, of_premises_id, of_vehicle_id, of_licence_id) = 1", name="of_one_thing"
        ),
        CheckConstraint("until_on >= from_on", name="ends_after_it_begins"),
        Index("ix_position_held_person_id", "person_id"),
        Index("ix_position_held_organisation_id", "organisation_id"),
        Index("ix_position_held_of_organisation_id", "of_organisation_id"),
        Index("ix_position_held_of_premises_id", "of_premises_id"),
        Index("ix_position_held_of_vehicle_id", "of_vehicle_id"),
        Index("ix_position_held_of_licence_id", "of_licence_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    kind: Mapped[PositionKind] = enum_column(PositionKind, name="position_kind")
    person_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    written_name: Mapped[str | None] = mapped_column(Text)
    of_organisation_id: Mapped[UUID | None]
    of_premises_id: Mapped[UUID | None]
    of_vehicle_id: Mapped[UUID | None]
    of_licence_id: Mapped[UUID | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]  # the last day
    superseded_at: Mapped[Moment | None]  # by a correction
    recorded_at: Mapped[RecordedAt]

    person: Mapped["Person | None"] = relationship(viewonly=True)
    organisation: Mapped["Organisation | None"] = relationship(
        primaryjoin="foreign(Position.organisation_id) == Organisation.id", viewonly=True
    )
    of_organisation: Mapped["Organisation | None"] = relationship(
        primaryjoin="foreign(Position.of_organisation_id) == Organisation.id", viewonly=True
    )
    of_premises: Mapped["Premises | None"] = relationship(viewonly=True)
    of_vehicle: Mapped["Vehicle | None"] = relationship(viewonly=True)
    of_licence: Mapped["Licence | None"] = relationship(viewonly=True)

    def is_held_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day <= self.until_on)
