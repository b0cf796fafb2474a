"""The tables of the registers. Every row names its authority, and a child's authority is its parent's."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind, PremisesKind
from licensing.register.rules import (
    Event,
    EventKind,
    LicenceStatus,
    NameKind,
    RelevantInformation,
)


def _belongs_to(parent: str, column: str) -> ForeignKeyConstraint:
    """A child belongs to a parent of its own authority: a row can never be hung under another's."""
    return ForeignKeyConstraint([column, "authority_id"], [f"{parent}.id", f"{parent}.authority_id"])


class Person(Base):
    """Somebody one authority holds a record of. The same human being may be on several authorities' registers."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_person_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_person_authority_id_reference"),
        UniqueConstraint("authority_id", "source_id", name="uq_person_authority_id_source_id"),
        Index("ix_person_authority_id_sort_name", "authority_id", "sort_name", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)  # the key in the council's own system
    given_names: Mapped[str] = mapped_column(Text)
    family_name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    date_of_birth: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    other_names: Mapped[list["PersonName"]] = relationship(order_by="PersonName.family_name, PersonName.id")
    addresses: Mapped[list["PersonAddress"]] = relationship(
        order_by="PersonAddress.recorded_at.desc(), PersonAddress.id"
    )
    identifiers: Mapped[list["PersonIdentifier"]] = relationship(order_by="PersonIdentifier.kind, PersonIdentifier.id")
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
        _belongs_to("person", "person_id"),
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
    recorded_at: Mapped[RecordedAt]


class PersonAddress(Base):
    """Where a person lived, from a day until another; the last recorded without an end is the present one."""

    __tablename__ = "person_address"
    __table_args__ = (
        _belongs_to("person", "person_id"),
        Index("ix_person_address_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    lines: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]


class PersonIdentifier(Base):
    """A number that identifies a person: sealed with the row's id, and found by its keyed hash."""

    __tablename__ = "person_identifier"
    __table_args__ = (
        _belongs_to("person", "person_id"),
        UniqueConstraint("person_id", "kind", "lookup", name="uq_person_identifier_person_id_kind_lookup"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    kind: Mapped[IdentifierKind] = enum_column(IdentifierKind, name="identifier_kind")
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    lookup: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[RecordedAt]


class Licence(Base):
    """A driver's licence or the application for one, as its events made it. The term is derived from them."""

    __tablename__ = "licence"
    __table_args__ = (
        _belongs_to("person", "person_id"),
        UniqueConstraint("id", "authority_id", name="uq_licence_id_authority_id"),
        UniqueConstraint("authority_id", "kind", "number_key", name="uq_licence_authority_id_kind_number_key"),
        Index("ix_licence_person_id", "person_id"),
        Index("ix_licence_authority_id_expires_on", "authority_id", "expires_on"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]
    kind: Mapped[LicenceKind] = enum_column(LicenceKind, name="licence_kind")
    number: Mapped[str] = mapped_column(Text)  # as the council writes it
    number_key: Mapped[str] = mapped_column(Text)  # upper case, no spaces, slashes or hyphens
    badge_no: Mapped[str | None] = mapped_column(Text)
    badge_key: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    person: Mapped[Person] = relationship(back_populates="licences")
    events: Mapped[list["LicenceEvent"]] = relationship(order_by="LicenceEvent.recorded_at, LicenceEvent.id")
    periods: Mapped[list["LicencePeriod"]] = relationship(order_by="LicencePeriod.from_on", viewonly=True)

    def status_on(self, day: date) -> LicenceStatus:
        """The status on a day, from the periods that were derived from its events."""
        return next(period.status for period in self.periods if period.from_on <= day < period.until_on)


class LicenceEvent(Base):
    """One dated event in the life of a licence. A date that is not known is empty."""

    __tablename__ = "licence_event"
    __table_args__ = (
        _belongs_to("licence", "licence_id"),
        Index("ix_licence_event_licence_id", "licence_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    licence_id: Mapped[UUID]
    kind: Mapped[EventKind] = enum_column(EventKind, name="event_kind")
    decided_on: Mapped[date | None]
    notified_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    immediate: Mapped[bool] = mapped_column(default=False)
    relevant_information: Mapped[RelevantInformation] = enum_column(
        RelevantInformation, name="relevant_information", default=RelevantInformation.NOT_RECORDED
    )
    recorded_at: Mapped[RecordedAt]

    def as_event(self) -> Event:
        """The row as the rules want it."""
        return Event(
            kind=self.kind,
            decided_on=self.decided_on,
            notified_on=self.notified_on,
            effective_on=self.effective_on,
            ends_on=self.ends_on,
            starts_on=self.starts_on,
            expires_on=self.expires_on,
            immediate=self.immediate,
            relevant_information=self.relevant_information,
            recorded_on=self.recorded_at.date() if self.recorded_at else None,
        )


class LicencePeriod(Base):
    """The status from a day until another, derived from the events and made anew whenever they change."""

    __tablename__ = "licence_period"
    __table_args__ = (
        _belongs_to("licence", "licence_id"),
        Index("ix_licence_period_authority_id_status", "authority_id", "status", "from_on"),
    )

    licence_id: Mapped[UUID] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(Date, primary_key=True)
    until_on: Mapped[date]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID]  # so that a list of people by status reads this table alone
    status: Mapped[LicenceStatus] = enum_column(LicenceStatus, name="licence_status")


class Premises(Base):
    """A place: what it is, where it is. What it is obliged to is in layers of their own."""

    __tablename__ = "premises"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_premises_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_premises_authority_id_reference"),
        Index("ix_premises_authority_id_sort_name", "authority_id", "sort_name", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[PremisesKind] = enum_column(PremisesKind, name="premises_kind")
    address_lines: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    uprn: Mapped[int | None] = mapped_column(BigInteger)
    recorded_at: Mapped[RecordedAt]

    food_registration: Mapped["FoodRegistration | None"] = relationship()


class FoodRegistration(Base):
    """The food-registration layer of a place, as the Food Hygiene Rating Scheme publishes it."""

    __tablename__ = "food_registration"
    __table_args__ = (
        _belongs_to("premises", "premises_id"),
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
        _belongs_to("food_registration", "registration_id"),
        Index("ix_food_rating_registration_id", "registration_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    rating: Mapped[str] = mapped_column(Text)
    rated_on: Mapped[date | None]
    extracted_on: Mapped[date]


class Draft(Base):
    """What somebody typed, sealed until it is used: a search, so that no address holds a name, or answers to check."""

    __tablename__ = "draft"

    id: Mapped[RowId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[RecordedAt]


class PersonMatch(Base):
    """What the driver check compares, kept with the names, dates and identifiers it is made from."""

    __tablename__ = "person_match"
    __table_args__ = (_belongs_to("person", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID]
    names: Mapped[list[str]] = mapped_column(ARRAY(Text))
    date_of_birth: Mapped[date | None]
    postcodes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    identifiers: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    keys: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))


class MatchKey(Base):
    """A keyed hash under which a person is found. Read and written by the database's own functions only.

    Without a foreign key: the procedure that writes it has looked the person up, and there are many keys.
    """

    __tablename__ = "match_key"
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)


class MatchStatistics(Base):
    """How common names, dates and postcodes are on all the registers together: keyed hashes and counts, one row."""

    __tablename__ = "match_statistics"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    gathered_at: Mapped[RecordedAt]
    kept: Mapped[bytes] = mapped_column(LargeBinary)


class Freshness(Base):
    """When an authority's register of a kind was last brought up to date from its own system."""

    __tablename__ = "freshness"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    imported_at: Mapped[RecordedAt]
