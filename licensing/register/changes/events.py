"""What happens to a licence: recording it, and declaring a licence void, which needs a second person."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import current_app

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.approvals import changes as approvals
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register import queries, rederive
from licensing.register.catalogue import CATALOGUE, LicenceKind
from licensing.register.changes.things import the_day_before
from licensing.register.events import Event, EventKind, LapseCause, LicenceStatus, RelevantInformation
from licensing.register.life_cycle import events_known_to, is_regular
from licensing.register.models import Licence, LicenceEvent
from licensing.register.rows import Rows
from licensing.register.rules import status_as_at
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

Answers = dict[str, Any]


def record_event(user: ActingUser, licence_id: UUID, given: Answers) -> None:
    """Record what happened to a licence. RuleBroken for what its status does not allow, unless said to be irregular."""
    licence = queries.licence(licence_id)
    event = event_of(given)
    irregular = check_event(licence, [one.as_event() for one in licence.standing_events], event, given)
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    facts = {"power": given["power"], "permanent": given["permanent"], "irregular": irregular}
    rows.add_event(licence_id, event, **facts)
    rows.write()
    rederive.licences([licence_id])
    audit.record(Action.CHANGED, ObjectKind.LICENCE, licence_id, details=told_of(event, irregular))
    settle_chase(licence_id, event.kind)


def append_event(
    user: ActingUser, licence_id: UUID, event: Event, *, in_place_of: UUID | None = None, **facts: Any
) -> UUID:
    """Record what another room's act did to a licence; returns the event's id.

    `in_place_of` is an event that this one completes, as a decision that has now been notified; `facts` are those of
    `Rows.add_event`.
    """
    event_id = uuid4()
    if in_place_of:
        db.session.get_one(LicenceEvent, in_place_of).superseded_at = db.func.now()
        db.session.flush()
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    rows.add_event(licence_id, event, id=event_id, supersedes_id=in_place_of, **facts)
    rows.write()
    rederive.licences([licence_id])
    told = told_of(event, irregular=bool(facts.get("irregular")))
    audit.record(Action.CHANGED, ObjectKind.LICENCE, licence_id, details=told)
    settle_chase(licence_id, event.kind)
    return event_id


def settle_chase(licence_id: UUID, happened: EventKind) -> None:
    """A badge or plate that came back need not be asked for, nor that of a licence which is in force (again)."""
    about = (ObjectKind.LICENCE, licence_id)
    if happened is EventKind.BADGE_RETURNED:
        for kind in (TaskKind.BADGE_CHASE, TaskKind.LICENCE_CEASED):
            tasks.settle(kind, about, "The badge or plate came back.")
    elif happened in _BRINGS_BACK and queries.licence(licence_id).status_on(dates.today()) is LicenceStatus.IN_FORCE:
        for kind in (TaskKind.BADGE_CHASE, TaskKind.LICENCE_CEASED):
            tasks.settle(kind, about, "The licence is in force again.")


_BRINGS_BACK = frozenset(
    {
        EventKind.SUSPENSION_ENDED,
        EventKind.REINSTATED_BY_COURT,
        EventKind.RENEWED,
        EventKind.LEAVE_RECORDED,
        EventKind.FEE_PAID,
    }
)


def propose_void(_user: ActingUser, licence_id: UUID, given: Answers) -> None:
    """Ask a second person to agree that a licence was issued by mistake. RuleBroken where it is void already."""
    _check_void(queries.licence(licence_id), given["decided_on"])
    kept = {"decided_on": given["decided_on"].isoformat()}
    approvals.propose(ProposalKind.VOID, ObjectKind.LICENCE, licence_id, kept, given["reason"])


def voided_on(proposal: Proposal) -> date:
    """The day that a proposal to declare a licence void names."""
    return date.fromisoformat(proposal.payload["decided_on"])


def void(user: ActingUser, proposal: Proposal) -> None:
    """Once agreed: the licence is void, and stays visible. RuleBroken where it became void in between."""
    licence = queries.licence(proposal.object_id)
    event = _check_void(licence, voided_on(proposal))
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    rows.add_event(licence.id, event)
    rows.write()
    rederive.licences([licence.id])
    audit.record(Action.CHANGED, ObjectKind.LICENCE, licence.id, details=told_of(event, irregular=False))


def _check_void(licence: Licence, day: date) -> Event:
    if any(one.kind is EventKind.VOIDED for one in licence.standing_events):
        raise RuleBroken("This licence is void already.")
    return Event(EventKind.VOIDED, decided_on=day, recorded_on=dates.today())


def event_of(given: Answers) -> Event:
    """The event that these answers describe."""
    dated = ("decided_on", "notified_on", "effective_on", "ends_on", "starts_on", "expires_on")
    return Event(
        given["event"],
        **{name: given[name] for name in dated},
        immediate=given["immediate"],
        relevant_information=given["relevant_information"] or RelevantInformation.NOT_RECORDED,
        recorded_on=dates.today(),
        cause=LapseCause(given["cause"]) if given["cause"] else None,
        entitlement=given["entitlement"] or "",
    )


def check_event(licence: Licence, before: list[Event], event: Event, given: Answers) -> bool:
    """Whether the event is irregular. RuleBroken for what is missing, or irregular and not said to be."""
    kind = event.kind
    if kind not in events_known_to(licence.kind) and not given["irregular"]:
        raise RuleBroken(_UNKNOWN_TO_LAW.format(kind.label.lower(), licence.kind.label.lower()), "event")
    _check_dates(licence.kind, event)
    if event.entitlement and not licence.kind.entitlements:
        raise RuleBroken("This licence is not for two entitlements: choose both.", "entitlement")
    status = status_as_at(before, the_day_before(event.known_from))
    today = status_as_at([one for one in before if one.filed_on <= event.filed_on], event.known_from)
    if is_regular(licence.kind, status, kind) or is_regular(licence.kind, today, kind):
        return False
    if not given["irregular"]:
        raise RuleBroken(
            f"On that day the licence was: {today.label.lower()}. The law has no “{kind.label.lower()}” from there. "
            "Check the date; if it was done all the same, tick the last box.",
            "event",
        )
    return True


_UNKNOWN_TO_LAW = (
    "The law has no “{}” for a {} licence. If a badge came back, record “Badge or plate returned”. "
    "If it was done all the same, tick the last box."
)


def _check_dates(kind: LicenceKind, event: Event) -> None:
    term = event.kind in (EventKind.GRANTED, EventKind.RENEWED)
    if term and CATALOGUE[kind].longest_months and not event.expires_on:
        raise RuleBroken("Enter the last day of the new term", "expires_on")
    if event.kind is EventKind.LEAVE_RECORDED and not event.ends_on:
        raise RuleBroken("Enter the day their permission to work ends", "ends_on")
    if event.kind is EventKind.LAPSED and not event.cause:
        raise RuleBroken("Select why it lapsed", "cause")
    if event.immediate and event.kind not in (EventKind.SUSPENDED, EventKind.REVOKED):
        raise RuleBroken("Only a suspension or revocation has immediate effect", "immediate")


def told_of(event: Event, irregular: bool) -> dict[str, Any]:
    """What the trail holds of an event: its kind and dates."""
    days = {"decided_on": event.decided_on, "notified_on": event.notified_on, "effective_on": event.effective_on}
    shown = {name: day.isoformat() for name, day in days.items() if isinstance(day, date)}
    return {"event": event.kind, "irregular": irregular, **shown}
