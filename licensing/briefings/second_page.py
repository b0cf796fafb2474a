"""The second page: by district, what adverse decisions were about, the whole area, and what the numbers mean."""

from collections.abc import Iterator, Sequence

from licensing.briefings.blocks import Bars, Block, districts, three
from licensing.briefings.content import SHOWN, Content, fingerprint
from licensing.dates import in_words, moment_in_words
from licensing.figures.gathering import Figure
from licensing.figures.of_grounds import SHORT, code_of
from licensing.figures.words import ABOUT, Section, Unit

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
# Of the periods, and of each limb as long as its longest word.
_SHARES_OF_GROUNDS = (0.11, 0.11, 0.125, 0.09, 0.1, 0.15, 0.115, 0.1, 0.1)
_COUNTY_LINES = (Section.ALLEGATIONS, Section.COURTS, Section.PREVENTION)
_IF_TOLD = ("lado.licensed_transport.substantiated", "lado.licensed_transport.closed_in_3_months")


def blocks(content: Content) -> list[Block]:
    """Every block of the page, those with nothing to say too."""
    return [
        _by_place(content),
        _grounds(content),
        _charts(content),
        *_county_lines(content),
        _method(content),
        _about(content),
    ]


def _by_place(content: Content) -> Block:
    lines = [one for code in _BY_PLACE if (one := content.figure(code))]
    if not content.is_county:
        rows = tuple((one.name, one.shown, one.previous_shown, one.last_year_shown) for one in lines)
        columns = ("", "This period", "Period before", "A year ago")
        return Block(content.area, columns=columns, rows=rows, shares=(0.49, 0.17, 0.17, 0.17), fine=True)
    places = districts(content)
    rows = tuple((one.name, *(_cell(one, code) for code, _ in places), one.shown) for one in lines)
    rest = 0.65 / (len(places) + 1)
    return Block(
        "By district", columns=("", *(name for _, name in places), "Together"), rows=rows,
        shares=(0.35, *[rest] * (len(places) + 1)), fine=True,
    )  # fmt: skip


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
    if all(told is None for one in limbs for told in (one.value, one.previous, one.last_year)):
        return Block(heading, ("Withheld: of so few decisions none of these can be told.",), fine=True)
    periods = zip(("This period", "Period before", "A year ago"), SHOWN.values(), strict=True)
    rows = tuple((name, *(_marked(getattr(one, told)) for one in limbs)) for name, told in periods)
    return Block(heading, (said,), columns=("", *SHORT.values()), rows=rows, shares=_SHARES_OF_GROUNDS, fine=True)


def _charts(content: Content) -> Block:
    figures = [one for code in _CHARTS if (one := content.figure(code))]
    if content.is_county:
        return Block("Side by side", charts=tuple(_bars(content, one) for one in figures))
    told = tuple(_bars_over_time(one) for one in figures if one.value is not None)
    return Block("Now, before and a year ago", charts=told)


def _bars(content: Content, figure: Figure) -> Bars:
    lines = [
        (name, _value(_cell(figure, code)), _cell(figure, code))
        for code, name in districts(content)
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
    digits = shown.removeprefix(ABOUT).rstrip("%").replace(",", "")
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
    "* Fewer than 5 people, or withheld so that another number cannot be worked out. “About” is to the nearest 5, for "
    "the same reason. Percentages are rounded, and not told of few. Counts of places, actions and statutory periods "
    "are exact."
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
        (*(one.code for one in three(content)), "decisions.suspended", "lado.licensed_transport.open")
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
