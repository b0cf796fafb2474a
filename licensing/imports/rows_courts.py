"""Rows of court proceedings: one for each defendant and conviction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from licensing.dates import DateOrder, in_words
from licensing.imports.cell_reading import Check, any_council, checked_rows, required
from licensing.imports.mapping import FileMapping
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.row_reading import RowReading
from licensing.imports.tables import Table
from licensing.imports.values import read_yes_or_no
from licensing.imports.words import Vocabulary
from licensing.suitability.sentences import SentenceKind, Verdict

VERDICTS = Vocabulary(
    {
        Verdict.GUILTY: ("Convicted", "Conviction", "Pleaded guilty", "Guilty plea", "Found guilty"),
        Verdict.NOT_GUILTY: ("Acquitted", "Cleared", "Found not guilty"),
        Verdict.AWAITED: ("Awaiting verdict", "Pending", "On trial", "Awaiting trial", "Charged"),
        Verdict.NO_VERDICT: ("Hung jury", "Discontinued", "Jury discharged", "Stayed"),
    },
    "This is not a verdict: write guilty, not guilty, awaited or no verdict",
)
_MOST_MONTHS, _MOST_WITNESSES = 1_200, 500
_NEITHER = "A sentence is for a defendant who was found guilty: correct the verdict, or leave the months empty"
_TURNED = "The proceedings must end on or after the day they began"

Passed = tuple[SentenceKind, int | None]


@dataclass(frozen=True, slots=True)
class CourtRow:
    """An accepted row. `defendant` is a number, or marks in place of a name; `passed` is for a guilty verdict."""

    row: int
    source_id: str
    court: str
    started_on: date | None
    ended_on: date | None
    defendant: str
    verdict: Verdict | None
    passed: Passed | None
    witnesses: int | None
    licence_no: str
    warnings: tuple[str, ...] = field(default=())


def court_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[CourtRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return checked_rows(table, lambda reading: _accepted(reading, mapping.date_order, today), check)


def _accepted(reading: RowReading, order: DateOrder, today: date) -> CourtRow | None:
    required(reading, (("source_id", "The key of the proceedings"), ("defendant", "The defendant’s name or number")))
    days = {name: reading.date(name, order) for name in ("started_on", "ended_on")}
    for name, day in days.items():
        if day and day > today:
            reading.reject(name, f"{in_words(day)} is in the future")
    if days["started_on"] and days["ended_on"] and days["ended_on"] < days["started_on"]:
        reading.reject("ended_on", _TURNED)
    verdict = reading.word("verdict", VERDICTS.meaning) if reading.text("verdict") else None
    passed = _passed(reading, verdict)
    witnesses = _number(reading, "victims_as_witnesses", _MOST_WITNESSES)
    if reading.rejections:
        return None
    return CourtRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        court=reading.text("court"),
        started_on=days["started_on"],
        ended_on=days["ended_on"],
        defendant=reading.text("defendant"),
        verdict=verdict,
        passed=passed,
        witnesses=witnesses,
        licence_no=reading.text("licence_no"),
        warnings=tuple(reading.warnings),
    )


def _passed(reading: RowReading, verdict: Verdict | None) -> Passed | None:
    """The sentence for this conviction. Unless the court says otherwise a sentence is served at once with others."""
    months = _number(reading, "sentence_months", _MOST_MONTHS)
    after = reading.word("consecutive", read_yes_or_no)
    if verdict is not Verdict.GUILTY:
        if months is not None:
            reading.reject("sentence_months", _NEITHER)
        return None
    if months is None:
        return SentenceKind.AWAITED, None
    return SentenceKind.CONSECUTIVE if after else SentenceKind.CONCURRENT, months


def _number(reading: RowReading, column: str, most: int) -> int | None:
    written = reading.text(column)
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or int(written) > most:
        reading.reject(column, f"Write a whole number from 0 to {most:,}, or leave it empty while it is not known")
        return None
    return int(written)
