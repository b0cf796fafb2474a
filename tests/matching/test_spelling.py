import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.matching import spelling
from licensing.matching.spelling import compare_tokens

NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("asked", "recorded", "kind"),
    [
        ("khan", "khan", spelling.SAME),
        ("mohd", "muhammad", spelling.MOHAMMED_SPELT),
        ("hussain", "hussein", spelling.SAME_SOUND),
        ("kahn", "khan", spelling.SAME_SOUND),
        ("hussain", "hossein", spelling.SAME_SOUND_NEAR),
        ("hasan", "hussein", spelling.SAME_SOUND_ONLY),
        ("bill", "william", spelling.OTHER_FORM),
        ("oakes", "oaken", spelling.ONE_LETTER),
        ("ashworth", "ashworxh", spelling.ONE_LETTER),
        ("ashworth", "asjworxh", spelling.TWO_LETTERS),
        ("d", "daniel", spelling.INITIAL),
        ("daniel", "d", spelling.INITIAL),
        ("e", "daniel", spelling.DIFFERENT),
        ("daniel", "oakes", spelling.DIFFERENT),
    ],
)
def test_name_parts_are_told_apart(asked: str, recorded: str, kind: str):
    assert compare_tokens(asked, recorded) == kind


@given(NAMES, NAMES)
def test_it_does_not_matter_which_was_asked(one: str, other: str):
    assert compare_tokens(one, other) == compare_tokens(other, one)


@given(NAMES)
def test_only_the_same_is_the_same(token: str):
    assert compare_tokens(token, token) == spelling.SAME
    assert compare_tokens(token, token + "x") != spelling.SAME
