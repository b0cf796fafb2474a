"""The tables of Need to Know. Every text is sealed; what was issued is never changed, which the database holds too."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.accounts.models import Authority
from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.need_to_know.words import SIGNING, About, How, Mark, NoteState, Office, ReportState, StepKind, Trigger
from licensing.permissions import Role
from licensing.register.models._belonging import belongs_to

# The texts of a note, in the order of the page.
TEXTS = (
    "what_sealed",
    "knows_sealed",
    "safety_sealed",
    "status_sealed",
    "risk_sealed",
    "decision_sealed",
    "next_update_sealed",
)


class Note(Base):
    """One version of a note. The one it updates is `supersedes_id`; `object_*` is the record that it is about.

    `authors` are all who wrote or changed it: the database fills them in.
    """

    __tablename__ = "need_to_know"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_need_to_know_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_need_to_know_authority_id_reference"),
        CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name="whole_object"),
        CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved_whole"),
        CheckConstraint("issued_at IS NULL OR approved_at IS NOT NULL", name="approved_first"),
        CheckConstraint("approved_by <> drafted_by", name="approved_by_another"),
        CheckConstraint("(state IN ('issued', 'superseded', 'closed')) = (issued_at IS NOT NULL)", name="issued_whole"),
        Index("ix_need_to_know_authority_id_drafted_at", "authority_id", "drafted_at", "id"),
        Index(
            "uq_need_to_know_supersedes_id", "supersedes_id", unique=True, postgresql_where=text("state <> 'withdrawn'")
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    supersedes_id: Mapped[UUID | None]
    trigger: Mapped[Trigger] = enum_column(Trigger, name="n2k_trigger")
    object_kind: Mapped[About | None] = enum_column(About, name="n2k_about", nullable=True)
    object_id: Mapped[UUID | None]
    state: Mapped[NoteState] = enum_column(NoteState, name="n2k_state")
    mark: Mapped[Mark] = enum_column(Mark, name="n2k_mark")
    handling: Mapped[str] = mapped_column(Text)
    known_on: Mapped[date]
    next_update_on: Mapped[date | None]
    for_county: Mapped[bool]  # the county's monthly report may collect it, and its compiler read it
    lado_asked: Mapped[bool]  # a designated officer may read the draft and write their own part
    what_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    knows_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    safety_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    status_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    risk_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    decision_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    next_update_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)  # at what time, or on what event
    drafted_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    drafted_at: Mapped[RecordedAt]
    authors: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[Moment | None]
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[Moment | None]

    authority: Mapped[Authority] = relationship(viewonly=True)
    readers: Mapped[list["Reader"]] = relationship(
        primaryjoin="and_(Note.id == foreign(Reader.note_id), Reader.removed_at.is_(None))",
        order_by="Reader.added_at, Reader.id",
        viewonly=True,
    )
    steps: Mapped[list["Step"]] = relationship(
        primaryjoin="Note.id == foreign(Step.note_id)", order_by="Step.at, Step.id", viewonly=True
    )
    lado_part: Mapped["LadoPart | None"] = relationship(
        primaryjoin="Note.id == foreign(LadoPart.note_id)", viewonly=True
    )


class Step(Base):
    """What was done with a note, by whom and when, with words where somebody gave a reason."""

    __tablename__ = "need_to_know_step"
    __table_args__ = (belongs_to("need_to_know", "note_id"), Index("ix_need_to_know_step_note_id", "note_id"))

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    note_id: Mapped[UUID]
    kind: Mapped[StepKind] = enum_column(StepKind, name="n2k_step_kind")
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    by_name: Mapped[str] = mapped_column(Text)  # colleagues of another council could not look it up
    at: Mapped[RecordedAt]


class LadoPart(Base):
    """What a designated officer says for a note, in their own words; nobody else writes it."""

    __tablename__ = "need_to_know_lado_part"
    __table_args__ = (
        belongs_to("need_to_know", "note_id"),
        UniqueConstraint("note_id", name="uq_need_to_know_lado_part_note_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    note_id: Mapped[UUID]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]


class Report(Base):
    """The notes of one month, put together for those who sign it. `authors` are all who wrote of it, as of a note."""

    __tablename__ = "need_to_know_report"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_need_to_know_report_id_authority_id"),
        UniqueConstraint("authority_id", "month", name="uq_need_to_know_report_authority_id_month"),
        CheckConstraint("extract(day FROM month) = 1", name="begins_a_month"),
        CheckConstraint("(state = 'issued') = (issued_at IS NOT NULL)", name="issued_whole"),
        CheckConstraint("issued_by <> compiled_by AND issued_by <> changed_by", name="issued_by_another"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    month: Mapped[date]
    state: Mapped[ReportState] = enum_column(ReportState, name="n2k_report_state")
    mark: Mapped[Mark] = enum_column(Mark, name="n2k_mark")
    handling: Mapped[str] = mapped_column(Text)
    overview_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    compiled_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    compiled_at: Mapped[RecordedAt]
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    authors: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    issued_at: Mapped[Moment | None]

    authority: Mapped[Authority] = relationship(viewonly=True)
    readers: Mapped[list["Reader"]] = relationship(
        primaryjoin="and_(Report.id == foreign(Reader.report_id), Reader.removed_at.is_(None))",
        order_by="Reader.added_at, Reader.id",
        viewonly=True,
    )
    collected: Mapped[list["Collected"]] = relationship(
        primaryjoin="Report.id == foreign(Collected.report_id)", viewonly=True
    )
    requests: Mapped[list["Request"]] = relationship(
        primaryjoin="Report.id == foreign(Request.report_id)", order_by="Request.asked_at, Request.id", viewonly=True
    )

    @property
    def signatures(self) -> dict[Office, "Reader"]:
        """Who signs in each office that the report waits for."""
        return {one.office: one for one in self.readers if one.office in SIGNING}


class Collected(Base):
    """A note that a report puts together with others."""

    __tablename__ = "need_to_know_collected"
    __table_args__ = (
        belongs_to("need_to_know_report", "report_id"),
        UniqueConstraint("report_id", "note_id", name="uq_need_to_know_collected_report_id_note_id"),
        Index("ix_need_to_know_collected_note_id", "note_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    report_id: Mapped[UUID]
    note_id: Mapped[UUID] = mapped_column(ForeignKey("need_to_know.id"))
    added_at: Mapped[RecordedAt]

    note: Mapped[Note] = relationship(viewonly=True)


class Reader(Base):
    """Somebody to whom a note or a report is addressed, in which office; when they read and acknowledged it.

    Acknowledging a report is signing it. The name and the council stay as they were: this says who was briefed.
    """

    __tablename__ = "need_to_know_reader"
    __table_args__ = (
        belongs_to("need_to_know", "note_id"),
        belongs_to("need_to_know_report", "report_id"),
        UniqueConstraint("id", "authority_id", name="uq_need_to_know_reader_id_authority_id"),
        CheckConstraint("(note_id IS NULL) <> (report_id IS NULL)", name="of_one"),
        CheckConstraint("(acknowledged_on IS NULL) = (acknowledged_how IS NULL)", name="acknowledged_whole"),
        Index(
            "uq_need_to_know_reader_note",
            "note_id",
            "user_id",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index(
            "uq_need_to_know_reader_report",
            "report_id",
            "user_id",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_need_to_know_reader_user_id", "user_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    note_id: Mapped[UUID | None]
    report_id: Mapped[UUID | None]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str] = mapped_column(Text)
    council: Mapped[str] = mapped_column(Text)
    office: Mapped[Office] = enum_column(Office, name="n2k_office")
    added_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[RecordedAt]
    removed_at: Mapped[Moment | None]
    read_at: Mapped[Moment | None]
    acknowledged_on: Mapped[date | None]
    acknowledged_at: Mapped[str | None] = mapped_column(Text)  # the time of a call, as it was said
    acknowledged_how: Mapped[How | None] = enum_column(How, name="n2k_how", nullable=True)
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))

    note: Mapped[Note | None] = relationship(
        primaryjoin="foreign(Reader.note_id) == Note.id", viewonly=True, overlaps="readers"
    )
    report: Mapped[Report | None] = relationship(
        primaryjoin="foreign(Reader.report_id) == Report.id", viewonly=True, overlaps="readers"
    )

    @property
    def is_issued(self) -> bool:
        """Whether what is addressed to them was issued; they may work on it before."""
        of = self.note or self.report
        return of is not None and of.issued_at is not None


class Request(Base):
    """What a reader of a report asked for, who does it by when, and what they said when it was done."""

    __tablename__ = "need_to_know_request"
    __table_args__ = (
        belongs_to("need_to_know_report", "report_id"),
        belongs_to("need_to_know_reader", "reader_id"),
        CheckConstraint("(for_user_id IS NULL) <> (for_team IS NULL)", name="for_one"),
        CheckConstraint("(done_on IS NULL) = (done_by IS NULL)", name="done_whole"),
        Index("ix_need_to_know_request_report_id", "report_id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    report_id: Mapped[UUID]
    reader_id: Mapped[UUID]
    doer_authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    for_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    for_team: Mapped[Role | None] = enum_column(Role, name="role", nullable=True)
    doer: Mapped[str] = mapped_column(Text)  # as the page calls them
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    due_on: Mapped[date]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[RecordedAt]
    done_on: Mapped[date | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    done_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    reader: Mapped[Reader] = relationship(primaryjoin="foreign(Request.reader_id) == Reader.id", viewonly=True)


class Fact(Base):
    """Something that happened and may need a note: found by a job, settled by a note or by saying why not."""

    __tablename__ = "need_to_know_fact"
    __table_args__ = (
        UniqueConstraint("id", "authority_id", name="uq_need_to_know_fact_id_authority_id"),
        UniqueConstraint(
            "authority_id", "trigger", "object_id", name="uq_need_to_know_fact_authority_id_trigger_object_id"
        ),
        CheckConstraint("(settled_on IS NULL) = (note_id IS NULL AND reason_sealed IS NULL)", name="settled_by_one"),
        Index("ix_need_to_know_fact_authority_id_on_day", "authority_id", "on_day", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    trigger: Mapped[Trigger] = enum_column(Trigger, name="n2k_trigger")
    object_kind: Mapped[About] = enum_column(About, name="n2k_about")
    object_id: Mapped[UUID]
    on_day: Mapped[date]
    found_at: Mapped[RecordedAt]
    settled_on: Mapped[date | None]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id"))
    note_id: Mapped[UUID | None] = mapped_column(ForeignKey("need_to_know.id"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
