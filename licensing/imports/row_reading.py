"""One row being read: its cells by our column names, and everything found wrong or odd about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import blake2b
from typing import TypeVar

from licensing.dates import DateOrder
from licensing.imports.headings import Layout
from licensing.imports.rejections import Rejection, reject
from licensing.imports.tables import Row
from licensing.imports.values import NotUnderstood, clean, read_date

Meaning = TypeVar("Meaning")

_LONGEST_TEXT = 500
_TOTAL = re.compile(r"(grand |sub-?)?totals?\b|count\b|number of\b", re.IGNORECASE)
_MOST_CELLS_OF_A_TOTAL = 3


def is_total(row: Row) -> bool:
    """Whether this is a line of totals below the register rather than somebody's row."""
    first = next((cell.strip() for cell in row.cells if cell.strip()), "")
    if not _TOTAL.match(first):
        return False
    return sum(bool(cell.strip()) for cell in row.cells) <= _MOST_CELLS_OF_A_TOTAL


def has_too_many_cells(row: Row, layout: Layout) -> bool:
    """Whether a value was cut in two, so that no cell after it stands under its own heading."""
    return len(row.cells) > len(layout.headings)


class RowReading:
    """The cleaned texts of a row, with its rejections and warnings as they are found."""

    def __init__(self, row: Row, layout: Layout) -> None:
        self.number = row.number
        self._layout = layout
        self.rejections: list[Rejection] = []
        self.warnings: list[str] = []
        self._texts: dict[str, str] = {}
        for column, index in layout.columns.items():
            if index < len(row.cells) and row.cells[index]:
                self._texts[column] = self._cleaned(column, row.cells[index])

    def text(self, column: str) -> str:
        """The cleaned text of a column, "" where blank or where the file has no such column."""
        return self._texts.get(column, "")

    def has_column(self, column: str) -> bool:
        """Whether the file has such a column at all."""
        return column in self._layout.columns

    def fingerprint(self) -> bytes:
        """The same for two rows that say the same in every column that is used."""
        said = sorted((column, text) for column, text in self._texts.items() if text)
        return blake2b(repr(said).encode(), digest_size=16).digest()

    def joined(self, columns: Iterable[str], separator: str) -> str:
        """The texts of several columns as one."""
        return separator.join(text for column in columns if (text := self.text(column)))

    def date(self, column: str, order: DateOrder) -> date | None:
        """The date in a column; one that cannot be read is a reason to reject the row."""
        try:
            day, odd = read_date(self.text(column), order)
        except NotUnderstood as error:
            self.reject(column, str(error))
            return None
        if odd:
            self.warnings.append(f"{column}: {odd}")
        return day

    def word(self, column: str, meaning: Callable[[str], Meaning]) -> Meaning | None:
        """What a word in a column means; one that is not known is a reason to reject the row."""
        try:
            return meaning(self.text(column))
        except NotUnderstood as error:
            self.reject(column, str(error))
            return None

    def reject(self, column: str, reason: str) -> None:
        """Note one reason against the row."""
        spoke_of = self.text("source_id"), self.text("licence_no")
        self.rejections.append(reject(self.number, column, self.text(column), reason, spoke_of))

    def is_rejected_for(self, column: str) -> bool:
        """Whether something has been found wrong with this column already."""
        return any(rejection.column == column for rejection in self.rejections)

    def _cleaned(self, column: str, raw: str) -> str:
        try:
            text = clean(raw)
        except NotUnderstood as error:
            self.rejections.append(reject(self.number, column, raw, str(error)))
            return ""
        if len(text) > _LONGEST_TEXT:
            reason = f"This is longer than {_LONGEST_TEXT} characters"
            self.rejections.append(reject(self.number, column, text, reason))
            return ""
        return text
