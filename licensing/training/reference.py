"""What every installation knows of training from the start: the default cycle, and how the six councils hold it.

Written by `flask setup` where it is not there yet; from then on each council changes its own by adding a later row.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from licensing.accounts.models import Authority
from licensing.training.models import Course, CourseAcceptance, CourseVersion, TrainingPolicy
from licensing.training.naming import course_key
from licensing.training.rules import Audience, Unit, When

COUNTY, OXFORD = "E10000025", "E07000178"
DISTRICTS = ("E07000177", OXFORD, "E07000179", "E07000180", "E07000181")
COURSE_ID = UUID("6f0a5c0e-2f4b-4c8e-9a55-5a1f6d0e7c01")
_START = date(2018, 1, 1)

_COURSE = "Safeguarding and Disability Awareness"
_PROVIDER = "Oxfordshire County Council"
_CONTENT = (
    "What abuse, sexual and criminal exploitation, trafficking and county lines look like; position of trust and "
    "boundaries; a child travelling alone; how to report; disability, dementia, assistance dogs and equality."
)
_COUNTY_PAGE = "Oxfordshire County Council, training for licensed drivers"
_DISTRICT_PAGES = "West Oxfordshire and South Oxfordshire, taxi licensing pages"
_NOT_VERIFIED = "General practice"

# Audience, years between courses (None: once), source, whether it was found in a published source.
_DEFAULTS = (
    (Audience.DRIVER, 3, _DISTRICT_PAGES, True),
    (Audience.OPERATOR_STAFF, 3, "South Oxfordshire, operators' licences", True),
    (Audience.PASSENGER_ASSISTANT, 3, _NOT_VERIFIED, False),
    (Audience.PREMISES_STAFF, 1, _NOT_VERIFIED, False),
    (Audience.COUNCIL, 3, _NOT_VERIFIED, False),
)


def write(session: Session) -> None:
    """Add what is missing; nothing that is there is changed."""
    ids = {row.code: row.id for row in session.execute(select(Authority.code, Authority.id))}
    if not session.scalar(select(exists(TrainingPolicy.id))):
        session.add_all(_policy(audience, years, source, known) for audience, years, source, known in _DEFAULTS)
        session.add(_before_applying(ids[OXFORD]))
    if not session.scalar(select(exists().where(Course.id == COURSE_ID))):
        session.add_all(_course(ids[COUNTY]))
        session.flush()
    said = set(session.scalars(select(CourseAcceptance.authority_id).where(CourseAcceptance.course_id == COURSE_ID)))
    session.add_all(_acceptance(ids[code]) for code in (COUNTY, *DISTRICTS) if ids[code] not in said)


def _policy(audience: Audience, years: int, source: str, verified: bool, **more: Any) -> TrainingPolicy:
    return TrainingPolicy(
        audience=audience,
        length=years,
        unit=Unit.YEARS,
        needed=more.pop("needed", When.APPLICATION_STARTED),
        valid_from=_START,
        reason=more.pop("reason", "The default"),
        source=source,
        verified=verified,
        **more,
    )


def _before_applying(authority_id: UUID) -> TrainingPolicy:
    return _policy(
        Audience.DRIVER,
        3,
        _COUNTY_PAGE,
        True,
        authority_id=authority_id,
        needed=When.BEFORE_APPLYING,
        reason="Applicants to this council complete the course first",
    )


def _course(authority_id: UUID) -> list[Course | CourseVersion]:
    course = Course(
        id=COURSE_ID,
        authority_id=authority_id,
        name=_COURSE,
        name_key=course_key(_COURSE, _PROVIDER),
        provider=_PROVIDER,
        audience=Audience.DRIVER,
        valid_from=_START,
    )
    first = CourseVersion(
        authority_id=authority_id,
        course_id=course.id,
        version="1",
        content=_CONTENT,
        pass_mark=70,
        attempts=3,
        valid_from=_START,
        source=_NOT_VERIFIED,
        verified=False,
    )
    return [course, first]


def _acceptance(authority_id: UUID) -> CourseAcceptance:
    return CourseAcceptance(
        authority_id=authority_id,
        course_id=COURSE_ID,
        accepted=True,
        valid_from=_START,
        reason="Given by the county for the drivers of all five districts",
        source=_COUNTY_PAGE,
        verified=True,
    )
