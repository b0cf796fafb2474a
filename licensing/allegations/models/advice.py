"""Advice below the threshold, and the settings that a designated officer assures."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.allegations.words import Category, ReferrerKind, Sector
from licensing.allegations.words_of_advice import Assurance, SettingKind
from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to


def _of_authority(table: str) -> UniqueConstraint:
    return UniqueConstraint("id", "authority_id", name=f"uq_{table}_id_authority_id")


class Consultation(Base):
    """Advice given below the threshold: who asked, about what work, and what was advised; never about whom.

    Put right by another that names the one before, and keeps its reference.
    """

    __tablename__ = "lado_consultation"
    __table_args__ = (
        _of_authority("lado_consultation"),
        belongs_to("lado_consultation", "supersedes_id"),
        Index("uq_lado_consultation_supersedes_id", "supersedes_id", unique=True),
        Index(
            "uq_lado_consultation_authority_id_reference",
            "authority_id",
            "reference",
            unique=True,
            postgresql_where=text("supersedes_id IS NULL"),
        ),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="some_minutes"),
        Index("ix_lado_consultation_authority_id_asked_on", "authority_id", "asked_on", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    referrer_kind: Mapped[ReferrerKind] = enum_column(ReferrerKind, name="referrer_kind")
    sector: Mapped[Sector] = enum_column(Sector, name="sector")
    category: Mapped[Category | None] = enum_column(Category, name="category", nullable=True)
    employer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    question_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    advice_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    minutes: Mapped[int]
    keep_until: Mapped[date]
    supersedes_id: Mapped[UUID | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class AssuredSetting(Base):
    """A place of worship, a madrassa, a club: where adults are alone with children and nobody licenses it."""

    __tablename__ = "assured_setting"
    __table_args__ = (
        _of_authority("assured_setting"),
        UniqueConstraint("authority_id", "reference", name="uq_assured_setting_authority_id_reference"),
        CheckConstraint("(ended_on IS NULL) = (keep_until IS NULL)", name="kept_from_its_end"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    kind: Mapped[SettingKind] = enum_column(SettingKind, name="setting_kind")
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    place_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ended_on: Mapped[date | None]
    keep_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class SettingVisit(Base):
    """What was found of the three things that are asked of every setting; the last visit is how it stands."""

    __tablename__ = "setting_visit"
    __table_args__ = (
        belongs_to("assured_setting", "setting_id"),
        Index("ix_setting_visit_setting_id", "setting_id", "visited_on"),
        CheckConstraint("next_on > visited_on", name="next_is_later"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    setting_id: Mapped[UUID]
    visited_on: Mapped[date]
    dbs: Mapped[Assurance] = enum_column(Assurance, name="dbs")
    training: Mapped[Assurance] = enum_column(Assurance, name="training")
    policy: Mapped[Assurance] = enum_column(Assurance, name="policy")
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_on: Mapped[date]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class ReportWords(Base):
    """What is written of a reporting year beside its figures; the last version stands."""

    __tablename__ = "lado_report_words"
    __table_args__ = (
        UniqueConstraint("authority_id", "year", "version", name="uq_lado_report_words_authority_id_year_version"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    year: Mapped[int]  # in which the reporting year began
    version: Mapped[int]
    themes_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    training_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    planned_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[RecordedAt]
