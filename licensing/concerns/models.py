"""The tables of concerns. Everything that is typed is sealed; a step, once taken, is never changed.

Concern holds what whoever raised it may read again; what was done about it by others is in its steps.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import Authority
from licensing.concerns.rules import About, ConcernState, LedTo, StaffStepKind, StepKind, state_of
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to


class Concern(Base):
    """What somebody saw or heard, where it was delivered: `from_authority_id` is the council of whoever raised it."""

    __tablename__ = "concern"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_concern_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_concern_authority_id_reference"),
        CheckConstraint("about <> 'staff'", name="not_about_staff"),
        CheckConstraint("(lado_authority_id IS NULL) = (lado_referred_on IS NULL)", name="referred_whole"),
        Index("ix_concern_authority_id_raised_on", "authority_id", "raised_on", "id"),
        Index("ix_concern_raised_by", "raised_by"),
        Index("ix_concern_lado_authority_id", "lado_authority_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    about: Mapped[About] = enum_column(About, name="concern_about")
    in_danger: Mapped[bool]  # a child, now: the page said to ring 999
    council_known: Mapped[bool]  # whoever raised it knew whose it is
    what_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # the name, plate or place, as it was said
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    when_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    case_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the reference of a child's case
    raised_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    raised_by_name: Mapped[str] = mapped_column(Text)
    from_authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    passed_from_id: Mapped[UUID | None]  # the concern of another council that this one was
    passed_by_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    passed_on_day: Mapped[date | None]
    raised_on: Mapped[date]  # at first: the periods run from then, also where it was passed on
    raised_at: Mapped[RecordedAt]
    acknowledged_on: Mapped[date | None]
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    acknowledgement_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # words to whoever raised it
    lado_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    lado_referred_on: Mapped[date | None]
    lado_receipt: Mapped[str | None] = mapped_column(Text)  # no reference of a case: there may be none
    lado_acknowledged_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))

    authority: Mapped[Authority] = relationship(foreign_keys=authority_id, viewonly=True)
    from_authority: Mapped[Authority] = relationship(foreign_keys=from_authority_id, viewonly=True)
    passed_by: Mapped[Authority | None] = relationship(foreign_keys=passed_by_authority_id, viewonly=True)

    @property
    def state(self) -> ConcernState:
        return state_of(self.acknowledged_on, self.closed_on)


class ConcernStep(Base):
    """One thing that was done about a concern; `object_id` is the record that it led to or is linked with."""

    __tablename__ = "concern_step"
    __table_args__ = (
        belongs_to("concern", "concern_id"),
        CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name="whole_object"),
        Index("ix_concern_step_concern_id", "concern_id"),
        Index("ix_concern_step_object_id", "object_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    concern_id: Mapped[UUID]
    kind: Mapped[StepKind] = enum_column(StepKind, name="concern_step_kind")
    on_day: Mapped[date]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reference_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # another service's, as the MASH's
    to_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    object_kind: Mapped[LedTo | None] = enum_column(LedTo, name="led_to", nullable=True)
    object_id: Mapped[UUID | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    to_authority: Mapped[Authority | None] = relationship(foreign_keys=to_authority_id, viewonly=True)


class StaffConcern(Base):
    """A concern about how licensing staff or councillors do their work, for the council's one contact alone.

    `raised_by` is empty where whoever raised it stays unnamed: then only the reference leads back to it. It keeps the
    day and no moment, which could be laid beside other records.
    """

    __tablename__ = "staff_concern"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_staff_concern_id_authority_id"),
        UniqueConstraint("reference", name="uq_staff_concern_reference"),
        Index("ix_staff_concern_authority_id_raised_on", "authority_id", "raised_on", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    when_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    raised_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    raised_by_name: Mapped[str | None] = mapped_column(Text)
    raised_on: Mapped[date]
    acknowledged_on: Mapped[date | None]
    acknowledgement_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    closed_on: Mapped[date | None]
    closing_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # what whoever raised it is told at the end


class StaffConcernStep(Base):
    """What the contact did with a concern about staff. It stands in for the trail, which others read."""

    __tablename__ = "staff_concern_step"
    __table_args__ = (
        belongs_to("staff_concern", "staff_concern_id"),
        Index("ix_staff_concern_step_staff_concern_id", "staff_concern_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    staff_concern_id: Mapped[UUID]
    kind: Mapped[StaffStepKind] = enum_column(StaffStepKind, name="staff_step_kind")
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]
    # In which it was kept: a look opens the concern in the session's later transactions.
    session_id: Mapped[UUID | None]
    transaction_id: Mapped[int] = mapped_column(BigInteger, server_default=text("pg_current_xact_id()::text::bigint"))


class StaffConcernContact(Base):
    """Who receives a council's concerns about staff: one at a time, from a moment until another."""

    __tablename__ = "staff_concern_contact"
    __table_args__ = (
        Index(
            "uq_staff_concern_contact_standing",
            "authority_id",
            unique=True,
            postgresql_where=text("until_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    named_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    from_at: Mapped[RecordedAt]
    until_at: Mapped[Moment | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
