"""What a plan for an attendance list will write."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db, insert_many
from licensing.imports.known_training import KnownRecord, offer_of
from licensing.imports.rows_training import TrainingRow
from licensing.training import changes as training
from licensing.training.models import TrainingRecord
from licensing.training.queries import Known
from licensing.training.rules import Audience, Given

_AT_ONCE = 5_000


@dataclass(frozen=True)
class Step:
    """A record to write, and the one that it supersedes."""

    row: TrainingRow
    given: Given
    record: KnownRecord
    audience: Audience
    known: Known | None
    in_place_of: UUID | None


class TrainingSteps:
    """Gathers steps while a file is planned; `apply` writes them all.

    An attendance list is no register: nothing that it has must be in the next one, so that no unit is written.
    """

    written: tuple[UUID, ...] = ()

    def __init__(self, user: ActingUser) -> None:
        self._user = user
        self._added: dict[int, Step] = {}
        self._offers: list[dict[str, Any]] = []

    def add(self, step: Step) -> None:
        self._added[id(step.record)] = step

    def take_back(self, record: KnownRecord) -> UUID | None:
        """Not to write what a later row of the file says better; returns what it superseded."""
        return self._added.pop(id(record)).in_place_of

    def offer(self, row: TrainingRow) -> None:
        self._offers.append(offer_of(row))

    def apply(self) -> None:
        fresh = []
        for one in self._added.values():
            if one.in_place_of:
                self._complete(one, one.in_place_of)
            else:
                fresh.append(self._values(one))
        insert_many(TrainingRecord, fresh)
        trail = [(row["id"], self._user.authority.id) for row in fresh]
        audit.record_many(Action.ADDED, ObjectKind.TRAINING, trail, details={"what": "attendance list"})
        for start in range(0, len(self._offers), _AT_ONCE):
            some = json.dumps(self._offers[start : start + _AT_ONCE])
            db.session.execute(text("CALL offer_training(CAST(:rows AS jsonb))"), {"rows": some})

    def _complete(self, step: Step, before_id: UUID) -> None:
        given, record = step.given, step.record
        said = {"result": given.result, "course": given.course, "provider": given.provider}
        days = {"booked_for": given.booked_for, "completed_on": given.completed_on, "expires_on": given.expires_on}
        keys = {"certificate_no": record.certificate_no or None, "source_id": record.source_id or None}
        known = {name: value for name, value in {**days, **keys}.items() if value is not None}
        training.complete(self._user, before_id, {**said, **known})

    def _values(self, step: Step) -> dict[str, Any]:
        given, record = step.given, step.record
        return {
            "id": uuid4(),
            "authority_id": self._user.authority.id,
            "person_id": record.person_id,
            "result": given.result,
            "audience": step.audience,
            "course": given.course,
            "provider": given.provider,
            "course_version_id": step.known.version.id if step.known else None,
            "booked_for": given.booked_for,
            "completed_on": given.completed_on,
            "expires_on": given.expires_on,
            "certificate_no": record.certificate_no or None,
            "source_id": record.source_id or None,
            "recorded_by": self._user.id,
        }
