"""A case begun from a concern that a council referred: acknowledged, and what was raised carried over."""

from typing import Any
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.allegations.changes import cases
from licensing.allegations.words import ReferrerKind, Step
from licensing.concerns.changes import referring
from licensing.concerns.queries import ReferredConcern
from licensing.db import db


def begin_from_concern(user: ActingUser, concern: ReferredConcern) -> UUID:
    """Begin the case, and give the council its receipt where it has none. Commits, since a look at the case does.

    The council learns that its referral was received; whether there is a case it never learns.
    """
    if concern.acknowledged_on is None:
        referring.acknowledge_referral(user, concern.id)
    case_id = cases.begin(user, concern=concern)
    db.session.commit()
    cases.copy_steps(user, case_id, _said(concern))
    return case_id


def _said(concern: ReferredConcern) -> dict[Step, dict[str, Any]]:
    """What was raised, on the pages of the referral; what is not known stays to be asked."""
    return {
        Step.CALLER: {
            "referrer_kind": ReferrerKind.LICENSING,
            "name": concern.raised_by,
            "organisation": concern.council,
            "contact": concern.contact,
            "known_on": concern.raised_on,
            "under_duty": False,
        },
        Step.ALLEGED: {"limbs": [], "category": None, "words": f"{concern.words}\n\n{concern.why}".strip()},
        Step.SETTING: {"sector": None, "alleged_on": None, "when_words": concern.when, "where": concern.what},
        Step.SAFETY: {"at_risk": "yes" if concern.in_danger else None},
        Step.OTHERS: {"elsewhere": None, "child_references": concern.case_reference},
    }
