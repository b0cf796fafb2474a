"""Under which names other registers know a council."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt, RowId


class NationalRegisterName(Base):
    """How the national register of taxis knows a council: the last that was recorded counts, earlier ones stay."""

    __tablename__ = "national_register_name"
    __table_args__ = (
        CheckConstraint("identifier ~ '^[A-Za-z0-9]+$'", name="letters_and_digits"),
        CheckConstraint("length(name) BETWEEN 1 AND 50", name="short_enough"),
        Index("ix_national_register_name_authority_id_at", "authority_id", "at"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    identifier: Mapped[str] = mapped_column(Text)  # as agreed with the register, in the name of each file
    name: Mapped[str] = mapped_column(Text)  # as the register spells the council
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]
