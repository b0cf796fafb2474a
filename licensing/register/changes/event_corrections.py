"""Putting right what was recorded of an event: asked by one person, agreed to by another."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.approvals import changes as approvals
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register import queries, rederive, states
from licensing.register.catalogue import LicenceKind
from licensing.register.changes.corrections import keep_correction
from licensing.register.changes.events import check_event, event_of, told_of
from licensing.register.events import ADVERSE, Event, RecordKind
from licensing.register.models import Licence, LicenceEvent
from licensing.register.rows import Rows
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

Answers = dict[str, Any]


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
