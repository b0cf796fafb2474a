"""A driver licence's status follows from its dated events, as at a day.

Decision, notice and effect are different dates. A revocation or suspension that is not immediate takes
effect when the time for an appeal has passed (Local Government (Miscellaneous Provisions) Act 1976
s.61(2A), s.77); an immediate one on notice (s.61(2B)).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from licensing.dates import years_after

BEGINNING, END_OF_TIME = date(1, 1, 1), date(9999, 12, 31)

# Both ways of counting 21 days (beginning with the notice, and from the day after it) must have passed.
APPEAL_DAYS = 22
# Taxis and Private Hire Vehicles (Safeguarding and Road Safety) Act 2022 s.2(2): eleven years from entry.
RETENTION_YEARS = 11


class EventKind(StrEnum):
    """What can happen to a licence or to the application for one."""

    RECEIVED = "received"
    GRANTED = "granted"
    RENEWED = "renewed"
    REFUSED = "refused"
    RENEWAL_REFUSED = "renewal_refused"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    SUSPENSION_ENDED = "suspension_ended"
    REVOKED = "revoked"
    REINSTATED_BY_COURT = "reinstated_by_court"
    BADGE_RETURNED = "badge_returned"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return _EVENT_LABELS.get(self, self.replace("_", " ").capitalize())


_EVENT_LABELS = {
    EventKind.RECEIVED: "Application received",
    EventKind.REFUSED: "Application refused",
    EventKind.WITHDRAWN: "Application withdrawn",
    EventKind.BADGE_RETURNED: "Badge returned (the licence does not end by this)",
}

_TERMS = frozenset({EventKind.GRANTED, EventKind.RENEWED, EventKind.EXPIRED})
ADVERSE = frozenset({EventKind.REFUSED, EventKind.RENEWAL_REFUSED, EventKind.SUSPENDED, EventKind.REVOKED})


class RelevantInformation(StrEnum):
    """Whether a decision relied on relevant information (2022 Act s.1)."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NO = "no"
    NOT_RECORDED = "not_recorded"


class LicenceStatus(StrEnum):
    APPLIED = "applied"
    NOT_STARTED = "not_started"
    IN_FORCE = "in_force"
    SUSPENSION_PENDING = "suspension_pending"
    SUSPENDED = "suspended"
    REVOCATION_PENDING = "revocation_pending"
    REVOKED = "revoked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return _STATUS_LABELS.get(self, self.replace("_", " ").capitalize())

    @property
    def may_drive(self) -> bool:
        """Whether the holder may drive for hire: a suspension or revocation that is pending does not stop it."""
        return self in _MAY_DRIVE


_STATUS_LABELS = {
    LicenceStatus.APPLIED: "Application received",
    LicenceStatus.NOT_STARTED: "Granted, not yet started",
    LicenceStatus.SUSPENSION_PENDING: "In force, suspension not yet in effect",
    LicenceStatus.REVOCATION_PENDING: "In force, revocation not yet in effect",
}
_MAY_DRIVE = frozenset({LicenceStatus.IN_FORCE, LicenceStatus.SUSPENSION_PENDING, LicenceStatus.REVOCATION_PENDING})


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event. A date that is not known is None: the event then counts as having happened already."""

    kind: EventKind
    decided_on: date | None = None
    notified_on: date | None = None
    effective_on: date | None = None
    ends_on: date | None = None
    starts_on: date | None = None
    expires_on: date | None = None
    immediate: bool = False
    relevant_information: RelevantInformation = RelevantInformation.NOT_RECORDED
    recorded_on: date | None = None

    @property
    def filed_on(self) -> date:
        """Its place in the sequence: an event without a date comes where it was recorded."""
        dated = self.decided_on or self.notified_on or self.effective_on or self.starts_on
        return dated or self.recorded_on or END_OF_TIME

    @property
    def known_from(self) -> date:
        """The first day on which the event has happened, whatever it brings later."""
        return self.decided_on or self.notified_on or self.effective_on or self.starts_on or BEGINNING


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


def status_as_at(events: Sequence[Event], day: date) -> LicenceStatus:
    """The status on a day, from what had happened by then. Events come in the order they were recorded."""
    happened = sorted((event for event in events if event.known_from <= day), key=lambda event: event.filed_on)
    term = _term_running_on(happened, day)
    expired = term is not None and (term.kind is EventKind.EXPIRED or (term.expires_on or END_OF_TIME) < day)
    last_day = term.expires_on if term and term.expires_on else END_OF_TIME
    revocation = _standing(happened, EventKind.REVOKED, EventKind.REINSTATED_BY_COURT)
    if revocation and takes_effect_on(revocation) <= min(day, last_day):
        return LicenceStatus.REVOKED
    if term is None:
        return _application_status(happened)
    if expired:
        return LicenceStatus.EXPIRED
    suspension = _standing(happened, EventKind.SUSPENDED, EventKind.SUSPENSION_ENDED, EventKind.REINSTATED_BY_COURT)
    if suspension and takes_effect_on(suspension) <= day <= (suspension.ends_on or END_OF_TIME):
        return LicenceStatus.SUSPENDED
    if revocation:
        return LicenceStatus.REVOCATION_PENDING
    if suspension and day < takes_effect_on(suspension):
        return LicenceStatus.SUSPENSION_PENDING
    if (term.starts_on or BEGINNING) > day:
        return LicenceStatus.NOT_STARTED
    return LicenceStatus.IN_FORCE


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
        # A suspension can only be of a licence that was granted, even where the grant's date was not kept.
        held = any(event.kind in (EventKind.SUSPENDED, EventKind.RENEWAL_REFUSED) for event in events)
        return Event(EventKind.GRANTED) if held else None
    return terms[-1]


def _standing(events: Sequence[Event], kind: EventKind, *ended_by: EventKind) -> Event | None:
    """The last event of this kind that no later event has ended."""
    for event in reversed(events):
        if event.kind in ended_by:
            return None
        if event.kind is kind:
            return event
    return None


def _application_status(events: Sequence[Event]) -> LicenceStatus:
    for event in reversed(events):
        if event.kind is EventKind.REVOKED:
            return LicenceStatus.REVOCATION_PENDING
        if event.kind is EventKind.REFUSED:
            return LicenceStatus.REFUSED
        if event.kind is EventKind.WITHDRAWN:
            return LicenceStatus.WITHDRAWN
    return LicenceStatus.APPLIED


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


def _turning_days(event: Event) -> set[date]:
    """Every day on which this event may change the status."""
    after = {day + timedelta(days=1) for day in (event.ends_on, event.expires_on) if day}
    days = {event.known_from, event.starts_on, takes_effect_on(event), *after}
    return {day for day in days if day and day < END_OF_TIME}


def is_adverse_and_kept(event: Event, day: date) -> bool:
    """Whether another authority may be told on this day that this adverse decision exists."""
    rests_on_it = event.relevant_information in (RelevantInformation.WHOLLY, RelevantInformation.PARTLY)
    if event.kind not in ADVERSE or not rests_on_it:
        return False
    return event.decided_on is None or event.decided_on > years_after(day, -RETENTION_YEARS)


class NameKind(StrEnum):
    """How a name belongs to a person."""

    CURRENT = "current"
    FORMER = "former"
    ALIAS = "alias"


def sort_name(given_names: str, family_name: str) -> str:
    """How a person is filed: lower-case family name, then given names. The database sorts by code point."""
    return " ".join(f"{family_name} {given_names}".casefold().split())
