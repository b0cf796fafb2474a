"""What is recorded besides people's own training: courses, what the council asks and accepts, training of groups."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, select

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.training.models import (
    Course,
    CourseAcceptance,
    CourseVersion,
    OperatorStaff,
    PremisesTraining,
    StaffRegisterCheck,
    TrainingPolicy,
    WorkforceTraining,
)
from licensing.training.naming import course_key
from licensing.training.rules import check_counts

Answers = dict[str, Any]


def add_course(user: ActingUser, given: Answers) -> UUID:
    """Describe a course and its first version. RuleBroken where one of this name and provider is described already."""
    key = course_key(given["name"], given["provider"])
    if db.session.scalar(select(exists().where(Course.authority_id == user.authority.id, Course.name_key == key))):
        raise RuleBroken("Your council describes a course of this name and provider already", "name")
    if given["valid_until"] and given["valid_until"] < given["valid_from"]:
        raise RuleBroken("The last day must not be before the first", "valid_until")
    course = Course(
        id=uuid4(),
        authority_id=user.authority.id,
        name=given["name"],
        name_key=key,
        provider=given["provider"],
        audience=given["audience"],
        valid_from=given["valid_from"],
        valid_until=given["valid_until"],
    )
    db.session.add(course)
    db.session.flush()
    add_version(user, course.id, given)
    return course.id


def add_version(user: ActingUser, course_id: UUID, given: Answers) -> None:
    """What a course holds and asks from a day on. RuleBroken where a version begins on that day already."""
    there = exists().where(CourseVersion.course_id == course_id, CourseVersion.valid_from == given["valid_from"])
    if db.session.scalar(select(there)):
        raise RuleBroken("A version of this course begins on that day already", "valid_from")
    names = ("version", "content", "pass_mark", "attempts", "valid_from", "source", "verified")
    values = {name: given[name] for name in names}
    db.session.add(CourseVersion(authority_id=user.authority.id, course_id=course_id, **values))
    audit.record(Action.ADDED, ObjectKind.COURSE, course_id, details={"version": given["version"]})
    db.session.flush()


def say_accepted(user: ActingUser, course_id: UUID, given: Answers) -> None:
    """From a day on a course's certificates are accepted as they are, or each is verified."""
    names = ("accepted", "valid_from", "reason", "source", "verified")
    values = {name: given[name] for name in names}
    _keep(user, CourseAcceptance(course_id=course_id, **values))
    told = {"accepted": given["accepted"], "valid_from": given["valid_from"].isoformat()}
    audit.record(Action.CHANGED, ObjectKind.COURSE, course_id, details=told)


def change_policy(user: ActingUser, given: Answers) -> UUID:
    """What the council asks of an audience from a day on; what held before stays to be read."""
    names = ("audience", "length", "unit", "needed", "valid_from", "reason", "source", "verified")
    row = TrainingPolicy(id=uuid4(), **{name: given[name] for name in names})
    _keep(user, row)
    told = {"audience": row.audience.value, "valid_from": row.valid_from.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.POLICY, row.id, details=told)
    return row.id


def record_premises_training(
    user: ActingUser, premises_id: UUID, given: Answers, before_id: UUID | None = None
) -> UUID:
    """A training at a place: of so many staff so many; `before_id` is the entry that this one puts right.

    RuleBroken where more were trained than there are, or somebody else has corrected it already.
    """
    check_counts(given["trained"], given["staff"])
    if before_id:
        _supersede(PremisesTraining, before_id)
    names = ("held_on", "staff", "trained", "trainer", "course")
    values = {name: given[name] for name in names}
    row = PremisesTraining(id=uuid4(), premises_id=premises_id, supersedes_id=before_id, **values)
    _keep(user, row)
    told = {"training": given["held_on"].isoformat(), "staff": given["staff"], "trained": given["trained"]}
    audit.record(Action.CHANGED, ObjectKind.PREMISES, premises_id, details=told)
    return row.id


def record_staff(user: ActingUser, organisation_id: UUID, given: Answers, before_id: UUID | None = None) -> None:
    """Somebody on an operator's staff; `before_id` is the entry about them that this one supersedes.

    RuleBroken where somebody else has put another in its place already.
    """
    if given["from_on"] and given["until_on"] and given["until_on"] < given["from_on"]:
        raise RuleBroken("They cannot have left before they began", "until_on")
    if before_id:
        _supersede(OperatorStaff, before_id)
    names = ("name", "work", "basic_dbs_seen_on", "course", "trained_on", "from_on", "until_on")
    values = {name: given[name] for name in names}
    _keep(user, OperatorStaff(organisation_id=organisation_id, supersedes_id=before_id, **values))
    audit.record(Action.CHANGED, ObjectKind.ORGANISATION, organisation_id, details={"what": "staff"})


def record_register_check(user: ActingUser, organisation_id: UUID, given: Answers) -> None:
    """A look at an operator's register of staff. RuleBroken where more were checked than are on it."""
    if given["checked"] > given["staff"]:
        raise RuleBroken(f"This cannot be more than the {given['staff']:,} on the register", "checked")
    names = ("checked_on", "staff", "checked")
    _keep(user, StaffRegisterCheck(organisation_id=organisation_id, **{name: given[name] for name in names}))
    told = {"staff_register_checked": given["checked_on"].isoformat()}
    audit.record(Action.CHANGED, ObjectKind.ORGANISATION, organisation_id, details=told)


def record_workforce(user: ActingUser, given: Answers, before_id: UUID | None = None) -> UUID:
    """How many of an agency's people were trained on a day; `before_id` is the entry that this one puts right.

    RuleBroken where somebody else has corrected it already.
    """
    if before_id:
        _supersede(WorkforceTraining, before_id)
    names = ("audience", "agency", "course", "held_on", "trained")
    row = WorkforceTraining(id=uuid4(), supersedes_id=before_id, **{name: given[name] for name in names})
    _keep(user, row)
    action = Action.CORRECTED if before_id else Action.ADDED
    audit.record(action, ObjectKind.TRAINING, details={"agency": given["agency"], "trained": given["trained"]})
    return row.id


def _supersede(model: type[OperatorStaff | PremisesTraining | WorkforceTraining], before_id: UUID) -> None:
    """Lock the entry and close it: two people do not put another in its place at once."""
    before = db.session.get_one(model, before_id, with_for_update=True, populate_existing=True)
    if before.superseded_at:
        raise RuleBroken("Somebody changed this entry in between. Look at what it says now.")
    before.superseded_at = db.func.now()


def _keep(user: ActingUser, row: Any) -> None:
    row.authority_id, row.recorded_by = user.authority.id, user.id
    db.session.add(row)
    db.session.flush()
