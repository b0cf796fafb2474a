"""What a few typed words may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.finding.rules import Sought


@pytest.mark.parametrize(
    ("typed", "reference", "postcode", "number", "uprn", "words"),
    [
        (" p-7k2m-9xq4 ", "P-7K2M-9XQ4", "", "", None, ()),
        ("ox99 1aa", "", "OX99 1AA", "", None, ()),
        ("che/dd-0417", "", "", "CHEDD0417", None, ("che/dd-0417",)),
        ("100012345678", "", "", "100012345678", 100012345678, ("100012345678",)),
        ("1234567890123", "", "", "1234567890123", None, ("1234567890123",)),
        ("Khan,  Mohammed", "", "", "", None, ("khan", "mohammed")),
        ("Sampleová", "", "", "", None, ("sampleová",)),
        ("", "", "", "", None, ()),
    ],
)
def test_what_was_typed_is_read_in_each_form_it_can_have(
    typed: str, reference: str, postcode: str, number: str, uprn: int | None, words: tuple[str, ...]
) -> None:
    sought = Sought(typed)
    read = (sought.reference, sought.postcode, sought.number, sought.uprn, sought.words)
    assert read == (reference, postcode, number, uprn, words)


def test_a_name_may_have_been_typed_in_either_order() -> None:
    assert Sought("Mohammed Aslam Khan").beginnings == ("mohammed aslam khan", "khan mohammed aslam")
    assert Sought("Khan").beginnings == ("khan",)
    assert Sought("Mohammed Aslam Khan").given_and_family == ("mohammed aslam", "khan")
    assert Sought("Khan").given_and_family is None
    assert Sought("Khan 7").beginnings == ()


@given(st.text(max_size=60))
def test_nothing_that_can_be_typed_is_too_strange_to_be_read(typed: str) -> None:
    sought = Sought(typed)
    assert not (sought.reference and sought.postcode)
    assert not (sought.reference and (sought.number or sought.words))
    assert all(word == word.casefold() for word in sought.words)
