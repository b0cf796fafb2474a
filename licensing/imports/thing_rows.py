"""What a row says of a vehicle, an operator or a place, and of its licence: one shape for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from licensing.register.catalogue import LicenceKind
from licensing.register.events import EventKind
from licensing.register.parts import PositionKind
from licensing.register.places import Activity


@dataclass(frozen=True, slots=True)
class Part:
    """That somebody of this name plays a part: in the licence, where the row has one, else in the thing itself."""

    kind: PositionKind
    name: str


@dataclass(frozen=True, slots=True)
class ThingRow:
    """An accepted row. What is not given is "" or None.

    `facts` are by the names of VehicleDetails, OrganisationDetails or PremisesDetails, and `if_new` are those to go
    by where nobody has said anything. `licence_type` is None where the row brings no licence that can be kept.
    """

    row: int
    source_id: str
    facts: dict[str, Any]
    licence_no: str
    licence_type: LicenceKind | None
    if_new: Mapping[str, Any] = field(default_factory=dict)
    badge_no: str = ""
    status: EventKind | None = None
    granted_on: date | None = None
    starts_on: date | None = None
    expires_on: date | None = None
    activities: tuple[Activity, ...] = ()
    parts: tuple[Part, ...] = ()
    warnings: tuple[str, ...] = ()
