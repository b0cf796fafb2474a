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

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Unusual.OWN_SURNAME: "Opened a case about somebody with their own surname",
    Unusual.NO_PURPOSE: "Opened a case without a purpose",
    Unusual.MANY_CASES: f"Opened more than {MOST_IN_AN_HOUR} cases within an hour",
    Unusual.ODD_HOURS: f"Opened a case before {FIRST_HOUR} or after {LAST_HOUR - 12} in the evening",
}


@dataclass(frozen=True)
class Look:
    """One look at a case, as the restricted trail keeps it."""

    at: datetime
    actor_id: UUID
    actor: str
    case_id: UUID
    purpose: str | None
    own_surname: bool = False


@dataclass(frozen=True)
class Alert:
    """What somebody did on one day, and in how many cases."""

    kind: Unusual
    actor_id: UUID
    actor: str
    on: date
    cases: int


def alerts(looks: Iterable[Look]) -> list[Alert]:
    """Everything unusual, the last day first; one alert for each sort, person and day."""
    found: dict[tuple[Unusual, UUID, date], set[UUID]] = defaultdict(set)
    names: dict[UUID, str] = {}
    in_order = sorted(looks, key=lambda one: (one.at, str(one.case_id)))
    for look in in_order:
        names[look.actor_id] = look.actor
        for kind in _kinds(look):
            found[kind, look.actor_id, day_of(look.at)].add(look.case_id)
    for actor_id in names:
        for day, cases in _crowded([one for one in in_order if one.actor_id == actor_id]).items():
            found[Unusual.MANY_CASES, actor_id, day] = cases
    said = [Alert(kind, actor, names[actor], day, len(cases)) for (kind, actor, day), cases in found.items()]
    return sorted(said, key=lambda one: (-one.on.toordinal(), one.actor, str(one.actor_id), one.kind))


def share_a_surname(one: str, other: str) -> bool:
    """Whether the last words of two names are the same, however they are written."""
    return bool(_surname(one)) and _surname(one) == _surname(other)


def _surname(name: str) -> str:
    words = [word for word in name.casefold().split() if not word.startswith("(")]
    return words[-1] if words else ""


def _kinds(look: Look) -> list[Unusual]:
    hour = look.at.astimezone(ENGLAND).hour
    holds = {
        Unusual.OWN_SURNAME: look.own_surname,
        Unusual.NO_PURPOSE: look.purpose is None,
        Unusual.ODD_HOURS: not FIRST_HOUR <= hour < LAST_HOUR,
    }
    return [kind for kind, is_so in holds.items() if is_so]


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
