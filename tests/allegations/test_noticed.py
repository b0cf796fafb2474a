"""What is unusual in how cases are read: raised once, told to the reviewer alone, acknowledged with words."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, allegations, desks, jobs
from factories.desks import Desk
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.allegations.access import look
from licensing.allegations.jobs import watch_reading
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks.jobs import tell_what_is_due

SURNAME = "Opened a case about somebody with their own surname"
AT_REST = "Opened a case that was closed or long at rest"
FOUND = "Asked; they took the call themselves."


@pytest.fixture
def desk(app: Flask) -> Desk:
    """An officer who has the surname of whom their case is about, and has looked at it."""
    at = desks.desk(app)
    with owner_session() as session:
        session.execute(text("UPDATE user_account SET name = 'Olga Subject' WHERE id = :id"), {"id": at.officer})
        session.commit()
    at.page()
    return at


def reviewer(app: Flask) -> Desk:
    user_id = accounts.user(Role.INDEPENDENT_REVIEWER, accounts.COUNTY)
    return Desk(user_id, desks.client_of(app, user_id), UUID(int=0))


def as_owner(found: str, **given: Any) -> list[Any]:
    with owner_session() as session:
        rows = session.execute(text(found), given).all()
        session.commit()
    return [tuple(row) for row in rows]


def raised(kind: str = "own_surname") -> UUID:
    ((alert,),) = as_owner("SELECT id FROM reading_alert WHERE kind = :kind", kind=kind)
    assert isinstance(alert, UUID)
    return alert


def mails() -> list[Any]:
    return as_owner("SELECT args ->> 'kind' FROM procrastinate_jobs WHERE task_name = 'send_mail' ORDER BY id")


def page_of(alert: UUID) -> str:
    return f"/allegations/noticed/{alert}"


def test_the_reviewer_is_told_once_by_a_task_and_a_mail_that_say_nothing(app: Flask, desk: Desk) -> None:
    reviews = reviewer(app)
    for _ in range(2):
        jobs.do(app, watch_reading)
        desk.page()
    alert = raised()
    ((task, note, why),) = as_owner("SELECT id, note, why FROM task WHERE object_id = :id", id=alert)
    mine = [one for one in jobs.mail_of(app) if str(task) in one]
    assert len(mine) == 1
    for said in (*mine, note, why, reviews.client.get("/work").text, reviews.client.get(f"/work/{task}").text):
        assert not re.search(r"allegation case|Subject|Olga|surname|AL-", said)
    assert f'href="{page_of(alert)}"' in reviews.client.get(f"/work/{task}").text
    assert SURNAME in reviews.client.get("/allegations/trail").text


def test_it_is_acknowledged_with_words_and_the_task_is_done(app: Flask, desk: Desk) -> None:
    reviews = reviewer(app)
    jobs.do(app, watch_reading)
    alert = raised()
    refused = reviews.client.post(page_of(alert), data={})
    assert refused.status_code == 422
    assert "Write what you found" in refused.text
    assert reviews.client.post(page_of(alert), data={"words": FOUND}).status_code == 302
    assert as_owner("SELECT settled, done_by FROM task WHERE object_id = :id", id=alert) == [(True, reviews.officer)]
    kept = reviews.client.get(page_of(alert)).text
    assert FOUND in kept
    assert "Acknowledge it" not in kept
    other = reviewer(app).client.post(page_of(alert), data={"words": "Later"})
    assert "Later" not in other.text
    assert as_owner("SELECT acknowledged_by FROM reading_alert WHERE id = :id", id=alert) == [(reviews.officer,)]
    sealed = "SELECT position(convert_to(:words, 'UTF8') IN words_sealed) FROM reading_alert WHERE id = :id"
    assert as_owner(sealed, id=alert, words=FOUND) == [(0,)]


def test_nobody_else_sees_that_there_is_one(app: Flask, desk: Desk) -> None:
    reviewer(app)
    jobs.do(app, watch_reading)
    alert = raised()
    assert desk.client.get(page_of(alert)).status_code == 404
    assert SURNAME not in desk.client.get("/allegations/trail").text
    for role in (Role.LICENSING_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR, Role.DEPUTY_DESIGNATED_OFFICER):
        client = browsers.of_role(app, role, accounts.COUNTY)
        assert client.get(page_of(alert)).status_code == 403
    elsewhere = browsers.of_role(app, Role.INDEPENDENT_REVIEWER, accounts.OXFORD)
    assert elsewhere.get(page_of(alert)).status_code == 404
    both = browsers.of_user(app, accounts.user(Role.INDEPENDENT_REVIEWER, accounts.COUNTY))
    assert both.get(page_of(alert)).status_code == 200


def test_an_officer_who_also_reviews_reads_none(app: Flask, desk: Desk) -> None:
    accounts.give_role(desk.officer, Role.INDEPENDENT_REVIEWER)
    jobs.do(app, watch_reading)
    assert desk.client.get(page_of(raised())).status_code == 404
    assert mails() == []


def test_administrators_and_auditors_see_the_same_with_an_alert_as_without(app: Flask) -> None:
    """The pages of the two before and after the officer's look has been gone over and acknowledged."""
    reviews, at = reviewer(app), desks.desk(app)
    watched = [browsers.of_role(app, one, accounts.COUNTY) for one in (Role.ADMINISTRATOR, Role.AUDITOR)]
    jobs.do(app, watch_reading)  # what the hour of the test brings
    as_owner("UPDATE user_account SET name = 'Olga Subject' WHERE id = :id RETURNING 1", id=at.officer)
    reviews.client.get("/work")
    before = [seen(client) for client in watched]
    at.page()
    jobs.do(app, watch_reading)
    alert = raised()
    ((task,),) = as_owner("SELECT id FROM task WHERE object_id = :id", id=alert)
    assert reviews.client.get(f"/work/{task}").status_code == 200
    reviews.client.post(page_of(alert), data={"words": FOUND})
    after = [seen(client) for client in watched]
    assert before[0]["jobs"] + 1 == after[0]["jobs"]  # the job itself, which runs each hour whatever it finds
    assert {**before[0], "jobs": 0} == {**after[0], "jobs": 0}
    assert before[1]["trail"] == after[1]["trail"]


def seen(client: Any) -> dict[str, int]:
    """How many jobs, mails and tasks an administrator sees, and how many of the reviewer's entries an auditor."""
    jobs_page, trail = client.get("/jobs").text, client.get("/audit").text
    return {
        "jobs": jobs_page.count("Look over how restricted records are read"),
        "mails": jobs_page.count("Send a mail"),
        "tasks": len(re.findall(r"/work/[0-9a-f-]{36}", client.get("/work").text)),
        "trail": len(re.findall(r"Acknowledged something|Task [0-9a-f]{8}", trail)),
    }


def test_the_daily_mail_does_not_count_it(app: Flask, desk: Desk) -> None:
    reviewer(app)
    jobs.do(app, watch_reading)
    jobs.do(app, tell_what_is_due)
    # In the evening the hour is noticed too.
    assert mails() == [("reading_noticed",) for _ in as_owner("SELECT FROM reading_alert")] != []


def test_a_look_at_a_case_at_rest_is_raised_on_the_next_day(app: Flask) -> None:
    at = desks.desk(app)
    at.page()
    ago = {"case": at.case_id, "days": timedelta(days=2), "long": timedelta(days=200)}
    with owner_session() as session:
        session.execute(text("ALTER TABLE restricted_entry DISABLE TRIGGER refuse_change"))
        moved = (
            "UPDATE restricted_entry SET at = at - CAST(:{} AS interval) WHERE object_id = :case AND action {} 'looked'"
        )
        session.execute(text(moved.format("days", "=")), ago)
        session.execute(text(moved.format("long", "<>")), ago)
        session.execute(text("ALTER TABLE restricted_entry ENABLE TRIGGER refuse_change"))
        session.commit()
    reviews = reviewer(app)
    jobs.do(app, watch_reading)
    page = reviews.client.get(page_of(raised("no_open_case"))).text
    assert AT_REST in page
    assert at.client.get(at.case).status_code == 200  # nobody is refused anything


def test_nobody_acknowledges_what_they_did_themselves(app: Flask, desk: Desk) -> None:
    """A reviewer who was named on a case, and found there what is unusual."""
    reviews = reviewer(app)
    jobs.do(app, watch_reading)
    alert = raised()
    as_owner("UPDATE reading_alert SET actor_id = :me WHERE id = :id RETURNING 1", me=reviews.officer, id=alert)
    refused = reviews.client.post(page_of(alert), data={"words": FOUND})
    assert refused.status_code == 422
    assert "what you did yourself" in refused.text
    assert FOUND in refused.text
    with acting_as(accounts.open_session(reviews.officer)):
        called = text("CALL acknowledge_reading(:id, :words, NULL)")
        assert db.session.execute(called, {"id": alert, "words": b"x"}).scalar_one() is False


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM looks_to_review(7)", "SELECT * FROM raise_reading_alerts('[]', current_date)"]
)
def test_only_the_job_goes_over_looks(app: Flask, desk: Desk, statement: str) -> None:
    user = accounts.user(Role.INDEPENDENT_REVIEWER, accounts.COUNTY)
    with acting_as(accounts.open_session(user)), pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(text(statement))


def test_cases_are_counted_until_it_is_acknowledged(app: Flask) -> None:
    """How many cases it was may grow as long as nobody has acknowledged it."""
    at, reviews = desks.desk(app), reviewer(app)
    as_owner("UPDATE user_account SET name = 'Olga Subject' WHERE id = :id RETURNING 1", id=at.officer)
    at.page()
    jobs.do(app, watch_reading)
    second = allegations.open_case(at.officer)
    with acting_as(accounts.open_session(at.officer)):
        look(second, LookPurpose.OWN_CASE)
    assert at.client.get(f"/allegations/{second}").status_code == 200
    jobs.do(app, watch_reading)
    counted = "SELECT cases FROM reading_alert WHERE kind = 'own_surname'"
    assert as_owner(counted) == [(2,)]
    reviews.client.post(page_of(raised()), data={"words": FOUND})
    third = allegations.open_case(at.officer)
    at.client.get(f"/allegations/{third}")
    jobs.do(app, watch_reading)
    assert as_owner(counted) == [(2,)]
