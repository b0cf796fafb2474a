"""An operation from its plan to its debrief, a hotel that turns a pair away and rings nobody, and a hotel's notice."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from accounts import browsers
from clients import CheckingClient
from factories import accounts, operations
from factories.disruption import agency
from flask import Flask
from journeys.reading import boxes, error_links, links, words

from licensing import dates
from licensing.disruption.words import AgencyKind
from licensing.hotel_notices.words import Explained
from licensing.permissions import Role


@pytest.fixture
def licensing(app: Flask) -> UUID:
    return agency(AgencyKind.LICENSING)


@pytest.fixture
def police(licensing: UUID) -> UUID:
    return agency(AgencyKind.POLICE, is_partner=True)


@pytest.fixture
def officer(licensing: UUID) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def browser(app: Flask, officer: UUID) -> CheckingClient:
    return browsers.of_user(app, officer)


def day(name: str, on: date) -> dict[str, str]:
    return boxes(name, on.day, on.month, on.year)


def sent(browser: CheckingClient, address: str, /, **given: Any) -> str:
    """Send a form that is accepted; the page that follows."""
    answer = browser.post(address, data=given)
    assert answer.status_code == 302, error_links(answer.text) or answer.text
    return browser.get(answer.location).text


def refused(browser: CheckingClient, address: str, /, **given: Any) -> list[tuple[str, str]]:
    """Send a form that is refused; the errors, with where each leads."""
    answer = browser.post(address, data=given)
    assert answer.status_code == 422
    return error_links(answer.text)


def link_to(page: str, beginning: str) -> str:
    return next(one for one in links(page) if re.fullmatch(rf"{beginning}/[0-9a-f-]{{36}}", one))


def test_an_operation_is_planned_recorded_followed_up_and_closed(
    browser: CheckingClient, licensing: UUID, officer: UUID
) -> None:
    today = dates.today()
    planned = {
        "kind": "taxi_stop",
        "name": "Lamplight",
        **day("on_day", today),
        "starts_at": "22:30",
        "ends_at": "2",
        "lead_agency": str(licensing),
        "recording_agency": str(licensing),
        "objective": "To see who drives at night.",
    }
    assert refused(browser, "/operations/plan", **{**planned, "starts_at": "late"})[0][0] == "#starts_at"
    operation = link_to(sent(browser, "/operations/plan", **planned), "/operations")
    assert "22:30 to 02:00 the next day" in words(browser.get(operation).text)
    assert browser.post(f"{operation}/begin").status_code == 422  # not briefed
    sent(browser, f"{operation}/places", name="Harbour Hotel", postcode="ox1 1zw")
    sent(browser, f"{operation}/brief", words="Two cars at the bridge.")
    sent(browser, f"{operation}/begin")
    seen = {"kind": "vehicle", "name": "ab12 cde", "what": "No plate.", "follow_up": "yes"}
    assert refused(browser, f"{operation}/night", **{**seen, "name": ""}) == [
        ("#name", "Enter the name, or choose the place")
    ]
    assert "1. Vehicle: AB12 CDE" in words(sent(browser, f"{operation}/night", **seen))
    counted = {"stopped": "18", "inspected": "15", "warned": "2", "suspended": "0", "reported": "1"}
    assert refused(browser, f"{operation}/counts", **{**counted, "inspected": "19"})[0][0] == "#inspected"
    page = sent(browser, f"{operation}/counts", **counted)
    debrief = {"worked": "Joint teams did.", "following": "Again in May."}
    assert "finding 1" in browser.post(f"{operation}/debrief", data=debrief).text
    follow_up = next(one for one in links(page) if one.endswith("/follow-up"))
    given = {"mine": str(licensing), "whom": f"person:{officer}", "what": "Inspect it.", **day("due_on", today)}
    sent(browser, follow_up, **given)
    assert "Joint teams did." in sent(browser, f"{operation}/debrief", **debrief)
    assert "Follow up an operation" in browser.get("/work").text
    assert browser.post(f"{operation}/night", data=seen).status_code == 422


def test_story_31_a_hotel_that_refuses_and_does_not_ring_the_police_passes_in_part_alone(
    browser: CheckingClient, licensing: UUID
) -> None:
    tried = {
        "name": "Harbour Hotel",
        "address": "4 Sample Wharf",
        "recording_agency": str(licensing),
        **day("on_day", dates.today()),
        "kind": "booking",
        "accepted": "no",
        "id_asked": "yes",
        "police_called": "no",
    }
    listed = sent(browser, "/test-purchases/record", **tried)
    assert "0 passed, 1 partly passed, 0 failed" in words(listed)
    assert "Partly passed" in browser.get(link_to(listed, "/test-purchases")).text
    work = words(browser.get("/work").text)
    assert "test the place again" in work
    assert "offer training to its staff" in work
    sent(browser, "/test-purchases/record", **{**tried, "police_called": "yes"})
    assert "1 passed" in words(browser.get("/test-purchases?result=passed").text)


def notice_given(licensing: UUID, police: UUID, **more: Any) -> dict[str, Any]:
    today = dates.today()
    return {
        "name": "Harbour Hotel",
        "address": "4 Sample Wharf",
        "lead_agency": str(police),
        "recording_agency": str(licensing),
        **day("considered_on", today),
        "officer": "Inspector 101",
        "rank": "inspector",
        **day("effective_on", today),
        **day("expires_on", today + timedelta(days=90)),
        "explains": [one.value for one in Explained],
        "objective": "To learn which nights to look at.",
        "threshold": "Three calls in a month.",
        **more,
    }


def test_a_notice_that_the_law_does_not_allow_is_refused_beside_the_field(
    browser: CheckingClient, licensing: UUID, police: UUID
) -> None:
    too_long = day("expires_on", dates.today() + timedelta(days=190))
    address = "/hotel-notices/prepare"
    for wrong, leads_to, cites in (
        (too_long, "#expires_on-day", "Section 116(3)"),
        ({"lead_agency": str(licensing)}, "#lead_agency", "ss.116 to 118"),
        ({"rank": "sergeant"}, "#rank", "inspector, or above"),
        ({"explains": ["requirements"]}, "#explains", "Section 116(2)(c)"),
    ):
        [(href, said)] = refused(browser, address, **notice_given(licensing, police, **wrong))
        assert href == leads_to
        assert cites in said
    listed = sent(browser, address, **notice_given(licensing, police))
    assert "Prepared" in words(browser.get(link_to(listed, "/hotel-notices")).text)


def test_story_18_what_was_required_stays_overdue_when_the_notice_expires(
    browser: CheckingClient, officer: UUID, police: UUID
) -> None:
    today = dates.today()
    begins, expired = today - timedelta(days=150), today - timedelta(days=30)
    notice_id = operations.prepare(officer, police, begins, days=120)
    operations.serve(officer, notice_id, begins)
    page, made = f"/hotel-notices/{notice_id}", expired - timedelta(days=5)
    required = {**day("made_on", made), **day("from_on", made), **day("due_on", made + timedelta(days=4))}
    outlasts = {**required, **day("until_on", expired + timedelta(days=1)), "officer": "PC 102"}
    [(href, said)] = refused(browser, f"{page}/requirements/make", **outlasts)
    assert href == "#until_on-day"
    assert dates.in_words(expired) in said
    shown = sent(browser, f"{page}/requirements/make", **{**outlasts, **day("until_on", expired)})
    assert "Expired" in words(shown)
    requirement = browser.get(link_to(shown, "/hotel-notices/requirements")).text
    assert "Yes, also after the notice has expired" in words(requirement)
    assert "requirements of hotel notices overdue" in browser.get("/").text
    # A new notice is a new record, and the old one stays as it was.
    again = operations.prepare(officer, police, today)
    assert again != notice_id
    operations.serve(officer, again, today)
    assert "Expired" in words(browser.get(page).text)
    served_late = {"capacity": "owner", "name": "Ash", **day("on", today), "officer": "PC 102"}
    assert "new record" in refused(browser, f"{page}/serve", **served_late)[0][1]


def test_story_19_a_manager_who_takes_over_is_served_and_the_one_before_stays(
    browser: CheckingClient, officer: UUID, police: UUID
) -> None:
    today = dates.today()
    begins = today - timedelta(days=20)
    notice_id = operations.prepare(officer, police, begins)
    page = f"/hotel-notices/{notice_id}"
    first = {"capacity": "manager", "name": "Ash Sampleby", "officer": "PC 102"}
    [(href, said)] = refused(browser, f"{page}/serve", **first, **day("on", today))
    assert href == "#on-day"
    assert "before it is served" in said
    sent(browser, f"{page}/serve", **first, **day("on", begins))
    shown = sent(browser, f"{page}/serve", **{**first, "name": "Jan Příklad"}, **day("on", today))
    assert shown.index("Ash Sampleby") < shown.index("Jan Příklad")
    assert "In effect" in words(shown)
    action = link_to(shown, "/actions")
    assert words(browser.get(action).text).count("Served") == 1
