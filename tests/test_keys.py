"""Field keys: what is sealed opens in its own place, unaltered, with its own key, and nowhere else."""

import stat
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.keys import FieldKeys, SealBroken, kept_under, new_keys

KEYS = FieldKeys.parse(new_keys())
ROW = UUID("5a3ff1a0-0000-4000-8000-000000000001")
PLACE = ("person_identifier", "sealed", ROW)
PLAIN = b"QQ123456C"
K1, K2, FIND = ("A" * 43 + "=", "B" * 42 + "A=", "C" * 42 + "A=")


@given(st.binary(max_size=2_000))
def test_what_was_sealed_opens_to_the_same(plain: bytes) -> None:
    sealed = KEYS.seal(plain, *PLACE)
    assert KEYS.open(sealed, *PLACE) == plain
    assert len(plain) < 4 or plain not in sealed


def test_the_same_value_never_looks_the_same_twice() -> None:
    assert len({KEYS.seal(PLAIN, *PLACE) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("person_identifier", "sealed", uuid4()),
        ("person_identifier", "lookup", ROW),
        ("draft", "sealed", ROW),
        ("person_identifiers", "ealed", ROW),
    ],
)
def test_a_value_pasted_into_another_place_does_not_open(elsewhere: tuple[str, str, UUID]) -> None:
    with pytest.raises(SealBroken):
        KEYS.open(KEYS.seal(PLAIN, *PLACE), *elsewhere)


@given(st.integers(min_value=0), st.integers(0, 7))
def test_a_value_with_any_bit_turned_does_not_open(at: int, bit: int) -> None:
    sealed = bytearray(KEYS.seal(PLAIN, *PLACE))
    sealed[at % len(sealed)] ^= 1 << bit
    with pytest.raises(SealBroken):
        KEYS.open(bytes(sealed), *PLACE)


@given(st.binary(max_size=60))
def test_what_was_never_sealed_does_not_open(junk: bytes) -> None:
    with pytest.raises(SealBroken):
        KEYS.open(junk, *PLACE)


def test_a_value_cut_short_at_any_length_does_not_open() -> None:
    sealed = KEYS.seal(PLAIN, *PLACE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            KEYS.open(sealed[:length], *PLACE)


def test_the_newest_key_seals_and_older_ones_still_open() -> None:
    before = FieldKeys.parse(f"1:{K1},find:{FIND}")
    after = FieldKeys.parse(f"1:{K1},2:{K2},find:{FIND}")
    renewed = FieldKeys.parse(f"2:{K2},find:{FIND}")
    old, new = before.seal(PLAIN, *PLACE), after.seal(PLAIN, *PLACE)

    assert after.open(old, *PLACE) == after.open(new, *PLACE) == renewed.open(new, *PLACE) == PLAIN
    for keys, sealed in ((before, new), (renewed, old)):
        with pytest.raises(SealBroken, match="no key"):
            keys.open(sealed, *PLACE)


def test_a_value_cannot_be_passed_off_as_sealed_with_another_key() -> None:
    same = FieldKeys.parse(f"1:{K1},2:{K1},find:{FIND}")
    sealed = bytearray(same.seal(PLAIN, *PLACE))
    sealed[1] = 1
    with pytest.raises(SealBroken):
        same.open(bytes(sealed), *PLACE)


@given(st.text(max_size=40), st.text(max_size=40))
def test_hashes_are_equal_for_equal_values_of_one_purpose_only(one: str, other: str) -> None:
    assert (KEYS.digest("account", one) == KEYS.digest("account", other)) == (one == other)
    assert KEYS.digest("account", one) != KEYS.digest("address", one)
    assert KEYS.digest("account", one) != FieldKeys.parse(new_keys()).digest("account", one)


def test_hashes_outlive_the_rotation_of_sealing_keys() -> None:
    before = FieldKeys.parse(f"1:{K1},find:{FIND}")
    after = FieldKeys.parse(f"2:{K2},find:{FIND}")
    assert before.digest("account", "x") == after.digest("account", "x")
    assert before.matching_secret == after.matching_secret


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "must look like"),
        ("nonsense", "must look like"),
        (f"1:{K1}", "must look like"),
        (f"one:{K1},find:{FIND}", "must look like"),
        (f"1:{K1[:-2]}!=,find:{FIND}", "must look like"),
        (f"find:{FIND}", "32 bytes"),
        (f"1:QUJD,find:{FIND}", "32 bytes"),
        (f"1:{K1},find:QUJD", "32 bytes"),
        (f"0:{K1},find:{FIND}", "from 1 to 255"),
        (f"-1:{K1},find:{FIND}", "from 1 to 255"),
        (f"256:{K1},find:{FIND}", "from 1 to 255"),
    ],
)
def test_keys_that_are_not_as_they_should_be_are_refused_with_the_form(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        FieldKeys.parse(written)
    assert K1[:20] not in str(refused.value)


def test_an_installations_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "keys"
    first = kept_under(folder)
    assert kept_under(folder) == first
    assert FieldKeys.parse(first[1])
    assert len(first[0]) >= 43
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert kept_under(tmp_path / "other") != first
