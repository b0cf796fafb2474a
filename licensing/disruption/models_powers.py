"""The tables of the catalogue: the powers that `flask setup` writes, and from when a council found one in force."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import Unit
from licensing.disruption import powers
from licensing.disruption.facts import Fact
from licensing.disruption.words import AgencyKind, AppealCourt, EventKind, Harm, Rank, TargetKind


class PowerRow(Base):
    """One version of a power, written by `flask setup`; which is in force is a question of days."""

    __tablename__ = "power"
    __table_args__ = (
        UniqueConstraint("code", "active_from", name="uq_power_code_active_from"),
        CheckConstraint("active_to >= active_from", name="begins_first"),
        CheckConstraint("(longest IS NULL) = (longest_unit IS NULL)", name="longest_whole"),
        CheckConstraint("(shortest IS NULL) = (shortest_unit IS NULL)", name="shortest_whole"),
        CheckConstraint("(in_all IS NULL) = (in_all_unit IS NULL)", name="in_all_whole"),
        CheckConstraint("(alone IS NULL) = (alone_unit IS NULL)", name="alone_whole"),
    )

    id: Mapped[RowId]
    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(Text)
    law: Mapped[str] = mapped_column(Text)
    used_by: Mapped[list[str]] = mapped_column(ARRAY(Text))
    ranks: Mapped[list[str]] = mapped_column(ARRAY(Text))
    targets: Mapped[list[str]] = mapped_column(ARRAY(Text))
    harms: Mapped[list[str]] = mapped_column(ARRAY(Text))
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    threshold: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text)
    effect: Mapped[str] = mapped_column(Text)
    shortest: Mapped[int | None] = mapped_column(Integer)
    shortest_unit: Mapped[Unit | None] = enum_column(Unit, name="clock_unit", nullable=True)
    longest: Mapped[int | None] = mapped_column(Integer)
    longest_unit: Mapped[Unit | None] = enum_column(Unit, name="clock_unit_longest", nullable=True)
    in_all: Mapped[int | None] = mapped_column(Integer)
    in_all_unit: Mapped[Unit | None] = enum_column(Unit, name="clock_unit_in_all", nullable=True)
    alone: Mapped[int | None] = mapped_column(Integer)
    alone_unit: Mapped[Unit | None] = enum_column(Unit, name="clock_unit_alone", nullable=True)
    beyond_ranks: Mapped[list[str]] = mapped_column(ARRAY(Text))
    starts: Mapped[list[str]] = mapped_column(ARRAY(Text))  # event:CLOCK, or decided:CLOCK
    appeal: Mapped[str] = mapped_column(Text)
    appeal_to: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    appeal_stays: Mapped[bool | None]  # by itself; unknown where it is not said
    breach: Mapped[str] = mapped_column(Text)
    notes: Mapped[str] = mapped_column(Text)
    served: Mapped[bool]
    closes: Mapped[bool]
    publishable: Mapped[bool]
    verified: Mapped[bool]
    active_from: Mapped[date]
    active_to: Mapped[date | None]
    review_on: Mapped[date]

    confirmed: Mapped[list["PowerBeginning"]] = relationship(
        primaryjoin="PowerRow.code == foreign(PowerBeginning.power_code)",
        order_by="PowerBeginning.recorded_at.desc(), PowerBeginning.id",
        lazy="selectin",
        viewonly=True,
    )

    @property
    def waits(self) -> bool:
        """Whether the catalogue knows no day on which it begins."""
        return self.active_from == powers.NOT_BEGUN

    @property
    def begins_on(self) -> date:
        """Its first day: of one that waits, as the acting council confirmed it last."""
        return self.confirmed[0].begins_on if self.waits and self.confirmed else self.active_from

    def as_power(self) -> powers.Power:
        """The row as the rules want it."""
        return powers.Power(
            code=self.code,
            name=self.name,
            law=self.law,
            used_by=tuple(map(AgencyKind, self.used_by)),
            ranks=tuple(map(Rank, self.ranks)),
            targets=tuple(map(TargetKind, self.targets)),
            harms=tuple(map(Harm, self.harms)),
            needs=tuple(map(Fact, self.needs)),
            threshold=self.threshold,
            evidence=self.evidence,
            effect=self.effect,
            shortest=_length(self.shortest, self.shortest_unit),
            longest=_length(self.longest, self.longest_unit),
            in_all=_length(self.in_all, self.in_all_unit),
            alone=_length(self.alone, self.alone_unit),
            beyond_ranks=tuple(map(Rank, self.beyond_ranks)),
            starts=tuple(_start(one) for one in self.starts if not one.startswith(_DECIDED)),
            with_decision=tuple(
                ClockCode(one.removeprefix(_DECIDED)) for one in self.starts if one.startswith(_DECIDED)
            ),
            appeal=self.appeal,
            appeal_to=tuple(map(AppealCourt, self.appeal_to)),
            appeal_stays=self.appeal_stays,
            breach=self.breach,
            notes=self.notes,
            served=self.served,
            closes=self.closes,
            publishable=self.publishable,
            verified=self.verified,
            active_from=self.begins_on,
            active_to=self.active_to,
            review_on=self.review_on,
        )


class PowerBeginning(Base):
    """From when a power that waited for its beginning is in force, as a council found it; the newest entry holds."""

    __tablename__ = "power_beginning"
    __table_args__ = (Index("ix_power_beginning_authority_id_power_code", "authority_id", "power_code"),)

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    power_code: Mapped[str] = mapped_column(String(12))
    begins_on: Mapped[date]
    source: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


def _length(number: int | None, unit: Unit | None) -> powers.Length | None:
    return powers.Length(number, unit) if number and unit else None


_DECIDED = "decided:"


def _start(written: str) -> tuple[EventKind, ClockCode]:
    event, code = written.split(":")
    return EventKind(event), ClockCode(code)
