"""What is done in a case: strands, meetings, actions, and the chronology."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.allegations.models.cases import follows, of_case
from licensing.allegations.words import EntryKind, MeetingKind, StrandKind, StrandState
from licensing.allegations.words_of_sharing import Basis
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to


class Strand(Base):
    """One of the enquiries; that of the employer or regulator once for each authority or operator."""

    __tablename__ = "case_strand"
    __table_args__ = of_case(
        "case_strand",
        Index(
            "uq_case_strand_case_id_kind_for",
            "case_id",
            "kind",
            text("coalesce(for_authority_id, case_id)"),
            unique=True,
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    kind: Mapped[StrandKind] = enum_column(StrandKind, name="strand_kind")
    for_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    state: Mapped[StrandState] = enum_column(StrandState, name="strand_state")
    owner_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]


class Meeting(Base):
    """A meeting: who came, who was told what, what was said, and when the next one is."""

    __tablename__ = "case_meeting"
    __table_args__ = of_case(
        "case_meeting", UniqueConstraint("id", "authority_id", name="uq_case_meeting_id_authority_id")
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    kind: Mapped[MeetingKind] = enum_column(MeetingKind, name="meeting_kind")
    held_on: Mapped[date]
    attendees_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    told_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    basis: Mapped[Basis | None] = enum_column(Basis, name="basis", nullable=True)  # of what was told
    notes_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class CaseAction(Base):
    """Something that somebody undertook to do, by a day."""

    __tablename__ = "case_action"
    __table_args__ = of_case(
        "case_action",
        belongs_to("case_meeting", "meeting_id"),
        CheckConstraint("(done_on IS NULL) = (done_sealed IS NULL)", name="done_with_words"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    meeting_id: Mapped[UUID | None]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    owner_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class CaseEntry(Base):
    """A line of the chronology; put right by another that supersedes it."""

    __tablename__ = "case_entry"
    __table_args__ = of_case(
        "case_entry",
        UniqueConstraint("id", "authority_id", name="uq_case_entry_id_authority_id"),
        *follows("case_entry"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    kind: Mapped[EntryKind] = enum_column(EntryKind, name="entry_kind")
    happened_at: Mapped[Moment]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    supersedes_id: Mapped[UUID | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]
