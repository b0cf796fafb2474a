"""Drivers' licences with the events that stand, as a file of decisions is compared with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from licensing.db import db
from licensing.register.catalogue import DRIVER_KINDS, LicenceKind
from licensing.register.events import Event
from licensing.register.models import Licence, LicenceEvent

_AT_ONCE = 5_000


@dataclass(slots=True, eq=False)
class KnownEvent:
    """An event of the register; without an id it is new with this file."""

    event: Event
    source_id: str = ""
    power: str = ""
    permanent: bool = False
    id: UUID | None = None
    irregular: bool = False


@dataclass(slots=True, eq=False)
class DriverLicence:
    id: UUID
    kind: LicenceKind
    number: str
    events: list[KnownEvent] = field(default_factory=list)


@dataclass
class KnownDecisions:
    """Drivers' licences by number, which may be that of several kinds; and whose event has which key."""

    by_number: dict[str, list[DriverLicence]]
    by_source: dict[str, DriverLicence]


def known_decisions(numbers: Iterable[str]) -> KnownDecisions:
    """The licences with these normalised numbers. Row-level security narrows them to the acting authority."""
    wanted, by_id = set(numbers), {}
    by_number: defaultdict[str, list[DriverLicence]] = defaultdict(list)
    found = select(Licence.id, Licence.kind, Licence.number, Licence.number_key).where(Licence.kind.in_(DRIVER_KINDS))
    for id_, kind, number, key in db.session.execute(
        found.order_by(Licence.kind, Licence.id).execution_options(yield_per=_AT_ONCE)
    ):
        if key in wanted:
            by_id[id_] = DriverLicence(id_, kind, number)
            by_number[key].append(by_id[id_])
    _add_events(by_id)
    keyed = select(LicenceEvent.source_id, LicenceEvent.licence_id, Licence.kind, Licence.number)
    keyed = keyed.join(Licence, Licence.id == LicenceEvent.licence_id)
    keyed = keyed.where(LicenceEvent.source_id.is_not(None), LicenceEvent.superseded_at.is_(None))
    by_source = {
        str(source_id): by_id.get(licence_id) or DriverLicence(licence_id, kind, number)
        for source_id, licence_id, kind, number in db.session.execute(keyed)
    }
    return KnownDecisions(dict(by_number), by_source)


def _add_events(licences: dict[UUID, DriverLicence]) -> None:
    ids = list(licences)
    for start in range(0, len(ids), _AT_ONCE):
        found = select(LicenceEvent).where(
            LicenceEvent.licence_id.in_(ids[start : start + _AT_ONCE]), LicenceEvent.superseded_at.is_(None)
        )
        for row in db.session.scalars(found.order_by(LicenceEvent.recorded_at, LicenceEvent.id)):
            known = KnownEvent(
                row.as_event(), row.source_id or "", row.power or "", row.permanent, row.id, row.irregular
            )
            licences[row.licence_id].events.append(known)
