"""Invented training: most holders are in date, and every other state is met at each council."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.db import db, insert_many
from licensing.register.models import Organisation, Premises
from licensing.sample.councils import OXFORDSHIRE, Council
from licensing.training import keeping, queries
from licensing.training.models import TrainingRecord
from licensing.training.rules import Audience, Result, months_after

SEED = "licensing samples training 1"

_COURSE, _PROVIDER = "Safeguarding and Disability Awareness", "Oxfordshire County Council"
_ELSEWHERE = ("Safeguarding for licensed drivers", "Sampleshire County Council")
_YEARS = 3
_DAYS_OF_A_TERM = 365 * _YEARS
# Shares of holders: in date, expired, expired and booked, booked, failed, a certificate to verify; the rest never.
_SHARES = (("in_date", 80), ("expired", 6), ("booked_again", 3), ("booked", 3), ("failed", 2), ("unverified", 2))
_NEVER = 4
_TRAINED_PLACES = 6


class Attendance:
    """Gathers what a council's holders attended, so that it is written together."""

    def __init__(self, user: ActingUser, council: Council, month: date) -> None:
        self.user, self.council, self.month = user, council, month
        known = queries.Catalogue(user.authority.id).named(_COURSE, _PROVIDER, month)
        self.version = known.version.id if known else None
        self._rows: list[dict[str, Any]] = []

    def add_for(self, number: int, person_id: UUID) -> None:
        """What one holder attended: the same for the same council, number and month."""
        rng = Random(f"{SEED} {self.council.code} {number}")
        names, weights = zip(*_SHARES, ("never", _NEVER), strict=True)
        (drawn,) = rng.choices(names, weights)
        self._rows += (self._row(person_id, **said) for said in _said(rng, drawn, self.month))

    def write(self) -> None:
        insert_many(TrainingRecord, self._rows)
        self._rows = []

    def _row(self, person_id: UUID, **said: Any) -> dict[str, Any]:
        badges = self.council is OXFORDSHIRE
        course, provider = said.pop("course", (_COURSE, _PROVIDER))
        return {
            "id": uuid4(),
            "authority_id": self.user.authority.id,
            "person_id": person_id,
            "audience": Audience.PASSENGER_ASSISTANT if badges else Audience.DRIVER,
            "course": course,
            "provider": provider,
            "course_version_id": self.version if course == _COURSE else None,
            "booked_for": None,
            "completed_on": None,
            "expires_on": None,
            "recorded_by": self.user.id,
            **said,
        }


def _said(rng: Random, drawn: str, month: date) -> Iterator[dict[str, Any]]:
    """What is recorded of somebody in this state."""
    recent = month - timedelta(days=rng.randrange(1, 300))
    later = month + timedelta(days=rng.randrange(40, 90))
    if drawn == "in_date":
        yield _passed(month - timedelta(days=rng.randrange(1, _DAYS_OF_A_TERM - 40)))
    if drawn in ("expired", "booked_again"):
        yield _passed(month - timedelta(days=_DAYS_OF_A_TERM + rng.randrange(5, 200)))
    if drawn in ("booked", "booked_again"):
        yield {"result": Result.BOOKED, "booked_for": later}
    if drawn == "failed":
        yield {"result": Result.ATTENDED_FAILED, "completed_on": recent}
    if drawn == "unverified":
        yield {"result": Result.CERTIFICATE_UNVERIFIED, "completed_on": recent, "course": _ELSEWHERE}


def _passed(completed_on: date) -> dict[str, Any]:
    return {
        "result": Result.PASSED,
        "completed_on": completed_on,
        "expires_on": months_after(completed_on, 12 * _YEARS),
    }


def train_groups(user: ActingUser, council: Council, month: date) -> None:
    """Training at some places, an operator's staff, and at the county the wider workforce; flushes."""
    day = month - timedelta(days=45)
    if council is OXFORDSHIRE:
        for audience, agency, trained in (
            ("Nurses", "Sample Health Trust", 2400),
            ("Teachers", "Sample schools", 3150),
            ("Social workers", "Oxfordshire County Council", 620),
            ("Police officers", "Sample Valley Police", 940),
        ):
            given = {"audience": audience, "agency": agency, "course": "Signs of exploitation", "held_on": day}
            keeping.record_workforce(user, {**given, "trained": trained})
        return
    in_order = select(Premises.id).order_by(Premises.source_id, Premises.id).limit(_TRAINED_PLACES)
    for number, premises_id in enumerate(db.session.scalars(in_order).all(), start=1):
        held = {"held_on": day, "trainer": "Sample Hotel Watch", "course": "Say something if you see something"}
        keeping.record_premises_training(user, premises_id, {**held, "staff": 10 + number, "trained": 8})
    _train_staff(user, day)


def _train_staff(user: ActingUser, day: date) -> None:
    operators = select(Organisation.id).order_by(Organisation.source_id, Organisation.id).limit(1)
    for organisation_id in db.session.scalars(operators).all():
        for name, work, trained_on in (("Sam Sample", "Dispatch", day), ("Robin Example", "Bookings", None)):
            seen = {"basic_dbs_seen_on": day, "course": "Operator staff course" if trained_on else None}
            given = {"name": name, "work": work, "trained_on": trained_on, "from_on": day, "until_on": None, **seen}
            keeping.record_staff(user, organisation_id, given)
        keeping.record_register_check(user, organisation_id, {"checked_on": day, "staff": 2, "checked": 1})
