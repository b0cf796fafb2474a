"""Access reviews: when somebody went through who has access, and what became of each account."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt, RowId


class AccessReview(Base):
    """One review of an authority's accounts."""

    __tablename__ = "access_review"
    __table_args__ = (Index("ix_access_review_authority_id_reviewed_on", "authority_id", "reviewed_on"),)

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    reviewed_by_name: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[RecordedAt]


class AccessReviewEntry(Base):
    """One account in a review, with the roles it held then: kept, or closed by the review."""

    __tablename__ = "access_review_entry"
    __table_args__ = (Index("ix_access_review_entry_review_id", "review_id"),)

    id: Mapped[RowId]
    review_id: Mapped[UUID] = mapped_column(ForeignKey("access_review.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    kept: Mapped[bool]
