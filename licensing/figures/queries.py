"""The counts behind the figures, one statement for each group, for every council of the area at once.

The functions of the database give numbers, and only to whoever may read figures, or to the console as the owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from licensing.accounts.models import Authority
from licensing.accounts.rules import Tier
from licensing.figures.aims import Aim
from licensing.figures.models import Exact
from licensing.figures.rules import Counted, Period
from licensing.figures.words import Better

GROUPS = (
    "figures_of_holders",
    "figures_of_decisions",
    "figures_of_clocks",
    "figures_of_disruption",
    "figures_of_sharing",
    "figures_of_allegations",
    "figures_of_prevention",
    "figures_of_returns",
)
# What a licensing service may be given of its own council.
GROUPS_OF_RETURNS = (
    "figures_of_holders",
    "figures_of_decisions",
    "figures_of_sharing",
    "figures_of_returns",
)
# What every figure rests on (recorded.py), counted with whichever of them.
_RECORDED = "figures_recorded"

# Those that read whole registers do it once for all periods.
_OF_ALL_PERIODS = {"figures_of_holders", _RECORDED}
_AT_ONCE = """
    SELECT f.place, f.authority_id, f.code, f.number
    FROM {}(CAST(:firsts AS date[]), CAST(:lasts AS date[]), :at) f
"""
_EACH = """
    SELECT p.place, f.authority_id, f.code, f.number
    FROM unnest(CAST(:firsts AS date[]), CAST(:lasts AS date[])) WITH ORDINALITY AS p (first, last, place)
    CROSS JOIN LATERAL {}(p.first, p.last, :at) f
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A council as figures know it."""

    id: UUID
    code: str
    name: str
    tier: Tier

    @property
    def is_county(self) -> bool:
        return self.tier is Tier.COUNTY

    def is_of_area(self, council: "Place") -> bool:
        """Whether a council has figures of this place: of itself, and a county of its districts too."""
        return self == council or (council.is_county and self.tier is Tier.DISTRICT)


@dataclass(frozen=True)
class Area:
    """A council and the places that it has figures of: the county with its districts, or one council alone."""

    own: Place
    places: Sequence[Place]

    @property
    def place(self) -> str | None:
        """The code of a council that has figures of itself alone, in its own edition."""
        return None if self.own.is_county else self.own.code


def places_counted(session: Session) -> list[Place]:
    """The councils that whoever asks may have figures of, in the order that every briefing keeps."""
    found = session.execute(text("SELECT id, code, name, tier FROM figures_places()"))
    return [Place(one.id, one.code, one.name, Tier(one.tier)) for one in found]


def authority(session: Session, code: str) -> Authority | None:
    return session.scalar(select(Authority).where(Authority.code == code))


def place_of(authority: Authority) -> Place:
    return Place(authority.id, authority.code, authority.name, authority.tier)


def exact_since(session: Session) -> datetime:
    """Since when figures as at a moment know what was believed then of cases, outcomes and dates of birth."""
    return session.scalars(select(Exact.since)).one()


def aims_chosen(session: Session, own: Place, day: date, at: datetime) -> dict[str, Aim]:
    """What a council itself had chosen to aim at on a day, as had been recorded at the moment, by figure."""
    asked = text("SELECT code, target, tolerance, better FROM aims_chosen(:own, :day, :at)")
    found = session.execute(asked, {"own": own.id, "day": day, "at": at})
    return {one.code: Aim(one.target, one.tolerance, Better(one.better)) for one in found}


def counted(
    session: Session, places: Sequence[Place], periods: Sequence[Period], at: datetime, groups: Sequence[str] = GROUPS
) -> list[Counted]:
    """Everything that is counted of these councils in each period, as had been recorded at the moment."""
    codes = {one.id: one.code for one in places}
    asked = {"firsts": [one.from_on for one in periods], "lasts": [one.until_on for one in periods], "at": at}
    numbers: list[dict[tuple[str, str], int]] = [{} for _ in periods]
    for group in (_RECORDED, *groups):
        statement = _AT_ONCE if group in _OF_ALL_PERIODS else _EACH
        for row in session.execute(text(statement.format(group)), asked):
            if row.authority_id in codes:
                numbers[row.place - 1][codes[row.authority_id], row.code] = row.number
    return [Counted(one, tuple(codes.values())) for one in numbers]
