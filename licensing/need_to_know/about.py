"""Names that whoever writes may know and words hold: of people whom a record is about, or on the register at all.

A note, an overview and a request name nobody. Whoever writes is asked, since a word is often a name too; a note about
the case of one person is refused where it names them.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from licensing.db import db
from licensing.decisions.models import Decision
from licensing.disruption.models import Target
from licensing.need_to_know import rules
from licensing.need_to_know.words import About
from licensing.register.models import Licence, Person, PersonName, Position
from licensing.suitability.models import Consideration, CourtDefendant, OperatorDriver

Names = list[tuple[str, str]]
# Records of the case of one person, or of a few who stand accused.
OF_ONE_PERSON = frozenset({About.DECISION, About.CONSIDERATION, About.COURT_CASE})
Named = Callable[[str], Sequence[str]]


def naming(kind: About | None = None, object_id: UUID | None = None) -> Named:
    """What finds names in words: loosely those of a record's people, and of everybody else a whole name as written."""
    linked = names_of(kind, object_id)
    return lambda words: list(dict.fromkeys([*rules.names_in(words, linked), *_on_register(words)]))


def names_of(kind: About | None, object_id: UUID | None) -> Names:
    """(given, family) of every name that the people of a record have or had; [] where it is of nobody one may know."""
    if kind is None or kind not in _PEOPLE or object_id is None:
        return []
    people = _PEOPLE[kind](object_id)
    present = select(Person.given_names, Person.family_name).where(Person.id.in_(people))
    others = select(PersonName.given_names, PersonName.family_name).where(PersonName.person_id.in_(people))
    return [(row.given_names, row.family_name) for row in db.session.execute(present.union(others))]


def _on_register(words: str) -> list[str]:
    """Everybody on the registers that one may know whose whole name stands in the words, as a name is written."""
    parts = rules.capitalised(words)
    if not parts:
        return []
    there = cast(sorted(parts), ARRAY(Text))
    found: Names = []
    for table in (Person, PersonName):
        family = func.string_to_array(func.lower(table.family_name), " ", type_=ARRAY(Text))
        given = func.string_to_array(func.lower(table.given_names), " ", type_=ARRAY(Text))
        asked = select(table.given_names, table.family_name).where(
            table.family_name != "", family.contained_by(there), given.overlap(there)
        )
        found += [(row.given_names, row.family_name) for row in db.session.execute(asked.distinct())]
    return rules.whole_names_in(words, found)


def _of_licences(licences: Select[Any]) -> Select[Any]:
    return select(Licence.person_id).where(Licence.id.in_(licences))


def _of_decision(object_id: UUID) -> Select[Any]:
    return _of_licences(select(Decision.licence_id).where(Decision.id == object_id))


def _of_consideration(object_id: UUID) -> Select[Any]:
    return _of_licences(select(Consideration.licence_id).where(Consideration.id == object_id))


def _of_licence(object_id: UUID) -> Select[Any]:
    return _of_licences(select(Licence.id).where(Licence.id == object_id))


def _of_court_case(object_id: UUID) -> Select[Any]:
    licences = select(CourtDefendant.licence_id).where(CourtDefendant.case_id == object_id)
    return select(Licence.person_id).where(Licence.id.in_(licences))


def _of_action(object_id: UUID) -> Select[Any]:
    return select(Target.record_id).where(Target.action_id == object_id)


def _of_organisation(object_id: UUID) -> Select[Any]:
    """Whoever drives for it, or holds a position there."""
    drivers = select(OperatorDriver.person_id).where(OperatorDriver.organisation_id == object_id)
    positions = select(Position.person_id).where(Position.of_organisation_id == object_id)
    return select(Person.id).where(or_(Person.id.in_(drivers), Person.id.in_(positions)))


def _of_premises(object_id: UUID) -> Select[Any]:
    """Whoever holds a licence of it, or a position at one."""
    licences = select(Licence.id).where(Licence.premises_id == object_id)
    positions = select(Position.person_id).where(
        or_(Position.of_licence_id.in_(licences), Position.of_premises_id == object_id)
    )
    holders = select(Licence.person_id).where(Licence.premises_id == object_id)
    return select(Person.id).where(or_(Person.id.in_(holders), Person.id.in_(positions)))


_PEOPLE = {
    About.DECISION: _of_decision,
    About.CONSIDERATION: _of_consideration,
    About.COURT_CASE: _of_court_case,
    About.DISRUPTION_ACTION: _of_action,
    About.ORGANISATION: _of_organisation,
    About.LICENCE: _of_licence,
    About.PREMISES: _of_premises,
}
