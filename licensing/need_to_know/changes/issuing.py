"""A note that is approved by a second person, issued to its readers, acknowledged by each, and closed."""

from datetime import date
from uuid import UUID

from sqlalchemy import text, update

from licensing import dates, mail
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.need_to_know import queries, rules
from licensing.need_to_know.changes.drafting import own_note, step
from licensing.need_to_know.models import Note, Reader
from licensing.need_to_know.words import How, NoteState, StepKind


def approve(user: ActingUser, note_id: UUID) -> None:
    """RuleBroken for whoever wrote any of it, and where it is addressed to nobody."""
    note = own_note(user, note_id)
    rules.check_draft(note.state)
    rules.check_approver(user.id, note.authors, len(note.readers))
    note.state, note.approved_by, note.approved_at = NoteState.APPROVED, user.id, db.func.now()
    _did(user, note, StepKind.APPROVED, Action.APPROVED)


def send_back(user: ActingUser, note_id: UUID, why: str) -> None:
    """Make what was approved a draft again, or tell whoever wrote a draft what to change."""
    note = own_note(user, note_id)
    if note.state not in (NoteState.DRAFTED, NoteState.APPROVED):
        raise RuleBroken("What was issued is not sent back: update it.")
    note.state, note.approved_by, note.approved_at = NoteState.DRAFTED, None, None
    _did(user, note, StepKind.SENT_BACK, Action.PROPOSAL_REFUSED, why)


def issue(user: ActingUser, note_id: UUID) -> None:
    """Give it to its readers, who have a mail that says only that something waits; what it updates is superseded."""
    note = own_note(user, note_id)
    if note.state is not NoteState.APPROVED:
        raise RuleBroken("A note is issued once it was approved.")
    note.state, note.issued_by, note.issued_at = NoteState.ISSUED, user.id, db.func.now()
    _did(user, note, StepKind.ISSUED, Action.RELEASED)
    if note.supersedes_id:
        before = own_note(user, note.supersedes_id)
        if before.state is NoteState.ISSUED:
            before.state = NoteState.SUPERSEDED
            _did(user, before, StepKind.SUPERSEDED, Action.CHANGED)
    for one in note.readers:
        mail.send(one.user_id, mail.MailKind.NOTE_ISSUED, note_id=note_id)


def tell(note: Note, user_id: UUID) -> None:
    """Write to somebody who was added after the note was issued."""
    if note.state is NoteState.ISSUED:
        mail.send(user_id, mail.MailKind.NOTE_ISSUED, note_id=note.id)


def close(user: ActingUser, note_id: UUID, why: str) -> None:
    """Nothing more is to be said of it."""
    note = own_note(user, note_id)
    if note.state is not NoteState.ISSUED:
        raise RuleBroken("Only a note that was issued is closed.")
    if queries.update_of(note_id):
        raise RuleBroken("Somebody is writing an update of this note. Issue or withdraw that first.")
    note.state = NoteState.CLOSED
    _did(user, note, StepKind.CLOSED, Action.CHANGED, why)


def read(reader: Reader | None) -> None:
    """Keep when a reader first opened it, with the look itself: this alone is committed here, before it is read."""
    if reader and reader.is_issued and not reader.read_at and not reader.acknowledged_on:
        db.session.execute(update(Reader).where(Reader.id == reader.id).values(read_at=text("now()")))
        db.session.commit()


def acknowledge(user: ActingUser, reader: Reader) -> None:
    """A reader says that they read it; of a report this is their signature. RuleBroken before its issue, or twice."""
    if not reader.is_issued:
        raise RuleBroken("Only what was issued is acknowledged or signed.")
    _acknowledge(user, reader, How.HERE, dates.today(), "")


def acknowledge_for(user: ActingUser, reader: Reader, how: How, on: date, at: str) -> None:
    """Somebody told a reader, who acknowledged it to them: how, when and at what time."""
    note = own_note(user, reader.note_id) if reader.note_id else None
    if note is None or note.issued_at is None:
        raise RuleBroken("Only of a note that was issued; a report is signed by each reader themselves.")
    if reader.user_id == user.id:
        raise RuleBroken("You acknowledge it yourself.")
    rules.check_acknowledged_for(how, on, dates.day_of(note.issued_at), dates.today())
    _acknowledge(user, reader, how, on, at)


def _acknowledge(user: ActingUser, reader: Reader, how: How, on: date, at: str) -> None:
    if reader.acknowledged_on:
        raise RuleBroken("This was acknowledged already. Nothing was changed.")
    said = {"acknowledged_on": on, "acknowledged_how": how, "acknowledged_at": at or None, "acknowledged_by": user.id}
    db.session.execute(update(Reader).where(Reader.id == reader.id).values(**said))
    kind, of = _of(reader)
    audit.record(Action.ACKNOWLEDGED, kind, of, details={"reader": str(reader.user_id), "how": how.value})
    db.session.expire_all()


def _of(reader: Reader) -> tuple[ObjectKind, UUID | None]:
    if reader.note_id:
        return ObjectKind.NEED_TO_KNOW, reader.note_id
    return ObjectKind.NEED_TO_KNOW_REPORT, reader.report_id


def _did(user: ActingUser, note: Note, kind: StepKind, action: Action, words: str = "") -> None:
    db.session.flush()
    note_id, authority_id, state = note.id, note.authority_id, note.state
    step(user, note_id, authority_id, kind, words)
    audit.record(action, ObjectKind.NEED_TO_KNOW, note_id, details={"after": state.value})
