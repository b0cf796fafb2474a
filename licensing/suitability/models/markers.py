"""The tables of markers: whom a council's policy marks for good, met elsewhere; and that somebody considered it."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt, RowId
from licensing.register.models._belonging import belongs_to
from licensing.suitability.models._rows import HoldsWords, Sealed, sealed_column


class MarkerMatch(Base):
    """A person who is likely the one that another council marked, found by comparing.

    Written by the job and read by the database's own functions alone: of the other's person nothing is told.
    """

    __tablename__ = "marker_match"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index("uq_marker_match_person_id", "person_id", "other_person_id", unique=True),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[UUID]
    other_person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class MarkerConsidered(HoldsWords, Base):
    """That a manager asked the council which marked somebody, and considered what it said."""

    __tablename__ = "marker_considered"
    __table_args__ = (
        belongs_to("person", "person_id"),
        Index("ix_marker_considered_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[UUID]
    marked_by_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    marked_on: Mapped[date]
    asked_on: Mapped[date]
    asked_whom_sealed: Sealed = sealed_column()
    asked_what_sealed: Sealed = sealed_column()
    words_sealed: Sealed = sealed_column()
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]
