"""An action from when it is considered to its end. Views commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, text

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action as Did
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import changes as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.catalogue import rule_of as rule_of_clock
from licensing.disruption import powers, queries, rules
from licensing.disruption.changes import staying
from licensing.disruption.changes.rows import Row, Said, event_row, partner_row, target_row
from licensing.disruption.models import Action, ActionAgency, ActionEvent, Target
from licensing.disruption.targets import Aim
from licensing.disruption.words import ActionState, EventKind, TargetKind
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.references import new_reference
from licensing.sealing import sealed

PREFIX = "DA"


@dataclass(frozen=True)
class Plan:
    """What an action is when it is first considered."""

    power_id: UUID
    lead_agency_id: UUID
    recording_agency_id: UUID
    considered_on: date
    aims: Sequence[Aim]
    objective: str
    threshold: str = ""
    cases: str = ""
    partners: Sequence[UUID] = ()
    source_id: str | None = None


def consider(user: ActingUser, plan: Plan) -> UUID:
    """Begin an action: one power, its targets, who leads and who joins.

    Raises RuleBroken where the agency has not the power, the power was not the law, or a target is not one for it.
    """
    power = queries.power(plan.power_id).as_power()
    _check_plan(power, plan)
    action_id, first = uuid4(), plan.aims[0]
    row = {
        "id": action_id,
        "authority_id": user.authority.id,
        "reference": new_reference(PREFIX),
        "source_id": plan.source_id,
        "power_id": plan.power_id,
        "directed_at": first.kind,
        "place_authority_id": first.of_authority_id if first.kind is TargetKind.PREMISES else None,
        "lead_agency_id": plan.lead_agency_id,
        "recording_agency_id": plan.recording_agency_id,
        "objective_sealed": sealed(Action, "objective_sealed", action_id, plan.objective),
        "threshold_sealed": sealed(Action, "threshold_sealed", action_id, plan.threshold),
        "cases_sealed": sealed(Action, "cases_sealed", action_id, plan.cases),
        "considered_on": plan.considered_on,
        "state": ActionState.CONSIDERED,
        "appeal_open": False,
        "recorded_by": user.id,
    }
    # Plain, since RETURNING would read the row before its agencies, by whom it is seen, are beside it.
    db.session.execute(insert(Action).inline(), [row])
    for aim in plan.aims:
        _add_target(user.authority.id, action_id, aim)
    for agency_id in plan.partners:
        _join(user.authority.id, action_id, agency_id)
    considered = rules.Event(EventKind.CONSIDERED, plan.considered_on)
    add_event(event_row(user, user.authority.id, action_id, 1, considered, Said()))
    audit.record(Did.ADDED, ObjectKind.DISRUPTION_ACTION, action_id, details={"power": power.code})
    return action_id


def _check_plan(power: powers.Power, plan: Plan) -> None:
    if not plan.aims:
        raise RuleBroken("Say at whom or what it is directed", "target_name")
    if plan.considered_on > dates.today():
        raise RuleBroken("The date must be today or in the past", "considered_on")
    powers.check_in_force(power, plan.considered_on)
    powers.check_agency(power, queries.agency(plan.lead_agency_id).kind)
    # What else is linked with it may be of any kind: a notice on an adult, with the house and the car.
    powers.check_target(power, plan.aims[0].kind)


def _add_target(authority_id: UUID, action_id: UUID, aim: Aim) -> None:
    if aim.kind is TargetKind.PREMISES and not aim.record_id and not (aim.address or aim.postcode):
        raise RuleBroken("Enter the address or the postcode of the place", "target_address")
    row = target_row(authority_id, action_id, queries.next_number(Target, action_id), aim)
    db.session.execute(insert(Target).inline(), [row])


def add_target(_user: ActingUser, action_id: UUID, aim: Aim) -> None:
    """One more person, place, vehicle or firm that the same action is about, of whatever kind.

    Raises RuleBroken where it is there already, or is a place that the same power closes on some of these days.
    """
    action = worked(action_id, for_change=True)
    if aim.record_id and any(one.record_id == aim.record_id for one in action.targets):
        raise RuleBroken("The action is directed at this already", "target_name")
    _add_target(action.authority_id, action_id, aim)
    db.session.expire(action, ["targets"])
    check_no_overlap(action, action.standing, "target_name")
    if rules.review_follows(action.standing, dates.today()):
        ask_for_review(action)
    record(Did.CHANGED, action, {"part": "targets"})


def join(_user: ActingUser, action_id: UUID, agency_id: UUID) -> None:
    """An agency joins, and knows of the action from now on."""
    action = worked(action_id)
    if any(one.agency_id == agency_id for one in action.agencies):
        raise RuleBroken("This agency leads or joins already", "agency")
    _join(action.authority_id, action_id, agency_id)
    record(Did.ACCESS_GIVEN, action, {"agency": str(agency_id)})


def _join(authority_id: UUID, action_id: UUID, agency_id: UUID) -> None:
    db.session.execute(insert(ActionAgency).inline(), [partner_row(authority_id, action_id, agency_id)])


def record_event(
    user: ActingUser,
    action_id: UUID,
    event: rules.Event,
    *,
    officer: str,
    words: str,
    conditions: str = "",
    threshold: str = "",
) -> None:
    """What happened next, or what is learnt of late. Clocks that the power has are started, and met, by it.

    Raises RuleBroken where it could not have happened so: the message cites the law; or where something is not said.
    """
    action = worked(action_id, for_change=True)
    power, before = action.power.as_power(), [one.as_event() for one in queries.events_of(action_id)]
    rules.check_next(power, before, event, dates.today())
    rules.check_said(power, event.kind, officer, words)
    powers.check_appeal(power, event.court, words, stayed=event.stayed)
    if event.kind is EventKind.AUTHORISED:
        _tell_threshold(action, threshold)
    after = in_order([*before, event])
    check_court_may_be_asked(action, power, after)
    now = rules.standing(after)
    if event.kind in _LASTING:
        check_no_overlap(action, now)
    number = queries.next_number(ActionEvent, action_id)
    add_event(event_row(user, action.authority_id, action_id, number, event, Said(officer, words, conditions)))
    stand(action, now)
    _run_clocks(user, action, power, event)
    staying.follow(user, action, rules.stays(before), rules.stays(after), event.kind)
    if event.kind is EventKind.IN_FORCE:
        ask_for_review(action)
    did = Did.SERVED if event.kind is EventKind.SERVED else Did.CHANGED
    checked = {"limit_checked": True} if event.limit_checked else {}
    record(did, action, {"what": event.kind.value, "on": event.on.isoformat(), **checked})


def check_court_may_be_asked(action: Action, power: powers.Power, events: Sequence[rules.Event]) -> None:
    """RuleBroken where a court was asked before the law lets anybody ask it, by the day of the service."""
    served_on = rules.standing(events).served_on
    asked_on = min((one.on for one in events if one.kind is EventKind.AT_COURT), default=None)
    if served_on is None or asked_on is None:
        return
    for code in rules.MUST_PASS.intersection(powers.starts_at(power, EventKind.SERVED)):
        first = deadlines.due(code, action.authority_id, served_on).due_on
        if asked_on < first:
            source, on = rule_of_clock(code).source, dates.in_words(first)
            raise RuleBroken(f"The court may be asked on {on} at the earliest ({source})", "on")


def _tell_threshold(action: Action, threshold: str) -> None:
    """What was believed, and on what, is kept at the latest when somebody authorises the use of a power."""
    if action.threshold_sealed is None:
        if not threshold:
            raise RuleBroken("Enter how the threshold is met", "threshold")
        action.threshold_sealed = sealed(Action, "threshold_sealed", action.id, threshold)


def ask_for_review(action: Action) -> None:
    """Of a court's closure order in force the council that licenses the place hears, wherever it is."""
    if action.power.code == rules.CLOSURE_ORDER:
        db.session.execute(text("CALL ask_for_review(:action)"), {"action": action.id})


# What says from when until when an action is in force.
_LASTING = frozenset({EventKind.IN_FORCE, EventKind.VARIED, EventKind.EXTENDED})


def in_order(events: Iterable[rules.Event]) -> list[rules.Event]:
    """By their days; those of one day as they are given, and the end last."""
    return sorted(events, key=rules.order)


def check_no_overlap(action: Action, now: rules.Standing, field: str = "on") -> None:
    """A place is not closed twice at once by the same power."""
    if not action.power.closes or now.in_force_on is None:
        return
    queries.lock_places(action)
    if rules.overlaps(rules.Span(now.in_force_on, now.last_on), queries.spans_of_same(action)):
        raise RuleBroken(
            f"{action.power.name} is in force here already for some of these days. End that one first, or extend it",
            field,
        )


def add_event(row: Row) -> None:
    db.session.execute(insert(ActionEvent).inline(), [row])


def stand(action: Action, now: rules.Standing) -> None:
    """Keep on the action how its events leave it."""
    action.considered_on = now.considered_on
    action.authorised_on, action.served_on, action.in_force_on = now.authorised_on, now.served_on, now.in_force_on
    action.ends_on, action.ended_on = now.ends_on, now.ended_on
    action.state, action.appeal_open, action.stayed_on = now.state, now.appeal_open, now.stayed_on
    db.session.flush()


def _run_clocks(user: ActingUser, action: Action, power: powers.Power, event: rules.Event) -> None:
    """What an agency owes by this power begins with an event, and ends at court or with the action."""
    about = (ObjectKind.DISRUPTION_ACTION, action.id)
    owed = {code for _, code in power.starts} & rules.OWED
    for code in rules.OWED.intersection(powers.starts_at(power, event.kind)):
        clocks.start(user, code, about, event.on, team=Role.DISRUPTION_OFFICER)
    if event.kind is EventKind.AT_COURT:
        for code in owed:
            clocks.meet(user, code, about, event.on)
    if event.kind is EventKind.IN_FORCE:
        for code in rules.EFFECT_CLOCKS.values():
            clocks.start(user, code, about, event.on, team=Role.DISRUPTION_OFFICER)
    if action.state.is_over:
        for code in owed:
            clocks.cease(user, code, about, f"The action: {action.state.label.lower()}.")


def worked(action_id: UUID, *, for_change: bool = False) -> Action:
    if not queries.works_on(action_id):
        raise RuleBroken("Only the agencies that lead or join an action add to it.")
    return queries.action(action_id, for_change=for_change)


def record(did: Did, action: Action, details: dict[str, Any]) -> None:
    audit.record(did, ObjectKind.DISRUPTION_ACTION, action.id, details=details)
