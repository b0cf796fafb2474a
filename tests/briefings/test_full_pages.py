"""The fullest paper that there can be: every figure told, every council there, every text as long as its form takes it.

It is two pages of A4 still, with every word on them, and in a print that can be read.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from licensing.briefings.blocks import Block
from licensing.briefings.content import Content, Words, selected
from licensing.briefings.documents import pdf_of
from licensing.briefings.forms import LONGEST, LONGEST_HEADLINE, WordsForm
from licensing.briefings.page import pages
from licensing.figures.catalogue import catalogue
from licensing.figures.definition import Definition
from licensing.figures.gathering import Figure
from licensing.figures.of_grounds import GROUNDS
from licensing.figures.rules import Period
from licensing.figures.words import Audience, Unit, Whose

PLACES = (
    ("E10000025", "Oxfordshire"),
    ("E07000177", "Cherwell"),
    ("E07000178", "Oxford"),
    ("E07000179", "South Oxfordshire"),
    ("E07000180", "Vale of White Horse"),
    ("E07000181", "West Oxfordshire"),
)
SENTENCE = "Training is late in two councils, and the reasons are known to both. "
# Of a month in which this much was used, and this much was late.
BUSY = 12
A4 = (595, 842)
ALL = pytest.mark.parametrize("is_county", [True, False], ids=["county", "district"])
EVERYBODY = pytest.mark.parametrize("audience", Audience)


def text_of(length: int) -> str:
    return (SENTENCE * length)[: length - 1] + "."


FULL = Words(text_of(LONGEST_HEADLINE), *(text_of(LONGEST) for _ in range(3)))


def figure(one: Definition, places: list[str]) -> Figure:
    """Told of every period, worse than its target."""
    sign = "%" if one.unit is Unit.PERCENT else ""
    now, before, last_year = (45, 35, 55) if sign else (1234, 1214, 1254)
    shown = [f"{number:,}{sign}" for number in (now, before, last_year)]
    return Figure(
        one.code, one.name, one.words, one.section, one.unit, one.owner, now, shown[0], before, shown[1], last_year,
        shown[2], dict.fromkeys(places, shown[0]), one.better, one.target, one.tolerance,
    )  # fmt: skip


def figures(*, is_county: bool) -> Iterator[Figure]:
    for one in catalogue().values():
        districts, county = one.whose is not Whose.COUNTY, one.whose is not Whose.DISTRICTS
        if is_county:
            yield figure(one, [code for code, _ in PLACES if (county if code.startswith("E10") else districts)])
        elif districts:
            yield figure(one, ["E07000178"])


def content(audience: Audience, *, is_county: bool, words: Words = FULL) -> Content:
    return Content(
        audience, "Oxfordshire" if is_county else "Oxford", is_county, PLACES if is_county else PLACES[2:3],
        Period(date(2026, 6, 1), date(2026, 8, 31)), datetime(2026, 9, 2, 9, tzinfo=UTC),
        selected(list(figures(is_county=is_county)), audience), words, "BR-1234-5678", 1,
        "Oxfordshire County Council", not is_county and audience.answers_for_council,
    )  # fmt: skip


def busy(one: Content) -> Content:
    """No more than so many actions of any power, and only every third period overdue."""
    used = [each.code for each in one.figures if each.code.startswith("disruption.")][:BUSY]
    late = [each.code for each in one.figures if each.code.endswith(".overdue")][::3]
    quiet = {"value": 0, "shown": "0"}
    return replace(
        one,
        figures=tuple(
            replace(each, **quiet, by_place=dict.fromkeys(each.by_place, "0"))
            if (each.code.startswith("disruption.") and each.code not in used)
            or (each.code.endswith(".overdue") and each.code not in late)
            else each
            for each in one.figures
        ),
    )  # fmt: skip


def said(blocks: list[Block]) -> Iterator[str]:
    for one in blocks:
        yield one.heading
        yield from (*one.paragraphs, *one.points, *one.more, *(one.columns if one.rows else ()))
        yield from (cell for row in one.rows for cell in row)
        yield from (word for number in one.numbers for word in (number.shown, number.name, number.direction))
        yield from (word for chart in one.charts for line in chart.lines for word in (chart.title, line[0], line[2]))


def letters(words: str) -> str:
    """Without what only divides lines."""
    return "".join(words.split())


def sizes(page: Any) -> list[float]:
    """How large each piece of text is printed, in points."""
    found: list[float] = []

    def visit(words: str, made: list[float], placed: list[float], _font: object, size: float) -> None:
        if words.strip():
            found.append(size * abs(made[3]) * abs(placed[3]))

    page.extract_text(visitor_text=visit)
    return found


@ALL
@EVERYBODY
def test_the_fullest_briefing_is_two_pages_with_every_word_on_them(audience: Audience, is_county: bool) -> None:
    one = content(audience, is_county=is_county)
    printed = PdfReader(BytesIO(pdf_of(one))).pages
    assert len(printed) == 2
    for page, blocks in zip(printed, pages(one), strict=True):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
        written = letters(page.extract_text())
        assert [words for words in said(blocks) if letters(words) not in written] == []
        assert min(sizes(page)) > 4.5


@ALL
def test_a_busy_month_with_every_text_full_is_printed_large_enough(is_county: bool) -> None:
    for page in PdfReader(BytesIO(pdf_of(busy(content(Audience.CHIEF_EXECUTIVES, is_county=is_county))))).pages:
        assert min(sizes(page)) > 5.5


def test_what_is_used_less_and_what_is_late_less_is_told_below_the_table() -> None:
    first, _ = pages(content(Audience.CHIEF_EXECUTIVES, is_county=True))
    every = [one.name for one in figures(is_county=True) if one.code.startswith(("disruption.", "clocks."))]
    told = " ".join(said(first))
    wanted = [name.removesuffix(": overdue now") for name in every if not name.endswith((": late", ": done in time"))]
    missing = [name for name in wanted if name not in told and "in time" not in name and "Review" not in name]
    assert missing == []


def test_where_no_limb_can_be_told_a_sentence_says_so() -> None:
    one = content(Audience.SCRUTINY, is_county=True)
    hidden = {"value": None, "previous": None, "last_year": None}
    few = tuple(replace(each, **hidden) if each.code in GROUNDS else each for each in one.figures)
    blocks = [pages(replace(one, figures=each))[1] for each in (one.figures, few)]
    about = [next(block for block in each if block.heading == "What adverse decisions were about") for each in blocks]
    assert [len(block.rows) for block in about] == [3, 0]
    assert about[1].paragraphs == ("Withheld: of so few decisions none of these can be told.",)


def test_a_text_of_many_lines_runs_on_and_loses_none() -> None:
    lines = [f"Line {number}." for number in range(100)]
    words = Words(*("\n".join(lines) for _ in range(4)))
    one = content(Audience.CHIEF_EXECUTIVES, is_county=True, words=words)
    written = letters(PdfReader(BytesIO(pdf_of(one))).pages[0].extract_text())
    assert letters("".join(lines)) in written
    first, _ = pages(one)
    assert max(len(block.paragraphs) for block in first) <= 4


def test_a_form_takes_no_more_than_the_pages_hold(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"headline": "H" * 401, "asked": "A" * 501}):
        form = WordsForm()
        assert not form.validate()
        assert form.headline.errors == ["Headline must be 400 characters or fewer"]
        assert form.asked.errors == ["Decisions asked must be 500 characters or fewer"]
