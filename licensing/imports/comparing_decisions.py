"""Whether a row and the register speak of one decision, and in what they differ."""

from collections.abc import Iterator
from dataclasses import replace

from licensing.imports.known_decisions import DriverLicence, KnownEvent
from licensing.imports.rows_decisions import DecisionRow
from licensing.register.events import Event, RelevantInformation

COMPARED = {
    "kind": "decision",
    "decided_on": "date of the decision",
    "notified_on": "date of notice",
    "effective_on": "date of effect",
    "ends_on": "last day",
    "immediate": "whether immediate",
    "relevant_information": "relevant information",
    "power": "power",
    "permanent": "whether permanent",
}

_OF_ROW = ("power", "permanent")
_OF_EVENT = tuple(name for name in COMPARED if name not in _OF_ROW)
COLUMNS = {"kind": "decision"}
"""The column of a file, where it is called otherwise than the fact."""


def with_what_was_known(row: DecisionRow, known: KnownEvent) -> KnownEvent:
    """The decision as the row says it, and where the row is blank as it was known."""
    said = {name: getattr(row.event, name) for name in _OF_EVENT if _differs(row, known.event, name)}
    permanent = row.permanent if "permanent" in row.stated else known.permanent
    return KnownEvent(
        replace(known.event, **said), row.source_id or known.source_id, row.power or known.power, permanent
    )


def same_decision(row: DecisionRow, licence: DriverLicence) -> KnownEvent | None:
    """What is known of this decision: by its key; else what has no other key, is of its kind and not of another day.

    So the details of a revocation stand in place of “revoked” alone, as a file of drivers brings it.
    """
    if row.source_id:
        for one in licence.events:
            if one.source_id == row.source_id:
                return one
    same_kind = [one for one in licence.events if one.event.kind is row.event.kind]
    unkeyed = [one for one in same_kind if not one.source_id or not row.source_id]
    if not row.event.is_dated:
        return next(reversed(unkeyed), None)
    of_the_day = [one for one in unkeyed if one.event.decided_on == row.event.decided_on]
    undated = [one for one in unkeyed if not one.event.is_dated]
    return next(iter([*of_the_day, *undated]), None)


def differences(row: DecisionRow, known: KnownEvent) -> Iterator[str]:
    yield from (label for name, label in COMPARED.items() if _differs_in(row, known, name))
    if row.source_id and row.source_id != known.source_id:
        yield "key in your own system"


def contradicted(row: DecisionRow, known: KnownEvent) -> str | None:
    """The first column that says otherwise than the register, where another file or an officer recorded it before.

    A correction of a decision needs a second person. Only what nobody recorded may a file fill in.
    """
    if known.id is None:
        return None
    return next((name for name in COMPARED if _is_recorded(known, name) and _differs_in(row, known, name)), None)


def _is_recorded(known: KnownEvent, name: str) -> bool:
    """Yes or no is recorded once the decision has a date: “revoked” alone, of a file of drivers, says neither."""
    if name == "immediate":
        return known.event.is_dated and (known.event.immediate or known.event.effective_on is not None)
    if name == "permanent":
        return known.permanent
    value = known.power if name == "power" else getattr(known.event, name)
    return value not in (None, "", RelevantInformation.NOT_RECORDED)


def as_written(row: DecisionRow, column: str) -> str:
    value = getattr(row, column) if column in _OF_ROW else getattr(row.event, column)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _differs_in(row: DecisionRow, known: KnownEvent, name: str) -> bool:
    if name == "power":
        return row.power not in ("", known.power)
    if name == "permanent":
        return "permanent" in row.stated and row.permanent != known.permanent
    return _differs(row, known.event, name)


def _differs(row: DecisionRow, known: Event, name: str) -> bool:
    """Blank cells change nothing."""
    said = getattr(row.event, name)
    if said in (None, RelevantInformation.NOT_RECORDED) or (name == "immediate" and name not in row.stated):
        return False
    return said != getattr(known, name)
