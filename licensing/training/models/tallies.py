"""What was counted of holders' training, kept by the database until somebody changes."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base


class TrainingTally(Base):
    """What was counted of one part of an authority's holders for a day, and is kept while nobody of them changes.

    Read and written by the database alone, as TrainingMark is (migration 0026).
    """

    __tablename__ = "training_tally"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    day: Mapped[date]
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class TrainingMark(Base):
    """That somebody of a part has changed since it was counted; a job counts it again and takes the mark away."""

    __tablename__ = "training_mark"
    __table_args__ = (Index("ix_training_mark_authority_id", "authority_id", "part"),)

    number: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id", ondelete="CASCADE"))
    part: Mapped[int] = mapped_column(SmallInteger)
