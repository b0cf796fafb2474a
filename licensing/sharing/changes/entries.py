"""Entries on NR3S: expected once a driver is notified, confirmed when keyed, put right when something changes."""

from datetime import date
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import changes as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.references import new_reference
from licensing.register import queries as register
from licensing.register.models import LicenceEvent
from licensing.sealing import seal
from licensing.sharing.clocks import due_on
from licensing.sharing.models import Nr3sEntry, Nr3sUpdate
from licensing.sharing.queries import entries as queries
from licensing.sharing.queries.exchanges import told_of_person
from licensing.sharing.rules import (
    EntryState,
    UpdateAction,
    UpdateReason,
    check_not_before,
    check_upload,
    is_historic,
    needs_entry,
    state_after,
)
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

_ENTRY, _UPDATE = ClockCode.NR3S_ENTRY, ClockCode.NR3S_UPDATE
SETTLED = "Somebody settled this a moment ago. Look at it again."
NOT_ENTERED = "The entry itself is not confirmed yet. Confirm that first, as it now stands."


def expect_entry(user: ActingUser, event_id: UUID) -> Nr3sEntry | None:
    """The entry that a decision needs now that its holder is notified: made, or found. None where it needs none.

    It needs none unless it is adverse, of a driver, and rests on relevant information (2022 Act s.2(1)).
    """
    event = db.session.get_one(LicenceEvent, event_id)
    licence = register.licence(event.licence_id)
    if event.notified_on is None or licence.person_id is None or not needs_entry(licence.kind, event.as_event()):
        return None
    return queries.entry_of_event(event_id) or _add_entry(user, licence.person_id, event, None)


def upload(user: ActingUser, event: LicenceEvent, notice_given_on: date | None, today: date) -> Nr3sEntry:
    """An entry by choice, of a decision for which none was due. RuleBroken before the person was written to."""
    licence = register.licence(event.licence_id)
    if event.notified_on is None or licence.person_id is None:
        raise RuleBroken("Select a decision", "event")
    if queries.entry_of_event(event.id):
        raise RuleBroken("There is an entry for this decision already", "event")
    if is_historic(event.notified_on):
        answer_until = due_on(ClockCode.NR3S_HISTORIC, user.authority.id, notice_given_on) if notice_given_on else None
        check_upload(answer_until, today)
    return _add_entry(user, licence.person_id, event, notice_given_on)


def _add_entry(user: ActingUser, person_id: UUID, event: LicenceEvent, notice_given_on: date | None) -> Nr3sEntry:
    notified_on = event.notified_on
    assert notified_on is not None
    row = Nr3sEntry(
        id=uuid4(),
        authority_id=user.authority.id,
        reference=new_reference("NE"),
        person_id=person_id,
        licence_id=event.licence_id,
        event_id=queries.first_said(event.id).id,
        notified_on=notified_on,
        notice_given_on=notice_given_on,
        state=EntryState.DUE,
    )
    db.session.add(row)
    db.session.flush()
    _start_clock(user, row)
    audit.record(Action.ADDED, ObjectKind.NR3S_ENTRY, row.id, details={"notified_on": notified_on.isoformat()})
    return row


def _start_clock(user: ActingUser, entry: Nr3sEntry) -> None:
    """The clock of an entry that is due by law, where the daily job has not started it."""
    if not is_historic(entry.notified_on):
        about = (ObjectKind.NR3S_ENTRY, entry.id)
        deadlines.start(user, _ENTRY, about, entry.notified_on, team=Role.LICENSING_MANAGER)


def confirm_entry(user: ActingUser, entry_id: UUID, keyed_on: date, nr3s_reference: str) -> None:
    """That it is on NR3S, since when, and by which reference. RuleBroken where that cannot be, or is settled."""
    entry = _due(entry_id)
    check_not_before(keyed_on, entry.notified_on, "The person was notified on", "keyed_on")
    entry.state, entry.settled_on, entry.nr3s_reference = EntryState.ENTERED, keyed_on, nr3s_reference
    db.session.flush()
    _start_clock(user, entry)
    deadlines.meet(user, _ENTRY, (ObjectKind.NR3S_ENTRY, entry_id), keyed_on)
    told = {"before": EntryState.DUE, "after": EntryState.ENTERED, "keyed_on": keyed_on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.NR3S_ENTRY, entry_id, details=told)


def need_no_entry(user: ActingUser, entry_id: UUID, reason: str, today: date) -> None:
    """That NR3S need not know of the decision, and why: it rests on no relevant information after all."""
    entry = _due(entry_id)
    entry.reason_sealed = seal(Nr3sEntry, "reason_sealed", entry_id, reason)
    entry.state, entry.settled_on = EntryState.NOT_NEEDED, today
    db.session.flush()
    deadlines.cease(user, _ENTRY, (ObjectKind.NR3S_ENTRY, entry_id), "No entry is needed: see the entry for the reason")
    told = {"before": EntryState.DUE, "after": EntryState.NOT_NEEDED}
    audit.record(Action.CHANGED, ObjectKind.NR3S_ENTRY, entry_id, details=told)


def _due(entry_id: UUID) -> Nr3sEntry:
    entry = queries.entry_for_update(entry_id)
    if entry.state is not EntryState.DUE:
        raise RuleBroken(SETTLED)
    return entry


def expect_update(user: ActingUser, event_id: UUID, why: UpdateReason, on: date | None = None) -> Nr3sUpdate | None:
    """That the entry of a decision must be put right: made, or found waiting. None where there is no such entry.

    `on` is the day of what changed it, from which the time for it runs; today without one.
    """
    entry = queries.entry_of_event(event_id)
    return _expect(user, entry, why, on) if entry and entry.state is not EntryState.NOT_NEEDED else None


def expect_updates_of_person(
    user: ActingUser, person_id: UUID, why: UpdateReason, on: date | None = None
) -> list[Nr3sUpdate]:
    """The same for every entry about a person, as when they are granted a licence later, on that day."""
    concerned = (one for one in queries.entries_of(person_id) if one.state is not EntryState.NOT_NEEDED)
    return [_expect(user, entry, why, on) for entry in concerned]


def _expect(user: ActingUser, entry: Nr3sEntry, why: UpdateReason, on: date | None = None) -> Nr3sUpdate:
    db.session.expire(entry, ["updates"])
    waiting = next((one for one in entry.updates if one.reason is why and one.action is None), None)
    if waiting:
        return waiting
    day = on or dates.today()
    row = Nr3sUpdate(id=uuid4(), authority_id=user.authority.id, entry_id=entry.id, reason=why, from_on=day)
    db.session.add(row)
    db.session.flush()
    deadlines.start(user, _UPDATE, (ObjectKind.NR3S_ENTRY, row.id), row.from_on, team=Role.LICENSING_MANAGER)
    audit.record(Action.CHANGED, ObjectKind.NR3S_ENTRY, entry.id, details={"update_due": why})
    return row


def confirm_update(user: ActingUser, update_id: UUID, action: UpdateAction, done_on: date, note: str) -> None:
    """That NR3S was put right, how and when. Whoever was told of the decision before must be told of this (s.3(4))."""
    update = queries.update_for_update(update_id)
    entry = queries.entry_for_update(update.entry_id)
    if update.action:
        raise RuleBroken(SETTLED)
    if entry.state is EntryState.DUE:
        raise RuleBroken(NOT_ENTERED)
    check_not_before(done_on, update.from_on, "What it is about happened on", "done_on")
    entry.state = state_after(entry.state, action)
    update.action, update.settled_on = action, done_on
    update.note_sealed = seal(Nr3sUpdate, "note_sealed", update_id, note) if note else None
    db.session.flush()
    about = (ObjectKind.NR3S_ENTRY, update_id)
    deadlines.start(user, _UPDATE, about, update.from_on, team=Role.LICENSING_MANAGER)
    deadlines.meet(user, _UPDATE, about, done_on)
    told = {"update": update.reason, "action": action, "done_on": done_on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.NR3S_ENTRY, entry.id, details=told)
    _have_requesters_told(user, entry)


def _have_requesters_told(user: ActingUser, entry: Nr3sEntry) -> None:
    told = sorted({one.from_body for one in told_of_person(entry.person_id)})
    if not told:
        return
    tasks.open_task(
        user,
        TaskKind.TELL_REQUESTERS,
        For(team=Role.LICENSING_OFFICER),
        due_on(_UPDATE, user.authority.id, dates.today()),
        f"The entry on NR3S changed after {', '.join(told)} had been answered. Tell them of it, with the reason "
        "(2022 Act section 3(4)).",
        about=(ObjectKind.NR3S_ENTRY, entry.id),
    )
