"""Days in and just outside of a period and of those beside it, and rows dated on them as the owner writes them.

What rooms take days and several people to reach is written here at once, where a test counts it and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from factories import accounts
from sqlalchemy import select, text

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import Base
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock, ClockChange, ClockRuleRow
from licensing.deadlines.rules import ClockEvent
from licensing.decisions.models import Decision
from licensing.decisions.powers import DecisionKind
from licensing.decisions.rules import Maker
from licensing.figures.rules import Period
from licensing.permissions import Role
from licensing.setup import owner_session

_ONE = timedelta(days=1)
_NUMBERS = count(1)


@dataclass(frozen=True)
class Days:
    """Three days of a period, two of the one before, four of a year ago; and those next to each, which are in none."""

    period: Period
    now: tuple[date, ...]
    before: tuple[date, ...]
    last_year: tuple[date, ...]
    outside: tuple[date, ...]

    @property
    def every(self) -> tuple[date, ...]:
        return (*self.now, *self.before, *self.last_year, *self.outside)


def days() -> Days:
    """Of thirty days that ended ten days ago: first and last days stand for whether both of them count."""
    last = dates.today() - timedelta(days=10)
    period = Period(last - timedelta(days=29), last)
    before, year = period.before, period.last_year
    return Days(
        period,
        (period.from_on, period.from_on + timedelta(days=9), period.until_on),
        (before.from_on, before.until_on),
        (year.from_on, year.from_on + _ONE, year.until_on - _ONE, year.until_on),
        (period.until_on + _ONE, before.from_on - _ONE, year.from_on - _ONE, year.until_on + _ONE),
    )


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), dates.ENGLAND)


def write(*rows: Base) -> None:
    """As the owner, each after those that it rests on."""
    with owner_session() as session:
        for row in rows:
            session.add(row)
            session.flush()
        session.commit()


def as_written(*tables: str) -> None:
    """What is written into these has the day and the writer that the row says."""
    with owner_session() as session:
        for table in tables:
            session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        session.commit()


def reference() -> str:
    return f"SAMPLE-{next(_NUMBERS)}"


def clock(code: ClockCode, due: date, met: date | None = None, *, ceased: date | None = None) -> UUID:
    """A period of Oxford's that was due on a day, and done or no longer owed on another."""
    clock_id, council = uuid4(), accounts.authority_id(accounts.OXFORD)
    with owner_session() as session:
        rule = select(ClockRuleRow.id).where(ClockRuleRow.code == code).limit(1)
        given = {"code": code, "rule_id": session.scalars(rule).one(), "for_team": Role.LICENSING_MANAGER}
        given |= {"object_kind": ObjectKind.PERSON, "object_id": uuid4(), "authority_id": council}
        ended = {"met_on": met, "ceased_at": ceased and noon(ceased)}
        started = due - timedelta(days=20)
        session.add(Clock(id=clock_id, started_on=started, first_due_on=due, due_on=due, **given, **ended))
        session.commit()
    if met:
        changed(clock_id, ClockEvent.MET, met)
    return clock_id


def changed(clock_id: UUID, kind: ClockEvent, on: date, **details: date) -> None:
    """What happened to a period at noon of a day."""
    said = {name: day.isoformat() for name, day in details.items()}
    at = noon(on)
    council = accounts.authority_id(accounts.OXFORD)
    write(ClockChange(clock_id=clock_id, authority_id=council, kind=kind, details=said, reason="Sample", at=at))


def at_once(licence_id: UUID, by: UUID, decided: date, *, told: bool = True, wrong: Iterable[str] = ()) -> Decision:
    """A revocation with immediate effect, its notice given or not."""
    given: dict[str, Any] = {"kind": DecisionKind.REVOKE, "maker": Maker.MANAGER, "immediate": True, "decided_by": by}
    return Decision(
        authority_id=accounts.authority_id(accounts.OXFORD),
        reference=reference(),
        licence_id=licence_id,
        decided_on=decided,
        notified_on=decided if told else None,
        irregularities=list(wrong),
        **given,
    )
