"""An authorisation's status follows from its dated events, as at a day.

Decision, notice and effect are different dates. A revocation or suspension that is not immediate takes
effect when the time for an appeal has passed (Local Government (Miscellaneous Provisions) Act 1976
s.61(2A), s.77; Licensing Act 2003 s.52(11)); an immediate one on notice (1976 Act s.61(2B)). Which event may
follow which status, and by which law, stands in life_cycle.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import takewhile

from licensing.dates import years_after
from licensing.register.events import (
    ADVERSE,
    BEGINNING,
    END_OF_TIME,
    ONE_DAY,
    Event,
    EventKind,
    LicenceStatus,
    RelevantInformation,
)

# Both ways of counting 21 days (beginning with the notice, and from the day after it) must have passed.
APPEAL_DAYS = 22
# Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022 s.2(2): eleven years from entry.
RETENTION_YEARS = 11


_TERMS = frozenset({EventKind.GRANTED, EventKind.RENEWED, EventKind.EXPIRED})
# Each of these can only happen to what was granted, even where the grant's date was not kept.
_ONLY_WHERE_GRANTED = frozenset(
    {
        EventKind.SUSPENDED,
        EventKind.RENEWAL_REFUSED,
        EventKind.SURRENDERED,
        EventKind.LAPSED,
        EventKind.INTERIM_AUTHORITY_GIVEN,
        EventKind.TRANSFERRED,
        EventKind.FEE_SUSPENDED,
        EventKind.FOUND_UNFIT,
    }
)
_APPEAL_ENDS = frozenset({EventKind.APPEAL_DISMISSED, EventKind.APPEAL_WITHDRAWN, EventKind.REINSTATED_BY_COURT})
_SETTLES = {
    EventKind.REVOKED: LicenceStatus.REVOCATION_PENDING,
    EventKind.REFUSED: LicenceStatus.REFUSED,
    EventKind.WITHDRAWN: LicenceStatus.WITHDRAWN,
    EventKind.REJECTED_INCOMPLETE: LicenceStatus.REJECTED,
}
# Stands for the licence of a document that no event has named.
_OTHER_ENTITLEMENT = "other"
# Of two entitlements in one document, the document has the status that lets its holder do more.
_MOST_FIRST = (
    LicenceStatus.IN_FORCE,
    LicenceStatus.SUSPENSION_PENDING,
    LicenceStatus.REVOCATION_PENDING,
    LicenceStatus.INTERIM_AUTHORITY,
    LicenceStatus.NOT_STARTED,
    LicenceStatus.FEE_SUSPENDED,
    LicenceStatus.SUSPENDED,
    LicenceStatus.APPLIED,
    LicenceStatus.EXPIRED,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The status from a day up to, not including, another."""

    status: LicenceStatus
    from_on: date
    until_on: date


def takes_effect_on(event: Event) -> date:
    """The day a suspension or revocation begins to bite; the end of time while no notice has been given."""
    if event.effective_on:
        return event.effective_on
    if event.immediate:
        return event.notified_on or event.known_from
    if event.notified_on:
        return event.notified_on + timedelta(days=APPEAL_DAYS)
    return END_OF_TIME if event.decided_on else BEGINNING


def effect_on(happened: Sequence[Event], decision: Event) -> date:
    """The day a decision begins to bite, appeals considered; the end of time while one is open.

    An appeal in time keeps a decision from taking effect until it is disposed of (1976 Act s.61(2A), s.77(2);
    Licensing Act 2003 s.52(11)); an immediate decision is not stayed (1976 Act s.77(3)), nor one whose day has come.
    """
    effect = takes_effect_on(decision)
    if decision.immediate or effect == BEGINNING:
        return effect
    later = happened[happened.index(decision) + 1 :]
    until = _time_for_an_appeal(decision, effect)
    lodged = next((one for one in later if one.kind is EventKind.APPEALED and one.known_from < until), None)
    if lodged is None:
        return effect
    ended = next((one for one in later[later.index(lodged) + 1 :] if one.kind in _APPEAL_ENDS), None)
    return max(effect, ended.known_from) if ended else END_OF_TIME


def _time_for_an_appeal(decision: Event, effect: date) -> date:
    """The first day on which an appeal is too late to hold a decision up: a late one is heard, and stays nothing."""
    if decision.notified_on is None:
        return effect
    return min(effect, decision.notified_on + timedelta(days=APPEAL_DAYS))


def status_as_at(events: Sequence[Event], day: date) -> LicenceStatus:
    """The status on a day, from what had happened by then. Events come in the order they were recorded."""
    happened = sorted((event for event in events if event.known_from <= day), key=lambda event: event.filed_on)
    named = {event.entitlement for event in happened} - {""}
    if not named:
        return _status(happened, day)
    # A document stands for two licences: what is not named beside what is goes on as the other of them.
    found = [
        _status(_concerning(happened, one), day)
        for one in (*sorted(named), *([_OTHER_ENTITLEMENT] * (len(named) == 1)))
    ]
    return min(found, key=lambda status: _MOST_FIRST.index(status) if status in _MOST_FIRST else len(_MOST_FIRST))


def entitlement_status(events: Sequence[Event], entitlement: str, day: date) -> LicenceStatus:
    """The status of one licence of several that a document stands for."""
    return status_as_at([replace(event, entitlement="") for event in _concerning(events, entitlement)], day)


def _concerning(events: Iterable[Event], entitlement: str) -> list[Event]:
    return [event for event in events if event.entitlement in ("", entitlement)]


def _status(happened: Sequence[Event], day: date) -> LicenceStatus:
    """The status on a day, from events in their sequence, all of which have happened by then."""
    if any(event.kind is EventKind.VOIDED for event in happened):
        return LicenceStatus.VOID
    term = _term_running_on(happened, day)
    if ended := [one for one in _endings(happened, term, day) if one[0] <= day]:
        return min(ended, key=lambda one: one[0])[1]
    if term is None:
        return _application_status(happened)
    return _status_of_what_runs(happened, term, day)


def _status_of_what_runs(happened: Sequence[Event], term: Event, day: date) -> LicenceStatus:
    suspensions = _all_standing(
        happened, EventKind.SUSPENDED, EventKind.SUSPENSION_ENDED, EventKind.REINSTATED_BY_COURT
    )
    # The last that has taken effect governs: one that is pending does not lift the one before it.
    bites = next((one for one in suspensions if effect_on(happened, one) <= day), None)
    if bites and day <= (bites.ends_on or END_OF_TIME):
        return LicenceStatus.SUSPENDED
    if _standing(happened, EventKind.FOUND_UNFIT, EventKind.SUSPENSION_ENDED, EventKind.REINSTATED_BY_COURT):
        return LicenceStatus.SUSPENDED
    # A court that varies a decision may put a suspension in its place, until a day.
    varied = _standing(happened, EventKind.REINSTATED_BY_COURT, EventKind.SUSPENSION_ENDED)
    if varied and varied.ends_on and day <= varied.ends_on:
        return LicenceStatus.SUSPENDED
    if _standing(happened, EventKind.FEE_SUSPENDED, EventKind.FEE_PAID):
        return LicenceStatus.FEE_SUSPENDED
    if _standing(happened, EventKind.REVOKED, EventKind.REINSTATED_BY_COURT):
        return LicenceStatus.REVOCATION_PENDING
    if suspensions and day < effect_on(happened, suspensions[0]):
        return LicenceStatus.SUSPENSION_PENDING
    if (term.starts_on or BEGINNING) > day:
        return LicenceStatus.NOT_STARTED
    if _standing(happened, EventKind.INTERIM_AUTHORITY_GIVEN, EventKind.TRANSFERRED):
        return LicenceStatus.INTERIM_AUTHORITY
    return LicenceStatus.IN_FORCE


def _endings(happened: Sequence[Event], term: Event | None, day: date) -> list[tuple[date, LicenceStatus]]:
    """Every way in which it has ended or will, with its first day; the earliest is how it ended.

    On one day the first of the list counts: what was decided against somebody is not hidden by an expiry.
    """
    found: list[tuple[date, LicenceStatus]] = []
    if revocation := _standing(happened, EventKind.REVOKED, EventKind.REINSTATED_BY_COURT):
        found.append((effect_on(happened, revocation), LicenceStatus.REVOKED))
    unfit = _standing(happened, EventKind.FOUND_UNFIT, EventKind.SUSPENSION_ENDED, EventKind.REINSTATED_BY_COURT)
    if unfit and unfit.ends_on:
        # 1976 Act s.68: not found fit by then, the licence is deemed to have been revoked.
        found.append((unfit.ends_on + ONE_DAY, LicenceStatus.REVOKED))
    died, leave = _standing(happened, EventKind.DIED), _standing(happened, EventKind.LEAVE_RECORDED)
    if term and died:
        found.append((died.known_from, LicenceStatus.CEASED_DEATH))
    if term and leave and leave.ends_on:
        found.append((leave.ends_on + ONE_DAY, LicenceStatus.CEASED_IMMIGRATION))
    found += _endings_of_premises(happened)
    if term and term.expires_on:
        found.append((term.expires_on + ONE_DAY, LicenceStatus.EXPIRED))
    elif term and term.kind is EventKind.EXPIRED:
        # Without its date nobody knows whether it came before anything else: whatever else ended it is told.
        found.append((term.filed_on if term.is_dated else day, LicenceStatus.EXPIRED))
    return found


def _endings_of_premises(happened: Sequence[Event]) -> list[tuple[date, LicenceStatus]]:
    """Surrender and lapse, from which a transfer or an interim authority brings it back (2003 Act s.47, s.50)."""
    found: list[tuple[date, LicenceStatus]] = []
    if surrender := _standing(happened, EventKind.SURRENDERED, EventKind.TRANSFERRED):
        found.append((surrender.known_from, LicenceStatus.SURRENDERED))
    if lapse := _standing(happened, EventKind.LAPSED, EventKind.TRANSFERRED, EventKind.INTERIM_AUTHORITY_GIVEN):
        found.append((lapse.known_from, LicenceStatus.LAPSED))
    interim = _standing(happened, EventKind.INTERIM_AUTHORITY_GIVEN, EventKind.TRANSFERRED)
    if interim and interim.ends_on:
        found.append((interim.ends_on + ONE_DAY, LicenceStatus.LAPSED))
    return found


def _term_running_on(events: Sequence[Event], day: date) -> Event | None:
    """The last term; until a renewal's first day the term before it runs on, to its own last day."""
    last = term_as_at(events)
    if last is None or (last.starts_on or BEGINNING) <= day:
        return last
    for event in reversed(events):
        if event.kind in _TERMS and (event.starts_on or BEGINNING) <= day:
            runs = event.kind is not EventKind.EXPIRED and (event.expires_on or END_OF_TIME) >= day
            return event if runs else last
    return last


def term_as_at(events: Iterable[Event]) -> Event | None:
    """The grant, renewal or recorded expiry that governs the term: the last of them."""
    terms = [event for event in events if event.kind in _TERMS]
    if not terms:
        return Event(EventKind.GRANTED) if any(event.kind in _ONLY_WHERE_GRANTED for event in events) else None
    return terms[-1]


def _standing(events: Sequence[Event], kind: EventKind, *ended_by: EventKind) -> Event | None:
    """The last event of this kind that no later event has ended."""
    return next(iter(_all_standing(events, kind, *ended_by)), None)


def _all_standing(events: Sequence[Event], kind: EventKind, *ended_by: EventKind) -> list[Event]:
    """The events of this kind that no later event has ended, the last first."""
    since = takewhile(lambda event: event.kind not in ended_by, reversed(events))
    return [event for event in since if event.kind is kind]


def _application_status(events: Sequence[Event]) -> LicenceStatus:
    """What became of an application: the last thing that settled it."""
    settled = [_SETTLES[event.kind] for event in events if event.kind in _SETTLES]
    if settled:
        return settled[-1]
    died = any(event.kind is EventKind.DIED for event in events)
    return LicenceStatus.CEASED_DEATH if died else LicenceStatus.APPLIED


def periods(events: Sequence[Event]) -> tuple[Period, ...]:
    """The whole history as periods without gaps, from the beginning to the end of time."""
    return _periods(tuple(events))


# Many licences of one register share their dates.
@lru_cache(maxsize=4096)
def _periods(events: tuple[Event, ...]) -> tuple[Period, ...]:
    turns = sorted({BEGINNING, *(day for event in events for day in _turning_days(event))})
    found: list[Period] = []
    for day, following in zip(turns, [*turns[1:], END_OF_TIME], strict=True):
        status = status_as_at(events, day)
        if found and found[-1].status is status:
            found[-1] = Period(status, found[-1].from_on, following)
        else:
            found.append(Period(status, day, following))
    return tuple(found)


def entitlement_periods(events: Sequence[Event], entitlements: Iterable[str]) -> dict[str, tuple[Period, ...]]:
    """The periods of each licence that a document stands for; none while no event has told them apart."""
    if not any(event.entitlement for event in events):
        return {}
    return {
        one: periods([replace(event, entitlement="") for event in _concerning(events, one)]) for one in entitlements
    }


def _turning_days(event: Event) -> set[date]:
    """Every day on which this event may change the status."""
    after = {day + ONE_DAY for day in (event.ends_on, event.expires_on) if day}
    days = {event.known_from, event.starts_on, takes_effect_on(event), *after}
    return {day for day in days if day and day < END_OF_TIME}


def is_adverse_and_kept(event: Event, day: date) -> bool:
    """Whether another authority may be told on this day that this adverse decision exists."""
    rests_on_it = event.relevant_information in (RelevantInformation.WHOLLY, RelevantInformation.PARTLY)
    if event.kind not in ADVERSE or not rests_on_it:
        return False
    return event.decided_on is None or event.decided_on > years_after(day, -RETENTION_YEARS)


def sort_name(given_names: str, family_name: str) -> str:
    """How a person is filed: lower-case family name, then given names. The database sorts by code point."""
    return filed_under(f"{family_name} {given_names}")


def filed_under(name: str) -> str:
    """How a name is filed: lower case, single spaces."""
    return " ".join(name.casefold().split())
