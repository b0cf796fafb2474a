from hypothesis import given
from hypothesis import strategies as st

from licensing.matching.hashes import text_hash
from licensing.matching.neighbours import Neighbours
from licensing.matching.sounds import sound_of

SECRET = b"a secret for the tests"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def sound_hash(token: str) -> int:
    return text_hash("sound", sound_of(token), SECRET)


@given(st.text(LETTERS, min_size=5, max_size=12), st.data())
def test_one_letter_changed_left_out_or_put_in_is_near(token: str, data: st.DataObject):
    neighbours = Neighbours.of([token], SECRET)
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    for typed in (
        token[:at] + letter + token[at + 1 :],
        token[:at] + token[at + 1 :],
        token[:at] + letter + token[at:],
    ):
        assert neighbours.near(typed, SECRET) == {sound_hash(token)}


def test_letters_exchanged_with_their_neighbour_are_near():
    assert Neighbours.of(["ashworth"], SECRET).near("ahsworth", SECRET) == {sound_hash("ashworth")}


def test_another_name_is_not_near():
    assert Neighbours.of(["ashworth"], SECRET).near("daniel", SECRET) == set()


def test_short_names_have_too_many_neighbours_to_have_any():
    assert Neighbours.of(["ali"], SECRET).near("alo", SECRET) == set()
