"""Invented histories of licences: what was granted, renewed, refused, suspended or revoked, and when.

Days are counted back from the first of the month in which the samples are loaded, so that the shares of licences in
force, expired and so on are realistic in whatever year that is. Nothing is decided after that day.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from licensing.dates import years_after
from licensing.register.events import Event, EventKind, RelevantInformation

History = tuple[Event, ...]

# The standard term of a driver's licence (Local Government (Miscellaneous Provisions) Act 1976 s.53).
_TERM_YEARS = 3
_TERM_DAYS = 3 * 365
_FRIDAY = 4
_EARLIER_TERMS = (0, 0, 0, 1, 1, 2, 3)
_RELEVANT = (
    RelevantInformation.WHOLLY,
    RelevantInformation.WHOLLY,
    RelevantInformation.PARTLY,
    RelevantInformation.NO,
    RelevantInformation.NO,
    RelevantInformation.NOT_RECORDED,
)


def history(rng: Random, month: date) -> History:
    """The events of one licence in order; about three in two hundred have an adverse decision."""
    return rng.choices(_KINDS, cum_weights=_WEIGHTS)[0](rng, month)


def earlier_licence(rng: Random, before: date) -> History:
    """A licence that had run out by the day the holder's next began."""
    starts_on = before - timedelta(days=_TERM_DAYS + rng.randrange(1, 400))
    return (_term(rng, EventKind.GRANTED, starts_on),)


def _in_force(rng: Random, month: date) -> History:
    return _terms(rng, _ago(rng, month, 0, _TERM_DAYS - 1))


def _expired(rng: Random, month: date) -> History:
    return _terms(rng, _ago(rng, month, _TERM_DAYS + 1, 3 * _TERM_DAYS))


def _not_started(rng: Random, month: date) -> History:
    decided_on = _weekday(_ago(rng, month, 0, 20))
    starts_on = month + timedelta(days=rng.randrange(32, 60))
    return (_granted(EventKind.GRANTED, decided_on, starts_on),)


def _applied(rng: Random, month: date) -> History:
    return (_received(_ago(rng, month, 0, 70)),)


def _withdrawn(rng: Random, month: date) -> History:
    received_on = _ago(rng, month, 90, 1_500)
    withdrawn_on = _weekday(received_on + timedelta(days=rng.randrange(5, 60)))
    return (_received(received_on), Event(EventKind.WITHDRAWN, decided_on=withdrawn_on))


def _refused(rng: Random, month: date) -> History:
    received_on = _ago(rng, month, 90, 3_000)
    refused_on = received_on + timedelta(days=rng.randrange(20, 80))
    return (_received(received_on), _adverse(rng, EventKind.REFUSED, refused_on))


def _renewal_refused(rng: Random, month: date) -> History:
    terms = _terms(rng, _ago(rng, month, _TERM_DAYS + 1, 2 * _TERM_DAYS))
    last_day = terms[-1].expires_on or month
    refused_on = last_day - timedelta(days=rng.randrange(5, 30))
    return (*terms, _adverse(rng, EventKind.RENEWAL_REFUSED, refused_on))


def _suspended(rng: Random, month: date) -> History:
    """Suspended now, with immediate effect, for some months."""
    decided_on = _weekday(_ago(rng, month, 3, 40))
    ends_on = month + timedelta(days=rng.randrange(40, 150))
    return (
        *_terms(rng, decided_on - timedelta(days=rng.randrange(30, 700))),
        replace(_adverse(rng, EventKind.SUSPENDED, decided_on, immediate=True), ends_on=ends_on),
    )


def _suspended_once(rng: Random, month: date) -> History:
    """Suspended for a while, some years ago or lately, and driving again until the term's end."""
    decided_on = _weekday(_ago(rng, month, 150, 2_500))
    suspended = _adverse(rng, EventKind.SUSPENDED, decided_on, immediate=rng.random() < 0.6)
    lifted_on = _weekday(decided_on + timedelta(days=rng.randrange(35, 120)))
    return (
        *_terms(rng, decided_on - timedelta(days=rng.randrange(30, 700))),
        suspended,
        Event(EventKind.SUSPENSION_ENDED, decided_on=lifted_on, effective_on=lifted_on),
    )


def _revoked(rng: Random, month: date) -> History:
    decided_on = _weekday(_ago(rng, month, 40, 3_500))
    revoked = _adverse(rng, EventKind.REVOKED, decided_on, immediate=rng.random() < 0.6)
    terms = _terms(rng, decided_on - timedelta(days=rng.randrange(60, 1_000)))
    if rng.random() < 0.4:
        return (*terms, revoked)
    returned_on = decided_on + timedelta(days=rng.randrange(3, 20))
    return (*terms, revoked, Event(EventKind.BADGE_RETURNED, decided_on=returned_on))


def _revocation_pending(rng: Random, month: date) -> History:
    """Revoked on notice a few days ago: the holder may drive until the time for an appeal has passed."""
    decided_on = _weekday(_ago(rng, month, 0, 2))
    return (
        *_terms(rng, decided_on - timedelta(days=rng.randrange(60, 700))),
        replace(_adverse(rng, EventKind.REVOKED, decided_on), notified_on=month),
    )


# What happened, and how often in a thousand licences.
_SHARES: dict[Callable[[Random, date], History], float] = {
    _in_force: 800,
    _expired: 151,
    _applied: 20,
    _withdrawn: 9,
    _not_started: 5,
    _suspended_once: 4,
    _revoked: 6,
    _refused: 3,
    _suspended: 0.8,
    _renewal_refused: 0.8,
    _revocation_pending: 0.4,
}
_KINDS, _WEIGHTS = tuple(_SHARES), tuple(accumulate(_SHARES.values()))


def _terms(rng: Random, last_start: date) -> History:
    """A grant and its renewals up to the term that began on `last_start`."""
    renewals = rng.choice(_EARLIER_TERMS)
    starts = [years_after(last_start, -_TERM_YEARS * terms) for terms in range(renewals, 0, -1)]
    kinds = [EventKind.GRANTED, *[EventKind.RENEWED] * renewals]
    return tuple(_term(rng, kind, starts_on) for kind, starts_on in zip(kinds, [*starts, last_start], strict=True))


def _term(rng: Random, kind: EventKind, starts_on: date) -> Event:
    return _granted(kind, _weekday(starts_on - timedelta(days=rng.randrange(1, 15))), starts_on)


def _granted(kind: EventKind, decided_on: date, starts_on: date) -> Event:
    last_day = years_after(starts_on, _TERM_YEARS) - timedelta(days=1)
    return Event(kind, decided_on=decided_on, starts_on=starts_on, expires_on=last_day)


def _received(day: date) -> Event:
    return Event(EventKind.RECEIVED, decided_on=_weekday(day))


def _adverse(rng: Random, kind: EventKind, decided_on: date, *, immediate: bool = False) -> Event:
    """A decision against the holder; an immediate one is notified on the day, another within days."""
    day = _weekday(decided_on)
    return Event(
        kind,
        decided_on=day,
        notified_on=day if immediate else day + timedelta(days=rng.randrange(1, 4)),
        immediate=immediate,
        relevant_information=rng.choice(_RELEVANT),
    )


def _ago(rng: Random, month: date, fewest: int, most: int) -> date:
    """A day between so many days before the first of the month, and so many."""
    return month - timedelta(days=rng.randrange(fewest, most + 1))


def _weekday(day: date) -> date:
    """The day, or the Friday before it: councils decide on working days."""
    return day - timedelta(days=max(day.weekday() - _FRIDAY, 0))
