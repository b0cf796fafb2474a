"""What was typed and is not on a register, and how fresh the registers are."""

from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt, RowId


class Draft(Base):
    """What somebody typed, sealed until it is used: a search, so that no address holds a name, or answers to check.

    `led_to` is the address of what came of answers that were kept; nothing of them is left then.
    """

    __tablename__ = "draft"

    id: Mapped[RowId]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    led_to: Mapped[str | None] = mapped_column(Text)
    saved_at: Mapped[RecordedAt]


class Freshness(Base):
    """When an authority's register of a kind was last brought up to date from its own system."""

    __tablename__ = "freshness"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    imported_at: Mapped[RecordedAt]
