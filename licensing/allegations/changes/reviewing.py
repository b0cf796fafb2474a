"""A case in hand: looked over, handed over to a colleague, taken up again."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.orm.attributes import flag_modified

from licensing.accounts.acting import ActingUser
from licensing.allegations import rules, rules_of_work
from licensing.allegations.changes import duties
from licensing.allegations.changes.noting import note
from licensing.allegations.models import Case, KeptLonger
from licensing.allegations.queries import access, sharing
from licensing.allegations.words import EntryKind, Stage
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.sealing import opened, seal


def review(user: ActingUser, case: Case, words: str, review_on: date | None, today: date) -> None:
    """What a review found, and when the next one is. RuleBroken unless the case is open, or over and flagged still."""
    if not may_be_reviewed(case):
        raise RuleBroken("Only a case that is open, or whose flag stands, is reviewed.")
    following = review_on or _due(user, ClockCode.LADO_REVIEW, today)
    case.review_on = following
    flag_modified(case, "review_on")  # counted as a change on the same day too, so that a second one is told of it
    note(user, case.id, EntryKind.DECISION, f"Review. {words} Next review on {in_words(following)}.")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details={"part": "review"})


def may_be_reviewed(case: Case) -> bool:
    """Also once it is over, while its flag stays until it is looked at again."""
    return case.stage is Stage.OPEN or (case.stage.is_over and sharing.flagged(case.id))


def hand_over(user: ActingUser, case: Case, officer: UUID, words: str) -> None:
    """Make it a colleague's. RuleBroken unless they are a designated officer to whom it is not closed."""
    officers = dict(access.holders_of(case.authority_id, Role.DESIGNATED_OFFICER))
    if officer not in officers or officer in access.closed_to(case.id):
        raise RuleBroken("Select a designated officer who can see the case.", "owner")
    if officer == case.owner_id:
        raise RuleBroken("It is theirs already.", "owner")
    before, case.owner_id = case.owner_id, officer
    told = f"Handed over to {officers[officer]} by {user.name}. {words}"
    note(user, case.id, EntryKind.CHANGE, told)
    details = {"part": "owner", "before": str(before), "after": str(officer)}
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details=details)


def open_again(user: ActingUser, case: Case, words: str, today: date) -> None:
    """Take up a case that was over. The chronology keeps how it had ended. RuleBroken where it is not over."""
    stage = rules_of_work.opened_again(case.stage)
    before = f"{case.stage.label}, {in_words(case.closed_on)}." if case.closed_on else f"{case.stage.label}."
    ended = opened(case, "closing_sealed" if stage is Stage.OPEN else "threshold_sealed")
    review_on, consider_by = (_due(user, code, today) for code in (ClockCode.LADO_REVIEW, ClockCode.LADO_CONSIDER))
    case.stage, case.closed_on, case.closing_sealed, case.retain_until = stage, None, None, None
    if stage is Stage.OPEN:
        case.review_on = review_on
        duties.owe_again(case)
        duties.owe_as_known(user, case)
    else:
        case.consider_by = consider_by
        case.threshold_met, case.threshold_on, case.threshold_sealed = None, None, None
    note(user, case.id, EntryKind.DECISION, f"Opened again. {words} Before: {before} {ended}".strip())
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details={"stage": stage.value})


def hold(user: ActingUser, case: Case, words: str, today: date) -> None:
    """Set a legal hold, or take off the one that stands; it beats the day until which the record is kept."""
    sets = case.held_since is None
    case.held_since = today if sets else None
    case.hold_sealed = seal(Case, "hold_sealed", case.id, words) if sets else None
    note(user, case.id, EntryKind.DECISION, f"{'Legal hold' if sets else 'Legal hold taken off'}. {words}")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details={"part": "legal hold", "set": sets})


def keep_longer(user: ActingUser, case: Case, until: date, words: str, today: date) -> None:
    """Keep the record until a later day than the law asks. What was chosen before stays; the last choice counts.

    RuleBroken for a case that goes on, and for a day before the law's.
    """
    rules.check_kept_longer(until, case.retain_until, today)
    row = KeptLonger(id=uuid4(), authority_id=case.authority_id, case_id=case.id, keep_until=until, decided_by=user.id)
    row.reason_sealed = seal(KeptLonger, "reason_sealed", row.id, words)
    db.session.add(row)
    flag_modified(case, "retain_until")  # as for a review: counted as a change, though the law's own day stays
    note(user, case.id, EntryKind.DECISION, f"Kept until {in_words(until)}. {words}")
    details = {"part": "kept longer", "until": until.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, case.id, details=details)
    db.session.flush()


def _due(user: ActingUser, code: ClockCode, start: date) -> date:
    return deadlines.due(code, user.authority.id, start).due_on
