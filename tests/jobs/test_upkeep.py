"""What is removed when it has been kept for long enough, and what stays."""

import pytest
from factories import accounts
from factories import jobs as doing
from flask import Flask
from jobs import waiting_jobs
from jobs.conftest import Asker
from jobs.workers import ask
from sqlalchemy import text

from licensing.jobs.jobs import forget_old_jobs
from licensing.register.jobs import purge_drafts
from licensing.setup import owner_session


def age(table: str, column: str, days: int) -> None:
    with owner_session() as session:
        session.execute(text(f'UPDATE "{table}" SET {column} = now() - make_interval(days => :days)'), {"days": days})
        session.commit()


def count(table: str) -> int:
    with owner_session() as session:
        return session.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0


def purges() -> list[tuple[object, ...]]:
    with owner_session() as session:
        kept = "SELECT authority_id, object_kind, object_id, details, actor_id FROM audit_entry WHERE action = 'purged'"
        return [tuple(row) for row in session.execute(text(kept))]


def test_jobs_that_ended_a_month_ago_are_forgotten_and_others_not(app: Flask, asker: Asker) -> None:
    ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    doing.do_all(app)
    age("job_progress", "ended_at", 31)
    waiting = ask(asker.token, waiting_jobs.fails, person_id=asker.person_id)
    with owner_session() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = :n"), {"n": waiting})
        session.commit()
    doing.do(app, forget_old_jobs)
    assert count("procrastinate_jobs") == count("job_progress") == 2  # the cancelled, and the one that forgot


def test_drafts_of_a_month_ago_are_removed_and_the_trail_says_how_many(app: Flask, asker: Asker) -> None:
    saved = "now() - CAST(:ago AS interval)"
    draft = f"INSERT INTO draft (id, user_id, sealed, saved_at) VALUES (gen_random_uuid(), :id, '', {saved})"
    with owner_session() as session:
        for ago in ("31 days", "30 days 1 minute", "29 days"):
            session.execute(text(draft), {"id": asker.user_id, "ago": ago})
        session.commit()
    doing.do(app, purge_drafts)
    doing.do(app, purge_drafts)
    assert count("draft") == 1
    assert purges() == [(accounts.authority_id(accounts.OXFORD), None, None, {"drafts": 2}, None)]


@pytest.mark.parametrize(("ago", "left"), [("30 days 1 minute", 0), ("29 days", 1)])
def test_a_form_that_was_sent_too_late_is_kept_for_a_month(app: Flask, asker: Asker, ago: str, left: int) -> None:
    kept = (
        "INSERT INTO kept_form (id, user_id, path, sealed, kept_at) VALUES (gen_random_uuid(), :id, '/people', '', {})"
    )
    with owner_session() as session:
        session.execute(text(kept.format("now() - CAST(:ago AS interval)")), {"id": asker.user_id, "ago": ago})
        session.commit()
    doing.do(app, purge_drafts)
    assert count("kept_form") == left
    told = [(accounts.authority_id(accounts.OXFORD), None, None, {"kept_forms": 1}, None)]
    assert purges() == ([] if left else told)
