"""Powers, actions and places, as a file of disruption is compared with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.disruption import queries
from licensing.disruption.models import Action, PowerRow
from licensing.disruption.powers import Power, code_key
from licensing.disruption.rules import Event, Span
from licensing.disruption.targets import key_of
from licensing.disruption.words import Effect, EventKind, TargetKind
from licensing.imports.known_agencies import KnownAgencies
from licensing.imports.rows_disruption import DisruptionRow
from licensing.matching.identifiers import normalise
from licensing.register.rules import filed_under

TargetKey = tuple[TargetKind, bytes, str]
Place = tuple[UUID, UUID]
"""A record of a register, and whose register it is."""


@dataclass(frozen=True, slots=True)
class PowerVersion:
    """One version of a power, and its row."""

    id: UUID
    power: Power


@dataclass(slots=True, eq=False)
class KnownAction:
    """An action as it is recorded and as the file fills it in; without an id it is new with this file.

    `works` is whether the acting user's agency leads or joins it, and so may add to it; `told` how many events are
    recorded, those that were corrected too.
    """

    version: PowerVersion
    lead_agency_id: UUID
    decided_on: date
    events: list[Event] = field(default_factory=list)
    targets: set[TargetKey] = field(default_factory=set)
    agencies: set[UUID] = field(default_factory=set)
    results: dict[int, Effect] = field(default_factory=dict)
    works: bool = True
    told: int = 0
    withdrawn: frozenset[EventKind] = frozenset()
    id: UUID | None = None


@dataclass
class KnownDisruption:
    """What is there: versions of powers by code, agencies, actions by key, places by name and postcode, closures."""

    powers: dict[str, list[PowerVersion]]
    agencies: KnownAgencies
    actions: dict[str, KnownAction]
    places: dict[tuple[str, str], Place]
    closures: defaultdict[tuple[UUID, object], list[Span]]

    def place(self, name: str, postcode: str) -> Place | None:
        """The one place of the registers with exactly this name and postcode."""
        return self.places.get((filed_under(name), _plain(postcode)))


def target_key(kind: TargetKind, name: str, postcode: str) -> TargetKey:
    """By which the same target is known again, however its name is spaced or capitalised."""
    return kind, key_of(kind, name), normalise(postcode)


def place_keys(record_id: UUID | None, name_key: bytes, postcode: str) -> list[object]:
    """By each of which the same premises are known again: name and postcode, and the record where it is known."""
    written = (name_key, normalise(postcode))
    return [record_id, written] if record_id else [written]


def known_disruption(user: ActingUser, rows: Sequence[DisruptionRow]) -> KnownDisruption:
    """What there is of these rows; row-level security narrows it to what the acting user may know of."""
    versions = [PowerVersion(row.id, row.as_power()) for row in queries.powers()]
    by_code: defaultdict[str, list[PowerVersion]] = defaultdict(list)
    for one in versions:
        by_code[code_key(one.power.code)].append(one)
    worked = queries.worked_actions()
    found = queries.actions_of_source(user.authority.id, {row.source_id for row in rows})
    return KnownDisruption(
        by_code,
        KnownAgencies(user.authority.id),
        {one.source_id or "": _known(one, worked) for one in found},
        _places(rows),
        _closures(rows),
    )


def _known(action: Action, worked: Collection[UUID]) -> KnownAction:
    return KnownAction(
        version=_version(action.power),
        lead_agency_id=action.lead_agency_id,
        decided_on=action.considered_on,
        events=[one.as_event() for one in action.told],
        told=len(action.events),
        withdrawn=frozenset(one.kind for one in action.events if one.withdrawn),
        targets={(one.kind, bytes(one.name_key), normalise(one.postcode)) for one in action.targets},
        agencies={one.agency_id for one in action.agencies},
        results={one.after_days: one.effect for one in action.reviews},
        works=action.id in worked,
        id=action.id,
    )


def _version(row: PowerRow) -> PowerVersion:
    return PowerVersion(row.id, row.as_power())


def _places(rows: Iterable[DisruptionRow]) -> dict[tuple[str, str], Place]:
    """Places that several registers have stay unlinked: which of them is meant is not known."""
    wanted = sorted(
        {(filed_under(row.target_name), _plain(row.postcode)) for row in rows if row.target_kind is TargetKind.PREMISES}
    )
    found: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for one in queries.places_named(wanted):
        found[one.name, one.postcode].append((one.id, one.authority_id))
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _closures(rows: Iterable[DisruptionRow]) -> defaultdict[tuple[UUID, object], list[Span]]:
    """When powers that close were in force on the places of these rows, by power and place."""
    names = {key_of(row.target_kind, row.target_name) for row in rows if row.target_kind is TargetKind.PREMISES}
    spans: defaultdict[tuple[UUID, object], list[Span]] = defaultdict(list)
    for one in queries.closures_of(names):
        for key in place_keys(one.record_id, bytes(one.name_key), one.postcode):
            spans[one.power_id, key].append(Span(one.in_force_on, one.last))
    return spans


def _plain(postcode: str) -> str:
    return postcode.replace(" ", "").lower()
