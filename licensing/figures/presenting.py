"""Figures as the page of definitions shows them: what each means, and no count of any."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from licensing.dates import in_words
from licensing.figures.aims import aim_words
from licensing.figures.catalogue import catalogue
from licensing.figures.definition import Definition
from licensing.figures.of_grounds import GROUNDS
from licensing.figures.words import Audience, Section, Tells, Unit, Whose
from licensing.suppression import SMALLEST_BASE, SMALLEST_TOLD


@dataclass(frozen=True)
class Part:
    """A section of the catalogue: who is told of it, and a row for each of its figures."""

    section: Section
    audiences: str
    rows: list[dict[str, str]]


def parts(section: Section | None, audience: Audience | None) -> Iterator[Part]:
    """Those asked for, in the order of a briefing."""
    for one in Section:
        if section in (None, one) and (audience is None or one in audience.sections):
            rows = [_row(each) for each in catalogue().values() if each.section is one]
            yield Part(one, _told_to(one), rows)


def _told_to(section: Section) -> str:
    every = [one.label for one in Audience if section in one.sections]
    return "everybody who is briefed" if len(every) == len(Audience) else "; ".join(every)


def _row(one: Definition) -> dict[str, str]:
    return {
        "name": Markup("{}<br><code>{}</code>").format(one.name, one.code),
        "words": f"{one.words}.",
        "told": _how(one),
        "whose": _whose(one),
        "target": aim_words(one.aim, one.unit),
        "owner": f"{one.owner}, since {in_words(one.since)}",
    }


_UNITS = {
    Unit.COUNT: "A count",
    Unit.PERCENT: "How many in a hundred, to a whole number",
    Unit.MONTHS: "Months",
    Unit.DAYS: "Days, the median",
}
_FEW = {
    Unit.COUNT: f"1 to {SMALLEST_TOLD - 1} people are withheld, with others so that no sum gives them back",
    Unit.PERCENT: f"withheld of fewer than {SMALLEST_BASE} people, or where it would tell of a few",
    Unit.MONTHS: "withheld where the number of people is",
}


def _how(one: Definition) -> str:
    """The unit, and how much it may tell."""
    if one.tells is Tells.EXACT:
        return f"{_UNITS[one.unit]}, told as it is"
    if one.tells is Tells.HIDDEN:
        few = "not told of few" if one.unit is Unit.DAYS else f"below {SMALLEST_TOLD} not told, and none as little"
        return f"{_UNITS[one.unit]}; {few}"
    return f"{_UNITS[one.unit]}; {_FEW[one.unit]}"


def _whose(one: Definition) -> str:
    if one.code in GROUNDS:
        return "All districts together"
    return {Whose.ALL: "County and districts", Whose.DISTRICTS: "Districts", Whose.COUNTY: "County"}[one.whose]
