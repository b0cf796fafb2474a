"""Records of training: of a person, of one with its history, and what other councils recorded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select, text

from licensing.accounts.models import Authority, User
from licensing.db import db
from licensing.training.models import (
    CourseVersion,
    TrainingRecord,
)
from licensing.training.rules import (
    Result,
)


@dataclass(frozen=True)
class Elsewhere:
    """What another council recorded of a person whom this one knows too: the facts and no more."""

    authority: str
    result: Result
    course: str
    provider: str
    booked_for: date | None
    completed_on: date | None
    expires_on: date | None


def training_exists(training_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(TrainingRecord.id == training_id))))


def one_record(training_id: UUID) -> TrainingRecord:
    return db.session.get_one(TrainingRecord, training_id)


def person_of(training_id: UUID) -> UUID:
    return one_record(training_id).person_id


def standing_record(training_id: UUID) -> TrainingRecord:
    """The record that stands in place of this one now, or this one itself."""
    found = one_record(training_id)
    while found.superseded_at is not None:
        found = db.session.scalars(select(TrainingRecord).where(TrainingRecord.supersedes_id == found.id)).one()
    return found


def record_for_update(training_id: UUID) -> TrainingRecord:
    """This very record as it is now, locked: two people do not put another in its place at once."""
    return db.session.get_one(TrainingRecord, training_id, with_for_update=True, populate_existing=True)


def version_of(record: TrainingRecord) -> CourseVersion | None:
    """What the course held and asked when it was taken, where it is one of the catalogue's."""
    return db.session.get(CourseVersion, record.course_version_id) if record.course_version_id else None


def history_of(record: TrainingRecord) -> list[TrainingRecord]:
    """The record and what it superseded, the last first."""
    told = [record]
    while told[-1].supersedes_id:
        told.append(one_record(told[-1].supersedes_id))
    return told


def records_of(person_id: UUID) -> list[TrainingRecord]:
    """What the acting authority recorded of a person and what stands of it, the last first."""
    found = select(TrainingRecord).where(TrainingRecord.person_id == person_id, TrainingRecord.superseded_at.is_(None))
    dated = func.coalesce(TrainingRecord.completed_on, TrainingRecord.booked_for, TrainingRecord.recorded_at)
    return list(db.session.scalars(found.order_by(dated.desc(), TrainingRecord.id)))


def recorded_elsewhere(person_id: UUID, day: date) -> list[Elsewhere]:
    """What the councils that know the person too, by a link that both agreed to, recorded."""
    linked = text("SELECT * FROM linked_training(CAST(:people AS uuid[]), :day)")
    rows = db.session.execute(linked, {"people": [person_id], "day": day}).all()
    councils = names_of_councils({row.authority_id for row in rows})
    return [
        Elsewhere(
            councils[row.authority_id],
            Result(row.result),
            row.course,
            row.provider,
            row.booked_for,
            row.completed_on,
            row.expires_on,
        )
        for row in rows
    ]


def names_of_councils(ids: set[UUID]) -> dict[UUID, str]:
    found = select(Authority.id, Authority.name).where(Authority.id.in_(ids)).order_by(Authority.id)
    return {row.id: row.name for row in db.session.execute(found)}


def names_of_users(ids: set[UUID]) -> dict[UUID, str]:
    found = select(User.id, User.name).where(User.id.in_(ids)).order_by(User.id)
    return {row.id: row.name for row in db.session.execute(found)}
