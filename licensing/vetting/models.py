"""Checks as they were recorded, what stands of them, and the rules that ask for them."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.models._belonging import belongs_to
from licensing.vetting.rules import (
    BarredLists,
    CheckKind,
    DbsLevel,
    Held,
    LengthUnit,
    Policy,
    Requirement,
    Result,
    StatusSource,
)


class VettingCheck(Base):
    """One look at one check of a person. What a DBS certificate says has no column: number, dates, level, result alone.

    A correction adds a row that supersedes this one; the row itself stays as it was recorded.
    """

    __tablename__ = "vetting_check"
    __table_args__ = (
        belongs_to("person", "person_id"),
        belongs_to("vetting_check", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_vetting_check_id_authority_id"),
        CheckConstraint("result <> 'not_needed' OR reason_sealed IS NOT NULL", name="reason_where_not_needed"),
        CheckConstraint("abroad_until >= abroad_from", name="abroad_in_order"),
        Index("ix_vetting_check_person_id", "person_id", "kind", "checked_on"),
        Index(
            "uq_vetting_check_supersedes_id",
            "supersedes_id",
            unique=True,
            postgresql_where=text("supersedes_id IS NOT NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[UUID]
    kind: Mapped[CheckKind] = enum_column(CheckKind, name="check_kind")
    result: Mapped[Result] = enum_column(Result, name="check_result")
    checked_on: Mapped[date]  # the day it was looked at, or asked for
    expires_on: Mapped[date | None]  # the last day it is good for, of leave the last day of leave
    certificate_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the certificate's number
    issued_on: Mapped[date | None]
    level: Mapped[DbsLevel | None] = enum_column(DbsLevel, name="dbs_level", nullable=True)
    barred_lists: Mapped[BarredLists | None] = enum_column(BarredLists, name="barred_lists", nullable=True)
    update_service: Mapped[bool | None]
    learnt_by: Mapped[StatusSource | None] = enum_column(StatusSource, name="status_source", nullable=True)
    leave_extended: Mapped[bool] = mapped_column(default=False, server_default="false")  # Immigration Act 1971 s.3C
    country: Mapped[str | None] = mapped_column(Text)
    abroad_from: Mapped[date | None]
    abroad_until: Mapped[date | None]
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # why it is not needed, or what is missing
    supersedes_id: Mapped[UUID | None]
    correction_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # why the superseded row was wrong
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class VettingStanding(Base):
    """What stands of each check of a person, made anew by the database whenever their checks change."""

    __tablename__ = "vetting_standing"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index(
            "ix_vetting_standing_authority_id_kind",
            "authority_id",
            "kind",
            text("counted_from NULLS FIRST"),
            "person_id",
            postgresql_include=["settled", "ends_on"],
        ),
        Index(
            "ix_vetting_standing_authority_id_person_id",
            "authority_id",
            "person_id",
            postgresql_include=["kind", "settled", "counted_from", "ends_on"],
        ),
    )

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[CheckKind] = enum_column(CheckKind, name="check_kind", primary_key=True)
    authority_id: Mapped[UUID]
    settled: Mapped[Result | None] = enum_column(Result, name="settled", nullable=True)
    settled_on: Mapped[date | None]
    counted_from: Mapped[date | None]
    ends_on: Mapped[date | None]
    pending: Mapped[Result | None] = enum_column(Result, name="pending", nullable=True)
    pending_since: Mapped[date | None]

    def as_held(self) -> Held:
        """The row as the rules want it."""
        return Held(self.settled, self.settled_on, self.counted_from, self.ends_on, self.pending, self.pending_since)


class VettingPolicy(Base):
    """A rule from a day on, national where it names no authority. A later row of the same scope takes its place."""

    __tablename__ = "vetting_policy"
    __table_args__ = (
        CheckConstraint("(length IS NULL) = (unit IS NULL)", name="whole_length"),
        CheckConstraint("length > 0", name="some_length"),
        Index("ix_vetting_policy_authority_id", "authority_id", "family", "check_kind", "valid_from"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    family: Mapped[Family] = enum_column(Family, name="family")
    licence_kind: Mapped[LicenceKind | None] = enum_column(LicenceKind, name="licence_kind", nullable=True)
    check_kind: Mapped[CheckKind] = enum_column(CheckKind, name="check_kind")
    requirement: Mapped[Requirement] = enum_column(Requirement, name="requirement")
    length: Mapped[int | None]
    unit: Mapped[LengthUnit | None] = enum_column(LengthUnit, name="length_unit", nullable=True)
    blocks_grant: Mapped[bool]
    unless_driver: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    verified: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)  # why the council made it; of a national row empty
    valid_from: Mapped[date]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    def as_policy(self) -> Policy:
        """The row as the rules want it."""
        return Policy(
            check=self.check_kind,
            family=self.family,
            requirement=self.requirement,
            valid_from=self.valid_from,
            source=self.source,
            verified=self.verified,
            licence_kind=self.licence_kind,
            length=self.length,
            unit=self.unit,
            blocks_grant=self.blocks_grant,
            unless_driver=self.unless_driver,
            is_own=self.authority_id is not None,
            id=self.id,
        )
