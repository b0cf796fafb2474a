"""Cases of a designated officer, made by the product's own ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

from factories import accounts

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.allegations import access
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import releases, sharing
from licensing.allegations.changes.releases import Recipient
from licensing.allegations.changes.sharing import Reasons
from licensing.allegations.models import Allegation, Case
from licensing.allegations.queries import cases as queries
from licensing.allegations.released import Content
from licensing.allegations.subject import Subject
from licensing.allegations.words import Category, Limb, Outcome, ReferrerKind, Sector, Stage, Step
from licensing.allegations.words_of_sharing import Basis, Level, LookPurpose, Onward, ReleaseKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.sealing import seal

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


REASONS = Reasons("A child may be driven by him.", "Nothing less would do.", "Agree.", "Agrees.")


@contextmanager
def opened(officer_id: UUID, case_id: UUID) -> Iterator[Case]:
    """The case, opened by its officer; what is changed is committed."""
    with acting_as(accounts.open_session(officer_id)):
        access.look(case_id, LookPurpose.OWN_CASE)
        yield queries.case(case_id)
        db.session.flush()
        db.session.expunge_all()  # what was read is still there to be looked at, once the look at it has ended
        db.session.commit()


def share(officer_id: UUID, case_id: UUID, *codes: str, level: Level = Level.CONTACT) -> None:
    """Set what these authorities may know."""
    with opened(officer_id, case_id) as case:
        councils = [accounts.authority_id(one) for one in codes]
        sharing.set_level(acting(), case, councils, level, Basis.CHILDREN_ACT_2004, REASONS)


def release(
    officer_id: UUID, case_id: UUID, code: str, to: UUID, kind: ReleaseKind = ReleaseKind.SUMMARY, words: str = WORDS
) -> UUID:
    """Release something to somebody of an authority whose level admits it; returns the release."""
    terms = (Basis.CHILDREN_ACT_2004, Onward.DECIDERS, dates.today() + timedelta(days=30))
    with opened(officer_id, case_id) as case:
        content = Content(kind, "Sample item", case.reference, "Sample Subject", words=words, source="A meeting")
        recipient = Recipient(accounts.authority_id(code), to, *terms)
        return releases.release(acting(), case, recipient, content).id


def end_allegations(officer_id: UUID, case_id: UUID, outcome: Outcome) -> None:
    """Record how every allegation of a case ended, and what follows from it."""
    with opened(officer_id, case_id) as case:
        for row in queries.allegations(case_id):
            row.outcome, row.outcome_on = outcome, dates.today()
            row.outcome_sealed = seal(Allegation, "outcome_sealed", row.id, "Agreed at the final meeting.")
        db.session.flush()
        sharing.outcome_changed(acting(), case)
