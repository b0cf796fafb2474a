"""Complaints with their counts, self-reports with their lateness, and operators whose drivers lose their licences."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from factories import accounts, jobs, register, suitability
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from suitability.conftest import TODAY, YESTERDAY, acting, day_boxes, driver

from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register.events import RecordKind
from licensing.register.models import Organisation
from licensing.register.places import PremisesKind
from licensing.setup import owner_session
from licensing.suitability.changes import concerns as changes
from licensing.suitability.concerns import Reported, rolling
from licensing.suitability.jobs import watch_operators
from licensing.suitability.queries import concerns as queries
from licensing.suitability.queries import open_consideration

HAPPENED = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


def report(what: Reported, hours: float) -> dict[str, object]:
    reported = HAPPENED + timedelta(hours=hours)
    given = {"what": what, "occurred_at": HAPPENED, "reported_at": reported}
    return {**given, "words": None, "case_reference": None}


def test_a_complaint_is_recorded_counted_and_closed(browser: Browser) -> None:
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    said = {"category": "driving", "source": "passenger", "summary": "Ran a red light"}
    recorded = browser.post(f"/people/{person_id}/complaint", data={**said, **day_boxes("received_on", YESTERDAY)})
    assert recorded.status_code == 302
    page = browser.get(recorded.location).text
    assert "Ran a red light" in page
    assert "1 complaint in the last 12 months, 1 in the last 36" in page
    assert "1 complaint in the last 12 months" in browser.get(f"/people/{person_id}").text

    outcome = {"outcome": "upheld", "words": "Warned", **day_boxes("on_day", TODAY)}
    assert browser.post(f"{recorded.location}/close", data=outcome).status_code == 302
    assert browser.post(f"{recorded.location}/close", data=outcome).status_code == 422
    assert "Upheld" in browser.get("/complaints").text
    assert "No complaint fits this" in browser.get("/complaints?state=open").text


def test_a_complaint_about_premises_stands_on_their_page_with_its_reference(browser: Browser) -> None:
    place = register.add_premises(accounts.OXFORD, "Harbour Hotel", PremisesKind.HOTEL)
    said = {"category": "safeguarding", "source": "public", "summary": "Rooms let by the hour"}
    wrong = browser.post(f"/premises/{place}/complaint", data=said)
    assert wrong.status_code == 422
    assert "Rooms let by the hour" in wrong.text
    sent = browser.post(f"/premises/{place}/complaint", data={**said, **day_boxes("received_on", YESTERDAY)})
    assert sent.status_code == 302
    assert "Harbour Hotel" in browser.get(sent.location).text
    assert "Harbour Hotel" in browser.get("/complaints").text
    reference = re.search(r"CM-\w{4}-\w{4}", browser.get(sent.location).text)
    page = browser.get(f"/premises/{place}").text
    assert "1 complaint in the last 12 months, 1 in the last 36" in page
    assert reference
    assert reference.group() in page


@given(st.lists(st.dates(date(2015, 1, 1), date(2030, 12, 31))), st.dates(date(2016, 1, 1), date(2030, 12, 31)))
def test_the_shorter_window_lies_within_the_longer(days: list[date], today: date) -> None:
    year, three_years = rolling(days, today)
    assert 0 <= year <= three_years <= len(days)


def test_a_complaint_counts_until_the_same_day_of_the_next_year() -> None:
    assert rolling([date(2025, 3, 2)], date(2026, 3, 1)) == (1, 1)
    assert rolling([date(2025, 3, 2)], date(2026, 3, 2)) == (0, 1)


@pytest.mark.parametrize(("hours", "late"), [(47.9, False), (48, False), (48.1, True)])
def test_a_report_is_late_after_forty_eight_hours(app: Flask, hours: float, late: bool) -> None:
    with acting() as user:
        report_id = changes.record_self_report(user, driver(), report(Reported.CHARGE, hours))
        assert queries.self_report(report_id).late is late


def test_story_14_action_by_another_council_reported_late_is_a_breach_for_the_team(app: Flask) -> None:
    licence_id = driver()
    with acting() as user:
        changes.record_self_report(user, licence_id, report(Reported.OTHER_COUNCIL, 90))
        db.session.commit()
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get("/self-reports?late=late").text
    assert "Action by another council" in page
    assert "Late" in page
    with owner_session() as session:
        found = session.execute(text("SELECT kind, object_id FROM task")).all()
    assert [tuple(row) for row in found] == [("consider_fitness", licence_id)]


def test_an_arrest_opens_a_consideration_and_being_late_is_weighed_in_it(browser: Browser) -> None:
    licence_id = driver()
    said = {"what": "arrest", "occurred_time": "14:00", "reported_time": "9:30"}
    days = day_boxes("occurred_on", TODAY - timedelta(days=9)) | day_boxes("reported_on", YESTERDAY)
    recorded = browser.post(f"/licences/{licence_id}/self-report", data={**said, **days})
    assert recorded.status_code == 302
    assert "This is a breach in itself" in browser.get(recorded.location).text
    with acting():
        there = open_consideration(licence_id)
        assert there
        address = f"/considerations/{there.id}"
    assert "Breach: reported late" in browser.get(address).text


def test_a_report_before_it_happened_is_refused_and_nothing_is_lost(browser: Browser) -> None:
    said = {"what": "charge", "occurred_time": "14:00", "reported_time": "25:99", "words": "Rang in"}
    days = day_boxes("occurred_on", TODAY) | day_boxes("reported_on", YESTERDAY)
    wrong_time = browser.post(f"/licences/{driver()}/self-report", data={**said, **days})
    assert "must be a time, like 14:30" in wrong_time.text
    answer = browser.post(f"/licences/{driver(number=2)}/self-report", data={**said, **days, "reported_time": "9.30"})
    assert answer.status_code == 422
    assert "It was reported before it happened" in answer.text
    assert "Rang in" in answer.text


def revoked_driver(number: int) -> UUID:
    licence = register.numbered(number).licences[0]
    revoked = replace(register.REVOKED, decided_on=TODAY - timedelta(days=40), notified_on=TODAY - timedelta(days=40))
    details = replace(register.numbered(number), licences=(replace(licence, events=(register.GRANTED, revoked)),))
    return register.add(details, accounts.OXFORD)


def operator_of(drivers: list[UUID]) -> UUID:
    officer = accounts.user(Role.LICENSING_OFFICER)
    things = register.add_things(accounts.OXFORD, register.add(register.numbered(90), accounts.OXFORD), officer)
    with acting() as user:
        operator = db.session.get_one(Organisation, things.organisation_id)
        for person_id in drivers:
            changes.record_operator(user, person_id, operator, (None, None))
            changes.record_complaint(user, RecordKind.PERSON, person_id, suitability.complaint(YESTERDAY))
        db.session.commit()
    return things.organisation_id


@pytest.mark.parametrize(("drivers", "told"), [(3, 0), (4, 1)])
def test_story_16_an_operator_four_of_whose_drivers_were_revoked_is_looked_at_once(
    app: Flask, drivers: int, told: int
) -> None:
    operator_id = operator_of([revoked_driver(number) for number in range(drivers)])
    jobs.do(app, watch_operators)
    jobs.do(app, watch_operators)
    with owner_session() as session:
        found = session.execute(text("SELECT object_id, for_team FROM task WHERE kind = 'consider_fitness'")).all()
    assert [tuple(row) for row in found] == [(operator_id, "licensing_manager")] * told
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(f"/organisations/{operator_id}").text
    assert f"{drivers} complaints in the last 12 months, {drivers} in the last 36, its drivers’ included" in page


def test_a_driver_is_recorded_once_for_an_operator(app: Flask) -> None:
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    operator_id = operator_of([person_id])
    with acting() as user, pytest.raises(RuleBroken, match="recorded already"):
        changes.record_operator(user, person_id, db.session.get_one(Organisation, operator_id), (None, None))


def test_the_last_day_of_a_driver_is_set_later_and_complaints_after_it_are_not_the_operators(app: Flask) -> None:
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    operator_id = operator_of([person_id])
    with acting() as user:
        operator = db.session.get_one(Organisation, operator_id)
        changes.record_operator(user, person_id, operator, (None, YESTERDAY))
        changes.record_complaint(user, RecordKind.PERSON, person_id, suitability.complaint(TODAY))
        db.session.commit()
        (works,) = queries.operators_of(person_id)
        assert works.until_on == YESTERDAY
        assert queries.rolling_counts(RecordKind.ORGANISATION, operator_id, TODAY) == (1, 1)
        changes.record_operator(user, person_id, operator, (TODAY, None))
        assert queries.rolling_counts(RecordKind.ORGANISATION, operator_id, TODAY) == (2, 2)


def test_nobody_leaves_an_operator_before_they_began(app: Flask) -> None:
    person_id = register.add(register.numbered(1), accounts.OXFORD)
    operator_id = operator_of([])
    with acting() as user:
        operator = db.session.get_one(Organisation, operator_id)
        changes.record_operator(user, person_id, operator, (TODAY, None))
        with pytest.raises(RuleBroken, match="on or after the first"):
            changes.record_operator(user, person_id, operator, (None, YESTERDAY))
