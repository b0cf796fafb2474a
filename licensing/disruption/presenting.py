"""Powers, actions and tasks as rows and words of pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup, escape

from licensing.dates import in_words
from licensing.deadlines import queries as deadlines
from licensing.deadlines.catalogue import name_of as name_of_clock
from licensing.deadlines.catalogue import rule_of as rule_of_clock
from licensing.deadlines.rules import ClockRule
from licensing.disruption import queries, rules
from licensing.disruption.models import Action, Agency, EffectReview, PartnerTask, PowerRow, Target
from licensing.disruption.powers import Fit, Power
from licensing.disruption.presenting_events import appeal_now, conditions_now
from licensing.disruption.targets import name_of, place_of
from licensing.disruption.words import AgencyPart, EventKind, Rank, TargetKind
from licensing.register.events import RecordKind
from licensing.register.names import address_of_record, names_of
from licensing.sealing import opened
from licensing.tags import status_tag

Rows = list[tuple[str, Any]]


def link(words: str, address: str) -> Markup:
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(address, words)


def place_link(name: str, record_id: UUID | None) -> Markup | str:
    """A place by its name, which leads to all that is known of it where it is one of a register."""
    return link(name, url_for("places.show_place", place_id=record_id)) if record_id else name


def several(words: Iterable[str]) -> str:
    return ", ".join(words)


def power_rows(rows: Iterable[PowerRow]) -> list[dict[str, Any]]:
    """The catalogue as a list, one row for each power in force."""
    return [
        {
            "name": link(row.name, url_for("disruption.show_power", power_code=row.code)),
            "code": row.code,
            "law": row.law,
            "who": several(kind.label for kind in row.as_power().used_by),
            "verified": "Yes" if row.verified else "No",
        }
        for row in rows
    ]


def waiting_rows(rows: Iterable[PowerRow], *, may_change: bool) -> list[dict[str, Any]]:
    """Powers without a beginning in the catalogue, with the one that the acting council confirmed."""
    return [
        {
            "name": row.name,
            "law": row.law,
            "from": in_words(row.begins_on) if row.confirmed else "Not confirmed",
            "source": row.confirmed[0].source if row.confirmed else "–",
            "do": _begin(row) if may_change else "–",
        }
        for row in rows
    ]


def _begin(row: PowerRow) -> Markup:
    words = Markup('Enter<span class="govuk-visually-hidden"> from when {} is in force</span>').format(row.name)
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(
        url_for("disruption.begin_power", power_code=row.code), words
    )


def power_facts(power: Power) -> Rows:
    """One power in plain words."""
    return [
        ("Law", power.law),
        ("Who may use it", several(kind.label for kind in power.used_by)),
        ("Who authorises it", _ranks(power)),
        ("Used on", several(kind.label for kind in power.targets)),
        ("When it may be used", power.threshold),
        ("What must be so", several(fact.label for fact in power.needs) or "Nothing in particular"),
        ("Evidence usually needed", power.evidence),
        ("What it does", power.effect),
        ("How long", length_words(power)),
        ("Clocks", clock_words(power)),
        ("Appeal", power.appeal),
        ("While an appeal is open", _while_appealed(power)),
        ("If it is not kept", power.breach or "–"),
        ("May be published", "Yes" if power.publishable else "No"),
        ("Good to know", power.notes or "–"),
        ("Read in a published source", _verified(power)),
        ("A lawyer looks at it again by", in_words(power.review_on)),
    ]


def _while_appealed(power: Power) -> str:
    if power.appeal_stays is None:
        return "Not recorded: the court or tribunal says"
    return "It is stayed" if power.appeal_stays else "It holds, unless the court or tribunal orders a stay"


def _verified(power: Power) -> str:
    if power.verified:
        return "Yes, except the evidence, which follows from the threshold and is no list in the law"
    return "No: ask your solicitor before you rely on it. It warns, and stops nothing"


_FROM = {
    EventKind.AUTHORISED: "once it is authorised",
    EventKind.SERVED: "once it is served or applied for",
    EventKind.IN_FORCE: "once it is in force",
}


def clock_words(power: Power) -> Markup | str:
    """Every period that the law counts here: how long, and from when."""
    begin = [(code, _FROM[kind]) for kind, code in power.starts]
    begin += [(code, "once the decision is told, and kept with that decision") for code in power.with_decision]
    items = [_clock_item(rule_of_clock(code), since) for code, since in begin]
    if not items:
        return "None"
    return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(Markup().join(items))


def _clock_item(rule: ClockRule, since: str) -> Markup:
    doubt = "" if rule.verified else " (not verified)"
    leads = link(rule.name, url_for("deadlines.show_rule", code=rule.code.value))
    return Markup("<li>{}: {}, {}{}. {}</li>").format(leads, rule.words, since, doubt, rule.source)


def _ranks(power: Power) -> str:
    first = " or ".join(rank.label for rank in power.ranks)
    if not first:
        return "Nobody in particular"
    top = all(rank in (Rank.COURT, Rank.COMMITTEE) for rank in power.ranks)
    above = first if top else f"{first}, or above"
    if power.alone and power.beyond_ranks:
        return f"{above}; beyond {power.alone.words}: {' or '.join(rank.label for rank in power.beyond_ranks)}"
    return above


def length_words(power: Power) -> str:
    least = f"at least {power.shortest.words}" if power.shortest else ""
    most = f"at most {power.longest.words}" if power.longest else ""
    in_all = f"extended to {power.in_all.words} in all" if power.in_all else ""
    return several(part for part in (least, most, in_all) if part) or "No length is set by law"


def fit_rows(fits: Sequence[Fit], about: str | None = None) -> list[dict[str, Any]]:
    """What fits, and what is missing for each; a power's page is told what it is looked for."""
    return [
        {
            "name": link(fit.power.name, url_for("disruption.show_power", power_code=fit.power.code, about=about)),
            "missing": _missing(fit),
            "authorises": _ranks(fit.power),
            "length": length_words(fit.power),
            "verified": "Yes" if fit.power.verified else "No",
        }
        for fit in fits
    ]


def _missing(fit: Fit) -> Markup | str:
    if not fit.missing:
        return "Nothing that this list knows of"
    items = Markup().join(Markup("<li>{}</li>").format(fact.label) for fact in fit.missing)
    return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)


def state_tag(action: Action, today: date) -> Markup:
    state = action.standing.state_on(today)
    return status_tag(state, f"{state.label}, stayed" if action.stayed_on and not state.is_over else state.label)


def action_rows(actions: Iterable[Action], today: date) -> list[dict[str, Any]]:
    return [
        {
            "reference": link(one.reference, url_for("disruption.show_action", action_id=one.id)),
            "power": one.power.name,
            "target": _targets_in_short(one.targets),
            "lead": one.lead.name,
            "considered": in_words(one.considered_on),
            "ends": in_words(one.ends_on) if one.ends_on else "–",
            "state": state_tag(one, today),
        }
        for one in actions
    ]


def _targets_in_short(targets: Sequence[Target]) -> str:
    first = name_of(targets[0])
    return f"{first} and {len(targets) - 1} more" if len(targets) > 1 else first


def action_facts(action: Action, today: date) -> Rows:
    power = action.power
    standing = action.standing
    return [
        ("Power", link(power.name, url_for("disruption.show_power", power_code=power.code))),
        ("Law", power.law),
        ("Status", state_tag(action, today)),
        ("Leads", action.lead.name),
        ("Join", several(one.agency.name for one in action.agencies if one.part is AgencyPart.PARTNER) or "Nobody"),
        ("In force from", in_words(standing.in_force_on) if standing.in_force_on else "–"),
        ("Last day", in_words(standing.ends_on) if standing.ends_on else "–"),
        ("Appeal", appeal_now(action)),
        ("To achieve", opened(action, "objective_sealed")),
        ("Conditions", conditions_now(action) or "–"),
        ("How the threshold is met", opened(action, "threshold_sealed")),
        ("Cases", opened(action, "cases_sealed") or "–"),
    ]


def days_that_follow(action: Action) -> list[dict[str, Any]]:
    """When periods end that the power's law counts from an event: to appeal, or the longest it can last."""
    days = {EventKind.AUTHORISED: action.authorised_on, EventKind.SERVED: action.served_on}
    days[EventKind.IN_FORCE] = action.in_force_on
    started = [(code, day) for kind, code in action.power.as_power().starts if (day := days.get(kind))]
    return [
        {
            "what": name_of_clock(code),
            "until": in_words(deadlines.due(code, action.authority_id, day).due_on),
            "from_day": in_words(day),
        }
        for code, day in started
        if code not in rules.OWED
    ]


def target_rows(action: Action, councils: dict[Any, str]) -> list[dict[str, Any]]:
    """At whom and what, with the page of each record for those who may read it."""
    addresses = _addresses(action.targets)
    return [
        {
            "name": _target_name(one, addresses.get(one.record_id)),
            "kind": one.kind.label,
            "place": place_of(one) or "–",
            "council": councils.get(one.of_authority_id, "–"),
        }
        for one in action.targets
    ]


def places_to_tell_of(action: Action, today: date) -> list[str]:
    """Places that a court's order closes and no register here knows: their licensing council hears from nobody else."""
    standing = action.standing
    if action.power.code != rules.CLOSURE_ORDER or not rules.review_follows(standing, today):
        return []
    return [name_of(one) for one in action.targets if one.kind is TargetKind.PREMISES and one.record_id is None]


def _target_name(target: Target, address: str | None) -> Markup:
    name = link(name_of(target), address) if address else escape(name_of(target))
    if target.given_record_id == target.record_id:
        return name
    return Markup("{}<br>Recorded of another record, which was merged into this one").format(name)


def _addresses(targets: Iterable[Target]) -> dict[UUID | None, str]:
    """The pages of records that targets are linked with: places by what is known, the rest on the reader's register."""
    known: dict[UUID | None, str] = {}
    for one in targets:
        if one.record_id and one.kind is TargetKind.PREMISES:
            known[one.record_id] = url_for("places.show_place", place_id=one.record_id)
    for kind in (RecordKind.PERSON, RecordKind.VEHICLE, RecordKind.ORGANISATION, RecordKind.LICENCE):
        asked = [one.record_id for one in targets if one.record_id and one.kind == kind.value]
        known |= {found: address_of_record(kind, found) for found in (names_of(kind, asked) if asked else ())}
    return known


def review_rows(reviews: Iterable[EffectReview]) -> list[dict[str, Any]]:
    return [
        {
            "after": f"{one.after_days} days",
            "before_count": "Not counted" if one.reports_before is None else str(one.reports_before),
            "after_count": "Not counted" if one.reports_after is None else str(one.reports_after),
            "effect": one.effect.label,
            "words": opened(one, "words_sealed"),
        }
        for one in reviews
    ]


def reviews_due(action: Action, today: date) -> list[int]:
    """Which of the looks at whether it worked can be made now."""
    if action.in_force_on is None:
        return []
    made = {one.after_days for one in action.reviews}
    passed = [days for days in rules.EFFECT_CLOCKS if (today - action.in_force_on).days >= days]
    return [days for days in passed if days not in made]


def asked_rows(asked: Iterable[PartnerTask], *, who: bool) -> list[dict[str, Any]]:
    """Tasks of partners: `who` was asked, or for a partner's own list who asks."""
    return [
        {
            "reference": link(one.reference, url_for("disruption.show_partner_task", task_id=one.id)),
            "agency": (one.agency if who else one.asked_by_agency).name,
            "due": in_words(one.due_on),
            "answer": one.answer.label,
        }
        for one in asked
    ]


def agency_rows(agencies: Iterable[Agency], kept_by: UUID | None) -> list[dict[str, Any]]:
    """All agencies; those that the reader's council keeps lead to their page, where the reader is who keeps them."""
    return [
        {
            "name": link(one.name, url_for("disruption.show_agency", agency_id=one.id))
            if one.authority_id == kept_by
            else one.name,
            "kind": one.kind.label,
            "of": "Partner" if one.is_partner else one.authority.name,
            "contact": Markup("{}, {}, {}").format(escape(one.contact), escape(one.email), escape(one.phone)),
            "state": "Closed" if one.closed_on else "Open",
        }
        for one in agencies
    ]


def counted(wanted: queries.ActionsFilter, today: date) -> list[dict[str, Any]]:
    """How many actions each power has in the list, so that figures can be read where the rows are."""
    return [
        {"power": name, "code": code, "number": str(number)}
        for code, name, number in queries.actions_of_powers(wanted, today)
    ]
