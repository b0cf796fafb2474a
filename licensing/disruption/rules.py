"""How an action stands: derived from its dated events as at a day, never a field that somebody edits.

An event is refused where it could not have happened then: nothing is in force before it is served, nothing is served
before it is authorised, and nothing follows the end but an appeal's result.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from licensing.dates import in_words
from licensing.deadlines.codes import ClockCode
from licensing.disruption.powers import Power, check_extension, check_length, check_rank
from licensing.disruption.words import ActionState, AppealCourt, AppealResult, EventKind, Rank
from licensing.errors import RuleBroken

LONGEST_WORDS = 4000
# What an agency owes once a notice is served, met by putting it before the court. The other periods that a power starts
# are somebody else's, as for an appeal, or a length: they are shown as days, and nobody misses them.
OWED = frozenset(
    {
        ClockCode.CLOSE_SOA_HEAR,
        ClockCode.CLOSE_ASB_HEAR,
        ClockCode.HEPN_APPLY,
        ClockCode.IWCN_HEAR,
        ClockCode.CLOSE_CJPA_APPLY,
    }
)
# What must have passed since the service before a court is asked.
MUST_PASS = frozenset({ClockCode.CLOSE_CJPA_FROM})
# After how many days it is asked whether an action worked, and by which clock.
EFFECT_CLOCKS = {30: ClockCode.EFFECT_30, 90: ClockCode.EFFECT_90}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an action. `ends_on` is the last day that it then has, where the event says one.

    `court` and `stayed` are of an appeal: who decides it, and whether the measure is stayed from that day on.

    `limit_checked`: somebody checked the law where that day is outside a limit that is not verified.
    """

    kind: EventKind
    on: date
    ends_on: date | None = None
    rank: Rank | None = None
    appeal_result: AppealResult | None = None
    court: AppealCourt | None = None
    stayed: bool | None = None
    limit_checked: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from an action's events: the days that matter, and whether an appeal is open."""

    considered_on: date
    authorised_on: date | None = None
    served_on: date | None = None
    in_force_on: date | None = None
    ends_on: date | None = None
    ended_on: date | None = None
    state: ActionState = ActionState.CONSIDERED
    appeal_open: bool = False
    stayed_on: date | None = None

    def state_on(self, day: date) -> ActionState:
        """The same, with what has run out by a day."""
        if self.state.is_over or self.ends_on is None or day <= self.ends_on:
            return self.state
        return ActionState.RAN_OUT if self.in_force_on else self.state

    @property
    def last_on(self) -> date | None:
        """The last day on which it held, or is to hold."""
        return min((day for day in (self.ends_on, self.ended_on) if day), default=None)

    def day_of(self, kind: EventKind) -> date | None:
        """When it was authorised, served or took effect."""
        days = {EventKind.AUTHORISED: self.authorised_on, EventKind.SERVED: self.served_on}
        return (days | {EventKind.IN_FORCE: self.in_force_on}).get(kind)


# What each event makes of an action; what is not here leaves it as it was.
_LEADS_TO = {
    EventKind.CONSIDERED: ActionState.CONSIDERED,
    EventKind.AUTHORISED: ActionState.AUTHORISED,
    EventKind.SERVED: ActionState.SERVED,
    EventKind.IN_FORCE: ActionState.IN_FORCE,
    EventKind.COMPLIED: ActionState.COMPLIED,
    EventKind.BREACHED: ActionState.BREACHED,
    EventKind.ENDED: ActionState.ENDED,
    EventKind.NOT_USED: ActionState.NOT_USED,
    EventKind.NOT_AVAILABLE: ActionState.NOT_AVAILABLE,
}
_ONCE_SERVED = (EventKind.AT_COURT, EventKind.COMPLIED, EventKind.BREACHED, EventKind.APPEALED, EventKind.ENDED)
_WHILE_IN_FORCE = (EventKind.VARIED, EventKind.EXTENDED, *_ONCE_SERVED)
_FOLLOWING: dict[ActionState, tuple[EventKind, ...]] = {
    ActionState.CONSIDERED: (EventKind.AUTHORISED, EventKind.NOT_USED, EventKind.NOT_AVAILABLE),
    ActionState.AUTHORISED: (EventKind.SERVED, EventKind.IN_FORCE, EventKind.NOT_USED, EventKind.ENDED),
    ActionState.SERVED: (EventKind.IN_FORCE, *_ONCE_SERVED),
    ActionState.IN_FORCE: _WHILE_IN_FORCE,
    ActionState.COMPLIED: _WHILE_IN_FORCE,
    ActionState.BREACHED: _WHILE_IN_FORCE,
}


def order(event: Event, place: int = 0) -> tuple[date, int, int]:
    """Where an event stands among others: by its day, the end last of its day, then as they were recorded.

    What is learnt late of the very day of the end was before the end, and an appeal that is allowed ends what is left.
    """
    is_allowed = event.appeal_result is AppealResult.ALLOWED
    return event.on, 2 if is_allowed else int(event.kind is EventKind.ENDED), place


def standing(events: Iterable[Event]) -> Standing:
    """Go through the events, which are in their order; the first says when it was considered."""
    ordered = list(events)
    found = Standing(ordered[0].on)
    for event in ordered:
        found = _after(found, event)
    return found


def _after(before: Standing, event: Event) -> Standing:
    kind = event.kind
    return Standing(
        considered_on=before.considered_on,
        authorised_on=event.on if kind is EventKind.AUTHORISED else before.authorised_on,
        served_on=event.on if kind is EventKind.SERVED else before.served_on,
        in_force_on=event.on if kind is EventKind.IN_FORCE else before.in_force_on,
        ends_on=event.ends_on or before.ends_on,
        ended_on=event.on if _ends(event) else before.ended_on,
        state=ActionState.ENDED if _ends(event) else _LEADS_TO.get(kind, before.state),
        appeal_open=kind is EventKind.APPEALED or (before.appeal_open and kind is not EventKind.APPEAL_DECIDED),
        stayed_on=_stayed_on(before.stayed_on, event),
    )


def _stayed_on(before: date | None, event: Event) -> date | None:
    """Since when the measure is stayed: from the appeal, or as the court orders, to the outcome or the end."""
    if _ends(event) or event.kind in (EventKind.STAY_ENDED, EventKind.APPEAL_DECIDED):
        return None
    stays = event.kind is EventKind.STAYED or (event.kind is EventKind.APPEALED and event.stayed)
    return (before or event.on) if stays else before


def _ends(event: Event) -> bool:
    return event.kind is EventKind.ENDED or event.appeal_result is AppealResult.ALLOWED


def possible_next(power: Power, now: Standing) -> tuple[EventKind, ...]:
    """What may be recorded next of an action that stands so; before a court only comes what is owed to one."""
    left_out = {EventKind.APPEALED} if now.appeal_open else set()
    if not any(code in OWED for _, code in power.starts):
        left_out.add(EventKind.AT_COURT)
    appeal = (EventKind.APPEAL_DECIDED,) if now.appeal_open else ()
    if now.appeal_open and not now.state.is_over:
        appeal = (EventKind.STAY_ENDED if now.stayed_on else EventKind.STAYED, *appeal)
    return tuple(kind for kind in _FOLLOWING.get(now.state, ()) if kind not in left_out) + appeal


# What a hotel notice's own pages record, with the notice that was given: it is not told a second way.
HOTEL_NOTICE = "S116"
_BY_ITS_NOTICE = frozenset({EventKind.SERVED, EventKind.IN_FORCE, EventKind.VARIED, EventKind.EXTENDED})


def by_hand(power: Power, now: Standing) -> tuple[EventKind, ...]:
    """What may be recorded next on the action's own page."""
    return tuple(kind for kind in possible_next(power, now) if kind not in told_by_notice(power))


def told_by_notice(power: Power) -> frozenset[EventKind]:
    """What is told on the pages of its notice alone."""
    return _BY_ITS_NOTICE if power.code == HOTEL_NOTICE else frozenset()


def correctable(power: Power, kind: EventKind) -> bool:
    """Whether an entry is put right on the action's page: what a hotel notice says of itself is not."""
    return power.code != HOTEL_NOTICE or kind not in {*_BY_ITS_NOTICE, EventKind.CONSIDERED, EventKind.AUTHORISED}


# By which a court closes premises: the council that licenses them reviews the licence (Licensing Act 2003 s.167).
CLOSURE_ORDER = "ASBCO"
_REVIEWED_WITHIN = timedelta(days=28)


def review_follows(now: Standing, today: date) -> bool:
    """Whether a review is to be asked for: of orders that ended years ago, nobody is asked."""
    if now.in_force_on is None:
        return False
    return now.last_on is None or today <= max(now.last_on, now.in_force_on + _REVIEWED_WITHIN)


# What may have happened while an action lasted, and is learnt of when it is over.
_LEARNT_LATE = frozenset({EventKind.COMPLIED, EventKind.BREACHED, EventKind.VARIED, EventKind.APPEALED})


def learnt_late(power: Power, events: Sequence[Event]) -> tuple[EventKind, ...]:
    """What may be recorded of the time before an action was over."""
    now = standing(events)
    if not now.state.is_over:
        return ()
    earlier = {kind for number in range(1, len(events)) for kind in possible_next(power, standing(events[:number]))}
    kinds = (earlier & _LEARNT_LATE).difference(possible_next(power, now), told_by_notice(power))
    return tuple(kind for kind in EventKind if kind in kinds)


def check_next(power: Power, before: Sequence[Event], event: Event, today: date) -> None:
    """RuleBroken where the event could not have happened so; what is learnt of late stands where its day is."""
    earlier = [one for one in before if order(one) <= order(event)]
    check_between(power, earlier, event, before[len(earlier) :], today)


def check_between(power: Power, earlier: Sequence[Event], event: Event, later: Sequence[Event], today: date) -> None:
    """RuleBroken where an event could not have happened after some, or others not after it."""
    if event.on > today:
        raise RuleBroken("The date must be today or in the past", "on")
    if event.kind is not EventKind.CONSIDERED:
        _check_follows(power, earlier, event, later)
    whole = [*earlier, event, *later]
    check_still_follows(power, whole)
    after = standing(whole)
    if after.in_force_on and after.ends_on and after.ends_on < after.in_force_on:
        raise RuleBroken("The last day must be on or after the day on which it takes effect", "ends_on")


def _check_follows(power: Power, earlier: Sequence[Event], event: Event, later: Sequence[Event]) -> None:
    if not earlier:
        raise RuleBroken(
            f"The date must be on or after {in_words(later[0].on)}, when it was {later[0].kind.label.lower()}", "on"
        )
    now = standing(earlier)
    if event.kind in possible_next(power, now):
        _check_of_its_kind(power, now, event)
    elif later:
        raise RuleBroken(
            f"“{event.kind.label}” does not follow on {in_words(event.on)}: the action was then"
            f" {now.state.label.lower()}",
            "on",
        )
    else:
        raise RuleBroken(f"“{event.kind.label}” does not follow here: the action is {now.state.label.lower()}", "kind")


def check_still_follows(power: Power, events: Sequence[Event]) -> None:
    """RuleBroken where one of these, in the order of their days, could not follow those before it."""
    for number, event in enumerate(events[1:], 1):
        now = standing(events[:number])
        if event.kind not in possible_next(power, now) or _lacks_service(power, now, event):
            raise RuleBroken(
                f"Then “{event.kind.label}” on {in_words(event.on)} could not have followed. Correct that first", "on"
            )
        if event.kind is EventKind.EXTENDED:
            _check_extended(power, now, event)


def _lacks_service(power: Power, now: Standing, event: Event) -> bool:
    return event.kind is EventKind.IN_FORCE and power.served and now.served_on is None


def _check_of_its_kind(power: Power, now: Standing, event: Event) -> None:
    if event.kind is EventKind.AUTHORISED and event.rank is None and power.ranks:
        raise RuleBroken("Select the rank or office of whoever authorised it", "rank")
    if event.rank and event.kind is EventKind.AUTHORISED:
        check_rank(power, event.rank)
    if event.kind is EventKind.IN_FORCE:
        if _lacks_service(power, now, event):
            raise RuleBroken(
                f"{power.name} takes effect when it is served ({power.law}). Record the service first", "kind"
            )
        _check_length(power, event.on, event, event.ends_on or now.ends_on)
    elif event.kind is EventKind.EXTENDED:
        _check_extended(power, now, event)
    elif event.ends_on:
        _check_length(power, now.in_force_on or event.on, event, event.ends_on)


def _check_length(power: Power, begins_on: date, event: Event, ends_on: date | None) -> None:
    check_length(power, begins_on, ends_on, event.rank, limit_checked=event.limit_checked)


def _check_extended(power: Power, now: Standing, event: Event) -> None:
    if event.ends_on is None:
        raise RuleBroken("Enter the last day that it now has", "ends_on")
    if now.ends_on and event.ends_on <= now.ends_on:
        raise RuleBroken("The new last day must be after the one that it has", "ends_on")
    if now.ends_on and event.on > now.ends_on:
        raise RuleBroken(f"It ran out on {in_words(now.ends_on)}: begin a new one", "on")
    check_extension(power, now.in_force_on or event.on, event.ends_on, limit_checked=event.limit_checked)


# What an auditor asks of what came to nothing.
_WHY = {
    EventKind.NOT_USED: "Enter why the power was not used",
    EventKind.NOT_AVAILABLE: "Enter in what the threshold is not met",
}


def says_why(kind: EventKind) -> bool:
    """Whether an event is told with a reason."""
    return kind in _WHY


def names_officer(power: Power, kind: EventKind) -> bool:
    """Whether it is told by whom an event was: where a power asks for a rank, somebody of that rank authorised it."""
    return kind is EventKind.AUTHORISED and bool(power.ranks)


def check_said(power: Power, kind: EventKind, officer: str, words: str) -> None:
    """RuleBroken where the reason or the officer is missing that such an event is told with."""
    if kind in _WHY and not words:
        raise RuleBroken(_WHY[kind], "words")
    if names_officer(power, kind) and not officer:
        raise RuleBroken("Enter who authorised it", "officer")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, both days included; without an end it goes on."""

    from_on: date
    until_on: date | None


def overlaps(one: Span, others: Iterable[Span]) -> bool:
    """Whether it shares a day with any of the others: a place is not closed twice at once."""
    return any(
        (other.until_on is None or one.from_on <= other.until_on)
        and (one.until_on is None or other.from_on <= one.until_on)
        for other in others
    )


def stays(events: Sequence[Event]) -> list[Span]:
    """When the measure was stayed: each time, until the day on which it counted again; the last may go on."""
    spans: list[Span] = []
    for number, event in enumerate(events, 1):
        since = standing(events[:number]).stayed_on
        still_open = bool(spans) and spans[-1].until_on is None
        if since and not still_open:
            spans.append(Span(since, None))
        elif still_open and since is None:
            spans[-1] = Span(spans[-1].from_on, event.on)
    return spans


def looked_back_and_forward(in_force_on: date, days: int) -> tuple[Span, Span]:
    """The same length of time before and after: the day of effect begins what is after."""
    ago, ahead = timedelta(days=days), timedelta(days=days - 1)
    return Span(in_force_on - ago, in_force_on - timedelta(days=1)), Span(in_force_on, in_force_on + ahead)
