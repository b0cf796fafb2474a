"""The tables of people. Every row names its authority, and a child's authority is its parent's."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.matching.identifiers import IdentifierKind
from licensing.register.events import NameKind
from licensing.register.models._belonging import belongs_to

if TYPE_CHECKING:
    from licensing.register.models.licences import Licence
    from licensing.register.models.organisations import Position


class Person(Base):
    """Somebody one authority holds a record of. The same human being may be on several authorities' registers."""

    __tablename__ = "person"
    __table_args__ = (
        belongs_to("person", "merged_into_id"),
        UniqueConstraint("id", "authority_id", name="uq_person_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_person_authority_id_reference"),
        UniqueConstraint("authority_id", "source_id", name="uq_person_authority_id_source_id"),
        Index(
            "ix_person_authority_id_sort_name",
            "authority_id",
            "sort_name",
            "id",
            postgresql_where=text("merged_into_id IS NULL"),
        ),
        Index("ix_person_merged_into_id", "merged_into_id", postgresql_where=text("merged_into_id IS NOT NULL")),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)  # the key in the council's own system
    given_names: Mapped[str] = mapped_column(Text)
    family_name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    date_of_birth: Mapped[date | None]
    deceased_on: Mapped[date | None]
    merged_into_id: Mapped[UUID | None]  # the record that this one was merged into
    recorded_at: Mapped[RecordedAt]

    positions: Mapped[list["Position"]] = relationship(
        primaryjoin="and_(Position.person_id == Person.id, Position.superseded_at.is_(None))",
        order_by="Position.from_on, Position.id",
        viewonly=True,
    )
    other_names: Mapped[list["PersonName"]] = relationship(
        primaryjoin="and_(PersonName.person_id == Person.id, PersonName.superseded_at.is_(None))",
        order_by="PersonName.family_name, PersonName.id",
        viewonly=True,
    )
    addresses: Mapped[list["PersonAddress"]] = relationship(
        primaryjoin="and_(PersonAddress.person_id == Person.id, PersonAddress.superseded_at.is_(None))",
        order_by="PersonAddress.recorded_at.desc(), PersonAddress.id",
        viewonly=True,
    )
    identifiers: Mapped[list["PersonIdentifier"]] = relationship(
        primaryjoin="and_(PersonIdentifier.person_id == Person.id, PersonIdentifier.superseded_at.is_(None))",
        order_by="PersonIdentifier.kind, PersonIdentifier.id",
        viewonly=True,
    )
    licences: Mapped[list["Licence"]] = relationship(
        order_by="Licence.expires_on.desc().nulls_last(), Licence.id", back_populates="person"
    )

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class PersonName(Base):
    """Another name than the present one: a former name, an alias, with the days it was used where known."""

    __tablename__ = "person_name"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index("ix_person_name_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    kind: Mapped[NameKind] = enum_column(NameKind, name="name_kind")
    given_names: Mapped[str] = mapped_column(Text)
    family_name: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    superseded_at: Mapped[Moment | None]  # by a correction, or a merge that chose otherwise
    recorded_at: Mapped[RecordedAt]


class PersonAddress(Base):
    """Where a person lived, from a day until another; the last recorded without an end is the present one."""

    __tablename__ = "person_address"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index("ix_person_address_person_id", "person_id"),
        Index("ix_person_address_authority_id_postcode", "authority_id", "postcode"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    lines: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    superseded_at: Mapped[Moment | None]  # by a correction, or a merge that chose otherwise
    recorded_at: Mapped[RecordedAt]


class PersonIdentifier(Base):
    """A number that identifies a person: sealed with the row's id, and found by its keyed hash."""

    __tablename__ = "person_identifier"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(
            "uq_person_identifier_standing",
            "person_id",
            "kind",
            "lookup",
            unique=True,
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    kind: Mapped[IdentifierKind] = enum_column(IdentifierKind, name="identifier_kind")
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    lookup: Mapped[int] = mapped_column(BigInteger)
    superseded_at: Mapped[Moment | None]  # by a correction, or a merge that chose otherwise
    recorded_at: Mapped[RecordedAt]
