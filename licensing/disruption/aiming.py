"""Whom or what an action is directed at, as a record: found by what was typed, or passed on by another page.

Premises of every council are found, by what is public of them; people, vehicles, organisations and licences on the
register that the reader reads, and by nobody else. What a page passes on stands in the address as a kind and an id.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import or_, select

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.disruption import queries
from licensing.disruption.targets import Aim
from licensing.disruption.words import TargetKind
from licensing.matching.identifiers import normalise
from licensing.permissions import Permission
from licensing.register import queries as register
from licensing.register.models import Licence, Organisation, Person, Vehicle
from licensing.register.names import licence_name

_SHORTEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A record that an action may be directed at: `words` tell it from others; `note` is for whoever chose it."""

    aim: Aim
    words: str
    note: str = ""

    @property
    def key(self) -> str:
        """How a form names it; empty for what is only a name."""
        return f"{self.aim.record_id}:{self.aim.of_authority_id}" if self.aim.record_id else ""


# By what was typed


def found(kind: TargetKind | None, words: str) -> list[Found]:
    """The records that fit; that people, vehicles, firms or licences were looked for is kept first."""
    if kind is None or len(words.strip()) < _SHORTEST_WORDS:
        return []
    if kind is TargetKind.PREMISES:
        return [place(one) for one in queries.places_found(words)]
    finder = _FINDERS.get(kind)
    if finder is None or not signed_in_user().may(Permission.REGISTER_READ):
        return []
    audit.record_alone(Action.SEARCHED, ObjectKind(kind.value))
    return list(finder(words))


def place(row: Any) -> Found:
    """Premises by what is public of them: a row with id, authority_id, name, address_lines and postcode."""
    lines = ", ".join(row.address_lines.splitlines())
    aim = Aim(TargetKind.PREMISES, row.name, lines, row.postcode, row.id, row.authority_id)
    return Found(aim, _joined(row.name, lines, row.postcode))


def _people(words: str) -> Iterator[Found]:
    page = register.people_page(register.PeopleFilter(words), "name", False, 1, dates.today())
    return (_person(one) for one in page.items)


def _person(one: Person, note: str = "") -> Found:
    born = f"born {dates.in_words(one.date_of_birth)}" if one.date_of_birth else "date of birth not recorded"
    aim = Aim(TargetKind.PERSON, one.name, record_id=one.id, of_authority_id=one.authority_id)
    return Found(aim, _joined(one.name, born, one.reference), note)


def _vehicle(one: Vehicle) -> Found:
    aim = Aim(TargetKind.VEHICLE, one.vrm, record_id=one.id, of_authority_id=one.authority_id)
    return Found(aim, _joined(one.vrm, one.make, one.model, one.colour))


def _organisation(one: Organisation) -> Found:
    aim = Aim(TargetKind.ORGANISATION, one.name, record_id=one.id, of_authority_id=one.authority_id)
    return Found(aim, _joined(one.name, one.reference, one.company_no and f"company {one.company_no}"))


def _licence(one: Licence) -> Found:
    aim = Aim(TargetKind.LICENCE, one.number, record_id=one.id, of_authority_id=one.authority_id)
    holder = one.person or one.organisation
    return Found(aim, _joined(licence_name(one), holder and holder.name))


def _licences(words: str) -> Iterator[Found]:
    number = normalise(words)
    held = select(Licence).where(or_(Licence.number_key == number, Licence.badge_key == number))
    return (_licence(one) for one in db.session.scalars(held.order_by(Licence.kind, Licence.id)))


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


_FINDERS: dict[TargetKind, Callable[[str], Iterator[Found]]] = {
    TargetKind.PERSON: _people,
    TargetKind.VEHICLE: lambda words: map(_vehicle, register.vehicles_page(words, 1).items),
    TargetKind.ORGANISATION: lambda words: map(_organisation, register.organisations_page(words, 1).items),
    TargetKind.LICENCE: _licences,
}


# As a page passes it on


@dataclass(frozen=True)
class _Passing:
    exists: Callable[[UUID], bool]
    makes: Callable[[UUID], Found]


_passing: dict[str, _Passing] = {}


def passes_on(kind: ObjectKind, exists: Callable[[UUID], bool], makes: Callable[[UUID], Found]) -> None:
    """Declares that pages of such a record lead to considering an action about it."""
    _passing[kind.value] = _Passing(exists, makes)


def about(kind: ObjectKind, record_id: UUID) -> str:
    """A record as an address names it."""
    return f"{kind.value}:{record_id}"


def passed_on(written: str | None) -> Found | None:
    """The record that an address names, None without one. One that this reader may not know of is a 404."""
    if not written:
        return None
    kind, _, id_written = written.partition(":")
    passing = _passing.get(kind) or abort(404)
    try:
        record_id = UUID(id_written)
    except ValueError:
        abort(404)
    if not passing.exists(record_id):
        audit.record_alone(Action.REFUSED, ObjectKind(kind), record_id)
        abort(404)
    audit.record_alone(Action.LOOKED, ObjectKind(kind), record_id)
    return passing.makes(record_id)


def _person_passed(person_id: UUID) -> Found:
    """Of a record that was merged, the one that stands for it now."""
    one = register.person(person_id)
    if one.merged_into_id is None:
        return _person(one)
    while one.merged_into_id:
        one = register.person(one.merged_into_id)
    return _person(one, f"The record you came from was merged into {one.reference}. The action is directed at that.")


passes_on(ObjectKind.PERSON, register.person_exists, _person_passed)
passes_on(ObjectKind.VEHICLE, register.record_exists(Vehicle), lambda one: _vehicle(register.vehicle(one)))
passes_on(
    ObjectKind.ORGANISATION, register.record_exists(Organisation), lambda one: _organisation(register.organisation(one))
)
passes_on(ObjectKind.LICENCE, register.record_exists(Licence), lambda one: _licence(register.licence(one)))
