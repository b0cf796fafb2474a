"""Real worker processes: killed, two at once, and told to stop."""

import signal

from flask import Flask
from jobs import waiting_jobs
from jobs.conftest import Asker
from jobs.workers import (
    PATIENCE,
    Worker,
    ask,
    forget_workers,
    let_workers_seem_dead,
    row,
    trail_of,
    wait_for,
    wait_for_attempts,
    wait_for_kinds,
)
from sqlalchemy import text

from licensing.jobs.rules import MOST_ATTEMPTS
from licensing.setup import owner_session

HALF_WAY = {waiting_jobs.STOPS_HALF_WAY: "1"}


def test_a_job_whose_worker_is_killed_leaves_nothing_half_done_and_is_done_once_by_the_next(
    app: Flask, asker: Asker
) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with Worker(app, **HALF_WAY) as killed:
        assert killed.read_line() == "half way"
        told = row(number)
        assert (told.state, told.done, told.total, told.words) == ("doing", 1, 2, "Half way")
        killed.kill()
    assert trail_of(asker.person_id) == []
    let_workers_seem_dead()

    with Worker(app) as heir:
        ended = wait_for(app, number, "succeeded")
        assert heir.stop()[0] == 0
    assert ended.attempts == 2
    assert trail_of(asker.person_id) == [("printed", asker.user_id), ("exported", asker.user_id)]


def test_a_job_that_kills_every_worker_is_not_tried_for_ever(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with owner_session() as session:
        session.execute(
            text("UPDATE procrastinate_jobs SET attempts = :made, status = 'doing' WHERE id = :number"),
            {"made": MOST_ATTEMPTS - 1, "number": number},
        )
        session.commit()
    with Worker(app):
        assert wait_for(app, number, "failed", "succeeded").state == "failed"
    assert trail_of(asker.person_id) == []


def test_a_job_that_was_done_before_its_worker_was_killed_is_not_done_again(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with owner_session() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = :n"), {"n": number})
        session.execute(text("UPDATE job_progress SET applied_at = now() WHERE number = :n"), {"n": number})
        session.commit()
    with Worker(app):
        wait_for(app, number, "succeeded")
    assert trail_of(asker.person_id) == []


def test_a_second_worker_leaves_a_job_alone_that_the_first_still_does(app: Flask, asker: Asker) -> None:
    """Also when it believes, wrongly, that the first is dead: the work itself is locked."""
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with Worker(app, **HALF_WAY) as first:
        assert first.read_line() == "half way"
        forget_workers()
        with Worker(app) as second:
            assert wait_for_attempts(app, number, 2).state == "todo"  # taken up again, and refused
            assert trail_of(asker.person_id) == []
            assert first.process.stdin is not None
            print(file=first.process.stdin, flush=True)
            wait_for(app, number, "succeeded")
            assert "claimed by another worker" in second.stop()[1]
    assert trail_of(asker.person_id) == [("printed", asker.user_id), ("exported", asker.user_id)]


def test_two_workers_share_many_jobs_and_do_each_once(app: Flask, asker: Asker) -> None:
    numbers = [ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id) for _ in range(20)]
    with Worker(app), Worker(app):
        for number in numbers:
            assert wait_for(app, number, "succeeded").attempts == 1
    assert len(trail_of(asker.person_id)) == 2 * len(numbers)


def test_a_job_that_fails_writes_nothing_waits_to_be_tried_again_and_says_no_data_in_the_log(
    app: Flask, asker: Asker
) -> None:
    number = ask(asker.token, waiting_jobs.fails, person_id=asker.person_id)
    with Worker(app) as worker:
        ended = wait_for_attempts(app, number, 1)
        code, log = worker.stop()
    assert (ended.state, ended.attempts, ended.applied_at) == ("todo", 1, None)
    assert trail_of(asker.person_id) == []
    assert code == 0
    assert "DataError through" in log
    assert "Canary" not in log
    assert str(asker.person_id) not in log


def test_a_worker_that_is_told_to_stop_lets_its_job_come_to_an_end(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with Worker(app, **HALF_WAY) as worker:
        assert worker.read_line() == "half way"
        worker.process.send_signal(signal.SIGINT)
        worker.process.communicate("\n", timeout=PATIENCE)  # a second signal would end it at once
        assert worker.process.returncode == 0
    assert row(number).state == "succeeded"
    assert len(trail_of(asker.person_id)) == 2


def test_a_job_acts_for_whoever_asked_only_while_they_may_act(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with owner_session() as session:
        session.execute(text("UPDATE user_account SET status = 'suspended' WHERE id = :id"), {"id": asker.user_id})
        session.commit()
    with Worker(app) as worker:
        wait_for_attempts(app, number, 1)
        assert "was refused: nobody" in worker.stop()[1]
    assert trail_of(asker.person_id) == []


def test_a_job_that_acts_for_nobody_sees_nobodys_records(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.acts_for_nobody, person_id=asker.person_id)
    with Worker(app):
        wait_for(app, number, "succeeded")
    assert trail_of(asker.person_id) == [("listed", None)]
    with owner_session() as session:
        seen = session.scalar(text("SELECT details FROM audit_entry WHERE object_id = :id"), {"id": asker.person_id})
    assert seen == {"seen": 0}


def test_what_is_to_be_done_daily_is_asked_for_by_the_worker_itself(app: Flask, asker: Asker) -> None:
    with Worker(app):
        first = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
        daily = {"purge_drafts", "purge_staged_rows", "forget_old_jobs", "tell_what_is_due"}
        wait_for_kinds(app, first, daily)


def test_a_process_without_the_workers_key_ends_and_says_why(app: Flask, asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with Worker(app, WORKER_KEY="another") as refused:
        _, log = refused.process.communicate(timeout=PATIENCE)
    assert refused.process.returncode == 1
    assert "workers' key" in log
    assert row(number).state == "todo"
