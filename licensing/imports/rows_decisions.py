"""Rows of decisions about drivers: refusals, suspensions, revocations, and what undid them."""

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
from licensing.imports.words import Vocabulary, key_of
from licensing.register.events import Event, EventKind, RelevantInformation

DECISIONS = Vocabulary(
    {
        EventKind.REFUSED: (
            "Application refused", "Refusal", "Refuse", "Grant refused", "Refused application",
            "Refusal of application",
        ),
        EventKind.RENEWAL_REFUSED: (
            "Renewal refused", "Refused renewal", "Refusal to renew", "Refusal of renewal", "Not renewed",
        ),
        EventKind.SUSPENDED: ("Suspension", "Suspend", "Licence suspended", "Immediate suspension"),
        EventKind.REVOKED: ("Revocation", "Revoke", "Licence revoked", "Immediate revocation"),
        EventKind.SUSPENSION_ENDED: (
            "Suspension ended", "Suspension lifted", "Lifted", "Suspension removed", "End of suspension",
        ),
        EventKind.REINSTATED_BY_COURT: (
            "Reinstated by court", "Reinstated", "Appeal allowed", "Restored by court", "Successful appeal",
        ),
    },
    "This is not a decision about a licence: write application refused, renewal refused, suspended, revoked, "
    "suspension ended or reinstated by court",
)  # fmt: skip

_TAKE_EFFECT = frozenset({EventKind.SUSPENDED, EventKind.REVOKED})
_RELIED = {
    "wholly": RelevantInformation.WHOLLY,
    "whole": RelevantInformation.WHOLLY,
    "partly": RelevantInformation.PARTLY,
    "part": RelevantInformation.PARTLY,
    "yes": RelevantInformation.PARTLY,
    "y": RelevantInformation.PARTLY,
    "true": RelevantInformation.PARTLY,
    "no": RelevantInformation.NO,
    "n": RelevantInformation.NO,
    "false": RelevantInformation.NO,
    "none": RelevantInformation.NO,
    "": RelevantInformation.NOT_RECORDED,
    "notrecorded": RelevantInformation.NOT_RECORDED,
    "notknown": RelevantInformation.NOT_RECORDED,
    "unknown": RelevantInformation.NOT_RECORDED,
}


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """An accepted row. `power` is the section relied on, as the council wrote it; `permanent` is its policy's mark.

    `stated` are the columns of yes or no that are not blank.
    """

    row: int
    source_id: str
    licence_no: str
    event: Event
    power: str
    permanent: bool
    stated: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = field(default=())


def decision_rows(
    table: Table, mapping: FileMapping, today: date, check: Check = any_council
) -> Iterator[DecisionRow | Rejection | LeftOut]:
    """Check every row of the table, in order. Raises FileRefused from reading the file."""
    return checked_rows(table, lambda reading: _accepted(reading, mapping.date_order, today), check)


def _accepted(reading: RowReading, order: DateOrder, today: date) -> DecisionRow | None:
    required(reading, (("licence_no", "A licence number"), ("decision", "A decision")))
    kind = reading.word("decision", DECISIONS.meaning) if reading.text("decision") else None
    decided, notified = reading.date("decided_on", order), reading.date("notified_on", order)
    effective, ends = reading.date("effective_on", order), reading.date("ends_on", order)
    _check_dates(reading, decided, notified, effective, today)
    if ends and effective and ends < effective:
        reading.reject("ends_on", "The suspension ends before it takes effect")
    immediate, permanent = _yes_or_no(reading, "immediate"), _yes_or_no(reading, "permanent")
    relied = _relevant_information(reading)
    if reading.rejections or kind is None:
        return None
    immediate = _immediate(reading, kind, immediate or key_of(reading.text("decision")).startswith("immediate"))
    if decided is None and not (notified or effective):
        reading.warnings.append("decided_on: there is no date, so it is kept as a decision of unknown date")
    return DecisionRow(
        row=reading.number,
        source_id=reading.text("source_id"),
        licence_no=reading.text("licence_no"),
        event=Event(
            kind,
            decided_on=decided,
            notified_on=notified,
            effective_on=effective,
            ends_on=ends,
            immediate=immediate,
            relevant_information=relied,
        ),
        power=reading.text("power"),
        permanent=permanent,
        stated=frozenset(column for column in ("immediate", "permanent") if reading.text(column)),
        warnings=tuple(reading.warnings),
    )


def _check_dates(
    reading: RowReading, decided: date | None, notified: date | None, effective: date | None, today: date
) -> None:
    """A decision comes first, is then told, and takes effect last; nothing is decided or told in the future."""
    for column, day in (("decided_on", decided), ("notified_on", notified)):
        if day and day > today:
            reading.reject(column, f"{in_words(day)} is in the future")
    if decided and notified and notified < decided:
        reading.reject("notified_on", f"Notice was given before the decision, on {in_words(decided)}")
    first = decided or notified
    if first and effective and effective < first:
        reading.reject("effective_on", f"It takes effect before it was decided, on {in_words(first)}")


def _immediate(reading: RowReading, kind: EventKind, immediate: bool) -> bool:
    if immediate and kind not in _TAKE_EFFECT:
        reading.warnings.append("immediate: only a suspension or a revocation takes effect at once; it is not used")
        return False
    if immediate and not reading.text("notified_on"):
        reading.warnings.append("notified_on: an immediate decision takes effect when notice is given, and no day is")
    return immediate


def _yes_or_no(reading: RowReading, column: str) -> bool:
    return reading.word(column, lambda text: bool(read_yes_or_no(text))) or False


def _relevant_information(reading: RowReading) -> RelevantInformation:
    """Whether it relied on relevant information (2022 Act s.1). A plain yes is kept as partly, and said so."""
    key = key_of(reading.text("relevant_information"))
    if key not in _RELIED:
        reading.reject("relevant_information", "Write wholly, partly or no")
        return RelevantInformation.NOT_RECORDED
    if _RELIED[key] is RelevantInformation.PARTLY and not key.startswith("part"):
        reading.warnings.append("relevant_information: yes was kept as partly; write wholly where nothing else counted")
    return _RELIED[key]
