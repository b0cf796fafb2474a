"""Decisions that NR3S must know of, and letters between councils, for tests of sharing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from factories import accounts, jobs, register
from flask import Flask
from journeys.reading import boxes
from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import ADVERSE, Event
from licensing.register.models import Licence, LicenceEvent
from licensing.sharing.jobs import watch_nr3s

TODAY = dates.today()
NOTIFIED = TODAY - timedelta(days=1)
REVOKED = replace(register.REVOKED, decided_on=NOTIFIED, notified_on=NOTIFIED)


def days(name: str, day: date) -> dict[str, str]:
    """A date as typed in its three boxes."""
    return boxes(name, day.day, day.month, day.year)


def driver(*events: Event, number: str = "OX/DD/0417") -> PersonDetails:
    """Somebody with a driver's licence to which this happened after the grant."""
    licence = LicenceDetails(register.KHAN.licences[0].kind, number, "417", (register.GRANTED, *events))
    return replace(register.KHAN, licences=(licence,))


@contextmanager
def acting(role: Role, code: str = accounts.OXFORD) -> Iterator[ActingUser]:
    """Somebody new with this role acts; what they change is committed."""
    with acting_as(accounts.open_session(accounts.user(role, code))):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        yield user
        db.session.commit()


def adverse_event(person_id: UUID) -> UUID:
    """The adverse decision about a person, as whoever acts sees it."""
    found = select(LicenceEvent.id).join(Licence, Licence.id == LicenceEvent.licence_id)
    ordered = found.where(Licence.person_id == person_id, LicenceEvent.kind.in_(ADVERSE))
    return db.session.scalars(ordered.order_by(LicenceEvent.recorded_at, LicenceEvent.id)).one()


def watch(app: Flask) -> None:
    """Do the daily job."""
    jobs.do(app, watch_nr3s)
