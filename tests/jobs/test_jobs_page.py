"""The jobs page: what an administrator sees of jobs, and a failed one started again."""

from accounts import browsers
from factories import accounts
from factories import jobs as doing
from flask import Flask
from jobs import waiting_jobs
from jobs.conftest import Asker
from jobs.workers import ask, row
from sqlalchemy import text

from licensing.permissions import Role
from licensing.setup import owner_session


def test_an_administrator_sees_what_runs_for_their_council_without_its_arguments(app: Flask, asker: Asker) -> None:
    ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    page = browsers.of_role(app, Role.ADMINISTRATOR).get("/jobs").text
    assert "Two steps" in page
    assert "Waiting" in page
    assert str(asker.person_id) not in page
    assert "Two steps" not in browsers.of_role(app, Role.ADMINISTRATOR, accounts.WEST).get("/jobs").text


def test_the_list_is_narrowed_to_a_state(app: Flask, asker: Asker) -> None:
    ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    administrator = browsers.of_role(app, Role.ADMINISTRATOR)
    assert "No job fits this" in administrator.get("/jobs?state=failed").text
    assert "Two steps" in administrator.get("/jobs?state=todo").text


def test_a_failed_job_is_started_again_once_and_that_is_on_the_trail(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    job_id = doing.fail("test_two_steps")
    administrator = browsers.of_role(app, Role.ADMINISTRATOR)
    assert "Start again" in administrator.get("/jobs").text

    assert administrator.post(f"/jobs/{job_id}/retry").status_code == 302
    assert "waits for its turn again" in administrator.get("/jobs").text
    assert row(number).state == "todo"
    administrator.post(f"/jobs/{job_id}/retry")
    assert "Only a job that has failed" in administrator.get("/jobs").text
    with owner_session() as session:
        kept = "SELECT count(*), min(category) FROM audit_entry WHERE action = 'job_retried' AND object_id = :id"
        assert session.execute(text(kept), {"id": job_id}).one() == (1, "accounts")


def test_nobody_starts_another_councils_job_again(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    job_id = doing.fail("test_two_steps")
    assert browsers.of_role(app, Role.ADMINISTRATOR, accounts.WEST).post(f"/jobs/{job_id}/retry").status_code == 404
    assert browsers.of_user(app, asker.user_id).post(f"/jobs/{job_id}/retry").status_code == 403
    assert row(number).state == "failed"
