"""Recording what was counted and what was done, one or many at once, and putting it right. Views commit."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, func, update

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db, insert_many
from licensing.errors import RuleBroken
from licensing.prevention import queries
from licensing.prevention.models import AwarenessActivity, IndicatorCount
from licensing.prevention.rules import Activity, Count, check_period

_THERE = "This is recorded already for the same agency and period. Correct it instead"
_IN_BETWEEN = "Somebody changed this entry in between. Look at what it says now."
_KINDS = {IndicatorCount: ObjectKind.INDICATOR, AwarenessActivity: ObjectKind.AWARENESS}


def record_count(user: ActingUser, count: Count, before_id: UUID | None = None) -> None:
    """What an agency counted in a period; `before_id` is the entry that this one puts right.

    RuleBroken where the period is not over, or another entry is of the same agency and period.
    """
    check_period(count.period_start, count.period_end, dates.today())
    if any(one != before_id for one in queries.counts_of_same(user.authority.id, count)):
        raise RuleBroken(_THERE, "code")
    record_counts(user, [(count, before_id)])


def record_counts(user: ActingUser, counts: Sequence[tuple[Count, UUID | None]]) -> None:
    """Counts that were checked before, each with the entry that it puts right, if any."""
    _record(user, IndicatorCount, counts)


def record_activity(user: ActingUser, activity: Activity, before_id: UUID | None = None) -> None:
    """Something that was done; `before_id` is the entry that this one puts right."""
    record_activities(user, [(activity, before_id)])


def record_activities(user: ActingUser, activities: Sequence[tuple[Activity, UUID | None]]) -> None:
    """Activities that were checked before, each with the entry that it puts right, if any."""
    _record(user, AwarenessActivity, activities)


def _record(
    user: ActingUser,
    model: type[IndicatorCount | AwarenessActivity],
    given: Sequence[tuple[Count | Activity, UUID | None]],
) -> None:
    """Three statements and two of the trail, however many there are. What stood before stays, superseded."""
    _supersede(model, [before for _, before in given if before])
    shared = {"authority_id": user.authority.id, "superseded_at": None, "recorded_by": user.id}
    rows = [{"id": uuid4(), "supersedes_id": before, **shared, **asdict(facts)} for facts, before in given]
    insert_many(model, rows)
    for action, corrects in ((Action.ADDED, False), (Action.CORRECTED, True)):
        told = [(row["id"], user.authority.id) for row in rows if bool(row["supersedes_id"]) is corrects]
        audit.record_many(action, _KINDS[model], told)


def _supersede(model: type[IndicatorCount | AwarenessActivity], before: Sequence[UUID]) -> None:
    """Close these entries: two people do not put another in the place of one at once."""
    if not before:
        return
    closing = update(model).where(model.id.in_(before), model.superseded_at.is_(None))
    closed = cast("CursorResult[None]", db.session.execute(closing.values(superseded_at=func.now())))
    if closed.rowcount != len(before):
        raise RuleBroken(_IN_BETWEEN)
