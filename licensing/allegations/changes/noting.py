"""What every change of a case writes besides: a line of the chronology, and what is owed because of it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.allegations.models import Case, CaseEntry, Duty
from licensing.allegations.queries import cases as queries
from licensing.allegations.words import EntryKind
from licensing.allegations.words_of_sharing import DutyKind
from licensing.db import db
from licensing.sealing import opened, seal

Owed = tuple[DutyKind, UUID | None]


def owe(case: Case, duties: Iterable[Owed], *, anew: bool = False) -> None:
    """Messages that are owed before the case can be closed; one that is there already is left.

    `anew`: what was told is not true any more, so that one which was settled is owed once more.
    """
    named = (one for one in queries.duties(case.id) if one.asked_sealed is None)
    there = {(one.kind, one.for_authority_id): one for one in named}
    for kind, authority_id in dict.fromkeys(duties):
        before = there.get((kind, authority_id))
        if before is None or (anew and before.settled_on):
            db.session.add(following(case, kind, authority_id, before))
    db.session.flush()


def following(case: Case, kind: DutyKind, authority_id: UUID | None, before: Duty | None) -> Duty:
    """The first of its kind for that council, or the next after one that is settled, with what was asked there."""
    row = Duty(
        id=uuid4(),
        authority_id=case.authority_id,
        case_id=case.id,
        kind=kind,
        for_authority_id=authority_id,
        supersedes_id=before.id if before else None,
    )
    if before and before.asked_sealed:
        row.asked_sealed = seal(Duty, "asked_sealed", row.id, opened(before, "asked_sealed"))
    return row


def note(user: ActingUser, case_id: UUID, kind: EntryKind, words: str, happened_at: datetime | None = None) -> None:
    """A line of the chronology."""
    row = CaseEntry(
        id=uuid4(),
        authority_id=user.authority.id,
        case_id=case_id,
        kind=kind,
        happened_at=happened_at or datetime.now(UTC),
        recorded_by=user.id,
    )
    row.words_sealed = seal(CaseEntry, "words_sealed", row.id, words)
    db.session.add(row)
    db.session.flush()
