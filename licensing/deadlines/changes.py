"""Starting, meeting, ceasing, pausing and moving clocks; and a council's own rules. The view commits."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import queries
from licensing.deadlines.catalogue import SET_AT
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock, ClockChange, ClockRuleRow, ClosureDay
from licensing.deadlines.rules import ClockEvent, FirstDay, SetBy, Unit, lateness, moved_on, reckon
from licensing.errors import RuleBroken
from licensing.permissions import Role

About = tuple[ObjectKind, UUID]
ENDED = "This clock has ended already. Nothing was changed."


def start(
    user: ActingUser,
    code: ClockCode,
    about: About,
    start: date | datetime,
    *,
    team: Role = Role.LICENSING_OFFICER,
) -> Clock:
    """Start a clock about a record, or find the one of this rule that runs about it.

    Raises RuleBroken where there was no such duty on the day.
    """
    if there := queries.running(code, about):
        return there
    day = queries.day_of(start)
    row = queries.row_in_force(code, user.authority.id, day)
    reckoning = reckon(row.as_rule(), start, queries.calendar_of(user.authority.id))
    clock = Clock(
        id=uuid4(),
        authority_id=user.authority.id,
        code=code,
        rule_id=row.id,
        object_kind=about[0],
        object_id=about[1],
        for_team=team,
        started_on=day,
        started_at=start if isinstance(start, datetime) else None,
        first_due_on=reckoning.due_on,
        due_on=reckoning.due_on,
        due_at=reckoning.due_at,
        started_by=user.id,
    )
    db.session.add(clock)
    db.session.flush()
    _note(user, clock, ClockEvent.STARTED, "", {"on": day.isoformat(), "due_on": clock.due_on.isoformat()})
    return clock


def meet(
    user: ActingUser, code: ClockCode, about: About, on: date, words: str = "", *, at: datetime | None = None
) -> None:
    """What the clock waited for was done on a day; nothing where none runs. A late day stays late.

    A period of hours is compared with the moment `at`, where that is known. What is done while the clock is paused
    has as many days left as there were. `words` say how, where that is told nowhere else.
    """
    clock = queries.running(code, about)
    if clock is None:
        return
    if clock.paused_on and on >= clock.paused_on:
        _count_on(user, clock, on, words)
    late = lateness(clock.due_on, clock.due_at, on, at)
    if late:
        clock.missed_on = clock.missed_on or clock.due_on
    clock.met_on, clock.met_at = on, at if clock.due_at else None
    details = {"on": on.isoformat(), "late_days": late.days, "late_hours": late.seconds // 3600}
    _note(user, clock, ClockEvent.MET, words, details)


def cease(user: ActingUser, code: ClockCode, about: About, why: str) -> None:
    """The act is no longer owed; nothing where no such clock runs."""
    clock = queries.running(code, about)
    if clock is None:
        return
    _keep_the_miss(clock)
    clock.ceased_at = db.func.now()
    _note(user, clock, ClockEvent.CEASED, why, {})


def count_anew(user: ActingUser, clock: Clock, right: date, why: str) -> Clock:
    """Another clock of the same rule in place of one that was met, from the right day: meet it on the day it was done.

    What the first one said stays, and counts no more.
    """
    other = start(user, clock.code, (clock.object_kind, clock.object_id), right, team=clock.for_team)
    clock.replaced_by_id = other.id
    _note(user, clock, ClockEvent.PUT_RIGHT, why, {"before": clock.started_on.isoformat(), "after": right.isoformat()})
    return other


def pause(user: ActingUser, clock_id: UUID, reason: str) -> None:
    """Stop counting for a reason. RuleBroken where it is paused or has ended."""
    clock = _running_locked(clock_id)
    _is_not_ones_own(user, clock)
    if clock.paused_on:
        raise RuleBroken("This clock is paused already.")
    _keep_the_miss(clock)
    clock.paused_on = today = dates.today()
    _note(user, clock, ClockEvent.PAUSED, reason, {"on": today.isoformat()})


def resume(user: ActingUser, clock_id: UUID, reason: str) -> None:
    """Count on with what was left. RuleBroken where it is not paused."""
    clock = _running_locked(clock_id)
    if clock.paused_on is None:
        raise RuleBroken("This clock is not paused.")
    _count_on(user, clock, dates.today(), reason)


def pause_about(user: ActingUser, about: About, on: date, reason: str, code: ClockCode | None = None) -> None:
    """Stop counting from a day on: every clock that runs about a record and is not paused, or the one of a rule."""
    for clock in queries.all_running(about, code):
        if clock.paused_on is None:
            if on > clock.due_on:
                clock.missed_on = clock.missed_on or clock.due_on
            clock.paused_on = since = max(on, clock.started_on)
            _note(user, clock, ClockEvent.PAUSED, reason, {"on": since.isoformat()})


def resume_about(
    user: ActingUser, about: About, since: date, on: date, reason: str, code: ClockCode | None = None
) -> None:
    """Count on from a day what was paused about a record from that other day; what somebody paused else stays so."""
    for clock in queries.all_running(about, code):
        paused_on = max(since, clock.started_on)
        if clock.paused_on == paused_on:
            _count_on(user, clock, max(on, paused_on), reason)


def _count_on(user: ActingUser, clock: Clock, day: date, reason: str) -> None:
    before, paused_on = clock.due_on, clock.paused_on
    assert paused_on is not None
    if clock.missed_on is None:
        unit = queries.rule_of(clock).unit
        calendar = queries.calendar_of(user.authority.id)
        clock.due_on = moved_on(before, paused_on, day, unit, calendar)
        clock.due_at = clock.due_at and clock.due_at + (day - paused_on)
    clock.paused_on = None
    _note(user, clock, ClockEvent.RESUMED, reason, _moved(before, clock.due_on))


def give_another_day(user: ActingUser, clock_id: UUID, due_on: date, reason: str) -> None:
    """Give a clock another day, with the reason; that its first day had passed is kept. RuleBroken where it ended."""
    clock = _running_locked(clock_id)
    _is_not_ones_own(user, clock)
    if due_on == clock.due_on:
        raise RuleBroken("The clock is due on that day already. Enter another.", "due_on")
    if due_on < clock.started_on:
        raise RuleBroken("The date must be on or after the day on which the clock started", "due_on")
    _keep_the_miss(clock)
    before, clock.due_on, clock.due_at = clock.due_on, due_on, None
    _note(user, clock, ClockEvent.GIVEN_ANOTHER_DAY, reason, _moved(before, due_on))


# By when somebody else looks at what one person did.
_OF_TWO_PEOPLE = frozenset({ClockCode.IMMEDIATE_REVIEW, ClockCode.CONFIRM_RECORD})


def _is_not_ones_own(user: ActingUser, clock: Clock) -> None:
    if clock.code in _OF_TWO_PEOPLE and clock.started_by == user.id:
        raise RuleBroken("Somebody else looks at what you did, and moves this clock if it must be moved.")


def set_own_rule(
    user: ActingUser,
    code: ClockCode,
    *,
    length: int,
    unit: Unit,
    first_day: FirstDay,
    valid_from: date,
    source: str,
    reason: str,
) -> None:
    """A council's own choice of a period, from a day on; clocks that run are not moved.

    RuleBroken where a statute fixes the period, or where the council's own is made elsewhere (SET_AT).
    """
    if code in SET_AT:
        raise RuleBroken(f"Your council’s own period is made on the page “{SET_AT[code][1]}”.")
    national = queries.row_in_force(code, None, valid_from)
    if national.as_rule().is_fixed:
        raise RuleBroken(f"The law fixes this period: {national.source}. A council cannot choose another.")
    if any(one.authority_id and one.valid_from == valid_from for one in queries.versions_of(code)):
        raise RuleBroken("Your council has chosen a period from that day already. Enter another day.", "valid_from")
    row = ClockRuleRow(
        id=uuid4(),
        authority_id=user.authority.id,
        code=code,
        name=national.name,
        length=length,
        unit=unit,
        first_day=first_day,
        skips=national.skips,
        starts=national.starts,
        stops=national.stops,
        source=source,
        set_by=SetBy.PRACTICE,
        verified=False,
        valid_from=valid_from,
        reason=reason,
        recorded_by=user.id,
    )
    db.session.add(row)
    db.session.flush()
    details = {"code": code, "length": length, "unit": unit, "from": valid_from.isoformat()}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, row.id, details=details)


def add_closure_day(user: ActingUser, day: date, reason: str) -> None:
    """A day on which the council does not work. RuleBroken where it does not work then anyway."""
    why_not = queries.calendar_of(user.authority.id).why_not(day)
    if why_not:
        raise RuleBroken(f"Nobody works on that day already: {why_not}.", "day")
    row = ClosureDay(id=uuid4(), authority_id=user.authority.id, day=day, reason=reason, recorded_by=user.id)
    db.session.add(row)
    db.session.flush()
    details = {"day": day.isoformat(), "after": "closed"}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, row.id, details=details)


def withdraw_closure_day(closure: ClosureDay) -> None:
    """The council works on that day after all; clocks that run are not moved."""
    closure.withdrawn_at = db.func.now()
    details = {"day": closure.day.isoformat(), "after": "open"}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.POLICY, closure.id, details=details)
    db.session.flush()


def _running_locked(clock_id: UUID) -> Clock:
    clock = queries.clock_for_update(clock_id)
    if not clock.runs:
        raise RuleBroken(ENDED)
    return clock


def _keep_the_miss(clock: Clock) -> None:
    if clock.paused_on is None and dates.today() > clock.due_on:
        clock.missed_on = clock.missed_on or clock.due_on


def _moved(before: date, after: date) -> dict[str, Any]:
    return {"before": before.isoformat(), "after": after.isoformat()}


def _note(user: ActingUser, clock: Clock, kind: ClockEvent, reason: str, details: dict[str, Any]) -> None:
    row = {
        "id": uuid4(),
        "authority_id": clock.authority_id,
        "clock_id": clock.id,
        "kind": kind,
        "details": details,
        "reason": reason,
        "by_id": user.id,
    }
    db.session.flush()
    db.session.execute(insert(ClockChange).inline(), [row])
    action = Action.ADDED if kind is ClockEvent.STARTED else Action.CHANGED
    audit.record(action, ObjectKind.CLOCK, clock.id, details={"code": clock.code, "what": kind, **details})
