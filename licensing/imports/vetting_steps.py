"""What a plan for checks will write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db, insert_many
from licensing.imports.known_vetting import KnownCheck
from licensing.sealing import seal
from licensing.vetting import changes
from licensing.vetting.models import VettingCheck, VettingStanding
from licensing.vetting.rows import check_row
from licensing.vetting.rules import Result

_WHY = "A file of the council says more or otherwise."
_ADVERSE = [one for one in Result if one.is_adverse]


@dataclass(frozen=True)
class _Added:
    person_id: UUID
    check: KnownCheck
    in_place_of: UUID | None


class VettingSteps:
    """Gathers steps while a file is planned; `apply` writes them all."""

    # A file of checks adds to what is known, and is no register of which the next file is the whole again.
    written: Sequence[UUID] = ()

    def __init__(self, user: ActingUser) -> None:
        self.user = user
        self._added: list[_Added] = []

    def add(self, person_id: UUID, check: KnownCheck, in_place_of: UUID | None) -> None:
        self._added.append(_Added(person_id, check, in_place_of))

    def apply(self) -> None:
        superseded = [one.in_place_of for one in self._added if one.in_place_of]
        if superseded:
            of_those = update(VettingCheck).where(VettingCheck.id.in_(superseded))
            db.session.execute(of_those.values(superseded_at=func.now()))
        rows = [self._row(one) for one in self._added]
        insert_many(VettingCheck, rows)
        for action, corrects in ((Action.ADDED, False), (Action.CORRECTED, True)):
            objects = [(row["id"], self.user.authority.id) for row in rows if bool(row["supersedes_id"]) is corrects]
            audit.record_many(action, ObjectKind.VETTING_CHECK, objects)
        self._ask_to_consider()

    def _row(self, one: _Added) -> dict[str, Any]:
        row = check_row(self.user, one.person_id, one.check.details)
        if one.in_place_of:
            row["supersedes_id"] = one.in_place_of
            row["correction_sealed"] = seal(VettingCheck, "correction_sealed", row["id"], _WHY)
        return row

    def _ask_to_consider(self) -> None:
        """A task for each holder of whom something adverse stands now."""
        people = {one.person_id for one in self._added if one.check.details.result.is_adverse}
        adverse = select(VettingStanding.person_id).where(VettingStanding.settled.in_(_ADVERSE)).distinct()
        found = adverse.where(VettingStanding.person_id.in_(people)).order_by(VettingStanding.person_id)
        for person_id in db.session.scalars(found).all() if people else ():
            changes.consider(self.user, person_id)
