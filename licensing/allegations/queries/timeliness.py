"""Cases and the periods that they are measured against."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, true

from licensing.allegations.models import Case
from licensing.allegations.timeliness import EXPECTED, Run
from licensing.allegations.words import Sector, Stage
from licensing.db import db
from licensing.deadlines.queries import reckoner

ONE_DAY, YEAR = timedelta(days=1), timedelta(days=365)


def run_of(case: Case) -> Run | None:
    """One case against its periods; None before it is referred."""
    return _runs(case.authority_id, [(case.referred_on, case.closed_on)])[0] if case.referred_on else None


def concluded_in_a_year(authority_id: UUID, today: date) -> list[Run]:
    """Those that were closed with an outcome in the last year, of the cases that were listed."""
    return concluded(authority_id, today - YEAR + ONE_DAY, today)


def concluded(authority_id: UUID, first: date, last: date, *sectors: Sector) -> list[Run]:
    """Those closed with an outcome in a period, of the cases that were listed; of all sectors or some."""
    found = select(Case.referred_on, Case.closed_on).where(
        Case.authority_id == authority_id,
        Case.stage == Stage.CLOSED,
        Case.closed_on.between(first, last),
        Case.referred_on.is_not(None),
        Case.sector.in_(sectors) if sectors else true(),
    )
    rows = db.session.execute(found.order_by(Case.closed_on, Case.id)).all()
    return _runs(authority_id, [(referred, closed) for referred, closed in rows])


def _runs(authority_id: UUID, days: list[tuple[date | None, date | None]]) -> list[Run]:
    due = reckoner(EXPECTED, authority_id)
    return [
        Run({code: due(code, referred).due_on for code in EXPECTED}, closed) for referred, closed in days if referred
    ]
