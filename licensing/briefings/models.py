"""The tables of briefings: versions, what was said of a draft, and who is to read what was published."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import Authority, User
from licensing.briefings.rules import State, state_of
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.figures.words import Audience


class Briefing(Base):
    """One version. `content` is words and figures as computed; from the approval on nothing changes but who reads it.

    `authors` are all who wrote of it, and `sha256` is of `pdf`: the database fills in the one and compares the other.
    """

    __tablename__ = "briefing"
    __table_args__ = (
        ForeignKeyConstraint(["supersedes_id", "authority_id"], ["briefing.id", "briefing.authority_id"]),
        UniqueConstraint("id", "authority_id", name="uq_briefing_id_authority_id"),
        UniqueConstraint("authority_id", "reference", "version", name="uq_briefing_authority_id_reference_version"),
        UniqueConstraint("supersedes_id", name="uq_briefing_supersedes_id"),
        CheckConstraint("until_on >= from_on", name="in_order"),
        CheckConstraint(
            "(approved_at IS NULL) = (pdf IS NULL) AND (approved_at IS NULL) = (sha256 IS NULL)"
            " AND (published_at IS NULL OR approved_at IS NOT NULL)",
            name="frozen",
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    supersedes_id: Mapped[UUID | None]
    audience: Mapped[Audience] = enum_column(Audience, name="audience")
    from_on: Mapped[date]
    until_on: Mapped[date]
    computed_at: Mapped[Moment]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    fingerprint: Mapped[str] = mapped_column(Text)
    authors: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    drafted_at: Mapped[RecordedAt]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[Moment | None]
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[Moment | None]

    comments: Mapped[list["BriefingComment"]] = relationship(
        primaryjoin="Briefing.id == foreign(BriefingComment.briefing_id)",
        order_by="BriefingComment.at, BriefingComment.id",
        viewonly=True,
    )
    readers: Mapped[list["BriefingReader"]] = relationship(
        primaryjoin="Briefing.id == foreign(BriefingReader.briefing_id)",
        order_by="BriefingReader.council, BriefingReader.name, BriefingReader.id",
        viewonly=True,
    )

    authority: Mapped[Authority] = relationship(
        primaryjoin="foreign(Briefing.authority_id) == Authority.id", viewonly=True
    )

    @property
    def state(self) -> State:
        return state_of(self.approved_at, self.published_at)


class BriefingSchedule(Base):
    """On which day of the month, and for whom, a council's briefings are drafted by themselves; the last row holds."""

    __tablename__ = "briefing_schedule"
    __table_args__ = (
        CheckConstraint("day_of_month BETWEEN 1 AND 28", name="in_every_month"),
        Index("ix_briefing_schedule_authority_id_set_at", "authority_id", "set_at"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    day_of_month: Mapped[int]
    audiences: Mapped[list[str]] = mapped_column(ARRAY(Text))
    reason: Mapped[str] = mapped_column(Text)
    set_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    set_at: Mapped[RecordedAt]

    by: Mapped[User] = relationship(primaryjoin="foreign(BriefingSchedule.set_by) == User.id", viewonly=True)


class BriefingComment(Base):
    """What somebody of the office said of a draft."""

    __tablename__ = "briefing_comment"
    __table_args__ = (
        ForeignKeyConstraint(["briefing_id", "authority_id"], ["briefing.id", "briefing.authority_id"]),
        Index("ix_briefing_comment_briefing_id", "briefing_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    briefing_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    by: Mapped[User] = relationship(primaryjoin="foreign(BriefingComment.by_id) == User.id", viewonly=True)


class BriefingReader(Base):
    """Somebody it is addressed to, as they were called then, and when they said that they had read it."""

    __tablename__ = "briefing_reader"
    __table_args__ = (
        ForeignKeyConstraint(["briefing_id", "authority_id"], ["briefing.id", "briefing.authority_id"]),
        UniqueConstraint("briefing_id", "user_id", name="uq_briefing_reader_briefing_id_user_id"),
        Index("ix_briefing_reader_user_id", "user_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    briefing_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(Text)
    council: Mapped[str] = mapped_column(Text)
    told_at: Mapped[RecordedAt]
    opened_at: Mapped[Moment | None]  # when they first looked at it
    read_at: Mapped[Moment | None]

    briefing: Mapped[Briefing] = relationship(
        primaryjoin="foreign(BriefingReader.briefing_id) == Briefing.id", viewonly=True, overlaps="readers"
    )
