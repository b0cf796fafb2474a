"""Meetings, and what somebody undertook to do."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.allegations.changes.cases import note
from licensing.allegations.models import Case, CaseAction, Meeting
from licensing.allegations.words import EntryKind, MeetingKind
from licensing.allegations.words_of_sharing import Basis
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.sealing import opened, seal, sealed

_SAID = {"attendees": "Who came, as it was before", "told": "Who was told what before", "notes": "Notes before"}


def plan(user: ActingUser, case: Case, name: str, kind: MeetingKind, held_on: date) -> UUID:
    """A meeting that is to be held, or was. `name` is what its kind is called in this office."""
    row = Meeting(
        id=uuid4(),
        authority_id=case.authority_id,
        case_id=case.id,
        kind=kind,
        held_on=held_on,
        changed_by=user.id,
        recorded_by=user.id,
    )
    db.session.add(row)
    db.session.flush()
    note(user, case.id, EntryKind.MEETING, f"{name} on {in_words(held_on)}.")
    audit.record(Action.ADDED, ObjectKind.ALLEGATION, case.id, details={"part": "meeting"})
    return row.id


def record(
    user: ActingUser,
    row: Meeting,
    name: str,
    *,
    kind: MeetingKind,
    held_on: date,
    attendees: str | None,
    told: str | None,
    basis: Basis | None,
    notes: str | None,
    next_on: date | None,
    actions: list[dict[str, Any]],
) -> None:
    """What is known of a meeting by now, as often as it is saved; and what was undertaken since the last time.

    What is written on is not said twice; what is taken back or replaced stays in the chronology as it was.
    """
    for part, words in (("attendees", attendees), ("told", told), ("notes", notes)):
        before = opened(row, f"{part}_sealed")
        if before and before not in (words or ""):
            note(user, row.case_id, EntryKind.MEETING, f"{name} on {in_words(row.held_on)}. {_SAID[part]}: {before}")
    if (row.kind, row.held_on) != (kind, held_on):
        note(user, row.case_id, EntryKind.MEETING, f"{name} on {in_words(held_on)}; before: {in_words(row.held_on)}.")
    row.kind, row.held_on, row.next_on, row.basis = kind, held_on, next_on, basis
    row.attendees_sealed = sealed(Meeting, "attendees_sealed", row.id, attendees)
    row.told_sealed = sealed(Meeting, "told_sealed", row.id, told)
    row.notes_sealed = sealed(Meeting, "notes_sealed", row.id, notes)
    for one in actions:
        undertake(user, row.case_id, **one, meeting_id=row.id)
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, row.case_id, details={"part": "meeting"})


def undertake(
    user: ActingUser, case_id: UUID, *, words: str, owner: str, due_on: date, meeting_id: UUID | None = None
) -> None:
    """Something is to be done by somebody by a day."""
    row = CaseAction(
        id=uuid4(),
        authority_id=user.authority.id,
        case_id=case_id,
        meeting_id=meeting_id,
        due_on=due_on,
        recorded_by=user.id,
    )
    row.words_sealed = seal(CaseAction, "words_sealed", row.id, words)
    row.owner_sealed = seal(CaseAction, "owner_sealed", row.id, owner)
    db.session.add(row)
    db.session.flush()
    audit.record(Action.ADDED, ObjectKind.ALLEGATION, case_id, details={"part": "action"})


def finish(user: ActingUser, row: CaseAction, *, done_on: date, words: str) -> None:
    """It was done. RuleBroken where that was recorded before."""
    if row.done_on:
        raise RuleBroken("This was recorded as done before.")
    row.done_on = done_on
    row.done_sealed = seal(CaseAction, "done_sealed", row.id, words)
    note(user, row.case_id, EntryKind.CHANGE, f"Done: {opened(row, 'words_sealed')} {words}")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, row.case_id, details={"part": "action"})
