"""Of figures that tests count by hand: one council's own edition, in which nothing is withheld."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from factories import accounts, register
from factories.dated import Days
from sqlalchemy import select

from licensing.figures import queries
from licensing.figures.gathering import Figure, figures
from licensing.figures.rules import Period
from licensing.register.details import PersonDetails
from licensing.register.events import Event, EventKind
from licensing.register.models import Licence
from licensing.setup import owner_session

GRANTED = register.GRANTED
LONG_AGO = replace(register.REVOKED, decided_on=date(2024, 4, 1), notified_on=date(2024, 4, 1))
OF_EACH = (3, 2, 4)


def told(period: Period) -> dict[str, Figure]:
    """Oxford's own edition, in which nothing is withheld."""
    with owner_session() as session:
        area = [one for one in queries.places_counted(session) if one.code == accounts.OXFORD]
        every = figures(session, period, datetime.now(UTC), accounts.OXFORD, restricted=True, area=area)
        return {one.code: one for one in every}


def numbers(one: Figure) -> tuple[int | None, int | None, int | None]:
    """Of the period, of the one before, and of the same a year ago."""
    return one.value, one.previous, one.last_year


def values(period: Period, *codes: str) -> dict[str, tuple[int | None, int | None, int | None]]:
    found = told(period)
    return {code: numbers(found[code]) for code in codes}


def driver(number: int, *events: Event) -> PersonDetails:
    """One licence to which this happened."""
    person = register.numbered(number)
    return replace(person, licences=(replace(person.licences[0], events=events),))


def on_each(kind: EventKind, days: Days, *before: Event) -> tuple[Event, ...]:
    """What happened before, and then the same on every day; at once on the first of each period and beside it."""
    firsts = {days.now[0], days.before[0], days.last_year[0], days.outside[0]}
    return (*before, *(Event(kind, decided_on=day, notified_on=day, immediate=day in firsts) for day in days.every))


def licence_of(person_id: UUID) -> UUID:
    with owner_session() as session:
        return session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()
