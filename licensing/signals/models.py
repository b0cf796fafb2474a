"""The tables of signals: the thresholds, and what was dismissed. Signals themselves are counted anew each time."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import User
from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.signals import rules
from licensing.signals.words import Counted, SignalSubject


class SignalRule(Base):
    """One version of a rule: everybody's where no council is given, or what a council chose for itself."""

    __tablename__ = "signal_rule"
    __table_args__ = (
        CheckConstraint("days IN (30, 90, 365)", name="looks_back_so_far"),
        CheckConstraint("threshold >= 2", name="more_than_one"),
        Index(
            "uq_signal_rule_code_valid_from",
            "code",
            "valid_from",
            unique=True,
            postgresql_where=text("authority_id IS NULL"),
        ),
        Index("ix_signal_rule_authority_id_code", "authority_id", "code"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    code: Mapped[str] = mapped_column(String(40))
    subject: Mapped[SignalSubject] = enum_column(SignalSubject, name="signal_subject")
    counted: Mapped[Counted] = enum_column(Counted, name="signal_counted")
    days: Mapped[int]
    threshold: Mapped[int]
    in_use: Mapped[bool]
    valid_from: Mapped[date]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    def as_rule(self) -> rules.Rule:
        """The row as the rules want it."""
        return rules.Rule(self.code, self.subject, self.counted, self.days, self.threshold, self.in_use)


class SignalDismissal(Base):
    """That a council looked at the rows of a signal, and why nothing follows. It holds for these rows alone."""

    __tablename__ = "signal_dismissal"
    __table_args__ = (Index("ix_signal_dismissal_authority_id_signal_id", "authority_id", "signal_id", "at"),)

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    signal_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(40))
    subject: Mapped[SignalSubject] = enum_column(SignalSubject, name="signal_subject")
    row_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    by: Mapped[User] = relationship(viewonly=True)
