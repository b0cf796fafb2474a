"""Clocks that count from a day of an action, when that day is put right. Views commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import ObjectKind
from licensing.deadlines import changes as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import Clock
from licensing.disruption import powers, rules
from licensing.disruption.changes import staying
from licensing.disruption.models import Action
from licensing.disruption.words import EventKind
from licensing.permissions import Role

_RIGHT = "The day from which it counts was put right."


@dataclass(frozen=True)
class _Move:
    """Whose clocks move, and what they follow from now on: the stays of the measure, and when it was before a court."""

    user: ActingUser
    action: Action
    stays: Sequence[rules.Span]
    at_court: date | None


def move_clocks(
    user: ActingUser, action: Action, power: powers.Power, told: Sequence[rules.Event], right: Sequence[rules.Event]
) -> None:
    """Clocks that run count from the right day, and one that was met is as late as it was from there."""
    before, now, stays = rules.standing(told), rules.standing(right), rules.stays(right)
    at_court = next((one.on for one in reversed(right) if one.kind is EventKind.AT_COURT), None)
    move, restayed = _Move(user, action, stays, at_court), stays != rules.stays(told)
    started = {one.code: one for one in _counted(action)}
    for kind, code in (*power.starts, *((EventKind.IN_FORCE, one) for one in rules.EFFECT_CLOCKS.values())):
        clock, day = started.get(code), now.day_of(kind)
        if clock is None:
            continue
        moved = restayed or before.day_of(kind) != day
        if code in rules.OWED:
            _owe(move, clock, day, moved=moved, over=now.state.is_over)
        elif moved and not clock.met_on:
            _start_anew(move, code, day)


def _counted(action: Action) -> list[Clock]:
    """Those that were neither let go nor put right before, the one that was started last of each rule at the end."""
    found = deadlines.clocks_about(ObjectKind.DISRUPTION_ACTION, action.id)
    return sorted((one for one in found if not one.ceased_at and not one.replaced_by_id), key=_by_start)


def _by_start(clock: Clock) -> tuple[bool, object]:
    return clock.runs, clock.recorded_at


def _owe(move: _Move, clock: Clock, day: date | None, *, moved: bool, over: bool) -> None:
    """What is owed to a court: whether it was in time is asked again, and what is not before it is owed again."""
    about = (ObjectKind.DISRUPTION_ACTION, move.action.id)
    if clock.met_on and move.at_court and day:
        if moved or clock.met_on != move.at_court:
            clocks.count_anew(move.user, clock, day, _RIGHT)
            _wait(move, clock.code)
            clocks.meet(move.user, clock.code, about, move.at_court)
    elif over:
        clocks.cease(move.user, clock.code, about, f"The action: {move.action.state.label.lower()}.")
    elif not move.at_court and (moved or clock.met_on):
        _start_anew(move, clock.code, day)


def _start_anew(move: _Move, code: ClockCode, day: date | None) -> None:
    about = (ObjectKind.DISRUPTION_ACTION, move.action.id)
    clocks.cease(move.user, code, about, _RIGHT)
    if day:
        clocks.start(move.user, code, about, day, team=Role.DISRUPTION_OFFICER)
        _wait(move, code)


def _wait(move: _Move, code: ClockCode) -> None:
    """It waits as often as the measure was stayed."""
    for span in move.stays:
        staying.wait(move.user, move.action, span, code)
