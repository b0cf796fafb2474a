"""The indicators as this version has them (indicators.csv): what is counted, in which unit, and who says so."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is counted over a period, never of a person; `also` are other ways in which files write it."""

    code: str
    label: str
    unit: str
    source: str
    also: tuple[str, ...]


@lru_cache(maxsize=1)
def indicators() -> dict[str, Indicator]:
    """All of them by their code, in the order of the file."""
    with (resources.files("licensing.prevention") / "indicators.csv").open(encoding="utf-8") as lines:
        return {row["code"]: _indicator(row) for row in csv.DictReader(lines)}


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(row["code"], row["label"], row["unit"], row["source"], tuple(row["also"].split("|")))


def indicator_named(written: str) -> Indicator | None:
    """The one that is meant by its code, its label or another way to write it; capitals and signs aside."""
    return _by_name().get(_key(written))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Indicator]:
    return {_key(name): one for one in indicators().values() for name in (one.code, one.label, *one.also)}


def _key(written: str) -> str:
    return "".join(letter for letter in written.casefold() if letter.isalnum())
