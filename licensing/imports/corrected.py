"""What was put right by hand: a council's own file that still has the mistake does not bring it back."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from licensing.dates import in_words
from licensing.register.changes import corrections
from licensing.register.changes.things import wheelchair_words
from licensing.register.events import RecordKind
from licensing.register.rules import filed_under

Mistake = tuple[str, str]
"""What a correction calls a fact, and what was wrongly recorded of it."""

NONE: frozenset[Mistake] = frozenset()

# What corrections call the facts of a file, where it is not the same word.
_CALLED = {
    "vrm": "Registration",
    "company_no": "Company number",
    "uprn": "UPRN",
    "ni_number": "National Insurance number",
    "driver_number": "Driving licence number",
}


def mistakes_of(kind: RecordKind) -> Mapping[UUID, frozenset[Mistake]]:
    """Of each record of the acting authority that was corrected, all that it wrongly said."""
    found: dict[UUID, set[Mistake]] = {}
    for record_id, field, before in corrections.what_was_wrong(kind):
        found.setdefault(record_id, set()).add((field, filed_under(before)))
    return {record_id: frozenset(mistakes) for record_id, mistakes in found.items()}


def as_mistake(fact: str, said: Any) -> Mistake:
    """A fact of a file, in the words in which a correction would have kept it."""
    return _CALLED.get(fact, fact.replace("_", " ").capitalize()), filed_under(_written(said))


def _written(said: Any) -> str:
    match said:
        case None | bool():
            return wheelchair_words(said)
        case date():
            return in_words(said)
        case StrEnum():
            return str(getattr(said, "label", said))
        case _:
            return str(said)
