"""What is unusual in how cases are read: flagged for the independent reviewer, and never refused to anybody.

The rules are choices of this service, after what audit teams of hospitals and police forces look for; none is law.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from licensing.dates import ENGLAND, day_of

FIRST_HOUR, LAST_HOUR = 7, 19
MOST_IN_AN_HOUR = 10
HOUR = timedelta(hours=1)


class Unusual(StrEnum):
    """Why a look is worth a question."""

    OWN_SURNAME = "own_surname"
    NO_PURPOSE = "no_purpose"
    MANY_CASES = "many_cases"
    ODD_HOURS = "odd_hours"
    NO_OPEN_CASE = "no_open_case"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Unusual.OWN_SURNAME: "Opened a case about somebody with their own surname",
    Unusual.NO_PURPOSE: "Opened a case without a purpose",
    Unusual.MANY_CASES: f"Opened more than {MOST_IN_AN_HOUR} cases within an hour",
    Unusual.ODD_HOURS: f"Opened a case before {FIRST_HOUR} or after {LAST_HOUR - 12} in the evening",
    Unusual.NO_OPEN_CASE: "Opened a case that was closed or long at rest, and did nothing with it",
}


@dataclass(frozen=True)
class Look:
    """One look at a case, as the restricted trail keeps it, and how the case stood then.

    `worked_at`: when anybody last did something with it before; `worked_too`: whether this person did on that day.
    """

    authority_id: UUID
    at: datetime
    actor_id: UUID
    actor: str
    case_id: UUID
    purpose: str | None
    own_surname: bool
    closed_on: date | None
    worked_at: datetime
    worked_too: bool


@dataclass(frozen=True)
class Alert:
    """What somebody did on one day, and in how many cases."""

    authority_id: UUID
    kind: Unusual
    actor_id: UUID
    actor: str
    on: date
    cases: int


def alerts(looks: Iterable[Look], today: date, idle: timedelta) -> list[Alert]:
    """Everything unusual; one alert for each council, sort, person and day. `idle` is long for a case without work."""
    by_person: dict[tuple[UUID, UUID], list[Look]] = defaultdict(list)
    for look in sorted(looks, key=lambda one: (one.at, str(one.case_id))):
        by_person[look.authority_id, look.actor_id].append(look)
    said = [
        Alert(authority_id, kind, actor_id, own[-1].actor, day, len(cases))
        for (authority_id, actor_id), own in by_person.items()
        for (kind, day), cases in _of_one(own, today, idle).items()
    ]
    return sorted(said, key=lambda one: (one.on, one.actor, str(one.actor_id), one.kind))


def _of_one(looks: list[Look], today: date, idle: timedelta) -> dict[tuple[Unusual, date], set[UUID]]:
    """What is unusual in what one person looked at, and in how many cases."""
    found: dict[tuple[Unusual, date], set[UUID]] = defaultdict(set)
    for look in looks:
        for kind in _kinds(look, today, idle):
            found[kind, day_of(look.at)].add(look.case_id)
    return {**found, **{(Unusual.MANY_CASES, day): cases for day, cases in _crowded(looks).items()}}


def share_a_surname(one: str, other: str) -> bool:
    """Whether the last words of two names are the same, however they are written."""
    return bool(_surname(one)) and _surname(one) == _surname(other)


def _surname(name: str) -> str:
    words = [word for word in name.casefold().split() if not word.startswith("(")]
    return words[-1] if words else ""


def _kinds(look: Look, today: date, idle: timedelta) -> list[Unusual]:
    hour = look.at.astimezone(ENGLAND).hour
    holds = {
        Unusual.OWN_SURNAME: look.own_surname,
        Unusual.NO_PURPOSE: look.purpose is None,
        Unusual.ODD_HOURS: not FIRST_HOUR <= hour < LAST_HOUR,
        Unusual.NO_OPEN_CASE: _was_at_rest(look, today, idle),
    }
    return [kind for kind, is_so in holds.items() if is_so]


def _was_at_rest(look: Look, today: date, idle: timedelta) -> bool:
    """Whether nothing called for the look; known once the day is over, since work on the case may follow it."""
    day = day_of(look.at)
    was_closed = look.closed_on is not None and look.closed_on < day
    return day < today and not look.worked_too and (was_closed or look.at - look.worked_at > idle)


def _crowded(looks: list[Look]) -> dict[date, set[UUID]]:
    """The days on which one person opened too many cases within some hour, with those of the fullest hour."""
    fullest: dict[date, set[UUID]] = {}
    start = 0
    for end, last in enumerate(looks):
        while last.at - looks[start].at > HOUR:
            start += 1
        cases = {one.case_id for one in looks[start : end + 1]}
        if len(cases) > max(MOST_IN_AN_HOUR, len(fullest.get(day_of(last.at), ()))):
            fullest[day_of(last.at)] = cases
    return fullest
