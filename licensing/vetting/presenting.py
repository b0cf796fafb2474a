"""What the pages and the file of vetting show."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words, moment_in_words
from licensing.register.catalogue import LicenceKind
from licensing.sealing import opened
from licensing.vetting import rules
from licensing.vetting.asked import Bucket
from licensing.vetting.coverage import Line
from licensing.vetting.holders import Holder
from licensing.vetting.models import VettingCheck, VettingPolicy
from licensing.vetting.officers import Officer
from licensing.vetting.rows import details_of
from licensing.vetting.rules import Policy, Standing

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_TAG = Markup('<strong class="govuk-tag govuk-tag--{}">{}</strong>')
_COLOURS = {
    rules.CheckState.SATISFIED: "green",
    rules.CheckState.NOT_NEEDED: "grey",
    rules.CheckState.NOT_STARTED: "blue",
    rules.CheckState.REQUESTED: "yellow",
    rules.CheckState.INCOMPLETE: "yellow",
    rules.CheckState.OVERDUE: "red",
    rules.CheckState.UNSATISFACTORY: "red",
}
FILE_HEADINGS = (
    "family_name",
    "given_names",
    "reference",
    "licence_no",
    "licence_type",
    "organisation",
    "check",
    "standing",
    "last_checked_on",
    "due_on",
)


def state_tag(state: rules.CheckState) -> Markup:
    return _TAG.format(_COLOURS[state], state.label)


def standing_row(one: Standing, record_address: str) -> dict[str, Any]:
    """One needed check of a person, for the table on their page."""
    return {
        "check": one.kind.label,
        "state": state_tag(one.state),
        "last": in_words(one.last_on) if one.last_on else "–",
        "due": in_words(one.due_on) if one.due_on else "–",
        "stops": "Stops a grant" if one.blocks_grant else "–",
        "do": Markup('<a class="govuk-link" href="{}">Record<span class="govuk-visually-hidden"> {}</span></a>').format(
            record_address, one.kind.label
        ),
    }


def officer_row(one: Officer, licence: LicenceKind, standing: Standing) -> dict[str, Any]:
    """One check of somebody who directs an organisation, for the table on its page."""
    record = url_for("vetting.record_check", person_id=one.person_id, check=standing.kind)
    return standing_row(standing, record) | {
        "name": _LINK.format(url_for("register.show_person", person_id=one.person_id), one.name),
        "part": one.part.label,
        "licence": licence.label,
    }


def coverage_row(line: Line) -> dict[str, Any]:
    """One needed check of one kind of licence: each figure leads to the people behind it."""
    return {
        "check": line.policy.check.label,
        "often": line.policy.how_often,
        "share": f"{line.share:.0%}",
        **{bucket.value: _figure(line, bucket) for bucket in Bucket},
    }


def _figure(line: Line, bucket: Bucket) -> Markup | str:
    number = line.counts[bucket]
    words = Markup('{:,}<span class="govuk-visually-hidden"> {}: {}</span>').format(
        number, line.policy.check.label, bucket.label.lower()
    )
    address = url_for("vetting.list_holders", licence=line.licence, check=line.policy.check, bucket=bucket)
    return _LINK.format(address, words) if number else "0"


def holder_row(one: Holder, address: str) -> dict[str, Any]:
    """One holder with one check, in the list; `address` is of their page."""
    check = one.standing.kind
    record = url_for("vetting.record_check", person_id=one.person_id, check=check)
    held_by = Markup("<br>{}").format(one.organisation) if one.organisation else ""
    return {
        "name": _LINK.format(address, one.name),
        "licence": Markup("{}<br>{}{}").format(one.licence.label, one.number, held_by),
        "check": check.label,
        "state": state_tag(one.standing.state),
        "words": one.standing.words,
        "do": Markup(
            '<a class="govuk-link" href="{}">Record<span class="govuk-visually-hidden"> {} of {}</span></a>'
        ).format(record, check.label, one.name),
    }


def file_line(one: Holder) -> list[str]:
    """One line of the file, in the order of FILE_HEADINGS."""
    stands = one.standing
    return [
        one.family_name,
        one.given_names,
        one.reference,
        one.number,
        one.licence.label,
        one.organisation or "",
        stands.kind.label,
        stands.state.label,
        stands.last_on.isoformat() if stands.last_on else "",
        stands.due_on.isoformat() if stands.due_on else "",
    ]


def check_row(one: VettingCheck, who: str) -> dict[str, Any]:
    """One recorded look, in the list of a person's checks."""
    address = url_for("vetting.show_check", vetting_check_id=one.id)
    label = one.result.label_for(one.kind)
    return {
        "check": _LINK.format(address, one.kind.label),
        "on": in_words(one.checked_on),
        "result": Markup("<s>{}</s> Corrected").format(label) if one.superseded_at else label,
        "who": Markup("{}<br>{}").format(moment_in_words(one.recorded_at), who),
    }


def check_facts(one: VettingCheck, who: str) -> list[tuple[str, str | None]]:
    """Everything a check says, question by question; what it has no answer to is left out."""
    given = details_of(one)
    facts = [
        ("Check", one.kind.label),
        ("Result", one.result.label_for(one.kind)),
        ("Date it was checked", in_words(one.checked_on)),
        ("How the status was learnt", given.learnt_by.label if given.learnt_by else None),
        ("Certificate number", given.certificate_no),
        ("Date of issue", in_words(given.issued_on) if given.issued_on else None),
        ("Level", given.level.label if given.level else None),
        ("Barred lists", given.barred_lists.label if given.barred_lists else None),
        ("On the update service", None if given.update_service is None else "Yes" if given.update_service else "No"),
        ("Country", given.country),
        ("First day abroad", in_words(given.abroad_from) if given.abroad_from else None),
        ("Last day abroad", in_words(given.abroad_until) if given.abroad_until else None),
        ("Leave extended by section 3C", "Yes" if given.leave_extended else None),
        ("Last day it is good for", in_words(given.expires_on) if given.expires_on else None),
        ("Why, or what is missing", given.reason),
        ("Why it was corrected", opened(one, "correction_sealed")),
        ("Recorded", f"{moment_in_words(one.recorded_at)} by {who}"),
    ]
    return [(words, value) for words, value in facts if value]


def policy_row(one: VettingPolicy, licence: str, *, may_change: bool) -> dict[str, Any]:
    """One rule in the list of rules."""
    policy = one.as_policy()
    change = _LINK.format(
        url_for("vetting.change_policy", family=one.family, check=one.check_kind),
        Markup('Change<span class="govuk-visually-hidden"> the rule for {}, {}</span>').format(
            one.check_kind.label.lower(), licence.lower()
        ),
    )
    return {
        "check": one.check_kind.label,
        "rule": Markup("{}<br>{}").format(one.requirement.label, _more(policy))
        if one.requirement is rules.Requirement.NEEDED
        else one.requirement.label,
        "whose": _whose(one),
        "source": Markup("{}<br>{}").format(one.source, one.reason) if one.reason else one.source,
        "from": in_words(one.valid_from),
        "do": change if may_change else "–",
    }


def _more(policy: Policy) -> str:
    stops = "stops a grant" if policy.stops_a_grant else "warns before a grant" if policy.blocks_grant else ""
    unless = "not asked of licensed drivers" if policy.unless_driver else ""
    return "; ".join(part for part in (policy.how_often, stops, unless) if part)


def _whose(one: VettingPolicy) -> str:
    scope = f" ({one.licence_kind.label})" if one.licence_kind else ""
    if one.authority_id:
        return f"Your council{scope}"
    return "National" if one.verified else "National, not verified"


def licence_names(kinds: Iterable[LicenceKind]) -> str:
    return ", ".join(kind.label for kind in kinds)
