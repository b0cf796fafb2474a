"""What was corrected."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.register.events import (
    RecordKind,
)


class Correction(Base):
    """That a record was wrong: what it said before, what it says now, and why. Never changed or removed."""

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_record_id", "record_id"),)

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    record_kind: Mapped[RecordKind] = enum_column(RecordKind, name="record_kind")
    record_id: Mapped[UUID]  # the person, place, vehicle, organisation or licence whose page shows it
    sealed: Mapped[bytes] = mapped_column(LargeBinary)  # JSON: [[field, what it said, what it says], ...]
    reason: Mapped[str] = mapped_column(Text)
    corrected_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    proposal_id: Mapped[UUID | None]  # where a second person approved it
    recorded_at: Mapped[RecordedAt]
