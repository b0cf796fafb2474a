"""Figures of several councils against whoever knows the rule: no world's small cell is the only one told like that."""

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

import pytest

from licensing.suppression import across, parts_across, percent_across

PLACES = ("A", "B", "C", "D", "E")
WORLDS = 500
World = dict[str, tuple[int, int]]  # of each place a part and the rest


def with_parts(world: World) -> tuple[object, ...]:
    """What a reader has of it: all by place and together, and a part of them, as of revocations those at once."""
    wholes, parts = _columns(world)
    return across(wholes), parts_across(parts, wholes)


def with_percentages(world: World) -> tuple[object, ...]:
    """The same with the part in a hundred, as of drivers those who are trained."""
    wholes, parts = _columns(world)
    return across(wholes), percent_across(parts, wholes)


def _columns(world: World) -> tuple[dict[str, int], dict[str, int]]:
    return {place: sum(cells) for place, cells in world.items()}, {place: part for place, (part, _) in world.items()}


Telling = Callable[[World], object]
BOTH = pytest.mark.parametrize("told", [with_parts, with_percentages])


def worlds() -> Iterator[World]:
    """Small ones, in which nearly everything is small, and larger ones with a small cell here and there."""
    chance = Random(20261031)
    for number in range(WORLDS):
        most = (3, 6, 12, 60)[number % 4]
        places = PLACES[: chance.randint(2, len(PLACES))]
        yield {place: (chance.randint(0, most), chance.randint(0, most * chance.choice((1, 3)))) for place in places}


def withheld_small(world: World) -> Iterator[tuple[str, int]]:
    """(place, which) of the cells of one to four, and of the wholes (which is 2)."""
    for place, (part, rest) in world.items():
        for which, count in enumerate((part, rest, part + rest)):
            if 0 < count < 5:
                yield place, which


def neighbours(world: World, place: str, own: str | None) -> Iterator[World]:
    """Worlds that differ a little at this place, and at another so that totals stay, or at this place alone.

    Not at the reader's own place, of which they know everything.
    """
    steps = [(a, b) for a in range(-3, 4) for b in range(-3, 4) if (a, b) != (0, 0)]
    for step in steps:
        moved = _moved(world, {place: step})
        if moved:
            yield moved
        for other in world.keys() - {place, own}:
            for back in ((-step[0], -step[1]), (-step[1], -step[0]), (0, -sum(step)), (-sum(step), 0)):
                if both := _moved(world, {place: step, other: back}):
                    yield both


def _moved(world: World, steps: dict[str, tuple[int, int]]) -> World | None:
    made = dict(world)
    for place, (part, rest) in steps.items():
        made[place] = (world[place][0] + part, world[place][1] + rest)
    return made if min(min(cells) for cells in made.values()) >= 0 else None


def value(world: World, place: str, which: int) -> int:
    return sum(world[place]) if which == 2 else world[place][which]


def recovered(world: World, told: Telling) -> list[tuple[str, int]]:
    """The small cells that every world told alike, of those tried, has in common: what a reader may know.

    Also one who reads of their own place everything there is.
    """
    shown, found = told(world), []
    for own in (None, *world):
        for place, which in withheld_small(world):
            true = value(world, place, which)
            alike = (one for one in neighbours(world, place, own) if value(one, place, which) != true)
            if place != own and not any(told(one) == shown for one in alike):
                found.append((place, which))
    return found


@BOTH
def test_of_500_worlds_no_small_cell_is_given_back(told: Telling) -> None:
    given_back = [(world, cells) for world in worlds() if (cells := recovered(world, told))]
    assert given_back == []


@BOTH
def test_the_attack_succeeds_where_the_small_alone_are_withheld(told: Telling, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the test above could not fail."""
    careless = {
        "suppressed": lambda counts, _=0: {key: None if 0 < count < 5 else count for key, count in counts.items()}
    }
    monkeypatch.setattr("licensing.suppression.suppressed", careless["suppressed"])
    assert sum(bool(recovered(world, told)) for world in islice(worlds(), 120)) > 5
