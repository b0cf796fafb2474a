"""What a council aims at, who answers for it, and what they say of a quarter. Nothing of it is changed: rows follow."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import User
from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.figures.words import Better


class MeasureChoice(Base):
    """Target, tolerance, direction and owner of a measure from a day on; of one day the last recorded holds."""

    __tablename__ = "measure_choice"
    __table_args__ = (
        CheckConstraint("target BETWEEN 0 AND 1000 AND tolerance BETWEEN 0 AND 1000", name="in_bounds"),
        Index("ix_measure_choice_authority_id_code", "authority_id", "code", "valid_from"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    code: Mapped[str] = mapped_column(Text)  # of the figure
    target: Mapped[int]
    tolerance: Mapped[int]
    better: Mapped[Better] = enum_column(Better, name="better")
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    valid_from: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    owner: Mapped[User] = relationship(primaryjoin="foreign(MeasureChoice.owner_id) == User.id", viewonly=True)
    by: Mapped[User] = relationship(primaryjoin="foreign(MeasureChoice.recorded_by) == User.id", viewonly=True)


class MeasureComment(Base):
    """What the owner says of one quarter, signed and dated; the last one holds, and the earlier ones stay."""

    __tablename__ = "measure_comment"
    __table_args__ = (Index("ix_measure_comment_authority_id_code", "authority_id", "code", "quarter_on"),)

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    code: Mapped[str] = mapped_column(Text)
    quarter_on: Mapped[date]  # its first day
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    by: Mapped[User] = relationship(primaryjoin="foreign(MeasureComment.by_id) == User.id", viewonly=True)
