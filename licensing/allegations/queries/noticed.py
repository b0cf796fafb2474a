"""What was noticed of how cases are read; the database gives it to the independent reviewer alone."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select

from licensing.allegations.models import ReadingAlert
from licensing.db import db

SHOWN_FOR = timedelta(days=30)


def alert_exists(alert_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(ReadingAlert.id == alert_id))))


def alert(alert_id: UUID) -> ReadingAlert:
    return db.session.get_one(ReadingAlert, alert_id)


def shown(today: date) -> list[ReadingAlert]:
    """What waits, and what was acknowledged lately; the last day first."""
    lately = ReadingAlert.on_day > today - SHOWN_FOR
    found = select(ReadingAlert).where(or_(ReadingAlert.acknowledged_at.is_(None), lately))
    order = (ReadingAlert.on_day.desc(), ReadingAlert.actor_name, ReadingAlert.kind, ReadingAlert.id)
    return list(db.session.scalars(found.order_by(*order)))


def of_ids(ids: list[UUID]) -> list[ReadingAlert]:
    found = select(ReadingAlert).where(ReadingAlert.id.in_(ids))
    return list(db.session.scalars(found.order_by(ReadingAlert.id)))
