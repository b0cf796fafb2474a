"""Consultations, settings and the annual report, over HTTP and in the database."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from accounts.signing_in import as_owner
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, allegations, register
from flask import Flask
from journeys.reading import boxes, words
from sqlalchemy import text

from licensing import dates
from licensing.allegations import presenting_advice as presenting
from licensing.allegations import report
from licensing.allegations.changes import advice as changes
from licensing.allegations.models import Meeting
from licensing.allegations.queries import advice as queries
from licensing.allegations.words import MeetingKind
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

ASKED = {
    "asked_on-day": "2",
    "asked_on-month": "6",
    "asked_on-year": "2026",
    "referrer_kind": "school",
    "sector": "licensed_driver",
    "question": "A driver is over-friendly with a child",
    "advice": "Keep a note; ring again if it goes on",
    "minutes": "15",
}
VISITED = {
    "visited_on-day": "2",
    "visited_on-month": "6",
    "visited_on-year": "2026",
    "dbs": "in_place",
    "training": "partly",
    "policy": "missing",
    "next_on-day": "2",
    "next_on-month": "6",
    "next_on-year": "2099",
}


@pytest.fixture
def lado(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.DESIGNATED_OFFICER, accounts.COUNTY)


def test_a_consultation_is_kept_and_read_again(lado: CheckingClient) -> None:
    assert lado.post("/consultations/record", data=ASKED).location == "/consultations"
    listed = lado.get("/consultations").text
    assert "Licensed driver" in listed
    address = listed.split('href="/consultations/')[2].split('"')[0]
    assert "Keep a note" in lado.get(f"/consultations/{address}").text


def test_a_consultation_is_put_right_once_by_another_and_the_one_before_stays(lado: CheckingClient) -> None:
    lado.post("/consultations/record", data=ASKED)
    first = "/consultations/" + lado.get("/consultations").text.split('href="/consultations/')[2].split('"')[0]
    asked = lado.get(f"{first}/correct").text
    assert "Keep a note" in asked
    refused = lado.post(f"{first}/correct", data={**ASKED, "advice": ""})
    assert refused.status_code == 422
    assert 'id="advice-error"' in refused.text
    second = lado.post(f"{first}/correct", data={**ASKED, "advice": "Ring the police"}).location
    now, before = lado.get(second).text, lado.get(first).text
    assert "Ring the police" in now
    assert f'href="{first}"' in now
    assert "Keep a note" in before
    assert f'href="{second}"' in before
    assert f"{first}/correct" not in before
    late = lado.post(f"{first}/correct", data={**ASKED, "version": version_in(asked)})
    assert late.status_code == 422
    assert "while you were writing" in late.text
    assert "Ring the police" in late.text.split("What your colleague saved")[1]
    listed = lado.get("/consultations").text
    assert f'href="{second}"' in listed
    assert f'href="{first}"' not in listed
    assert len({row[0] for row in as_owner("SELECT reference FROM lado_consultation")}) == 1
    as_owner("UPDATE lado_consultation SET keep_until = current_date RETURNING id")
    assert lado.get("/allegations").text.count("Review whether the consultation is kept any longer") == 1


def version_in(page: str) -> str:
    """What a form was opened with."""
    found = re.search(r'name="version"[^>]*value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def test_two_who_put_one_consultation_right_at_the_same_moment_are_told_of_each_other(
    app: Flask, lado: CheckingClient
) -> None:
    """The second waits for the first, sees what they wrote, and puts that right or leaves it."""
    lado.post("/consultations/record", data=ASKED)
    first = "/consultations/" + lado.get("/consultations").text.split('href="/consultations/')[2].split('"')[0]
    typed = {**ASKED, "version": version_in(lado.get(f"{first}/correct").text)}
    with acting_as(accounts.open_session(allegations.officer())), ThreadPoolExecutor() as beside:
        audit.record_alone(Action.LOOKED, ObjectKind.CONSULTATION, UUID(first[-36:]))
        row = queries.consultation(UUID(first[-36:]))
        assert row is not None
        said = {**presenting.consultation_typed(row), "advice": "Ring the police"}
        assert changes.correct_consultation(allegations.acting(), row, **said)
        second = beside.submit(lado.post, f"{first}/correct", data={**typed, "advice": "Wait a week"})
        wait_for_a_lock()
        db.session.commit()
        answer = second.result(timeout=30)
    assert answer.status_code == 422
    assert "while you were writing" in answer.text
    assert "Ring the police" in answer.text.split("What your colleague saved")[1]
    assert "Wait a week" in answer.text
    mine = lado.post(f"{first}/correct", data={**typed, "advice": "Wait a week", "version": version_in(answer.text)})
    assert mine.status_code == 302
    assert as_owner("SELECT count(*), count(DISTINCT supersedes_id) FROM lado_consultation") == [(3, 2)]


def wait_for_a_lock() -> None:
    """Until somebody waits for what another transaction holds."""
    waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    assert any(as_owner(waits) == [(1,)] for _ in range(5_000))


def test_a_consultation_that_was_put_right_is_counted_once(lado: CheckingClient) -> None:
    for _ in range(5):
        lado.post("/consultations/record", data=ASKED)
    for _ in range(2):
        one = "/consultations/" + lado.get("/consultations").text.split('href="/consultations/')[2].split('"')[0]
        lado.post(f"{one}/correct", data=ASKED)
    counted = "SELECT number FROM lado_figures('2020-01-01', current_date) WHERE part = 'consultation'"
    with acting_as(accounts.open_session(allegations.officer())):
        audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
        assert db.session.scalars(text(counted)).all() == [5]


@pytest.mark.parametrize("missing", ["question", "advice", "minutes", "sector", "referrer_kind"])
def test_what_a_consultation_lacks_is_said_beside_its_field(lado: CheckingClient, missing: str) -> None:
    refused = lado.post("/consultations/record", data={**ASKED, missing: ""})
    assert refused.status_code == 422
    assert f'href="#{missing}' in refused.text


def test_a_setting_stands_as_its_last_visit_found_it(lado: CheckingClient) -> None:
    lado.post("/assured-settings/add", data={"kind": "madrassa", "name": "Sample Madrassa", "place": "Sample Road"})
    address = lado.get("/assured-settings").text.split('href="/assured-settings/')[2].split('"')[0]
    lado.post(f"/assured-settings/{address}/visit", data=VISITED)
    lado.post(f"/assured-settings/{address}/visit", data={**VISITED, "visited_on-day": "9", "policy": "in_place"})
    listed = lado.get("/assured-settings").text
    assert "In place" in listed
    assert "Missing" not in listed
    assert lado.get(f"/assured-settings/{address}").text.count("Partly") == 2


def test_a_setting_waits_for_its_visit_until_it_ends(lado: CheckingClient) -> None:
    lado.post("/assured-settings/add", data={"kind": "club", "name": "Sample Club", "place": "Sample Green"})
    address = lado.get("/assured-settings").text.split('href="/assured-settings/')[2].split('"')[0]
    assert "Visit a setting" in lado.get("/allegations").text
    ended = {"kind": "club", "name": "Sample Club", "place": "Sample Green", **boxes("ended_on", 1, 6, 2026)}
    assert lado.post(f"/assured-settings/{address}/change", data=ended).status_code == 302
    assert "Ended on 1 June 2026" in lado.get("/assured-settings").text
    assert "Visit a setting" not in lado.get("/allegations").text
    assert (
        "1 June 2036" in lado.get(f"/assured-settings/{address}").text
    )  # ten years, unless the office works to others
    assert "record of a setting" not in lado.get("/allegations").text
    as_owner("UPDATE assured_setting SET keep_until = current_date RETURNING id")
    assert "Review whether the record of a setting is kept any longer" in lado.get("/allegations").text


def test_what_was_kept_long_enough_waits_for_a_review(lado: CheckingClient) -> None:
    lado.post("/consultations/record", data=ASKED)
    as_owner("UPDATE lado_consultation SET keep_until = current_date RETURNING id")
    assert "Review whether the consultation is kept any longer" in lado.get("/allegations").text


def test_the_next_visit_comes_after_this_one(lado: CheckingClient) -> None:
    lado.post("/assured-settings/add", data={"kind": "club", "name": "Sample Club", "place": "Sample Green"})
    address = lado.get("/assured-settings").text.split('href="/assured-settings/')[2].split('"')[0]
    refused = lado.post(f"/assured-settings/{address}/visit", data={**VISITED, "visited_on-year": "2199"})
    assert refused.status_code == 422


def test_the_report_counts_and_withholds_what_is_small(lado: CheckingClient, app: Flask) -> None:
    officer = allegations.officer()
    for _ in range(5):
        allegations.open_case(officer)
    shown = lado.get("/allegation-report").text
    assert "Withheld" not in shown
    allegations.refer(officer)
    page = lado.get("/allegation-report").text
    assert "Withheld" in page  # one referral is not decided yet, and the five that are would give it away


WORDS = {
    "themes": "More came from hotels",
    "training": "Two sessions for drivers",
    "planned": "A session for operators",
    "save": "Save",
}


def test_what_is_said_of_a_year_stands_beside_its_figures_and_is_in_no_file(lado: CheckingClient) -> None:
    year = report.year_of(dates.today())
    address = f"/allegation-report/{year}/words"
    named = lado.post(address, data={**WORDS, "themes": "Sam Canary, born 3 April 2012, was taken along"})
    assert named.status_code == 422
    assert "This may name a child" in named.text
    assert lado.post(address, data=WORDS).status_code == 302
    shown = lado.get(f"/allegation-report?year={year}").text
    assert "Two sessions for drivers" in shown
    assert "More came from hotels" not in lado.get(f"/allegation-report?year={year - 1}").text
    assert "Two sessions" not in lado.post("/allegation-report.csv", data={"year": year}).text
    # A colleague who had opened the page before is shown what was saved.
    late = lado.post(address, data={**WORDS, "themes": "Something else", "version": ""})
    assert late.status_code == 422
    assert "Something else" in late.text
    assert "More came from hotels" in late.text
    assert lado.get("/allegation-report/1999/words").status_code == 404


def test_percentages_are_of_what_is_told_whole_and_of_enough() -> None:
    met, whole = "Referrals decided that met the threshold", {"threshold": {"met": 15, "not_met": 15}}
    found = {line[0]: line[1:] for table in report.tables(whole, {}) for line in table.lines if table.unit}
    assert found[met] == (50, None)
    for few in ({"met": 15, "not_met": 4}, {"met": 6, "not_met": 7}, {"met": 15, "not_met": 15, "undecided": 1}):
        found = {line[0]: line[1] for table in report.tables({"threshold": few}, {}) for line in table.lines}
        assert found[met] is None
    closed = {"timeliness": {"month": 10, "quarter": 10}}
    found = {line[0]: line[1] for table in report.tables(closed, {}) for line in table.lines}
    assert [found[f"Cases closed within {one}"] for one in ("1 month", "3 months", "12 months")] == [50, 100, 100]


def test_nothing_is_read_before_a_look_is_committed(app: Flask) -> None:
    officer = allegations.officer()
    advised, setting = allegations.advise(officer)
    with acting_as(accounts.open_session(officer)):
        for table in ("lado_consultation", "assured_setting", "setting_visit", "lado_report_words"):
            assert db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table
        assert db.session.execute(text("SELECT * FROM lado_figures('2020-01-01', '2099-01-01')")).all() == []
    assert isinstance(advised, UUID)
    assert isinstance(setting, UUID)


def told(page: str, line: str) -> str:
    """What stands in the first column of figures beside a line of the report."""
    found = re.search(rf"\b{line} (Withheld|[\d,]+)", words(page))
    assert found, line
    return found[1]


def test_a_meeting_that_is_planned_was_not_held_yet(app: Flask) -> None:
    officer = allegations.officer()
    case_id, today = allegations.open_case(officer, register.add(register.PLAIN, accounts.OXFORD)), dates.today()
    for held_on in (today, today + timedelta(days=1)):
        with owner_session() as session:
            meeting = Meeting(
                id=uuid4(),
                authority_id=accounts.authority_id(accounts.COUNTY),
                case_id=case_id,
                kind=MeetingKind.STRATEGY,
                held_on=held_on,
                changed_by=officer,
                recorded_by=officer,
            )
            session.add(meeting)
            session.commit()
    with acting_as(accounts.open_session(officer)):
        audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
        asked = text("SELECT number FROM lado_figures(:first, :last) WHERE part = 'meeting'")
        days = {"first": today, "last": today + timedelta(days=30)}
        assert db.session.scalars(asked, days).all() == [1]


def test_open_cases_with_a_licence_link_are_counted_as_at_a_day(app: Flask, lado: CheckingClient) -> None:
    accounts.agree(accounts.OXFORD)
    officer, person = allegations.officer(), register.add(register.PLAIN, accounts.OXFORD)
    line = "Open cases with a licence link, as at the last day"
    for _ in range(5):
        allegations.open_case(officer, person)
    allegations.open_case(officer)  # of nobody who is known to hold a licence
    allegations.refer(officer, person)  # the threshold is not decided
    assert told(lado.get("/allegation-report").text, line) == "5"
    with owner_session() as session:
        session.execute(
            text(
                "UPDATE lado_case SET stage = 'passed_on', closed_on = current_date WHERE id IN"
                " (SELECT case_id FROM case_duty WHERE kind = 'licensing_authority' LIMIT 1)"
            )
        )
        session.commit()
    assert told(lado.get("/allegation-report").text, line) == "Withheld"


def test_the_report_is_of_the_licensed_sectors(app: Flask, lado: CheckingClient) -> None:
    officer = allegations.officer()
    for _ in range(10):
        allegations.refer(officer)
    with owner_session() as session:
        session.execute(
            text("UPDATE lado_case SET sector = 'education' WHERE id IN (SELECT id FROM lado_case LIMIT 5)")
        )
        session.commit()
    page = lado.get("/allegation-report").text
    assert told(page, "Referrals") == "5"
    assert "Education" not in page


def test_a_look_opens_what_was_looked_at_and_nothing_beside_it(app: Flask) -> None:
    lado = allegations.officer()
    consultation_id, setting_id = allegations.advise(lado)
    tables = ("lado_consultation", "assured_setting", "setting_visit")
    with acting_as(accounts.open_session(lado)):
        for looked_at, expected in (((uuid4(), uuid4()), 0), ((consultation_id, setting_id), 1)):
            for kind, one in zip((ObjectKind.CONSULTATION, ObjectKind.SETTING), looked_at, strict=True):
                audit.record_alone(Action.LOOKED, kind, one)
            assert [db.session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables] == [expected] * 3
