import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.matching.sounds import MOHAMMED, sound_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("khan", "kahn"),
        ("hussain", "hossein"),
        ("choudhry", "chaudhary"),
        ("chowdhury", "choudhury"),
        ("qureshi", "kureishi"),
        ("dawid", "david"),
        ("wiktor", "victor"),
        ("szymon", "shimon"),
        ("stephen", "stefan"),
        ("yusuf", "yousef"),
        ("mctavish", "mactavish"),
        ("carl", "karl"),
    ],
)
def test_spellings_of_one_name_sound_the_same(one: str, other: str):
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize(("one", "other"), [("khan", "karim"), ("oakes", "ashworth"), ("ahmed", "mahmood")])
def test_different_names_sound_different(one: str, other: str):
    assert sound_of(one) != sound_of(other)


def test_mohammed_has_a_sound_of_its_own():
    assert sound_of("muhammad") == sound_of("mohd") == MOHAMMED
    assert sound_of("mahmood") != MOHAMMED


def test_an_initial_keeps_its_letter():
    assert sound_of("k") == "k"
    assert sound_of("h") == "h"


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_every_name_part_has_a_sound(token: str):
    assert sound_of(token)
