"""What another council offers of training that it gave."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, exists, func, select

from licensing.db import db
from licensing.register.rules import filed_under
from licensing.training.models import (
    TrainingOffer,
    TrainingRecord,
)
from licensing.training.queries.records import names_of_councils

PER_PAGE = 25


def offer_exists(offer_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(TrainingOffer.id == offer_id))))


def recorded_already(offer: TrainingOffer) -> UUID | None:
    """The record that says what is offered, where the person has one: of that course and day."""
    found = select(TrainingRecord.id, TrainingRecord.course).where(
        TrainingRecord.person_id == offer.person_id,
        TrainingRecord.superseded_at.is_(None),
        TrainingRecord.completed_on == offer.completed_on,
    )
    rows = db.session.execute(found.order_by(TrainingRecord.recorded_at, TrainingRecord.id))
    return next((row.id for row in rows if filed_under(row.course) == filed_under(offer.course)), None)


def offers_page(page: int) -> Pagination:
    """What other councils offer and nobody has settled yet, the first offered first."""
    found: Select[Any] = select(TrainingOffer).where(TrainingOffer.settled_at.is_(None))
    found = found.order_by(TrainingOffer.offered_at, TrainingOffer.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def offers_waiting() -> int:
    return db.session.scalar(select(func.count()).where(TrainingOffer.settled_at.is_(None))) or 0


def councils_of(offers: Sequence[TrainingOffer]) -> dict[UUID, str]:
    return names_of_councils({one.from_authority_id for one in offers})
