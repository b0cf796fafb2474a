"""Hotel notices, services and requirements as rows and words of pages."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.disruption.presenting import link, place_link
from licensing.disruption.presenting_events import appeal_now
from licensing.hotel_notices.documents import hotel_of
from licensing.hotel_notices.models import HotelNotice, NoticeServed, Requirement
from licensing.hotel_notices.words import RequirementState
from licensing.sealing import opened
from licensing.tags import status_tag

Rows = list[tuple[str, Any]]


def page_of(notice: HotelNotice) -> str:
    return url_for("hotel_notices.show_notice", hotel_notice_id=notice.id)


def notice_rows(notices: Iterable[HotelNotice], today: date) -> list[dict[str, Any]]:
    return [
        {
            "hotel": link(one.hotel, page_of(one)),
            "effect": in_words(one.effective_on),
            "expires": in_words(one.expires_on),
            "overdue": str(_overdue(one, today)),
            "state": _state_tag(one, today),
        }
        for one in notices
    ]


def _overdue(notice: HotelNotice, today: date) -> int:
    late = (RequirementState.OVERDUE, RequirementState.INCOMPLETE)
    return sum(one.state_on(today) in late for one in notice.requirements)


def _state_tag(notice: HotelNotice, today: date) -> Any:
    state = notice.state_on(today)
    return status_tag(state, state.label)


def notice_facts(notice: HotelNotice, today: date) -> Rows:
    action = notice.action
    return [
        ("Hotel", place_link(hotel_of(notice), notice.record_id)),
        ("Status", _state_tag(notice, today)),
        ("Takes effect on", in_words(notice.effective_on)),
        ("Expires on", in_words(notice.expires_on)),
        ("Authorised", f"{notice.officer}, {notice.rank.label.lower()}, {in_words(notice.authorised_on)}"),
        ("Issued by", action.lead.name),
        ("Appeal", appeal_now(action) if action.appeal_open else "None open"),
        ("Action", link(action.reference, url_for("disruption.show_action", action_id=action.id))),
    ]


def service_rows(notice: HotelNotice) -> list[dict[str, Any]]:
    """Each service as it stands, with what was recorded before and a way to put it right."""
    before = {one.id: one for one in notice.services}
    return [
        {
            "name": _with_before(one, before),
            "capacity": one.capacity.label,
            "on": in_words(one.served_on),
            "officer": one.officer,
            "do": _LINK_TO_CORRECT.format(
                url_for("hotel_notices.correct_service", hotel_service_id=one.id), opened(one, "name_sealed")
            ),
        }
        for one in notice.served
    ]


_LINK_TO_CORRECT = Markup(
    '<a class="govuk-link" href="{}">Put right<span class="govuk-visually-hidden"> the service on {}</span></a>'
)
_BEFORE = Markup('{}<br><span class="govuk-hint">Put right on {}: {} Before: {}</span>')


def _with_before(service: NoticeServed, before: Mapping[UUID, NoticeServed]) -> Markup | str:
    """Their name, and below it every entry whose place this one took, the latest first."""
    told: Markup | str = opened(service, "name_sealed")
    while service.replaces_id:
        wrong = before[service.replaces_id]
        who = f"{opened(wrong, 'name_sealed')}, {wrong.capacity.label.lower()}"
        was = f"{who}, {in_words(wrong.served_on)}, {wrong.officer}"
        told = _BEFORE.format(told, in_words(service.recorded_at.date()), opened(service, "why_sealed"), was)
        service = wrong
    return told


def requirement_rows(requirements: Iterable[Requirement], today: date) -> list[dict[str, Any]]:
    return [
        {
            "number": link(
                f"Requirement {one.number}",
                url_for("hotel_notices.show_requirement", requirement_id=one.id),
            ),
            "period": f"{in_words(one.from_on)} to {in_words(one.until_on)}",
            "due": in_words(one.due_on),
            "state": requirement_tag(one, today),
        }
        for one in requirements
    ]


def requirement_tag(requirement: Requirement, today: date) -> Any:
    state = requirement.state_on(today)
    return status_tag(state, state.label)


def requirement_facts(requirement: Requirement, today: date) -> Rows:
    """How a requirement stands, and what came when."""
    state = requirement.state_on(today)
    received = [f"{in_words(one.received_on)}: {'all' if one.complete else 'part'}" for one in requirement.receipts]
    return [
        ("Status", requirement_tag(requirement, today)),
        ("Received", "; ".join(received) or "Nothing"),
        ("Evidence of a breach", "Yes, also after the notice has expired" if state.is_evidence else "No"),
    ]
