"""What a council does about a concern: acknowledged, linked, looked into, referred, passed on, closed.

Each is a step that stays, and none is taken once the concern is closed.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import queries
from licensing.concerns.changes.raising import deliver_on
from licensing.concerns.models import Concern, ConcernStep
from licensing.concerns.rules import LedTo, StepKind, check_answered, check_day, check_open
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register.events import RecordKind
from licensing.sealing import sealed
from licensing.suitability.changes import concerns as complaints
from licensing.suitability.changes import considerations
from licensing.suitability.concerns import ComplaintCategory, ComplaintSource
from licensing.suitability.rules import Ground, Source
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

NOT_HERE = "No record of your register has this reference, registration mark or licence number"


def acknowledge(_user: ActingUser, concern_id: UUID, words: str) -> None:
    """Answer whoever raised it. RuleBroken where somebody did."""
    concern = _open(concern_id)
    if concern.acknowledged_on:
        raise RuleBroken("Somebody acknowledged this concern a moment ago. Nothing was changed.")
    concern.acknowledged_on = dates.today()
    concern.acknowledgement_sealed = sealed(Concern, "acknowledgement_sealed", concern_id, words)
    _step(concern, StepKind.ACKNOWLEDGED, action=Action.ACKNOWLEDGED)
    _settle(concern_id, "The concern was acknowledged.")


def note(_user: ActingUser, concern_id: UUID, words: str) -> None:
    """Something to keep with the file, which whoever raised it does not see."""
    _step(_open(concern_id), StepKind.NOTED, words=words)


def link(_user: ActingUser, concern_id: UUID, typed: str) -> None:
    """Say which record of the register it is about. RuleBroken where none is found, or it is linked already."""
    concern, found = _open(concern_id), queries.record_of(typed)
    if found is None:
        raise RuleBroken(NOT_HERE, "reference")
    if found in queries.linked_with(concern_id):
        raise RuleBroken("The concern is linked with this record already", "reference")
    _step(concern, StepKind.LINKED, led_to=found, action=Action.LINKED)


def open_complaint(
    user: ActingUser,
    concern_id: UUID,
    about: tuple[LedTo, UUID],
    category: ComplaintCategory,
    source: ComplaintSource,
    summary: str,
) -> UUID:
    """Record a complaint about a record of the register that the concern is linked with."""
    concern = _open(concern_id)
    given: dict[str, Any] = {
        "category": category,
        "source": source,
        "received_on": concern.raised_on,
        "summary": summary,
        "case_reference": None,
    }
    complaint_id = complaints.record_complaint(user, RecordKind(about[0].value), about[1], given)
    _step(concern, StepKind.COMPLAINT, led_to=(LedTo.COMPLAINT, complaint_id))
    return complaint_id


def open_consideration(
    user: ActingUser, concern_id: UUID, licence_id: UUID, source: Source, ground: Ground, words: str
) -> UUID:
    """Open the question whether a holder is fit and proper. RuleBroken where the law knows no such ground."""
    concern = _open(concern_id)
    opened_id = considerations.open_consideration(user, licence_id, source, ground, dates.today(), words)
    _step(concern, StepKind.CONSIDERATION, led_to=(LedTo.CONSIDERATION, opened_id))
    return opened_id


def refer_to_mash(_user: ActingUser, concern_id: UUID, on: date, words: str, reference: str) -> None:
    """That it was referred to the MASH, outside this service: when, who spoke with whom, and the MASH's reference."""
    concern = _open(concern_id)
    check_day(on, concern.raised_on)
    _step(concern, StepKind.MASH, on=on, words=words, reference=reference)


def pass_on(user: ActingUser, concern_id: UUID, to: UUID, words: str) -> None:
    """Deliver it to another council, whose it is from then on; here it is closed."""
    concern = _open(concern_id)
    if to not in {one.id for one in queries.councils(dates.today())} - {user.authority.id}:
        raise RuleBroken("Select one of the councils listed", "council")
    deliver_on(user, concern, to, words)
    audit.record(Action.CHANGED, ObjectKind.CONCERN, concern_id, details={"step": StepKind.PASSED_ON})
    _close(concern, "The concern was passed on.")


def take_no_action(_user: ActingUser, concern_id: UUID, words: str) -> None:
    """Close it with the reason why nothing more is done."""
    concern = _open(concern_id)
    _step(concern, StepKind.NO_ACTION, words=words)
    _close(concern, "The concern needs no further action.")


def close(_user: ActingUser, concern_id: UUID, words: str) -> None:
    """Close what has been answered. RuleBroken where nothing came of it yet."""
    concern = _open(concern_id)
    check_answered({one.kind for one in queries.steps_of(concern_id)})
    _step(concern, StepKind.CLOSED, words=words)
    _close(concern, "The concern was closed.")


def _open(concern_id: UUID) -> Concern:
    concern = queries.concern_for_update(concern_id)
    check_open(concern.closed_on)
    return concern


def _close(concern: Concern, words: str) -> None:
    concern.closed_on = dates.today()
    db.session.flush()
    _settle(concern.id, words)


def _settle(concern_id: UUID, words: str) -> None:
    tasks.settle(TaskKind.CONSIDER_CONCERN, (ObjectKind.CONCERN, concern_id), words)


def _step(
    concern: Concern,
    kind: StepKind,
    *,
    on: date | None = None,
    words: str = "",
    reference: str = "",
    led_to: tuple[LedTo, UUID] | None = None,
    action: Action = Action.CHANGED,
) -> None:
    step_id = uuid4()
    step = ConcernStep(
        id=step_id,
        authority_id=concern.authority_id,
        concern_id=concern.id,
        kind=kind,
        on_day=on or dates.today(),
        words_sealed=sealed(ConcernStep, "words_sealed", step_id, words),
        reference_sealed=sealed(ConcernStep, "reference_sealed", step_id, reference),
        object_kind=led_to[0] if led_to else None,
        object_id=led_to[1] if led_to else None,
    )
    db.session.add(step)
    db.session.flush()
    audit.record(action, ObjectKind.CONCERN, concern.id, details={"step": kind})
