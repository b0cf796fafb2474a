"""What was merged, with everything that undoing it needs."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId
from licensing.register.models._belonging import belongs_to


class Merge(Base):
    """That one person's record was merged into another's of the same authority, and whether it was undone.

    `sealed` is JSON: what the kept record said before, and the ids of the rows that moved to it, by table.
    """

    __tablename__ = "merge"
    __table_args__ = (
        belongs_to("person", "kept_id"),
        belongs_to("person", "merged_id"),
        Index("ix_merge_kept_id", "kept_id"),
        Index("ix_merge_merged_id", "merged_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    kept_id: Mapped[UUID]
    merged_id: Mapped[UUID]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"))
    merged_at: Mapped[RecordedAt]
    undone_at: Mapped[Moment | None]
    undone_by_proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
