"""A note while it is a draft: written, changed, addressed to its readers; a designated officer adds their own part."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.need_to_know import about, queries, rules
from licensing.need_to_know.models import TEXTS, LadoPart, Note, Reader, Report, Step
from licensing.need_to_know.words import About, Mark, NoteState, Office, ReportState, StepKind, Trigger
from licensing.references import new_reference
from licensing.sealing import sealed

PREFIX = "NK"


@dataclass(frozen=True)
class Draft:
    """What a note says. `words` has the texts of models.TEXTS, by their names without `_sealed`."""

    trigger: Trigger
    known_on: date
    words: dict[str, str]
    mark: Mark
    handling: str
    next_update_on: date | None = None
    for_county: bool = True
    lado_asked: bool = False
    record: tuple[About, UUID] | None = None


def draft(user: ActingUser, given: Draft) -> UUID:
    """Write a note. RuleBroken where its days cannot be, or it names the person whom its record is about."""
    return _write(user, given, version=1, supersedes_id=None)


def draft_update(user: ActingUser, note_id: UUID, given: Draft) -> UUID:
    """Write the next version of a note that was issued, to the same readers; it takes its place when it is issued."""
    before = own_note(user, note_id)
    if before.state is not NoteState.ISSUED:
        raise RuleBroken("Only a note that was issued, and is not closed, is updated.")
    if queries.update_of(note_id):
        raise RuleBroken("Somebody is writing an update of this note already. Change that draft.")
    made = _write(user, given, version=before.version + 1, supersedes_id=note_id)
    for one in before.readers:
        _address(user, one.user_id, one.name, one.council, one.office, note_id=made)
    return made


def _write(user: ActingUser, given: Draft, *, version: int, supersedes_id: UUID | None) -> UUID:
    _check(given)
    note_id = uuid4()
    row = {
        "id": note_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "version": version,
        "supersedes_id": supersedes_id,
        "object_kind": given.record[0] if given.record else None,
        "object_id": given.record[1] if given.record else None,
        "state": NoteState.DRAFTED,
        "drafted_by": user.id,
        **_content(note_id, given),
    }
    keep(Note, row)
    step(user, note_id, user.authority.id, StepKind.DRAFTED)
    audit.record(Action.ADDED, ObjectKind.NEED_TO_KNOW, note_id, details={"trigger": given.trigger.value})
    return note_id


def change(user: ActingUser, note_id: UUID, given: Draft) -> None:
    """Change a draft; whoever does wrote it too, and does not approve it."""
    note = own_note(user, note_id)
    rules.check_draft(note.state)
    _check(given)
    db.session.execute(update(Note).where(Note.id == note_id).values(**_content(note_id, given)))
    db.session.expire_all()
    step(user, note_id, note.authority_id, StepKind.CHANGED)
    audit.record(Action.CHANGED, ObjectKind.NEED_TO_KNOW, note_id, details={"part": "words"})


def _check(given: Draft) -> None:
    rules.check_next_update(given.known_on, given.next_update_on, dates.today())
    names = about.names_of(*given.record) if given.record and given.record[0] in about.OF_ONE_PERSON else []
    for name, words in given.words.items():
        if rules.names_in(words, names):
            raise RuleBroken("This names the person whom the record is about. A note names nobody", name)


def _content(note_id: UUID, given: Draft) -> dict[str, Any]:
    words = {one: sealed(Note, one, note_id, given.words.get(one.removesuffix("_sealed"))) for one in TEXTS}
    return {
        "trigger": given.trigger,
        "known_on": given.known_on,
        "next_update_on": given.next_update_on,
        "mark": given.mark,
        "handling": given.handling,
        "for_county": given.for_county,
        "lado_asked": given.lado_asked,
        **words,
    }


def withdraw(user: ActingUser, note_id: UUID, why: str) -> None:
    """Let a draft go. What was issued is closed, or updated, instead."""
    note = own_note(user, note_id)
    rules.check_draft(note.state)
    note.state = NoteState.WITHDRAWN
    db.session.flush()
    step(user, note_id, note.authority_id, StepKind.WITHDRAWN, why)
    audit.record(Action.CHANGED, ObjectKind.NEED_TO_KNOW, note_id, details={"after": NoteState.WITHDRAWN.value})


def add_reader(user: ActingUser, of: Note | Report, user_id: UUID, office: Office) -> None:
    """Address a note or a report to somebody, in an office. RuleBroken where they are a reader already."""
    is_note = isinstance(of, Note)
    rules.check_reader(user_id, office, ((one.user_id, one.office) for one in of.readers), signs=not is_note)
    found = next((one for one in queries.possible_readers() if one[0] == user_id), None)
    if found is None:
        raise RuleBroken("Select one of the readers listed", "reader")
    _address(user, user_id, found[1], found[2], office, **{"note_id" if is_note else "report_id": of.id})
    if is_note:
        step(user, of.id, of.authority_id, StepKind.READER_ADDED, office.label)
    kind = ObjectKind.NEED_TO_KNOW if is_note else ObjectKind.NEED_TO_KNOW_REPORT
    audit.record(Action.ACCESS_GIVEN, kind, of.id, details={"user": str(user_id), "office": office.value})


def _address(user: ActingUser, user_id: UUID, name: str, council: str, office: Office, **of: UUID) -> None:
    row = {
        "id": uuid4(),
        "authority_id": user.authority.id,
        "note_id": of.get("note_id"),
        "report_id": of.get("report_id"),
        "user_id": user_id,
        "name": name,
        "council": council,
        "office": office,
        "added_by": user.id,
    }
    keep(Reader, row)


def _of_report(user: ActingUser, reader: Reader) -> Report:
    assert reader.report_id is not None
    return own_report(user, reader.report_id)


def own_report(user: ActingUser, report_id: UUID) -> Report:
    """A report of one's own council, to be changed. RuleBroken for another's."""
    report = queries.report_for_change(report_id)
    if report.authority_id != user.authority.id:
        raise RuleBroken("Only the council that puts the report together does this.")
    return report


def remove_reader(user: ActingUser, reader: Reader) -> None:
    """Take somebody off a draft. RuleBroken once it was approved, or a report was issued."""
    of = own_note(user, reader.note_id) if reader.note_id else _of_report(user, reader)
    if of.state not in (NoteState.DRAFTED, ReportState.DRAFTED) or reader.removed_at:
        raise RuleBroken("Readers are taken off a draft only.")
    db.session.execute(update(Reader).where(Reader.id == reader.id).values(removed_at=db.func.now()))
    db.session.expire_all()
    kind = ObjectKind.NEED_TO_KNOW if reader.note_id else ObjectKind.NEED_TO_KNOW_REPORT
    if reader.note_id:
        step(user, of.id, of.authority_id, StepKind.READER_REMOVED, reader.office.label)
    audit.record(Action.ACCESS_ENDED, kind, of.id, details={"user": str(reader.user_id)})


def write_lado_part(user: ActingUser, note_id: UUID, words: str) -> None:
    """A designated officer says what there is to say of their own work, once. RuleBroken where it was said."""
    note = queries.note(note_id)
    rules.check_draft(note.state)
    if queries.lado_part(note_id):
        raise RuleBroken("The designated officer’s part was written a moment ago. Nothing was changed.")
    part_id = uuid4()
    row = {
        "id": part_id,
        "authority_id": note.authority_id,
        "note_id": note_id,
        "words_sealed": sealed(LadoPart, "words_sealed", part_id, words),
        "by_id": user.id,
    }
    keep(LadoPart, row)
    step(user, note_id, note.authority_id, StepKind.LADO_WROTE)
    audit.record(Action.CHANGED, ObjectKind.NEED_TO_KNOW, note_id, details={"part": "designated officer"})


def own_note(user: ActingUser, note_id: UUID) -> Note:
    """A note of one's own council, while nobody else works on it. RuleBroken for another council's."""
    note = queries.note_for_change(note_id)
    if note.authority_id != user.authority.id:
        raise RuleBroken("Only the council that wrote the note does this.")
    return note


def step(user: ActingUser, note_id: UUID, authority_id: UUID, kind: StepKind, words: str = "") -> None:
    """Keep on the note what was done."""
    step_id = uuid4()
    row = {
        "id": step_id,
        "authority_id": authority_id,
        "note_id": note_id,
        "kind": kind,
        "words_sealed": sealed(Step, "words_sealed", step_id, words),
        "by_id": user.id,
        "by_name": user.name,
    }
    keep(Step, row)


def keep(model: type[Any], row: dict[str, Any]) -> None:
    """Add a row, plainly: RETURNING would read it back by policies that look further."""
    db.session.execute(insert(model).inline(), [row])
    db.session.expire_all()
