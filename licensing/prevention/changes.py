"""Recording what was counted and what was done, one or many at once, and putting it right. Views commit."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, func, text, update

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db, insert_many
from licensing.errors import RuleBroken
from licensing.prevention import queries
from licensing.prevention.models import AwarenessActivity, AwarenessPlace, IndicatorCount
from licensing.prevention.rules import Activity, Count, Reached, check_period, places_written

_THERE = "This is recorded already for the same agency and period. Correct it instead"
_IN_BETWEEN = "Somebody changed this entry in between. Look at what it says now."
NOBODY = Reached()
_CARRY = text("CALL carry_places(CAST(:ids AS uuid[]))")
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


def record_activity(
    user: ActingUser, activity: Activity, before_id: UUID | None = None, reached: Reached = NOBODY
) -> None:
    """Something that was done; `before_id` is the entry that this one puts right."""
    _record_activities(user, [(activity, before_id)], [reached])


def record_activities(user: ActingUser, activities: Sequence[tuple[Activity, UUID | None]]) -> None:
    """Activities that were checked before, each with the entry that it puts right, if any.

    A file knows neither drivers nor places: what an entry has of them is kept with the one that takes its place.
    """
    there = queries.reached_by([before for _, before in activities if before])
    _record_activities(user, activities, [there.get(before, NOBODY) if before else NOBODY for _, before in activities])


def _record_activities(
    user: ActingUser, activities: Sequence[tuple[Activity, UUID | None]], reached: Sequence[Reached]
) -> None:
    made = _record(user, AwarenessActivity, activities, [{"drivers": one.drivers} for one in reached])
    places = [(row_id, place_id) for row_id, one in zip(made, reached, strict=True) for place_id in one.premises]
    shared = {"authority_id": user.authority.id}
    insert_many(
        AwarenessPlace,
        [{"id": uuid4(), "activity_id": row_id, "premises_id": place_id, **shared} for row_id, place_id in places],
    )
    # What whoever puts it right does not know, they cannot have left out.
    put_right = [row_id for row_id, (_, before) in zip(made, activities, strict=True) if before]
    if put_right:
        db.session.execute(_CARRY, {"ids": put_right})


def premises_written(written: str) -> tuple[UUID, ...]:
    """The places of the registers that were typed, one a line. RuleBroken for one that is not found, or found twice."""
    wanted, ids = places_written(written), []
    found = queries.premises_named(wanted)
    for name, postcode in wanted:
        fitting = found.get(queries.key_of_place(name, postcode), [])
        if len(fitting) != 1:
            why = "is on no register that you know" if not fitting else "is on the registers more than once"
            raise RuleBroken(f"“{name}, {postcode}” {why}. Write it as the register has it, or leave it out", "places")
        ids += fitting
    return tuple(dict.fromkeys(ids))


def _record(
    user: ActingUser,
    model: type[IndicatorCount | AwarenessActivity],
    given: Sequence[tuple[Count | Activity, UUID | None]],
    more: Sequence[dict[str, Any]] | None = None,
) -> list[UUID]:
    """Three statements and two of the trail, however many there are. What stood before stays, superseded.

    `more` is what each row has besides its facts; the ids of the rows, in their order.
    """
    _supersede(model, [before for _, before in given if before])
    shared = {"authority_id": user.authority.id, "superseded_at": None, "recorded_by": user.id}
    besides = more or [{}] * len(given)
    rows = [
        {"id": uuid4(), "supersedes_id": before, **shared, **asdict(facts), **other}
        for (facts, before), other in zip(given, besides, strict=True)
    ]
    insert_many(model, rows)
    for action, corrects in ((Action.ADDED, False), (Action.CORRECTED, True)):
        told = [(row["id"], user.authority.id) for row in rows if bool(row["supersedes_id"]) is corrects]
        audit.record_many(action, _KINDS[model], told)
    return [row["id"] for row in rows]


def _supersede(model: type[IndicatorCount | AwarenessActivity], before: Sequence[UUID]) -> None:
    """Close these entries: two people do not put another in the place of one at once."""
    if not before:
        return
    closing = update(model).where(model.id.in_(before), model.superseded_at.is_(None))
    closed = cast("CursorResult[None]", db.session.execute(closing.values(superseded_at=func.now())))
    if closed.rowcount != len(before):
        raise RuleBroken(_IN_BETWEEN)
