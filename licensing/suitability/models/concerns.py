"""The tables of complaints, of self-reports, and of who drives for which operator."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.register.models import Licence
from licensing.register.models._belonging import belongs_to
from licensing.suitability.concerns import ComplaintCategory, ComplaintOutcome, ComplaintSource, Reported
from licensing.suitability.models._rows import HoldsWords, Sealed, SealedOrNot, sealed_column


class Complaint(HoldsWords, Base):
    """A complaint about a holder, an operator, a vehicle or premises. Who complained is kept by their part alone."""

    __tablename__ = "complaint"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("organisation", "organisation_id"),
        belongs_to("vehicle", "vehicle_id"),
        belongs_to("premises", "premises_id"),
        CheckConstraint(
            "num_nonnulls(person_id, organisation_id, vehicle_id, premises_id) > 0", name="about_something"
        ),
        CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="closed_with_an_outcome"),
        UniqueConstraint("id", "authority_id", name="uq_complaint_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_complaint_authority_id_reference"),
        Index("ix_complaint_authority_id_received_on", "authority_id", "received_on", "id"),
        Index("ix_complaint_person_id", "person_id", postgresql_where=text("person_id IS NOT NULL")),
        Index("ix_complaint_organisation_id", "organisation_id", postgresql_where=text("organisation_id IS NOT NULL")),
        Index("ix_complaint_vehicle_id", "vehicle_id", postgresql_where=text("vehicle_id IS NOT NULL")),
        Index("ix_complaint_premises_id", "premises_id", postgresql_where=text("premises_id IS NOT NULL")),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None]
    vehicle_id: Mapped[UUID | None]
    premises_id: Mapped[UUID | None]
    category: Mapped[ComplaintCategory] = enum_column(ComplaintCategory, name="complaint_category")
    source: Mapped[ComplaintSource] = enum_column(ComplaintSource, name="complaint_source")
    received_on: Mapped[date]
    summary_sealed: Sealed = sealed_column()
    case_reference: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[ComplaintOutcome | None] = enum_column(ComplaintOutcome, name="complaint_outcome", nullable=True)
    closed_on: Mapped[date | None]
    outcome_sealed: SealedOrNot = sealed_column(nullable=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]


class OperatorDriver(Base):
    """A driver who works for a private hire operator, from a day until another."""

    __tablename__ = "operator_driver"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("organisation", "organisation_id"),
        CheckConstraint("until_on >= from_on", name="from_before_until"),
        Index("ix_operator_driver_organisation_id", "organisation_id"),
        Index("ix_operator_driver_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    def is_still_at(self, organisation_id: UUID) -> bool:
        """Whether they work for this operator and no last day is known."""
        return self.organisation_id == organisation_id and self.until_on is None


class SelfReport(HoldsWords, Base):
    """What a holder reported of themselves; `due_at` is what the rule gave that day. Being late is itself a breach."""

    __tablename__ = "self_report"
    __table_args__ = (
        belongs_to("licence", "licence_id"),
        CheckConstraint("reported_at >= occurred_at", name="reported_after_it_happened"),
        UniqueConstraint("id", "authority_id", name="uq_self_report_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_self_report_authority_id_reference"),
        Index("ix_self_report_authority_id_reported_at", "authority_id", "reported_at", "id"),
        Index("ix_self_report_licence_id", "licence_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    licence_id: Mapped[UUID]
    what: Mapped[Reported] = enum_column(Reported, name="reported")
    occurred_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    reported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    late: Mapped[bool]
    words_sealed: SealedOrNot = sealed_column(nullable=True)
    case_reference: Mapped[str | None] = mapped_column(Text)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    licence: Mapped[Licence] = relationship(primaryjoin="foreign(SelfReport.licence_id) == Licence.id", viewonly=True)
