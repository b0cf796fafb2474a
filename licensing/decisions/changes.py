"""Making a decision, with what follows from it at once. The view commits."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import changes as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.decisions import interim_steps, queries, settling
from licensing.decisions.facts import facts_for
from licensing.decisions.models import Decision
from licensing.decisions.powers import GRANTS, ON_APPLICATION, DecisionKind
from licensing.decisions.rules import ALONE, Asked, Broken, Maker, broken_rules, to_be_confirmed
from licensing.errors import RuleBroken
from licensing.permissions import Permission, Role
from licensing.references import new_reference
from licensing.register import queries as register
from licensing.register.catalogue import Family
from licensing.register.changes.events import append_event
from licensing.register.events import Event, EventKind, RelevantInformation
from licensing.register.models import Licence
from licensing.sealing import sealed
from licensing.sharing import changes as sharing
from licensing.sharing.rules import UpdateReason
from licensing.suitability import changes as suitability
from licensing.suitability import queries as questions
from licensing.suitability.queries import applications
from licensing.suitability.rules import Limb
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

OFFICERS, MANAGERS = For(team=Role.LICENSING_OFFICER), For(team=Role.LICENSING_MANAGER)
# Limbs on which a council considers telling the Disclosure and Barring Service.
OF_HARM = frozenset({Limb.SEXUAL_OFFENCE, Limb.HARM, Limb.RISK_OF_HARM})


@dataclass(frozen=True)
class About:
    """What is decided: a licence, and the question of it that this answers, if one was open."""

    licence_id: UUID
    application_id: UUID | None = None
    consideration_id: UUID | None = None


ANOTHER_QUESTION = (
    "An application or consideration about this licence was opened or settled since you answered. Look at the licence, "
    "and answer again."
)


def open_question(licence_id: UUID, kind: DecisionKind) -> About:
    """The open question that such a decision answers: an application, or a consideration."""
    if kind in ON_APPLICATION:
        application = applications.open_application(licence_id)
        return About(licence_id, application_id=application.id if application else None)
    consideration = questions.open_consideration(licence_id)
    return About(licence_id, consideration_id=consideration.id if consideration else None)


def broken(user: ActingUser, about: About, asked: Asked) -> list[Broken]:
    """Every rule that the decision would break as things are now."""
    application = questions.application(about.application_id) if about.application_id else None
    consideration = questions.consideration(about.consideration_id) if about.consideration_id else None
    licence = register.licence(about.licence_id)
    return broken_rules(asked, facts_for(user, licence, asked, application, consideration))


def decide(user: ActingUser, about: About, asked: Asked, *, permanent: bool = False, points: int | None = None) -> UUID:
    """Make a decision, or record one that was made elsewhere.

    RuleBroken for the first rule that it breaks; one that was made elsewhere is kept with all that it breaks.
    """
    queries.hold_licence(about.licence_id)
    asks, about = about, _answered_by(about, asked)
    if quicker := queries.decided_already(about.application_id, about.consideration_id):
        raise RuleBroken(f"This was decided a moment ago: {quicker.reference}. Nothing was added.")
    if asks != open_question(about.licence_id, asked.kind):
        raise RuleBroken(ANOTHER_QUESTION)
    found = [one for one in broken(user, about, asked) if not one.warns]
    for one in found:
        if one.always or not asked.elsewhere:
            raise RuleBroken(one.message, one.field)
    licence = register.licence(about.licence_id)
    decision = _row(user, about, asked, [one.message for one in found], permanent=permanent, points=points)
    decision.event_id = _event_of(user, decision, asked, irregular=bool(found))
    db.session.add(decision)
    db.session.flush()
    _settle_the_question(user, about, asked)
    settling.settle(decision, licence)
    _start_what_follows(user, decision, licence, asked)
    interim_steps.follow(user, decision, asks.consideration_id)
    told = {"kind": asked.kind, "reference": decision.reference, "irregular": bool(found)}
    audit.record(Action.DECIDED, ObjectKind.DECISION, decision.id, details=told)
    return decision.id


def _answered_by(about: About, asked: Asked) -> About:
    """The question that the decision answers: interim steps leave the review open that they belong to."""
    return replace(about, consideration_id=None) if asked.power and asked.power.is_interim else about


def _row(
    user: ActingUser, about: About, asked: Asked, irregularities: list[str], *, permanent: bool, points: int | None
) -> Decision:
    row_id = uuid4()
    delegation = (
        queries.delegation_of(user.id, asked.decided_on, ordinary=not asked.immediate)
        if asked.maker is Maker.OFFICER
        else None
    )
    return Decision(
        id=row_id,
        authority_id=user.authority.id,
        reference=new_reference("DC"),
        licence_id=about.licence_id,
        application_id=about.application_id,
        consideration_id=about.consideration_id,
        kind=asked.kind,
        maker=asked.maker,
        delegation_ref=delegation.reference if delegation else None,
        minute_ref=asked.minute_ref or None,
        power_code=asked.power.code if asked.power else None,
        grounds=list(asked.grounds),
        limbs=list(asked.limbs),
        relevant_information=asked.relevant_information or RelevantInformation.NOT_RECORDED,
        immediate=asked.at_once,
        permanent=permanent,
        new_information=asked.new_information,
        legal_agreed=asked.legal_agreed,
        points=points,
        decided_on=asked.decided_on,
        # What a court orders, it orders before the holder.
        notified_on=asked.decided_on if asked.power and asked.power.by_court else None,
        ends_on=asked.ends_on,
        starts_on=asked.starts_on,
        expires_on=asked.expires_on,
        reasons_sealed=sealed(Decision, "reasons_sealed", row_id, asked.reasons),
        public_safety_sealed=sealed(Decision, "public_safety_sealed", row_id, asked.public_safety),
        condition_sealed=sealed(Decision, "condition_sealed", row_id, asked.condition),
        departing_sealed=sealed(Decision, "departing_sealed", row_id, asked.departing),
        not_relied_sealed=sealed(Decision, "not_relied_sealed", row_id, asked.not_relied_reason),
        irregularities=irregularities,
        elsewhere=asked.elsewhere,
        decided_by=user.id,
    )


def _event_of(user: ActingUser, decision: Decision, asked: Asked, *, irregular: bool) -> UUID | None:
    """What the decision does to the licence. A vehicle is suspended as unfit only when its notice is given."""
    kind = asked.kind.event
    if kind is None or kind is EventKind.FOUND_UNFIT:
        return None
    return append_event(user, decision.licence_id, as_event(decision, kind), **facts_of(decision, irregular))


def as_event(decision: Decision, kind: EventKind, effect_from: date | None = None) -> Event:
    return Event(
        kind,
        decided_on=decision.decided_on,
        notified_on=decision.notified_on,
        effective_on=decision.effective_on or (None if decision.immediate else effect_from),
        ends_on=decision.ends_on if decision.kind.suspends else None,
        starts_on=decision.starts_on,
        expires_on=decision.expires_on,
        # It takes effect when its notice is given (1976 Act s.61(2B)), and not before; what was done elsewhere, was.
        immediate=decision.immediate and (decision.notified_on is not None or decision.elsewhere),
        relevant_information=decision.relevant_information,
        recorded_on=dates.today(),
    )


def facts_of(decision: Decision, irregular: bool) -> dict[str, Any]:
    law = decision.power.law if decision.power else None
    return {"power": law, "permanent": decision.permanent, "irregular": irregular}


def _settle_the_question(user: ActingUser, about: About, asked: Asked) -> None:
    if about.application_id:
        suitability.decide_application(user, about.application_id, asked.decided_on)
    if about.consideration_id:
        suitability.close_consideration(user, about.consideration_id, asked.decided_on, asked.kind.label, decided=True)


def _start_what_follows(user: ActingUser, decision: Decision, licence: Licence, asked: Asked) -> None:
    """The clocks and tasks of a decision that has just been made."""
    record = (ObjectKind.DECISION, decision.id)
    if asked.kind.needs_notice and asked.power and asked.power.grounds_clock:
        clocks.start(user, asked.power.grounds_clock, record, asked.decided_on)
    if asked.immediate and asked.maker in ALONE and not asked.elsewhere:
        clocks.start(user, ClockCode.IMMEDIATE_REVIEW, record, asked.decided_on, team=Role.LICENSING_MANAGER)
    if to_be_confirmed(asked, may_decide=user.may(Permission.DECIDE)):
        clocks.start(user, ClockCode.CONFIRM_RECORD, record, dates.today(), team=Role.LICENSING_MANAGER)
    if asked.kind.is_adverse and licence.kind.family is Family.DRIVER and OF_HARM & set(asked.limbs):
        why = "The decision rests on harm, or a risk of it: weigh when to tell the Disclosure and Barring Service."
        due = deadlines.due(ClockCode.S60_61_GROUNDS, user.authority.id, dates.today()).due_on
        tasks.open_task(user, TaskKind.REFER_TO_DBS, MANAGERS, due, why, about=record)
    if asked.elsewhere and asked.immediate and not asked.public_safety:
        why = "Issued with immediate effect and without the explanation that the law asks for."
        tasks.open_task(user, TaskKind.DEFECTIVE_NOTICE, MANAGERS, dates.today(), why, about=record)
    if asked.kind in (DecisionKind.END_SUSPENSION, DecisionKind.REVOKE):
        end_watch(user, decision.licence_id, asked.kind, asked.decided_on)
    if asked.kind in GRANTS and licence.person_id and licence.kind.family is Family.DRIVER:
        sharing.expect_updates_of_person(user, licence.person_id, UpdateReason.GRANTED_LATER)


def end_watch(user: ActingUser, licence_id: UUID, by: DecisionKind, on: date) -> None:
    """Nobody need look again at a suspension that has ended, nor wait for a vehicle that was found fit."""
    for one in queries.decisions_of([licence_id]):
        record = (ObjectKind.DECISION, one.id)
        clocks.cease(user, ClockCode.SUSPENSION_REVIEW, record, by.label)
        if by is DecisionKind.END_SUSPENSION:
            clocks.meet(user, ClockCode.S68_DEEMED, record, on)
