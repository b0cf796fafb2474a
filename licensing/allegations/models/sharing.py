"""What passes to others: the level set for each authority, what was released to whom, and what is still owed."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from licensing.allegations.models.cases import follows, of_case
from licensing.allegations.words_of_sharing import Basis, DutyKind, DutyState, Level, Onward, ReleaseKind
from licensing.audit.rules import ObjectKind
from licensing.dates import day_of
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column


class Share(Base):
    """What one authority may know of a case from a moment on, and why; the last one that is not ended counts.

    `subject_keys` are the keyed hashes of the records on which the authority's officers meet the flag.
    """

    __tablename__ = "case_share"
    __table_args__ = of_case(
        "case_share",
        UniqueConstraint("id", "authority_id", name="uq_case_share_id_authority_id"),
        Index(
            "uq_case_share_standing",
            "case_id",
            "for_authority_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_case_share_for_authority_id", "for_authority_id", postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    for_authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    level: Mapped[Level] = enum_column(Level, name="level")
    basis: Mapped[Basis] = enum_column(Basis, name="basis")
    reasons_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # necessity, proportionality, views of the others
    subject_keys: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    set_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[RecordedAt]
    ended_at: Mapped[Moment | None]


class FlagSeen(Base):
    """That somebody met a flag, and where: for the designated officer's log of what was told."""

    __tablename__ = "flag_seen"
    __table_args__ = of_case("flag_seen", Index("ix_flag_seen_share_id", "share_id", "seen_by"))

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    share_id: Mapped[UUID]
    for_authority_id: Mapped[UUID]
    through: Mapped[ObjectKind] = enum_column(ObjectKind, name="through")
    object_id: Mapped[UUID]
    seen_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    seen_name: Mapped[str] = mapped_column(Text)  # of another authority, whose users are not ours to read
    seen_at: Mapped[Moment]
    transaction_id: Mapped[int] = mapped_column(BigInteger)


class Release(Base):
    """Something released to one named person until a day, to be read in the service and nowhere else."""

    __tablename__ = "case_release"
    __table_args__ = of_case(
        "case_release",
        UniqueConstraint("id", "case_id", name="uq_case_release_id_case_id"),
        Index("ix_case_release_to_user_id", "to_user_id"),
        CheckConstraint("(ended_at IS NULL) = (ended_sealed IS NULL)", name="ended_with_reason"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    for_authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    to_user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    to_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[ReleaseKind] = enum_column(ReleaseKind, name="release_kind")
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # JSON: title, person_id, the fields or the words
    basis: Mapped[Basis] = enum_column(Basis, name="basis")
    onward: Mapped[Onward] = enum_column(Onward, name="onward")
    expires_on: Mapped[date]
    released_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    released_at: Mapped[RecordedAt]
    acknowledge_by: Mapped[date]
    acknowledged_at: Mapped[Moment | None]
    chased_on: Mapped[date | None]
    chased_days: Mapped[list[date]] = mapped_column(ARRAY(Date), server_default=text("'{}'"))  # all; by the database
    relied_on_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # what the recipient writes back
    taken_at: Mapped[Moment | None]  # when the answer was put on the strand of the recipient's authority
    ended_at: Mapped[Moment | None]
    ended_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    def waits(self, today: date) -> bool:
        """Whether the recipient, who can read it still, has yet to acknowledge it."""
        return self.ended_at is None and self.acknowledged_at is None and self.expires_on >= today

    def has_expired(self, today: date) -> bool:
        """Whether its last day came, and nobody had taken it back before."""
        return self.expires_on < today and (self.ended_at is None or day_of(self.ended_at) > self.expires_on)


class NamedDecision(Base):
    """Which decision or consideration of their own a council names in answer to a release; the last one counts."""

    __tablename__ = "named_decision"
    __table_args__ = of_case(
        "named_decision",
        ForeignKeyConstraint(["release_id", "case_id"], ["case_release.id", "case_release.case_id"]),
        Index("ix_named_decision_release_id", "release_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    release_id: Mapped[UUID]
    for_authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    object_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # decided.Named as JSON: no copy leads to the person
    named_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    named_at: Mapped[RecordedAt]


class ReliedItem(Base):
    """What a licensing authority relied on in a decision: a copy that is its own record, and stays."""

    __tablename__ = "relied_item"
    __table_args__ = (
        UniqueConstraint("release_id", "object_id", name="uq_relied_item_release_id_object_id"),
        Index("ix_relied_item_object_id", "object_id"),
        Index("ix_relied_item_authority_id", "authority_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    release_id: Mapped[UUID]
    object_kind: Mapped[ObjectKind] = enum_column(ObjectKind, name="object_kind")
    object_id: Mapped[UUID]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    relied_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    relied_at: Mapped[RecordedAt]
    doubted_at: Mapped[Moment | None]  # when nothing was left of the allegation on which it rests


class Duty(Base):
    """A message owed, or a question to answer, before the case can be closed.

    Settled once: what is owed again, or looked at again, is another row that names the one before. The registers name
    one of each kind and council; an officer adds others, each with words of its own.
    """

    __tablename__ = "case_duty"
    __table_args__ = of_case(
        "case_duty",
        Index(
            "uq_case_duty_case_id_kind_for",
            "case_id",
            "kind",
            text("coalesce(for_authority_id, case_id)"),
            unique=True,
            postgresql_where=text("supersedes_id IS NULL AND asked_sealed IS NULL"),
        ),
        UniqueConstraint("id", "authority_id", name="uq_case_duty_id_authority_id"),
        *follows("case_duty"),
        CheckConstraint("(state = 'owed') = (settled_on IS NULL)", name="settled_on_a_day"),
        CheckConstraint("(state = 'owed') = (words_sealed IS NULL)", name="settled_with_words"),
        CheckConstraint("state <> 'withheld' OR review_on IS NOT NULL", name="withheld_until_a_review"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    kind: Mapped[DutyKind] = enum_column(DutyKind, name="duty_kind")
    for_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    asked_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # JSON: to whom and what, where added by hand
    state: Mapped[DutyState] = enum_column(DutyState, name="duty_state", server_default=text("'owed'"))
    settled_on: Mapped[date | None]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # what was told, or why it is withheld
    recipient_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # who was told; not asked before 0067
    basis: Mapped[Basis | None] = enum_column(Basis, name="basis", nullable=True)  # not asked before 0067
    review_on: Mapped[date | None]
    supersedes_id: Mapped[UUID | None]
    recorded_at: Mapped[RecordedAt]
