"""Requests and records as rows and words of pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.sealing import opened
from licensing.subject_access import catalogue
from licensing.subject_access.forms import NONE
from licensing.subject_access.models import SubjectRequest, SubjectRuling
from licensing.subject_access.queries import Found, Held
from licensing.tags import status_tag

Rows = list[tuple[str, Any]]
_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_UNDER_WAY = Markup('{} <strong class="govuk-tag govuk-tag--yellow">Under way</strong>')
_TO_DECIDE = Markup('<strong class="govuk-tag govuk-tag--blue">To decide</strong>')
_AGAIN = Markup('<strong class="govuk-tag govuk-tag--red">Decide again</strong>')
_NEW = Markup('<strong class="govuk-tag govuk-tag--yellow">New since</strong>')


def page_of(request_id: UUID) -> str:
    return url_for("subject_access.show_request", subject_request_id=request_id)


def request_rows(requests: Iterable[SubjectRequest], today: date) -> list[dict[str, Any]]:
    return [
        {
            "who": _LINK.format(page_of(one.id), opened(one, "name_sealed")),
            "reference": one.reference,
            "received": in_words(one.received_on),
            "due": in_words(one.due_on) if one.due_on else "–",
            "state": state_tag(one, today),
        }
        for one in requests
    ]


def state_tag(one: SubjectRequest, today: date) -> Markup:
    state = one.state_on(today)
    return status_tag(state, state.label)


def request_facts(one: SubjectRequest, today: date) -> Rows:
    facts: Rows = [
        ("Person", f"{opened(one, 'name_sealed')}, {one.person_reference or 'not on your register'}"),
        ("Status", state_tag(one, today)),
        ("Received on", in_words(one.received_on)),
        ("Proof of identity", _proof(one)),
        ("Answer due on or by", in_words(one.due_on) if one.due_on else "Not until identity is proven"),
    ]
    if one.extended_on and one.first_due_on:
        facts.append(("First due on", in_words(one.first_due_on)))
        facts.append(("More time", f"They were told on {in_words(one.extended_on)}: {opened(one, 'extension_sealed')}"))
    if one.answered_on:
        facts.append(("Answered on", in_words(one.answered_on)))
    if one.withdrawn_on:
        facts.append(("Withdrawn on", f"{in_words(one.withdrawn_on)}: {opened(one, 'withdrawn_sealed')}"))
    return facts


def _proof(one: SubjectRequest) -> str:
    if not one.proof_asked:
        return "Not asked for"
    if one.proof and one.proven_on:
        return f"{one.proof.label}, {in_words(one.proven_on)}"
    return "Asked for, and awaited"


def people_told(people: Iterable[Found]) -> dict[str, str]:
    """What tells each apart, by id."""
    return {str(one.person_id): _told(one) for one in people}


def _told(one: Found) -> str:
    born = f"born {in_words(one.date_of_birth)}" if one.date_of_birth else "date of birth not recorded"
    return f"{one.reference}, {born}; licences: {one.licences or 'none recorded'}"


def held_rows(one: SubjectRequest, rows: list[Held]) -> list[dict[str, Any]]:
    """A row per record; while the request is open each leads to its decision."""
    fresh = {each.record_id for each in new_since(rows)}
    return [
        {
            "kind": _called(one, each),
            "day": in_words(each.on_day),
            "reference": each.reference or "–",
            "room": each.kind.room,
            "ruling": _ruling(each, each.record_id in fresh),
        }
        for each in rows
    ]


def _called(one: SubjectRequest, each: Held) -> Any:
    words: Any = each.kind.label
    if not one.is_over:
        address = url_for("subject_access.decide", subject_request_id=one.id, held_id=each.record_id)
        aside = Markup('<span class="govuk-visually-hidden"> {}, {}</span>').format(
            each.reference, in_words(each.on_day)
        )
        words = _LINK.format(address, Markup("{}{}").format(each.kind.label, aside))
    return _UNDER_WAY.format(words) if each.live else words


def _ruling(each: Held, is_new: bool) -> Any:
    if each.ruling is None:
        return _NEW if is_new else _TO_DECIDE
    if each.waits_again:
        return _AGAIN
    return status_tag(each.ruling.ruling, each.ruling.ruling.label)


def new_since(rows: list[Held]) -> list[Held]:
    """Records that came after the last decision and wait for one."""
    decided = [one.ruling.recorded_at for one in rows if one.ruling]
    return [one for one in rows if decided and one.ruling is None and one.recorded_at > max(decided)]


def again_words(one: SubjectRequest, rows: list[Held]) -> str:
    """Which records came under way after they were given, in words; empty where none did, or the request is over."""
    again = [" ".join(filter(None, (each.kind.label, each.reference))) for each in rows if each.waits_again]
    return "" if one.is_over else ", ".join(again)


def held_facts(each: Held) -> Rows:
    return [
        ("Record", _UNDER_WAY.format(each.kind.label) if each.live else each.kind.label),
        ("Date", in_words(each.on_day)),
        ("Reference", each.reference or "–"),
        ("Kept by", each.kind.room),
    ]


def ruling_rows(rulings: Iterable[SubjectRuling]) -> list[dict[str, Any]]:
    return [
        {
            "ruling": one.ruling.label,
            "on": in_words(one.recorded_at.date()),
            "exemption": catalogue.name_of(one.exemption) if one.exemption else "–",
            "harm": one.harm_test_by or "–",
            "police": _police(one),
            "reason": opened(one, "reason_sealed") or "–",
        }
        for one in rulings
    ]


def _police(one: SubjectRuling) -> str:
    if one.police_asked_on is None or one.police_answer is None:
        return "–"
    return f"Asked on {in_words(one.police_asked_on)}, {one.police_reference}: {one.police_answer.label.lower()}"


def as_answers(one: SubjectRuling | None) -> dict[str, Any]:
    """What was decided last, for the form to begin with."""
    if one is None:
        return {}
    return {
        "ruling": one.ruling,
        "exemption": one.exemption or NONE,
        "source_confidential": one.source_confidential,
        "harm_test_by": one.harm_test_by,
        "reason": opened(one, "reason_sealed"),
        "police_asked_on": one.police_asked_on,
        "police_answer": one.police_answer,
        "police_reference": one.police_reference,
    }


def schedule_rows(schedule: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    return [{"kind": kind, "day": on_day, "reference": reference or "–"} for kind, on_day, reference in schedule]
