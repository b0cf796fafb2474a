"""Defendants of court proceedings as a file names them, and as they are kept: by marks from which no name is read.

A name is turned into a mark for each of its words as soon as the file is opened, so that no copy of it is kept: the
same defendant is known again by the marks, whichever way round the name is written, and the holder of a licence is
told from somebody else's. A number such as "Defendant 3" is kept as it is. The key of the proceedings, which may be
"R v" a name, is kept as one mark; and neither the name of the file nor a value that was not accepted is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from licensing.imports.headings import Layout
from licensing.imports.row_reading import has_too_many_cells
from licensing.imports.tables import Row, Table
from licensing.keys import FieldKeys

DEFENDANT, PROCEEDINGS = "defendant", "source_id"
NO_FILE_NAME = "A file of court proceedings"
_NUMBERED = re.compile(r"(?:(?:defendant|accused)\s*)?(?:no\.?|number|#)?\s*(?:\d{1,3}|[a-z])|d\d{1,3}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_SIGN = "~"
_LENGTH = 16


@dataclass(frozen=True)
class NamelessRows:
    """The rows of a table with marks for names; a cell that no column of ours means is not kept at all."""

    table: Table
    keys: FieldKeys

    def __iter__(self) -> Iterator[Row]:
        return (_nameless(row, self.table.layout, self.keys) for row in self.table.rows)


def without_names(table: Table, keys: FieldKeys) -> Table:
    """The table as it may be kept."""
    return replace(table, rows=NamelessRows(table, keys))


def _nameless(row: Row, layout: Layout, keys: FieldKeys) -> Row:
    if has_too_many_cells(row, layout):
        return Row(row.number, ["" for _ in row.cells])  # what stands under which heading is not known
    columns = {index: name for name, index in layout.columns.items()}
    return Row(row.number, [_kept(columns.get(index), cell, keys) for index, cell in enumerate(row.cells)])


def _kept(column: str | None, cell: str, keys: FieldKeys) -> str:
    """What is kept of a cell in a column of this meaning."""
    if column == DEFENDANT:
        return marked(cell, keys)
    if column == PROCEEDINGS:
        return marked_proceedings(cell, keys)
    return cell if column else ""


def marked_proceedings(cell: str, keys: FieldKeys) -> str:
    """By which the same proceedings are known again; nothing of nothing."""
    key = " ".join(cell.split())
    return _SIGN + keys.digest("court_case", key).hex()[: 2 * _LENGTH] if key else ""


def marked(cell: str, keys: FieldKeys) -> str:
    """What is kept of a defendant's cell."""
    if _NUMBERED.fullmatch(cell.strip()):
        return " ".join(cell.split()).casefold()
    return " ".join(sorted(_mark(word, keys) for word in _words(cell)))


def shown(kept: str) -> str:
    """What a page says of it."""
    return "A name, which is not kept" if kept.startswith(_SIGN) else kept


def may_be(kept: str, family_names: Iterable[str], keys: FieldKeys) -> bool:
    """Whether somebody of one of these family names can be the defendant: a number can be anybody."""
    marks = set(kept.split())
    return not kept.startswith(_SIGN) or any(
        {_mark(word, keys) for word in _words(name)} <= marks for name in family_names
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _mark(word: str, keys: FieldKeys) -> str:
    return _SIGN + keys.digest("court_defendant_name", word).hex()[:_LENGTH]
