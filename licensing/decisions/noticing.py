"""The notice of a decision: frozen as it is issued, and what follows when it was given. The view commits."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import changes as clocks
from licensing.deadlines.codes import ClockCode
from licensing.decisions import documents, queries, settling, supervisors
from licensing.decisions.changes import OFFICERS, as_event, facts_of
from licensing.decisions.models import Decision, Notice, NoticeService
from licensing.decisions.notices import VERSIONS, ServiceMethod, template_for
from licensing.decisions.powers import DecisionKind
from licensing.decisions.serving import S61_2A, broken_by_service
from licensing.errors import RuleBroken
from licensing.register.changes.events import append_event
from licensing.register.events import Event, EventKind
from licensing.sealing import sealed
from licensing.sharing import changes as sharing
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind


def issue_notice(user: ActingUser, decision_id: UUID, given_on: date) -> UUID:
    """Freeze the notice as it is to be given on that day: its text, and the hash of its PDF."""
    decision = queries.decision_for_update(decision_id)
    if decision.notified_on:
        raise RuleBroken(f"The notice was given on {dates.in_words(decision.notified_on)}. What was given stands.")
    text = documents.notice_of(decision, given_on)
    notice_id, template = uuid4(), template_for(decision.kind, decision.licence.kind.family)
    content = documents.as_json(text)
    notice = Notice(
        id=notice_id,
        authority_id=decision.authority_id,
        decision_id=decision_id,
        template=template.value,
        version=VERSIONS[template],
        content_sealed=sealed(Notice, "content_sealed", notice_id, content),
        pdf_sha256=sha256(documents.pdf_of(text)).hexdigest(),
        issued_by=user.id,
    )
    db.session.add(notice)
    db.session.flush()
    details = {"template": template, "version": VERSIONS[template], "sha256": notice.pdf_sha256}
    audit.record(Action.PRINTED, ObjectKind.DECISION, decision_id, details=details)
    return notice_id


@dataclass(frozen=True)
class Service:
    """That a notice was given, as it was typed."""

    method: ServiceMethod
    served_on: date
    recipient: str
    proof: str
    effective_on: date | None = None
    elsewhere: bool = False


def serve(user: ActingUser, decision_id: UUID, given: Service) -> None:
    """Record that the notice was given; the first time, the decision is notified and its effect follows.

    RuleBroken for an impossible order of dates, unless it was done elsewhere and is kept as irregular.
    """
    decision = queries.decision_for_update(decision_id)
    if not decision.needs_notice:
        raise RuleBroken("A court ordered this: there is no notice of it to give.")
    if not decision.notices and not given.elsewhere:
        raise RuleBroken("Issue the notice first: what is given is what was issued.")
    power = decision.power
    window = queries.appeal_window(user.authority.id, given.served_on, power)
    found = list(
        broken_by_service(
            decision.decided_on,
            given.served_on,
            given.effective_on,
            window.effect_from,
            dates.today(),
            immediate=decision.immediate,
            ends_on=decision.ends_on,
            law=S61_2A if power is None or power.grounds_clock else power.law,
        )
    )
    for one in found:
        if one.always or not given.elsewhere:
            raise RuleBroken(one.message, one.field)
    db.session.add(_service_of(user, decision, given))
    audit.record(Action.SERVED, ObjectKind.DECISION, decision_id, details={"on": given.served_on.isoformat()})
    if decision.notified_on is None:
        decision.irregularities = [*decision.irregularities, *(one.message for one in found)]
        _notified(user, decision, given, window.effect_from)
    db.session.flush()


def _service_of(user: ActingUser, decision: Decision, given: Service) -> NoticeService:
    return NoticeService(
        id=uuid4(),
        authority_id=decision.authority_id,
        decision_id=decision.id,
        notice_id=decision.notices[-1].id if decision.notices else None,
        method=given.method,
        served_on=given.served_on,
        recipient=given.recipient,
        proof=given.proof,
        recorded_by=user.id,
    )


def _notified(user: ActingUser, decision: Decision, given: Service, effect_from: date) -> None:
    """The first notice of a decision: its effect on the licence, the register of the 2022 Act, badge and review."""
    record = (ObjectKind.DECISION, decision.id)
    decision.notified_on, decision.effective_on = given.served_on, given.effective_on
    if decision.kind is DecisionKind.SUSPEND_UNFIT:
        decision.ends_on = clocks.start(user, ClockCode.S68_DEEMED, record, given.served_on).due_on
    db.session.flush()
    if kind := decision.kind.event:
        # The register counts 22 days of its own, as the 1976 Act has them; other Acts count otherwise.
        counts_itself = decision.power is None or decision.power.grounds_clock
        event = as_event(decision, kind, None if counts_itself else effect_from)
        if kind is EventKind.FOUND_UNFIT:
            event = Event(kind, notified_on=given.served_on, ends_on=decision.ends_on, recorded_on=dates.today())
        facts = facts_of(decision, bool(decision.irregularities))
        event_id = append_event(user, decision.licence_id, event, in_place_of=decision.event_id, **facts)
        decision.event_id = event_id
        db.session.flush()
        sharing.expect_entry(user, event_id)
    clocks.meet(user, ClockCode.S60_61_GROUNDS, record, given.served_on)
    begins = given.effective_on or (given.served_on if decision.immediate else effect_from)
    if decision.kind is DecisionKind.REMOVE_SUPERVISOR:
        supervisors.remove(user, decision, begins)
    if decision.kind.stops and decision.licence.kind.number_label and not settling.badge_is_back(decision.licence):
        why = "The licence stops: ask for the badge or plate, and record when it comes back."
        tasks.open_task(
            user, TaskKind.BADGE_CHASE, OFFICERS, begins, why, about=(ObjectKind.LICENCE, decision.licence_id)
        )
    if decision.kind.suspends:
        clocks.start(user, ClockCode.SUSPENSION_REVIEW, record, given.served_on)
