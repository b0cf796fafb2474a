"""What every change of a case writes besides: a line of the chronology, and what is owed because of it."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.allegations.models import Case, CaseEntry, Duty
from licensing.allegations.queries import cases as queries
from licensing.allegations.words import EntryKind
from licensing.allegations.words_of_sharing import DutyKind
from licensing.db import db
from licensing.sealing import seal


def owe(user: ActingUser, case: Case, duties: list[tuple[DutyKind, UUID | None]]) -> None:
    """Messages that are owed before the case can be closed; one that is owed already is left."""
    there = {(one.kind, one.for_authority_id) for one in queries.duties(case.id)}
    for kind, authority_id in duties:
        if (kind, authority_id) not in there:
            db.session.add(
                Duty(
                    id=uuid4(),
                    authority_id=case.authority_id,
                    case_id=case.id,
                    kind=kind,
                    for_authority_id=authority_id,
                )
            )
    db.session.flush()


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
