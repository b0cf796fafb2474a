"""Rows of awareness and of indicators: counts, in which nobody is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from licensing.dates import DateOrder, in_words
from licensing.errors import RuleBroken
from licensing.imports.cell_reading import Check, any_council, checked_rows, required
from licensing.imports.disruption_words import AUDIENCES, AWARENESS_KINDS
from licensing.imports.mapping import FileMapping
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.row_reading import RowReading
from licensing.imports.tables import Table
from licensing.imports.values import NotUnderstood
from licensing.prevention.catalogue import Indicator, indicator_named, indicators
from licensing.prevention.rules import LONGEST_PLACE, MOST, check_period
from licensing.prevention.words import Audience, AwarenessKind

_OF_AWARENESS = (
    ("source_id", "The key of the activity"),
    ("kind", "What was done"),
    ("audience", "The audience"),
    ("held_on", "The day"),
    ("reach", "How many it reached"),
)
_OF_INDICATORS = (
    ("code", "The code of the indicator"),
    ("period_start", "The first day of the period"),
    ("period_end", "The last day of the period"),
    ("value", "The number"),
)


@dataclass(frozen=True, slots=True)
class AwarenessRow:
    """An accepted row. The agency is as written."""

    row: int
    source_id: str
    kind: AwarenessKind
    audience: Audience
    held_on: date
    place: str
    reach: int
    agency: str
    warnings: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An accepted row. The agency is as written."""

    row: int
    code: str
    agency: str
    period_start: date
    period_end: date
    value: int
    warnings: tuple[str, ...] = field(default=())


def awareness_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[AwarenessRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return checked_rows(table, lambda reading: _activity(reading, mapping.date_order, today), check)


def indicator_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[IndicatorRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return checked_rows(table, lambda reading: _count(reading, mapping.date_order, today), check)


def _activity(reading: RowReading, order: DateOrder, today: date) -> AwarenessRow | None:
    required(reading, _OF_AWARENESS)
    kind = reading.word("kind", AWARENESS_KINDS.meaning) if reading.text("kind") else None
    audience = reading.word("audience", AUDIENCES.meaning) if reading.text("audience") else None
    held_on, reach = reading.date("held_on", order), _number(reading, "reach")
    if held_on and held_on > today:
        reading.reject("held_on", f"{in_words(held_on)} is in the future")
    if len(reading.text("place")) > LONGEST_PLACE:
        reading.reject("place", f"This is longer than {LONGEST_PLACE} characters")
    if reading.rejections or kind is None or audience is None or held_on is None or reach is None:
        return None
    return AwarenessRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        kind=kind,
        audience=audience,
        held_on=held_on,
        place=reading.text("place"),
        reach=reach,
        agency=reading.text("agency"),
        warnings=tuple(reading.warnings),
    )


def _count(reading: RowReading, order: DateOrder, today: date) -> IndicatorRow | None:
    required(reading, _OF_INDICATORS)
    indicator = reading.word("code", _indicator) if reading.text("code") else None
    start, end = (reading.date(column, order) for column in ("period_start", "period_end"))
    value = _number(reading, "value")
    if start and end:
        try:
            check_period(start, end, today)
        except RuleBroken as broken:
            reading.reject(broken.field or "period_end", broken.message)
    if reading.rejections or indicator is None or start is None or end is None or value is None:
        return None
    return IndicatorRow(
        row=reading.number,
        code=indicator.code,
        agency=reading.text("agency"),
        period_start=start,
        period_end=end,
        value=value,
        warnings=tuple(reading.warnings),
    )


def _indicator(written: str) -> Indicator:
    found = indicator_named(written)
    if found is None:
        raise NotUnderstood(f"This is not an indicator: write one of {', '.join(indicators())}")
    return found


def _number(reading: RowReading, column: str) -> int | None:
    """A whole number; a comma between thousands is read past."""
    written = reading.text(column).replace(",", "")
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or int(written) > MOST:
        reading.reject(column, f"Write a whole number from 0 to {MOST:,}")
        return None
    return int(written)
