"""What files of things are about: vehicles, operators and places, each with its columns and what it is known by."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from licensing.imports.organisation_names import organisation_key
from licensing.matching.identifiers import normalise
from licensing.register.catalogue import Family, Held, LicenceKind, kinds_held, kinds_of
from licensing.register.details import OrganisationDetails, PremisesDetails, VehicleDetails
from licensing.register.models import Organisation, Premises, Vehicle
from licensing.register.places import PremisesKind
from licensing.register.rows import Rows
from licensing.register.rules import filed_under

Facts = Mapping[str, Any]
Key = tuple[str, Hashable]


@dataclass(frozen=True)
class Subject:
    """What a kind of file is about.

    `facts` gives each fact's column; `keys` what a row means a thing by, the surest first, besides its key in the
    council's own system and its licence's number, and `filed_by` all by which a thing can be meant; `own` the facts,
    by their keys, that no two things share; `derived` the columns that follow from the facts.
    """

    noun: str
    model: type[Vehicle] | type[Organisation] | type[Premises]
    kinds: tuple[LicenceKind, ...]
    licence_column: str
    facts: Mapping[str, str]
    keys: Callable[[Facts], Iterator[Key]]
    filed_by: Callable[[Facts], Iterator[Key]]
    own: Mapping[str, str]
    derived: Callable[[Facts], dict[str, Any]]
    add: Callable[[Rows, Facts, str | None], UUID]
    unchanging: frozenset[str] = frozenset()
    tell_apart: frozenset[str] = frozenset()  # two that have different ones are two, whatever else agrees

    def are_two(self, one: Facts, other: Facts) -> bool:
        return any(one[name] and other[name] and one[name] != other[name] for name in self.tell_apart)

    def are_alike(self, one: Facts, other: Facts) -> bool:
        return all(one[name] == other[name] for name in self.tell_apart)

    def column_of(self, key: Key) -> str:
        """The column that a reason to reject a row for this key is said of."""
        return self.own.get(key[0], "name")

    def columns(self, facts: Facts) -> dict[str, Any]:
        """The row's own columns as these facts make them."""
        return {self.facts[name]: value for name, value in facts.items()} | self.derived(facts)


def _keys_of_vehicle(facts: Facts) -> Iterator[Key]:
    yield "registration mark", normalise(facts["vrm"])


def _keys_of_operator(facts: Facts) -> Iterator[Key]:
    if facts["company_no"]:
        yield "company number", facts["company_no"]
    yield "name", organisation_key(facts["name"])


def _keys_of_premises(facts: Facts) -> Iterator[Key]:
    """By its UPRN, else by its name and where it is, as nearly as is said."""
    ways = _filed_by_of_premises(facts)
    if facts["uprn"]:
        yield next(ways)
    yield next(ways)


def _filed_by_of_premises(facts: Facts) -> Iterator[Key]:
    """A row that says less of where the place is than the register does can mean it still."""
    name = filed_under(facts["name"])
    if facts["uprn"]:
        yield "UPRN", facts["uprn"]
    if facts["postcode"]:
        yield "name and postcode", (name, normalise(facts["postcode"]))
    if facts["address"]:
        yield "name and address", (name, normalise(facts["address"]))
    yield "name", name


def _add_vehicle(rows: Rows, facts: Facts, source_id: str | None) -> UUID:
    return rows.add_vehicle(VehicleDetails(**facts, source_id=source_id))


def _add_operator(rows: Rows, facts: Facts, source_id: str | None) -> UUID:
    return rows.add_organisation(OrganisationDetails(**facts, source_id=source_id))


def _add_premises(rows: Rows, facts: Facts, source_id: str | None) -> UUID:
    known = {**facts, "kind": facts["kind"] or PremisesKind.OTHER}
    return rows.add_premises(PremisesDetails(**known, source_id=source_id))


def _named(facts: Facts) -> dict[str, Any]:
    return {"sort_name": filed_under(facts["name"])}


_WHERE = {"address": "address_lines", "postcode": "postcode"}

VEHICLES = Subject(
    noun="vehicle",
    model=Vehicle,
    kinds=kinds_held(Held.VEHICLE),
    licence_column="vehicle_id",
    facts={name: name for name in ("vrm", "make", "model", "colour", "wheelchair_accessible")},
    keys=_keys_of_vehicle,
    filed_by=_keys_of_vehicle,
    own={"registration mark": "vrm"},
    derived=lambda facts: {"vrm_key": normalise(facts["vrm"])},
    add=_add_vehicle,
)
OPERATORS = Subject(
    noun="operator",
    model=Organisation,
    kinds=kinds_of(Family.OPERATOR),
    licence_column="organisation_id",
    facts={"name": "name", "kind": "kind", "company_no": "company_no", **_WHERE},
    keys=_keys_of_operator,
    filed_by=_keys_of_operator,
    own={"company number": "company_no"},
    derived=lambda facts: {**_named(facts), "company_no": facts["company_no"] or None},
    add=_add_operator,
    unchanging=frozenset({"kind"}),
    tell_apart=frozenset({"company_no", "postcode"}),
)
PREMISES = Subject(
    noun="place",
    model=Premises,
    kinds=kinds_held(Held.PREMISES),
    licence_column="premises_id",
    facts={"name": "name", "kind": "kind", "uprn": "uprn", **_WHERE},
    keys=_keys_of_premises,
    filed_by=_filed_by_of_premises,
    own={"UPRN": "uprn"},
    derived=lambda facts: {**_named(facts), "kind": facts["kind"] or PremisesKind.OTHER},
    add=_add_premises,
    tell_apart=frozenset({"uprn"}),
)
