"""The tables of the driver check: what was asked and answered, sealed, and whom it found."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.driver_check.rules import CheckKind, Purpose
from licensing.matching.bands import Band


class DriverCheck(Base):
    """One check: committed before anything is searched, answered once, never changed after."""

    __tablename__ = "driver_check"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_driver_check_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_driver_check_authority_id_reference"),
        Index("ix_driver_check_authority_id_made_at", "authority_id", "made_at"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    kind: Mapped[CheckKind] = enum_column(CheckKind, name="check_kind")
    purpose: Mapped[Purpose] = enum_column(Purpose, name="purpose")
    case_reference: Mapped[str] = mapped_column(Text)
    asked_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    band: Mapped[Band | None] = enum_column(Band, name="band", nullable=True)
    answered_at: Mapped[Moment | None]
    # Stamped by the database, which answers only a check of an earlier, committed transaction.
    made_at: Mapped[RecordedAt]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    transaction_id: Mapped[int] = mapped_column(BigInteger)


class CheckResult(Base):
    """A person a check found, in which band: what may be shown of another's record follows from it."""

    __tablename__ = "check_result"
    __table_args__ = (
        ForeignKeyConstraint(["check_id", "authority_id"], ["driver_check.id", "driver_check.authority_id"]),
        Index("ix_check_result_person_id", "person_id"),
    )

    check_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)  # of the enquiry in a list; 0 for one person
    rank: Mapped[int] = mapped_column(Integer, primary_key=True)
    authority_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    band: Mapped[Band] = enum_column(Band, name="band")
    probability: Mapped[float] = mapped_column(Float)
