"""Beginning an action, and recording what happens to it."""

from dataclasses import asdict, replace
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.disruption import aiming, presenting, queries, rules
from licensing.disruption.aiming import Found
from licensing.disruption.changes import acting, correcting, reviewing
from licensing.disruption.changes.rows import Said
from licensing.disruption.forms import ConsiderForm, CorrectEventForm, EventForm, JoinForm, ReviewForm, TargetForm
from licensing.disruption.models import ActionEvent, PowerRow
from licensing.disruption.placing import aim_of, find_records
from licensing.disruption.powers import Power
from licensing.disruption.presenting_events import begin_with, correctable
from licensing.disruption.views import disruption, done
from licensing.disruption.words import EventKind, TargetKind
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.saving import saved

_LOOK = records_look(ObjectKind.DISRUPTION_ACTION, "action_id", queries.action_exists)
_NO_AGENCY = "You work for no agency yet. An administrator of your council says for which you do."


def _page(action_id: UUID) -> str:
    return url_for("disruption.show_action", action_id=action_id)


@disruption.route("/powers/<power_code>/consider", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
def consider(power_code: str) -> ResponseReturnValue:
    """Begin an action by this power, of the record that `about` names where a page led here from one."""
    about = request.args.get("about")
    if power_code == rules.HOTEL_NOTICE:
        return redirect(url_for("hotel_notices.prepare", about=about))
    passed, today = aiming.passed_on(about), dates.today()
    row = next((one for one in queries.versions_of(power_code) if one.as_power().holds_on(today)), None) or abort(404)
    form, title = ConsiderForm(), f"Consider: {row.name}"
    mine, there = _offer(form, row), find_records(form, passed)
    back = url_for("disruption.show_power", power_code=power_code, about=about)
    if not mine:
        return ask(form, title, back, intro=_NO_AGENCY, questions=[])
    if form.validate_on_submit() and saved(form, lambda: acting.consider(signed_in_user(), _plan(form, row.id, there))):
        return done(
            "The action is recorded. Record what happens to it as it happens.", url_for("disruption.list_actions")
        )
    return ask(form, title, back, template="disruption/consider.html", power=row.as_power(), passed=passed)


def _offer(form: ConsiderForm, row: PowerRow) -> bool:
    """Fill the choices; whether whoever asks works for an agency at all."""
    power, mine, every = row.as_power(), queries.acting_agencies(), queries.agencies()
    form.target_kind.choices = options((kind.value, kind.label) for kind in power.targets)
    form.lead_agency.choices = options((str(one.id), one.name) for one in every if one.kind in power.used_by)
    form.recording_agency.choices = options((str(one.id), one.name) for one in mine)
    form.partners.choices = options((str(one.id), one.name) for one in every)
    if not form.is_submitted():
        form.considered_on.data = dates.today()
        form.recording_agency.data = str(mine[0].id) if len(mine) == 1 else None
        form.lead_agency.data = str(mine[0].id) if len(mine) == 1 and mine[0].kind in power.used_by else None
        form.target_kind.data = power.targets[0] if len(power.targets) == 1 else None
    return bool(mine)


def _plan(form: ConsiderForm, power_id: UUID, there: dict[str, Found]) -> acting.Plan:
    considered_on, lead, recording = (
        form.considered_on.data,
        UUID(form.lead_agency.data),
        UUID(form.recording_agency.data),
    )
    assert considered_on is not None
    return acting.Plan(
        power_id=power_id,
        lead_agency_id=lead,
        recording_agency_id=recording,
        considered_on=considered_on,
        aims=[aim_of(form, there)],
        objective=form.objective.data or "",
        threshold=form.threshold.data or "",
        cases=form.cases.data or "",
        partners=[one for one in map(UUID, form.partners.data or []) if one not in (lead, recording)],
    )


@disruption.route("/actions/<uuid:action_id>/record/<kind>", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def record_event(action_id: UUID, kind: str) -> ResponseReturnValue:
    """What happened next; the page asks what that event has, and nothing else."""
    action, form = queries.action(action_id), EventForm()
    power, told = action.power.as_power(), [one.as_event() for one in action.told]
    possible = (*rules.by_hand(power, action.standing), *rules.learnt_late(power, told))
    event = next((one for one in possible if one == kind), None)
    if event is None:
        return redirect(_page(action_id))
    _take_away(form, event, power)
    if action.threshold_sealed or event is not EventKind.AUTHORISED:
        del form.threshold
    title = f"{event.label}: {action.power.name}"
    if form.validate_on_submit() and saved(form, lambda: _record(action_id, event, form)):
        return done("It is recorded.", _page(action_id))
    intro = presenting.length_words(action.power.as_power()) if "ends_on" in form else ""
    return ask(form, title, _page(action_id), caption=action.reference, intro=intro)


_WITH_AN_OFFICER = (EventKind.AUTHORISED, EventKind.SERVED, EventKind.IN_FORCE)
_WITH_A_LAST_DAY = (EventKind.SERVED, EventKind.IN_FORCE, EventKind.VARIED, EventKind.EXTENDED)


def _take_away(form: EventForm, event: EventKind, power: Power) -> None:
    """The questions that this event has not."""
    if event is not EventKind.SERVED or power.code == rules.HOTEL_NOTICE:
        del form.at_once
    if event not in _WITH_AN_OFFICER:
        del form.officer, form.rank
    if event not in _WITH_A_LAST_DAY:
        del form.ends_on, form.conditions
    if "ends_on" not in form or power.verified or not (power.shortest or power.longest or power.in_all):
        del form.limit_checked
    else:
        form.limit_checked.description = f"{power.law}: {presenting.length_words(power)}. That limit is not verified."
    if event is not EventKind.APPEAL_DECIDED:
        del form.appeal_result
    _ask_of_appeal(form, event, power)
    _insist(form, event, power)


def _ask_of_appeal(form: EventForm, event: EventKind, power: Power) -> None:
    """Of an appeal, where it is and whether it stays the measure: the catalogue says what the law does by itself."""
    if event is not EventKind.APPEALED:
        del form.court, form.stayed
        return
    form.stayed.description = f"{power.law}: {power.appeal}."
    if form.is_submitted():
        return
    form.court.data = power.appeal_to[0] if len(power.appeal_to) == 1 else None
    form.stayed.data = None if power.appeal_stays is None else "yes" if power.appeal_stays else "no"


def _insist(form: EventForm, event: EventKind, power: Power) -> None:
    """What must be said of this event is not asked for as if it could be left out."""
    if rules.names_officer(power, event):
        form.officer.label.text = "Who authorised it?"
    if rules.says_why(event):
        asked = "Why was it not used?" if event is EventKind.NOT_USED else "In what is the threshold not met?"
        form.words.label.text, form.words.called = asked, "The reason"


def _record(action_id: UUID, kind: EventKind, form: EventForm) -> None:
    """Record the event, and with it that it took effect on the same day where the form says so."""
    user, event, said = signed_in_user(), _event(kind, form), _said(form)
    threshold = form.threshold.data or "" if "threshold" in form else ""
    acting.record_event(user, action_id, event, threshold=threshold, **asdict(said))
    if "at_once" in form and form.at_once.data:
        in_force = replace(event, kind=EventKind.IN_FORCE)
        acting.record_event(user, action_id, in_force, officer=said.officer, words="")


def _event(kind: EventKind, form: EventForm) -> rules.Event:
    asked = ("ends_on", "rank", "appeal_result", "court", "limit_checked")
    given = {name: form[name].data for name in asked if name in form}
    if "stayed" in form:
        given["stayed"] = form.stayed.data == "yes"
    on = form.on.data
    assert on is not None
    return rules.Event(kind, on, **given)


def _said(form: EventForm) -> Said:
    return Said(*(form[name].data or "" if name in form else "" for name in ("officer", "words", "conditions")))


@disruption.route("/actions/<uuid:action_id>/events/<uuid:event_id>/correct", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def correct_event(action_id: UUID, event_id: UUID) -> ResponseReturnValue:
    """Put right what was recorded of an event; the page begins with what stands."""
    action, form = queries.action(action_id), CorrectEventForm()
    event = next((one for one in correctable(action) if one.id == event_id), None)
    if event is None:
        return redirect(_page(action_id))
    _take_away(form, event.kind, action.power.as_power())
    for name in ("at_once", "threshold"):
        if name in form:
            del form[name]
    if not form.is_submitted():
        begin_with(form, event)
    if form.validate_on_submit() and saved(form, lambda: _correct(action_id, event, form)):
        return done("It is put right. What was recorded before stays below it.", _page(action_id))
    return ask(form, f"Put right: {event.kind.label.lower()}", _page(action_id), caption=action.reference)


def _correct(action_id: UUID, event: ActionEvent, form: CorrectEventForm) -> None:
    right = None if form.never_happened.data else _event(event.kind, form)
    correction = correcting.Correction(right, _said(form) if right else Said(), form.why.data or "")
    correcting.correct(signed_in_user(), action_id, event.id, correction)


@disruption.route("/actions/<uuid:action_id>/targets", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def add_target(action_id: UUID) -> ResponseReturnValue:
    action, form = queries.action(action_id), TargetForm()
    form.target_kind.choices = options((kind.value, kind.label) for kind in TargetKind)
    there = find_records(form)
    if form.validate_on_submit() and saved(
        form, lambda: acting.add_target(signed_in_user(), action_id, aim_of(form, there))
    ):
        return done("It is added.", _page(action_id))
    intro = "It may be of any kind: a person, with the house and the car. What it is mainly about stays first."
    return ask(form, "Add whom or what it is directed at", _page(action_id), caption=action.reference, intro=intro)


@disruption.route("/actions/<uuid:action_id>/agencies", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def add_agency(action_id: UUID) -> ResponseReturnValue:
    """An agency joins, and knows of the action from then on."""
    action, form = queries.action(action_id), JoinForm()
    there = {one.agency_id for one in action.agencies}
    form.agency.choices = options((str(one.id), one.name) for one in queries.agencies() if one.id not in there)
    if form.validate_on_submit() and saved(
        form, lambda: acting.join(signed_in_user(), action_id, UUID(form.agency.data))
    ):
        return done("The agency joins.", _page(action_id))
    intro = "Its people see the whole action from now on. To ask for one thing alone, ask a partner instead."
    return ask(form, "Add an agency", _page(action_id), caption=action.reference, intro=intro)


@disruption.route("/actions/<uuid:action_id>/review/<days>", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def review(action_id: UUID, days: str) -> ResponseReturnValue:
    """Whether it worked, beside what was reported before and after in the same length of time."""
    action, form = queries.action(action_id), ReviewForm()
    after = next((one for one in presenting.reviews_due(action, dates.today()) if str(one) == days), None)
    if after is None or action.in_force_on is None:
        return redirect(_page(action_id))
    if form.validate_on_submit() and saved(
        form, lambda: reviewing.review(signed_in_user(), action_id, after, form.effect.data, form.words.data or "")
    ):
        return done("The review is kept.", _page(action_id))
    counted = queries.reports(action_id, after)
    intro = "No target is linked with a record of a register, so complaints and concerns cannot be counted."
    if counted:
        earlier, later = counted
        said = f"{earlier} in the {after} days before, {later} in those after."
        intro = f"Complaints and concerns about its targets: {said}"
    return ask(form, f"Did it work after {after} days?", _page(action_id), caption=action.reference, intro=intro)
