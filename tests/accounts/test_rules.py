"""Which passwords are good enough, and what councils of each tier do."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from licensing.accounts.rules import (
    COUNTY_FUNCTIONS,
    DISTRICT_FUNCTIONS,
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    Function,
    Tier,
    check_password,
    functions_of,
)
from licensing.errors import RuleBroken

PERSONAL = ("Petra Sampleová", "petra.sample@oxford.example.org")
GOOD = "violet kettle under seven maps"
WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "žluťoučký kůň úpěl ódy",
        "长江后浪推前浪一代更比一代强",
        "8#fK2!qZp7$wLm",
        "x" * 10 + " otter lantern",
    ],
)
def test_long_and_unusual_passwords_are_taken(password: str) -> None:
    check_password(password, PERSONAL)


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "passwordpassword",
        "correct horse battery staple",
        "Password12345678",
        "petra.sample@oxford.example.org",
        "PetraSampleová!!",
        "Sampleová Petra Sampleová",
        "licensingLicensing",
        "              ",
        "!!!!!!!!!!!!!!!!!!!!",
    ],
)
def test_passwords_that_are_easy_to_guess_are_refused_beside_the_field(password: str) -> None:
    with pytest.raises(RuleBroken, match="too easy to guess") as refused:
        check_password(password, PERSONAL)
    assert refused.value.field == "password"


@given(st.text(max_size=SHORTEST_PASSWORD - 1))
def test_nothing_short_is_taken(password: str) -> None:
    with pytest.raises(RuleBroken, match="at least 14 characters"):
        check_password(password, PERSONAL)


@given(st.text(min_size=LONGEST_PASSWORD + 1, max_size=400))
def test_nothing_longer_than_the_limit_is_taken(password: str) -> None:
    with pytest.raises(RuleBroken, match="128 characters or fewer"):
        check_password(password, PERSONAL)


@given(WORDS, WORDS, st.sampled_from(["", " ", ".", "!", "@"]))
def test_a_password_made_of_the_persons_own_words_is_refused(first: str, last: str, between: str) -> None:
    password = between.join([first, last] * 8)[:LONGEST_PASSWORD]
    assume(len(password) >= SHORTEST_PASSWORD and len(first) > 3 and len(last) > 3)
    with pytest.raises(RuleBroken):
        check_password(between.join([first, last, first, last, first])[:LONGEST_PASSWORD], (f"{first} {last}", ""))


@given(st.text(max_size=200), st.tuples(st.text(max_size=30), st.text(max_size=30)))
def test_an_answer_is_always_given_and_a_refusal_always_says_what_to_do(
    password: str, personal: tuple[str, str]
) -> None:
    try:
        check_password(password, personal)
    except RuleBroken as refused:
        said = refused
    else:
        assert SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD
        return
    assert said.field == "password"
    assert said.message.startswith("Password ")


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_only_ones_own_words_make_a_good_password_bad(words: list[str]) -> None:
    assume(not any(word.casefold() in GOOD for word in words if len(word) > 3))
    check_password(GOOD, (" ".join(words), "officer@example.org"))


def test_a_county_and_its_districts_share_the_work_that_a_single_tier_council_does_alone() -> None:
    assert functions_of(Tier.COUNTY) == COUNTY_FUNCTIONS
    assert functions_of(Tier.DISTRICT) == DISTRICT_FUNCTIONS
    assert not set(COUNTY_FUNCTIONS) & set(DISTRICT_FUNCTIONS)
    for tier in (Tier.UNITARY, Tier.METROPOLITAN, Tier.LONDON):
        assert set(functions_of(tier)) == set(Function)
