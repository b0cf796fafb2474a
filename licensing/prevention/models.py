"""The tables of prevention: plain counts, in which nobody is. A correction supersedes the row."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import Authority
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.disruption.models import Agency
from licensing.prevention.words import Audience, AwarenessKind
from licensing.register.models._belonging import belongs_to

_STANDING = text("superseded_at IS NULL")


class IndicatorCount(Base):
    """What an agency counted in a period, as a council records it; `code` is one of indicators.csv."""

    __tablename__ = "indicator_count"
    __table_args__ = (
        belongs_to("indicator_count", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_indicator_count_id_authority_id"),
        CheckConstraint("value >= 0", name="counted"),
        CheckConstraint("period_end >= period_start", name="begins_first"),
        Index(
            "uq_indicator_count_standing",
            "authority_id",
            "code",
            "agency_id",
            "period_start",
            "period_end",
            unique=True,
            postgresql_where=_STANDING,
        ),
        Index("ix_indicator_count_period_end", "period_end", "id"),
        Index("ix_indicator_count_agency_id", "agency_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    code: Mapped[str] = mapped_column(String(40))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    period_start: Mapped[date]
    period_end: Mapped[date]
    value: Mapped[int]
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)
    authority: Mapped[Authority] = relationship(viewonly=True)


class AwarenessActivity(Base):
    """What was done on a day so that an audience knows what to look for, and how many people or places it reached."""

    __tablename__ = "awareness_activity"
    __table_args__ = (
        belongs_to("awareness_activity", "supersedes_id"),
        UniqueConstraint("id", "authority_id", name="uq_awareness_activity_id_authority_id"),
        CheckConstraint("reach >= 0", name="counted"),
        CheckConstraint("drivers >= 0", name="drivers_counted"),
        Index(
            "uq_awareness_activity_source_id",
            "authority_id",
            "source_id",
            unique=True,
            postgresql_where=text("source_id IS NOT NULL AND superseded_at IS NULL"),
        ),
        Index("ix_awareness_activity_held_on", "held_on", "id"),
        Index("ix_awareness_activity_agency_id", "agency_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    source_id: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[AwarenessKind] = enum_column(AwarenessKind, name="awareness_kind")
    audience: Mapped[Audience] = enum_column(Audience, name="awareness_audience")
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(Text)
    reach: Mapped[int]
    drivers: Mapped[int | None]  # how many drivers it reached, where somebody counted
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)
    authority: Mapped[Authority] = relationship(viewonly=True)
    places: Mapped[list["AwarenessPlace"]] = relationship(
        primaryjoin="foreign(AwarenessPlace.activity_id) == AwarenessActivity.id",
        order_by="AwarenessPlace.premises_id",
        viewonly=True,
    )


class AwarenessPlace(Base):
    """A place of a register that an activity reached, for those who know the place."""

    __tablename__ = "awareness_place"
    __table_args__ = (
        belongs_to("awareness_activity", "activity_id"),
        UniqueConstraint("activity_id", "premises_id", name="uq_awareness_place_activity_id_premises_id"),
        Index("ix_awareness_place_premises_id", "premises_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    activity_id: Mapped[UUID]
    premises_id: Mapped[UUID] = mapped_column(ForeignKey("premises.id"))
