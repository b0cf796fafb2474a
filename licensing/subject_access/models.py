"""Requests for everything that a council holds on a person, and what was decided about each record."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, RecordedAt, RowId, enum_column
from licensing.register.models._belonging import belongs_to
from licensing.subject_access import rules
from licensing.subject_access.words import HeldKind, PoliceAnswer, Proof, RequestState, Ruling


class SubjectRequest(Base):
    """A person asks for what is held on them.

    `person_id` is of the council's own register, also once merged; none where nobody there is meant.
    """

    __tablename__ = "subject_access_request"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_subject_access_request_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_subject_access_request_authority_id_reference"),
        CheckConstraint("proven_on IS NULL OR (proof_asked AND proven_on >= received_on)", name="proven"),
        CheckConstraint("(person_id IS NULL) = (person_reference IS NULL)", name="whole_person"),
        CheckConstraint("(proof IS NULL) = (proven_on IS NULL)", name="whole_proof"),
        CheckConstraint("(begins_on IS NULL) = (due_on IS NULL)", name="begun"),
        CheckConstraint("extended_on BETWEEN begins_on AND first_due_on", name="extended_in_time"),
        CheckConstraint("answered_on IS NULL OR answered_on >= begins_on", name="answered_after"),
        CheckConstraint("answered_on IS NULL OR withdrawn_on IS NULL", name="ended_once"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID | None]
    person_reference: Mapped[str | None] = mapped_column(Text)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    received_on: Mapped[date]
    proof_asked: Mapped[bool] = mapped_column(Boolean)
    proof: Mapped[Proof | None] = enum_column(Proof, name="proof", nullable=True)
    proven_on: Mapped[date | None]
    begins_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    due_on: Mapped[date | None]
    extended_on: Mapped[date | None]
    extension_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_on: Mapped[date | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # the schedule as the letter has it
    withdrawn_on: Mapped[date | None]
    withdrawn_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    rulings: Mapped[list["SubjectRuling"]] = relationship(
        primaryjoin="SubjectRequest.id == foreign(SubjectRuling.request_id)",
        order_by="SubjectRuling.number",
        viewonly=True,
    )

    @property
    def is_over(self) -> bool:
        return self.answered_on is not None or self.withdrawn_on is not None

    def state_on(self, today: date) -> RequestState:
        return rules.state_of(today, self.due_on, self.answered_on, self.withdrawn_on)


class SubjectRuling(Base):
    """What was decided about one record; a later one about the same record takes its place, and both are kept."""

    __tablename__ = "subject_access_ruling"
    __table_args__ = (
        belongs_to("subject_access_request", "request_id"),
        UniqueConstraint("request_id", "number", name="uq_subject_access_ruling_request_id_number"),
        CheckConstraint(
            "(ruling = 'give') = (exemption IS NULL) AND (ruling = 'give' OR (harm_test_by IS NOT NULL"
            " AND reason_sealed IS NOT NULL)) AND NOT (ruling = 'give' AND source_confidential)",
            name="whole",
        ),
        CheckConstraint(
            "(police_asked_on IS NULL) = (police_answer IS NULL) AND (police_asked_on IS NULL) ="
            " (police_reference IS NULL)",
            name="whole_police",
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    request_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[HeldKind] = enum_column(HeldKind, name="held_kind")
    record_id: Mapped[UUID]
    ruling: Mapped[Ruling] = enum_column(Ruling, name="ruling")
    exemption: Mapped[str | None] = mapped_column(Text)
    source_confidential: Mapped[bool] = mapped_column(Boolean)
    harm_test_by: Mapped[str | None] = mapped_column(Text)
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    police_asked_on: Mapped[date | None]
    police_answer: Mapped[PoliceAnswer | None] = enum_column(PoliceAnswer, name="police_answer", nullable=True)
    police_reference: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]
