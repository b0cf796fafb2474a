"""The tables of licences and other authorisations, with their events."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.catalogue import LicenceKind
from licensing.register.events import Event, EventKind, LapseCause, LicenceStatus, RelevantInformation
from licensing.register.models._belonging import belongs_to
from licensing.register.places import Activity

if TYPE_CHECKING:
    from licensing.register.models.organisations import Organisation, Position
    from licensing.register.models.people import Person
    from licensing.register.models.places import Premises
    from licensing.register.models.vehicles import Vehicle


class Licence(Base):
    """A licence or another authorisation, or the application for one, as its events made it. The term is derived.

    `person_id` or `organisation_id` is the present holder where they have a record; `vehicle_id` or `premises_id` is
    what it is for, by its kind (catalogue.Held).
    """

    __tablename__ = "licence"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("organisation", "organisation_id"),
        belongs_to("vehicle", "vehicle_id"),
        belongs_to("premises", "premises_id"),
        CheckConstraint("num_nonnulls(person_id, organisation_id) <= 1", name="one_holder"),
        CheckConstraint("num_nonnulls(person_id, organisation_id, vehicle_id, premises_id) > 0", name="of_something"),
        UniqueConstraint("id", "authority_id", name="uq_licence_id_authority_id"),
        UniqueConstraint("authority_id", "kind", "number_key", name="uq_licence_authority_id_kind_number_key"),
        Index("ix_licence_person_id", "person_id"),
        Index("ix_licence_authority_id_number_key", "authority_id", "number_key"),
        Index("ix_licence_organisation_id", "organisation_id", postgresql_where=text("organisation_id IS NOT NULL")),
        Index("ix_licence_vehicle_id", "vehicle_id", postgresql_where=text("vehicle_id IS NOT NULL")),
        Index("ix_licence_premises_id", "premises_id", postgresql_where=text("premises_id IS NOT NULL")),
        Index("ix_licence_authority_id_expires_on", "authority_id", "expires_on"),
        Index(
            "ix_licence_authority_id_badge_key",
            "authority_id",
            "badge_key",
            postgresql_where=text("badge_key IS NOT NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    vehicle_id: Mapped[UUID | None]
    premises_id: Mapped[UUID | None]
    kind: Mapped[LicenceKind] = enum_column(LicenceKind, name="licence_kind")
    number: Mapped[str] = mapped_column(Text)  # as the council writes it
    number_key: Mapped[str] = mapped_column(Text)  # upper case, no spaces, slashes or hyphens
    badge_no: Mapped[str | None] = mapped_column(Text)  # the number on the badge or plate
    badge_key: Mapped[str | None] = mapped_column(Text)
    activities: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    starts_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]

    person: Mapped["Person | None"] = relationship(back_populates="licences")
    organisation: Mapped["Organisation | None"] = relationship(viewonly=True)
    vehicle: Mapped["Vehicle | None"] = relationship(viewonly=True)
    premises: Mapped["Premises | None"] = relationship(viewonly=True)
    events: Mapped[list["LicenceEvent"]] = relationship(order_by="LicenceEvent.recorded_at, LicenceEvent.id")
    periods: Mapped[list["LicencePeriod"]] = relationship(order_by="LicencePeriod.from_on", viewonly=True)
    positions: Mapped[list["Position"]] = relationship(
        primaryjoin="and_(Position.of_licence_id == Licence.id, Position.superseded_at.is_(None))",
        order_by="Position.from_on, Position.id",
        viewonly=True,
    )
    marks: Mapped[list["LicenceMark"]] = relationship(order_by="LicenceMark.from_on, LicenceMark.id", viewonly=True)

    def status_on(self, day: date) -> LicenceStatus:
        """The status on a day, from the periods that were derived from its events."""
        return next(period.status for period in self.periods if period.from_on <= day < period.until_on)

    @property
    def standing_events(self) -> list["LicenceEvent"]:
        """The events that no correction has superseded."""
        return [event for event in self.events if event.superseded_at is None]

    @property
    def sells_alcohol(self) -> bool:
        return any(Activity(one).is_alcohol for one in self.activities)


class LicenceMark(Base):
    """A badge or plate number that the licence had, from a day until another."""

    __tablename__ = "licence_mark"
    __table_args__ = (
        belongs_to("licence", "licence_id"),
        Index("ix_licence_mark_licence_id", "licence_id"),
        Index("ix_licence_mark_authority_id_number_key", "authority_id", "number_key"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    licence_id: Mapped[UUID]
    number: Mapped[str] = mapped_column(Text)
    number_key: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    recorded_at: Mapped[RecordedAt]


class LicenceEvent(Base):
    """One dated event in the life of a licence. A date that is not known is empty.

    A correction adds an event that supersedes this one; the row itself stays as it was recorded.
    """

    __tablename__ = "licence_event"
    __table_args__ = (
        belongs_to("licence", "licence_id"),
        belongs_to("licence_event", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_licence_event_id_authority_id"),
        Index("ix_licence_event_licence_id", "licence_id"),
        Index("ix_licence_event_day", text("coalesce(decided_on, notified_on, effective_on, starts_on)")),
        Index(
            "uq_licence_event_authority_id_source_id",
            "authority_id",
            "source_id",
            unique=True,
            postgresql_where=text("source_id IS NOT NULL AND superseded_at IS NULL"),
        ),
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
    cause: Mapped[LapseCause | None] = enum_column(LapseCause, name="lapse_cause", nullable=True)
    entitlement: Mapped[LicenceKind | None] = enum_column(LicenceKind, name="entitlement", nullable=True)
    power: Mapped[str | None] = mapped_column(Text)  # as the council wrote it: the section relied on
    permanent: Mapped[bool] = mapped_column(default=False, server_default="false")  # by policy; a marker, no rule
    irregular: Mapped[bool] = mapped_column(default=False, server_default="false")  # not in the table of life_cycle.py
    source_id: Mapped[str | None] = mapped_column(Text)  # the key in the council's own system
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
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
            cause=self.cause,
            entitlement=self.entitlement or "",
        )


class EntitlementPeriod(Base):
    """The status of one licence of a dual document, kept where the document's own no longer says it.

    Derived with the periods of the document, and only where an event named one of its licences alone.
    """

    __tablename__ = "entitlement_period"
    __table_args__ = (belongs_to("licence", "licence_id"),)

    licence_id: Mapped[UUID] = mapped_column(primary_key=True)
    entitlement: Mapped[LicenceKind] = enum_column(LicenceKind, name="entitlement", primary_key=True)
    from_on: Mapped[date] = mapped_column(Date, primary_key=True)
    until_on: Mapped[date]
    authority_id: Mapped[UUID]
    status: Mapped[LicenceStatus] = enum_column(LicenceStatus, name="licence_status")


class LicencePeriod(Base):
    """The status from a day until another, derived from the events and made anew whenever they change."""

    __tablename__ = "licence_period"
    __table_args__ = (
        belongs_to("licence", "licence_id"),
        # Holds all that a list by status asks, so that it is read alone.
        Index(
            "ix_licence_period_authority_id_status",
            "authority_id",
            "status",
            "kind",
            "from_on",
            "until_on",
            "person_id",
            postgresql_include=["licence_id"],
        ),
        Index("ix_licence_period_person_id", "person_id", postgresql_where=text("person_id IS NOT NULL")),
    )

    licence_id: Mapped[UUID] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(Date, primary_key=True)
    until_on: Mapped[date]
    authority_id: Mapped[UUID]
    # The licence's own, so that a list of people by kind and status reads this table alone.
    person_id: Mapped[UUID | None]
    kind: Mapped[LicenceKind] = enum_column(LicenceKind, name="licence_kind")
    status: Mapped[LicenceStatus] = enum_column(LicenceStatus, name="licence_status")
