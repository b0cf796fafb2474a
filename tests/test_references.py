"""References as they are read out on the telephone, and written in letters."""

import pytest

from licensing.references import as_written, is_reference, new_reference


@pytest.mark.parametrize(
    "typed",
    [
        "AL-TNRM-484C",
        "al tnrm 484c",
        "ALTNRM484C",
        "AL–TNRM–484C",
        "AL — tnrm — 484c",
        " al-tnrm-484c ",
        "al.tnrm.484c",
    ],
)
def test_a_reference_is_understood_however_it_is_written(typed: str) -> None:
    assert as_written(typed) == "AL-TNRM-484C"


def test_letters_that_are_misread_are_taken_as_meant() -> None:
    assert as_written("AL-OI1L-0000") == "AL-0111-0000"


@pytest.mark.parametrize("typed", ["", "AL-0000", "Khan", "AL-TNRM-484C-9", "AL-UUUU-0000"])
def test_what_is_no_reference_is_put_in_capitals_alone(typed: str) -> None:
    assert as_written(typed) == typed.upper()
    assert not is_reference(as_written(typed))


def test_a_new_reference_is_what_it_is() -> None:
    written = new_reference("AL")
    assert as_written(written.lower().replace("-", "")) == written
