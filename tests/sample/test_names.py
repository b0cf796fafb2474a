"""The samples' names."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from licensing.sample.names import draw_name, is_famous, other_family, respelt

SEEDS = st.integers(min_value=0, max_value=2**32)


@given(SEEDS, st.booleans())
def test_the_same_seed_draws_the_same_name(seed: int, is_woman: bool) -> None:
    assert draw_name(Random(seed), is_woman) == draw_name(Random(seed), is_woman)


@given(SEEDS, st.booleans())
def test_no_drawn_name_is_famous(seed: int, is_woman: bool) -> None:
    name = draw_name(Random(seed), is_woman)

    assert not is_famous(name.given, name.family)


def test_a_famous_name_is_known_beside_other_given_names() -> None:
    assert is_famous("Mohammed Tariq", "Ali")
    assert not is_famous("Mohammed", "Ali")


@given(SEEDS, st.booleans())
def test_a_former_family_name_is_another_one(seed: int, is_woman: bool) -> None:
    rng = Random(seed)
    name = draw_name(rng, is_woman)

    assert other_family(rng, name) != name.family


@given(SEEDS)
def test_another_spelling_changes_one_part_at_most(seed: int) -> None:
    given_names, family_name = respelt(Random(seed), "Mohammed Tariq", "Hussain")

    changed = [
        one != other
        for one, other in zip([*given_names.split(), family_name], ["Mohammed", "Tariq", "Hussain"], strict=True)
    ]
    assert sum(changed) == 1


def test_a_name_without_other_spellings_stays() -> None:
    assert respelt(Random(1), "Keith", "Plumb") == ("Keith", "Plumb")


def test_women_of_polish_customs_have_the_womans_form() -> None:
    women = [draw_name(Random(seed), True) for seed in range(2_000)]
    polish = [name.family for name in women if name.customs.name == "Polish"]

    assert polish
    assert not [family for family in polish if family.endswith(("ski", "cki"))]


def test_many_customs_and_both_sexes_have_names() -> None:
    drawn = [draw_name(Random(seed), seed % 2 == 0) for seed in range(4_000)]

    assert len({(name.customs.name, name.is_woman) for name in drawn}) == 22
    assert len({(name.given, name.family) for name in drawn}) > 3_000
