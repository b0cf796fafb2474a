"""The audit trail's one table. The database stamps actor, session, time and transaction itself."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licensing.audit.rules import Action, Category, ObjectKind
from licensing.db import Base, Moment, RowId, enum_column


class AuditEntry(Base):
    """One thing done or seen. `authority_id` says whose trail it is in: the actor's, or that of the
    authority whose record was disclosed to another's officer."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_authority_id_number", "authority_id", "number"),
        Index("ix_audit_entry_object_id_number", "object_id", "number"),
    )

    id: Mapped[RowId]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    authority_id: Mapped[UUID | None]
    action: Mapped[Action] = enum_column(Action, name="action")
    category: Mapped[Category] = enum_column(Category, name="category")
    object_kind: Mapped[ObjectKind | None] = enum_column(ObjectKind, name="object_kind", nullable=True)
    object_id: Mapped[UUID | None]
    purpose: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    # Stamped by the trigger; the application has no right to write them.
    at: Mapped[Moment]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str | None] = mapped_column(Text)
    actor_authority: Mapped[str | None] = mapped_column(Text)
    session_id: Mapped[UUID | None]
    by_command: Mapped[bool]
    transaction_id: Mapped[int] = mapped_column(BigInteger)


class RestrictedEntry(Base):
    """What a designated officer looked at or searched for, and everything done with an allegation.

    The application never writes here: the database diverts such entries from the ordinary trail by itself.
    `of_authority_id` is whose trail the entry would have been in.
    """

    __tablename__ = "restricted_entry"
    __table_args__ = (
        Index("ix_restricted_entry_authority_id_number", "authority_id", "number"),
        Index("ix_restricted_entry_object_id_number", "object_id", "number"),
        Index("ix_restricted_entry_session_id_object_id", "session_id", "object_id"),
    )

    id: Mapped[RowId]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    authority_id: Mapped[UUID | None]
    of_authority_id: Mapped[UUID | None]
    # The words of AuditEntry, which were checked there.
    action: Mapped[str] = mapped_column(String(40))
    object_kind: Mapped[str | None] = mapped_column(String(40))
    object_id: Mapped[UUID | None]
    purpose: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    at: Mapped[Moment]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str | None] = mapped_column(Text)
    actor_authority: Mapped[str | None] = mapped_column(Text)
    session_id: Mapped[UUID | None]
    by_command: Mapped[bool]
    transaction_id: Mapped[int] = mapped_column(BigInteger)
