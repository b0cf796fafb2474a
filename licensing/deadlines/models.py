"""The tables of clocks: their rules, the days a council is closed, what runs, and what happened to each."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from licensing.audit.rules import ObjectKind
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import ClockEvent, ClockRule, ClockState, FirstDay, SetBy, Skips, Unit, state_on
from licensing.permissions import Role


class ClockRuleRow(Base):
    """One version of a rule. Without an authority it is everybody's; with one, that council's own choice."""

    __tablename__ = "clock_rule"
    __table_args__ = (
        CheckConstraint("length > 0", name="some_length"),
        CheckConstraint("valid_until IS NULL OR valid_until > valid_from", name="begins_first"),
        UniqueConstraint(
            "authority_id",
            "code",
            "valid_from",
            name="uq_clock_rule_authority_id_code_valid_from",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    code: Mapped[ClockCode] = enum_column(ClockCode, name="clock_code")
    name: Mapped[str] = mapped_column(Text)
    length: Mapped[int]
    unit: Mapped[Unit] = enum_column(Unit, name="clock_unit")
    first_day: Mapped[FirstDay] = enum_column(FirstDay, name="first_day")
    skips: Mapped[Skips] = enum_column(Skips, name="skips")
    starts: Mapped[str] = mapped_column(Text)
    stops: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    set_by: Mapped[SetBy] = enum_column(SetBy, name="set_by")
    verified: Mapped[bool]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, server_default="")
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def as_rule(self) -> ClockRule:
        """The row as the rules want it."""
        return ClockRule(
            code=self.code,
            name=self.name,
            length=self.length,
            unit=self.unit,
            first_day=self.first_day,
            starts=self.starts,
            stops=self.stops,
            source=self.source,
            set_by=self.set_by,
            verified=self.verified,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            skips=self.skips,
        )


class ClosureDay(Base):
    """A day, no bank holiday, on which a council does not work; withdrawn ones stay."""

    __tablename__ = "closure_day"
    __table_args__ = (
        Index(
            "uq_closure_day_authority_id_day",
            "authority_id",
            "day",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]
    withdrawn_at: Mapped[Moment | None]


class Clock(Base):
    """One running of a rule about one record. `first_due_on` is what the law gave; `due_on` what holds now."""

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_clock_id_authority_id"),
        CheckConstraint("met_on IS NULL OR ceased_at IS NULL", name="ended_once"),
        Index("ix_clock_authority_id_due_on", "authority_id", "due_on", "id"),
        Index("ix_clock_object_id", "object_id"),
        Index(
            "uq_clock_authority_id_object_id_code",
            "authority_id",
            "object_id",
            "code",
            unique=True,
            postgresql_where=text("met_on IS NULL AND ceased_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    code: Mapped[ClockCode] = enum_column(ClockCode, name="clock_code")
    rule_id: Mapped[UUID] = mapped_column(ForeignKey("clock_rule.id"))
    object_kind: Mapped[ObjectKind] = enum_column(ObjectKind, name="object_kind")
    object_id: Mapped[UUID]
    for_team: Mapped[Role] = enum_column(Role, name="role")
    started_on: Mapped[date]
    started_at: Mapped[Moment | None]
    first_due_on: Mapped[date]
    due_on: Mapped[date]
    due_at: Mapped[Moment | None]
    paused_on: Mapped[date | None]
    missed_on: Mapped[date | None]  # the day that had passed when it was met, ceased, paused or given another
    met_on: Mapped[date | None]
    met_at: Mapped[Moment | None]  # where the moment is known, and the period is of hours
    ceased_at: Mapped[Moment | None]
    # Of one that was met from a wrong day: the one that counts instead.
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("clock.id"))
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    @property
    def runs(self) -> bool:
        return self.met_on is None and self.ceased_at is None

    def state_on(self, day: date) -> ClockState:
        if self.replaced_by_id:
            return ClockState.PUT_RIGHT
        return state_on(
            day,
            self.due_on,
            paused_on=self.paused_on,
            met_on=self.met_on,
            missed=self.missed_on is not None,
            ceased=self.ceased_at is not None,
        )


class ClockChange(Base):
    """One thing that happened to a clock: what, why, by whom."""

    __tablename__ = "clock_change"
    __table_args__ = (
        ForeignKeyConstraint(["clock_id", "authority_id"], ["clock.id", "clock.authority_id"]),
        Index("ix_clock_change_clock_id_at", "clock_id", "at"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    clock_id: Mapped[UUID]
    kind: Mapped[ClockEvent] = enum_column(ClockEvent, name="clock_event")
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]
