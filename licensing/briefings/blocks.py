"""What the two pages are made of, and what both of them ask of a briefing's content."""

from dataclasses import dataclass, field

from licensing.briefings.content import Content
from licensing.figures.gathering import Figure
from licensing.figures.words import Audience

COUNTY_CODE = "E10"  # of the codes of the Office for National Statistics
_NUMBERS = ("training.in_date_percent", "vetting.dbs_current_percent", "decisions.revoked")
_NUMBERS_OF = {
    Audience.COMMUNITY_SAFETY_PARTNERSHIP: ("decisions.revoked", "disruption.CAWN", "courts.convicted"),
    Audience.POLICE_AND_CRIME_COMMISSIONER: ("disruption.CAWN", "courts.trials", "courts.convicted"),
}


@dataclass(frozen=True)
class Number:
    """One of the three: as it is told, what it is, and which way it went."""

    shown: str
    name: str
    direction: str


@dataclass(frozen=True)
class Bars:
    """A small chart: (label, value, value in words) for each line."""

    title: str
    lines: tuple[tuple[str, int | None, str], ...]
    most: int


@dataclass(frozen=True)
class Block:
    """A part of a page under its heading: paragraphs, then numbers, a table or charts, where it has them.

    `shares` are the columns' widths, `more` is small print below, and `fine` says that all of it is.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    shares: tuple[float, ...] = ()
    charts: tuple[Bars, ...] = field(default=())
    more: tuple[str, ...] = ()
    fine: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.paragraphs or self.points or self.numbers or self.rows or self.charts)


def three(content: Content) -> list[Figure]:
    wanted = _NUMBERS_OF.get(content.audience, _NUMBERS)
    found = [one for code in wanted if (one := content.figure(code))]
    # An audience without one of them is told the next that it has and that is known.
    others = [one for one in content.figures if one.value and one not in found]
    return [*found, *others][:3]


def districts(content: Content) -> list[tuple[str, str]]:
    """The columns of page two: a county's own would be empty in nearly every line."""
    return [(code, name) for code, name in content.places if not code.startswith(COUNTY_CODE)]
