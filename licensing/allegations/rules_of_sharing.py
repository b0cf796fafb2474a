"""What a level admits, who must be told of a case, and what is left to share once it is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from licensing.allegations.words import Outcome, Sector
from licensing.allegations.words_of_sharing import DutyKind, Level, ReleaseKind
from licensing.errors import RuleBroken

# The level from which a kind of release is admitted; an outcome is told at any, since fairness asks for it.
_NEEDS = {ReleaseKind.SUMMARY: Level.SUMMARY, ReleaseKind.ITEM: Level.ITEMS, ReleaseKind.OUTCOME: Level.NOTHING}


def admits(level: Level, kind: ReleaseKind) -> bool:
    """Whether something of this kind may be released to an authority at this level."""
    return level.rank >= _NEEDS[kind].rank


@dataclass(frozen=True)
class Standing:
    """How a person stands to one authority: what they hold there today, and whether they drive or run an operator."""

    authority_id: UUID
    licensed: bool
    badge: bool
    operates: bool
    drives: bool = False


def owed_about(
    standings: Iterable[Standing], sector: Sector | None, county: UUID
) -> list[tuple[DutyKind, UUID | None]]:
    """Whom a case of somebody who stands so owes a message; `county` is the designated officer's own authority.

    No register says for whom a driver drives, nor that one without a badge drives no child: both are asked of every
    driver, of one whom the caller calls so too.
    """
    found = list(standings)
    drives = sector is Sector.LICENSED_DRIVER or any(one.drives for one in found)
    owed: list[tuple[DutyKind, UUID | None]] = [
        (DutyKind.LICENSING_AUTHORITY, one.authority_id) for one in found if one.licensed
    ]
    schools = {one.authority_id for one in found if one.badge}
    if sector is Sector.PASSENGER_ASSISTANT or (drives and not schools):
        schools.add(county)
    owed += [(DutyKind.SCHOOL_TRANSPORT, one) for one in sorted(schools)]
    if drives or sector is Sector.OPERATOR_STAFF or any(one.operates for one in found):
        owed.append((DutyKind.OPERATOR, None))
    return owed


def supports_a_flag(outcomes: Iterable[Outcome]) -> bool:
    """Whether an allegation is left on which a flag can rest; once the case is closed, until it is looked at again."""
    return any(one.supports_a_flag for one in outcomes)


def check_no_emergency_stands(
    now: datetime, until_at: datetime | None, ended_at: datetime | None, *, is_reviewed: bool
) -> None:
    """RuleBroken where the last record that a deputy opened in an emergency keeps them from opening another.

    One that ran out keeps nobody from it: a child may be at risk for longer than an hour.
    """
    if ended_at is None and until_at and until_at > now:
        raise RuleBroken("A record is open to you in an emergency already. Another opens once its hour is over.")
    if ended_at and until_at and ended_at < until_at and not is_reviewed:
        raise RuleBroken("A designated officer ended your last emergency. Another opens once that is reviewed.")
