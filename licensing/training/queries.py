"""What is read of training; row-level security narrows it to the acting authority and what its links bring."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, exists, func, or_, select, text
from sqlalchemy.orm import selectinload

from licensing.accounts.models import Authority, User
from licensing.dates import SOON
from licensing.db import CountedPages, db
from licensing.register.catalogue import LicenceKind
from licensing.register.models import Licence
from licensing.register.rules import filed_under
from licensing.training import facts
from licensing.training.models import (
    Course,
    CourseAcceptance,
    CourseVersion,
    OperatorStaff,
    PremisesTraining,
    StaffRegisterCheck,
    TrainingOffer,
    TrainingPolicy,
    TrainingRecord,
    WorkforceTraining,
)
from licensing.training.naming import course_key
from licensing.training.rules import (
    NOTHING,
    Audience,
    Facts,
    Policy,
    Result,
    TrainingStanding,
    TrainingStatus,
    policy_in_force,
    standing,
)

PER_PAGE = 25


@dataclass(frozen=True)
class Coverage:
    """Of the holders of one kind of licence in force, how many stand how."""

    kind: LicenceKind
    holders: int
    by_status: dict[TrainingStatus, int]
    lapsing: dict[int, int]

    @property
    def in_date(self) -> int:
        return sum(number for status, number in self.by_status.items() if status.is_in_date)


@dataclass(frozen=True)
class HoldersFilter:
    """What a list of holders is narrowed to; `lapsing` is a number of days."""

    kind: LicenceKind | None = None
    status: TrainingStatus | None = None
    lapsing: int | None = None

    @property
    def kinds(self) -> tuple[LicenceKind, ...]:
        return (self.kind,) if self.kind else facts.KINDS

    def wants(self, one: TrainingStanding, day: date) -> bool:
        """Whether somebody who stands so is in the list. What lapses soon is in date still."""
        lapses = self.lapsing is None or one.lapses_within(self.lapsing, day)
        return lapses and self.status in (None, one.status)

    def number_of(self, covered: Coverage) -> int:
        """How many of those whom a line of the figures counts are in the list."""
        if self.lapsing:
            return covered.lapsing[self.lapsing] if self.status in (None, TrainingStatus.PASSED) else 0
        return covered.by_status[self.status] if self.status else covered.holders


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a licence of a kind, and what their training comes to."""

    person_id: UUID
    name: str
    reference: str
    kind: LicenceKind
    standing: TrainingStanding


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


def standings(
    person_ids: Sequence[UUID], authority_id: UUID, day: date, audiences: Sequence[Audience] = (Audience.DRIVER,)
) -> dict[UUID, TrainingStanding]:
    """What the training of each of these people of the acting authority comes to, in one statement."""
    asked = {"people": list(person_ids), "authority": authority_id, "day": day, "audiences": list(audiences)}
    found = {row.person_id: _facts(row) for row in db.session.execute(facts.OF_PEOPLE, asked)}
    return {one: standing(found.get(one, NOTHING), day) for one in person_ids}


def _facts(row: Any) -> Facts:
    return Facts(row.passed_until, row.booked_for, row.exempt, row.unverified, row.failed)


def coverage(day: date, kinds: Sequence[LicenceKind] = facts.KINDS) -> list[Coverage]:
    """Of the acting authority, for each kind of licence that somebody holds, in the order of the catalogue."""
    found: dict[LicenceKind, list[tuple[TrainingStanding, int]]] = {}
    known = facts.states(day)
    for row in db.session.execute(facts.COVERAGE, facts.values(day, kinds)):
        found.setdefault(LicenceKind(row.kind), []).append((standing(known[row.state], day), row.number))
    return [_coverage(kind, found[kind], day) for kind in facts.KINDS if kind in found]


def _coverage(kind: LicenceKind, counted: Sequence[tuple[TrainingStanding, int]], day: date) -> Coverage:
    by_status = {status: sum(number for one, number in counted if one.status is status) for status in TrainingStatus}
    lapsing = {days: sum(number for one, number in counted if one.lapses_within(days, day)) for days in SOON}
    return Coverage(kind, sum(by_status.values()), by_status, lapsing)


def expired(day: date) -> int:
    """How many holders' training has expired, and is not booked again: once for each kind that they hold."""
    return sum(one.by_status[TrainingStatus.EXPIRED] for one in coverage(day))


def holders_page(wanted: HoldersFilter, day: date, page: int) -> CountedPages:
    """One page of holders by name; how many there are in all is what the figures say."""
    shown = min(max(page, 1), db.LAST_PAGE)
    total = sum(wanted.number_of(one) for one in coverage(day, wanted.kinds))
    rows = _holders(wanted, day, PER_PAGE, (shown - 1) * PER_PAGE)
    return CountedPages(page=shown, per_page=PER_PAGE, total=total, items=rows)


def all_holders(wanted: HoldersFilter, day: date) -> list[Holder]:
    return _holders(wanted, day, None, 0)


def _holders(wanted: HoldersFilter, day: date, most: int | None, skipped: int) -> list[Holder]:
    states = [state for state, known in facts.states(day).items() if wanted.wants(standing(known, day), day)]
    asked = facts.values(day, wanted.kinds) | {"states": states, "most": most, "skipped": skipped}
    return [_holder(row, day) for row in db.session.execute(facts.LISTED, asked)]


def _holder(row: Any, day: date) -> Holder:
    name = f"{row.given_names} {row.family_name}".strip()
    return Holder(row.person_id, name, row.reference, LicenceKind(row.kind), standing(_facts(row), day))


def audiences_of(person_id: UUID) -> tuple[Audience, ...]:
    """The courses that count for somebody, by the licences that they hold or held; a driver's where there are none."""
    kinds = db.session.scalars(select(Licence.kind).where(Licence.person_id == person_id).order_by(Licence.kind))
    return tuple(dict.fromkeys(one for kind in kinds for one in facts.COUNTED.get(kind, ()))) or (Audience.DRIVER,)


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
    councils = _names_of_councils({row.authority_id for row in rows})
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


def _names_of_councils(ids: set[UUID]) -> dict[UUID, str]:
    found = select(Authority.id, Authority.name).where(Authority.id.in_(ids)).order_by(Authority.id)
    return {row.id: row.name for row in db.session.execute(found)}


def names_of_users(ids: set[UUID]) -> dict[UUID, str]:
    found = select(User.id, User.name).where(User.id.in_(ids)).order_by(User.id)
    return {row.id: row.name for row in db.session.execute(found)}


def policies(authority_id: UUID) -> list[TrainingPolicy]:
    """The authority's own and the defaults, by audience and the day from which they hold, the latest first."""
    mine = or_(TrainingPolicy.authority_id == authority_id, TrainingPolicy.authority_id.is_(None))
    in_order = (TrainingPolicy.audience, TrainingPolicy.valid_from.desc(), TrainingPolicy.recorded_at.desc())
    return list(db.session.scalars(select(TrainingPolicy).where(mine).order_by(*in_order, TrainingPolicy.id)))


def policy(authority_id: UUID, audience: Audience, day: date) -> Policy | None:
    """What the authority asks of an audience on a day."""
    return policy_in_force([one.as_policy() for one in policies(authority_id)], audience, day)


def courses() -> list[Course]:
    """Every council's courses with their versions, by name."""
    in_order = (Course.name, Course.provider, Course.id)
    return list(db.session.scalars(select(Course).order_by(*in_order).options(selectinload(Course.versions))))


def own_course_exists(course_id: UUID, authority_id: UUID) -> bool:
    own = exists().where(Course.id == course_id, Course.authority_id == authority_id)
    return bool(db.session.scalar(select(own)))


def acceptances(authority_id: UUID) -> list[CourseAcceptance]:
    """What the authority has said of courses, the latest first."""
    found = select(CourseAcceptance).where(CourseAcceptance.authority_id == authority_id)
    in_order = (CourseAcceptance.valid_from.desc(), CourseAcceptance.recorded_at.desc(), CourseAcceptance.id)
    return list(db.session.scalars(found.order_by(*in_order)))


@dataclass(frozen=True)
class Known:
    """A course of the catalogue as it was on a day, and whether the acting authority accepts it as it is."""

    course: Course
    version: CourseVersion
    accepted: bool


class Catalogue:
    """Every course, read once, to find the version and the acceptance for what is recorded of people."""

    def __init__(self, authority_id: UUID) -> None:
        self._courses = {one.id: one for one in courses()}
        self._by_key = {one.name_key: one for one in self._courses.values()}
        self._by_name = {one.name_key.partition(" | ")[0]: one for one in self._courses.values()}
        self._said: dict[UUID, list[CourseAcceptance]] = {}
        for one in acceptances(authority_id):
            self._said.setdefault(one.course_id, []).append(one)

    def named(self, course: str, provider: str, day: date) -> Known | None:
        """The course of this name and provider; where no provider is given, of this name."""
        key = course_key(course, provider)
        found = self._by_key.get(key) if provider else self._by_name.get(key.partition(" | ")[0])
        return self._known(found, day) if found else None

    def of_id(self, course_id: UUID, day: date) -> Known | None:
        return self._known(self._courses[course_id], day) if course_id in self._courses else None

    def all_on(self, day: date) -> list[Known]:
        """The courses that are given on a day."""
        given = (one for one in self._courses.values() if one.valid_from <= day)
        known = (self._known(one, day) for one in given if one.valid_until is None or one.valid_until >= day)
        return [one for one in known if one]

    def _known(self, course: Course, day: date) -> Known | None:
        begun = [one for one in course.versions if one.valid_from <= day]
        if not begun:
            return None
        said = next((one for one in self._said.get(course.id, ()) if one.valid_from <= day), None)
        return Known(course, begun[-1], bool(said and said.accepted))


def offer_exists(offer_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(TrainingOffer.id == offer_id))))


def recorded_already(offer: TrainingOffer) -> UUID | None:
    """The record that says what is offered, where the person has one: of that course and day."""
    found = select(TrainingRecord.id, TrainingRecord.course).where(
        TrainingRecord.person_id == offer.person_id,
        TrainingRecord.superseded_at.is_(None),
        TrainingRecord.completed_on == offer.completed_on,
    )
    rows = db.session.execute(found.order_by(TrainingRecord.recorded_at, TrainingRecord.id))
    return next((row.id for row in rows if filed_under(row.course) == filed_under(offer.course)), None)


def offers_page(page: int) -> Pagination:
    """What other councils offer and nobody has settled yet, the first offered first."""
    found: Select[Any] = select(TrainingOffer).where(TrainingOffer.settled_at.is_(None))
    found = found.order_by(TrainingOffer.offered_at, TrainingOffer.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def offers_waiting() -> int:
    return db.session.scalar(select(func.count()).where(TrainingOffer.settled_at.is_(None))) or 0


def councils_of(offers: Sequence[TrainingOffer]) -> dict[UUID, str]:
    return _names_of_councils({one.from_authority_id for one in offers})


def trainings_at(premises_id: UUID) -> list[PremisesTraining]:
    """The trainings held at a place as they stand, the last first."""
    found = select(PremisesTraining).where(
        PremisesTraining.premises_id == premises_id, PremisesTraining.superseded_at.is_(None)
    )
    return list(db.session.scalars(found.order_by(PremisesTraining.held_on.desc(), PremisesTraining.id)))


def staff_of(organisation_id: UUID) -> list[OperatorStaff]:
    """An operator's named staff as they stand, those who left last."""
    found = select(OperatorStaff).where(
        OperatorStaff.organisation_id == organisation_id, OperatorStaff.superseded_at.is_(None)
    )
    in_order = (OperatorStaff.until_on.is_not(None), func.lower(OperatorStaff.name), OperatorStaff.id)
    return list(db.session.scalars(found.order_by(*in_order)))


def register_checks_of(organisation_id: UUID) -> list[StaffRegisterCheck]:
    """The looks at an operator's register of staff, the last first."""
    found = select(StaffRegisterCheck).where(StaffRegisterCheck.organisation_id == organisation_id)
    return list(db.session.scalars(found.order_by(StaffRegisterCheck.checked_on.desc(), StaffRegisterCheck.id)))


def workforce_page(page: int) -> Pagination:
    """Trainings of the wider workforce as they stand, the last first."""
    found = select(WorkforceTraining).where(WorkforceTraining.superseded_at.is_(None))
    found = found.order_by(WorkforceTraining.held_on.desc(), WorkforceTraining.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def workforce_trained() -> int:
    """How many people were trained in all."""
    trained = select(func.coalesce(func.sum(WorkforceTraining.trained), 0))
    return db.session.scalar(trained.where(WorkforceTraining.superseded_at.is_(None))) or 0


def premises_training_exists(training_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(PremisesTraining.id == training_id))))


def premises_training(training_id: UUID) -> PremisesTraining:
    return db.session.get_one(PremisesTraining, training_id)


def place_of(training_id: UUID) -> UUID:
    """Where it was held: looks at it are filed with the premises."""
    return premises_training(training_id).premises_id


def workforce_training_exists(training_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(WorkforceTraining.id == training_id))))


def workforce_training(training_id: UUID) -> WorkforceTraining:
    return db.session.get_one(WorkforceTraining, training_id)
