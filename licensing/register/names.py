"""How a record is called: on the pages about it, and in tasks and proposals that name it for whoever may see it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.db import db
from licensing.register.events import RecordKind
from licensing.register.models import Licence, Organisation, Person, Premises, Vehicle


def name_of(kind: RecordKind, record_id: UUID) -> str:
    """The record's name, "" where this reader has no such record."""
    return names_of(kind, [record_id]).get(record_id, "")


def names_of(kind: RecordKind, record_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of records of one kind, in one statement; what this reader may not know of is left out."""
    ids = list(record_ids)
    if kind is RecordKind.LICENCE:
        found = select(Licence).where(Licence.id.in_(ids)).order_by(Licence.id)
        return {one.id: licence_name(one) for one in db.session.scalars(found)}
    if kind is RecordKind.VEHICLE:
        vehicles = select(Vehicle.id, Vehicle.vrm).where(Vehicle.id.in_(ids)).order_by(Vehicle.id)
        return {row.id: row.vrm for row in db.session.execute(vehicles)}
    if kind is RecordKind.PERSON:
        people = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
        return {one.id: one.name for one in db.session.scalars(people)}
    model = Organisation if kind is RecordKind.ORGANISATION else Premises
    named = select(model.id, model.name).where(model.id.in_(ids)).order_by(model.id)
    return {row.id: row.name for row in db.session.execute(named)}


def address_of_record(kind: RecordKind, record_id: UUID) -> str:
    """The address of the record's page."""
    argument: dict[str, Any] = {f"{kind.value}_id": record_id}
    return url_for(f"register.show_{kind.value}", **argument)


def licence_name(licence: Licence) -> str:
    return f"{licence.kind.label} {licence.number}"
