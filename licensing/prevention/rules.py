"""What a count and an activity must be: values in, RuleBroken out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from licensing.dates import in_words
from licensing.errors import RuleBroken
from licensing.prevention.words import Audience, AwarenessKind

MOST = 10_000_000
LONGEST_PLACE = 200


@dataclass(frozen=True, slots=True)
class Count:
    """What an agency counted of an indicator in a period, both days included."""

    code: str
    agency_id: UUID
    period_start: date
    period_end: date
    value: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that was done on a day so that an audience knows, and how many it reached."""

    kind: AwarenessKind
    audience: Audience
    held_on: date
    place: str
    reach: int
    agency_id: UUID
    source_id: str | None = None  # the key in a file that was imported


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an activity reached besides the number: drivers, where they were counted, and places of the registers."""

    drivers: int | None = None
    premises: tuple[UUID, ...] = ()


def places_written(written: str) -> list[tuple[str, str]]:
    """(name, postcode) of each line. RuleBroken for a line that has no comma before its postcode."""
    lines = [(number, line.strip()) for number, line in enumerate(written.splitlines(), 1) if line.strip()]
    for number, line in lines:
        if not all(part.strip() for part in line.rpartition(",")):
            raise RuleBroken(f"Line {number} must be a name, a comma and a postcode: Sample Inn, OX99 1AA", "places")
    parts = (line.rpartition(",") for _, line in lines)
    return [(name.strip(), postcode.strip()) for name, _, postcode in parts]


def check_period(start: date, end: date, today: date) -> None:
    """RuleBroken where a period ends before it begins, or is not over."""
    if end < start:
        raise RuleBroken(f"The period must end on or after the day it begins, {in_words(start)}", "period_end")
    if end > today:
        raise RuleBroken("The period must be over: its last day is today or in the past", "period_end")
