"""The queue's tables: made as its library needs them, and closed to everybody but a worker."""

from importlib import resources

import pytest
from factories import accounts
from factories.jobs import a_worker
from flask import Flask
from jobs import waiting_jobs
from jobs.conftest import Asker
from jobs.workers import ask, row
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from licensing.accounts.acting import token_hash
from licensing.db import acting_as, db
from licensing.jobs.asking import known
from licensing.permissions import Role
from licensing.setup import owner_session

REFUSED = "42501"
QUEUE = ("procrastinate_jobs", "procrastinate_workers", "procrastinate_periodic_defers")


def shape(session: Session, schema: str) -> set[tuple[str, ...]]:
    """Columns, routines, indexes and triggers of the queue in a schema."""
    statements = (
        "SELECT 'column', table_name || '.' || column_name, data_type || is_nullable FROM information_schema.columns"
        " WHERE table_schema = :schema AND table_name LIKE 'procrastinate%'",
        "SELECT 'routine', proname, prosrc FROM pg_proc WHERE pronamespace = CAST(:schema AS regnamespace)"
        " AND proname LIKE 'procrastinate%'",
        "SELECT 'index', indexname, replace(indexdef, :schema || '.', '') FROM pg_indexes"
        " WHERE schemaname = :schema AND tablename LIKE 'procrastinate%'",
        "SELECT 'trigger', tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " WHERE NOT tgisinternal AND tgname LIKE '%procrastinate%' AND c.relnamespace = CAST(:schema AS regnamespace)",
    )
    return {tuple(row) for one in statements for row in session.execute(text(one), {"schema": schema})}


def test_the_migrations_make_what_the_installed_library_needs(app: Flask) -> None:
    """A newer release with another schema fails here: its changes belong into a new migration."""
    theirs = (resources.files("procrastinate.sql") / "schema.sql").read_text(encoding="utf-8")
    with owner_session() as session:
        ours = shape(session, "public")
        session.execute(text("CREATE SCHEMA installed"))
        session.execute(text("SET LOCAL search_path = installed"))
        driver = session.connection().connection.driver_connection
        assert driver is not None
        driver.execute(theirs)
        installed = shape(session, "installed")
        assert len(installed) > 50
        assert ours == installed


def as_worker(token: str) -> None:
    db.session.execute(text("SELECT set_config('licensing.worker', :token, true)"), {"token": token})


def outcome(statement: str) -> object:
    try:
        with db.session.begin_nested():
            return db.session.execute(text(statement)).all()
    except DBAPIError as error:
        return getattr(error.orig, "sqlstate", "")


def test_whoever_is_signed_in_can_neither_read_the_queue_nor_take_from_it(asker: Asker) -> None:
    ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    with acting_as(asker.token):
        for worker in ("", "guess", "worker"):
            as_worker(worker)
            for table in QUEUE:
                assert outcome(f"SELECT * FROM {table}") == [], table
            assert outcome("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)") == [(None,)]
            assert outcome("SELECT procrastinate_register_worker_v1()") == REFUSED
            deferred = "ARRAY[ROW('default','send_mail',0,NULL,NULL,'{}',NULL)::procrastinate_job_to_defer_v1]"
            assert outcome(f"SELECT procrastinate_defer_jobs_v1({deferred})") == REFUSED
        assert outcome("SELECT * FROM procrastinate_events") == REFUSED


def test_a_worker_s_token_opens_the_queue(asker: Asker) -> None:
    """The negative control of the test above."""
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    as_worker(a_worker()[0])
    assert outcome("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)") == [(number,)]
    db.session.rollback()


@pytest.mark.parametrize("key", ["", "guess", "NULL"])
def test_nobody_becomes_a_worker_without_the_workers_key(asker: Asker, key: str) -> None:
    for token in ("", asker.token):
        with acting_as(token):
            assert outcome(f"CALL open_worker('{key}', sha256('mine'))".replace("'NULL'", "NULL")) == REFUSED
            as_worker("mine")
            assert outcome("SELECT * FROM procrastinate_workers") == []
            for table in ("worker_key", "job_kind", "worker_session"):
                assert outcome(f"SELECT * FROM {table}") == REFUSED
                assert outcome(f"INSERT INTO {table} SELECT * FROM {table}") == REFUSED
            db.session.rollback()


def test_a_job_is_begun_by_the_worker_that_the_queue_gave_it_to_and_by_nobody_else(asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    (its_own, worker), (another, _) = a_worker(), a_worker()
    given_to(number, worker)
    for token in ("", "guess", another, its_own):
        as_worker(token)
        told = db.session.execute(text("CALL begin_job(:n, sha256('x'), NULL)"), {"n": number}).scalar_one()
        assert (token, told) == (token, "begun" if token == its_own else "not_running")
        db.session.rollback()


def test_whether_a_job_acts_for_its_asker_is_for_its_kind_to_say(asker: Asker) -> None:
    """Nobody who could begin a job made for nobody could act by it as whoever asked for it."""
    token = begun("for nobody", ask(asker.token, waiting_jobs.acts_for_nobody, person_id=asker.person_id))
    with acting_as(token):
        assert db.session.scalar(text("SELECT acting_job('test_nobody')")) is not None
        assert db.session.scalar(text("SELECT acting_user()")) is None


def test_a_kind_of_job_that_nobody_declared_is_not_run(asker: Asker) -> None:
    with acting_as(asker.token):
        number = db.session.execute(text("CALL ask_for_job('made_up', '{}', false, NULL)")).scalar_one()
        db.session.commit()
    token, worker = a_worker()
    given_to(number, worker)
    as_worker(token)
    begin = text("CALL begin_job(:n, sha256('x'), NULL)")
    assert db.session.execute(begin, {"n": number}).scalar_one() == "unknown_kind"


def test_how_far_a_job_has_come_only_the_job_itself_tells(asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    token = begun("of the job", number)
    for one in ("", asker.token, token):
        with acting_as(one):
            db.session.execute(text("CALL note_progress(1, 2, :words)"), {"words": f"by {one}"})
            db.session.commit()
    assert row(number).words == "by of the job"


@pytest.mark.parametrize(
    "call",
    [
        "open_worker('key', sha256('known'))",
        "begin_job(1, sha256('known'), NULL)",
        "ask_for_job('send_mail', '{}', false, NULL)",
    ],
)
def test_no_fragment_in_a_query_opens_the_queue_or_a_job(asker: Asker, call: str) -> None:
    with acting_as(asker.token):
        assert outcome(f"SELECT {call}") == "42809"  # a procedure is no function


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM people_to_count()",
        "CALL keep_statistics(''::bytea)",
        "CALL purge_staged_rows(NULL)",
        "CALL purge_drafts(NULL)",
        "CALL forget_old_jobs(NULL)",
        "SELECT * FROM work_due(current_date)",
        "CALL finish_job(true)",
    ],
)
def test_what_was_made_for_one_kind_of_job_nobody_else_may_do(asker: Asker, statement: str) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    of_another_kind = begun("of another kind", number)
    for token in (asker.token, "", of_another_kind):
        with acting_as(token):
            if "finish_job" not in statement or token != of_another_kind:
                assert outcome(statement) == REFUSED
            db.session.rollback()


def begun(token: str, number: int) -> str:
    """A job's session as a worker opens it."""
    as_which, worker = a_worker()
    given_to(number, worker)
    as_worker(as_which)
    db.session.execute(text("CALL begin_job(:n, :hash, NULL)"), {"n": number, "hash": token_hash(token)})
    db.session.commit()
    return token


def given_to(number: int, worker: int) -> None:
    """As the queue does it."""
    given = text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker WHERE id = :n")
    with owner_session() as session:
        session.execute(given, {"n": number, "worker": worker})
        session.commit()


def test_the_session_of_a_job_acts_for_whoever_asked_and_ends_with_it(asker: Asker) -> None:
    token = begun("of the job", ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id))
    with acting_as(token):
        assert db.session.scalar(text("SELECT acting_user()")) == asker.user_id
        assert db.session.execute(text("CALL claim_job(NULL)")).scalar_one() is True
        db.session.execute(text("CALL finish_job(true)"))
        db.session.commit()
        assert db.session.scalar(text("SELECT acting_user()")) is None


def test_a_job_that_does_not_run_gives_nobody_a_session(asker: Asker) -> None:
    number = ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    begin = text("CALL begin_job(:number, :hash, NULL)")
    as_worker(a_worker()[0])
    for one in (number, 999_999):
        hashed = {"number": one, "hash": token_hash(f"wanted {one}")}
        assert db.session.execute(begin, hashed).scalar_one() == "not_running"
    db.session.commit()
    with acting_as(f"wanted {number}"):
        assert db.session.scalar(text("SELECT acting_user()")) is None


def test_progress_is_told_to_who_asked_and_to_administrators_of_their_council(asker: Asker) -> None:
    ask(asker.token, waiting_jobs.two_steps, person_id=asker.person_id)
    seen = {}
    for role, code in (
        (Role.ADMINISTRATOR, accounts.OXFORD),
        (Role.ADMINISTRATOR, accounts.WEST),
        (Role.LICENSING_OFFICER, accounts.OXFORD),
    ):
        with acting_as(accounts.open_session(accounts.user(role, code))):
            seen[role, code] = len(outcome("SELECT * FROM job_progress"))  # type: ignore[arg-type]
            db.session.rollback()
    assert list(seen.values()) == [1, 0, 0]
    with acting_as(asker.token):
        assert len(outcome("SELECT * FROM job_progress")) == 1  # type: ignore[arg-type]
        assert outcome("UPDATE job_progress SET state = 'failed'") == REFUSED
        assert outcome("DELETE FROM job_progress") == REFUSED


def test_every_kind_of_job_that_a_procedure_asks_for_is_declared(only_app: Flask, app: Flask) -> None:
    with owner_session() as session:
        sources = " ".join(session.scalars(text("SELECT prosrc FROM pg_proc WHERE prosecdef")))
    asked = {part.partition("'")[0] for part in sources.split("acting_job('")[1:]}
    assert len(asked) >= 5
    assert asked <= known.keys()
