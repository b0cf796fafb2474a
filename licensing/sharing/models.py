"""The tables of sharing. A row once recorded is not overwritten: what settles it is written once."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.models import Licence, LicenceEvent, Person
from licensing.register.models._belonging import belongs_to
from licensing.sharing.rules import (
    Basis,
    EntryState,
    ExchangeKind,
    ExchangeState,
    Method,
    Outcome,
    SearchPurpose,
    SearchResult,
    UpdateAction,
    UpdateReason,
    exchange_state,
)


def _referenced(table: str) -> tuple[Any, Any]:
    """Every record of the room: its reference is the authority's own, and its children name the authority too."""
    return (
        UniqueConstraint("id", "authority_id", name=f"uq_{table}_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name=f"uq_{table}_authority_id_reference"),
    )


class Nr3sUser(Base):
    """Who was trained to search NR3S, from a day until another."""

    __tablename__ = "nr3s_user"
    __table_args__ = (
        Index(
            "uq_nr3s_user_standing", "authority_id", "user_id", unique=True, postgresql_where=text("until_on IS NULL")
        ),
        CheckConstraint("until_on >= from_on", name="in_order"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    trained_on: Mapped[date]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class Nr3sSearch(Base):
    """That NR3S was searched for somebody, by what, and what came of it: not what was typed there."""

    __tablename__ = "nr3s_search"
    __table_args__ = (
        *_referenced("nr3s_search"),
        belongs_to("person", "person_id"),
        belongs_to("licence", "licence_id"),
        belongs_to("nr3s_search", "supersedes_id"),
        Index("ix_nr3s_search_authority_id_searched_on", "authority_id", "searched_on", "id"),
        Index("ix_nr3s_search_licence_id", "licence_id"),
        Index("ix_nr3s_search_person_id", "person_id"),
        Index("uq_nr3s_search_supersedes_id", "supersedes_id", unique=True),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID]
    licence_id: Mapped[UUID | None]
    purpose: Mapped[SearchPurpose] = enum_column(SearchPurpose, name="search_purpose")
    searched_on: Mapped[date]
    searched_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    terms: Mapped[list[str]] = mapped_column(ARRAY(Text))  # rules.SearchTerm
    result: Mapped[SearchResult] = enum_column(SearchResult, name="search_result")
    authorities: Mapped[list[str]] = mapped_column(ARRAY(Text))  # whose entries were found, as typed
    own_entries: Mapped[bool]
    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    person: Mapped[Person] = relationship(viewonly=True)
    licence: Mapped[Licence | None] = relationship(viewonly=True)


class Nr3sEntry(Base):
    """The entry that an adverse decision needs on NR3S; confirmed once it is there, or found not to be needed.

    `event_id` is the decision as it was first recorded; what corrected it is found along its `supersedes_id`.
    """

    __tablename__ = "nr3s_entry"
    __table_args__ = (
        *_referenced("nr3s_entry"),
        belongs_to("person", "person_id"),
        belongs_to("licence", "licence_id"),
        belongs_to("licence_event", "event_id"),
        UniqueConstraint("event_id", name="uq_nr3s_entry_event_id"),
        CheckConstraint("(state = 'due') = (settled_on IS NULL)", name="settled_or_due"),
        Index("ix_nr3s_entry_authority_id_notified_on", "authority_id", "notified_on", "id"),
        Index("ix_nr3s_entry_person_id", "person_id"),
        Index("ix_nr3s_entry_licence_id", "licence_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID]
    licence_id: Mapped[UUID]
    event_id: Mapped[UUID]
    notified_on: Mapped[date]  # the period runs from it
    notice_given_on: Mapped[date | None]  # of an upload by choice: when the person was written to
    state: Mapped[EntryState] = enum_column(EntryState, name="entry_state")
    nr3s_reference: Mapped[str | None] = mapped_column(Text)
    settled_on: Mapped[date | None]  # keyed into NR3S, or found not to be needed
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # why none is needed
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))  # none: the service itself
    recorded_at: Mapped[RecordedAt]

    person: Mapped[Person] = relationship(viewonly=True)
    licence: Mapped[Licence] = relationship(viewonly=True)
    event: Mapped[LicenceEvent] = relationship(viewonly=True)
    updates: Mapped[list["Nr3sUpdate"]] = relationship(order_by="Nr3sUpdate.from_on, Nr3sUpdate.id", viewonly=True)


class Nr3sUpdate(Base):
    """Something that changed after the entry, for which NR3S must be put right; confirmed once it is."""

    __tablename__ = "nr3s_update"
    __table_args__ = (
        belongs_to("nr3s_entry", "entry_id"),
        belongs_to("licence_event", "event_id"),
        UniqueConstraint("id", "authority_id", name="uq_nr3s_update_id_authority_id"),
        CheckConstraint("(action IS NULL) = (settled_on IS NULL)", name="settled_whole"),
        Index("ix_nr3s_update_entry_id", "entry_id"),
        Index("ix_nr3s_update_authority_id_from_on", "authority_id", "from_on", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    entry_id: Mapped[UUID]
    reason: Mapped[UpdateReason] = enum_column(UpdateReason, name="update_reason")
    event_id: Mapped[UUID | None]  # what the register shows of it
    from_on: Mapped[date]  # the period runs from it
    action: Mapped[UpdateAction | None] = enum_column(UpdateAction, name="update_action", nullable=True)
    settled_on: Mapped[date | None]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    entry: Mapped[Nr3sEntry] = relationship(viewonly=True)


class RequestOut(Base):
    """What was asked of, or reported to, another authority, and what it answered."""

    __tablename__ = "request_out"
    __table_args__ = (
        *_referenced("request_out"),
        belongs_to("person", "person_id"),
        belongs_to("licence", "licence_id"),
        CheckConstraint("(kind = 'concern') = (aware_on IS NOT NULL)", name="aware_of_concern"),
        CheckConstraint("kind = 'concern' OR person_id IS NOT NULL", name="about_somebody"),
        CheckConstraint("suspended_on IS NULL OR kind = 'concern'", name="with_a_concern"),
        Index("ix_request_out_authority_id_recorded_at", "authority_id", "recorded_at", "id"),
        Index("ix_request_out_licence_id", "licence_id"),
        Index("ix_request_out_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    kind: Mapped[ExchangeKind] = enum_column(ExchangeKind, name="exchange_kind")
    person_id: Mapped[UUID | None]
    licence_id: Mapped[UUID | None]
    to_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    to_body: Mapped[str] = mapped_column(Text)
    to_contact: Mapped[str] = mapped_column(Text)
    method: Mapped[Method] = enum_column(Method, name="method")
    particulars_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)  # what is asked, or the conduct that is reported
    aware_on: Mapped[date | None]  # of a concern: the period of section 5 runs from it
    suspended_on: Mapped[date | None]  # one's own officer suspended the licence on the spot
    belief_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # why one would have considered acting
    believed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    sent_on: Mapped[date | None]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    answered_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = enum_column(Outcome, name="outcome", nullable=True)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    regard_on: Mapped[date | None]
    regard_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    regard_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    determined_on: Mapped[date | None]  # the application; what was told is kept until the time for an appeal is over
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    person: Mapped[Person | None] = relationship(viewonly=True)
    licence: Mapped[Licence | None] = relationship(viewonly=True)
    chases: Mapped[list["Chase"]] = relationship(order_by="Chase.chased_on, Chase.id", viewonly=True)

    @property
    def state(self) -> ExchangeState:
        return exchange_state(self.sent_on, self.answered_on)


class Chase(Base):
    """That another authority was reminded."""

    __tablename__ = "request_chase"
    __table_args__ = (belongs_to("request_out", "request_id"), Index("ix_request_chase_request_id", "request_id"))

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    request_id: Mapped[UUID]
    chased_on: Mapped[date]
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]


class RequestIn(Base):
    """What another authority asked or reported, and what it was answered, by what law and on whose authority."""

    __tablename__ = "request_in"
    __table_args__ = (
        *_referenced("request_in"),
        belongs_to("person", "person_id"),
        UniqueConstraint("from_request_id", name="uq_request_in_from_request_id"),
        CheckConstraint("suspended_on IS NULL OR kind = 'concern'", name="with_a_concern"),
        Index("ix_request_in_authority_id_received_on", "authority_id", "received_on", "id"),
        Index("ix_request_in_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    kind: Mapped[ExchangeKind] = enum_column(ExchangeKind, name="exchange_kind")
    from_authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"))
    from_request_id: Mapped[UUID | None]  # the asker's own row, where it came in this service
    from_body: Mapped[str] = mapped_column(Text)
    from_contact: Mapped[str] = mapped_column(Text)
    method: Mapped[Method] = enum_column(Method, name="method")
    particulars_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    received_on: Mapped[date]  # the period runs from it
    suspended_on: Mapped[date | None]  # their officer suspended one's own licence on the spot
    person_id: Mapped[UUID | None]  # who it is on one's own register, once somebody has found out
    answered_on: Mapped[date | None]
    outcome: Mapped[Outcome | None] = enum_column(Outcome, name="outcome", nullable=True)
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))  # none: delivered by this service
    recorded_at: Mapped[RecordedAt]

    person: Mapped[Person | None] = relationship(viewonly=True)

    @property
    def state(self) -> ExchangeState:
        return exchange_state(self.received_on, self.answered_on)


class Disclosure(Base):
    """One time something was told to somebody outside: what, to whom, why, by what law, and on whose word."""

    __tablename__ = "disclosure"
    __table_args__ = (
        *_referenced("disclosure"),
        belongs_to("person", "person_id"),
        belongs_to("request_in", "request_in_id"),
        belongs_to("request_out", "request_out_id"),
        Index("ix_disclosure_authority_id_disclosed_on", "authority_id", "disclosed_on", "id"),
        Index("ix_disclosure_person_id", "person_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None]
    request_in_id: Mapped[UUID | None]
    request_out_id: Mapped[UUID | None]
    fields: Mapped[str] = mapped_column(Text)  # which, never their values
    to_body: Mapped[str] = mapped_column(Text)
    to_name: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str] = mapped_column(Text)
    basis: Mapped[Basis] = enum_column(Basis, name="basis")
    authorised_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    method: Mapped[Method] = enum_column(Method, name="method")
    disclosed_on: Mapped[date]
    conditions: Mapped[str | None] = mapped_column(Text)
    review_on: Mapped[date | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    person: Mapped[Person | None] = relationship(viewonly=True)
