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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.driver_check.rules import CheckKind, Judgement, Purpose
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


class Verdict(Base):
    """What an officer said of a result: a later one supersedes it and both are kept.

    `question_hash` is a keyed hash of what was asked: the same question asked again meets the verdict again. It is
    empty where what was asked could mean many people. `person_id` is the record that stands for the result's now.
    """

    __tablename__ = "verdict"
    __table_args__ = (
        ForeignKeyConstraint(
            ["check_id", "number", "rank"], ["check_result.check_id", "check_result.number", "check_result.rank"]
        ),
        ForeignKeyConstraint(["check_id", "authority_id"], ["driver_check.id", "driver_check.authority_id"]),
        ForeignKeyConstraint(
            ["supersedes_id", "check_id", "number", "rank"],
            ["verdict.id", "verdict.check_id", "verdict.number", "verdict.rank"],
        ),
        UniqueConstraint("id", "check_id", "number", "rank", name="uq_verdict_id_check_id_number_rank"),
        UniqueConstraint("supersedes_id", name="uq_verdict_supersedes_id"),
        # Of two who judge at once one is first; the other is shown what was said.
        Index(
            "uq_verdict_first",
            "check_id",
            "number",
            "rank",
            unique=True,
            postgresql_where=text("supersedes_id IS NULL"),
        ),
        Index("ix_verdict_authority_id_question_hash", "authority_id", "question_hash", "person_id"),
        Index("ix_verdict_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    check_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    rank: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    question_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    judgement: Mapped[Judgement] = enum_column(Judgement, name="judgement")
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    judged_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    judged_at: Mapped[RecordedAt]
    supersedes_id: Mapped[UUID | None]


class VerdictGround(Base):
    """The date of birth and personal identifiers that a person had when a verdict was given, as one hash.

    Written and compared by the database alone: the application may not read of another authority's record that much.
    """

    __tablename__ = "verdict_ground"

    verdict_id: Mapped[UUID] = mapped_column(ForeignKey("verdict.id"), primary_key=True)
    person_hash: Mapped[bytes] = mapped_column(LargeBinary)
