"""Rows of disruption: one for each target of an action."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from licensing.dates import DateOrder, in_words
from licensing.disruption.histories import Told
from licensing.disruption.words import Effect, TargetKind
from licensing.imports.cell_reading import Check, any_council, checked_rows, required
from licensing.imports.disruption_words import OUTCOMES, RESULTS, TARGETS
from licensing.imports.mapping import FileMapping
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.row_reading import RowReading
from licensing.imports.tables import Table

_DAYS = ("decided_on", "served_on", "in_force_on", "ends_on")
_NEEDED = (
    ("source_id", "The key of the action"),
    ("power_code", "The code of the power"),
    ("lead_agency", "The agency that leads"),
    ("target_kind", "At what it is directed"),
    ("target_name", "The name of the target"),
)
_SEVERAL = re.compile(r"[;|]")
_LONGEST_NAME, _LONGEST_ADDRESS, _LONGEST_POSTCODE = 200, 300, 8
_AT_LATEST = "decided_on: it is not said, so the action is recorded as decided on {}, when it was {} at the latest"


@dataclass(frozen=True, slots=True)
class DisruptionRow:
    """An accepted row. The power and the agencies are as written."""

    row: int
    source_id: str
    power_code: str
    lead_agency: str
    partners: tuple[str, ...]
    target_kind: TargetKind
    target_name: str
    address: str
    postcode: str
    told: Told
    result: Effect | None
    warnings: tuple[str, ...] = field(default=())


def disruption_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[DisruptionRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return checked_rows(table, lambda reading: _accepted(reading, mapping.date_order, today), check)


def _accepted(reading: RowReading, order: DateOrder, today: date) -> DisruptionRow | None:
    required(reading, _NEEDED)
    told = _told(reading, order, today)
    kind = reading.word("target_kind", TARGETS.meaning) if reading.text("target_kind") else None
    result = reading.word("result", RESULTS.meaning) if reading.text("result") else None
    for column, most in (
        ("target_name", _LONGEST_NAME),
        ("target_address", _LONGEST_ADDRESS),
        ("target_postcode", _LONGEST_POSTCODE),
    ):
        if len(reading.text(column)) > most:
            reading.reject(column, f"This is longer than {most} characters")
    if reading.rejections or told is None or kind is None:
        return None
    return DisruptionRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        power_code=reading.text("power_code"),
        lead_agency=reading.text("lead_agency"),
        partners=tuple(name for one in _SEVERAL.split(reading.text("partner_agencies")) if (name := one.strip())),
        target_kind=kind,
        target_name=reading.text("target_name"),
        address=reading.text("target_address"),
        postcode=reading.text("target_postcode").upper(),
        told=told,
        result=result,
        warnings=tuple(reading.warnings),
    )


def _told(reading: RowReading, order: DateOrder, today: date) -> Told | None:
    """The days, and what became of it. A day of decision that is not said is the first that is."""
    days = {name: reading.date(name, order) for name in _DAYS}
    outcome = reading.word("outcome", OUTCOMES.meaning) if reading.text("outcome") else None
    for name in _DAYS[:-1]:
        if (day := days[name]) and day > today:
            reading.reject(name, f"{in_words(day)} is in the future: bring the action in when it has happened")
    if any(map(reading.is_rejected_for, _DAYS)):
        return None
    decided_on = days["decided_on"] or days["served_on"] or days["in_force_on"]
    if decided_on is None:
        reading.reject("decided_on", "The day it was decided is needed, or that on which it took effect")
        return None
    if days["decided_on"] is None:
        reading.warnings.append(_AT_LATEST.format(in_words(decided_on), "served" if days["served_on"] else "in force"))
    return Told(decided_on, days["served_on"], days["in_force_on"], days["ends_on"], outcome)
