"""The house style of every PDF: fonts that hold every name, headings, tables, and a footer that says whose it is."""

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepInFrame,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
MARGIN = 18 * mm
_GREY = colors.HexColor("#505a5f")
WIDTH = A4[0] - 2 * MARGIN
_HEIGHT = A4[1] - 2 * MARGIN - 10 * mm


@cache
def _fonts() -> None:
    """Register the fonts once: the PDF's own 14 hold no ł, ş or ẹ, which are letters of people's names."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)


def _style(size: float, *, bold: bool = False, before: float = 0, after: float = 3) -> ParagraphStyle:
    _fonts()
    return ParagraphStyle(
        f"{size}{bold}{after}",
        fontName=BOLD if bold else PLAIN,
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=before,
        spaceAfter=after,
        alignment=0,
    )


def title(words: str) -> Flowable:
    return Paragraph(escape(words), _style(16, bold=True, after=6))


def heading(words: str, *, small: bool = False) -> Flowable:
    """A small one stands above small print."""
    style = _style(9, bold=True, before=4, after=2) if small else _style(11, bold=True, before=7, after=3)
    return Paragraph(escape(words), style)


def words(text: str, *, bold: bool = False, size: float = 9) -> Flowable:
    return Paragraph(escape(text), _style(size, bold=bold, after=min(3, size - 6)))  # small print is set closer


def gap() -> Flowable:
    """A little room between what belongs apart."""
    return Spacer(1, 4 * mm)


def facts(rows: Sequence[tuple[str, str]]) -> Flowable:
    """Labels beside values."""
    cells = [[words(label, bold=True), words(value)] for label, value in rows]
    return _table(cells, [WIDTH * 0.3, WIDTH * 0.7])


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], size: float = 9) -> Flowable:
    """A table whose columns take these shares of the width."""
    first = [words(one, bold=True, size=size) for one in headings]
    cells = [first, *([words(cell, size=size) for cell in row] for row in rows)]
    return _table(cells, [WIDTH * share for share in shares], padding=max(0.2, min(1.5, size - 7)))


def side_by_side(columns: Sequence[Sequence[Flowable]]) -> Flowable:
    """Columns of one width beside each other."""
    made = Table([[list(column) for column in columns]], colWidths=[WIDTH / len(columns)] * len(columns), hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4 * mm),
            ]
        )
    )
    return made


def bars(lines: Sequence[tuple[str, int | None, str]], most: int, width: float) -> Flowable:
    """A bar for each line (label, value, the value in words) to the scale of `most`; told without colour."""
    _fonts()
    row, size = 4.2 * mm, 6.5
    drawing, left, right = Drawing(width, row * len(lines)), width * 0.5, width * 0.2
    for number, (label, value, shown) in enumerate(lines):
        bottom = row * (len(lines) - number - 1) + 1.2 * mm
        drawing.add(String(0, bottom, label, fontName=PLAIN, fontSize=size))
        length = (width - left - right) * min((value or 0) / most, 1) if most else 0
        bar = Rect(left, bottom - 0.5 * mm, length, 2.6 * mm)
        bar.fillColor, bar.strokeColor = _GREY, None  # type: ignore[assignment]  (ReportLab's shapes take any)
        drawing.add(bar)
        drawing.add(String(left + length + 1.5 * mm, bottom, shown, fontName=PLAIN, fontSize=size))
    return drawing


class _Bookmark(Flowable):
    """A line of the outline that leads to this page; draws nothing."""

    def __init__(self, key: str, words: str) -> None:
        super().__init__()
        self.key, self.words = key, words

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.words, self.key, level=1)


def _table(cells: list[list[Flowable]], widths: list[float], padding: float = 1.5) -> Table:
    made = Table(cells, colWidths=widths, hAlign="LEFT", repeatRows=0)
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), padding),
                ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
            ]
        )
    )
    return made


def one_page(name: str, about: str, footer: str, content: list[Any]) -> bytes:
    """A document of exactly one page: what would run over is set smaller, never cut."""
    return _document(name, about, footer, [fitted(content)])


def fitted(content: list[Any]) -> Flowable:
    """What stands on one page of several: what would run over is set smaller, never cut."""
    return KeepInFrame(WIDTH, _HEIGHT, content, mode="shrink", hAlign="LEFT")


def new_page() -> Flowable:
    return PageBreak()


def pages(name: str, about: str, footer: str, contents: Sequence[tuple[str, list[Any]]]) -> bytes:
    """A document of a page for each (line of the outline, content); what would run over is set smaller, never cut."""
    story: list[Any] = []
    for number, (line, content) in enumerate(contents):
        story += [*([new_page()] if number else []), _Bookmark(f"page-{number + 1}", line), fitted(content)]
    return _document(name, about, footer, story)


def document(name: str, about: str, footer: str, content: list[Any]) -> bytes:
    """A document of as many pages as it takes."""
    return _document(name, about, footer, content)


def _document(name: str, about: str, footer: str, content: list[Any]) -> bytes:
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        title=name,
        subject=about,
        lang="en-GB",
        invariant=1,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 8 * mm,
    )
    draw = _footer(name, footer)
    document.build(content, onFirstPage=draw, onLaterPages=draw)
    return out.getvalue()


def _footer(name: str, footer: str) -> Callable[[Canvas, Any], None]:
    def draw(canvas: Canvas, document: Any) -> None:
        if canvas.getPageNumber() == 1:
            canvas.bookmarkPage("start")
            canvas.addOutlineEntry(name, "start")
        canvas.setFont(PLAIN, 7.5)
        canvas.drawString(MARGIN, MARGIN - 2 * mm, footer)
        canvas.drawRightString(A4[0] - MARGIN, MARGIN - 2 * mm, f"Page {canvas.getPageNumber()}")

    return draw
