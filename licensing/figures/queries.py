"""The counts behind the figures, one statement for each group, for every council of the area at once.

The functions of the database give numbers, and only to whoever may read figures, or to the console as the owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from licensing.accounts.models import Authority
from licensing.accounts.rules import Tier
from licensing.figures.models import Exact
from licensing.figures.rules import Counted, Period

GROUPS = (
    "figures_of_holders",
    "figures_of_decisions",
    "figures_of_clocks",
    "figures_of_disruption",
    "figures_of_sharing",
    "figures_of_allegations",
    "figures_of_prevention",
)
# What a licensing service may be given of its own council.
GROUPS_OF_RETURNS = ("figures_of_holders", "figures_of_decisions", "figures_of_sharing", "figures_of_returns")


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


def counted(
    session: Session, places: Sequence[Place], period: Period, at: datetime, groups: Sequence[str] = GROUPS
) -> Counted:
    """Everything that is counted of these councils in the period, as had been recorded at the moment."""
    codes = {one.id: one.code for one in places}
    asked = {"first": period.from_on, "last": period.until_on, "at": at}
    numbers: dict[tuple[str, str], int] = {}
    for group in groups:
        found = session.execute(text(f"SELECT authority_id, code, number FROM {group}(:first, :last, :at)"), asked)
        numbers |= {(codes[row.authority_id], row.code): row.number for row in found if row.authority_id in codes}
    return Counted(numbers, tuple(codes.values()))
