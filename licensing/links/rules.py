"""Things, links between them, and walking from one thing to those two steps away: values in, values out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

STEPS = 2
NAMED = "named:"
# How many things are shown of each step: more than a drawing can tell apart helps nobody.
MOST_OF_A_STEP = 30


class ThingKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PREMISES = "premises"
    VEHICLE = "vehicle"
    LICENCE = "licence"
    PLACE = "place"
    ACTION = "action"
    OPERATION = "operation"
    COURT_CASE = "court_case"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


@dataclass(frozen=True, order=True, slots=True)
class Thing:
    """Something that links lead to: a record's id or, after NAMED, the hash of the name of what is only named."""

    kind: ThingKind
    id: str

    @property
    def record_id(self) -> UUID | None:
        return None if self.id.startswith(NAMED) else UUID(self.id)


@dataclass(frozen=True, slots=True)
class Link:
    """That two things have to do with one another, in what words, where that stands, and from when until when."""

    one: Thing
    other: Thing
    words: str
    source: str
    from_on: date | None = None
    until_on: date | None = None

    def touches(self, things: Iterable[Thing]) -> bool:
        return self.one in things or self.other in things


@dataclass(frozen=True)
class Found:
    """The things by their step, the links between them, and how many things were left out."""

    steps: dict[Thing, int]
    links: list[Link]
    left_out: int


def walk(start: Thing, links_of: Callable[[set[Thing]], Iterable[Link]]) -> Found:
    """Everything within two steps of `start`; of more than MOST_OF_A_STEP in a step those with the most recent links.

    `links_of` gives the links of several things at once.
    """
    steps, links, left_out, edge = {start: 0}, set[Link](), 0, {start}
    for step in range(1, STEPS + 1):
        further = set(links_of(edge))
        links |= further
        fresh = _freshest(further, steps)
        left_out += max(0, len(fresh) - MOST_OF_A_STEP)
        edge = set(fresh[:MOST_OF_A_STEP])
        steps |= dict.fromkeys(fresh[:MOST_OF_A_STEP], step)
    shown = [one for one in links if one.one != one.other and one.one in steps and one.other in steps]
    return Found(steps, shown, left_out)


def _freshest(links: Iterable[Link], known: Iterable[Thing]) -> list[Thing]:
    """The things not met yet, those whose last link begins latest first."""
    begins: dict[Thing, date] = {}
    for link in links:
        for thing in (link.one, link.other):
            if thing not in known:
                begins[thing] = max(begins.get(thing, date.min), link.from_on or date.min)
    return sorted(begins, key=lambda one: (-begins[one].toordinal(), one))
