"""The parts people and organisations play, from a day until another; and a licence passing to another holder."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.references import is_reference
from licensing.register import queries, rederive
from licensing.register.changes.things import the_day_before
from licensing.register.events import Event, EventKind, RecordKind
from licensing.register.life_cycle import events_known_to
from licensing.register.models import Licence, Organisation, Person, Position
from licensing.register.parts import ONE_AT_A_TIME, PositionKind
from licensing.register.rows import Row, Rows
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

Answers = dict[str, Any]

TARGETS = {
    RecordKind.ORGANISATION: "of_organisation_id",
    RecordKind.PREMISES: "of_premises_id",
    RecordKind.VEHICLE: "of_vehicle_id",
    RecordKind.LICENCE: "of_licence_id",
}
PARTS_OF = {
    RecordKind.ORGANISATION: (
        PositionKind.DIRECTOR,
        PositionKind.SECRETARY,
        PositionKind.PARTNER,
        PositionKind.MANAGER,
    ),
    RecordKind.PREMISES: (
        PositionKind.OWNER,
        PositionKind.OPERATOR,
        PositionKind.MANAGER,
        PositionKind.RESPONSIBLE_PERSON,
    ),
    RecordKind.VEHICLE: (PositionKind.PROPRIETOR, PositionKind.OWNER),
    RecordKind.LICENCE: (PositionKind.PREMISES_SUPERVISOR, PositionKind.LICENCE_HOLDER, PositionKind.MANAGER),
}


def add_position(kind: RecordKind, user: ActingUser, record_id: UUID, given: Answers) -> None:
    """Somebody begins to play a part. Of a part that one plays at a time the one before ends the day before."""
    holder = holder_row(given["holder"])
    if given["kind"] in ONE_AT_A_TIME:
        for former in _still_there(kind, record_id, given["kind"], given["from_on"]):
            _end(former, the_day_before(given["from_on"]) if given["from_on"] else None)
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    rows.add_position(given["kind"], holder, {TARGETS[kind]: record_id}, from_on=given["from_on"])
    rows.write()
    _record(kind, record_id, given["kind"])


def _still_there(kind: RecordKind, record_id: UUID, part: PositionKind, day: date | None) -> list[Position]:
    """Who plays a part on a day or later; without a day, whoever has no last one."""
    return [
        one
        for one in positions_of(kind, record_id)
        if one.kind is part and (one.until_on is None or (day is not None and one.until_on >= day))
    ]


def _end(position: Position, until_on: Any) -> None:
    if until_on is None:
        raise RuleBroken("Enter the first day: somebody else has this place until then.", "from_on")
    if position.from_on and until_on < position.from_on:
        raise RuleBroken(
            f"The one before began on {in_words(position.from_on)}: the first day must be later.", "from_on"
        )
    position.until_on = until_on


def end_position(kind: RecordKind, _user: ActingUser, record_id: UUID, given: Answers) -> None:
    """Somebody plays a part no longer."""
    position = next((one for one in positions_of(kind, record_id) if str(one.id) == given["position"]), None)
    if position is None or position.until_on:
        raise RuleBroken("Somebody has recorded this already.", "position")
    if position.from_on and given["until_on"] < position.from_on:
        raise RuleBroken(f"Last day must be the same as or after {in_words(position.from_on)}, the first", "until_on")
    position.until_on = given["until_on"]
    _record(kind, record_id, position.kind)


def remove_supervisor(licence_id: UUID, from_on: date, in_place_on: date) -> None:
    """From a day on, whoever was the supervisor on another day is so no longer; whoever came since stays."""
    for one in _supervisors_of(licence_id, in_place_on):
        if one.until_on is None or one.until_on >= from_on:
            last = the_day_before(from_on)
            one.until_on = max(last, one.from_on) if one.from_on else last
            _record(RecordKind.LICENCE, licence_id, one.kind)


def keep_supervisor(licence_id: UUID, from_on: date, in_place_on: date) -> None:
    """What was to end by removal from a day on goes on: the removal waits for an appeal."""
    for one in _supervisors_of(licence_id, in_place_on):
        if one.until_on == the_day_before(from_on):
            one.until_on = None
            _record(RecordKind.LICENCE, licence_id, one.kind)


def _supervisors_of(licence_id: UUID, day: date) -> list[Position]:
    found = positions_of(RecordKind.LICENCE, licence_id)
    return [one for one in found if one.kind is PositionKind.PREMISES_SUPERVISOR and one.is_held_on(day)]


def transfer(user: ActingUser, licence_id: UUID, given: Answers) -> None:
    """A licence passes to another holder; the one before stays in its history.

    Licensing Act 2003 s.42, and s.50 where it had lapsed or was surrendered; for a vehicle, 1976 Act s.49.
    """
    licence = queries.licence(licence_id)
    if EventKind.TRANSFERRED not in events_known_to(licence.kind):
        raise RuleBroken(f"A {licence.kind.label.lower()} licence cannot be transferred.")
    holder = queries.holder_of_reference(given["holder"])
    if holder is None:
        raise RuleBroken("There is no person or organisation with this reference on your register.", "holder")
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    former = {"person_id": licence.person_id, "organisation_id": licence.organisation_id}
    if any(former.values()):
        until = the_day_before(given["on"])
        rows.add_position(PositionKind.LICENCE_HOLDER, former, {"of_licence_id": licence_id}, until_on=until)
    licence.person_id = holder.id if isinstance(holder, Person) else None
    licence.organisation_id = holder.id if isinstance(holder, Organisation) else None
    rows.add_event(licence_id, Event(EventKind.TRANSFERRED, decided_on=given["on"]))
    rows.write()
    db.session.flush()
    rederive.licences([licence_id])
    audit.record(Action.CHANGED, ObjectKind.LICENCE, licence_id, details={"event": EventKind.TRANSFERRED})


def holder_row(typed: str) -> Row:
    """Who plays the part: somebody with a record, else the name as written. RuleBroken for an unknown reference."""
    found = queries.holder_of_reference(typed)
    if isinstance(found, Person):
        return {"person_id": found.id}
    if isinstance(found, Organisation):
        return {"organisation_id": found.id}
    if is_reference(typed):
        raise RuleBroken("There is no person or organisation with this reference on your register.", "holder")
    return {"written_name": typed}


def positions_of(kind: RecordKind, record_id: UUID) -> list[Position]:
    """The parts that are played in a record."""
    return queries.positions_in(TARGETS[kind], record_id)


def supervisor_on(licence: Licence, day: date) -> bool:
    """Whether somebody is the designated premises supervisor on a day."""
    return any(one.kind is PositionKind.PREMISES_SUPERVISOR and one.is_held_on(day) for one in licence.positions)


def has_no_supervisor(licence: Licence, day: date) -> bool:
    """Whether alcohol may be sold by the licence and nobody is its supervisor (Licensing Act 2003 s.19)."""
    return licence.sells_alcohol and licence.status_on(day).is_in_force and not supervisor_on(licence, day)


def _record(kind: RecordKind, record_id: UUID, part: PositionKind) -> None:
    audit.record(Action.CHANGED, ObjectKind(kind.value), record_id, details={"part": part})
    db.session.flush()
    if part is PositionKind.PREMISES_SUPERVISOR and _supervisors_of(record_id, dates.today()):
        tasks.settle(TaskKind.NO_SUPERVISOR, (ObjectKind.LICENCE, record_id), "A supervisor is recorded.")
