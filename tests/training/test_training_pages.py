"""Training on the web: recorded, listed, corrected, and by which policy."""

import csv
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from uuid import UUID

import pytest
from accounts import browsers
from accounts.browsers import Browser
from factories import accounts, jobs, register, training
from flask import Flask
from journeys.reading import boxes
from sqlalchemy import text

from licensing import dates
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.training.jobs import watch_training
from licensing.training.rules import Given, Result

TODAY = dates.today()
LONG_AGO = TODAY - timedelta(days=1200)
EXPIRED = Given(
    Result.PASSED, training.COURSE, training.PROVIDER, completed_on=LONG_AGO, expires_on=TODAY - timedelta(days=1)
)


@pytest.fixture
def officer(app: Flask) -> Browser:
    return browsers.of_role(app, Role.LICENSING_OFFICER)


def typed(**answers: str) -> dict[str, str]:
    course = {"course": "other", "other_course": "Driver course", "other_provider": "Elsewhere County Council"}
    return {**course, "result": "passed", **boxes("completed_on", 3, 6, 2025), **answers}


def of_record(person_id: UUID) -> str:
    with owner_session() as session:
        found = "SELECT id FROM training_record WHERE person_id = :id AND superseded_at IS NULL"
        return str(session.scalars(text(found), {"id": person_id}).one())


def told(statement: str) -> list[tuple[object, ...]]:
    with owner_session() as session:
        return [tuple(row) for row in session.execute(text(statement))]


def test_a_lapse_that_somebody_looked_at_is_not_told_of_again(app: Flask, officer: Browser, petra: UUID) -> None:
    training.record(accounts.OXFORD, petra, EXPIRED)
    jobs.do(app, watch_training)
    ((task_id,),) = told("SELECT id FROM task WHERE kind = 'training_lapsed'")
    officer.post(f"/work/{task_id}/finish", data={"outcome": "Rang them"})
    jobs.do(app, watch_training)
    assert len(told("SELECT id FROM task WHERE kind = 'training_lapsed'")) == 1


def test_who_was_never_trained_or_is_in_date_by_a_link_has_no_task(app: Flask, petra: UUID) -> None:
    theirs = register.add(register.PLAIN, accounts.CHERWELL)
    training.record(accounts.OXFORD, petra, EXPIRED)
    training.record(accounts.CHERWELL, theirs)
    register.link(petra, theirs)
    register.add(register.numbered(1), accounts.OXFORD)
    jobs.do(app, watch_training)
    assert told("SELECT id FROM task WHERE kind = 'training_lapsed'") == []


def test_an_accepted_course_is_a_pass_at_once_with_its_pass_mark(officer: Browser, petra: UUID) -> None:
    course = {"course": str(training.county_course()), "other_course": "", "other_provider": ""}
    below = officer.post(f"/people/{petra}/training", data=typed(**course, score="60"))
    assert below.status_code == 422
    assert "The pass mark of this course is 70%" in below.text
    assert officer.post(f"/people/{petra}/training", data=typed(**course, score="80")).status_code == 302
    assert "Training is in date until 3 June 2028" in officer.get(f"/people/{petra}").text


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"result": "exempt"}, "Enter why they are exempt"),
        ({"other_provider": ""}, "Enter the name and the provider"),
        (boxes("expires_on", 1, 1, 2025), "It cannot expire before it was completed"),
        (boxes("completed_on", 1, 1, 2099), "must be today or in the past"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(
    officer: Browser, petra: UUID, answers: dict[str, str], words: str
) -> None:
    answer = officer.post(f"/people/{petra}/training", data=typed(certificate_no="EC/417", **answers))
    assert answer.status_code == 422
    assert words in answer.text
    assert "EC/417" in answer.text
    assert told("SELECT id FROM training_record") == []


def test_a_correction_keeps_what_was_said(officer: Browser, petra: UUID) -> None:
    training.record(accounts.OXFORD, petra)
    address = f"/training/records/{of_record(petra)}"
    assert training.COURSE in officer.get(f"{address}/correct").text
    course = {"other_course": training.COURSE, "other_provider": training.PROVIDER}
    changed = typed(**course, **boxes("expires_on", 3, 6, 2027), why="Typed wrong")
    assert officer.post(f"{address}/correct", data=changed).status_code == 302
    page = officer.get(address).text
    assert "3 June 2027" in page
    assert "Typed wrong" in page
    assert len(told("SELECT id FROM training_record")) == 2


def test_a_correction_is_no_way_round_verifying_and_a_verification_outlives_one(officer: Browser, petra: UUID) -> None:
    officer.post(f"/people/{petra}/training", data=typed())
    address = f"/training/records/{of_record(petra)}"
    assert officer.post(f"{address}/correct", data=typed(why="It was a pass")).status_code == 302
    assert "Certificate to verify" in officer.get(address).text
    address = f"/training/records/{of_record(petra)}"
    officer.post(f"{address}/verify", data={"found": "verified", "how": "Rang the provider"})
    address = f"/training/records/{of_record(petra)}"
    assert officer.post(f"{address}/correct", data=typed(certificate_no="EC/2", why="Typed wrong")).status_code == 302
    page = officer.get(address).text
    assert "Rang the provider" in page.partition("What was recorded")[0]
    assert "EC/2" in page
    assert "Training is in date" in officer.get(f"/people/{petra}").text


def test_a_colleagues_correction_is_not_overwritten_by_one_of_the_record_before(officer: Browser, petra: UUID) -> None:
    training.record(accounts.OXFORD, petra)
    address = f"/training/records/{of_record(petra)}/correct"
    assert officer.post(address, data=typed(certificate_no="EC/1", why="Theirs")).status_code == 302
    late = officer.post(address, data=typed(certificate_no="EC/2", why="Mine"))
    assert late.status_code == 422
    assert "Somebody corrected this record in between" in late.text
    assert "EC/2" in late.text
    assert told("SELECT certificate_no FROM training_record WHERE superseded_at IS NULL") == [("EC/1",)]


@pytest.mark.parametrize("found", ["verified", "rejected"])
def test_a_certificate_that_was_corrected_meanwhile_is_not_verified_unread(
    officer: Browser, petra: UUID, found: str
) -> None:
    officer.post(f"/people/{petra}/training", data=typed())
    address = f"/training/records/{of_record(petra)}"
    officer.post(f"{address}/correct", data=typed(certificate_no="EC/3", why="The number was another"))
    answer = officer.post(f"{address}/verify", data={"found": found, "how": "Rang the provider"})
    assert answer.status_code == 422
    assert "does not wait to be verified any more" in answer.text
    assert told("SELECT result FROM training_record WHERE superseded_at IS NULL") == [("certificate_unverified",)]


def test_a_corrected_day_of_passing_reckons_the_last_day_in_date_anew(officer: Browser, petra: UUID) -> None:
    course = {"course": str(training.county_course()), "other_course": "", "other_provider": ""}
    officer.post(f"/people/{petra}/training", data=typed(**course))
    address = f"/training/records/{of_record(petra)}"
    asked = officer.get(f"{address}/correct").text
    assert 'name="expires_on-year" type="text" value="2028"' not in asked
    assert 'value="2028"' not in asked
    officer.post(f"{address}/correct", data=typed(**course, **boxes("completed_on", 3, 6, 2024), why="A year before"))
    assert "Training is in date until 3 June 2027" in officer.get(f"/people/{petra}").text


def test_a_last_day_in_date_that_was_given_stays_in_a_correction(officer: Browser, petra: UUID) -> None:
    training.record(accounts.OXFORD, petra, replace(training.PASSED, expires_on=TODAY.replace(year=2029)))
    assert 'value="2029"' in officer.get(f"/training/records/{of_record(petra)}/correct").text


@pytest.mark.parametrize(("attempts", "warned"), [("3", False), ("4", True)])
def test_more_attempts_than_the_course_allows_are_kept_with_a_warning(
    officer: Browser, petra: UUID, attempts: str, *, warned: bool
) -> None:
    course = {"course": str(training.county_course()), "other_course": "", "other_provider": ""}
    assert officer.post(f"/people/{petra}/training", data=typed(**course, attempts=attempts)).status_code == 302
    page = officer.get(f"/training/records/{of_record(petra)}").text
    assert ("4 attempts are recorded. The course allows 3." in page) is warned


def test_the_file_of_holders_asks_for_the_second_factor_and_runs_nothing(app: Flask, petra: UUID) -> None:
    register.add(replace(register.numbered(1), given_names="=HYPERLINK", family_name="Sample"), accounts.OXFORD)
    user = accounts.user(Role.LICENSING_OFFICER)
    browser = browsers.of_user(app, user)
    shown = "UPDATE user_session SET second_factor_at = now() - CAST(:ago AS interval)"
    for ago, status in (("1 hour", 302), ("0 hours", 200)):
        with owner_session() as session:
            session.execute(text(shown), {"ago": ago})
            session.commit()
        assert browser.post("/training/people.csv").status_code == status
    file = browser.post("/training/people.csv", data={"status": "not_started"}).text
    rows = list(csv.reader(StringIO(file)))
    assert [row[0] for row in rows] == ["name", "'=HYPERLINK Sample", "Petra Example Sampleová"]
    kept = "FROM audit_entry WHERE action = 'exported' AND object_kind = 'training' ORDER BY at DESC"
    assert told(f"SELECT details->>'rows', details->>'sha256' {kept}")[0] == ("2", sha256(file.encode()).hexdigest())


def test_a_person_who_is_opened_from_the_list_leads_back_to_it_as_it_was(officer: Browser, petra: UUID) -> None:
    listed = officer.get("/training/people?status=not_started&page=1").text
    address = f"/people/{petra}?status=not_started&amp;page=1&amp;of=training"
    assert address in listed
    page = officer.get(address.replace("&amp;", "&")).text
    assert 'href="/training/people?status=not_started&amp;page=1">Back to holders and their training' in page
    assert "Back to people" in officer.get(f"/people/{petra}?of=nowhere").text


def test_a_policy_of_ones_own_is_a_managers_to_change_and_shows_at_once(app: Flask, petra: UUID) -> None:
    manager = browsers.of_role(app, Role.LICENSING_MANAGER)
    assert "before applying" in manager.get(f"/people/{petra}").text
    said = {"audience": "driver", "length": "1", "unit": "years", "needed": "application_started"}
    said |= {"reason": "Committee of May", "source": "Minute 7", **boxes("valid_from", 1, 1, 2025)}
    assert manager.post("/training/policy", data=said).status_code == 302
    page = manager.get("/training").text
    assert "every 1 year" in page
    assert "Every 3 years" in manager.get("/training/courses").text
    assert browsers.of_role(app, Role.LICENSING_OFFICER).get("/training/policy").status_code == 403
