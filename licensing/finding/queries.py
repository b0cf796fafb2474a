"""What is on the acting authority's registers under a name, a number or a postcode.

Under row-level security only `=`, `<` and `>=` on plain columns reach an index, so a name is looked for by the range
of those that begin with it first, and the whole register is read only where that finds too few.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union, union_all
from sqlalchemy.orm import selectinload

from licensing.db import db
from licensing.finding.rules import MOST_ROWS, MOST_SIMILAR, Sought
from licensing.register import likeness
from licensing.register.events import RecordKind
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
_MODELS: dict[RecordKind, Any] = {
    RecordKind.PERSON: Person,
    RecordKind.ORGANISATION: Organisation,
    RecordKind.VEHICLE: Vehicle,
    RecordKind.PREMISES: Premises,
}
# The letters with which references of each kind begin.
_REFERENCES = {
    "P": RecordKind.PERSON,
    "G": RecordKind.ORGANISATION,
    "V": RecordKind.VEHICLE,
    "L": RecordKind.PREMISES,
}
_ONE_MORE = MOST_ROWS + 1  # tells that there are more than are shown


def exact(sought: Sought) -> dict[RecordKind, Reasons]:
    """The records of this very number or reference, by kind; one statement for all.

    A person who was merged into another is among them: their page leads on.
    """
    asked = [*_of_reference(sought), *_of_number(sought)]
    found: dict[RecordKind, Reasons] = {kind: {} for kind in RecordKind}
    if asked:
        for kind, record_id, why in db.session.execute(union_all(*asked)):
            found[RecordKind(kind)].setdefault(record_id, why)
    return found


def _of_reference(sought: Sought) -> Iterator[Select[Any, Any, Any]]:
    kind = _REFERENCES.get(sought.reference.partition("-")[0])
    if kind:
        model = _MODELS[kind]
        yield _exactly(kind, model.id, model.reference == sought.reference, EXACT_REFERENCE)


def _of_number(sought: Sought) -> Iterator[Select[Any, Any, Any]]:
    """The best reason first: the first is the one that is told."""
    number = sought.number
    if not number:
        return
    vehicle, licence = RecordKind.VEHICLE, RecordKind.LICENCE
    yield _exactly(vehicle, Vehicle.id, Vehicle.vrm_key == number, "Registration")
    yield _exactly(vehicle, VehicleMark.vehicle_id, VehicleMark.vrm_key == number, "Former registration")
    yield _exactly(licence, Licence.id, Licence.number_key == number, "Licence number")
    yield _exactly(licence, Licence.id, Licence.badge_key == number, "Badge or plate number")
    yield _exactly(licence, LicenceMark.licence_id, LicenceMark.number_key == number, "Former badge or plate number")
    yield _exactly(RecordKind.ORGANISATION, Organisation.id, Organisation.company_no == number, "Company number")
    if sought.uprn is not None:
        yield _exactly(RecordKind.PREMISES, Premises.id, Premises.uprn == sought.uprn, "UPRN")


def _exactly(kind: RecordKind, key: Any, condition: ColumnElement[bool], why: str) -> Select[Any, Any, Any]:
    few = select(key.label("id")).where(condition).order_by(key).limit(MOST_ROWS).subquery()
    return select(literal(kind.value), few.c.id, literal(why))


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


def organisations_named(sought: Sought) -> Reasons:
    return _named(Organisation, sought)


def premises_named(sought: Sought) -> Reasons:
    """Premises of this name, or at this postcode."""
    if sought.postcode:
        there = _filed(Premises, Premises.postcode == sought.postcode)
        return _because(there, f"Postcode {sought.postcode}")
    return _named(Premises, sought)


def vehicles_beginning(sought: Sought) -> Reasons:
    """Vehicles whose registration begins so; a word without a digit is rather a name."""
    if not sought.number or sought.reference or sought.postcode:
        return {}
    begins = select(Vehicle.id).where(_begins(Vehicle.vrm_key, sought.number))
    return _because(begins.order_by(Vehicle.vrm_key, Vehicle.id).limit(_ONE_MORE), "Registration")


def licences_to_show(ids: Iterable[UUID]) -> list[Licence]:
    """These licences with whose they are and their status, by kind and number."""
    shown = select(Licence).where(Licence.id.in_(list(ids))).order_by(Licence.kind, Licence.number_key, Licence.id)
    of = (Licence.periods, Licence.person, Licence.organisation, Licence.vehicle, Licence.premises)
    return list(db.session.scalars(shown.options(*(selectinload(part) for part in of))))


def organisations_to_show(ids: Iterable[UUID]) -> list[Organisation]:
    return _to_show(Organisation, ids, Organisation.sort_name)


def vehicles_to_show(ids: Iterable[UUID]) -> list[Vehicle]:
    held = selectinload(Vehicle.licences).selectinload(Licence.periods)
    return _to_show(Vehicle, ids, Vehicle.vrm_key, held)


def premises_to_show(ids: Iterable[UUID]) -> list[Premises]:
    food = selectinload(Premises.food_registration).selectinload(FoodRegistration.ratings)
    return _to_show(Premises, ids, Premises.sort_name, food)


def _to_show(model: Any, ids: Iterable[UUID], order: Any, *loads: Any) -> list[Any]:
    wanted = list(ids)
    if not wanted:
        return []
    found = select(model).where(model.id.in_(wanted)).order_by(order, model.id)
    return list(db.session.scalars(found.options(*loads)))


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


def _because(found: Select[Any], why: str) -> Reasons:
    return dict.fromkeys(db.session.scalars(found), why)
