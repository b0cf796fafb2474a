"""The names of the person that a record is about, as far as whoever writes may know them: a note holds none of them."""

from uuid import UUID

from sqlalchemy import Select, select

from licensing.db import db
from licensing.decisions.models import Decision
from licensing.need_to_know.words import About
from licensing.register.models import Licence, Person, PersonName
from licensing.suitability.models import Consideration, CourtDefendant

Names = list[tuple[str, str]]


def names_of(kind: About | None, object_id: UUID | None) -> Names:
    """(given, family) of every name that the holder has or had; [] where the record is of no person one may know."""
    if kind is None or kind not in _LICENCES or object_id is None:
        return []
    people = select(Licence.person_id).where(Licence.id.in_(_LICENCES[kind](object_id)))
    present = select(Person.given_names, Person.family_name).where(Person.id.in_(people))
    others = select(PersonName.given_names, PersonName.family_name).where(PersonName.person_id.in_(people))
    return [(row.given_names, row.family_name) for row in db.session.execute(present.union(others))]


def _of_decision(object_id: UUID) -> Select[UUID]:
    return select(Decision.licence_id).where(Decision.id == object_id)


def _of_consideration(object_id: UUID) -> Select[UUID]:
    return select(Consideration.licence_id).where(Consideration.id == object_id)


def _of_court_case(object_id: UUID) -> Select[UUID | None]:
    return select(CourtDefendant.licence_id).where(CourtDefendant.case_id == object_id)


_LICENCES = {
    About.DECISION: _of_decision,
    About.CONSIDERATION: _of_consideration,
    About.COURT_CASE: _of_court_case,
}
