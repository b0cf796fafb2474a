"""The tables of applications: what is applied for, and what an officer has seen of it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.models import Licence
from licensing.register.models._belonging import belongs_to
from licensing.suitability.applying import ApplicationKind, ApplicationState, ItemKind, ItemState
from licensing.suitability.models._rows import HoldsWords, SealedOrNot, sealed_column

_IS_OPEN = "decided_on IS NULL AND withdrawn_on IS NULL"


class Application(HoldsWords, Base):
    """An application for a licence, or to renew or vary one. Whose it is, the licence says."""

    __tablename__ = "application"
    __table_args__ = (
        belongs_to("licence", "licence_id"),
        CheckConstraint("num_nonnulls(decided_on, withdrawn_on) <= 1", name="one_end"),
        UniqueConstraint("id", "authority_id", name="uq_application_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_application_authority_id_reference"),
        Index("ix_application_authority_id_received_on", "authority_id", "received_on", "id"),
        Index("uq_application_open", "licence_id", unique=True, postgresql_where=text(_IS_OPEN)),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    licence_id: Mapped[UUID]
    kind: Mapped[ApplicationKind] = enum_column(ApplicationKind, name="application_kind")
    received_on: Mapped[date]
    complete_on: Mapped[date | None]
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    decided_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_sealed: SealedOrNot = sealed_column(nullable=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    licence: Mapped[Licence] = relationship(primaryjoin="foreign(Application.licence_id) == Licence.id", viewonly=True)

    @property
    def state(self) -> ApplicationState:
        if self.withdrawn_on:
            return ApplicationState.WITHDRAWN
        return ApplicationState.DECIDED if self.decided_on else ApplicationState.OPEN


class ApplicationItem(HoldsWords, Base):
    """How far an officer said that something on the list had come; the last said stands."""

    __tablename__ = "application_item"
    __table_args__ = (
        belongs_to("application", "application_id"),
        Index(
            "uq_application_item_standing",
            "application_id",
            "kind",
            unique=True,
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    application_id: Mapped[UUID]
    kind: Mapped[ItemKind] = enum_column(ItemKind, name="item_kind")
    state: Mapped[ItemState] = enum_column(ItemState, name="item_state")
    on_day: Mapped[date]
    words_sealed: SealedOrNot = sealed_column(nullable=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]
    superseded_at: Mapped[Moment | None]
