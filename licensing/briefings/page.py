"""What stands on the two pages, in their order: the PDF and the page on the web are both made from these blocks."""

from collections.abc import Sequence

from licensing.briefings import second_page
from licensing.briefings.blocks import Block, Number, districts, three
from licensing.briefings.content import Content
from licensing.figures.aims import Standing, aim_words, standing
from licensing.figures.gathering import Figure
from licensing.figures.words import NOT_KNOWN, Section, Unit

# How far a number must move to be worth a line, in its unit.
WORTH_TELLING = 5
_MOST_CHANGES, _MOST_EXCEPTIONS = 4, 5
# So many lines has a table of the first page, and what is less stands in small print below it; and paragraphs a text.
_MOST_OVERDUE, _MOST_ACTIONS, _MOST_PARAGRAPHS = 5, 8, 3
# Where a number that moved is news; how much was done in time stands among the exceptions.
_NEWS = (Section.DECISIONS, Section.APPEALS, Section.CHECKS, Section.ALLEGATIONS, Section.DISRUPTION, Section.COURTS)


def pages(content: Content) -> tuple[list[Block], list[Block]]:
    """The blocks of the first page and of the second; a block with nothing to say is left out, save where that says
    something."""
    first = [
        Block("Headline", _paragraphs(content.words.headline, "No headline was written.")),
        _changed(content),
        Block("Three numbers", numbers=tuple(_number(one) for one in three(content))),
        _overdue(content),
        _disruption(content),
        _exceptions(content),
        Block("Decisions asked of you", _paragraphs(content.words.asked, "None.")),
    ]
    second = second_page.blocks(content)
    return [one for one in first if not one.is_empty], [one for one in second if not one.is_empty]


def _paragraphs(words: str, otherwise: str = "") -> tuple[str, ...]:
    found = tuple(line.strip() for line in words.splitlines() if line.strip())
    if len(found) > _MOST_PARAGRAPHS:  # the rest runs on in the last, so that a page holds it
        found = (*found[: _MOST_PARAGRAPHS - 1], " ".join(found[_MOST_PARAGRAPHS - 1 :]))
    return found or ((otherwise,) if otherwise else ())


def _changed(content: Content) -> Block:
    news = [one for one in content.figures if one.section in _NEWS and one.unit is not Unit.MONTHS]
    moved = sorted((one for one in news if _step(one) >= WORTH_TELLING), key=_moved_by, reverse=True)
    told = tuple(f"{one.name}: {one.shown}, {_direction(one)}." for one in moved[:_MOST_CHANGES])
    words = _paragraphs(content.words.changed)
    return Block("What changed", words if words or told else ("Nothing moved that is worth a line.",), told)


def _step(figure: Figure) -> int:
    """How far it moved; nothing where either number is not told."""
    if figure.value is None or figure.previous is None:
        return 0
    return abs(figure.value - figure.previous)


def _moved_by(figure: Figure) -> float:
    """How far it moved beside what it was; a percentage in its points."""
    base = 100 if figure.unit is Unit.PERCENT else max(figure.previous or 0, WORTH_TELLING)
    return _step(figure) / base


def _direction(figure: Figure) -> str:
    """As "up from 67%, which is better"."""
    if figure.reason:
        return figure.reason
    if figure.value is None or figure.previous is None:
        return f"the period before: {figure.previous_shown}"
    if figure.value == figure.previous:
        return f"as before ({figure.previous_shown})"
    rose = figure.value > figure.previous
    judged = {("more", True): ", which is better", ("more", False): ", which is worse"}
    judged |= {("fewer", True): ", which is worse", ("fewer", False): ", which is better"}
    return f"{'up' if rose else 'down'} from {figure.previous_shown}{judged.get((figure.better, rose), '')}"


def _number(figure: Figure) -> Number:
    return Number(figure.shown, figure.name, f"{_direction(figure)}{_without(figure)}")


def _without(figure: Figure) -> str:
    """That councils are in no sum of it, since nobody knows it of them."""
    number = sum(shown == NOT_KNOWN for shown in figure.by_place.values())
    return f"; not known of {number} of {len(figure.by_place)} councils" if number else ""


def _overdue(content: Content) -> Block:
    if Section.CLOCKS not in content.audience.sections:
        return Block("What is overdue, and whose")
    late = [one for one in content.figures if one.code.endswith(".overdue") and one.value]
    if not late:
        unknown = {one.reason for one in content.figures if one.code.endswith(".overdue") and one.reason}
        if unknown:
            return Block("What is overdue, and whose", (f"Not known: {'; '.join(sorted(unknown))}.",))
        return Block("What is overdue, and whose", ("None of the statutory periods that leaders answer for.",))
    first, rest = _largest(late, _MOST_OVERDUE)
    rows = tuple((_late(one), one.shown, _whose(content, one), one.owner) for one in first)
    also = "; ".join(f"{_late(one)} {one.shown}" for one in rest)
    return Block(
        "What is overdue, and whose", columns=("What", "How many", "Where", "Who answers"), rows=rows,
        shares=(0.28, 0.1, 0.4, 0.22), more=(f"Also overdue: {also}.",) if also else (),
    )  # fmt: skip


def _late(figure: Figure) -> str:
    return figure.name.removesuffix(": overdue now")


def _largest(figures: Sequence[Figure], most: int, first: str = "") -> tuple[list[Figure], list[Figure]]:
    """As many as a table holds, and the rest, each in the order they came in; those whose code begins so come first."""
    ordered = sorted(figures, key=lambda one: (not one.code.startswith(first), -(one.value or 0)))
    kept = {one.code for one in ordered[:most]}
    return [one for one in figures if one.code in kept], [one for one in figures if one.code not in kept]


def _whose(content: Content, figure: Figure) -> str:
    named = dict(content.places)
    if not content.is_county:
        return content.area
    there = {named[code]: shown for code, shown in figure.by_place.items() if shown not in ("0", NOT_KNOWN)}
    alike = len(set(there.values())) == 1 and len(there) == len(districts(content))
    return f"{next(iter(there.values()))} in each district" if alike else ", ".join(map(" ".join, there.items()))


def _disruption(content: Content) -> Block:
    every = [one for one in content.figures if one.section is Section.DISRUPTION]
    used = [one for one in every if one.value != 0 and not one.reason]
    lines = [one for one in used if not one.code.startswith("disruption.effect.") and one.unit is Unit.COUNT]
    effects = [one for one in used if one.code.startswith("disruption.effect.")]
    if Section.DISRUPTION not in content.audience.sections:
        return Block("Disruption, and whether it worked")
    worked = ", ".join(f"{one.name.removeprefix('Reviewed: ')} {one.shown}" for one in effects)
    said = f"Reviewed in the period: {worked}." if worked else "No action was reviewed for its effect in the period."
    if every and every[0].reason:
        said = f"Not known: {every[0].reason}."
    first, rest = _largest(lines, _MOST_ACTIONS, "disruption.premises_closed.")
    rows = tuple((one.name, one.shown, one.previous_shown, one.last_year_shown) for one in first)
    columns = ("Action", "This period", "Period before", "A year ago")
    also = "; ".join(f"{one.name} {one.shown}" for one in rest)
    return Block(
        "Disruption, and whether it worked", (said,), columns=columns, rows=rows, shares=(0.49, 0.17, 0.17, 0.17),
        more=(f"Also: {also}.",) if also else (),
    )  # fmt: skip


def _exceptions(content: Content) -> Block:
    missed = [one for one in content.figures if standing(one.value, one.aim) is Standing.OFF_TARGET]
    told = tuple(_missed(one) for one in missed[:_MOST_EXCEPTIONS])
    if len(missed) > _MOST_EXCEPTIONS:
        told += (f"And {len(missed) - _MOST_EXCEPTIONS} more.",)
    words = _paragraphs(content.words.exceptions)
    none = () if words or told else ("No target was missed by more than its tolerance.",)
    untold = [one for one in content.figures if one.target is not None and one.value is None]
    named = [one.name for one in untold if one.reason or not content.is_county]
    beside = (f"Not known, or of too few to say: {', '.join(named)}.",) if named else ()
    return Block("Exceptions", (*words, *none, *beside), told)


def _missed(figure: Figure) -> str:
    days = " days" if figure.unit is Unit.DAYS else ""
    return f"{figure.name}: {figure.shown}{days}; the target is {aim_words(figure.aim, figure.unit)}."
