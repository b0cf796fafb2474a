"""The chronology: lines added by hand, and lines that stand in the place of others. Nothing of it is ever changed."""

from datetime import datetime
from uuid import uuid4

from licensing.accounts.acting import ActingUser
from licensing.allegations.models import Case, CaseEntry
from licensing.allegations.queries import chronology
from licensing.allegations.words import EntryKind
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.sealing import seal


def add(
    user: ActingUser,
    case: Case,
    kind: EntryKind,
    happened_at: datetime,
    words: str,
    *,
    instead_of: CaseEntry | None = None,
) -> None:
    """A line; in the place of another where that was wrong. RuleBroken where somebody put it right meanwhile."""
    if instead_of and chronology.is_put_right(instead_of):
        raise RuleBroken("Somebody else put this entry right meanwhile. Put theirs right instead.")
    row = CaseEntry(
        id=uuid4(),
        authority_id=case.authority_id,
        case_id=case.id,
        kind=kind,
        happened_at=happened_at,
        supersedes_id=instead_of.id if instead_of else None,
        recorded_by=user.id,
    )
    row.words_sealed = seal(CaseEntry, "words_sealed", row.id, words)
    db.session.add(row)
    db.session.flush()
    action = Action.CORRECTED if instead_of else Action.ADDED
    audit.record(action, ObjectKind.ALLEGATION, case.id, details={"part": "chronology"})
