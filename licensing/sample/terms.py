"""Invented histories of every authorisation besides drivers' licences; days count back from the month of loading."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from licensing.dates import years_after
from licensing.register.events import Event, EventKind, LapseCause

History = tuple[Event, ...]
_DAYS_IN_YEAR = 365


def granted(starts_on: date, years: int | None, kind: EventKind = EventKind.GRANTED) -> Event:
    """A grant or renewal decided a week before its first day; without years it lasts until it is ended."""
    last_day = years_after(starts_on, years) - timedelta(days=1) if years else None
    return Event(kind, decided_on=starts_on - timedelta(days=7), starts_on=starts_on, expires_on=last_day)


def termed(rng: Random, month: date, years: int) -> History:
    """The history of a licence with a term: mostly in force, some expired, a few waiting, suspended or revoked."""
    return rng.choices(_OF_TERM, cum_weights=_OF_TERM_WEIGHTS)[0](rng, month, years)


def lasting(rng: Random, month: date) -> History:
    """The history of a licence that lasts until it is ended, as those of the Licensing Act 2003 do."""
    grant = granted(month - timedelta(days=rng.randrange(60, 7_000)), None)
    return (grant, *rng.choices(_LATER, cum_weights=_LATER_WEIGHTS)[0](rng, month))


def _current(rng: Random, month: date, years: int) -> History:
    start = month - timedelta(days=rng.randrange(years * _DAYS_IN_YEAR - 1))
    if rng.random() < 0.5:
        return (granted(start, years),)
    return granted(years_after(start, -years), years), granted(start, years, EventKind.RENEWED)


def _expired(rng: Random, month: date, years: int) -> History:
    return (granted(month - timedelta(days=years * _DAYS_IN_YEAR + rng.randrange(2, 700)), years),)


def _applied(rng: Random, month: date, _years: int) -> History:
    return (Event(EventKind.RECEIVED, decided_on=month - timedelta(days=rng.randrange(1, 50))),)


def _suspended(rng: Random, month: date, years: int) -> History:
    day = month - timedelta(days=rng.randrange(1, 20))
    suspended = Event(EventKind.SUSPENDED, decided_on=day, notified_on=day, effective_on=day)
    return granted(day - timedelta(days=rng.randrange(30, 200)), years), suspended


def _revoked(rng: Random, month: date, years: int) -> History:
    day = month - timedelta(days=rng.randrange(60, 300))
    revoked = Event(EventKind.REVOKED, decided_on=day, notified_on=day)
    return granted(day - timedelta(days=rng.randrange(30, 60)), years), revoked


# What became of a licence with a term, and how often in a thousand.
_TERMS: dict[Callable[[Random, date, int], History], int] = {
    _current: 860,
    _expired: 105,
    _applied: 20,
    _suspended: 10,
    _revoked: 5,
}
_OF_TERM, _OF_TERM_WEIGHTS = tuple(_TERMS), tuple(accumulate(_TERMS.values()))


def _lately(rng: Random, month: date) -> date:
    return month - timedelta(days=rng.randrange(1, 50))


def _nothing(_rng: Random, _month: date) -> History:
    return ()


def _surrendered(rng: Random, month: date) -> History:
    return (Event(EventKind.SURRENDERED, decided_on=_lately(rng, month)),)


def _lapsed(rng: Random, month: date) -> History:
    cause = rng.choice((LapseCause.INSOLVENCY, LapseCause.DISSOLUTION, LapseCause.DEATH))
    return (Event(EventKind.LAPSED, decided_on=_lately(rng, month), cause=cause),)


def _fee_unpaid(rng: Random, month: date) -> History:
    return (Event(EventKind.FEE_SUSPENDED, decided_on=_lately(rng, month)),)


def _varied(rng: Random, month: date) -> History:
    return (Event(EventKind.VARIED, decided_on=_lately(rng, month)),)


def _revoked_on_review(rng: Random, month: date) -> History:
    day = _lately(rng, month)
    return (Event(EventKind.REVOKED, decided_on=day, notified_on=day),)


# What happened to a licence that lasts, and how often in a thousand.
_HAPPENED: dict[Callable[[Random, date], History], int] = {
    _nothing: 880,
    _varied: 50,
    _surrendered: 30,
    _lapsed: 15,
    _fee_unpaid: 15,
    _revoked_on_review: 10,
}
_LATER, _LATER_WEIGHTS = tuple(_HAPPENED), tuple(accumulate(_HAPPENED.values()))
