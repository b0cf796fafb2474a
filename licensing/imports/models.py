"""The tables of imports: the file as it came, sealed, and what became of each of its rows."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.imports.rules import ImportKind, ImportStatus


class Import(Base):
    """One file brought in by one authority: staged, then applied as a whole or not at all."""

    __tablename__ = "import"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_import_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_import_authority_id_reference"),
        Index("ix_import_authority_id_staged_at", "authority_id", "staged_at"),
        Index("ix_import_authority_id_kind_applied_at", "authority_id", "kind", "applied_at"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    kind: Mapped[ImportKind] = enum_column(ImportKind, name="import_kind")
    status: Mapped[ImportStatus] = enum_column(ImportStatus, name="import_status")
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    receipt: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changed_rows: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # the first of them, with what changes
    fingerprint: Mapped[str] = mapped_column(Text)
    staged_at: Mapped[RecordedAt]
    staged_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    applied_at: Mapped[Moment | None]
    # Ids of licences and of what has none, 16 bytes each: those that stand in the file, once it is applied, and
    # those of the file before it of which it does not speak.
    seen: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, default=b"", server_default="")
    missing: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, default=b"", server_default="")


class ImportChunk(Base):
    """Some hundreds of rows of the file, verbatim, sealed."""

    __tablename__ = "import_chunk"
    __table_args__ = (
        ForeignKeyConstraint(["import_id", "authority_id"], ["import.id", "import.authority_id"]),
        UniqueConstraint("import_id", "number", name="uq_import_chunk_import_id_number"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    import_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
