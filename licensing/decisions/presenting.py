"""Decisions in words: the list, one decision's page, the last look before one is made, and the lists to watch."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import ObjectKind
from licensing.dates import in_words, today
from licensing.deadlines import presenting as clocks
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import ClockState
from licensing.decisions import interim_steps, queries, supervisors
from licensing.decisions.appeal_rules import stay_of
from licensing.decisions.examples import example_of
from licensing.decisions.models import Appeal, Decision
from licensing.decisions.notices import VERSIONS, Template
from licensing.decisions.powers import WORDS_ASKED, DecisionKind
from licensing.decisions.queries import Suspended
from licensing.decisions.rules import INTERIM_STAND, RELIED, Asked, Maker, ReviewKind
from licensing.register.events import RelevantInformation
from licensing.register.models import Licence, LicencePeriod
from licensing.register.names import licence_name
from licensing.register.presenting import whose
from licensing.sealing import opened
from licensing.tags import status_tag
from licensing.tasks.queries import names_of

__all__ = ["example_of", "today"]

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def decision_rows(decisions: Sequence[Decision], day: date) -> list[dict[str, object]]:
    window = queries.appeal_windows(decisions[0].authority_id) if decisions else None
    return [
        {
            "reference": _LINK.format(url_for("decisions.show_decision", decision_id=one.id), one.reference),
            "kind": one.kind.label,
            "whose": _holder(one.licence),
            "decided": in_words(one.decided_on),
            "state": _state(one, day, window(one.notified_on, one.power) if window and one.notified_on else None),
        }
        for one in decisions
    ]


def _holder(licence: Licence) -> Markup:
    address = url_for("register.show_licence", licence_id=licence.id)
    return _LINK.format(address, f"{whose(licence)[0][1]}, {licence_name(licence)}")


def state_of(decision: Decision, day: date) -> Markup:
    return _state(decision, day, _window(decision) if decision.notified_on else None)


def _state(decision: Decision, day: date, window: queries.AppealWindow | None) -> Markup:
    found = decision.state_on(day, window.later_until if window else None)
    return status_tag(found, found.label)


def _window(decision: Decision) -> queries.AppealWindow:
    assert decision.notified_on is not None
    return queries.appeal_window(decision.authority_id, decision.notified_on, decision.power)


def summary_rows(decision: Decision, day: date) -> list[tuple[str, object]]:
    people = names_of({decision.decided_by})
    recorder = people.get(decision.decided_by, "A former colleague")
    rows: list[tuple[str, object]] = [
        ("About", _holder(decision.licence)),
        ("The licence now", decision.licence.status_on(day).label),
        ("Decided by", decision.maker.label + (f" ({decision.delegation_ref})" if decision.delegation_ref else "")),
        ("Recorded by", recorder),
    ]
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


def date_rows(decision: Decision) -> list[tuple[str, object]]:
    """The dates of a decision, which are different things: made, notified, in effect, and the time for an appeal."""
    rows: list[tuple[str, object]] = [("Decided", in_words(decision.decided_on))]
    if decision.needs_notice:
        rows.append(("Notice given", in_words(decision.notified_on) if decision.notified_on else "Not yet"))
    if decision.notified_on and decision.needs_notice and decision.kind is not DecisionKind.SUSPEND_UNFIT:
        window = _window(decision)
        if decision.may_be_appealed:
            rows.append(("Last day for an appeal", _both_counts(window)))
        rows.append(("Takes effect", _effect(decision, window)))
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
    if decision.open_appeal:
        return "When the appeal is disposed of"
    return f"{in_words(window.effect_from)}, unless an appeal is lodged before"


def narrative(decision: Decision) -> list[tuple[str, str]]:
    """What was written down, under its headings; what is empty is left out."""
    found = [
        ("Reasons", opened(decision, "reasons_sealed")),
        ("Why public safety needs immediate effect", opened(decision, "public_safety_sealed")),
        (WORDS_ASKED.get(decision.kind, "Condition"), opened(decision, "condition_sealed")),
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
        yield "Stay", stay_of(immediate=decision.immediate, lodged_on=one.lodged_on, takes_effect=effect).label
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


def review_due(decision: Decision) -> ReviewKind | None:
    """Which second look may be recorded: of an immediate decision by one officer first, then of a suspension."""
    running = {one.code for one in deadlines.clocks_about(ObjectKind.DECISION, decision.id) if one.runs}
    if ClockCode.IMMEDIATE_REVIEW in running:
        return ReviewKind.IMMEDIATE
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
    due = review_due(decision)
    if due and not (due is ReviewKind.IMMEDIATE and decision.decided_by == user.id):
        found.append(("Review it", url_for("decisions.review", decision_id=one)))
    if decision.kind.is_adverse and decision.notified_on:
        found.append(("Record what became known since", url_for("decisions.note_new_information", decision_id=one)))
    if decision.may_be_appealed and not decision.open_appeal:
        found.append(("Record an appeal", url_for("decisions.lodge_appeal", decision_id=one)))
    if decision.kind is DecisionKind.REMOVE_SUPERVISOR:
        found.append(("Record a new supervisor", url_for("decisions.nominate_supervisor", decision_id=one)))
    if supervisors.awaits_police(decision):
        found.append(("Record what the police say", url_for("decisions.record_police", decision_id=one)))
    return found


def warnings_of(decision: Decision) -> list[tuple[str, str]]:
    """What must not be missed about a decision, each with the address where it is dealt with."""
    steps = queries.standing_interim_steps(decision.licence_id)
    determines = decision.power is not None and decision.power.determines_review
    if steps and (determines or steps.id == decision.id) and interim_steps.to_review(steps):
        return [(INTERIM_STAND, url_for("decisions.review", decision_id=steps.id))]
    return []


def rows_of_asked(asked: Asked, licence: Licence, *, permanent: bool, points: int | None) -> list[tuple[str, object]]:
    """The answers of the form, for a last look."""
    rows: list[tuple[str, object]] = [
        ("About", _holder(licence)),
        ("Decision", asked.kind.label),
        ("Decided on", in_words(asked.decided_on)),
        ("Decided by", asked.maker.label),
    ]
    if asked.power:
        rows.append(("Power", asked.power.law))
    rows += [(words, value) for words, value in _more_rows(asked, permanent, points) if value]
    return rows


def _more_rows(asked: Asked, permanent: bool, points: int | None) -> Iterator[tuple[str, object]]:
    yield "Grounds", "; ".join(one.label for one in asked.grounds)
    yield "Reasons", asked.reasons
    yield "Immediate effect", "Yes" if asked.immediate else ""
    yield "Why public safety needs it", asked.public_safety
    if asked.relevant_information:
        yield "Relied on relevant information", asked.relevant_information.capitalize()
    yield "What it was about", "; ".join(one.label for one in asked.limbs)
    yield "Why not", asked.not_relied_reason
    yield "Last day", asked.ends_on and in_words(asked.ends_on)
    yield WORDS_ASKED.get(asked.kind, "Condition"), asked.condition
    yield "Licence begins", asked.starts_on and in_words(asked.starts_on)
    yield "Licence ends", asked.expires_on and in_words(asked.expires_on)
    yield "Points", points
    yield "Policy marks it as permanent", "Yes" if permanent else ""
    yield "Rests on new information", "Yes" if asked.new_information else ""
    yield "Legal services agreed", "Yes" if asked.legal_agreed else ""
    yield "Made outside this service", "Yes" if asked.elsewhere else ""


def effect_of_asked(asked: Asked, authority_id: UUID) -> list[str]:
    """What the decision will do, in sentences, before it is made."""
    found: list[str] = []
    if asked.kind.needs_notice and asked.power and asked.power.grounds_clock:
        due = deadlines.due(asked.power.grounds_clock, authority_id, asked.decided_on).due_on
        found.append(f"The notice with the grounds is to be given by {in_words(due)}.")
    if asked.power and asked.power.by_court:
        found.append("It takes effect as the court ordered it, from that day.")
    elif asked.kind.stops or asked.kind.varies:
        found.append(_when(asked, authority_id))
    if asked.kind is DecisionKind.REMOVE_SUPERVISOR:
        found.append("From then nobody is the supervisor, and no alcohol may be sold until somebody else is.")
    if asked.relevant_information in RELIED and asked.kind.is_adverse:
        found.append("Once the notice is given, an entry on the national register (NR3S) is due.")
    if asked.immediate and asked.maker is Maker.OFFICER:
        found.append("Somebody else reviews it the next working day.")
    return found


def _when(asked: Asked, authority_id: UUID) -> str:
    if asked.at_once:
        return "It takes effect when the notice is given. An appeal does not stop it."
    window = queries.appeal_window(authority_id, max(asked.decided_on, today()), asked.power)
    until = "Until then the licence is in force" + (" as it is." if asked.kind.varies else ".")
    return (
        f"If the notice is given today, it takes effect on {in_words(window.effect_from)} unless somebody appeals "
        f"before. {until}"
    )


def suspension_rows(found: Sequence[Suspended], day: date) -> list[dict[str, object]]:
    return [
        {
            "whose": _holder(one.licence),
            "since": f"{in_words(one.since)} ({_elapsed((day - one.since).days)})",
            "decision": _decision_link(one.decision),
            "why": _why_still(one.decision),
            "next": _next(one.next_review_on, day),
        }
        for one in found
    ]


def _elapsed(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _decision_link(decision: Decision | None) -> Markup | str:
    if decision is None:
        return "Not recorded here"
    return _LINK.format(url_for("decisions.show_decision", decision_id=decision.id), decision.reference)


def _why_still(decision: Decision | None) -> str:
    if decision is None:
        return "Not recorded"
    looked_at = [one for one in decision.reviews if one.kind is ReviewKind.SUSPENSION]
    return opened(looked_at[-1], "words_sealed") if looked_at else "Not reviewed yet"


def _next(due_on: date | None, day: date) -> Markup | str:
    if due_on is None:
        return "None is planned"
    words = in_words(due_on)
    return Markup("{} {}").format(words, status_tag(ClockState.OVERDUE, "Overdue")) if due_on < day else words


def badge_rows(found: Sequence[tuple[Licence, LicencePeriod]], day: date) -> list[dict[str, object]]:
    return [
        {
            "whose": _holder(licence),
            "mark": licence.badge_no or "Not recorded",
            "stands": status_tag(period.status, period.status.label),
            "since": f"{in_words(period.from_on)} ({_elapsed((day - period.from_on).days)})",
            "record": _LINK.format(
                url_for("register.record_event", licence_id=licence.id), Markup("Record that it came back")
            ),
        }
        for licence, period in found
    ]


def template_cards() -> list[dict[str, Any]]:
    """Each template with its version and whether the council's solicitor read it."""
    cards = []
    for template in Template:
        review = queries.review_of_template(template)
        read = (
            f"Read by {review.reviewed_by}, {in_words(review.reviewed_on)}" if review else "Not read by your solicitor"
        )
        rows = [("Version", str(VERSIONS[template])), ("Review", read)]
        cards.append({"template": template, "rows": rows, "reviewed": review is not None})
    return cards
