"""What is recorded of people's training: one row for each thing said, the later superseding the earlier."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import inspect, select

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register.changes.merging import Moves, moves_with_person
from licensing.sealing import sealed
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind
from licensing.training import queries
from licensing.training.models import TrainingOffer, TrainingRecord
from licensing.training.rules import Audience, Delivery, Given, Result, check_given

moves_with_person(Moves(TrainingRecord))
moves_with_person(Moves(TrainingOffer))

SETTLED = "Somebody settled this a moment ago. Nothing was done again."
CORRECTED_MEANWHILE = "Somebody corrected this record in between. Look at what it says now."
NOT_WAITING = "This certificate does not wait to be verified any more. Nothing was changed."
# What a superseding row says anew; everything else it takes over.
_OF_ROW = frozenset({"id", "supersedes_id", "superseded_at", "recorded_by", "recorded_at"})


@dataclass(frozen=True)
class Details:
    """Besides what happened: by which course of the catalogue, how, and what proves it."""

    given: Given
    audience: Audience = Audience.DRIVER
    known: queries.Known | None = None
    delivery: Delivery | None = None
    certificate_no: str | None = None
    reason: str = ""
    source_id: str | None = None


def record_training(user: ActingUser, person_id: UUID, details: Details, today: date) -> UUID:
    """Record what somebody booked, attended or was let off; returns its id. Raises RuleBroken."""
    record = _row(user, person_id, details, today)
    db.session.add(record)
    audit.record(Action.ADDED, ObjectKind.TRAINING, record.id, details=_told(record))
    db.session.flush()
    _settle_lapse(record)
    return record.id


def correct(user: ActingUser, training_id: UUID, details: Details, today: date) -> UUID:
    """A further row says it rightly; what was said stays to be read. Returns the id of the row that stands.

    RuleBroken where somebody else has put another in its place already.
    """
    before = queries.record_for_update(training_id)
    if before.superseded_at:
        raise RuleBroken(CORRECTED_MEANWHILE)
    after = _row(user, before.person_id, details, today)
    after.source_id = before.source_id
    if after.result is Result.PASSED:
        verified = (before.verified_by, before.verified_at, before.verified_how)
        after.verified_by, after.verified_at, after.verified_how = verified
    _supersede(before, after)
    audit.record(Action.CORRECTED, ObjectKind.TRAINING, after.id, details={"before": _told(before), **_told(after)})
    return after.id


def complete(user: ActingUser, training_id: UUID, said: dict[str, Any]) -> UUID:
    """A further row says more of the same training, as a file brings it; who verified it stays.

    RuleBroken where somebody else has put another in its place already.
    """
    before = queries.record_for_update(training_id)
    if before.superseded_at:
        raise RuleBroken(CORRECTED_MEANWHILE)
    return _settle(before, _copy(user, before, **said))


def verify(user: ActingUser, training_id: UUID, how: str) -> UUID:
    """A certificate was found to be genuine and enough: it counts as a pass from now on."""
    before = _waiting(training_id)
    policy = queries.policy(user.authority.id, before.audience, before.completed_on or date.max)
    expires_on = before.expires_on or (policy.expiry(before.completed_on) if policy and before.completed_on else None)
    after = _copy(user, before, result=Result.PASSED, expires_on=expires_on)
    after.verified_by, after.verified_at, after.verified_how = user.id, db.func.now(), how
    return _settle(before, after)


def reject(user: ActingUser, training_id: UUID, reason: str) -> UUID:
    """A certificate is not accepted, and why; it stays to be read and counts for nothing."""
    before = _waiting(training_id)
    after = _copy(user, before, result=Result.REJECTED)
    after.reason_sealed = sealed(TrainingRecord, "reason_sealed", after.id, reason)
    return _settle(before, after)


def take_offer(user: ActingUser, offer_id: UUID, today: date) -> UUID:
    """Another council's row becomes a record of the person's, unless it is recorded already; returns the record.

    RuleBroken when somebody was quicker.
    """
    offer = _offer(offer_id)
    if there := queries.recorded_already(offer):
        _settled(user, offer, there)
        return there
    known = queries.Catalogue(user.authority.id).named(offer.course, offer.provider, offer.completed_on)
    policy = queries.policy(user.authority.id, Audience.DRIVER, offer.completed_on)
    accepted = known is not None and known.accepted
    passed = Result.PASSED if accepted else Result.CERTIFICATE_UNVERIFIED
    result = passed if offer.result is Result.PASSED else offer.result
    expires_on = offer.expires_on or (policy.expiry(offer.completed_on) if policy and accepted else None)
    given = Given(result, offer.course, offer.provider, completed_on=offer.completed_on, expires_on=expires_on)
    details = Details(given, known=known, certificate_no=offer.certificate_no)
    training_id = record_training(user, offer.person_id, details, today)
    _settled(user, offer, training_id)
    return training_id


def decline_offer(user: ActingUser, offer_id: UUID) -> None:
    """Another council's row is not taken in. RuleBroken when somebody was quicker."""
    offer = _offer(offer_id)
    _settled(user, offer, None)
    audit.record(Action.CHANGED, ObjectKind.PERSON, offer.person_id, details={"training_offer": "declined"})


def _row(user: ActingUser, person_id: UUID, details: Details, today: date) -> TrainingRecord:
    given, known, row_id = details.given, details.known, uuid4()
    check_given(given, known.version.pass_mark if known else None, today)
    return TrainingRecord(
        id=row_id,
        authority_id=user.authority.id,
        person_id=person_id,
        result=given.result,
        audience=details.audience,
        course=given.course,
        provider=given.provider,
        course_version_id=known.version.id if known else None,
        delivery=details.delivery,
        booked_for=given.booked_for,
        completed_on=given.completed_on,
        expires_on=given.expires_on,
        score=given.score,
        attempts=given.attempts,
        certificate_no=details.certificate_no,
        source_id=details.source_id,
        reason_sealed=sealed(TrainingRecord, "reason_sealed", row_id, details.reason),
        recorded_by=user.id,
    )


def _copy(user: ActingUser, before: TrainingRecord, **changed: Any) -> TrainingRecord:
    columns = [one.key for one in inspect(TrainingRecord).column_attrs if one.key not in _OF_ROW | {"reason_sealed"}]
    values = {name: getattr(before, name) for name in columns} | changed
    row_id = uuid4()
    reason = sealed(TrainingRecord, "reason_sealed", row_id, before.reason)
    return TrainingRecord(id=row_id, recorded_by=user.id, reason_sealed=reason, **values)


def _settle(before: TrainingRecord, after: TrainingRecord) -> UUID:
    _supersede(before, after)
    audit.record(Action.CHANGED, ObjectKind.TRAINING, after.id, details={"before": _told(before), **_told(after)})
    return after.id


def _supersede(before: TrainingRecord, after: TrainingRecord) -> None:
    after.supersedes_id = before.id
    before.superseded_at = db.func.now()
    db.session.flush()  # a key of another system stands in one row at a time
    db.session.add(after)
    db.session.flush()
    _settle_lapse(after)


def _settle_lapse(record: TrainingRecord) -> None:
    """Whoever is trained again need not be written to."""
    counts = record.audience is Audience.DRIVER and record.result in (Result.PASSED, Result.EXEMPT)
    if counts and (record.expires_on is None or record.expires_on >= dates.today()):
        tasks.settle(TaskKind.TRAINING_LAPSED, (ObjectKind.PERSON, record.person_id), "They are trained again.")


def _waiting(training_id: UUID) -> TrainingRecord:
    before = queries.record_for_update(training_id)
    if before.superseded_at or before.result is not Result.CERTIFICATE_UNVERIFIED:
        raise RuleBroken(NOT_WAITING)
    return before


def _offer(offer_id: UUID) -> TrainingOffer:
    offer = db.session.scalars(select(TrainingOffer).where(TrainingOffer.id == offer_id).with_for_update()).one()
    if offer.settled_at:
        raise RuleBroken(SETTLED)
    return offer


def _settled(user: ActingUser, offer: TrainingOffer, training_id: UUID | None) -> None:
    offer.settled_by, offer.settled_at, offer.training_id = user.id, db.func.now(), training_id
    db.session.flush()


def _told(record: TrainingRecord) -> dict[str, Any]:
    """For the trail: what was recorded, without a reason."""
    days = {name: getattr(record, name) for name in ("booked_for", "completed_on", "expires_on")}
    return {
        "person": str(record.person_id),
        "result": record.result.value,
        **{name: day.isoformat() for name, day in days.items() if day},
    }
