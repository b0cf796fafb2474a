"""Courses, whose certificates are accepted, and how often training is asked for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import selectinload

from licensing.db import db
from licensing.training.models import (
    Course,
    CourseAcceptance,
    CourseVersion,
    TrainingPolicy,
)
from licensing.training.naming import course_key
from licensing.training.rules import (
    Audience,
    Policy,
    policy_in_force,
)


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
