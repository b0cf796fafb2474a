"""Convictions of a person, and the policy that their weighing starts from."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from licensing.db import db
from licensing.suitability.models import Conviction, ConvictionPolicy
from licensing.suitability.starting_points import (
    Policy,
    StartingPoint,
    policy_in_force,
    starting_point,
    strictest,
)


def policies() -> list[Policy]:
    """Every row that may count: the national ones and the own council's, the oldest first.

    Of two from one day the one recorded first comes first: the later is what the council chose.
    """
    found = select(ConvictionPolicy).order_by(
        ConvictionPolicy.category, ConvictionPolicy.valid_from, ConvictionPolicy.recorded_at, ConvictionPolicy.id
    )
    return [row.as_policy() for row in db.session.scalars(found)]


def conviction(conviction_id: UUID) -> Conviction:
    return db.session.get_one(Conviction, conviction_id)


def conviction_for_update(conviction_id: UUID) -> Conviction:
    """The same, locked and read anew: two people cannot put it right at once."""
    return db.session.get_one(Conviction, conviction_id, with_for_update=True, populate_existing=True)


def convictions_of(person_id: UUID) -> list[Conviction]:
    """Whatever case they were recorded for, the last convicted first; what was put right is left out."""
    found = select(Conviction).where(Conviction.person_id == person_id, Conviction.superseded_at.is_(None))
    return list(db.session.scalars(found.order_by(Conviction.convicted_on.desc(), Conviction.id)))


def starting_points_of(person_id: UUID, day: date) -> list[tuple[Conviction, StartingPoint]]:
    """Each conviction, and from what the policy in force on a day starts for it."""
    rows = policies()
    found = []
    for one in convictions_of(person_id):
        policy = policy_in_force(rows, one.category, day)
        found.append((one, starting_point(policy, one.as_conviction()) if policy else StartingPoint()))
    return found


def starting_point_of(person_id: UUID | None, day: date) -> StartingPoint | None:
    """The strictest of a person's starting points; None without a conviction."""
    points = [point for _, point in starting_points_of(person_id, day)] if person_id else []
    return strictest(points) if points else None
