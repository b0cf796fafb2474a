"""Meetings, the agencies invited, what they talk about and what they decide. All words are sealed."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.disruption.models import Agency
from licensing.register.models._belonging import belongs_to
from licensing.subject_meetings import rules
from licensing.subject_meetings.words import MeetingState, SubjectKind


class SubjectMeeting(Base):
    """Agencies that meet on a day. The database invites the agency that records it."""

    __tablename__ = "subject_meeting"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_subject_meeting_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_subject_meeting_authority_id_reference"),
        CheckConstraint("(held_at IS NULL) = (minute_sealed IS NULL)", name="held_with_a_minute"),
        CheckConstraint("held_at IS NULL OR called_off_at IS NULL", name="held_or_called_off"),
        Index("ix_subject_meeting_on_day", "on_day", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))  # whose officer planned it
    reference: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date]
    starts_at: Mapped[time]
    venue: Mapped[str] = mapped_column(Text)
    recording_agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    purpose_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    minute_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    held_at: Mapped[Moment | None]
    called_off_at: Mapped[Moment | None]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[RecordedAt]

    invites: Mapped[Agency] = relationship(viewonly=True)
    agencies: Mapped[list["SubjectMeetingAgency"]] = relationship(
        primaryjoin="SubjectMeeting.id == foreign(SubjectMeetingAgency.meeting_id)",
        order_by="SubjectMeetingAgency.added_at, SubjectMeetingAgency.id",
        viewonly=True,
    )
    subjects: Mapped[list["AgendaItem"]] = relationship(
        primaryjoin="SubjectMeeting.id == foreign(AgendaItem.meeting_id)", order_by="AgendaItem.number", viewonly=True
    )
    decisions: Mapped[list["MeetingDecision"]] = relationship(
        primaryjoin="SubjectMeeting.id == foreign(MeetingDecision.meeting_id)",
        order_by="MeetingDecision.number",
        viewonly=True,
    )

    @property
    def state(self) -> MeetingState:
        return rules.state_of(self.held_at, self.called_off_at)


class SubjectMeetingAgency(Base):
    """An agency that is invited, and so may know of the meeting."""

    __tablename__ = "subject_meeting_agency"
    __table_args__ = (
        belongs_to("subject_meeting", "meeting_id"),
        UniqueConstraint("meeting_id", "agency_id", name="uq_subject_meeting_agency_meeting_id_agency_id"),
        Index("ix_subject_meeting_agency_agency_id", "agency_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    added_at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)


class AgendaItem(Base):
    """What the meeting talks about: a name, why, and the record or the signal behind it where there is one.

    `record_id` of a person is the record that stands today, and `given_record_id` the one that was chosen before a
    merge: the database sees to it.
    """

    __tablename__ = "meeting_subject"
    __table_args__ = (
        belongs_to("subject_meeting", "meeting_id"),
        UniqueConstraint("id", "meeting_id", name="uq_meeting_subject_id_meeting_id"),
        UniqueConstraint("meeting_id", "number", name="uq_meeting_subject_meeting_id_number"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[SubjectKind] = enum_column(SubjectKind, name="meeting_subject_kind")
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    why_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    record_id: Mapped[UUID | None]  # of a register, or the action
    given_record_id: Mapped[UUID | None]
    signal_id: Mapped[UUID | None]
    added_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[RecordedAt]


class MeetingDecision(Base):
    """What was decided, who does it and by when: a task of one's own agency, or one that a partner is asked for."""

    __tablename__ = "meeting_decision"
    __table_args__ = (
        belongs_to("subject_meeting", "meeting_id"),
        ForeignKeyConstraint(
            ["subject_id", "meeting_id"],
            ["meeting_subject.id", "meeting_subject.meeting_id"],
            name="fk_meeting_decision_subject_id_meeting_id",
        ),
        UniqueConstraint("meeting_id", "number", name="uq_meeting_decision_meeting_id_number"),
        CheckConstraint("(task_id IS NULL) <> (partner_task_id IS NULL)", name="one_of_the_two"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    subject_id: Mapped[UUID | None]  # none: about the meeting as a whole
    number: Mapped[int]
    what_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    due_on: Mapped[date]
    task_id: Mapped[UUID | None]
    partner_task_id: Mapped[UUID | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    agency: Mapped[Agency] = relationship(viewonly=True)
