"""What a plan for decisions will write."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, update

from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.imports.known_decisions import DriverLicence, KnownEvent
from licensing.keys import FieldKeys
from licensing.register import rederive
from licensing.register.models import LicenceEvent
from licensing.register.rows import Rows


@dataclass(frozen=True)
class _Added:
    licence: DriverLicence
    event: KnownEvent
    in_place_of: UUID | None


class DecisionSteps:
    """Gathers steps while a file is planned; `apply` writes them all."""

    def __init__(self, authority_id: UUID, keys: FieldKeys) -> None:
        self.rows = Rows(authority_id, keys)
        self._added: dict[int, _Added] = {}
        self.written: list[UUID] = []

    def add(self, licence: DriverLicence, event: KnownEvent, in_place_of: UUID | None) -> None:
        self._added[id(event)] = _Added(licence, event, in_place_of)

    def take_back(self, event: KnownEvent) -> UUID | None:
        """Not to write an event of an earlier row that a later one replaces; returns what that one superseded."""
        return self._added.pop(id(event)).in_place_of

    def apply(self) -> None:
        superseded = [one.in_place_of for one in self._added.values() if one.in_place_of]
        if superseded:
            of_those = update(LicenceEvent).where(LicenceEvent.id.in_(superseded))
            db.session.execute(of_those.values(superseded_at=func.now()))
        for one in self._added.values():
            self.rows.add_event(
                one.licence.id,
                one.event.event,
                power=one.event.power or None,
                permanent=one.event.permanent,
                irregular=one.event.irregular,
                source_id=one.event.source_id or None,
                supersedes_id=one.in_place_of,
            )
        self.written = [row["id"] for row in self.rows.tables[LicenceEvent]]
        self.rows.write()
        filled_in = {one.licence.id: self.rows.authority_id for one in self._added.values() if one.in_place_of}
        audit.record_many(Action.CHANGED, ObjectKind.LICENCE, list(filled_in.items()), details={"what": "decision"})
        rederive.licences(list(dict.fromkeys(one.licence.id for one in self._added.values())))
