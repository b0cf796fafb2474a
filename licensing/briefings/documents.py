"""The two A4 pages as a PDF: the same bytes for the same content."""

from collections.abc import Iterator
from typing import Any

from licensing import pdf
from licensing.briefings.blocks import Bars, Block, Number
from licensing.briefings.content import Content
from licensing.briefings.page import pages

_FINE, _PLAIN = 7.0, 9.0


def pdf_of(content: Content, mark: str = "") -> bytes:
    """`mark` stands at the top of what is not published, as "Draft"."""
    first, second = pages(content)
    top = [pdf.title(f"{mark}: {content.title}" if mark else content.title), pdf.words(content.period.words)]
    footer = f"{content.mark}. {content.reference}, version {content.version}"
    return pdf.pages(
        content.title,
        f"{content.title}, {content.period.words}",
        footer,
        [
            ("What leaders need to know", [*top, *_flowables(first)]),
            ("By district, and what the numbers mean", list(_flowables(second))),
        ],
    )


def _flowables(blocks: list[Block]) -> Iterator[Any]:
    for block in blocks:
        size = _FINE if block.fine else _PLAIN
        yield pdf.heading(block.heading, small=block.fine or bool(block.charts))
        yield from (pdf.words(one, size=size) for one in block.paragraphs)
        yield from (pdf.words(f"•  {one}", size=size) for one in block.points)
        if block.numbers:
            yield pdf.side_by_side([list(_number(one)) for one in block.numbers])
        if block.rows:
            # A table that does not hold all that there is stands on a full page.
            yield pdf.table(block.columns, block.rows, block.shares, _FINE if block.more else size)
        yield from (pdf.words(one, size=_FINE) for one in block.more)
        if block.charts:
            yield pdf.side_by_side([list(_chart(one, len(block.charts))) for one in block.charts])


def _number(number: Number) -> Iterator[Any]:
    yield pdf.words(number.shown, bold=True, size=22 if len(number.shown) < 8 else 12)
    yield pdf.words(number.name, bold=True)
    yield pdf.words(number.direction)


def _chart(chart: Bars, beside: int) -> Iterator[Any]:
    yield pdf.words(chart.title, bold=True, size=_FINE)
    yield pdf.bars(chart.lines, chart.most, pdf.WIDTH / beside - 12)
