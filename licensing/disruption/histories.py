"""What a file tells of an action, often years later, as the events that it must have had: values in, values out.

A file has few days. What it does not say is not made up: an event whose day is not known stands on the nearest day
that is, with words that say so. It was authorised on the day it was decided; where the power takes effect by service
and no day of service is told, it was served at the latest on the day it took effect; what became of it was on that day
or later. Who authorised it, and of which rank, the file does not say, so that no rank is checked. The law's lengths,
who may use the power and on what are checked as for every action.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from licensing.dates import in_words
from licensing.disruption.powers import Power, check_extension, check_length
from licensing.disruption.rules import EFFECT_CLOCKS, Event, possible_next, standing
from licensing.disruption.words import Effect, EventKind, Outcome
from licensing.errors import RuleBroken

SERVED_BY = "The file that this was brought in from has no day of service: it was on this day at the latest."
SINCE = "The file that this was brought in from does not say on which day: it was on this day or later."

_NOT_PURSUED = {Outcome.NOT_USED: EventKind.NOT_USED, Outcome.NOT_AVAILABLE: EventKind.NOT_AVAILABLE}
_BECAME = {Outcome.COMPLIED: EventKind.COMPLIED, Outcome.BREACHED: EventKind.BREACHED}
_NOT_YET = (Outcome.CONSIDERED, Outcome.AUTHORISED)


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of one action; a day that it does not have is None."""

    decided_on: date
    served_on: date | None = None
    in_force_on: date | None = None
    ends_on: date | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, and the words that say what is not known of it."""

    event: Event
    words: str = ""


def history_of(power: Power, told: Told, today: date) -> list[Happened]:
    """The events in their order. RuleBroken, with the law, where it cannot have happened so."""
    outcome = _meant(power, told)
    considered = Happened(Event(EventKind.CONSIDERED, told.decided_on))
    begun = told.served_on or told.in_force_on
    if outcome in _NOT_PURSUED or outcome is Outcome.CONSIDERED:
        _check_nothing_followed(outcome, begun or told.ends_on)
        over = [Happened(Event(_NOT_PURSUED[outcome], told.decided_on))] if outcome in _NOT_PURSUED else []
        return [considered, *over]
    authorised = Happened(Event(EventKind.AUTHORISED, told.decided_on))
    if outcome is Outcome.AUTHORISED:
        _check_nothing_followed(outcome, begun or told.ends_on)
        return [considered, authorised]
    if begun is None or (outcome is Outcome.IN_FORCE and told.in_force_on is None):
        raise RuleBroken(f"The day on which it took effect is needed: it was {outcome.label.lower()}", "in_force_on")
    return [considered, authorised, *_effect(power, told), *_end(told, outcome, told.in_force_on or begun, today)]


def _meant(power: Power, told: Told) -> Outcome:
    """What became of it, where the file leaves it open or says only that it, or the place, is closed."""
    if told.outcome is Outcome.CLOSED:
        return Outcome.IN_FORCE if power.closes else Outcome.ENDED
    if told.outcome:
        return told.outcome
    if told.in_force_on:
        return Outcome.IN_FORCE
    return Outcome.SERVED if told.served_on else Outcome.CONSIDERED


def _check_nothing_followed(outcome: Outcome, day: date | None) -> None:
    if day:
        raise RuleBroken(
            f"It cannot have a day of effect or a last day where it was {outcome.label.lower()}: correct one of them",
            "outcome",
        )


def _effect(power: Power, told: Told) -> list[Happened]:
    """Service, coming into force, and an extension where it lasted longer than it may at first."""
    effect = told.in_force_on
    _check_order(power, told)
    ends_on, extended = _first_end(power, told)
    served_on = told.served_on or (effect if power.served else None)
    events = []
    if served_on:
        last = ends_on if effect is None else None
        if last:
            _check_length(power, served_on, last)
        events.append(Happened(Event(EventKind.SERVED, served_on, last), "" if told.served_on else SERVED_BY))
    if effect:
        _check_length(power, effect, ends_on)
        events.append(Happened(Event(EventKind.IN_FORCE, effect, ends_on)))
        if extended:
            check_extension(power, effect, extended, limit_checked=True)
            events.append(Happened(Event(EventKind.EXTENDED, effect, extended), SINCE))
    return events


def _check_order(power: Power, told: Told) -> None:
    for day, column in ((told.served_on, "served_on"), (told.in_force_on, "in_force_on")):
        if day and day < told.decided_on:
            raise RuleBroken(
                f"It cannot be served or take effect before it was decided, on {in_words(told.decided_on)}", column
            )
    if told.served_on and told.in_force_on and told.in_force_on < told.served_on:
        raise RuleBroken(
            f"It cannot take effect before it was served, on {in_words(told.served_on)} ({power.law})", "in_force_on"
        )


def _first_end(power: Power, told: Told) -> tuple[date | None, date | None]:
    """(the last day as it was at first, the last day as extended): more than one order in one row."""
    if not (told.in_force_on and told.ends_on and power.longest and power.in_all):
        return told.ends_on, None
    most = power.longest.after(told.in_force_on)
    return (most, told.ends_on) if told.ends_on > most else (told.ends_on, None)


def _check_length(power: Power, begins_on: date, ends_on: date | None) -> None:
    """As a file tells it: nobody is there to be asked about a limit that is not verified."""
    highest = power.beyond_ranks[0] if power.beyond_ranks else None
    check_length(power, begins_on, ends_on, highest, limit_checked=True)


def _end(told: Told, outcome: Outcome, since: date, today: date) -> list[Happened]:
    """What became of it once it was served or in force."""
    if outcome in _BECAME:
        return [Happened(Event(_BECAME[outcome], since), SINCE)]
    if outcome not in (Outcome.ENDED, Outcome.RAN_OUT):
        return []
    if told.ends_on is None:
        raise RuleBroken(f"The last day is needed: it {_past(outcome)}", "ends_on")
    if told.ends_on > today:
        raise RuleBroken(f"It cannot have {_past(outcome)}: its last day is {in_words(told.ends_on)}", "outcome")
    return [Happened(Event(EventKind.ENDED, told.ends_on))] if outcome is Outcome.ENDED else []


def _past(outcome: Outcome) -> str:
    return "ended" if outcome is Outcome.ENDED else "run out"


def what_is_new(
    power: Power, before: Sequence[Event], history: Sequence[Happened], withdrawn: Collection[EventKind] = ()
) -> list[Happened]:
    """Of a history that a file tells, what is not recorded yet and can follow what is; on no earlier day.

    What somebody withdrew, since it never happened, a file that still has it does not bring back.
    """
    events, new = list(before), []
    for one in (*_last_day(before, history), *history):
        there = one.event.kind in withdrawn or any(each.kind is one.event.kind for each in before)
        if there or one.event.kind not in possible_next(power, standing(events)):
            continue
        last = events[-1].on
        follows = one if one.event.on >= last else Happened(replace(one.event, on=last), SINCE)
        events.append(follows.event)
        new.append(follows)
    return new


def _last_day(before: Sequence[Event], history: Sequence[Happened]) -> list[Happened]:
    """The last day that a file tells of what is in force without one."""
    now, told = standing(before), standing(one.event for one in history)
    if now.in_force_on is None or now.ends_on or told.ends_on is None:
        return []
    return [Happened(Event(EventKind.VARIED, now.in_force_on, told.ends_on), SINCE)]


def look_told(in_force_on: date, today: date) -> int | None:
    """After how many days a result is kept that a file tells: the latest look for which the time has passed."""
    return max((days for days in EFFECT_CLOCKS if (today - in_force_on).days >= days), default=None)


def check_result(effect: Effect, in_force_on: date | None, today: date) -> int:
    """After how many days the result is kept. RuleBroken where it never took effect, or only just did."""
    if in_force_on is None:
        raise RuleBroken(
            f"“{effect.label}” is of an action that took effect: the day on which it did is needed", "result"
        )
    after = look_told(in_force_on, today)
    if after is None:
        raise RuleBroken("It took effect less than 30 days ago: leave the result empty until then", "result")
    return after
