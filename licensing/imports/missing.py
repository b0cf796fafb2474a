"""What the file before had of the register and this one has not: listed, never deleted and never changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from licensing.db import db
from licensing.register.models import Licence, LicenceEvent, Organisation, Person, Premises, Vehicle

_AT_ONCE = 5_000


@dataclass(frozen=True)
class Missing:
    """A licence, or what has none: the reference of its record, what it is, and its number."""

    reference: str
    what: str
    number: str


def missing_units(ids: Sequence[UUID]) -> Iterator[Missing]:
    """These in words, by number. What has been merged or is another authority's is left out."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        found = [one for read in (_licences, _decisions, _vehicles, _places) for one in read(some)]
        yield from sorted(found, key=lambda one: (one.what, one.number, one.reference))


def _licences(ids: Sequence[UUID]) -> Iterable[Missing]:
    for row in db.session.execute(_of_licence(Licence.kind).where(Licence.id.in_(ids))):
        yield Missing(row.reference, row.kind.label, row.number)


def _decisions(ids: Sequence[UUID]) -> Iterable[Missing]:
    """Those that still stand."""
    found = _of_licence(LicenceEvent.kind).join(LicenceEvent, LicenceEvent.licence_id == Licence.id)
    for row in db.session.execute(found.where(LicenceEvent.id.in_(ids), LicenceEvent.superseded_at.is_(None))):
        yield Missing(row.reference, row.kind.label, row.number)


def _of_licence(kind: Any) -> Any:
    """This kind, the licence's number, and the reference of the record that the licence hangs on."""
    reference = func.coalesce(Vehicle.reference, Premises.reference, Person.reference, Organisation.reference)
    return (
        select(kind.label("kind"), Licence.number, reference.label("reference"))
        .select_from(Licence)
        .outerjoin(Person, Person.id == Licence.person_id)
        .outerjoin(Organisation, Organisation.id == Licence.organisation_id)
        .outerjoin(Vehicle, Vehicle.id == Licence.vehicle_id)
        .outerjoin(Premises, Premises.id == Licence.premises_id)
    )


def _vehicles(ids: Sequence[UUID]) -> Iterable[Missing]:
    for reference, vrm in db.session.execute(select(Vehicle.reference, Vehicle.vrm).where(Vehicle.id.in_(ids))):
        yield Missing(reference, "Vehicle", vrm)


def _places(ids: Sequence[UUID]) -> Iterable[Missing]:
    for reference, name in db.session.execute(select(Premises.reference, Premises.name).where(Premises.id.in_(ids))):
        yield Missing(reference, "Place", name)
