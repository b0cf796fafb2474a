"""What each authority has chosen to publish, and how much each address has asked for lately."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt
from licensing.public_register.rules import Choices, PublicRegister


class PublicRegisterSettings(Base):
    """One row for an authority that has chosen; without one, nothing of it is published."""

    __tablename__ = "public_register_settings"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"), primary_key=True)
    published: Mapped[list[str]] = mapped_column(ARRAY(Text))
    individuals_marks: Mapped[bool]
    individuals_addresses: Mapped[bool]
    changed_at: Mapped[RecordedAt]

    @property
    def choices(self) -> Choices:
        registers = frozenset(PublicRegister(one) for one in self.published)
        return Choices(registers, self.individuals_marks, self.individuals_addresses)


class PublicRequest(Base):
    """What one address has asked for since a moment, in units; the address as a keyed hash."""

    __tablename__ = "public_request"

    address: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    units: Mapped[int] = mapped_column(Integer)
