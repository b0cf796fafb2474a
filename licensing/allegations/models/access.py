"""Who besides the designated officers sees a case, which of them does not, and how the office is reached."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.allegations.models.cases import of_case
from licensing.allegations.words_of_sharing import AccessKind
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column


class CaseAccess(Base):
    """Access given, closed, or taken in an emergency; written by the database's own procedures alone."""

    __tablename__ = "case_access"
    __table_args__ = of_case(
        "case_access",
        Index("ix_case_access_user_id", "user_id"),
        CheckConstraint("kind = 'closed' OR until_at IS NOT NULL", name="not_for_ever"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[AccessKind] = enum_column(AccessKind, name="access_kind")
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    given_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[RecordedAt]
    until_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    # Of an emergency: by when somebody else looks at it, and who did.
    review_due_on: Mapped[date | None]
    reviewed_at: Mapped[Moment | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    review_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # In which it was given: until that is committed it opens nothing.
    transaction_id: Mapped[int] = mapped_column(BigInteger, server_default=text("pg_current_xact_id()::text::bigint"))


class LadoOffice(Base):
    """How an authority's designated officers are reached, and what their first meeting is called there."""

    __tablename__ = "lado_office"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    contact: Mapped[str] = mapped_column(Text)
    meeting_name: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]
