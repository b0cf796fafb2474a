"""When a signal is dismissed and comes back, and which thresholds may be chosen."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.errors import RuleBroken
from licensing.signals import rules
from licensing.signals.rules import Row, Rule, Signal
from licensing.signals.words import Counted, RowKind, SignalSubject

RULE = Rule("reports-person-30", SignalSubject.PERSON, Counted.REPORTS, 30, 2)
HERE, THERE = UUID(int=1), UUID(int=2)
numbers = st.frozensets(st.integers(1, 9), max_size=6)


def signal(counted: frozenset[int]) -> Signal:
    rows = tuple(Row(RowKind.COMPLAINT, UUID(int=one), HERE, date(2026, 6, one)) for one in sorted(counted))
    return Signal(UUID(int=99), RULE, None, None, "Somebody", "", date(2026, 6, 9), rows)


@given(numbers, numbers)
def test_a_dismissal_holds_until_something_counts_that_it_did_not_look_at(
    now: frozenset[int], then: frozenset[int]
) -> None:
    looked_at = [UUID(int=one) for one in then]
    assert rules.is_dismissed(signal(now), [looked_at]) is not bool(now - then)
    assert not rules.is_dismissed(signal(now | {9}), [[UUID(int=one) for one in then - {9}]])


@given(numbers, numbers)
def test_nothing_is_dismissed_that_was_not_shown(now: frozenset[int], shown: frozenset[int]) -> None:
    seen = [str(UUID(int=one)) for one in shown]
    if now <= shown:
        rules.check_still(signal(now), seen)
        return
    with pytest.raises(RuleBroken, match="Something new"):
        rules.check_still(signal(now), seen)


@pytest.mark.parametrize("threshold", [-1, 0, 1, 100])
def test_a_threshold_of_one_would_tell_of_a_single_thing(threshold: int) -> None:
    with pytest.raises(RuleBroken, match="between 2 and 99"):
        rules.check_threshold(threshold)
    rules.check_threshold(2)


def test_what_may_not_be_read_is_told_as_numbers_by_council_and_kind() -> None:
    rows = [Row(RowKind.CONCERN, UUID(int=n), THERE, date(2026, 6, n)) for n in (1, 2)]
    rows.append(Row(RowKind.COMPLAINT, UUID(int=3), HERE, date(2026, 6, 3)))
    told = rules.per_council(rows)
    assert told == rules.per_council(reversed(rows)) == [(HERE, RowKind.COMPLAINT, 1), (THERE, RowKind.CONCERN, 2)]


def test_words_agree_with_their_number() -> None:
    assert [RowKind.COMPLAINT.words(n) for n in (1, 2)] == ["1 complaint", "2 complaints"]
