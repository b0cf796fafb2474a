"""What a figure is held against, and how a value stands to it."""

from dataclasses import dataclass
from enum import StrEnum

from licensing.figures.words import Better, Unit


@dataclass(frozen=True, slots=True)
class Aim:
    """A target and a tolerance in the figure's unit; no target where none was chosen."""

    target: int | None
    tolerance: int
    better: Better


class Standing(StrEnum):
    """How a value stands to its target."""

    ON_TARGET = "on_target"
    WITHIN_TOLERANCE = "within_tolerance"
    OFF_TARGET = "off_target"
    NO_TARGET = "no_target"
    NOT_TOLD = "not_told"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


def standing(value: int | None, aim: Aim, *, is_known: bool = True) -> Standing:
    """Of no value whether it is not known, or known and of too few to be told."""
    if value is None:
        return Standing.NOT_TOLD if is_known else Standing.NOT_KNOWN
    if aim.target is None:
        return Standing.NO_TARGET
    missing = aim.target - value if aim.better is Better.MORE else value - aim.target
    if missing <= 0:
        return Standing.ON_TARGET
    return Standing.WITHIN_TOLERANCE if missing <= aim.tolerance else Standing.OFF_TARGET


def aim_words(aim: Aim, unit: Unit) -> str:
    """As "90% or more, within 5"."""
    if aim.target is None:
        return "None"
    number = {Unit.PERCENT: f"{aim.target}%", Unit.DAYS: f"{aim.target} days"}.get(unit, str(aim.target))
    way = "or more" if aim.better is Better.MORE else "or fewer"
    ends = (unit is Unit.PERCENT and aim.target == 100) or aim.target == 0
    return f"{number}, within {aim.tolerance}" if ends else f"{number} {way}, within {aim.tolerance}"
