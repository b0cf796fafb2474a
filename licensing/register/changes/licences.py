"""Licences and other authorisations: adding one, what happens to it, and putting right what was recorded wrongly."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.approvals import changes as approvals
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.matching.identifiers import normalise
from licensing.permissions import Role
from licensing.register import queries, rederive, states
from licensing.register.catalogue import CATALOGUE, LicenceKind
from licensing.register.changes.corrections import keep_correction
from licensing.register.changes.things import the_day_before
from licensing.register.details import LicenceDetails
from licensing.register.events import ADVERSE, Event, EventKind, LapseCause, RecordKind, RelevantInformation
from licensing.register.life_cycle import events_known_to, is_regular
from licensing.register.models import Licence, LicenceEvent, LicenceMark
from licensing.register.places import Activity
from licensing.register.rows import Rows
from licensing.register.rules import status_as_at
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

Answers = dict[str, Any]

# What a record of each kind is to the licence that is added to it.
ITS_COLUMN = {
    RecordKind.PERSON: "person_id",
    RecordKind.ORGANISATION: "organisation_id",
    RecordKind.VEHICLE: "vehicle_id",
    RecordKind.PREMISES: "premises_id",
}


def add_licence(user: ActingUser, kind: RecordKind, record_id: UUID, given: Answers) -> UUID:
    """Add a licence or an application to a record. RuleBroken when its number is taken."""
    licence_kind: LicenceKind = given["kind"]
    if licence_kind not in queries.kinds_issued_by(user.authority.id):
        raise RuleBroken(f"{user.authority.name} does not issue this kind of licence.", "kind")
    if queries.licence_number_is_taken(licence_kind, normalise(given["number"])):
        raise _taken(licence_kind, given["number"])
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    details = LicenceDetails(
        licence_kind,
        given["number"],
        given["badge_no"] or "",
        tuple(_first_events(given)),
        tuple(Activity(one) for one in given["activities"]),
    )
    of = {column: record_id if of is kind else None for of, column in ITS_COLUMN.items()}
    licence_id = rows.add_licence(of.pop("person_id"), details, irregular=given["irregular"], **of)
    try:
        rows.write()
    except IntegrityError as error:  # sent twice at once: the other one was first
        raise _taken(licence_kind, given["number"]) from error
    if kind is RecordKind.PERSON:
        rederive.match_records([record_id], current_app.config["KEYS"])
    audit.record(Action.ADDED, ObjectKind.LICENCE, licence_id, details={"kind": licence_kind})
    return licence_id


def _taken(kind: LicenceKind, number: str) -> RuleBroken:
    return RuleBroken(f"{kind.label} {number} is on your register already. Check the number.", "number")


def _first_events(given: Answers) -> list[Event]:
    events = []
    if given["received_on"]:
        events.append(Event(EventKind.RECEIVED, decided_on=given["received_on"]))
    if given["granted_on"]:
        term = {"starts_on": given["starts_on"], "expires_on": given["expires_on"]}
        events.append(Event(EventKind.GRANTED, decided_on=given["granted_on"], **term))
    return events


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


CORRECTED = (
    "decided_on",
    "notified_on",
    "effective_on",
    "ends_on",
    "starts_on",
    "expires_on",
    "immediate",
    "relevant_information",
    "power",
    "permanent",
    "irregular",
    "cause",
    "entitlement",
)


def propose_correction(event: LicenceEvent, licence: Licence, given: Answers, kept: Answers) -> None:
    """Ask a second person to agree that an event was recorded wrongly. RuleBroken when nothing would be different.

    `kept` are the answers as JSON can hold them.
    """
    before = event_state(event)
    if not states.differences(before, corrected_state(given, before)):
        raise RuleBroken("Nothing is different from what is recorded. Change what is wrong, or go back.")
    if not given["never_happened"]:
        rest = [one.as_event() for one in licence.standing_events if one.id != event.id]
        check_event(licence, rest, event_of(given), given)
    approvals.propose(ProposalKind.CORRECTION, ObjectKind.LICENCE, event.id, kept, given["reason"])


def correct_event(user: ActingUser, proposal: Proposal, given: Answers) -> None:
    """An event says something else, or counts for nothing: the entry as it was stays, superseded.

    A second person has agreed. RuleBroken when the event was corrected in between.
    """
    wrong = db.session.get_one(LicenceEvent, proposal.object_id, with_for_update=True)
    if wrong.superseded_at:
        raise RuleBroken("This entry was corrected in between. Look at the licence again.")
    before = event_state(wrong)
    wrong.superseded_at = db.func.now()
    db.session.flush()
    told = {"before": told_of(wrong.as_event(), wrong.irregular)}
    if not given["never_happened"]:
        told["after"] = _supersede(user, wrong, given)
    rederive.licences([wrong.licence_id])
    differences = states.differences(before, corrected_state(given, before))
    keep_correction(
        user, RecordKind.LICENCE, wrong.licence_id, differences, proposal.reason, proposal=proposal, told=told
    )
    if wrong.kind in ADVERSE:
        _have_others_told(user, wrong.licence_id)


def _have_others_told(user: ActingUser, licence_id: UUID) -> None:
    """Whoever was told of a decision is told of its correction, and NR3S is put right (2022 Act s.2(3), s.3(4)).

    Five days, not working days: the earlier is the safer reading of section 2.
    """
    tasks.open_task(
        user,
        TaskKind.TELL_OF_CORRECTION,
        For(team=Role.LICENSING_OFFICER),
        dates.today() + timedelta(days=5),
        "A decision was corrected. Put the NR3S entry right, and tell the councils that were told of it.",
        about=(ObjectKind.LICENCE, licence_id),
    )


def _supersede(user: ActingUser, wrong: LicenceEvent, given: Answers) -> dict[str, Any]:
    """Add the entry that takes the place of a wrong one."""
    licence, event = queries.licence(wrong.licence_id), event_of(given)
    rest = [one.as_event() for one in licence.standing_events if one.id != wrong.id]
    irregular = check_event(licence, rest, event, {**given, "irregular": True})
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    facts = {"power": given["power"], "permanent": given["permanent"], "irregular": irregular}
    rows.add_event(licence.id, event, supersedes_id=wrong.id, source_id=wrong.source_id, **facts)
    rows.write()
    return told_of(event, irregular)


def corrected_state(given: Answers, before: states.State) -> states.State:
    """What would be recorded: the answers, or nothing at all where it never happened."""
    return dict.fromkeys(before, "") if given["never_happened"] else answers_state(given)


def event_state(event: LicenceEvent) -> states.State:
    """What is recorded of an event."""
    return _state_of(event.as_event(), event.power or "", event.permanent)


def answers_state(given: Answers) -> states.State:
    """What would be recorded of an event by these answers."""
    return _state_of(event_of(given), given["power"] or "", given["permanent"])


def _state_of(event: Event, power: str, permanent: bool) -> states.State:
    days = {
        "Decided or happened": event.decided_on,
        "Notice": event.notified_on,
        "Effect": event.effective_on,
        "First day": event.starts_on,
        "Last day": event.expires_on,
        "Ends": event.ends_on,
    }
    return {
        "What happened": event.kind.label,
        **{label: dates.in_words(day) if day else "" for label, day in days.items()},
        "Immediate effect": "Yes" if event.immediate else "No",
        "Relevant information": event.relevant_information.replace("_", " "),
        "Cause": event.cause.label if event.cause else "",
        "Entitlement": LicenceKind(event.entitlement).label if event.entitlement else "",
        "Power used": power,
        "Marked as permanent": "Yes" if permanent else "No",
    }


def correct_licence(user: ActingUser, licence_id: UUID, given: Answers, before: states.State) -> None:
    """Put right a number or the activities, and keep what they said."""
    licence = db.session.get_one(Licence, licence_id)
    key = normalise(given["number"])
    if key != licence.number_key and queries.licence_number_is_taken(licence.kind, key):
        raise _taken(licence.kind, given["number"])
    licence.number, licence.number_key = given["number"], key
    licence.badge_no = given["badge_no"] or None
    licence.badge_key = normalise(given["badge_no"] or "") or None
    licence.activities = list(given["activities"])
    _found_again(licence)
    keep_correction(
        user, RecordKind.LICENCE, licence_id, states.differences(before, licence_state(licence)), given["reason"]
    )


def licence_state(licence: Licence) -> states.State:
    """What is recorded of a licence itself, and how many events."""
    return {
        "Licence number": licence.number,
        "Badge or plate number": licence.badge_no or "",
        "Activities": ", ".join(Activity(one).label for one in licence.activities),
    }


def give_new_number(user: ActingUser, licence_id: UUID, given: Answers) -> None:
    """A new badge or plate; the number before stays in the history, and findable."""
    licence = db.session.get_one(Licence, licence_id)
    if normalise(given["badge_no"]) == licence.badge_key:
        raise RuleBroken("The licence has this number already.", "badge_no")
    if licence.badge_no:
        former = LicenceMark(
            authority_id=user.authority.id,
            licence_id=licence_id,
            number=licence.badge_no,
            number_key=licence.badge_key,
            until_on=the_day_before(given["from_on"]),
        )
        db.session.add(former)
    licence.badge_no, licence.badge_key = given["badge_no"], normalise(given["badge_no"])
    _found_again(licence)
    audit.record(Action.CHANGED, ObjectKind.LICENCE, licence_id, details={"fields": [licence.kind.number_label]})


def _found_again(licence: Licence) -> None:
    """The driver check finds the holder under the numbers as they are now."""
    db.session.flush()
    if licence.person_id:
        rederive.match_records([licence.person_id], current_app.config["KEYS"])
