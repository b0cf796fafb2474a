"""Recording a test purchase; where a place did not wholly pass, somebody goes again and training is offered."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.disruption.targets import Aim
from licensing.errors import RuleBroken
from licensing.operations import rules
from licensing.operations.models import TestPurchase
from licensing.operations.words import TestKind
from licensing.references import new_reference
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

PREFIX = "TP"


@dataclass(frozen=True)
class Tried:
    """A test and its three parts. `accepted`: the booking was taken, or alcohol or tobacco served."""

    place: Aim
    on_day: date
    kind: TestKind
    accepted: bool
    id_asked: bool
    police_called: bool
    recording_agency_id: UUID
    operation_id: UUID | None = None


def record_test(user: ActingUser, given: Tried) -> UUID:
    """Keep what a place did, and open what follows from it. RuleBroken for a day to come."""
    if given.on_day > dates.today():
        raise RuleBroken("The date must be today or in the past", "on_day")
    test_id = uuid4()
    result = rules.result_of(given.kind, accepted=given.accepted, police_called=given.police_called)
    row = {
        "id": test_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "operation_id": given.operation_id,
        "recording_agency_id": given.recording_agency_id,
        "name": given.place.name,
        "address": given.place.address,
        "postcode": given.place.postcode,
        "record_id": given.place.record_id,
        "of_authority_id": given.place.of_authority_id,
        "on_day": given.on_day,
        "kind": given.kind,
        "accepted": given.accepted,
        "id_asked": given.id_asked,
        "police_called": given.police_called,
        "result": result,
        "recorded_by": user.id,
    }
    db.session.execute(insert(TestPurchase).inline(), [row])
    audit.record(Did.ADDED, ObjectKind.TEST_PURCHASE, test_id, details={"result": result.value})
    if rules.needs_more(result):
        _open_what_follows(user, test_id)
    return test_id


def _open_what_follows(user: ActingUser, test_id: UUID) -> None:
    """Whoever recorded it goes again and offers training, or hands these on."""
    about, today = (ObjectKind.TEST_PURCHASE, test_id), dates.today()
    again = today + timedelta(days=rules.REVISIT_DAYS)
    offer = today + timedelta(days=rules.TRAINING_DAYS)
    mine, why = For(user_id=user.id), "A test purchase was not wholly passed"
    tasks.open_task(user, TaskKind.VISIT, mine, again, why, note="test the place again", about=about)
    tasks.open_task(user, TaskKind.FOLLOW_UP, mine, offer, why, note="offer training to its staff", about=about)
