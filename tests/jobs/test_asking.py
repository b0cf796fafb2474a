"""Asking for jobs: in the transaction of the change, with ids alone."""

from uuid import uuid4

import pytest
from factories import accounts
from flask import Flask
from jobs import waiting_jobs
from jobs.conftest import Asker
from jobs.workers import row
from sqlalchemy import text

from licensing import jobs
from licensing.audit.rules import ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.jobs import renew_name_statistics
from licensing.setup import owner_session


def waiting() -> list[tuple[str, dict[str, object]]]:
    with owner_session() as session:
        found = session.execute(
            text("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        )
        return [(one.task_name, one.args) for one in found]


def test_a_job_of_a_change_that_was_rolled_back_does_not_exist(asker: Asker) -> None:
    with acting_as(asker.token):
        jobs.defer(waiting_jobs.two_steps, person_id=asker.person_id)
        db.session.rollback()
        assert waiting() == []
        jobs.defer(waiting_jobs.two_steps, person_id=asker.person_id)
        assert waiting() == []
        db.session.commit()
    assert waiting() == [("test_two_steps", {"person_id": str(asker.person_id)})]


def test_who_asked_and_for_which_council_is_what_the_database_knows(asker: Asker) -> None:
    with acting_as(asker.token):
        number = jobs.defer(waiting_jobs.two_steps, person_id=asker.person_id)
        db.session.commit()
    told = row(number)
    assert (told.asked_by, told.authority_id) == (asker.user_id, accounts.authority_id(accounts.OXFORD))
    assert (told.kind, told.state, told.attempts) == ("test_two_steps", "todo", 0)


def test_of_a_kind_that_is_wanted_once_a_second_waits_with_the_first(app: Flask) -> None:
    numbers = set()
    for code in (accounts.OXFORD, accounts.WEST):
        with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, code))):
            numbers.add(jobs.defer(renew_name_statistics))
            db.session.commit()
    assert len(numbers) == 1
    assert waiting() == [("renew_name_statistics", {})]


def test_a_waiting_job_is_held_back_until_whoever_asked_again_has_committed(app: Flask, asker: Asker) -> None:
    """So that it sees what they wrote: a worker that looks for a job in between finds none."""
    with acting_as(asker.token):
        number = jobs.defer(renew_name_statistics)
        db.session.commit()
        assert jobs.defer(renew_name_statistics) == number
        fetched = "SELECT (procrastinate_fetch_job_v2(NULL, NULL)).id"
        with owner_session() as session:
            assert session.scalar(text(fetched)) is None
        db.session.commit()
        with owner_session() as session:
            assert session.scalar(text(fetched)) == number


@pytest.mark.parametrize("value", ["Mohammed Khan", "QQ123456C", 1.5, ["a"], {"name": "Khan"}])
def test_an_argument_that_could_hold_data_is_refused(asker: Asker, value: object) -> None:
    with acting_as(asker.token), pytest.raises(TypeError, match="person_id"):
        jobs.defer(waiting_jobs.two_steps, person_id=value)  # type: ignore[arg-type]
    assert waiting() == []


def test_ids_numbers_and_words_of_a_vocabulary_are_arguments(asker: Asker) -> None:
    one = uuid4()
    with acting_as(asker.token):
        jobs.defer(waiting_jobs.two_steps, person_id=one, number=3, kind=ObjectKind.PERSON, nothing=None)
        db.session.commit()
    assert waiting()[0][1] == {"person_id": str(one), "number": 3, "kind": "person", "nothing": None}


def test_two_jobs_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="test_two_steps"):
        jobs.task("test_two_steps", "Again")(lambda: None)


def test_progress_outside_a_job_is_nobodys(app: Flask) -> None:
    jobs.report(1, 2, "Half way")
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM job_progress")) == 0
