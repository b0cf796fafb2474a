"""What figures keep: what was believed of a licence, a case, an outcome and a day of birth before it was put right.

The database writes these and only it reads them.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt


class LicencePeriodKept(Base):
    """A period of a licence as it stood until `replaced_at`."""

    __tablename__ = "licence_period_kept"
    __table_args__ = (Index("ix_licence_period_kept_replaced_at", "replaced_at", "licence_id"),)

    licence_id: Mapped[UUID] = mapped_column(primary_key=True)
    replaced_at: Mapped[Moment] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    until_on: Mapped[date]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40))


class CaseKept(Base):
    """What figures count of a designated officer's case, as it stood until `replaced_at`."""

    __tablename__ = "lado_case_kept"

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    replaced_at: Mapped[Moment] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    sector: Mapped[str | None] = mapped_column(String(40))
    referred_on: Mapped[date | None]
    threshold_met: Mapped[bool | None]
    threshold_on: Mapped[date | None]
    closed_on: Mapped[date | None]


class OutcomeKept(Base):
    """The outcome of an allegation until `replaced_at`."""

    __tablename__ = "allegation_kept"

    allegation_id: Mapped[UUID] = mapped_column(primary_key=True)
    replaced_at: Mapped[Moment] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    outcome: Mapped[str] = mapped_column(String(40))


class BirthKept(Base):
    """Whether somebody's date of birth was recorded until `replaced_at`; not which it was."""

    __tablename__ = "person_birth_kept"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    replaced_at: Mapped[Moment] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    was_known: Mapped[bool]


class Exact(Base):
    """Since when all of this is kept: of a moment before, figures are as they were put right since."""

    __tablename__ = "figures_exact"

    since: Mapped[RecordedAt] = mapped_column(primary_key=True)
