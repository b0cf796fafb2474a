"""Keeping what a record said before: every correction, sealed and whole."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register.events import RecordKind
from licensing.register.models import Correction

Difference = tuple[str, str, str]
_PLACE = ("correction", "sealed")


def keep_correction(
    user: ActingUser,
    kind: RecordKind,
    record_id: UUID,
    differences: list[Difference],
    reason: str,
    *,
    proposal: Proposal | None = None,
    told: dict[str, Any] | None = None,
) -> None:
    """Keep (field, what it said, what it says) for all fields that differ. RuleBroken when none does.

    Where a second person agreed to a proposal, the correction is its proposer's. The trail names the fields; `told`
    is what else it may hold: dates of decisions, never a person's particulars.
    """
    if not differences:
        raise RuleBroken("Nothing is different from what is recorded. Change what is wrong, or go back.")
    row_id = uuid4()
    sealed = current_app.config["KEYS"].seal(json.dumps(differences).encode(), *_PLACE, row_id)
    db.session.add(
        Correction(
            id=row_id,
            authority_id=user.authority.id,
            record_kind=kind,
            record_id=record_id,
            sealed=sealed,
            reason=reason,
            corrected_by=proposal.proposed_by if proposal else user.id,
            proposal_id=proposal.id if proposal else None,
        )
    )
    fields = [field for field, _, _ in differences]
    audit.record(Action.CORRECTED, ObjectKind(kind.value), record_id, details={"fields": fields, **(told or {})})


def differences_of(correction: Correction) -> list[Difference]:
    """What was corrected, opened."""
    plain = current_app.config["KEYS"].open(correction.sealed, *_PLACE, correction.id)
    return [(field, before, after) for field, before, after in json.loads(plain)]


def what_was_wrong(kind: RecordKind) -> Iterator[tuple[UUID, str, str]]:
    """Record, field and what it wrongly said, of every correction of the acting authority's records of a kind."""
    for correction in db.session.scalars(select(Correction).where(Correction.record_kind == kind)):
        for field, before, _ in differences_of(correction):
            if before:
                yield correction.record_id, field, before
