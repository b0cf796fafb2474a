"""Which records of two authorities are of one person."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, Moment, RecordedAt, RowId


class SamePerson(Base):
    """That two authorities hold records of the same person: both agreed to it, and each sees that it stands.

    Written by the procedures of migrations 0013 and 0016 alone. The record with the smaller id is the first. The ends
    are the records that stand for those of the proposal, as long as they are merged into others; `repeats` says that an
    earlier link then has the same two, so that this one does not count.
    """

    __tablename__ = "same_person"
    __table_args__ = (
        ForeignKeyConstraint(["first_person_id", "first_authority_id"], ["person.id", "person.authority_id"]),
        ForeignKeyConstraint(["second_person_id", "second_authority_id"], ["person.id", "person.authority_id"]),
        CheckConstraint("first_person_id < second_person_id", name="in_order"),
        CheckConstraint("first_authority_id <> second_authority_id", name="across_authorities"),
        Index(
            "uq_same_person_standing",
            "first_person_id",
            "second_person_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND NOT repeats"),
        ),
        Index("ix_same_person_second_person_id", "second_person_id"),
    )

    id: Mapped[RowId]
    first_person_id: Mapped[UUID]
    first_authority_id: Mapped[UUID]
    second_person_id: Mapped[UUID]
    second_authority_id: Mapped[UUID]
    since: Mapped[RecordedAt]
    ended_at: Mapped[Moment | None]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), unique=True)
    ended_by_proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposal.id"))
    repeats: Mapped[bool] = mapped_column(server_default=text("false"))

    def other_than(self, person_id: UUID) -> tuple[UUID, UUID]:
        """(authority, person) of the record that is linked to this one."""
        if person_id == self.first_person_id:
            return self.second_authority_id, self.second_person_id
        return self.first_authority_id, self.first_person_id
