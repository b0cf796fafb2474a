"""Concerns about staff and councillors: raised, read by the contact and answered; and who the contact is.

None of it goes on the audit trail. Whoever reads the trail would learn from it that there is such a concern and, beside
the times at which somebody was signed in, from whom, unnamed or not. What the contact does, looking included, is kept
in steps of the concern's own that nobody can change. Who is named as the contact is on the trail.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, insert, text

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import staff_queries as queries
from licensing.concerns.models import StaffConcern, StaffConcernContact, StaffConcernStep
from licensing.concerns.rules import StaffStepKind, check_open
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sealing import sealed
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

PREFIX = "SC"
RAISE = text("CALL raise_staff_concern(:id, :to, :reference, :unnamed, :words, :when, :contact, NULL)")


@dataclass(frozen=True)
class SaidOfStaff:
    """What somebody says of how staff or councillors work, and whether they stay unnamed."""

    words: str
    when: str
    contact: str
    unnamed: bool


def raise_staff_concern(concern_id: UUID, said: SaidOfStaff, to: UUID) -> str | None:
    """Deliver it to a council's contact, named yet or not; returns its reference, None where it was sent before."""
    reference = new_reference(PREFIX)
    given = {
        "id": concern_id,
        "to": to,
        "reference": reference,
        "unnamed": said.unnamed,
        "words": sealed(StaffConcern, "words_sealed", concern_id, said.words),
        "when": sealed(StaffConcern, "when_sealed", concern_id, said.when),
        "contact": sealed(StaffConcern, "contact_sealed", concern_id, said.contact),
    }
    return reference if db.session.execute(RAISE, given).scalar_one() else None


def note_look(concern_id: UUID) -> None:
    """The contact opens it: kept, and committed, before a word is read."""
    db.session.rollback()
    row = {
        "id": uuid4(),
        "authority_id": db.session.scalar(func.acting_staff_contact()),
        "staff_concern_id": concern_id,
        "kind": StaffStepKind.LOOKED,
    }
    # Plain, since RETURNING would read the step before the look is committed.
    db.session.execute(insert(StaffConcernStep).inline(), [row])
    db.session.commit()


def acknowledge(concern_id: UUID, words: str) -> None:
    """Answer whoever raised it. RuleBroken where that was done."""
    concern = _open(concern_id)
    if concern.acknowledged_on:
        raise RuleBroken("This concern was acknowledged already. Nothing was changed.")
    concern.acknowledged_on = dates.today()
    concern.acknowledgement_sealed = sealed(StaffConcern, "acknowledgement_sealed", concern_id, words)
    _step(concern, StaffStepKind.ACKNOWLEDGED, "")


def note(concern_id: UUID, words: str) -> None:
    """What the contact keeps for themself."""
    _step(_open(concern_id), StaffStepKind.NOTED, words)


def close(concern_id: UUID, told: str, words: str) -> None:
    """Close it: what whoever raised it is told, and what was done. RuleBroken before it is acknowledged."""
    concern = _open(concern_id)
    if concern.acknowledged_on is None:
        raise RuleBroken("Acknowledge it first: whoever raised it waits for that.")
    concern.closed_on = dates.today()
    concern.closing_sealed = sealed(StaffConcern, "closing_sealed", concern_id, told)
    _step(concern, StaffStepKind.CLOSED, words)


def _open(concern_id: UUID) -> StaffConcern:
    concern = queries.staff_concern_for_update(concern_id)
    check_open(concern.closed_on)
    return concern


def _step(concern: StaffConcern, kind: StaffStepKind, words: str) -> None:
    step_id = uuid4()
    row = StaffConcernStep(
        id=step_id,
        authority_id=concern.authority_id,
        staff_concern_id=concern.id,
        kind=kind,
        words_sealed=sealed(StaffConcernStep, "words_sealed", step_id, words),
    )
    db.session.add(row)
    db.session.flush()


def name_contact(user: ActingUser, contact_id: UUID) -> None:
    """Name who receives the concerns about staff, in place of whoever did. RuleBroken for somebody who may not."""
    if contact_id not in {one for one, _ in queries.who_may_be_contact(user.authority.id, besides=user.id)}:
        raise RuleBroken("Select one of the colleagues listed", "contact")
    before = queries.standing_contact()
    if before and before.user_id == contact_id:
        raise RuleBroken("They are the contact already. Nothing was changed.", "contact")
    if before:
        before.until_at = db.func.now()
        db.session.flush()
    row = StaffConcernContact(id=uuid4(), authority_id=user.authority.id, user_id=contact_id)
    db.session.add(row)
    db.session.flush()
    told = {"before": str(before.user_id) if before else None, "after": str(contact_id)}
    audit.record(Action.SETTINGS_CHANGED, ObjectKind.USER, contact_id, details={"contact_for_staff_concerns": told})
    about = (ObjectKind.AUTHORITY, user.authority.id)
    tasks.settle(TaskKind.NAME_CONTACT, about, "A contact is named.")
