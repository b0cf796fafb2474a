"""Which councils ask to be spoken to before anything is decided about a person, and whether that was done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text

from licensing.accounts.models import Authority
from licensing.db import db
from licensing.suitability.models import MarkerConsidered


@dataclass(frozen=True)
class Marker:
    """That a council's policy marks somebody for good: who, since when, whom to ask. Never why."""

    authority_id: UUID
    code: str
    council: str
    contact: str
    marked_on: date
    considered: tuple[MarkerConsidered, ...] = ()

    def considered_since(self, day: date | None) -> bool:
        """Whether a manager asked, and considered the answer, on a day or after it."""
        return any(day is None or one.asked_on >= day for one in self.considered)

    @property
    def words(self) -> str:
        contact = self.contact or "no contact recorded"
        return f"A council asks you to speak to it before deciding: {self.council}, {contact}"


def markers_of(person_id: UUID) -> list[Marker]:
    """The standing markers of one's own person: the own council's, and others' through links and likely matches."""
    found = text("SELECT authority_id, marked_on FROM markers_of(:person)")
    rows = db.session.execute(found, {"person": person_id}).all()
    if not rows:
        return []
    councils = {
        one.id: one
        for one in db.session.scalars(
            select(Authority).where(Authority.id.in_({row.authority_id for row in rows})).order_by(Authority.id)
        )
    }
    said = _considered(person_id)
    return [
        Marker(
            row.authority_id,
            councils[row.authority_id].code,
            councils[row.authority_id].name,
            councils[row.authority_id].contact,
            row.marked_on,
            tuple(one for one in said if (one.marked_by_id, one.marked_on) == (row.authority_id, row.marked_on)),
        )
        for row in rows
    ]


def _considered(person_id: UUID) -> list[MarkerConsidered]:
    found = select(MarkerConsidered).where(MarkerConsidered.person_id == person_id)
    return list(db.session.scalars(found.order_by(MarkerConsidered.at, MarkerConsidered.id)))


def unconsidered_markers(person_id: UUID, since: date | None = None) -> list[Marker]:
    """Those that nobody has considered, or not since a day: the one on which an application was received."""
    return [one for one in markers_of(person_id) if not one.considered_since(since)]
