"""Preparing and serving a hotel notice, requiring information under it, and what came. Views commit.

What happens to the notice is recorded on its action too, through disruption: there it has its clocks and its appeal.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.changes import acting, correcting
from licensing.disruption.changes.rows import Said
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import ActionState, EventKind, Rank
from licensing.errors import RuleBroken
from licensing.hotel_notices import queries, rules
from licensing.hotel_notices.models import HotelNotice, InformationReceived, NoticeServed, Requirement
from licensing.hotel_notices.words import Capacity, Explained
from licensing.references import new_reference
from licensing.sealing import seal

PREFIX, POWER = "HN", "S116"


@dataclass(frozen=True)
class Draft:
    """What a notice says, who authorised it, and how the threshold is met."""

    hotel: Aim
    lead_agency_id: UUID
    recording_agency_id: UUID
    authorised_on: date
    officer: str
    rank: Rank
    effective_on: date
    expires_on: date
    explains: Collection[Explained]
    objective: str
    threshold: str
    partners: Collection[UUID] = ()


def prepare(user: ActingUser, draft: Draft) -> UUID:
    """Write a notice, and begin the action by which it stands among all others.

    Raises RuleBroken, citing the law, where the contents, the agency or the rank are not what section 116 asks.
    """
    rules.check_notice(draft.authorised_on, draft.effective_on, draft.expires_on, draft.explains)
    action_id = acting.consider(user, _as_action(draft))
    authorised = Event(EventKind.AUTHORISED, draft.authorised_on, rank=draft.rank)
    acting.record_event(user, action_id, authorised, officer=draft.officer, words="")
    notice_id = uuid4()
    row = {
        "id": notice_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "action_id": action_id,
        "hotel": draft.hotel.name,
        "address": draft.hotel.address,
        "postcode": draft.hotel.postcode,
        "record_id": draft.hotel.record_id,
        "authorised_on": draft.authorised_on,
        "officer": draft.officer,
        "rank": draft.rank,
        "effective_on": draft.effective_on,
        "expires_on": draft.expires_on,
        "recorded_by": user.id,
    }
    _keep(HotelNotice, row)
    _record(Did.ADDED, notice_id, {"expires_on": draft.expires_on.isoformat()})
    return notice_id


def _as_action(draft: Draft) -> acting.Plan:
    row = next((one for one in disruption.versions_of(POWER) if one.as_power().holds_on(draft.authorised_on)), None)
    if row is None:
        raise RuleBroken("Section 116 was not the law on that day", "considered_on")
    return acting.Plan(
        power_id=row.id,
        lead_agency_id=draft.lead_agency_id,
        recording_agency_id=draft.recording_agency_id,
        considered_on=draft.authorised_on,
        aims=[draft.hotel],
        objective=draft.objective,
        threshold=draft.threshold,
        partners=[one for one in draft.partners if one not in (draft.lead_agency_id, draft.recording_agency_id)],
    )


@dataclass(frozen=True)
class Service:
    """To whom a notice was given, as what, when and by whom."""

    on: date
    capacity: Capacity
    name: str
    officer: str


def serve(user: ActingUser, notice_id: UUID, on: date, capacity: Capacity, name: str, officer: str) -> None:
    """It was given to the owner, the operator or the manager; or to whoever took over while it runs."""
    notice = _worked(notice_id)
    if on > dates.today():
        raise RuleBroken("The date must be today or in the past", "on")
    is_first = not notice.served
    rules.check_service(notice.authorised_on, notice.effective_on, notice.expires_on, on, is_first=is_first)
    if is_first:
        acting.record_event(user, notice.action_id, Event(EventKind.SERVED, on), officer=officer, words="")
    _keep(NoticeServed, _service_row(user, notice, Service(on, capacity, name, officer)))
    _record(Did.SERVED, notice_id, {"on": on.isoformat(), "as": capacity.value})
    if is_first and notice.effective_on <= dates.today():
        take_effect(user, notice_id)


def _service_row(user: ActingUser, notice: HotelNotice, service: Service) -> dict[str, Any]:
    service_id = uuid4()
    return {
        "id": service_id,
        "authority_id": notice.authority_id,
        "notice_id": notice.id,
        "served_on": service.on,
        "capacity": service.capacity,
        "name_sealed": seal(NoticeServed, "name_sealed", service_id, service.name),
        "officer": service.officer,
        "recorded_by": user.id,
    }


def put_service_right(user: ActingUser, service_id: UUID, right: Service, why: str) -> None:
    """Put in place of a service what should have been recorded; its action, and what counts from there, follow.

    What was required is due on the days that each requirement states in writing: they hang on the notice's own days.
    Raises RuleBroken, citing the law, where it could not have been served so, or where somebody put it right before.
    """
    notice = _worked(queries.notice_served(service_id))
    wrong = next((one for one in notice.served if one.id == service_id), None)
    if wrong is None:
        raise RuleBroken("This service was put right a moment ago. Nothing was changed.")
    if right.on > dates.today():
        raise RuleBroken("The date must be today or in the past", "on")
    others = [one.served_on for one in notice.served if one is not wrong]
    is_first = right.on < min(others, default=date.max)
    rules.check_service(notice.authorised_on, notice.effective_on, notice.expires_on, right.on, is_first=is_first)
    was = wrong.served_on
    row = _service_row(user, notice, right) | {"replaces_id": service_id}
    _keep(NoticeServed, row | {"why_sealed": seal(NoticeServed, "why_sealed", row["id"], why)})
    _follow_first(user, queries.notice(notice.id), why)
    _record(Did.CORRECTED, notice.id, {"part": "service", "was": was.isoformat(), "on": right.on.isoformat()})


def _follow_first(user: ActingUser, notice: HotelNotice, why: str) -> None:
    """On the action a notice was served on the day of the first service, by whoever served that."""
    first = notice.served[0]
    told = next(one for one in disruption.events_of(notice.action_id) if one.kind is EventKind.SERVED)
    if (told.on_day, told.officer) != (first.served_on, first.officer):
        event, said = Event(EventKind.SERVED, first.served_on), Said(first.officer)
        correcting.correct(user, notice.action_id, told.id, correcting.Correction(event, said, why))


def take_effect(user: ActingUser, notice_id: UUID) -> None:
    """The day has come on which the notice takes effect; its action is in force until the notice expires."""
    notice = _worked(notice_id)
    if notice.effective_on > dates.today():
        raise RuleBroken("The notice has not taken effect yet.")
    # What was recorded since, such as an appeal, came before.
    latest = max(one.on_day for one in disruption.events_of(notice.action_id))
    on = max(notice.effective_on, latest)
    in_force = Event(EventKind.IN_FORCE, on, ends_on=notice.expires_on, rank=notice.rank)
    acting.record_event(user, notice.action_id, in_force, officer=notice.officer, words="")


def may_take_effect(notice: HotelNotice, today: date) -> bool:
    """Whether the day has come and the action does not say so yet."""
    return notice.action.state is ActionState.SERVED and notice.effective_on <= today


def require(user: ActingUser, notice_id: UUID, wanted: rules.Requirement, officer: str) -> UUID:
    """A constable requires information in writing. RuleBroken where section 116(6) does not allow it."""
    notice = _worked(notice_id)
    if not notice.services:
        raise RuleBroken("Serve the notice first: a requirement is of somebody who was given it (s.116(4)).")
    if notice.action.ended_on and wanted.made_on >= notice.action.ended_on:
        raise RuleBroken("The notice was ended. A new notice is a new record.", "made_on")
    rules.check_requirement(notice.effective_on, notice.expires_on, wanted, dates.today())
    requirement_id = uuid4()
    row = {
        "id": requirement_id,
        "authority_id": notice.authority_id,
        "notice_id": notice_id,
        "number": queries.next_number(notice_id),
        "made_on": wanted.made_on,
        "from_on": wanted.from_on,
        "until_on": wanted.until_on,
        "due_on": wanted.due_on,
        "officer": officer,
        "recorded_by": user.id,
    }
    _keep(Requirement, row)
    _record(Did.CHANGED, notice_id, {"part": "requirements", "due_on": wanted.due_on.isoformat()})
    return requirement_id


def receive(user: ActingUser, requirement_id: UUID, on: date, *, complete: bool) -> None:
    """Information came; whether it was all. The information itself is not kept here."""
    requirement, today = queries.requirement(requirement_id), dates.today()
    _worked(requirement.notice_id)
    rules.check_receipt(requirement.made_on, on, requirement.state_on(today), today)
    row = {
        "id": uuid4(),
        "authority_id": requirement.authority_id,
        "requirement_id": requirement_id,
        "received_on": on,
        "complete": complete,
        "recorded_by": user.id,
    }
    _keep(InformationReceived, row)
    _record(Did.CHANGED, requirement.notice_id, {"part": "received", "complete": complete})


def _worked(notice_id: UUID) -> HotelNotice:
    """The notice, while nobody else adds to it."""
    notice = queries.notice(notice_id)
    if not disruption.works_on(notice.action_id):
        raise RuleBroken("Only the agencies that lead or join add to a notice.")
    disruption.action(notice.action_id, for_change=True)
    return notice


def _keep(model: type[Any], row: dict[str, Any]) -> None:
    # Plain, since RETURNING would read the row back by policies that look further.
    db.session.execute(insert(model).inline(), [row])
    db.session.expire_all()


def _record(did: Did, notice_id: UUID, details: dict[str, Any]) -> None:
    audit.record(did, ObjectKind.HOTEL_NOTICE, notice_id, details=details)
