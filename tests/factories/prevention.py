"""A count and an activity, made by the room's own ways."""

from datetime import date
from uuid import UUID

from factories.disruption import agency, as_user
from sqlalchemy import select

from licensing.db import db
from licensing.disruption.words import AgencyKind
from licensing.prevention import changes
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.prevention.rules import Activity, Count, Reached
from licensing.prevention.words import Audience, AwarenessKind


def prevented(code: str, officer: UUID, *premises: UUID) -> dict[str, UUID]:
    """What a council recorded of each, by the names in the addresses."""
    theirs = agency(AgencyKind.LICENSING, code)
    with as_user(officer) as user:
        changes.record_count(user, Count("SCREENING_TOOLS", theirs, date(2026, 1, 1), date(2026, 1, 31), 12))
        activity = Activity(AwarenessKind.VISIT, Audience.HOTELS, date(2026, 2, 3), "Sample Town", 9, theirs, "W1")
        changes.record_activity(user, activity, None, Reached(5, premises))
        db.session.commit()
        return {
            "indicator_id": db.session.scalars(
                select(IndicatorCount.id).where(IndicatorCount.authority_id == user.authority.id)
            ).one(),
            "activity_id": db.session.scalars(
                select(AwarenessActivity.id).where(AwarenessActivity.authority_id == user.authority.id)
            ).one(),
        }
