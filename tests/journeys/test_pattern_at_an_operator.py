"""Story 16: four drivers of one operator are revoked in a year, and what follows from that, from page to page."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from accounts import browsers
from clients import CheckingClient
from factories import accounts, jobs, register, signals
from factories.disruption import agency
from flask import Flask
from journeys.reading import boxes, error_links, links, words

from licensing import dates
from licensing.disruption.words import AgencyKind
from licensing.figures.gathering import figures
from licensing.figures.rules import Period
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.suitability.jobs import watch_operators


@pytest.fixture
def licensing(app: Flask) -> UUID:
    return agency(AgencyKind.LICENSING)


@pytest.fixture
def officer(licensing: UUID) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def operator(officer: UUID) -> UUID:
    """Of Oxford; four of its drivers were revoked since last winter."""
    things = register.add_things(accounts.OXFORD, register.add(register.PLAIN, accounts.OXFORD), officer)
    for number, days in enumerate((20, 75, 130, 260)):
        driver = signals.revoked_driver(number, accounts.OXFORD, days)
        signals.drives_for(officer, driver, things.organisation_id)
    return things.organisation_id


def sent(browser: CheckingClient, address: str, /, **given: Any) -> str:
    """Send a form that is accepted; the page that follows."""
    answer = browser.post(address, data=given)
    assert answer.status_code == 302, error_links(answer.text) or answer.text
    return browser.get(answer.location).text


def follow(browser: CheckingClient, page: str, beginning: str) -> tuple[str, str]:
    """The address of the first link of a page that begins so, and what it leads to."""
    address = next(one for one in links(page) if re.match(beginning, one))
    return address, browser.get(address).text


def test_story_16_a_pattern_is_seen_acted_on_talked_about_and_counted(
    app: Flask, licensing: UUID, officer: UUID, operator: UUID
) -> None:
    browser, today = browsers.of_user(app, officer), dates.today()
    _, signal = follow(browser, browser.get("/signals").text, r"/signals/[0-9a-f-]{36}")
    assert "4 drivers’ licences revoked in 365 days" in words(signal)
    # An operator audit: the booking records are demanded, of this very operator, and its fitness is looked at.
    way, _ = follow(browser, signal, r"/powers/find")
    fitting = browser.get(f"{way}&target=organisation&harm=operator_conduct").text
    assert "Action on an operator’s licence" in words(fitting)
    _, power = follow(browser, fitting, "/powers/S56")
    consider, form = follow(browser, power, "/powers/S56/consider")
    [record] = re.findall(r'name="record" type="radio" value="([^"]+)" checked', form)
    assert record == f"{operator}:{accounts.authority_id(accounts.OXFORD)}"
    considered = {
        "target_kind": "organisation",
        "target_name": "Sample Cars Ltd",
        "record": record,
        **boxes("considered_on", today.day, today.month, today.year),
        "lead_agency": str(licensing),
        "recording_agency": str(licensing),
        "objective": "To see its staff register and who dispatches.",
    }
    listed = sent(browser, consider, **considered)
    _, action = follow(browser, listed, r"/actions/[0-9a-f-]{36}$")
    assert f"/organisations/{operator}" in links(action)
    jobs.do(app, watch_operators)
    manager = browsers.of_role(app, Role.LICENSING_MANAGER)
    assert "still fit and proper" in words(manager.get("/work").text)
    # Agencies meet about it, and one colleague audits.
    meeting = signals.meet(officer, [agency(AgencyKind.COMMUNITY_SAFETY)])
    agenda, _ = follow(browser, signal, r"/signals/[0-9a-f-]{36}/agenda")
    assert "4 drivers" in words(sent(browser, agenda, meeting=str(meeting), why="4 drivers in a year."))
    page = f"/meetings/{meeting}"
    sent(browser, f"{page}/held", minute="Two agencies came.")
    asked = {"what": "Audit the dispatch records.", "mine": str(licensing), "whom": f"person:{officer}"}
    due = today + timedelta(days=14)
    decided = sent(browser, f"{page}/decisions", **asked, **boxes("due_on", due.day, due.month, due.year))
    assert "Audit the dispatch records." in words(decided)
    assert "Do what a meeting decided" in words(browser.get("/work").text)
    # The same operator is on the page of its links with those who drove for it and what was done.
    linked = words(browser.get(f"/organisations/{operator}/links").text)
    assert "Demand for booking records (action)" in linked
    assert linked.count("Drives for the operator") == 4


def test_story_16_a_chief_executive_is_told_no_number_so_small_that_it_is_a_name(
    app: Flask, officer: UUID, operator: UUID
) -> None:
    lately = Period(dates.today() - timedelta(days=364), dates.today())
    with owner_session() as session:
        told = {one.code: one for one in figures(session, lately, datetime.now(UTC), accounts.OXFORD)}
    assert (told["decisions.revoked"].value, told["decisions.revoked"].shown) == (None, "fewer than 5 or withheld")
