"""Raising a concern, and passing one on: delivered among the other council's own, sealed for its row there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import queries
from licensing.concerns.models import Concern, ConcernStep
from licensing.concerns.rules import About
from licensing.db import db
from licensing.deadlines.codes import ClockCode
from licensing.references import new_reference
from licensing.sealing import opened, sealed

PREFIX = "RC"  # raised concern


@dataclass(frozen=True)
class Said:
    """What somebody says who raises a concern; "" is what they did not say. No child's name."""

    about: About
    in_danger: bool
    what: str
    words: str
    when: str
    contact: str
    case_reference: str

    def sealed_for(self, concern_id: UUID) -> dict[str, Any]:
        """The words as the row of this id keeps them."""
        return {
            "what": sealed(Concern, "what_sealed", concern_id, self.what),
            "words": sealed(Concern, "words_sealed", concern_id, self.words),
            "when": sealed(Concern, "when_sealed", concern_id, self.when),
            "contact": sealed(Concern, "contact_sealed", concern_id, self.contact),
            "case": sealed(Concern, "case_sealed", concern_id, self.case_reference),
        }


def said_in(concern: Concern) -> Said:
    """What was said in a concern."""
    return Said(
        concern.about,
        concern.in_danger,
        opened(concern, "what_sealed"),
        opened(concern, "words_sealed"),
        opened(concern, "when_sealed"),
        opened(concern, "contact_sealed"),
        opened(concern, "case_sealed"),
    )


RAISE = text(
    "CALL raise_concern(:id, :to, :reference, :about, :in_danger, :known, :what, :words, :when, :contact, :case, :due,"
    " NULL)"
)
PLACE = text("CALL place_concern(:concern, :step, :place)")
PASS_ON = text(
    "CALL pass_on_concern(:concern, :id, :to, :reference, :what, :words, :when, :contact, :case, :due, :step, :why)"
)


def raise_concern(
    user: ActingUser, concern_id: UUID, said: Said, to: UUID, *, council_known: bool, place: UUID | None = None
) -> bool:
    """Deliver a concern to a council; False where this very form was sent before, which adds nothing.

    `place` is the one of that council's register that it is about, where whoever raises it chose one.
    """
    given = {
        "id": concern_id,
        "to": to,
        "reference": new_reference(PREFIX),
        "about": said.about,
        "in_danger": said.in_danger,
        "known": council_known,
        "due": queries.due_on(ClockCode.CONCERN_ACKNOWLEDGE, to),
        **said.sealed_for(concern_id),
    }
    if not db.session.execute(RAISE, given).scalar_one():
        return False
    details: dict[str, Any] = {"about": said.about, "in_danger": said.in_danger}
    if place:
        db.session.execute(PLACE, {"concern": concern_id, "step": uuid4(), "place": place})
        details["premises"] = str(place)
    _record(user, concern_id, to, details)
    return True


def deliver_on(user: ActingUser, concern: Concern, to: UUID, why: str) -> None:
    """Put an open concern of one's own council among another's; the step says where it went and why."""
    passed_id, step_id = uuid4(), uuid4()
    given = {
        "concern": concern.id,
        "id": passed_id,
        "to": to,
        "reference": new_reference(PREFIX),
        "due": queries.due_on(ClockCode.CONCERN_ACKNOWLEDGE, to),
        "step": step_id,
        "why": sealed(ConcernStep, "words_sealed", step_id, why),
        **said_in(concern).sealed_for(passed_id),
    }
    db.session.execute(PASS_ON, given)
    _record(user, passed_id, to, {"about": concern.about, "passed_on": True})


def _record(user: ActingUser, concern_id: UUID, to: UUID, details: dict[str, Any]) -> None:
    """On the trail of whoever did it, and on that of the council whose it is."""
    for authority_id in dict.fromkeys((user.authority.id, to)):
        audit.record(Action.ADDED, ObjectKind.CONCERN, concern_id, authority_id=authority_id, details=details)
