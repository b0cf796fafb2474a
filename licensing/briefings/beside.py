"""What a briefing may tell beside those that were published before: periods overlap, and their differences are counts.

Each figure of people that counts what happened in a period is held against every period of it that readers have been
told. What would give a small count back is withheld in the new briefing, since what was published stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from licensing.briefings.content import Content
from licensing.figures.catalogue import catalogue
from licensing.figures.gathering import SMALL, WITHHELD, Figure
from licensing.figures.rules import Period, quarter_ended, year_to_march
from licensing.figures.words import Section, Tells, Unit
from licensing.suppression import gives_small

# In these a figure counts what happened in the period; in others how things stood at its end.
_HAPPENED = (
    Section.DECISIONS,
    Section.APPEALS,
    Section.DISRUPTION,
    Section.SHARING,
    Section.COURTS,
    Section.PREVENTION,
)
_NOW, _BEFORE, _LAST_YEAR = "value", "previous", "last_year"

Span = tuple[date, date, int]


def withheld_beside(new: Content, earlier: Sequence[Content]) -> tuple[Figure, ...]:
    """The figures of a new briefing, without what those published earlier would make small counts of."""
    return tuple(_beside(one, new.period, earlier) if _counts_people(one) else one for one in new.figures)


def _counts_people(figure: Figure) -> bool:
    tells = catalogue()[figure.code].tells
    happened = tells is Tells.HIDDEN or (tells is Tells.PEOPLE and figure.section in _HAPPENED)
    return happened and figure.unit is Unit.COUNT


def _days_of(figure: Figure, period: Period) -> Period:
    """The days whose cases or people a figure of a period counts."""
    if catalogue()[figure.code].tells is not Tells.HIDDEN:
        return period
    return quarter_ended(period.until_on) if figure.code.endswith(".open") else year_to_march(period.until_on)


def _beside(figure: Figure, period: Period, earlier: Sequence[Content]) -> Figure:
    known = [(one.period, then) for one in earlier if (then := one.figure(figure.code))]
    told = [span for when, then in known for span in _spans(then, when)]
    for name in (_NOW, _BEFORE, _LAST_YEAR):
        span = list(_spans(figure, period, name))
        if span and gives_small([*told, *span]):
            figure = replace(figure, **{name: None, _SHOWN[name]: WITHHELD})
        else:
            told += span
    if _places_give_small(figure, period, known):
        figure = replace(figure, by_place=dict.fromkeys(figure.by_place, WITHHELD))
    return figure


def _places_give_small(figure: Figure, period: Period, known: Sequence[tuple[Period, Figure]]) -> bool:
    """Whether places told over days that others share give a small count of one place back.

    Two tables with sums hold the cells of a third between them, so where either withholds a place none is told; where
    all are told, each place is held against itself.
    """
    beside = [then for when, then in known if _tells_a_place(then) and _shares_days(figure, period, when, then)]
    tables = [dict(one.by_place) for one in (figure, *beside)]
    if beside and _tells_a_place(figure) and any(shown in _LEFT_OUT for table in tables for shown in table.values()):
        return True
    return any(_place_gives_small(figure, period, known, place) for place in figure.by_place)


def _shares_days(figure: Figure, period: Period, when: Period, then: Figure) -> bool:
    """Whether it counts some of the same days; of the very same, whether it tells anything else of them."""
    one, other = _days_of(figure, period), _days_of(figure, when)
    if (one.from_on, one.until_on) == (other.from_on, other.until_on):
        return dict(then.by_place) != dict(figure.by_place)
    return one.from_on <= other.until_on and other.from_on <= one.until_on


def _place_gives_small(figure: Figure, period: Period, known: Sequence[tuple[Period, Figure]], place: str) -> bool:
    every = [*known, (period, figure)]
    counts = [(when, one.by_place.get(place, "").replace(",", "")) for when, one in every]
    return gives_small(_span(_days_of(figure, when), int(count)) for when, count in counts if count.isdigit())


# A place of which nothing is known is in no sum.
_LEFT_OUT = (SMALL, WITHHELD)


def _tells_a_place(figure: Figure) -> bool:
    return any(map(_is_told, figure.by_place.values()))


def _is_told(shown: str) -> bool:
    return shown.replace(",", "").isdigit()


_SHOWN = {_NOW: "shown", _BEFORE: "previous_shown", _LAST_YEAR: "last_year_shown"}


def _spans(figure: Figure, period: Period, *names: str) -> Iterable[Span]:
    """What it tells of all together, of which days."""
    periods = {_NOW: period, _BEFORE: period.before, _LAST_YEAR: period.last_year}
    for name in names or tuple(periods):
        count = getattr(figure, name)
        if count is not None:
            yield _span(_days_of(figure, periods[name]), count)


def _span(period: Period, count: int) -> Span:
    return period.from_on, period.until_on + timedelta(days=1), count
