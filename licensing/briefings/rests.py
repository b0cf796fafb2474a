"""What is left of a whole beside its part, as of revocations those not at once: held against other periods too.

Neither the whole nor the part may give anything small back by itself, and what is left of one beside the other still
would: a quarter's less that of two of its months.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from licensing.briefings.content import SHOWN, Content, periods_told
from licensing.figures.catalogue import catalogue
from licensing.figures.elsewhere import number, span
from licensing.figures.gathering import Figure
from licensing.figures.words import WITHHELD
from licensing.suppression import Span, Timeline

Shown = Callable[[Figure], str]


def held_with_rests(made: Content, earlier: Sequence[Content]) -> list[Figure]:
    """The figures of a new briefing, without the parts whose rests would give a small one back."""
    return [_held(one, made, earlier) if _is_part(one) else one for one in made.figures]


def _is_part(figure: Figure) -> bool:
    definition = catalogue()[figure.code]
    return definition.is_held and bool(definition.out_of)


def _held(part: Figure, made: Content, earlier: Sequence[Content]) -> Figure:
    told = Timeline(one for content in earlier for one in _all_together(part.code, content))
    for name, when in periods_told(made.period).items():
        rest = _rest(part, made, attrgetter(SHOWN[name]))
        if rest is not None and told.gives_small(span(when, rest)):
            part = replace(part, **{name: None, SHOWN[name]: WITHHELD})
        elif rest is not None:
            told.tell(span(when, rest))
    if any(_gives_small(part, made, earlier, place) for place in part.by_place):
        return replace(part, by_place=dict.fromkeys(part.by_place, WITHHELD))
    return part


def _all_together(code: str, content: Content) -> Iterable[Span]:
    part = content.figure(code)
    for name, when in periods_told(content.period).items():
        if part and (rest := _rest(part, content, attrgetter(SHOWN[name]))) is not None:
            yield span(when, rest)


def _gives_small(part: Figure, made: Content, earlier: Sequence[Content], place: str) -> bool:
    def shown(figure: Figure) -> str:
        return figure.by_place.get(place, "")

    rest = _rest(part, made, shown)
    told = Timeline()
    for content in earlier:
        then = content.figure(part.code)
        if then and (left := _rest(then, content, shown)) is not None:
            told.tell(span(content.period, left))
    return rest is not None and told.gives_small(span(made.period, rest))


def _rest(part: Figure, content: Content, shown: Shown) -> int | None:
    """None where the part or the whole is not told exactly."""
    wholes = [content.figure(code) for code in catalogue()[part.code].out_of]
    counts = [number(shown(one)) if one else None for one in (part, *wholes)]
    known = [count for count in counts if count is not None]
    return sum(known[1:]) - known[0] if len(known) == len(counts) else None
