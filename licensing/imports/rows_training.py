"""Rows of attendance lists: who attended which course, when, and whether they passed."""

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
from licensing.imports.words import Vocabulary
from licensing.training.rules import Result

RESULTS = Vocabulary(
    {
        Result.PASSED: ("Pass", "Yes", "Y", "Completed", "Complete", "Achieved", "Competent", "True"),
        Result.ATTENDED_FAILED: (
            "Failed", "Fail", "Not passed", "No", "N", "Not yet competent", "Attended, not passed", "False", "Referred",
        ),
        Result.BOOKED: ("Booking", "Enrolled", "Registered", "Reserved"),
    },
    "This is not a result: write passed, failed or booked, and leave out whoever did not attend",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """An accepted row. `on` is the day of the training: that it was attended, or that it is booked for."""

    row: int
    source_id: str
    licence_no: str
    family_name: str
    date_of_birth: date | None
    course: str
    provider: str
    on: date
    expires_on: date | None
    certificate_no: str
    result: Result
    warnings: tuple[str, ...] = field(default=())


def training_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[TrainingRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return checked_rows(table, lambda reading: _accepted(reading, mapping.date_order, today), check)


def _accepted(reading: RowReading, order: DateOrder, today: date) -> TrainingRow | None:
    needed = (
        ("licence_no", "A licence number"),
        ("family_name", "A family name"),
        ("course", "A course"),
        ("completed_on", "The day of the training"),
    )
    required(reading, needed)
    born, on, expires = (reading.date(name, order) for name in ("date_of_birth", "completed_on", "expires_on"))
    result = _result(reading)
    _check_dates(reading, result, on, expires, today)
    if reading.rejections or on is None or result is None:
        return None
    return TrainingRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        licence_no=reading.text("licence_no"),
        family_name=reading.text("family_name"),
        date_of_birth=born,
        course=reading.text("course"),
        provider=reading.text("provider"),
        on=on,
        expires_on=expires,
        certificate_no=reading.text("certificate_no"),
        result=result,
        warnings=tuple(reading.warnings),
    )


def _result(reading: RowReading) -> Result | None:
    """Nothing is guessed: without a result the certificate waits until somebody has verified it."""
    if reading.text("result"):
        return reading.word("result", RESULTS.meaning)
    reading.warnings.append("result: there is none, so it waits until an officer has verified it")
    return Result.CERTIFICATE_UNVERIFIED


def _check_dates(
    reading: RowReading, result: Result | None, on: date | None, expires: date | None, today: date
) -> None:
    if on and on > today and result is not Result.BOOKED:
        reading.reject("completed_on", f"{in_words(on)} is in the future; write booked as the result of a booking")
    if on and expires and expires < on:
        reading.reject("expires_on", f"It expires before it was completed, on {in_words(on)}")
