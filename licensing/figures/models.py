"""What figures keep: what a licence's status was believed to be before it was derived anew."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment


class LicencePeriodKept(Base):
    """A period of a licence as it stood until `replaced_at`. The database writes it, and only it reads it."""

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
