"""What reading a file gives: rows of text under headings that we know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from licensing.imports.headings import Layout


class Row(NamedTuple):
    """One row as it stands in the file; `number` counts as a spreadsheet does (XML: records)."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """The rows below the headings. `rows` may be iterated again: each time the file is read afresh.

    `facts` are what the file says about itself (encoding, sheet; in FHRS files ExtractDate and
    ItemCount).
    """

    layout: Layout
    rows: Iterable[Row]
    facts: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
