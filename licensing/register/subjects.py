"""How the register's records are called by the rooms that point at them, for whoever may see them."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.register.events import RecordKind
from licensing.register.models import Person, Premises
from licensing.register.names import address_of_record, names_of
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject


@adds_subject(ObjectKind.PERSON)
def people(ids: list[UUID]) -> dict[UUID, Subject]:
    """People by name and reference, which tells namesakes apart."""
    found = select(Person.id, Person.given_names, Person.family_name, Person.reference).where(Person.id.in_(ids))
    return {
        row.id: (
            f"{row.given_names} {row.family_name}".strip() + f" ({row.reference})",
            url_for("register.show_person", person_id=row.id),
        )
        for row in db.session.execute(found.order_by(Person.id))
    }


@adds_subject(ObjectKind.PREMISES)
def premises(ids: list[UUID]) -> dict[UUID, Subject]:
    """Premises by their trading name."""
    found = select(Premises.id, Premises.name).where(Premises.id.in_(ids)).order_by(Premises.id)
    return {
        row.id: (row.name, url_for("register.show_premises", premises_id=row.id)) for row in db.session.execute(found)
    }


@adds_subject(ObjectKind.LICENCE)
def licences(ids: list[UUID]) -> dict[UUID, Subject]:
    """Licences by kind and number."""
    return _named(RecordKind.LICENCE, ids)


@adds_subject(ObjectKind.ORGANISATION)
def organisations(ids: list[UUID]) -> dict[UUID, Subject]:
    return _named(RecordKind.ORGANISATION, ids)


@adds_subject(ObjectKind.VEHICLE)
def vehicles(ids: list[UUID]) -> dict[UUID, Subject]:
    return _named(RecordKind.VEHICLE, ids)


def _named(kind: RecordKind, ids: list[UUID]) -> dict[UUID, Subject]:
    return {one: (name, address_of_record(kind, one)) for one, name in names_of(kind, ids).items()}
