"""The enquiries that run beside each other."""

from datetime import date
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.allegations.changes.noting import note
from licensing.allegations.models import Case, Strand
from licensing.allegations.queries import cases as queries
from licensing.allegations.words import EntryKind, StrandKind, StrandState
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.sealing import sealed


def begin(
    user: ActingUser,
    case: Case,
    kind: StrandKind,
    authority_id: UUID | None = None,
    state: StrandState = StrandState.NOT_STARTED,
    owner: str | None = None,
) -> Strand:
    """Follow one more enquiry: of the case, or a council's own."""
    row = Strand(
        id=uuid4(),
        authority_id=case.authority_id,
        case_id=case.id,
        kind=kind,
        for_authority_id=authority_id,
        state=state,
        changed_by=user.id,
    )
    row.owner_sealed = sealed(Strand, "owner_sealed", row.id, owner)
    db.session.add(row)
    db.session.flush()
    return row


def of_council(case: Case, authority_id: UUID) -> Strand | None:
    """The strand of a council's own enquiry."""
    return next((one for one in queries.strands(case.id) if one.for_authority_id == authority_id), None)


def add_for(user: ActingUser, case: Case, authority_id: UUID, owner: str | None) -> None:
    """One more council whose own enquiry is followed. RuleBroken where it is followed already."""
    if of_council(case, authority_id):
        raise RuleBroken("This council has a strand already.", "for_authority_id")
    begin(user, case, StrandKind.EMPLOYER, authority_id, owner=owner)
    audit.record(Action.ADDED, ObjectKind.ALLEGATION, case.id, details={"part": "strand"})


def change(
    user: ActingUser, row: Strand, name: str, *, owner: str | None, state: StrandState, next_on: date | None, note_: str
) -> None:
    """Say how far it is. `name` is that of the strand, for the chronology, which keeps what was known when."""
    row.state, row.next_on = state, next_on
    row.owner_sealed = sealed(Strand, "owner_sealed", row.id, owner)
    row.note_sealed = sealed(Strand, "note_sealed", row.id, note_)
    words = f"{name}: {state.label.lower()}. {note_}".strip()
    note(user, row.case_id, EntryKind.CHANGE, words)
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, row.case_id, details={"part": "strand", "state": state.value})
