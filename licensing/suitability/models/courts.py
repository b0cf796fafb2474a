"""The tables of court proceedings. Defendants are numbers: one is named only by a licence on the own register."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from licensing.db import Base, Moment, RecordedAt, RowId, enum_column
from licensing.register.models import Licence
from licensing.register.models._belonging import belongs_to
from licensing.suitability import sentences
from licensing.suitability.models._rows import sealed_column
from licensing.suitability.sentences import SentenceKind, Verdict


class CourtCase(Base):
    """Proceedings in one court."""

    __tablename__ = "court_case"
    __table_args__ = (
        CheckConstraint("ended_on >= started_on", name="started_before_ended"),
        CheckConstraint("witnesses >= 0", name="witnesses_counted"),
        UniqueConstraint("id", "authority_id", name="uq_court_case_id_authority_id"),
        UniqueConstraint("authority_id", "reference", name="uq_court_case_authority_id_reference"),
        UniqueConstraint("authority_id", "source_id", name="uq_court_case_authority_id_source_id"),
        Index("ix_court_case_authority_id_started_on", "authority_id", "started_on", "id"),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    reference: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str | None] = mapped_column(Text)  # the key in the council's own system
    court: Mapped[str] = mapped_column(Text)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    witnesses: Mapped[int | None]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[RecordedAt]

    defendants: Mapped[list["CourtDefendant"]] = relationship(
        primaryjoin="CourtCase.id == foreign(CourtDefendant.case_id)", order_by="CourtDefendant.number", viewonly=True
    )


class CourtDefendant(Base):
    """One defendant, by number. `key_digest` finds the same one again in a file, whatever it calls them."""

    __tablename__ = "court_defendant"
    __table_args__ = (
        belongs_to("court_case", "case_id"),
        belongs_to("licence", "licence_id"),
        UniqueConstraint("id", "authority_id", name="uq_court_defendant_id_authority_id"),
        UniqueConstraint("case_id", "number", name="uq_court_defendant_case_id_number"),
        UniqueConstraint("case_id", "key_digest", name="uq_court_defendant_case_id_key_digest"),
        Index("ix_court_defendant_licence_id", "licence_id", postgresql_where=text("licence_id IS NOT NULL")),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    case_id: Mapped[UUID]
    number: Mapped[int]
    key_digest: Mapped[bytes | None] = sealed_column(nullable=True)
    verdict: Mapped[Verdict] = enum_column(Verdict, name="verdict")
    licence_id: Mapped[UUID | None]
    at: Mapped[RecordedAt]

    licence: Mapped[Licence | None] = relationship(
        primaryjoin="foreign(CourtDefendant.licence_id) == Licence.id", viewonly=True
    )
    sentences: Mapped[list["CourtSentence"]] = relationship(
        primaryjoin="and_(CourtDefendant.id == foreign(CourtSentence.defendant_id),"
        " CourtSentence.superseded_at.is_(None))",
        order_by="CourtSentence.number",
        viewonly=True,
    )


class CourtSentence(Base):
    """The sentence for one conviction, in months; empty while it is awaited."""

    __tablename__ = "court_sentence"
    __table_args__ = (
        belongs_to("court_defendant", "defendant_id"),
        CheckConstraint("(kind = 'awaited') = (months IS NULL)", name="months_where_passed"),
        CheckConstraint("months BETWEEN 0 AND 1200", name="months_in_reason"),
        Index(
            "uq_court_sentence_standing",
            "defendant_id",
            "number",
            unique=True,
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: Mapped[RowId]
    authority_id: Mapped[UUID]
    defendant_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[SentenceKind] = enum_column(SentenceKind, name="sentence_kind")
    months: Mapped[int | None]
    at: Mapped[RecordedAt]
    superseded_at: Mapped[Moment | None]

    def as_sentence(self) -> sentences.Sentence:
        """The row as the rules want it."""
        return sentences.Sentence(self.kind, self.months)
