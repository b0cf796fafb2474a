"""A decision with everything that can hang on one, and what a council arranges for its decisions."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from factories import accounts

from licensing import dates
from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.decisions import appeals, arrangements, changes, noticing, reviewing
from licensing.decisions.appeal_rules import Court
from licensing.decisions.models import Appeal, Delegation
from licensing.decisions.notices import ServiceMethod, Template
from licensing.decisions.noticing import Service
from licensing.decisions.powers import BY_CODE, DecisionKind, Ground
from licensing.decisions.rules import Asked, Maker
from licensing.decisions.states import ReviewKind, Verdict
from licensing.permissions import Role
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.register.events import RelevantInformation
from licensing.suitability.rules import Limb

# Stands in every sealed column, so that a test can look for it where it may not be.
CANARY = "Canary reasons"
DECIDED_ON = dates.today() - timedelta(days=3)


@dataclass(frozen=True)
class Decided:
    """What was recorded, by id."""

    decision_id: UUID
    appeal_id: UUID
    delegation_id: UUID
    decision_draft_id: UUID


def suspension() -> Asked:
    """An immediate suspension of a driver by a manager, complete, and recorded whatever the licence is."""
    return Asked(
        DecisionKind.SUSPEND_FIXED,
        Maker.MANAGER,
        DECIDED_ON,
        power=BY_CODE["S61"],
        grounds=(Ground.REASONABLE_CAUSE,),
        reasons=CANARY,
        immediate=True,
        public_safety=CANARY,
        relevant_information=RelevantInformation.WHOLLY,
        limbs=(Limb.HARM,),
        ends_on=DECIDED_ON + timedelta(days=90),
        elsewhere=True,
    )


def decide(code: str, licence_id: UUID, officer: UUID) -> Decided:
    """A suspension with its notice, service, review and appeal; a delegation to the officer, and their kept answers."""
    manager = accounts.user(Role.LICENSING_MANAGER, code)
    with acting_as(accounts.open_session(manager)):
        user = who_is_acting()
        assert user is not None
        arrangements.delegate(user, officer, "Scheme 4.1", DECIDED_ON, None)
        arrangements.record_template_review(user, Template.REFUSAL, DECIDED_ON, "Licensing solicitor")
        decision_id = changes.decide(user, changes.open_question(licence_id, DecisionKind.SUSPEND_FIXED), suspension())
        noticing.issue_notice(user, decision_id, DECIDED_ON)
        given = Service(ServiceMethod.IN_PERSON, DECIDED_ON, "The holder", "Signed for")
        noticing.serve(user, decision_id, given)
        reviewing.review(user, decision_id, ReviewKind.SUSPENSION, Verdict.STANDS, CANARY)
        appeals.lodge(user, decision_id, Court.MAGISTRATES, DECIDED_ON, "MC/1")
        db.session.commit()
        appeal_id = db.session.query(Appeal.id).scalar()
        delegation_id = db.session.query(Delegation.id).scalar()
        db.session.rollback()
    return Decided(decision_id, appeal_id, delegation_id, keep_answers(officer, licence_id))


def keep_answers(user_id: UUID, licence_id: UUID) -> UUID:
    """Answers of a decision that wait for a last look by their writer."""
    answers = {"maker": "sub_committee", "decided_on": DECIDED_ON.isoformat(), "reasons": CANARY}
    kept = {"about": {"licence_id": str(licence_id)}, "kind": "warning", "answers": answers}
    with acting_as(accounts.open_session(user_id)):
        user = who_is_acting()
        assert user is not None
        draft_id = drafts.keep(user, DraftKind.DECISION, kept)
        db.session.commit()
    return draft_id
