"""The acting authority's things and holders as a plan compares a file with them: read whole, in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from licensing.db import db
from licensing.imports.corrected import NONE, Mistake, mistakes_of
from licensing.imports.existing import KnownLicence, LicenceNumber, known_licences
from licensing.imports.organisation_names import organisation_key
from licensing.imports.subjects import Facts, Key, Subject
from licensing.register.details import LicenceDetails
from licensing.register.events import Event, RecordKind
from licensing.register.models import FoodRegistration, Organisation, Person, Position, Premises, Vehicle
from licensing.register.parts import OrganisationKind, PositionKind

_AT_ONCE = 5_000
_RECORDS = {Vehicle: RecordKind.VEHICLE, Organisation: RecordKind.ORGANISATION, Premises: RecordKind.PREMISES}


@dataclass(slots=True)
class Holder:
    """Who plays a part: an organisation, of the register or new with this file, or a written name."""

    name: str
    organisation: KnownOrganisation | None = None


@dataclass(slots=True, eq=False)
class KnownOrganisation:
    """An organisation; without an id it is new with this file."""

    name: str
    id: UUID | None = None
    kind: OrganisationKind | None = None


@dataclass(slots=True, eq=False)
class PartPlayed:
    """A part that is played now; without an id it is new with this file. `ended` when the file names another."""

    kind: PositionKind
    holder: Holder
    id: UUID | None = None
    from_on: date | None = None
    ended: bool = False


@dataclass(slots=True, eq=False)
class Thing:
    """A vehicle, an operator or a place; without an id it is new with this file."""

    facts: dict[str, Any]
    source_id: str | None
    id: UUID | None = None
    reference: str = ""
    changed: bool = False
    former: dict[str, Any] = field(default_factory=dict)  # facts before this file, where they changed
    parts: list[PartPlayed] = field(default_factory=list)
    only_filled: bool = False  # another file says what it is called and where it is
    mistakes: frozenset[Mistake] = NONE


@dataclass(slots=True, eq=False)
class ThingLicence:
    """A licence of a thing: `known` is its state, `added` the events that the file adds.

    Without `known.id` it is new with this file, and `details` is what it is.
    """

    thing: Thing
    known: KnownLicence
    details: LicenceDetails | None = None
    added: list[Event] = field(default_factory=list)
    former_badge_no: str = ""
    new_badge: bool = False
    holder: KnownOrganisation | None = None
    parts: list[PartPlayed] = field(default_factory=list)

    @property
    def as_brought(self) -> LicenceDetails:
        """A new licence with all that the rows of this file say of it."""
        assert self.details is not None, "only a new licence is brought"
        return replace(self.details, badge_no=self.known.badge_no, events=(*self.details.events, *self.added))


@dataclass
class KnownThings:
    """Everything of one sort on the register, by what it is known by, with its licences."""

    as_at: date
    subject: Subject
    by_id: dict[UUID, Thing] = field(default_factory=dict)
    by_source: dict[str, Thing] = field(default_factory=dict)
    by_key: dict[Key, list[Thing]] = field(default_factory=dict)
    licences: dict[LicenceNumber, ThingLicence] = field(default_factory=dict)
    organisations: dict[Hashable, KnownOrganisation] = field(default_factory=dict)

    def file(self, thing: Thing) -> None:
        """Let the thing be found by what it is known by now."""
        for key in self.subject.filed_by(thing.facts):
            self.by_key.setdefault(key, []).append(thing)
        if thing.source_id:
            self.by_source.setdefault(thing.source_id, thing)

    def of_key(self, key: Key) -> list[Thing]:
        """The things that are known by this now, whatever they were known by before."""
        filed = dict.fromkeys(self.by_key.get(key, ()))
        return [thing for thing in filed if key in self.subject.filed_by(thing.facts)]

    def named_by(self, facts: Facts, key: Key) -> list[Thing]:
        """The things that these facts can mean by this key: of several those that nothing tells apart from them."""
        like = [thing for thing in self.of_key(key) if not self.subject.are_two(facts, thing.facts)]
        return [thing for thing in like if self.subject.are_alike(facts, thing.facts)] or like


def known_things(subject: Subject, today: date) -> KnownThings:
    """Row-level security narrows all of it to the acting authority."""
    known = KnownThings(today, subject)
    for thing in _things(subject):
        known.by_id[_id_of(thing)] = thing
        known.file(thing)
    for id_, mistakes in mistakes_of(_RECORDS[subject.model]).items():
        known.by_id[id_].mistakes = mistakes
    for id_ in _in_the_food_register(subject):
        known.by_id[id_].only_filled = True
    for number, licence, of_id in known_licences(today, subject.kinds, subject.licence_column):
        known.licences[number] = ThingLicence(known.by_id[of_id], licence)
    known.organisations = {
        organisation_key(name): KnownOrganisation(name, id_)
        for id_, name in db.session.execute(
            select(Organisation.id, Organisation.name).order_by(Organisation.recorded_at.desc(), Organisation.id)
        )
    }
    _add_parts(known)
    return known


def _id_of(thing: Thing) -> UUID:
    assert thing.id is not None, "read from the register"
    return thing.id


def _in_the_food_register(subject: Subject) -> Iterable[UUID]:
    """Places whose name and address come from the Food Hygiene Rating Scheme, and would change to and fro."""
    return db.session.scalars(select(FoodRegistration.premises_id)) if subject.model is Premises else ()


def _things(subject: Subject) -> Iterator[Thing]:
    model = subject.model
    columns = [getattr(model, column) for column in subject.facts.values()]
    rows = db.session.execute(
        select(model.id, model.reference, model.source_id, *columns)
        .order_by(model.recorded_at, model.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for id_, reference, source_id, *values in rows:
        yield Thing(dict(zip(subject.facts, values, strict=True)), source_id, id_, reference)


def _add_parts(known: KnownThings) -> None:
    """Who plays a part now, in the things and in their licences."""
    on_thing: defaultdict[UUID, list[PartPlayed]] = defaultdict(list)
    for of_id, part in _parts(known.as_at):
        on_thing[of_id].append(part)
    for id_, thing in known.by_id.items():
        thing.parts = on_thing.get(id_, thing.parts)
    for licence in known.licences.values():
        licence.parts = on_thing.get(licence.known.id, licence.parts)


def _parts(today: date) -> Iterable[tuple[UUID, PartPlayed]]:
    rows = db.session.execute(
        select(
            Position.of_vehicle_id,
            Position.of_premises_id,
            Position.of_licence_id,
            Position.id,
            Position.kind,
            Position.from_on,
            Position.written_name,
            Position.organisation_id,
            Organisation.name.label("organisation"),
            Person.given_names,
            Person.family_name,
        )
        .outerjoin(Organisation, Organisation.id == Position.organisation_id)
        .outerjoin(Person, Person.id == Position.person_id)
        .where(
            or_(Position.until_on.is_(None), Position.until_on >= today),
            Position.superseded_at.is_(None),
            Position.of_organisation_id.is_(None),
        )
        .order_by(Position.recorded_at, Position.id)
        .execution_options(yield_per=_AT_ONCE)
    )
    for row in rows:
        name = row.written_name or row.organisation or f"{row.given_names} {row.family_name}".strip()
        organisation = KnownOrganisation(row.organisation, row.organisation_id) if row.organisation_id else None
        of_id = row.of_vehicle_id or row.of_premises_id or row.of_licence_id
        yield of_id, PartPlayed(row.kind, Holder(name, organisation), row.id, row.from_on)
