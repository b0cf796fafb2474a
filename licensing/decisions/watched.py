"""What must not be forgotten: licences that are suspended, and badges and plates that have not come back."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import queries as clocks
from licensing.deadlines.codes import ClockCode
from licensing.decisions.models import Decision
from licensing.decisions.powers import DecisionKind
from licensing.decisions.queries import decisions_of
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import EventKind, LicenceStatus
from licensing.register.models import Licence, LicenceEvent, LicencePeriod

# How long after a licence ended its badge is still asked for.
CHASED_FOR = timedelta(days=366)


@dataclass(frozen=True)
class Suspended:
    """A licence that is suspended: since when, by which decision, and when somebody looks at it again."""

    licence: Licence
    since: date
    decision: Decision | None
    next_review_on: date | None


def suspended(authority_id: UUID, today: date) -> list[Suspended]:
    """Every licence that is suspended today, the longest first."""
    found = (
        select(Licence, LicencePeriod.from_on)
        .join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
        .where(
            LicencePeriod.authority_id == authority_id,
            LicencePeriod.status == LicenceStatus.SUSPENDED,
            LicencePeriod.from_on <= today,
            LicencePeriod.until_on > today,
        )
        .options(selectinload(Licence.person), selectinload(Licence.vehicle), selectinload(Licence.organisation))
        .order_by(LicencePeriod.from_on, Licence.id)
    )
    rows = db.session.execute(found).all()
    last: dict[UUID, Decision] = {}
    for one in decisions_of([row.Licence.id for row in rows]):
        if one.kind.suspends or one.kind is DecisionKind.SUSPEND_UNFIT:
            last.setdefault(one.licence_id, one)
    due = _reviews_due([one.id for one in last.values()])
    return [
        Suspended(
            row.Licence,
            row.from_on,
            last.get(row.Licence.id),
            due.get(last[row.Licence.id].id) if row.Licence.id in last else None,
        )
        for row in rows
    ]


def _reviews_due(decision_ids: list[UUID]) -> dict[UUID, date]:
    running = clocks.clocks_about_any(ObjectKind.DECISION, decision_ids)
    return {one.object_id: one.due_on for one in running if one.runs and one.code is ClockCode.SUSPENSION_REVIEW}


_MARKED = tuple(kind for kind in LicenceKind if kind.family in (Family.DRIVER, Family.VEHICLE, Family.BADGE))


_TO_RETURN = (
    LicenceStatus.SUSPENDED,
    LicenceStatus.REVOKED,
    LicenceStatus.CEASED_IMMIGRATION,
)


def marks_out(authority_id: UUID, today: date) -> list[tuple[Licence, LicencePeriod]]:
    """Licences that stopped within the last year and whose badge or plate has not come back since, the oldest first."""
    returned = exists().where(
        LicenceEvent.licence_id == Licence.id,
        LicenceEvent.kind == EventKind.BADGE_RETURNED,
        LicenceEvent.superseded_at.is_(None),
        LicenceEvent.decided_on >= LicencePeriod.from_on - timedelta(days=28),
    )
    found = (
        select(Licence, LicencePeriod)
        .join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
        .where(
            LicencePeriod.authority_id == authority_id,
            LicencePeriod.status.in_(_TO_RETURN),
            LicencePeriod.kind.in_(_MARKED),
            LicencePeriod.from_on.between(today - CHASED_FOR, today),
            LicencePeriod.until_on > today,
            ~returned,
        )
        .options(selectinload(Licence.person), selectinload(Licence.vehicle))
        .order_by(LicencePeriod.from_on, Licence.id)
    )
    return [(row.Licence, row.LicencePeriod) for row in db.session.execute(found)]
