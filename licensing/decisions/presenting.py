"""Decisions in words: the list, one decision's page, the last look before one is made, and the lists to watch."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import ObjectKind
from licensing.dates import in_words
from licensing.deadlines import presenting as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.decisions import interim_steps, queries, supervisors
from licensing.decisions.appeal_rules import stay_of
from licensing.decisions.models import Appeal, Decision
from licensing.decisions.powers import WORDS_ASKED, DecisionKind
from licensing.decisions.rules import INTERIM_STAND
from licensing.decisions.states import BY_ANOTHER, DecisionState, ReviewKind
from licensing.permissions import Permission
from licensing.register.events import RelevantInformation
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.register.presenting import whose
from licensing.sealing import opened
from licensing.tags import status_tag
from licensing.tasks.queries import names_of

LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def decision_rows(decisions: Sequence[Decision], day: date) -> list[dict[str, object]]:
    window = queries.appeal_windows(decisions[0].authority_id) if decisions else None
    return [
        {
            "reference": LINK.format(url_for("decisions.show_decision", decision_id=one.id), one.reference),
            "kind": one.kind.label,
            "whose": holder_link(one.licence),
            "decided": in_words(one.decided_on),
            "state": _state(one, day, window(one.notified_on, one.power) if window and one.notified_on else None),
        }
        for one in decisions
    ]


def holder_link(licence: Licence) -> Markup:
    """Whose licence it is, as a link to it."""
    address = url_for("register.show_licence", licence_id=licence.id)
    return LINK.format(address, f"{whose(licence)[0][1]}, {licence_name(licence)}")


def state_of(decision: Decision, day: date) -> Markup:
    return _state(decision, day, _window(decision) if decision.notified_on else None)


def _state(decision: Decision, day: date, window: queries.AppealWindow | None) -> Markup:
    found = decision.state_on(day, window.later_until if window else None)
    ended = decision.appeals[-1].outcome if found is DecisionState.SETTLED and decision.appeals else None
    return status_tag(found, f"Appeal: {ended.label.lower()}" if ended else found.label)


def _window(decision: Decision) -> queries.AppealWindow:
    assert decision.notified_on is not None
    return queries.appeal_window(decision.authority_id, decision.notified_on, decision.power)


def summary_rows(decision: Decision, day: date) -> list[tuple[str, object]]:
    people = names_of({decision.decided_by})
    recorder = people.get(decision.decided_by, "A former colleague")
    rows: list[tuple[str, object]] = [
        ("About", holder_link(decision.licence)),
        ("The licence now", decision.licence.status_on(day).label),
        ("Decided by", decision.maker.label + (f" ({decision.delegation_ref})" if decision.delegation_ref else "")),
        ("Recorded by", recorder),
    ]
    if decision.minute_ref:
        rows.append(("Minute or order", decision.minute_ref))
    if decision.power:
        rows.append(("Power", decision.power.law))
    if decision.grounds:
        rows.append(("Grounds", "; ".join(one.label for one in decision.grounds_given)))
    if decision.kind.is_adverse and decision.relevant_information is not RelevantInformation.NOT_RECORDED:
        rows.append(("Relied on relevant information", _relied(decision)))
    if decision.permanent:
        rows.append(("Policy", "Marked as permanent: other councils are asked to speak to you before they decide"))
    if decision.points:
        rows.append(("Points", str(decision.points)))
    return rows


def _relied(decision: Decision) -> str:
    limbs = "; ".join(one.label for one in decision.limbs_given)
    return f"{decision.relevant_information.capitalize()}{': ' if limbs else ''}{limbs}"


def date_rows(decision: Decision, day: date) -> list[tuple[str, object]]:
    """The dates of a decision, which are different things: made, notified, in effect, and the time for an appeal."""
    rows: list[tuple[str, object]] = [("Decided", in_words(decision.decided_on))]
    if decision.needs_notice:
        rows.append(("Notice given", in_words(decision.notified_on) if decision.notified_on else "Not yet"))
    if decision.notified_on and decision.needs_notice and decision.kind is not DecisionKind.SUSPEND_UNFIT:
        window = _window(decision)
        if decision.may_be_appealed:
            rows.append(("Last day for an appeal", _both_counts(window)))
        rows.append(("Took effect" if _has_begun(decision, window, day) else "Takes effect", _effect(decision, window)))
    told = "The police, of who was named"
    rows += [(told, f"{said} {in_words(on)}") for on, said in supervisors.police_say(decision)]
    if decision.ends_on:
        unfit = decision.kind is DecisionKind.SUSPEND_UNFIT
        rows.append(("Deemed revoked if not found fit by" if unfit else "Ends after", in_words(decision.ends_on)))
    if decision.starts_on:
        rows.append(("Licence begins", in_words(decision.starts_on)))
    if decision.expires_on:
        rows.append(("Licence ends", in_words(decision.expires_on)))
    return rows


def _both_counts(window: queries.AppealWindow) -> str:
    if window.earlier_until == window.later_until:
        return in_words(window.later_until)
    return f"{in_words(window.earlier_until)}, or {in_words(window.later_until)} by the other count"


def _effect(decision: Decision, window: queries.AppealWindow) -> str:
    if decision.kind in (DecisionKind.REFUSE, DecisionKind.REFUSE_RENEWAL):
        return "The licence is not granted" if decision.kind is DecisionKind.REFUSE else "On the last day of the term"
    if decision.effective_on:
        return in_words(decision.effective_on)
    if decision.immediate:
        return f"{in_words(decision.notified_on)}, with immediate effect" if decision.notified_on else "On notice"
    if decision.waits_for_appeal:
        return "When the appeal is disposed of"
    return in_words(_begins(decision, window)) + ("" if decision.appeals else ", unless an appeal is lodged before")


def _begins(decision: Decision, window: queries.AppealWindow) -> date:
    """The first day of its effect, no appeal being open that holds it up."""
    if decision.effective_on or (decision.immediate and decision.notified_on):
        return decision.effective_on or decision.notified_on or window.effect_from
    held_up = [one.ended_on for one in decision.appeals if one.ended_on and not one.is_late]
    return max([window.effect_from, *held_up])


def _has_begun(decision: Decision, window: queries.AppealWindow, day: date) -> bool:
    return not decision.waits_for_appeal and _begins(decision, window) <= day


def narrative(decision: Decision) -> list[tuple[str, str]]:
    """What was written down, under its headings; what is empty is left out."""
    found = [
        ("Reasons", opened(decision, "reasons_sealed")),
        ("Why public safety needs immediate effect", opened(decision, "public_safety_sealed")),
        (WORDS_ASKED.get(decision.kind, "Conditions"), opened(decision, "condition_sealed")),
        ("Why it departs from the policy’s starting point", opened(decision, "departing_sealed")),
        ("Why it did not rely on relevant information", opened(decision, "not_relied_sealed")),
    ]
    return [(heading, words) for heading, words in found if words]


def appeal_cards(decision: Decision) -> list[tuple[str, list[tuple[str, object]], UUID, bool]]:
    """Each appeal: its title, rows, id and whether it is open."""
    return [
        (f"Appeal lodged on {in_words(one.lodged_on)}", list(_appeal(decision, one)), one.id, one.outcome is None)
        for one in decision.appeals
    ]


def _appeal(decision: Decision, one: Appeal) -> Iterator[tuple[str, object]]:
    reference = f", {one.court_reference}" if one.court_reference else ""
    yield "Court", one.court.label + reference
    if one.is_late:
        yield "Time", status_tag(decision.kind, "Late: after the time for an appeal")
    if decision.notified_on and decision.needs_notice and (decision.kind.stops or decision.kind.varies):
        effect = decision.effective_on or _window(decision).effect_from
        yield (
            "Stay",
            stay_of(immediate=decision.immediate, late=one.is_late, lodged_on=one.lodged_on, takes_effect=effect).label,
        )
    if one.hearing_on:
        yield "Heard on", in_words(one.hearing_on)
    if one.outcome and one.ended_on:
        yield "Outcome", f"{one.outcome.label}, {in_words(one.ended_on)}"
    if one.costs:
        yield "Costs", one.costs


def service_rows(decision: Decision) -> list[dict[str, object]]:
    return [
        {"on": in_words(one.served_on), "how": one.method.label, "to": one.recipient, "proof": one.proof}
        for one in decision.services
    ]


def clocks_of(decision: Decision, day: date) -> list[dict[str, object]]:
    return clocks.clock_rows(deadlines.clocks_about(ObjectKind.DECISION, decision.id), day)


def review_entries(decision: Decision) -> list[dict[str, object]]:
    people = names_of({one.reviewed_by for one in decision.reviews})
    return [
        {
            "title": f"{one.kind.label}: {one.verdict.label}",
            "on": one.reviewed_on,
            "by": people.get(one.reviewed_by, "A former colleague"),
            "text": opened(one, "words_sealed"),
        }
        for one in reversed(decision.reviews)
    ]


def review_due(decision: Decision, user: ActingUser) -> ReviewKind | None:
    """Which second look this user may record: the next working day's first, a manager's, then the later ones."""
    running = {one.code for one in deadlines.clocks_about(ObjectKind.DECISION, decision.id) if one.runs}
    if ClockCode.IMMEDIATE_REVIEW in running:
        return ReviewKind.IMMEDIATE
    if ClockCode.CONFIRM_RECORD in running and user.may(Permission.DECIDE):
        return ReviewKind.CONFIRMATION
    if interim_steps.to_review(decision):
        return ReviewKind.INTERIM_STEPS
    return ReviewKind.SUSPENSION if ClockCode.SUSPENSION_REVIEW in running else None


def actions(decision: Decision, user: ActingUser) -> list[tuple[str, str]]:
    """What can be done with a decision now, the next step first."""
    one = decision.id
    found: list[tuple[str, str]] = []
    if decision.needs_notice:
        words = "Issue the notice" if not decision.notices else "See the notice"
        found.append((words, url_for("decisions.issue_notice", decision_id=one)))
        words = "Record that the notice was given" if not decision.services else "Record that it was given again"
        found.append((words, url_for("decisions.serve", decision_id=one)))
    due = review_due(decision, user)
    if due and not (due in BY_ANOTHER and decision.decided_by == user.id):
        found.append(("Review it", url_for("decisions.review", decision_id=one)))
    if decision.kind.is_adverse and decision.notified_on:
        found.append(("Record what became known since", url_for("decisions.note_new_information", decision_id=one)))
    if decision.may_be_appealed and decision.notified_on and not decision.open_appeal:
        found.append(("Record an appeal", url_for("decisions.lodge_appeal", decision_id=one)))
    if decision.kind is DecisionKind.REMOVE_SUPERVISOR:
        found.append(("Record a new supervisor", url_for("decisions.nominate_supervisor", decision_id=one)))
    if supervisors.awaits_police(decision):
        found.append(("Record what the police say", url_for("decisions.record_police", decision_id=one)))
    return found


def warnings_of(decision: Decision) -> list[tuple[str, str, str]]:
    """What must not be missed about a decision, each with what is to be done and where."""
    holder = decision.licence.person
    if holder and holder.deceased_on and (appeal := decision.open_appeal):
        died = f"The holder died on {in_words(holder.deceased_on)}: record that the appeal is closed."
        return [(died, "Record that the appeal is closed", url_for("decisions.end_appeal", appeal_id=appeal.id))]
    steps = queries.standing_interim_steps(decision.licence_id)
    determines = decision.power is not None and decision.power.determines_review
    if steps and (determines or steps.id == decision.id) and interim_steps.to_review(steps):
        address = url_for("decisions.review", decision_id=steps.id)
        return [(INTERIM_STAND, "Record the review of the interim steps", address)]
    return []
