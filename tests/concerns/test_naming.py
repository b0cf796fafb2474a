"""Words that look as if they named a child."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.forms.naming import looks_like_a_person


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Alice Example, 14, was in the car", ["Alice Example, 14,"]),
        ("She is Zofia Invented DOB 3/4/2012", ["Zofia Invented DOB 3/4/2012"]),
        ("Jan Příklad-Nowak (born 2 May 2011)", ["Jan Příklad-Nowak (born 2 May 2011"]),
        ("Sam Sample 03/04/2012 got in", ["Sam Sample 03/04/2012"]),
        ("a 14-year-old, Sam Sample", ["14-year-old, Sam Sample"]),
        ("Amina O’Example is 9", ["Amina O’Example is 9"]),
    ],
)
def test_a_name_beside_a_date_of_birth_or_a_childs_age_is_found(words: str, found: list[str]) -> None:
    assert looks_like_a_person(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "",
        "A girl of about 14 got out of AB12 CDE",
        "On Friday 3 June 2026 Sample Cars was parked outside",
        "Mohammed Khan, the driver, aged 45, drove off",
        "It was 10 pm at Sample Hotel",
        "Case CSC/2026/14 of Example House was closed a long time after all of this had happened, said DOB 1/2/2010",
    ],
)
def test_what_names_nobody_with_an_age_is_left_alone(words: str) -> None:
    assert looks_like_a_person(words) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_whatever_is_written_is_read_and_what_is_found_stands_in_it(words: str) -> None:
    said = " ".join(words.split())
    assert all(passage in said for passage in looks_like_a_person(words))


@given(st.sampled_from(["Alice Example", "Zofia Maria Invented"]), st.integers(0, 99), st.sampled_from(["aged", "is"]))
def test_an_age_counts_below_eighteen_and_no_later(name: str, age: int, word: str) -> None:
    assert bool(looks_like_a_person(f"{name} {word} {age}")) == (age < 18)
