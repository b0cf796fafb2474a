"""What a colleague saved beside what one typed: where the two differ is seen without reading both."""

import re

from licensing.allegations.comparing import beside


def shown(theirs: str, mine: str) -> str:
    return re.sub(r'<span class="govuk-visually-hidden">[^<]*</span>', "", str(beside(theirs, mine)))


def test_what_each_alone_wrote_is_told_apart() -> None:
    words = shown("He drove a child. On 3 June. Late.", "He drove a child. On 4 June. Late.")
    assert "He drove a child. <ins>On 3 June. </ins><del>On 4 June. </del>Late." in words


def test_a_long_narrative_is_shown_where_it_differs() -> None:
    same = [f"Sentence {number}." for number in range(3000)]
    theirs = " ".join([*same[:1500], "A second child was named.", *same[1500:]])
    words = shown(theirs, " ".join(same))
    assert "<ins>A second child was named. </ins>" in words
    assert words.count("sentences are the same") == 2
    assert len(words) < 1000
    assert "Sentence 700." not in words


def test_lines_without_full_stops_are_compared_line_by_line_and_nothing_is_taken_for_a_tag() -> None:
    words = shown("one\n<b>two</b>\nthree", "one\nthree")
    assert "one\n<ins>&lt;b&gt;two&lt;/b&gt;\n</ins>three" in words


def test_one_line_again_and_again_is_compared_too() -> None:
    assert "<ins>b.\n</ins>" in shown("a.\n" * 20_000 + "b.\n", "a.\n" * 20_000)
