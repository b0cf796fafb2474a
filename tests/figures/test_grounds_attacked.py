"""What adverse decisions were about, against whoever knows the rule, what is told beside it, and their own council's.

A world is a list of decisions: of which council, of which kind, and which limbs it names. No count of one to four
comes back of a limb, of the decisions that name none, of those left over beside either, or of another council.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations, islice
from random import Random

import pytest

from licensing.figures.of_grounds import ADVERSE, NOT_RECORDED_ABOUT, limbs_told
from licensing.figures.rules import Counted
from licensing.suitability.rules import Limb
from licensing.suppression import Across

PLACES = ("A", "B", "C", "D")
WORLDS = 200
Decided = tuple[str, str, frozenset[Limb]]
World = tuple[Decided, ...]


def worlds() -> Iterator[World]:
    """From a handful of decisions to sixty; often with one limb that nearly all name."""
    chance = Random(20261101)
    for number in range(WORLDS):
        places = PLACES[: chance.randint(1, len(PLACES))]
        usual = chance.sample(list(Limb), chance.randint(1, 7))
        yield tuple(
            (chance.choice(places), chance.choice(ADVERSE), frozenset(chance.sample(usual, _limbs(chance, usual))))
            for _ in range((6, 14, 30, 60)[number % 4])
        )


def _limbs(chance: Random, usual: list[Limb]) -> int:
    return min(chance.choice((0, 1, 1, 1, 2)), len(usual))


def counted(world: World) -> Counted:
    numbers: Counter[tuple[str, str]] = Counter()
    for place, kind, limbs in world:
        numbers[place, f"decisions.{kind}"] += 1
        for word in limbs or {NOT_RECORDED_ABOUT}:
            numbers[place, f"decisions.{kind}.about.{word}"] += 1
    return Counted(numbers, PLACES)


def told(world: World) -> object:
    """The limbs. What is told beside them is of kinds and places, which no world that is tried changes."""
    return limbs_told(counted(world), PLACES)


Cell = tuple[str, str]
Otherwise = dict[int, frozenset[Limb]]


@cache
def cells_of(place: str, limbs: frozenset[Limb]) -> tuple[Cell, ...]:
    """Where a decision counts that may not come back where it is small: each limb of its council and of all that
    are not the reader's own, those beside it, and those beside it that name any."""
    about = limbs or {NOT_RECORDED_ABOUT}
    beside = [word for word in (*Limb, NOT_RECORDED_ABOUT) if word not in about]
    named = [("named beside", word) for word in beside if limbs]
    return (
        *(("all", one) for one in about),
        *((place, one) for one in about),
        *(("beside", one) for one in beside),
        *named,
    )


def neighbours(world: World, own: str | None) -> Iterator[Otherwise]:
    """Worlds in which a decision of another council was about something else, or two were about each other's.

    One stands for all of its council that are about the same.
    """
    theirs = {(place, limbs): number for number, (place, _, limbs) in enumerate(world) if place != own}
    for (_, limbs), number in theirs.items():
        for limb in Limb:
            others = (limbs ^ {limb}, frozenset({limb}), frozenset[Limb]())
            yield from ({number: other} for other in others if other != limbs)
    for (first, one), (second, other) in combinations(theirs.items(), 2):
        yield {one: second[1], other: first[1]}
        yield from ({one: first[1] ^ {limb}, other: second[1] ^ {limb}} for limb in first[1] ^ second[1])


def moved(world: World, otherwise: Otherwise) -> set[Cell]:
    """The cells whose count is another in such a world."""
    steps: Counter[Cell] = Counter()
    for number, limbs in otherwise.items():
        place, _, before = world[number]
        steps.update(cells_of(place, limbs))
        steps.subtract(cells_of(place, before))
    return {cell for cell, step in steps.items() if step}


def about(world: World, otherwise: Otherwise) -> World:
    return tuple((place, kind, otherwise.get(number, limbs)) for number, (place, kind, limbs) in enumerate(world))


def recovered(world: World) -> list[tuple[str | None, Cell]]:
    """The small cells that every world told alike, of those tried, has in common."""
    shown, found = told(world), []
    for own in (None, *{place for place, _, _ in world}):
        there = Counter(cell for place, _, limbs in world if place != own for cell in cells_of(place, limbs))
        small = {cell for cell, count in there.items() if 0 < count < 5}
        for otherwise in neighbours(world, own):
            if small & moved(world, otherwise) and told(about(world, otherwise)) == shown:
                small -= moved(world, otherwise)
        found += [(own, cell) for cell in small]
    return found


def test_of_200_worlds_no_small_limb_is_given_back() -> None:
    assert [(world, found) for world in worlds() if (found := recovered(world))] == []


def careless(counts: dict[str, int]) -> dict[str, int | None]:
    return {key: None if 0 < count < 5 else count for key, count in counts.items()}


def careless_part(parts: dict[str, int], _wholes: dict[str, int]) -> Across[str]:
    return Across({}, careless({"total": sum(parts.values())})["total"])


def test_the_attack_succeeds_where_the_small_alone_are_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the test above could not fail."""
    monkeypatch.setattr("licensing.figures.of_grounds.suppressed", careless)
    assert any(recovered(world) for world in islice(worlds(), 60))
    monkeypatch.setattr("licensing.figures.of_grounds.parts_across", careless_part)
    assert sum(bool(recovered(world)) for world in islice(worlds(), 40)) > 5
