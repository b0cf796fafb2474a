"""What the county's agencies counted of late, and what they did so that people know what to look for."""

from datetime import date, timedelta

from sqlalchemy import select

from licensing.accounts.commands import on_behalf_of
from licensing.db import db
from licensing.disruption.words import AgencyKind
from licensing.prevention import changes
from licensing.prevention.models import IndicatorCount
from licensing.prevention.rules import Activity, Count
from licensing.prevention.words import Audience, AwarenessKind
from licensing.sample.councils import OXFORD, OXFORDSHIRE
from licensing.sample.disruption import TRADING_STANDARDS, agency_of, kingfisher

_MONTHS = 3
# Of each month, the last one first.
_COUNTED = {
    "MASH_ENQUIRIES": (1_148, 1_162, 1_101),
    "MASH_ASSESSMENTS": (334, 341, 329),
    "SCREENING_TOOLS": (41, 38, 36),
    "MISSING_OVER_TWO": (14, 17, 12),
    "CASELOAD": (70, 71, 68),
}
_DONE = (
    (AwarenessKind.VISIT, Audience.HOTELS, 12, "Oxford", 43),
    (AwarenessKind.TRAINING, Audience.DRIVERS, 30, "Oxford", 128),
    (AwarenessKind.WORKSHOP, Audience.CHILDREN, 45, "Schools of the county", 512),
    (AwarenessKind.BRIEFING, Audience.PARISH_COUNCILS, 60, "Bicester", 37),
    (AwarenessKind.LEARNING_EVENT, Audience.STAKEHOLDERS, 75, "Oxford", 150),
)


def prevent(today: date) -> None:
    """Figures of the last whole months, and activities of the last weeks; commits."""
    with on_behalf_of(TRADING_STANDARDS.email, as_sample=True) as officer:
        if db.session.scalar(select(IndicatorCount.id).limit(1)):
            return
        children = agency_of(AgencyKind.CHILDRENS_SERVICES, OXFORDSHIRE.place)
        team, months = kingfisher(), _months_before(today)
        changes.record_counts(
            officer,
            [
                (Count(code, team if code == "CASELOAD" else children, *month, value), None)
                for code, values in _COUNTED.items()
                for month, value in zip(months, values, strict=True)
            ],
        )
        licensing = agency_of(AgencyKind.LICENSING, OXFORD.place)
        changes.record_activities(
            officer,
            [
                (Activity(kind, audience, today - timedelta(days=days), place, reach, licensing), None)
                for kind, audience, days, place, reach in _DONE
            ],
        )
        db.session.commit()


def _months_before(today: date) -> list[tuple[date, date]]:
    """The first and the last day of each of the last whole months, the last one first."""
    months, day = [], today.replace(day=1) - timedelta(days=1)
    for _ in range(_MONTHS):
        months.append((day.replace(day=1), day))
        day = day.replace(day=1) - timedelta(days=1)
    return months
