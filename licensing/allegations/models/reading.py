"""What was noticed of how cases are read."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from licensing.allegations.unusual import Unusual
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column


class ReadingAlert(Base):
    """Something unusual that one person did on one day; raised once, and acknowledged by the independent reviewer."""

    __tablename__ = "reading_alert"
    __table_args__ = (
        UniqueConstraint("authority_id", "on_day", "actor_id", "kind", name="uq_reading_alert_once"),
        CheckConstraint(
            "(acknowledged_at IS NULL) = (words_sealed IS NULL)"
            " AND (acknowledged_at IS NULL) = (acknowledged_by IS NULL)",
            name="acknowledged_with_words",
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[Unusual] = enum_column(Unusual, name="unusual")
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    actor_name: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date]
    cases: Mapped[int]
    raised_at: Mapped[RecordedAt]
    acknowledged_at: Mapped[Moment | None]
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
