"""What is on the acting authority's registers under a name, a number or a postcode.

Under row-level security only `=`, `<` and `>=` on plain columns reach an index, so a name is looked for by the range
of those that begin with it first, and the whole register is read only where that finds too few.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union
from sqlalchemy.orm import selectinload

from licensing.db import db
from licensing.finding.rules import MOST_ROWS, MOST_SIMILAR, Sought
from licensing.register import likeness
from licensing.register.models import (
    FoodRegistration,
    Licence,
    LicenceMark,
    Organisation,
    Person,
    PersonAddress,
    PersonName,
    Premises,
    Vehicle,
    VehicleMark,
)
from licensing.register.queries import LAST_CHARACTER

# Id -> why it was found; the first reason is the best.
Reasons = dict[UUID, str]

EXACT_REFERENCE = "Reference"
_ONE_MORE = MOST_ROWS + 1  # tells that there are more than are shown


def people_of_number(sought: Sought) -> Reasons:
    """People of this reference, also where they were merged into another: their page leads on."""
    return _of_reference(Person, sought, "P-")


def people_at(sought: Sought) -> Reasons:
    """People who live or lived at this postcode."""
    if not sought.postcode:
        return {}
    there = and_(PersonAddress.postcode == sought.postcode, PersonAddress.superseded_at.is_(None))
    found = select(PersonAddress.person_id).where(there).distinct().order_by(PersonAddress.person_id).limit(_ONE_MORE)
    return _because(found, f"Postcode {sought.postcode}")


def people_named(sought: Sought) -> Reasons:
    """People whose name begins so, then those with all the words anywhere in a name."""
    if not sought.words_of_person:
        return {}
    begins = or_(*(_begins(Person.sort_name, name) for name in sought.beginnings))
    found = _filed(Person, and_(begins, Person.merged_into_id.is_(None)))
    reasons = _because(found, "Name")
    if len(reasons) <= MOST_ROWS:
        reasons |= _because(_with_all_words(sought), "Name")
    return reasons


def people_sounding(sought: Sought) -> Reasons:
    """People whose name is spelt otherwise and sounds much the same; it takes two parts of a name to tell."""
    name = sought.given_and_family
    matches = likeness.matches_like(name) if name else []
    return {UUID(match.ref): "Similar name" for match in matches[: MOST_ROWS + MOST_SIMILAR]}


def organisations(sought: Sought) -> tuple[Reasons, Reasons]:
    """(exactly these, those of this name)."""
    exact = _of_reference(Organisation, sought, "G-")
    if sought.number:
        numbered = select(Organisation.id).where(Organisation.company_no == sought.number)
        exact |= _because(numbered.order_by(Organisation.id).limit(MOST_ROWS), "Company number")
    return exact, _named(Organisation, sought)


def premises(sought: Sought) -> tuple[Reasons, Reasons]:
    """(exactly these, those of this name or at this postcode)."""
    exact = _of_reference(Premises, sought, "L-")
    if sought.uprn is not None:
        there = select(Premises.id).where(Premises.uprn == sought.uprn)
        exact |= _because(there.order_by(Premises.id).limit(MOST_ROWS), "UPRN")
    if sought.postcode:
        there = _filed(Premises, Premises.postcode == sought.postcode)
        return exact, _because(there, f"Postcode {sought.postcode}")
    return exact, _named(Premises, sought)


def vehicles(sought: Sought) -> tuple[Reasons, Reasons]:
    """(exactly these, those whose registration begins so)."""
    exact = _of_reference(Vehicle, sought, "V-")
    if not sought.number:
        return exact, {}
    marked = select(VehicleMark.vehicle_id).where(VehicleMark.vrm_key == sought.number)
    now = select(Vehicle.id).where(Vehicle.vrm_key == sought.number).order_by(Vehicle.id).limit(MOST_ROWS)
    exact |= _because(now, "Registration")
    before = _because(marked.order_by(VehicleMark.vehicle_id).limit(MOST_ROWS), "Former registration")
    begins = select(Vehicle.id).where(_begins(Vehicle.vrm_key, sought.number))
    return before | exact, _because(begins.order_by(Vehicle.vrm_key, Vehicle.id).limit(_ONE_MORE), "Registration")


def licences(sought: Sought) -> Reasons:
    """Licences with this number, or this badge or plate number now or before: always exactly these."""
    if not sought.number:
        return {}
    reasons = {}
    for column, why in (
        (LicenceMark.number_key, "Former badge or plate number"),
        (Licence.badge_key, "Badge or plate number"),
        (Licence.number_key, "Licence number"),
    ):
        key = LicenceMark.licence_id if column is LicenceMark.number_key else Licence.id
        reasons |= _because(select(key).where(column == sought.number).order_by(key).limit(MOST_ROWS), why)
    return reasons


def licences_to_show(ids: Iterable[UUID]) -> list[Licence]:
    """These licences with whose they are and their status, by kind and number."""
    shown = select(Licence).where(Licence.id.in_(list(ids))).order_by(Licence.kind, Licence.number_key, Licence.id)
    of = (Licence.periods, Licence.person, Licence.organisation, Licence.vehicle, Licence.premises)
    return list(db.session.scalars(shown.options(*(selectinload(part) for part in of))))


def organisations_to_show(ids: Iterable[UUID]) -> list[Organisation]:
    held = selectinload(Organisation.licences).selectinload(Licence.periods)
    return _to_show(Organisation, ids, Organisation.sort_name, held)


def vehicles_to_show(ids: Iterable[UUID]) -> list[Vehicle]:
    held = selectinload(Vehicle.licences).selectinload(Licence.periods)
    return _to_show(Vehicle, ids, Vehicle.vrm_key, held)


def premises_to_show(ids: Iterable[UUID]) -> list[Premises]:
    food = selectinload(Premises.food_registration).selectinload(FoodRegistration.ratings)
    return _to_show(Premises, ids, Premises.sort_name, food)


def _to_show(model: Any, ids: Iterable[UUID], order: Any, load: Any) -> list[Any]:
    wanted = list(ids)
    if not wanted:
        return []
    return list(db.session.scalars(select(model).where(model.id.in_(wanted)).order_by(order, model.id).options(load)))


def _named(model: type[Organisation | Premises], sought: Sought) -> Reasons:
    """Those whose name begins so, then those with all the words anywhere in it."""
    if not sought.words:
        return {}
    reasons = _because(_filed(model, _begins(model.sort_name, " ".join(sought.words))), "Name")
    if len(reasons) > MOST_ROWS:
        return reasons
    return reasons | _because(_filed(model, _has_all(model.sort_name, sought.words)), "Name")


def _with_all_words(sought: Sought) -> Select[Any]:
    """People with all the words in their name, or in another name of theirs."""
    here = select(Person.id, Person.sort_name).where(
        _has_all(Person.sort_name, sought.words), Person.merged_into_id.is_(None)
    )
    written = func.lower(PersonName.family_name + " " + PersonName.given_names)
    others = (
        select(Person.id, Person.sort_name)
        .join(PersonName, PersonName.person_id == Person.id)
        .where(_has_all(written, sought.words), PersonName.superseded_at.is_(None), Person.merged_into_id.is_(None))
    )
    found = union(here, others).subquery()
    return select(found.c.id).order_by(found.c.sort_name, found.c.id).limit(_ONE_MORE)


def _filed(model: Any, condition: ColumnElement[bool]) -> Select[Any]:
    return select(model.id).where(condition).order_by(model.sort_name, model.id).limit(_ONE_MORE)


def _begins(column: Any, beginning: str) -> ColumnElement[bool]:
    return and_(column >= beginning, column < beginning + LAST_CHARACTER)


def _has_all(column: Any, words: Sequence[str]) -> ColumnElement[bool]:
    return and_(*(column.contains(word, autoescape=True) for word in words))


def _of_reference(model: Any, sought: Sought, prefix: str) -> Reasons:
    if not sought.reference.startswith(prefix):
        return {}
    return _because(select(model.id).where(model.reference == sought.reference), EXACT_REFERENCE)


def _because(found: Select[Any], why: str) -> Reasons:
    return dict.fromkeys(db.session.scalars(found), why)
