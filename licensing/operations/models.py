"""Operations, who takes part, where they go, what they find and who follows it up; and test purchases."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.disruption.models import Agency, PowerRow
from licensing.disruption.words import AgencyPart
from licensing.operations import rules
from licensing.operations.words import FindingKind, OperationKind, OperationState, TestKind, TestResult
from licensing.register.models._belonging import belongs_to


class Operation(Base):
    """Agencies that go out together on a day. How it stands follows from what was done, each with its moment.

    The database adds the agency that leads and the one that records to those that may know of it.
    """

    __tablename__ = "operation"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_operation_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_operation_authority_id_reference"),
        CheckConstraint("begun_at IS NULL OR briefed_at IS NOT NULL", name="briefed_first"),
        CheckConstraint("closed_at IS NULL OR begun_at IS NOT NULL", name="begun_first"),
        CheckConstraint("called_off_at IS NULL OR begun_at IS NULL", name="called_off_before"),
        CheckConstraint(
            "inspected <= stopped AND warned <= stopped AND suspended <= stopped AND reported <= stopped",
            name="of_those_stopped",
        ),
        Index("ix_operation_on_day", "on_day", "id"),
        Index("ix_operation_lead_agency_id", "lead_agency_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))  # whose officer planned it
    reference: Mapped[str] = mapped_column(Text)
    kind: Mapped[OperationKind] = enum_column(OperationKind, name="operation_kind")
    name: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date]
    starts_at: Mapped[time]
    ends_at: Mapped[time | None]  # at or before the start: on the next day
    lead_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    recording_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    objective_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    briefing_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    briefed_at: Mapped[Moment | None]
    begun_at: Mapped[Moment | None]
    stopped: Mapped[int | None]
    inspected: Mapped[int | None]
    warned: Mapped[int | None]
    suspended: Mapped[int | None]
    reported: Mapped[int | None]
    worked_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    closed_at: Mapped[Moment | None]
    called_off_at: Mapped[Moment | None]
    called_off_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    lead: Mapped[Agency] = relationship(foreign_keys=lead_agency_id, viewonly=True)
    agencies: Mapped[list["OperationAgency"]] = relationship(
        primaryjoin="Operation.id == foreign(OperationAgency.operation_id)",
        order_by="OperationAgency.part, OperationAgency.id",
        viewonly=True,
    )
    places: Mapped[list["OperationPlace"]] = relationship(
        primaryjoin="Operation.id == foreign(OperationPlace.operation_id)",
        order_by="OperationPlace.number",
        viewonly=True,
    )
    findings: Mapped[list["Finding"]] = relationship(
        primaryjoin="Operation.id == foreign(Finding.operation_id)", order_by="Finding.number", viewonly=True
    )

    @property
    def state(self) -> OperationState:
        return rules.state_of(self.briefed_at, self.begun_at, self.closed_at, self.called_off_at)

    @property
    def counts(self) -> rules.StopCounts | None:
        """What a taxi stop came to, once somebody has counted."""
        if self.stopped is None:
            return None
        return rules.StopCounts(
            self.stopped, self.inspected or 0, self.warned or 0, self.suspended or 0, self.reported or 0
        )


class OperationAgency(Base):
    """An agency that leads or joins an operation, and so may know of it."""

    __tablename__ = "operation_agency"
    __table_args__ = (
        belongs_to("operation", "operation_id"),
        UniqueConstraint("operation_id", "agency_id", name="uq_operation_agency_operation_id_agency_id"),
        Index("ix_operation_agency_agency_id", "agency_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    operation_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    part: Mapped[AgencyPart] = enum_column(AgencyPart, name="agency_part")
    added_at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)


class OperationPlace(Base):
    """Somewhere to go. `record_id` is the place of `of_authority_id`'s register, where it is known."""

    __tablename__ = "operation_place"
    __table_args__ = (
        belongs_to("operation", "operation_id"),
        UniqueConstraint("operation_id", "number", name="uq_operation_place_operation_id_number"),
        CheckConstraint("(record_id IS NULL) = (of_authority_id IS NULL)", name="whole_record"),
        Index("ix_operation_place_record_id", "record_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    operation_id: Mapped[UUID]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text, server_default="")
    postcode: Mapped[str] = mapped_column(Text, server_default="")
    record_id: Mapped[UUID | None]
    of_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    added_at: Mapped[RecordedAt]


class Finding(Base):
    """What was seen of a place, a person or a vehicle of concern. Its id comes with the form, so that what a phone
    sends twice is kept once.

    A place or a vehicle stands plain; a person's name is sealed, and found again by a keyed hash.
    """

    __tablename__ = "operation_finding"
    __table_args__ = (
        belongs_to("operation", "operation_id"),
        UniqueConstraint("operation_id", "number", name="uq_operation_finding_operation_id_number"),
        UniqueConstraint("id", "authority_id", name="uq_operation_finding_id_authority_id"),
        CheckConstraint("(kind = 'person') = (name IS NULL)", name="people_sealed"),
        CheckConstraint("(kind = 'person') = (name_sealed IS NOT NULL)", name="sealed_people"),
        CheckConstraint("(kind = 'person') = (name_key IS NOT NULL)", name="people_found_again"),
        Index("ix_operation_finding_place_id", "place_id"),
        Index("ix_operation_finding_name_key", "name_key"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    operation_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[FindingKind] = enum_column(FindingKind, name="finding_kind")
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("operation_place.id"))
    name: Mapped[str | None] = mapped_column(Text)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    seen_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    power_id: Mapped[UUID | None] = mapped_column(ForeignKey("power.id"))
    needs_follow_up: Mapped[bool]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    power: Mapped[PowerRow | None] = relationship(viewonly=True)
    place: Mapped[OperationPlace | None] = relationship(viewonly=True)
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        primaryjoin="Finding.id == foreign(FollowUp.finding_id)", order_by="FollowUp.due_on", viewonly=True
    )


class FollowUp(Base):
    """Who follows up a finding: somebody of one's own agency, by a task, or an agency that is asked."""

    __tablename__ = "operation_follow_up"
    __table_args__ = (
        belongs_to("operation", "operation_id"),
        belongs_to("operation_finding", "finding_id"),
        CheckConstraint("(task_id IS NULL) <> (partner_task_id IS NULL)", name="one_of_the_two"),
        Index("ix_operation_follow_up_finding_id", "finding_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    operation_id: Mapped[UUID]
    finding_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    what_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    due_on: Mapped[date]
    task_id: Mapped[UUID | None]
    partner_task_id: Mapped[UUID | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)


class TestPurchase(Base):
    """What a place did when it was tried. Nothing is kept of who tried it."""

    __test__ = False
    __tablename__ = "test_purchase"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_test_purchase_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_test_purchase_authority_id_reference"),
        CheckConstraint("(result = 'failed') = accepted", name="failed_by_accepting"),
        CheckConstraint("(record_id IS NULL) = (of_authority_id IS NULL)", name="whole_record"),
        Index("ix_test_purchase_record_id", "record_id"),
        Index("ix_test_purchase_on_day", "on_day", "id"),
        Index("ix_test_purchase_operation_id", "operation_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    operation_id: Mapped[UUID | None] = mapped_column(ForeignKey("operation.id"))
    recording_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text, server_default="")
    postcode: Mapped[str] = mapped_column(Text, server_default="")
    record_id: Mapped[UUID | None]
    of_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    on_day: Mapped[date]
    kind: Mapped[TestKind] = enum_column(TestKind, name="test_kind")
    accepted: Mapped[bool]  # the booking was taken, or alcohol or tobacco served
    id_asked: Mapped[bool]
    police_called: Mapped[bool]
    result: Mapped[TestResult] = enum_column(TestResult, name="test_result")
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)
