"""From a complaint, a self-report, a trial or another council's report to a consideration that says where it began."""

import html
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from accounts.signing_in import as_owner
from factories import accounts, register, suitability
from factories.sharing import OUTSIDE, WHO
from flask import Flask
from suitability.conftest import TODAY, acting, day_boxes, licence_of

from licensing.db import db
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails
from licensing.register.events import RecordKind
from licensing.sharing.changes import exchanges
from licensing.sharing.rules import ExchangeKind
from licensing.suitability.changes import concerns, courts
from licensing.suitability.concerns import Reported
from licensing.suitability.sentences import Verdict

GROUND = {"ground": "other_reasonable_cause"}
NO_WORDS = {"words": None, "case_reference": None}


@pytest.fixture
def browser(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


@pytest.fixture
def person_id(app: Flask) -> UUID:
    return register.add(register.numbered(1), accounts.OXFORD)


def opened(browser: Browser, address: str, source: str, concern: str) -> str:
    """Open it from this address as it is offered, with the ground alone added; returns its page."""
    form = browser.get(address)
    assert form.status_code == 200, form.location
    text = html.unescape(form.text)
    assert f'value="{source}" selected' in text or f'selected value="{source}"' in text
    assert concern in text
    answers = {**GROUND, "source": source, "concern": concern, **day_boxes("opened_on", TODAY)}
    made = browser.post(address, data=answers)
    assert made.status_code == 302, made.text
    return browser.get(made.location).text


def test_from_a_complaint_straight_to_the_one_licence_it_is_about(browser: Browser, person_id: UUID) -> None:
    with acting() as user:
        complaint_id = concerns.record_complaint(user, RecordKind.PERSON, person_id, suitability.complaint())
        db.session.commit()
    link = f"/complaints/{complaint_id}/consideration"
    assert link in browser.get(f"/complaints/{complaint_id}").text
    address = browser.get(link).location
    assert address == f"/licences/{licence_of(person_id)}/consideration?from=complaint:{complaint_id}"
    page = opened(browser, address, "complaint", "of 2 February 2026: driving.")
    assert f'href="/complaints/{complaint_id}"' in page


def test_from_a_self_report(browser: Browser, person_id: UUID) -> None:
    happened = datetime(2026, 1, 5, 9, tzinfo=UTC)
    given = {"what": Reported.CAUTION, "occurred_at": happened, "reported_at": happened + timedelta(days=3)}
    with acting() as user:
        report_id = concerns.record_self_report(user, licence_of(person_id), {**given, **NO_WORDS})
        db.session.commit()
    address = f"/licences/{licence_of(person_id)}/consideration?from=self_report:{report_id}"
    assert address in browser.get(f"/self-reports/{report_id}").text
    page = opened(browser, address, "self_report", "of 8 January 2026: caution, reported late.")
    assert f'href="/self-reports/{report_id}"' in page


def test_from_a_trial(browser: Browser, person_id: UUID) -> None:
    with acting() as user:
        case_id = courts.record_case(user, "Sample Crown Court", date(2026, 1, 5))
        courts.add_defendant(user, case_id, Verdict.GUILTY, licence_of(person_id))
        db.session.commit()
    address = f"/licences/{licence_of(person_id)}/consideration?from=court_case:{case_id}"
    assert address in browser.get(f"/courts/{case_id}").text
    assert f'href="/courts/{case_id}"' in opened(browser, address, "court", "begun on 5 January 2026.")


def test_from_another_councils_report_once_it_is_known_who_it_is_about(browser: Browser, person_id: UUID) -> None:
    with acting() as user:
        received = exchanges.receive(user, ExchangeKind.CONCERN, OUTSIDE, WHO, "Drove badly", date(2026, 1, 5))
        asked = exchanges.receive(user, ExchangeKind.INFORMATION, OUTSIDE, WHO, "Why?", date(2026, 1, 5))
        db.session.commit()
    page = f"/nr3s/requests/received/{received}"
    assert "Open a consideration" not in browser.get(page).text
    with acting() as user:
        exchanges.say_whose(user, received, person_id)
        db.session.commit()
    link = f"/people/{person_id}/consideration?from=nr3s_request:{received}"
    assert link in browser.get(page).text
    shown = opened(browser, browser.get(link).location, "another_authority", "(2022 Act section 5).")
    assert f'href="{page}"' in shown
    assert "Drove badly" not in shown
    plain = browser.get(f"/licences/{licence_of(person_id)}/consideration?from=nr3s_request:{asked}").text
    assert "section 5)." not in plain


def test_of_several_licences_the_officer_says_which(browser: Browser, app: Flask) -> None:
    second = LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, "PHD-SECOND", events=(register.GRANTED,))
    two = register.numbered(2)
    person_id = register.add(replace(two, licences=(*two.licences, second)), accounts.OXFORD)
    link = f"/people/{person_id}/consideration"
    assert link in browser.get(f"/people/{person_id}").text
    page = browser.get(link)
    assert page.status_code == 200
    assert "PHD-SECOND" in page.text
    assert browser.post(link, data={}).status_code == 422
    chosen = as_owner("SELECT id FROM licence WHERE number = 'PHD-SECOND'")[0][0]
    assert browser.post(link, data={"licence": str(chosen)}).location == f"/licences/{chosen}/consideration"


def test_somebody_without_a_licence_has_none_to_consider(browser: Browser, app: Flask) -> None:
    person_id = register.add(replace(register.numbered(3), licences=()), accounts.OXFORD)
    page = browser.get(f"/people/{person_id}/consideration").text
    assert "No licence of theirs is on your register" in page
    assert "Which licence is it about?" not in page


def test_a_record_of_another_council_is_no_origin(browser: Browser, person_id: UUID) -> None:
    theirs = register.add(register.numbered(9), accounts.CHERWELL)
    with acting(code=accounts.CHERWELL) as user:
        complaint_id = concerns.record_complaint(user, RecordKind.PERSON, theirs, suitability.complaint())
        db.session.commit()
    address = f"/licences/{licence_of(person_id)}/consideration?from=complaint:{complaint_id}"
    assert "Complaint CM" not in browser.get(address).text
    answers = {**GROUND, "source": "complaint", "concern": "A question", **day_boxes("opened_on", TODAY)}
    assert browser.post(address, data=answers).status_code == 302
    assert as_owner("SELECT arising_id FROM consideration") == [(None,)]
