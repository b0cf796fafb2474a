import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.matching.names import is_mohammed, is_often_left_out, match_name, tokens_of


def test_a_title_is_not_part_of_a_name():
    assert match_name("Mr Daniel", "Oakes") == match_name("Daniel", "Oakes") == "daniel/oakes"


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Łukasz", "lukasz"), ("Đorđe", "dorde"), ("Jørgen", "jorgen"), ("Groß", "gross"), ("Işık", "isik")],
)
def test_accents_and_letters_of_other_alphabets_are_folded(written: str, plain: str):
    assert match_name(written, "") == f"{plain}/"


@pytest.mark.parametrize("family", ["O'Mara", "O’Mara", "O Mara", "OMara", "O'MARA"])
def test_o_is_joined_to_the_name_that_follows(family: str):
    assert match_name("Una", family) == "una/omara"


@pytest.mark.parametrize("family", ["McTavish", "Mc Tavish", "MCTAVISH"])
def test_mc_is_joined_to_the_name_that_follows(family: str):
    assert match_name("Una", family) == "una/mctavish"


@pytest.mark.parametrize("family", ["Birch-Ashworth", "Birch Ashworth", "BirchAshworth", "birch-ashworth"])
def test_a_double_name_is_the_same_with_and_without_its_hyphen(family: str):
    assert match_name("Una", family) == "una/birch ashworth"


def test_particles_are_dropped_where_two_names_remain():
    assert match_name("Yusuf bin", "Al Hakim") == "yusuf/hakim"


def test_a_particle_that_may_be_somebodys_name_is_kept():
    assert match_name("Al", "Oakes") == "al/oakes"
    assert match_name("Bin", "") == "bin/"


@pytest.mark.parametrize("given_name", ["Abdul Rahman", "Abdulrahman", "Abdel Rahman", "Abdelrahman", "Abd al-Rahman"])
def test_abdul_is_a_part_of_its_own(given_name: str):
    assert match_name(given_name, "Oakes") == "abdul rahman/oakes"


def test_abdullah_is_not_split():
    assert match_name("Abdullah", "Abdullahi") == "abdullah/abdullahi"


@pytest.mark.parametrize("family", ["Nizamuddin", "Nizam Uddin", "Nizam-ud-Din", "Nizam Ud Deen"])
def test_uddin_is_a_part_of_its_own(family: str):
    assert match_name("Ali", family) == "ali/nizam uddin"


@pytest.mark.parametrize("spelling", ["mohammed", "muhammad", "mohamad", "md", "mohd", "mehmet", "mohamet", "mohmmed"])
def test_every_spelling_of_mohammed_is_known(spelling: str):
    assert is_mohammed(spelling)
    assert is_often_left_out(spelling)


@pytest.mark.parametrize("other", ["mahmood", "mahmud", "hamid", "ahmed", "mehmood", "m"])
def test_names_like_mohammed_are_not_mohammed(other: str):
    assert not is_mohammed(other)


def test_nothing_written_is_no_name():
    assert match_name("", " - ") == ""


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_match_name_is_plain_letters_whatever_was_written(given_name: str, family: str):
    tokens = tokens_of(match_name(given_name, family))
    assert all(token.isascii() and token.isalpha() and token.islower() for token in tokens)


@given(st.text("abcdefghijklmnopqrstuvwxyz' -", max_size=20), st.text("abcdefghijklmnopqrstuvwxyz' -", max_size=20))
def test_capitals_do_not_matter(given_name: str, family: str):
    assert match_name(given_name.upper(), family.upper()) == match_name(given_name, family)
