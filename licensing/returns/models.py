"""Under which names other registers know a council, and what it answered the public."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import User
from licensing.db import Base, RecordedAt, RowId
from licensing.figures.rules import Period


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


class AnswerGiven(Base):
    """An answer to the public, as the file of it had it: nobody changes it, and papers are held against it."""

    __tablename__ = "answer_given"
    __table_args__ = (
        CheckConstraint("until_on > from_on", name="ends_after_it_begins"),
        Index("ix_answer_given_authority_id_at", "authority_id", "at"),
        Index("ix_answer_given_by_id", "by_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    tables: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    by: Mapped[User] = relationship(primaryjoin="foreign(AnswerGiven.by_id) == User.id", viewonly=True)

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)
