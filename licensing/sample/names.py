"""Drawing names: the parts stand in names.toml, by the customs they come from."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

_PARTS = Path(__file__).parent / "names.toml"
_CHANCE_OF_ANOTHER_SPELLING = 0.12


@dataclass(frozen=True, slots=True)
class Customs:
    """The parts of names of one origin, and how often what may stand beside a given name does (0 to 1)."""

    name: str
    men: Sequence[str]
    women: Sequence[str]
    families: Sequence[str]
    share: int
    families_of_women: Sequence[str] = ()
    before_men: Sequence[str] = ()
    before_share: float = 0.0
    after_men: Sequence[str] = ()
    after_women: Sequence[str] = ()
    after_share: float = 0.0

    def families_for(self, is_woman: bool) -> Sequence[str]:
        return (self.families_of_women if is_woman else ()) or self.families


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written on a register, and the customs from which a further one of the same person is drawn."""

    given: str
    family: str
    is_woman: bool
    customs: Customs


def draw_name(rng: Random, is_woman: bool) -> Name:
    """A name that is not that of anybody famous; now and then in a rarer spelling."""
    customs = rng.choices(_customs(), cum_weights=_weights())[0]
    while True:
        given, family = _draw_given(rng, customs, is_woman), rng.choice(customs.families_for(is_woman))
        if family not in given.split() and not is_famous(given, family):
            break
    if rng.random() < _CHANCE_OF_ANOTHER_SPELLING:
        given, family = respelt(rng, given, family)
    return Name(given, family, is_woman, customs)


def other_family(rng: Random, name: Name) -> str:
    """Another family name of the same customs: that of a birth or a former marriage."""
    families = [family for family in name.customs.families_for(name.is_woman) if family != name.family]
    while is_famous(name.given, family := rng.choice(families)):
        pass
    return family


def respelt(rng: Random, given: str, family: str) -> tuple[str, str]:
    """The name with one of its parts spelt as another clerk would; unchanged when no part has another spelling."""
    spellings = _parts()["spellings"]
    parts = [*given.split(), family]
    at = [place for place, part in enumerate(parts) if part in spellings]
    if at:
        place = rng.choice(at)
        parts[place] = rng.choice(spellings[parts[place]])
    return " ".join(parts[:-1]), parts[-1]


def is_famous(given: str, family: str) -> bool:
    """Whether any of the given names makes a famous name with the family name."""
    return any(f"{part} {family}" in _famous() for part in given.split())


def _draw_given(rng: Random, customs: Customs, is_woman: bool) -> str:
    given = rng.choice(customs.women if is_woman else customs.men)
    before = () if is_woman else customs.before_men
    after = customs.after_women if is_woman else customs.after_men
    parts = [given]
    if before and rng.random() < customs.before_share:
        parts.insert(0, rng.choice(before))
    if after and rng.random() < customs.after_share:
        parts.append(rng.choice(after))
    return " ".join(dict.fromkeys(parts))


@cache
def _parts() -> dict[str, Any]:
    return tomllib.loads(_PARTS.read_text(encoding="utf-8"))


@cache
def _customs() -> tuple[Customs, ...]:
    return tuple(Customs(**customs) for customs in _parts()["customs"])


@cache
def _weights() -> tuple[int, ...]:
    return tuple(accumulate(customs.share for customs in _customs()))


@cache
def _famous() -> frozenset[str]:
    return frozenset(_parts()["famous"])
