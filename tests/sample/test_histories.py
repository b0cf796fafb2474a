"""The samples' licence histories, in whatever month they are loaded."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from licensing.register.events import ADVERSE, Event, EventKind, LicenceStatus, RelevantInformation
from licensing.register.rules import status_as_at
from licensing.sample.histories import earlier_licence, history

SEEDS = st.integers(min_value=0, max_value=2**32)
MONTHS = st.dates(date(2024, 1, 1), date(2060, 1, 1)).map(lambda day: day.replace(day=1))
MONTH = date(2026, 11, 1)
MANY = [history(Random(seed), MONTH) for seed in range(8_000)]


@given(SEEDS, MONTHS)
def test_the_same_seed_and_month_give_the_same_history(seed: int, month: date) -> None:
    assert history(Random(seed), month) == history(Random(seed), month)


@given(SEEDS, MONTHS)
def test_events_are_in_order_and_none_is_later_than_the_month_of_loading(seed: int, month: date) -> None:
    decided = [event.filed_on for event in history(Random(seed), month)]

    assert decided == sorted(decided)
    assert decided[-1] <= month


@given(SEEDS, MONTHS)
def test_decisions_are_made_and_notified_on_their_days(seed: int, month: date) -> None:
    for event in history(Random(seed), month):
        if event.kind is EventKind.BADGE_RETURNED:
            continue
        assert event.decided_on
        assert event.decided_on.weekday() < 5
        assert event.notified_on is None or event.notified_on >= event.decided_on
        assert not event.immediate or event.notified_on == event.decided_on


@given(SEEDS, MONTHS)
def test_a_term_follows_the_one_before_without_a_gap(seed: int, month: date) -> None:
    terms = [event for event in history(Random(seed), month) if event.expires_on]

    for one, other in pairwise(terms):
        assert one.expires_on
        assert other.starts_on
        assert (other.starts_on - one.expires_on).days in (0, 1, 2)


@given(SEEDS, st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_an_earlier_licence_had_run_out(seed: int, before: date) -> None:
    assert status_as_at(earlier_licence(Random(seed), before), before) is LicenceStatus.EXPIRED


def test_every_status_of_a_drivers_day_is_among_them() -> None:
    found = Counter(status_as_at(events, MONTH) for events in MANY)

    assert set(found) >= {
        LicenceStatus.APPLIED,
        LicenceStatus.NOT_STARTED,
        LicenceStatus.IN_FORCE,
        LicenceStatus.SUSPENDED,
        LicenceStatus.REVOCATION_PENDING,
        LicenceStatus.REVOKED,
        LicenceStatus.REFUSED,
        LicenceStatus.WITHDRAWN,
        LicenceStatus.EXPIRED,
    }
    assert 0.75 < found[LicenceStatus.IN_FORCE] / len(MANY) < 0.85


def test_about_three_in_two_hundred_have_an_adverse_decision() -> None:
    adverse = [event for events in MANY for event in events if event.kind in ADVERSE]

    assert 0.010 < len(adverse) / len(MANY) < 0.020
    assert {event.kind for event in adverse} == ADVERSE
    assert {event.relevant_information for event in adverse} == set(RelevantInformation)


def test_a_revocation_may_be_pending_when_the_samples_are_loaded() -> None:
    pending = [events for events in MANY if status_as_at(events, MONTH) is LicenceStatus.REVOCATION_PENDING]

    assert pending
    assert all(_is_revoked_on_notice(events[-1]) for events in pending)


def _is_revoked_on_notice(event: Event) -> bool:
    return event.kind is EventKind.REVOKED and not event.immediate
