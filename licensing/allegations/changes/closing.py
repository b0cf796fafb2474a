"""Closing a case: refused while anything is owed, and with it the flag comes off unless it is kept with a review."""

from dataclasses import dataclass
from datetime import date

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.allegations import rules, rules_of_sharing, rules_of_work
from licensing.allegations.changes import sharing as sharing_changes
from licensing.allegations.changes.duties import words_for
from licensing.allegations.changes.noting import note
from licensing.allegations.models import Case
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.words import EntryKind, Stage
from licensing.allegations.words_of_sharing import DutyState
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.sealing import seal


@dataclass(frozen=True)
class Closing:
    """What is said on closing: whether the flag stays, and on which day it is then looked at again."""

    words: str
    closed_on: date
    keeps_flag: bool = False
    review_on: date | None = None


def stops(case: Case) -> list[str]:
    """Why it cannot be closed yet, in words; empty where it can."""
    if case.stage is not Stage.OPEN:
        return ["The case is not open."]
    names = sharing.authorities()
    owed = (words_for(one, names) for one in queries.duties(case.id) if one.state is DutyState.OWED)
    return rules.stops_closing(sharing.outcomes(case.id), owed, (one.state for one in queries.strands(case.id)))


def may_keep_sharing(case: Case) -> bool:
    """Whether something is shared, and an outcome that supports it beyond the end."""
    return sharing.flagged(case.id) and rules_of_sharing.supports_a_flag(sharing.outcomes(case.id))


def close(user: ActingUser, case: Case, said: Closing) -> None:
    """Close it, and keep the record as long as the law and local procedures ask. RuleBroken while anything stops it."""
    if stopping := stops(case):
        raise RuleBroken(" ".join(stopping))
    ended_on = (one.outcome_on for one in queries.allegations(case.id))
    rules_of_work.check_closing_day(said.closed_on, case.threshold_on, ended_on)
    keeps_flag = said.keeps_flag and may_keep_sharing(case)
    if keeps_flag and (said.review_on is None or said.review_on <= dates.today()):
        raise RuleBroken("Enter a date after today on which you look at it again", "review_on")
    if not keeps_flag:
        sharing_changes.end_shares(user, case, "The case is closed.")
    case.review_on = said.review_on if keeps_flag else None
    subject, kept = queries.subject(case), deadlines.due(ClockCode.LADO_KEEP, case.authority_id, said.closed_on)
    born = subject.date_of_birth if subject else None
    # How it ended is written at once: the database keeps it from then.
    case.stage, case.closed_on, case.retain_until = Stage.CLOSED, said.closed_on, rules.keep_until(kept.due_on, born)
    case.closing_sealed = seal(Case, "closing_sealed", case.id, said.words)
    note(user, case.id, EntryKind.DECISION, f"Closed. {said.words}")
    audit.record(Action.DECIDED, ObjectKind.ALLEGATION, case.id, details={"stage": Stage.CLOSED.value})
    db.session.flush()
