"""Figures as the page of definitions shows them: what each means, and no count of any."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from licensing.dates import in_words
from licensing.figures.aims import aim_words
from licensing.figures.catalogue import catalogue
from licensing.figures.definition import Definition
from licensing.figures.of_grounds import GROUNDS
from licensing.figures.words import Audience, Section, Tells, Unit, Whose


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
    # A code breaks where it must, after a dot or a line.
    code = escape(one.code).replace(".", Markup(".<wbr>")).replace("_", Markup("_<wbr>"))
    return {
        "name": Markup("{}<br><code>{}</code>").format(one.name, code),
        "words": f"{one.words}.",
        "told": f"{_how(one)}. {_whose(one)}",
        "target": aim_words(one.aim, one.unit),
        "owner": f"{one.owner}, since {in_words(one.since)}",
    }


_UNITS = {
    Unit.COUNT: "A count",
    Unit.PERCENT: "In a hundred",
    Unit.MONTHS: "Months",
    Unit.DAYS: "Days, the median",
}


def _how(one: Definition) -> str:
    """The unit, and how much it may tell."""
    if one.tells is Tells.EXACT:
        return f"{_UNITS[one.unit]}, told as it is"
    if one.tells is Tells.HIDDEN:
        return f"{_UNITS[one.unit]}, withheld where {'few' if one.unit is Unit.DAYS else 'few or none'}"
    return f"{_UNITS[one.unit]} of people, withheld where few"


def _whose(one: Definition) -> str:
    if one.code in GROUNDS:
        return "All districts together"
    return {Whose.ALL: "County and districts", Whose.DISTRICTS: "Districts", Whose.COUNTY: "County"}[one.whose]
