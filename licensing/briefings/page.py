"""What stands on the two pages, in their order: the PDF and the page on the web are both made from these blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from licensing.briefings.content import Content, fingerprint
from licensing.dates import in_words, moment_in_words
from licensing.figures.aims import Standing, aim_words, standing
from licensing.figures.gathering import NOT_KNOWN, Figure
from licensing.figures.of_grounds import SHORT, code_of
from licensing.figures.words import Audience, Section, Unit

COUNTY_CODE = "E10"  # of the codes of the Office for National Statistics
# How far a number must move to be worth a line, in its unit.
WORTH_TELLING = 5
_MOST_CHANGES, _MOST_EXCEPTIONS = 4, 5
_NUMBERS = ("training.in_date_percent", "vetting.dbs_current_percent", "decisions.revoked")
_NUMBERS_OF = {
    Audience.COMMUNITY_SAFETY_PARTNERSHIP: ("decisions.revoked", "disruption.CAWN", "courts.convicted"),
    Audience.POLICE_AND_CRIME_COMMISSIONER: ("disruption.CAWN", "courts.trials", "courts.convicted"),
}
# The lines of page two, always these and in this order.
_BY_PLACE = (
    "licences.hackney_carriage_driver.in_force",
    "licences.private_hire_driver.in_force",
    "licences.dual_driver.in_force",
    "licences.private_hire_operator.in_force",
    "licences.premises_licence.in_force",
    "decisions.refused",
    "decisions.suspended",
    "decisions.revoked",
    "decisions.revoked_immediate",
    "appeals.lodged",
    "clocks.nr3s_entry.missed",
    "clocks.nr3s_answer.missed",
    "clocks.suspension_review.overdue",
    "vetting.dbs_current_percent",
    "training.in_date_percent",
    "sharing.concerns_sent",
    "operators.two_revoked",
    "quality.no_date_of_birth",
    "quality.overdue_reviews",
)
_CHARTS = ("training.in_date_percent", "vetting.dbs_current_percent", "clocks.nr3s_entry.met")
_COUNTY_LINES = (Section.ALLEGATIONS, Section.COURTS, Section.PREVENTION)
_IF_TOLD = ("lado.licensed_transport.substantiated", "lado.licensed_transport.closed_in_3_months")
# Where a number that moved is news; how much was done in time stands among the exceptions.
_NEWS = (Section.DECISIONS, Section.APPEALS, Section.CHECKS, Section.ALLEGATIONS, Section.DISRUPTION, Section.COURTS)


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

    `shares` are the columns' widths; `fine` is small print.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    shares: tuple[float, ...] = ()
    charts: tuple[Bars, ...] = field(default=())
    fine: bool = False


def pages(content: Content) -> tuple[list[Block], list[Block]]:
    """The blocks of the first page and of the second; a block with nothing to say is left out, save where that says
    something."""
    first = [
        Block("Headline", _paragraphs(content.words.headline, "No headline was written.")),
        _changed(content),
        Block("Three numbers", numbers=tuple(_number(one) for one in _three(content))),
        _overdue(content),
        _disruption(content),
        _exceptions(content),
        Block("Decisions asked of you", _paragraphs(content.words.asked, "None.")),
    ]
    second = [
        _by_place(content),
        _grounds(content),
        _charts(content),
        *_county_lines(content),
        _method(content),
        _about(content),
    ]
    return [one for one in first if not _is_empty(one)], [one for one in second if not _is_empty(one)]


def _is_empty(block: Block) -> bool:
    return not (block.paragraphs or block.points or block.numbers or block.rows or block.charts)


def _paragraphs(words: str, otherwise: str = "") -> tuple[str, ...]:
    found = tuple(line.strip() for line in words.splitlines() if line.strip())
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


def _three(content: Content) -> list[Figure]:
    wanted = _NUMBERS_OF.get(content.audience, _NUMBERS)
    found = [one for code in wanted if (one := content.figure(code))]
    # An audience without one of them is told the next that it has and that is known.
    others = [one for one in content.figures if one.value and one not in found]
    return [*found, *others][:3]


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
    rows = tuple((one.name.removesuffix(": overdue now"), one.shown, _whose(content, one), one.owner) for one in late)
    if not rows:
        unknown = {one.reason for one in content.figures if one.code.endswith(".overdue") and one.reason}
        if unknown:
            return Block("What is overdue, and whose", (f"Not known: {'; '.join(sorted(unknown))}.",))
        return Block("What is overdue, and whose", ("None of the statutory periods that leaders answer for.",))
    return Block(
        "What is overdue, and whose", columns=("What", "How many", "Where", "Who answers"), rows=rows,
        shares=(0.36, 0.1, 0.3, 0.24),
    )  # fmt: skip


def _whose(content: Content, figure: Figure) -> str:
    named = dict(content.places)
    if not content.is_county:
        return content.area
    there = {named[code]: shown for code, shown in figure.by_place.items() if shown not in ("0", NOT_KNOWN)}
    alike = len(set(there.values())) == 1 and len(there) == len(_districts(content))
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
    rows = tuple((one.name, one.shown, one.previous_shown, one.last_year_shown) for one in lines)
    columns = ("Action", "This period", "Period before", "A year ago")
    return Block(
        "Disruption, and whether it worked", (said,), columns=columns, rows=rows, shares=(0.49, 0.17, 0.17, 0.17)
    )


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


def _by_place(content: Content) -> Block:
    lines = [one for code in _BY_PLACE if (one := content.figure(code))]
    if not content.is_county:
        rows = tuple((one.name, one.shown, one.previous_shown, one.last_year_shown) for one in lines)
        columns = ("", "This period", "Period before", "A year ago")
        return Block(content.area, columns=columns, rows=rows, shares=(0.49, 0.17, 0.17, 0.17), fine=True)
    places = _districts(content)
    rows = tuple((one.name, *(_cell(one, code) for code, _ in places), one.shown) for one in lines)
    rest = 0.65 / (len(places) + 1)
    return Block(
        "By district", columns=("", *(name for _, name in places), "Together"), rows=rows,
        shares=(0.35, *[rest] * (len(places) + 1)), fine=True,
    )  # fmt: skip


def _districts(content: Content) -> list[tuple[str, str]]:
    """The columns of page two: a county's own would be empty in nearly every line."""
    return [(code, name) for code, name in content.places if not code.startswith(COUNTY_CODE)]


def _cell(figure: Figure, code: str) -> str:
    """Withheld is a mark in a table; the note below it says what the mark is."""
    return _marked(figure.by_place.get(code, ""))


def _marked(shown: str) -> str:
    return "*" if shown.startswith(("fewer", "too few")) else shown


def _grounds(content: Content) -> Block:
    """A column for each limb, so that three lines hold them all."""
    heading, found = "What adverse decisions were about", [content.figure(code_of(word)) for word in SHORT]
    limbs = [one for one in found if one]
    reasons = sorted({one.reason for one in limbs if one.reason})
    if not limbs or reasons:
        return Block(heading, tuple(f"Not known: {reason}." for reason in reasons), fine=True)
    said = "Refusals, suspensions and revocations of drivers’ licences, by relevant information. One may name several."
    periods = {"This period": "shown", "Period before": "previous_shown", "A year ago": "last_year_shown"}
    rows = tuple((name, *(_marked(getattr(one, told)) for one in limbs)) for name, told in periods.items())
    return Block(
        heading, (said,), columns=("", *SHORT.values()), rows=rows, shares=(0.14, *[0.86 / len(SHORT)] * len(SHORT)),
        fine=True,
    )  # fmt: skip


def _charts(content: Content) -> Block:
    figures = [one for code in _CHARTS if (one := content.figure(code))]
    if content.is_county:
        return Block("Side by side", charts=tuple(_bars(content, one) for one in figures))
    told = tuple(_bars_over_time(one) for one in figures if one.value is not None)
    return Block("Now, before and a year ago", charts=told)


def _bars(content: Content, figure: Figure) -> Bars:
    lines = [
        (name, _value(_cell(figure, code)), _cell(figure, code))
        for code, name in _districts(content)
        if code in figure.by_place
    ]
    most = 100 if figure.unit is Unit.PERCENT else max([value or 0 for _, value, _ in lines], default=0)
    return Bars(figure.name, tuple(lines), most)


def _bars_over_time(figure: Figure) -> Bars:
    """Of one council: its own numbers, as far as they are told."""
    lines = (
        ("This period", figure.value, figure.shown),
        ("Period before", figure.previous, figure.previous_shown),
        ("A year ago", figure.last_year, figure.last_year_shown),
    )
    told = tuple(line for line in lines if line[1] is not None)
    most = 100 if figure.unit is Unit.PERCENT else max(value or 0 for _, value, _ in told)
    return Bars(figure.name, told, most)


def _value(shown: str) -> int | None:
    digits = shown.rstrip("%").replace(",", "")
    return int(digits) if digits.isdigit() else None


def _county_lines(content: Content) -> Iterator[Block]:
    """What is counted for the whole area alone; what is not known in a line below, with the reason."""
    lines = [one for one in content.figures if one.section in _COUNTY_LINES]
    known = [one for one in lines if not one.reason and (one.value is not None or one.code not in _IF_TOLD)]
    unknown = [one for one in lines if one.reason]
    rows = tuple((one.name, one.shown, one.previous_shown, one.last_year_shown) for one in known)
    columns = ("Of the whole area", "This period", "Period before", "A year ago")
    reasons = dict.fromkeys(one.reason for one in unknown)
    told = tuple(f"Not known: {_listed(unknown, reason)}. Why: {reason}." for reason in reasons)
    yield Block(
        "Allegations, courts and prevention",
        told,
        columns=columns,
        rows=rows,
        shares=(0.49, 0.17, 0.17, 0.17),
        fine=True,
    )


def _listed(figures: Sequence[Figure], reason: str) -> str:
    return "; ".join(one.name for one in figures if one.reason == reason)


_WITHHELD = (
    "* Fewer than 5 people, or withheld so that another number cannot be worked out. Percentages are rounded, and not "
    "told of few. Counts of places, actions and statutory periods are exact."
)
_EXACT = (
    "Restricted edition: every number of the council’s own is exact, small ones included, and a percentage may be of "
    "few. Nothing is withheld, so that what is copied from it may tell of somebody."
)


def _method(content: Content) -> Block:
    shown = _defined(content)
    notes = (
        _EXACT if content.is_exact else _WITHHELD,
        f"The period before is {content.period.before.words}; a year ago is {content.period.last_year.words}. "
        "Counted is what had been recorded by the moment below: what is recorded later changes later briefings alone. "
        "A council of which nothing is recorded is not known, and in no sum or percentage.",
    )
    return Block("What the numbers mean", (*notes, *shown), fine=True)


def _defined(content: Content) -> Sequence[str]:
    """The meaning of what leads the two pages, each once."""
    codes = dict.fromkeys(
        (*(one.code for one in _three(content)), "decisions.suspended", "lado.licensed_transport.open")
    )
    found = [one for code in codes if (one := content.figure(code))]
    return [" ".join(f"{one.name}: {one.definition}." for one in found)] if found else []


def _about(content: Content) -> Block:
    facts = (
        ("Period", content.period.words),
        ("Data to", f"{in_words(content.period.until_on)}, as recorded by {moment_in_words(content.as_at)}"),
        ("Reference and version", f"{content.reference}, version {content.version}"),
        ("Owner", content.owner),
        ("Handling", content.handling),
        ("Fingerprint", fingerprint(content)),
    )
    return Block("About this briefing", columns=("", ""), rows=facts, shares=(0.2, 0.8), fine=True)
