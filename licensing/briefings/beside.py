"""What a briefing may tell beside those that were published before: periods overlap, and their differences are counts.

Each figure of people that counts what happened in a period is held against every period of it that readers have been
told, by this council's papers and by those of others of the same place. What would give a small count back is withheld
in the new briefing, or told to the nearest five, since what was published stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from licensing.briefings.content import SHOWN, Content, periods_told
from licensing.briefings.rests import held_with_rests
from licensing.figures.catalogue import catalogue
from licensing.figures.elsewhere import Elsewhere, Telling, about, is_left_out, number, span
from licensing.figures.gathering import Figure
from licensing.figures.of_grounds import GROUNDS
from licensing.figures.rules import Period
from licensing.figures.words import WITHHELD
from licensing.suppression import Span, Timeline, rounded

_NOBODY = Elsewhere()
Known = Sequence[tuple[Period, Figure]]  # a figure as it was published of other periods


def withheld_beside(new: Content, earlier: Sequence[Content], others: Elsewhere = _NOBODY) -> tuple[Figure, ...]:
    """The figures of a new briefing, without what those published earlier would make small counts of.

    `earlier` are those of the same council, and `others` what the papers of others told of it, or of its districts.
    """
    told = _distinct(earlier)
    made = [_beside(one, new, told, others) if catalogue()[one.code].is_held else one for one in new.figures]
    made = held_with_rests(replace(new, figures=tuple(made)), told)
    return tuple(_limbs_together(new.figures, made))


def _distinct(earlier: Sequence[Content]) -> list[Content]:
    """Without those that tell nothing but what another told of the same days, as each audience's edition does."""
    kept: dict[Period, list[tuple[Content, Mapping[str, object]]]] = defaultdict(list)
    for one in sorted(earlier, key=lambda content: len(content.figures), reverse=True):
        told = {figure.code: _told(figure) for figure in one.figures}
        if not any(told.items() <= other.items() for _, other in kept[one.period]):
            kept[one.period].append((one, told))
    return [one for papers in kept.values() for one, _ in papers]


def _told(figure: Figure) -> object:
    return figure.shown, figure.previous_shown, figure.last_year_shown, tuple(figure.by_place.items())


def _limbs_together(before: Sequence[Figure], made: Sequence[Figure]) -> Iterable[Figure]:
    """Where one of the limbs that decisions were about is not told any more, none is: together they are all of them."""
    limbs = [(one, then) for one, then in zip(made, before, strict=True) if one.code in GROUNDS]
    gone = [name for name in SHOWN if any(getattr(one, name) != getattr(then, name) for one, then in limbs)]
    instead = {field: words for name in gone for field, words in _instead(name, 0, Telling.NOT_AT_ALL).items()}
    return (_instead_of_limb(one, instead) if one.code in GROUNDS else one for one in made)


def _instead_of_limb(figure: Figure, instead: Mapping[str, Any]) -> Figure:
    """Of a district the one place is what all together are; of a county a limb has none."""
    changed = replace(figure, **instead)
    return replace(changed, by_place=dict.fromkeys(figure.by_place, changed.shown))


def _beside(figure: Figure, new: Content, earlier: Sequence[Content], others: Elsewhere) -> Figure:
    known = [(one.period, then) for one in earlier if (then := one.figure(figure.code))]
    if not new.is_county:
        return _district_beside(figure, new, known, others)
    figure = _county_beside(figure, new, known)
    if _places_give_small(figure, new.period, known, others):
        figure = replace(figure, by_place=dict.fromkeys(figure.by_place, WITHHELD))
    return _rounded_beside(figure, new.period, known, others)


def _county_beside(figure: Figure, new: Content, known: Known) -> Figure:
    """Of the area of a county nobody else tells anything: its totals are held against its own."""
    told = Timeline(one for when, then in known for one in _spans(then, when))
    for name in SHOWN:
        for one in _spans(figure, new.period, name):
            if told.gives_small(one):
                figure = replace(figure, **_instead(name, one[2], Telling.NOT_AT_ALL))
            else:
                told.tell(one)
    return figure


def _district_beside(figure: Figure, new: Content, known: Known, others: Elsewhere) -> Figure:
    """Of a district the county tells too, and its own answers to the public."""
    [(place, _)] = new.places
    told = others.timeline(figure.code, place)
    for one in [one for when, then in known for one in _spans(then, when)]:
        told.tell(one)
    for name in SHOWN:
        for one in _spans(figure, new.period, name):
            telling = others.telling(figure.code, place, told, one)
            if telling is Telling.EXACTLY:
                told.tell(one)
            else:
                figure = replace(figure, **_instead(name, one[2], telling))
    return replace(figure, by_place=dict.fromkeys(figure.by_place, figure.shown))


def _instead(name: str, count: int, telling: Telling) -> dict[str, Any]:
    if telling is Telling.NOT_AT_ALL:
        return {name: None, SHOWN[name]: WITHHELD}
    return {name: rounded(count), SHOWN[name]: about(count)}


def _rounded_beside(figure: Figure, period: Period, known: Known, others: Elsewhere) -> Figure:
    """A total to the nearest five, where others tell a council that it covers and that this council did not tell."""
    own = {place: _told_of_place(figure.code, place, known, _NOBODY) for place in figure.by_place}
    every = {place: _told_of_place(figure.code, place, known, others) for place in figure.by_place}
    unsaid = {name: _unsaid(figure, name, when, own) for name, when in periods_told(period).items()}
    for name in SHOWN:
        for one in _spans(figure, period, name):
            if any(others.tells_of(figure.code, place, every[place], one) for place in unsaid[name]):
                figure = replace(figure, **_instead(name, one[2], Telling.ROUNDED))
    return figure


def _unsaid(figure: Figure, name: str, when: Period, own: Mapping[str, Timeline]) -> list[str]:
    """The places that a total covers and that this council did not tell: of the period itself, left out beside it."""
    if name == "value":
        return [place for place, shown in figure.by_place.items() if is_left_out(shown)]
    return [place for place in figure.by_place if not own[place].knows(*span(when, 0)[:2])]


def _places_give_small(figure: Figure, period: Period, known: Known, others: Elsewhere) -> bool:
    """Whether places told over days that others share give a small count of one place back.

    Two tables with sums hold the cells of a third between them, so where either withholds a place none is told; where
    all are told, each place is held against itself.
    """
    beside = [then for when, then in known if _tells_a_place(then) and _shares_days(figure, period, when, then)]
    tables = [dict(one.by_place) for one in (figure, *beside)]
    if beside and _tells_a_place(figure) and any(is_left_out(shown) for table in tables for shown in table.values()):
        return True
    return any(_place_gives_small(figure, period, known, others, place) for place in figure.by_place)


def _shares_days(figure: Figure, period: Period, when: Period, then: Figure) -> bool:
    """Whether it counts some of the same days; of the very same, whether it tells anything else of them."""
    if (period.from_on, period.until_on) == (when.from_on, when.until_on):
        return dict(then.by_place) != dict(figure.by_place)
    return period.from_on <= when.until_on and when.from_on <= period.until_on


def _place_gives_small(figure: Figure, period: Period, known: Known, others: Elsewhere, place: str) -> bool:
    """Whether the number of a place may not be told exactly beside every other that was told of it."""
    count = number(figure.by_place[place])
    if count is None:
        return False
    told = _told_of_place(figure.code, place, known, others)
    return others.telling(figure.code, place, told, span(period, count)) is not Telling.EXACTLY


def _told_of_place(code: str, place: str, known: Known, others: Elsewhere) -> Timeline:
    """By others, and by this council's own tables."""
    told = others.timeline(code, place)
    for when, one in known:
        if (then := number(one.by_place.get(place, ""))) is not None:
            told.tell(span(when, then))
    return told


def _tells_a_place(figure: Figure) -> bool:
    return any(number(shown) is not None for shown in figure.by_place.values())


def _spans(figure: Figure, period: Period, *names: str) -> Iterable[Span]:
    """What it tells exactly of all together, of which days."""
    for name in names or SHOWN:
        count = number(getattr(figure, SHOWN[name]))
        if count is not None:
            yield span(periods_told(period)[name], count)
