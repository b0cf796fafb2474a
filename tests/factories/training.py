"""Training of one of everything, invented."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from factories import accounts
from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.training import changes, keeping, queries
from licensing.training.changes import Details
from licensing.training.models import Course, TrainingOffer
from licensing.training.rules import Audience, Given, Result, Unit, When

COURSE, PROVIDER = "Safeguarding and Disability Awareness", "Oxfordshire County Council"
OURS = ("Sample course of our own", "Sample Training Ltd")
BAD_FAITH = "Sealed reason of an exemption"
PASSED = Given(Result.PASSED, COURSE, PROVIDER, completed_on=date(2025, 6, 3), expires_on=date(2028, 6, 3))
EXPIRED = replace(PASSED, expires_on=date(2026, 1, 31))
_RULE = {"source": "Sample policy 4.2", "verified": False, "reason": "A sample", "valid_from": date(2025, 1, 1)}


@dataclass(frozen=True)
class Trained:
    """What there is of a council's, by id."""

    training_id: UUID
    offer_id: UUID
    course_id: UUID
    premises_training_id: UUID
    workforce_training_id: UUID


def record(code: str, person_id: UUID, given: Given = PASSED, *, officer: UUID | None = None, **more: object) -> UUID:
    """A record of a council's own, by its officer; of a course that the council accepts where it is the county's."""
    with acting_as(accounts.open_session(officer or accounts.user(Role.LICENSING_OFFICER, code))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        day = given.completed_on or given.booked_for or dates.today()
        known = queries.Catalogue(user.authority.id).named(given.course, given.provider, day)
        details = replace(Details(given, known=known), **more)  # type: ignore[arg-type]
        training_id = changes.record_training(user, person_id, details, dates.today())
        db.session.commit()
        return training_id


def fill(code: str, person_id: UUID, organisation_id: UUID, premises_id: UUID, officer: UUID) -> Trained:
    """One of everything, on the register of a council."""
    given = replace(PASSED, result=Result.EXEMPT, completed_on=None, expires_on=None)
    training_id = record(code, person_id, given, officer=officer, reason=BAD_FAITH)
    course_id = rules_of(code)
    at_place, of_workforce = groups(organisation_id, premises_id, officer)
    return Trained(training_id, offer(code, person_id), course_id, at_place, of_workforce)


def rules_of(code: str) -> UUID:
    """A course of the council's own, and what it says of it and asks; returns the course."""
    version = {"version": "1", "content": "How to report", "pass_mark": 70, "attempts": 3, **_RULE}
    asked = {"audience": Audience.COUNCIL, "length": 2, "unit": Unit.YEARS, "needed": When.BEFORE_APPLYING, **_RULE}
    name, provider = OURS
    course = {"name": name, "provider": provider, "audience": Audience.DRIVER, "valid_until": None, **version}
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_MANAGER, code))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        course_id = keeping.add_course(user, course)
        keeping.say_accepted(user, course_id, {"accepted": True, **_RULE})
        keeping.change_policy(user, asked)
        db.session.commit()
        return course_id


def groups(organisation_id: UUID, premises_id: UUID, officer: UUID) -> tuple[UUID, UUID]:
    """Training at a place, an operator's staff, and numbers of the workforce; returns the first and the last."""
    day = date(2025, 6, 3)
    at_place = {"held_on": day, "staff": 12, "trained": 9, "trainer": "Sample Trainer", "course": "Signs at booking"}
    member = {"name": "Sample Dispatcher", "work": "Dispatch", "basic_dbs_seen_on": day, "course": None}
    member |= {"trained_on": None, "from_on": day, "until_on": None}
    workforce = {"audience": "Nurses", "agency": "Sample NHS Trust", "course": "Signs", "held_on": day, "trained": 40}
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        at_place_id = keeping.record_premises_training(user, premises_id, at_place)
        keeping.record_staff(user, organisation_id, member)
        keeping.record_register_check(user, organisation_id, {"checked_on": day, "staff": 4, "checked": 3})
        workforce_id = keeping.record_workforce(user, workforce)
        db.session.commit()
        return at_place_id, workforce_id


def offer(code: str, person_id: UUID, result: Result = Result.PASSED, course: str = COURSE) -> UUID:
    """A row that the county offers to a council, as the procedure leaves it."""
    offer_id, county = uuid4(), accounts.authority_id(accounts.COUNTY)
    with owner_session() as session:
        session.add(
            TrainingOffer(
                id=offer_id,
                authority_id=accounts.authority_id(code),
                from_authority_id=county,
                person_id=person_id,
                row_hash=offer_id.bytes,
                result=result,
                course=course,
                provider=PROVIDER,
                completed_on=date(2025, 6, 3),
            )
        )
        session.commit()
    return offer_id


def county_course() -> UUID:
    """The course that every installation knows from the start."""
    with owner_session() as session:
        return session.scalars(select(Course.id).where(Course.name == COURSE)).one()
