"""The tables of approvals. They are written by the procedures of migration 0007 alone."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import Authority
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.rules import ProposalStatus, status_at
from licensing.audit.rules import ObjectKind
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column


class Proposal(Base):
    """What somebody asks others to agree to. `code` is what the database itself must know of it, as a role."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("uq_proposal_open", "kind", "object_id", "code", unique=True, postgresql_where=text("status = 'open'")),
        Index("ix_proposal_status_proposed_at", "status", "proposed_at"),
        Index("ix_proposal_proposed_by", "proposed_by"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))  # the proposer's
    kind: Mapped[ProposalKind] = enum_column(ProposalKind, name="proposal_kind")
    object_kind: Mapped[ObjectKind] = enum_column(ObjectKind, name="object_kind")
    object_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(Text)
    permission: Mapped[str] = mapped_column(Text)
    authorities: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    status: Mapped[ProposalStatus] = enum_column(ProposalStatus, name="proposal_status")
    payload_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    refusal_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    proposed_by_name: Mapped[str] = mapped_column(Text)  # as it was then; other councils cannot look it up
    proposed_at: Mapped[RecordedAt]
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]

    parts: Mapped[list["ProposalPart"]] = relationship(order_by="ProposalPart.authority_id")

    @property
    def payload(self) -> dict[str, Any]:
        """What exactly would be done, as the feature wrote it."""
        return json.loads(self._opened("payload_sealed", self.payload_sealed))

    @property
    def reason(self) -> str:
        return self._opened("reason_sealed", self.reason_sealed)

    @property
    def refusal(self) -> str | None:
        """Why it was refused."""
        return self._opened("refusal_sealed", self.refusal_sealed) if self.refusal_sealed else None

    @property
    def status_now(self) -> ProposalStatus:
        return status_at(self.status, self.expires_at, datetime.now(UTC))

    def part_of(self, authority_id: UUID) -> "ProposalPart | None":
        """What one authority has to decide of it."""
        return next((part for part in self.parts if part.authority_id == authority_id), None)

    def _opened(self, column: str, sealed: bytes) -> str:
        return current_app.config["KEYS"].open(sealed, "proposal", column, self.id).decode()


class ProposalPart(Base):
    """One authority's decision on a proposal; not decided yet while `decided_at` is empty."""

    __tablename__ = "proposal_part"
    __table_args__ = (
        UniqueConstraint("proposal_id", "authority_id", name="uq_proposal_part_proposal_id_authority_id"),
    )

    id: Mapped[RowId]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    approved: Mapped[bool | None]
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    decided_by_name: Mapped[str | None] = mapped_column(Text)

    authority: Mapped[Authority] = relationship()
