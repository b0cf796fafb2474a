"""Small numbers of people, withheld so that nothing gives them back."""

from hypothesis import given
from hypothesis import strategies as st

from licensing.suppression import SMALLEST_TOLD, in_words, suppressed, told

COUNTS = st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=8)


@given(COUNTS)
def test_no_small_count_is_told_and_none_is_changed(counts: dict[str, int]) -> None:
    for key, shown in suppressed(counts).items():
        assert shown is None or (shown == counts[key] and not 0 < shown < SMALLEST_TOLD)


@given(COUNTS)
def test_the_total_never_gives_a_single_withheld_count_back(counts: dict[str, int]) -> None:
    withheld = [key for key, shown in suppressed(counts).items() if shown is None]
    tellable = [count for count in counts.values() if count >= SMALLEST_TOLD]
    assert len(withheld) != 1 or not tellable


@given(COUNTS)
def test_nothing_is_withheld_where_nothing_is_small(counts: dict[str, int]) -> None:
    large = {key: count for key, count in counts.items() if not 0 < count < SMALLEST_TOLD}
    assert suppressed(large) == large


def test_the_next_smallest_goes_with_one_that_is_alone() -> None:
    assert suppressed({"a": 3, "b": 20, "c": 7, "d": 0}) == {"a": None, "b": 20, "c": None, "d": 0}


def test_a_count_that_stands_alone_is_withheld_by_itself() -> None:
    assert [told(one) for one in (0, 1, 4, 5)] == [0, None, None, 5]
    assert (in_words(None), in_words(1234)) == ("Withheld", "1,234")
