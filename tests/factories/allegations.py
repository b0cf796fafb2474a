"""Cases of a designated officer, made by the product's own ways."""

from datetime import date
from uuid import UUID

from factories import accounts

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.allegations import access
from licensing.allegations.changes import cases as changes
from licensing.allegations.queries import cases as queries
from licensing.allegations.subject import Subject
from licensing.allegations.words import Category, Limb, ReferrerKind, Sector, Stage, Step
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.db import acting_as, db
from licensing.permissions import Role

WORDS = "The caller says that he gave a child lifts at night and asked for messages to be deleted."


def officer(code: str = accounts.COUNTY) -> UUID:
    """A designated officer of an authority."""
    return accounts.user(Role.DESIGNATED_OFFICER, code)


def acting() -> ActingUser:
    user = who_is_acting()
    assert user is not None
    return user


def answers(words: str = WORDS) -> dict[Step, dict[str, object]]:
    """A whole referral, by page."""
    return {
        Step.CALLER: {
            "referrer_kind": ReferrerKind.SCHOOL_TRANSPORT,
            "name": "Sample Caller",
            "organisation": "School transport (sample)",
            "contact": "01865 000000",
            "known_on": date(2026, 6, 1),
            "under_duty": False,
        },
        Step.ALLEGED: {"limbs": [Limb.C.value], "category": Category.SEXUAL, "words": words},
        Step.SETTING: {
            "sector": Sector.LICENSED_DRIVER,
            "alleged_on": date(2026, 5, 29),
            "when_words": "On Friday nights",
            "where": "In his vehicle",
        },
        Step.SAFETY: {
            "at_risk": "no",
            "done": "The run was given to another driver.",
            "police": "yes",
            "police_reference": "TVP-SAMPLE-1",
            "mash": "no",
            "mash_reference": None,
        },
        Step.OTHERS: {"elsewhere": "Coaches a team", "child_references": "CH-SAMPLE-1"},
    }


def begin(officer_id: UUID, person_id: UUID | None = None, words: str = WORDS, name: str = "Sample Subject") -> UUID:
    """A case whose referral is written and not yet sent."""
    with acting_as(accounts.open_session(officer_id)):
        case_id = changes.begin(acting())
        db.session.commit()
        access.look(case_id, LookPurpose.OWN_CASE)
        case = queries.case(case_id)
        for step, kept in answers(words).items():
            changes.save_step(acting(), case, step, kept)
        changes.name_subject(acting(), case, Subject(name, person_id))
        db.session.commit()
    return case_id


def refer(officer_id: UUID, person_id: UUID | None = None, words: str = WORDS) -> UUID:
    """A case whose threshold is being considered."""
    case_id = begin(officer_id, person_id, words)
    with acting_as(accounts.open_session(officer_id)):
        access.look(case_id, LookPurpose.OWN_CASE)
        changes.refer(acting(), queries.case(case_id), dates.today())
        db.session.commit()
    return case_id


def open_case(officer_id: UUID, person_id: UUID | None = None, words: str = WORDS) -> UUID:
    """A case whose threshold is met."""
    case_id = refer(officer_id, person_id, words)
    with acting_as(accounts.open_session(officer_id)):
        access.look(case_id, LookPurpose.OWN_CASE)
        case = queries.case(case_id)
        changes.decide_threshold(acting(), case, Stage.OPEN, dates.today(), "Limb C; police agree.", None)
        db.session.commit()
    return case_id
