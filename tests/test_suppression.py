"""Small numbers of people, withheld so that nothing gives them back, not even to who knows the rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.suppression import (
    SMALLEST_TOLD,
    Across,
    Span,
    Timeline,
    across,
    in_words,
    rounded,
    suppressed,
    told,
    told_of,
)

COUNTS = st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=8)
Told = tuple[int | None, ...]


@given(COUNTS)
def test_no_small_count_is_told_and_none_is_changed(counts: dict[str, int]) -> None:
    for key, shown in suppressed(counts).items():
        assert shown is None or (shown == counts[key] and not 0 < shown < SMALLEST_TOLD)


@given(COUNTS)
def test_nothing_is_withheld_where_nothing_is_small(counts: dict[str, int]) -> None:
    large = {key: count for key, count in counts.items() if not 0 < count < SMALLEST_TOLD}
    assert suppressed(large) == large


@pytest.mark.parametrize(("words", "most"), [(2, 30), (3, 25), (4, 14)])
def test_every_withheld_count_has_two_solutions(words: int, most: int) -> None:
    """Of all the tables up to a total: those told alike, total included, are what a reader cannot tell apart."""
    alike: dict[tuple[int, Told], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=words):
        if sum(counts) <= most:
            alike[sum(counts), _shown(counts)].append(counts)
    given_back = list(_given_back(alike.items()))
    assert given_back == []


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), min_size=2, max_size=8))
def test_any_table_that_withholds_has_another_that_is_told_alike(counts: dict[str, int]) -> None:
    shown = suppressed(counts)
    withheld = [key for key, count in shown.items() if count is None]
    others = [{**counts, **changed} for changed in _exchanged(counts, withheld)]
    alike = [one for one in others if suppressed(one) == shown]
    assert all(any(one[key] != counts[key] for one in alike) for key in withheld)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_everybody_gives_neither_itself_nor_the_rest_back(part: int, rest: int) -> None:
    is_told = told_of(part, part + rest)
    small = any(0 < count < SMALLEST_TOLD for count in (part, rest))
    assert is_told == (None if small else part)


@pytest.mark.parametrize(
    "counts",
    [{"a": 10, "b": 1, "c": 1}, {"a": 10, "b": 4, "c": 4}, {"a": 10, "b": 4}, {"a": 6, "b": 1}, {"a": 1, "b": 0}],
)
def test_two_at_least_go_together(counts: dict[str, int]) -> None:
    assert list(suppressed(counts).values()).count(None) >= 2


@pytest.mark.parametrize(("places", "most"), [(2, 14), (3, 12), (4, 8)])
def test_whoever_knows_their_own_place_finds_no_other(places: int, most: int) -> None:
    """Of all tables up to so many at each place; one that holds the most could go on beyond what is tried."""
    alike: dict[tuple[Any, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=places):
        shown: Across[int] = across(dict(enumerate(counts)))
        for own in range(places):
            alike[own, counts[own], shown.total, tuple(shown.places.values())].append(counts)
    known = [
        (of, tables[0], place)
        for of, tables in alike.items()
        for place in range(places)
        if place != of[0]
        and 0 < tables[0][place] < SMALLEST_TOLD
        and len({one[place] for one in tables}) == 1
        and most not in {count for one in tables for count in one}
    ]
    assert known == []


def test_a_total_is_not_told_where_it_gives_what_is_left_beside_one_place() -> None:
    totals = [across(dict(enumerate(counts))).total for counts in ((1, 4), (20, 1, 0), (3, 3, 3), (4, 4, 4), (6, 0, 9))]
    assert totals == [None, None, None, 12, 15]


def test_what_is_small_takes_noughts_and_fives_with_it() -> None:
    assert suppressed({"a": 3, "b": 20, "c": 5, "d": 0}) == {"a": None, "b": 20, "c": None, "d": None}
    assert suppressed({"a": 20, "b": 3, "c": 7}) == {"a": None, "b": None, "c": 7}
    assert suppressed({"a": 20, "b": 0, "c": 5}) == {"a": 20, "b": 0, "c": 5}


def test_a_count_that_stands_alone_is_withheld_by_itself() -> None:
    assert [told(one) for one in (0, 1, 4, 5)] == [0, None, None, 5]
    assert (in_words(None), in_words(1234)) == ("Withheld", "1,234")


@given(st.integers(0, 90), st.integers(0, 90))
def test_one_rounded_number_less_another_is_no_small_count(first: int, second: int) -> None:
    assert abs(rounded(first) - first) <= SMALLEST_TOLD // 2
    assert told(abs(rounded(first) - rounded(second))) is not None


DAYS_TOLD = [date(2026, 1, day) for day in range(1, 8)]
SPANS = st.lists(
    st.tuples(st.sampled_from(DAYS_TOLD), st.sampled_from(DAYS_TOLD), st.integers(0, 12)).filter(
        lambda one: one[0] < one[1]
    ),
    max_size=7,
)


@given(SPANS)
def test_what_several_periods_give_is_found_however_far_round(spans: list[Span]) -> None:
    """Against every way from each day to each other, made of ways that are known."""
    timeline, told = Timeline(), list[Span]()
    for new in spans:
        before = ways(told)
        late = before[new[:2]] - new[2] if new[:2] in before else 0
        given_now = (
            {} if new[:2] in before else {key: count for key, count in ways([*told, new]).items() if key not in before}
        )
        small = any(0 < abs(count) < SMALLEST_TOLD for count in (late, *given_now.values()))
        assert timeline.gives_small(new) == small
        if not small and not late:
            timeline.tell(new)
            told.append(new)
        known = ways(told)
        assert all(timeline.knows(*key) == (key in known) for key in product(DAYS_TOLD, repeat=2) if key[0] != key[1])


def ways(spans: list[Span]) -> dict[tuple[date, date], int]:
    """The count between each two days that any way along these gives; they contradict each other nowhere."""
    found = {(first, after): count for first, after, count in spans}
    found |= {(after, first): -count for first, after, count in spans}
    for middle, one, other in product(DAYS_TOLD, repeat=3):
        if one != other and (one, middle) in found and (middle, other) in found:
            found.setdefault((one, other), found[one, middle] + found[middle, other])
    return found


def _shown(counts: tuple[int, ...]) -> Told:
    return tuple(suppressed(dict(enumerate(counts))).values())


def _given_back(alike: Iterable[tuple[tuple[int, Told], list[tuple[int, ...]]]]) -> Iterator[tuple[int, Told]]:
    """What was told, where one of the counts that it withholds can only be one number."""
    for told_so, tables in alike:
        withheld = [place for place, shown in enumerate(told_so[1]) if shown is None]
        if any(len({one[place] for one in tables}) == 1 for place in withheld):
            yield told_so


def _exchanged(counts: dict[str, int], withheld: list[str]) -> Iterator[dict[str, int]]:
    """The same table but for two of what it withholds, whose sum stays."""
    for one, other in product(withheld, repeat=2):
        both = counts[one] + counts[other]
        if one != other:
            yield from ({one: number, other: both - number} for number in range(both + 1))
