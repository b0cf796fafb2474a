"""A call, page by page, over HTTP."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from accounts.signing_in import masked
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, allegations, register
from flask import Flask
from journeys.reading import boxes, words
from sqlalchemy import text

from licensing import dates
from licensing.allegations import access
from licensing.allegations.changes import cases as changes
from licensing.allegations.queries import cases as queries
from licensing.allegations.subject import Subject
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session


@pytest.fixture
def lado(app: Flask, signed_in: SignIn) -> CheckingClient:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY)


def begun(lado: CheckingClient) -> str:
    """The address of a case that was begun just now."""
    page = lado.post("/allegations/begin", data={})
    assert page.status_code == 302
    return page.location.removesuffix("/steps/caller")


def version_in(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="([^"]*)"', page)
    assert found
    return found.group(1)


def of(officer: UUID, app: Flask) -> CheckingClient:
    """The browser of whoever's case it is."""
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    client.set_cookie("session", accounts.open_session(officer))
    return client


def test_what_was_sent_is_read_again_and_no_longer_written(app: Flask, lado: CheckingClient) -> None:
    officer = allegations.officer()
    case_id, client = allegations.refer(officer), of(officer, app)
    case = f"/allegations/{case_id}"
    assert client.get(f"{case}/steps/safety").status_code == 404
    assert client.post(f"{case}/steps/safety", data={"at_risk": "yes", "version": "1"}).status_code == 404
    shown = client.get(f"{case}/check").text
    assert "Sample Caller" in shown
    assert "Change" not in shown.split("<h1", 1)[1].split("</main>")[0]
    assert client.post(f"{case}/check", data={}).status_code == 422


def test_the_period_runs_from_the_call_and_not_from_the_day_on_which_it_is_written_up(app: Flask) -> None:
    monday = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past eleven that night in England
    with acting_as(accounts.open_session(allegations.officer())):
        case_id = changes.begin(allegations.acting(), called_at=monday)
        db.session.commit()
        access.look(case_id, LookPurpose.OWN_CASE)
        case = queries.case(case_id)
        by = case.consider_by
        for step, said in allegations.answers().items():
            changes.save_step(allegations.acting(), case, step, said)
        changes.name_subject(allegations.acting(), case, Subject("Sample Subject"))
        changes.refer(allegations.acting(), case)
        assert (case.referred_on, case.consider_by) == (date(2026, 6, 1), by)
    assert by
    assert by < date(2026, 6, 8)


@pytest.mark.parametrize("page", ["person", "person/described", f"person/{UUID(int=7)}"])
def test_whom_a_case_is_about_is_not_said_anew_once_it_is_over(app: Flask, lado: CheckingClient, page: str) -> None:
    officer = allegations.officer()
    case_id, client = allegations.open_case(officer), of(officer, app)
    with owner_session() as session:
        over = "UPDATE lado_case SET stage = 'advice_only', closed_on = current_date WHERE id = :id"
        session.execute(text(over), {"id": case_id})
        session.commit()
    address = f"/allegations/{case_id}/{page}"
    assert client.get(address).status_code == 404
    assert client.post(address, data={"name": "Other", "version": "9"}).status_code == 404


def test_the_second_of_two_who_say_whom_it_is_about_is_told(lado: CheckingClient) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    case = begun(lado)
    chosen = lado.post(f"{case}/person", data={"name": "Mohamed Khan"}).location
    shown = lado.get(chosen).text
    person = re.search(r'value="([0-9a-f-]{36})"', shown)
    assert person
    described = lado.get(f"{case}/person/described").text
    lado.post(f"{case}/person/described", data={"name": "Somebody else", "version": version_in(described)})
    refused = lado.post(chosen, data={"person": person.group(1), "version": version_in(shown)})
    assert refused.status_code == 422
    assert "while you were writing" in refused.text


def test_a_call_is_recorded_page_by_page_and_referred(lado: CheckingClient) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    case = begun(lado)
    called = lado.post(f"{case}/steps/caller", data={"referrer_kind": "school_transport"})
    assert called.location == f"{case}/steps/safety"
    page = lado.post(f"{case}/person", data={"name": "Mohamed Khan"})
    chosen = page.location
    shown = lado.get(chosen).text
    assert "Oxford City Council" in shown
    person = re.search(r'value="([0-9a-f-]{36})"', shown)
    assert person
    said = {"person": person.group(1), "version": version_in(shown)}
    assert lado.post(chosen, data=said).location == f"{case}/steps/alleged"
    alleged = {"limbs": ["risk"], "category": "sexual", "words": allegations.WORDS}
    assert lado.post(f"{case}/steps/alleged", data=alleged).location == f"{case}/steps/setting"
    assert "In what work" in lado.post(f"{case}/check", data={}).text or lado.get(f"{case}/check").text
    lado.post(f"{case}/steps/setting", data={"sector": "licensed_driver"})
    lado.post(f"{case}/steps/safety", data={"at_risk": "no", "police": "no", "mash": "no"})
    lado.post(f"{case}/steps/others", data={"child_references": "CH-SAMPLE-1"})
    assert lado.post(f"{case}/check", data={}).location == case
    assert "Threshold being considered" in lado.get(case).text
    opened = {"decision": "open", "words": "Limb C"}
    early = lado.post(f"{case}/threshold", data={**opened, **boxes("decided_on", 1, 6, 2026)})
    assert "enter that day or a later one" in early.text
    today = boxes("decided_on", dates.today().day, dates.today().month, dates.today().year)
    assert lado.post(f"{case}/threshold", data={**opened, **today}).location == case
    assert "Open" in lado.get(case).text


def test_what_is_missing_is_said_and_nothing_is_lost(lado: CheckingClient) -> None:
    case = begun(lado)
    lado.post(f"{case}/steps/alleged", data={"words": "Half a sentence"})
    refused = lado.post(f"{case}/check", data={})
    assert refused.status_code == 422
    assert "who is calling" in refused.text
    assert "Half a sentence" in refused.text


def test_the_second_of_two_who_write_is_shown_what_the_first_wrote(lado: CheckingClient) -> None:
    case = begun(lado)
    first = lado.get(f"{case}/steps/alleged").text
    version = re.search(r'name="version"[^>]*value="([^"]*)"', first)
    assert version
    lado.post(f"{case}/steps/alleged", data={"words": "What the first wrote", "version": version.group(1)})
    lado.post(f"{case}/steps/alleged", data={"words": "What the first wrote then", "version": "1"})
    second = lado.post(f"{case}/steps/alleged", data={"words": "What the second wrote", "version": "1"})
    assert second.status_code == 422
    assert "What the first wrote then" in second.text
    assert "What the second wrote" in second.text


def test_a_long_narrative_pasted_from_a_word_processor_is_kept_whole(lado: CheckingClient) -> None:
    case = begun(lado)
    words = "“Smart” quotes – a… " * 5_000
    assert lado.post(f"{case}/steps/alleged", data={"words": words}).status_code == 302
    assert lado.get(f"{case}/steps/alleged").text.count("a… ") >= 4_999


def test_a_colleagues_case_asks_for_the_purpose_first(signed_in: SignIn, lado: CheckingClient) -> None:
    case = begun(lado)
    other = signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY)
    asked = other.get(case)
    assert asked.status_code == 302
    assert other.post(asked.location, data={"purpose": "covering"}).location == case
    assert other.get(case).status_code == 200


@pytest.mark.parametrize("role", [Role.LICENSING_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR, Role.LICENSING_OFFICER])
def test_a_case_and_one_that_is_not_there_are_the_same_to_others(
    signed_in: SignIn, lado: CheckingClient, role: Role
) -> None:
    case = begun(lado)
    other = signed_in(role, accounts.COUNTY)
    there, not_there = other.get(case), other.get(f"/allegations/{UUID(int=7)}")
    assert masked(there.text) == masked(not_there.text)
    assert (there.status_code, not_there.status_code) == (404, 404)


def test_a_narrative_that_looks_like_a_childs_name_is_asked_about_once(lado: CheckingClient) -> None:
    case = begun(lado)
    typed = {"words": "He met Sample Childname, born 4 March 2014, at the rank."}
    asked = lado.post(f"{case}/steps/alleged", data=typed)
    assert asked.status_code == 422
    assert "This may name a child" in asked.text
    assert "at the rank" in asked.text
    assert lado.post(f"{case}/steps/alleged", data={**typed, "sure": "y"}).status_code == 302
    assert "It names no child" not in lado.get(f"{case}/check").text


def test_the_case_of_somebody_else_of_the_same_call_is_named_as_such(app: Flask, lado: CheckingClient) -> None:
    register.add(register.KHAN, accounts.OXFORD)
    case = begun(lado)
    another = lado.post(f"{case}/another", data={}).location.removesuffix("/person")
    with owner_session() as session:  # long after anybody listed the cases
        session.execute(text("UPDATE restricted_entry SET at = at - interval '1 hour' WHERE action = 'listed'"))
        session.commit()
    page = lado.get(case).text
    assert f'href="{another}">The same call, about somebody else</a>' in page
    assert "Another case about this person" not in page


def test_a_question_that_nobody_asked_is_not_answered_no(lado: CheckingClient) -> None:
    case = begun(lado)
    page = words(lado.get(case).text)
    for question in ("Child at immediate risk, as first reported", "Police involved, as first reported"):
        assert f"{question} Not recorded" in page
    lado.post(f"{case}/steps/safety", data={"at_risk": "unknown", "police": "no", "version": ""})
    page = words(lado.get(case).text)
    assert "Child at immediate risk, as first reported Not known" in page
    assert "Police involved, as first reported No" in page


def test_a_case_warns_of_a_child_in_danger_and_says_by_when_the_threshold_is_decided(lado: CheckingClient) -> None:
    case = begun(lado)
    assert "at risk of harm now" not in lado.get(case).text
    lado.post(f"{case}/steps/safety", data={"at_risk": "yes", "version": ""})
    page = words(lado.get(case).text)
    assert "A child was reported to be at risk of harm now" in page
    assert "Decide on the threshold by" in page


def test_a_call_that_is_written_up_later_has_its_day_and_time_also_for_the_second_person(lado: CheckingClient) -> None:
    day, now = boxes("on", 1, 6, 2026), dates.today()
    case = lado.post("/allegations/begin", data={**day, "at": "14:05"}).location.removesuffix("/steps/caller")
    assert "1 June 2026 at 2:05pm" in words(lado.get(case).text)
    second = lado.post(f"{case}/another", data={}).location.removesuffix("/person")
    assert "1 June 2026 at 2:05pm" in words(lado.get(second).text)
    later = {**boxes("on", now.day, now.month, now.year), "at": "23:59"}
    for wrong in (day, {"at": "14:05"}, {**day, "at": "noon"}, later):
        assert lado.post("/allegations/begin", data=wrong).status_code == 422


def test_the_search_for_the_person_comes_before_describing_them(lado: CheckingClient) -> None:
    page = lado.get(f"{begun(lado)}/person").text
    assert page.index('name="name"') < page.index("The person is not known yet")


def test_a_page_that_is_saved_empty_is_still_to_do_and_each_page_leads_to_the_others(lado: CheckingClient) -> None:
    case = begun(lado)
    lado.post(f"{case}/steps/others", data={"elsewhere": "", "version": ""})
    assert "Completed" not in words(lado.get(case).text)
    page = lado.get(f"{case}/steps/caller").text
    for step in ("safety", "alleged", "setting", "others"):
        assert f'href="{case}/steps/{step}"' in page


def test_what_is_missing_leads_to_the_page_that_asks_it(lado: CheckingClient) -> None:
    case = begun(lado)
    missing = lado.get(f"{case}/check").text.split("Still to be said", 1)[1].split("</ul>", 1)[0]
    assert f'href="{case}/steps/safety">Whether a child is at risk now' in missing


def test_what_was_sought_is_there_again_on_the_way_back(lado: CheckingClient) -> None:
    case = begun(lado)
    page = lado.get(lado.post(f"{case}/person", data={"name": "Nosuchname"}).location).text
    back = re.search(r'href="([^"]+)" class="govuk-back-link"|class="govuk-back-link" href="([^"]+)"', page)
    assert back
    assert "Nosuchname" in lado.get(back[1] or back[2]).text
