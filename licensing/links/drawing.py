"""Where the things and links of a drawing stand: in columns by their step. The same things stand in the same places."""

from collections.abc import Mapping
from dataclasses import dataclass

from licensing.links.rules import Found, Thing

BOX_WIDTH, BOX_HEIGHT = 232, 44
COLUMN, ROW, MARGIN = 332, 56, 12
BULGE = 40  # how far a line goes out that joins two boxes of one column
LONGEST = 27  # letters that a box has room for


@dataclass(frozen=True)
class Box:
    """A thing, the corner at its upper left, and what is written in it."""

    thing: Thing
    x: int
    y: int
    words: str

    @property
    def middle(self) -> int:
        return self.y + BOX_HEIGHT // 2


@dataclass(frozen=True)
class Line:
    """A curve from one box to another, as SVG's path has it."""

    path: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: list[Box]
    lines: list[Line]


def draw(found: Found, names: Mapping[Thing, str]) -> Drawing:
    """Columns from left to right by step, each in the order of what its things hang on, and then of their names."""
    rows: dict[Thing, int] = {}
    columns = [[one for one, step in found.steps.items() if step == number] for number in range(3)]
    for number, column in enumerate(columns):
        column.sort(key=lambda one: (_hangs_on(one, found, rows, number), one.kind, names.get(one, ""), one.id))
        rows |= {one: row for row, one in enumerate(column)}
    tallest = max(map(len, columns))
    boxes = {
        one: Box(one, MARGIN + number * COLUMN, _top(row, len(column), tallest), _short(names.get(one, "")))
        for number, column in enumerate(columns)
        for row, one in enumerate(column)
    }
    pairs = sorted({tuple(sorted((link.one, link.other))) for link in found.links})
    last = max(number for number, column in enumerate(columns) if column)
    return Drawing(
        2 * MARGIN + last * COLUMN + BOX_WIDTH + BULGE,
        2 * MARGIN + tallest * ROW,
        list(boxes.values()),
        [Line(_curve(boxes[one], boxes[other])) for one, other in pairs],
    )


def _hangs_on(thing: Thing, found: Found, rows: Mapping[Thing, int], step: int) -> int:
    """The highest row of the column before to which a link leads."""
    others = [link.other if link.one == thing else link.one for link in found.links if link.touches((thing,))]
    return min((rows[one] for one in others if found.steps[one] == step - 1), default=0)


def _top(row: int, length: int, tallest: int) -> int:
    return MARGIN + row * ROW + (tallest - length) * ROW // 2


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _curve(one: Box, other: Box) -> str:
    """From the right side of the box that is further left to the left side of the other; in one column, round it."""
    left, right = sorted((one, other), key=lambda box: (box.x, box.y))
    start = left.x + BOX_WIDTH
    if left.x == right.x:
        bulge = start + BULGE
        return f"M{start} {left.middle} C{bulge} {left.middle} {bulge} {right.middle} {start} {right.middle}"
    halfway = (start + right.x) // 2
    return f"M{start} {left.middle} C{halfway} {left.middle} {halfway} {right.middle} {right.x} {right.middle}"
