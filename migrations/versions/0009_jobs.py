"""Background jobs on procrastinate's tables, their progress, the links that mails carry, and tasks."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit
from licensing.row_security import allow_call, app_role, protect

revision: str = "0009"
down_revision: str | None = "0008"

# Procrastinate 3.10's schema as it was released. A later release's own changes go into a migration of their own:
# read from the installed package, an empty database would be made from one version and migrated from another.
PROCRASTINATE = Path(__file__).with_name("0009_procrastinate.sql")

# The queue belongs to the workers. A worker proves that it is one by a token, as a person does, so that a flaw in
# a page's query can neither read who asked for what nor take a job away.
WORKER = "(SELECT acting_worker())"

# Who sees a task, and may finish it: whom it is for, those who hold the team's role, and who opened it.
SIGHT = """
    authority_id = (SELECT acting_authority('tasks.use'))
    AND (for_user_id = (SELECT acting_user())
         OR opened_by = (SELECT acting_user())
         OR for_team = ANY ((SELECT acting_roles())::text[]))
"""
OPENED_BY_ONESELF = """
    authority_id = (SELECT acting_authority('tasks.use'))
    AND opened_by = (SELECT acting_user())
    AND (for_user_id IS NULL OR for_user_id IN (SELECT id FROM user_account))
"""
OF_A_TASK_IN_SIGHT = "task_id IN (SELECT id FROM task)"
CHANGED_BY_ONESELF = f"""
    {OF_A_TASK_IN_SIGHT} AND authority_id = (SELECT acting_authority('tasks.use')) AND by_id = (SELECT acting_user())
"""
# What no council asked for is upkeep of the whole, and shown to every administrator.
PROGRESS = """
    asked_by = (SELECT acting_user())
    OR authority_id = (SELECT acting_authority('jobs.read'))
    OR (authority_id IS NULL AND asked_by IS NULL AND (SELECT acting_authority('jobs.read')) IS NOT NULL)
"""

ACTING_WORKER = """
CREATE FUNCTION acting_worker() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text := current_setting('licensing.worker', true);
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN false;
    END IF;
    RETURN EXISTS (SELECT FROM worker_session w WHERE w.token_hash = sha256(convert_to(told, 'UTF8')));
END $$
"""

ACTING_JOB = """
CREATE FUNCTION acting_job(wanted text DEFAULT NULL) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.number FROM job_session s JOIN job_progress p ON p.number = s.number
    WHERE s.token_hash = sha256(convert_to(nullif(current_setting('licensing.token', true), ''), 'UTF8'))
      AND s.ended_at IS NULL AND s.expires_at > now()
      AND (wanted IS NULL OR p.kind = wanted)
$$
"""

ACTING_ROLES = """
CREATE FUNCTION acting_roles() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(h.role::text), '{}') FROM role_held h
    WHERE h.user_id = acting_user() AND h.ended_at IS NULL
$$
"""

# A worker's connections each call this, so one that runs is seen at least once in an hour.
OPEN_WORKER = """
CREATE PROCEDURE open_worker(IN given_token_hash bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO worker_session (token_hash) VALUES (given_token_hash)
    ON CONFLICT (token_hash) DO UPDATE SET seen_at = now();
    DELETE FROM worker_session WHERE seen_at < now() - interval '1 day';
$$
"""

# Of a kind that is wanted once, a job that waits already will do. It is held back until whoever asks again
# has committed, so that it sees what they wrote.
ASK_FOR_JOB = """
CREATE PROCEDURE ask_for_job(
    IN given_kind text, IN given_args jsonb, IN given_once boolean, INOUT number bigint DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    LOOP
        IF given_once THEN
            SELECT j.id INTO number FROM procrastinate_jobs j
            WHERE j.queueing_lock = given_kind AND j.status = 'todo' FOR SHARE;
            EXIT WHEN FOUND;
        END IF;
        BEGIN
            number := (procrastinate_defer_jobs_v1(ARRAY[ROW(
                'default', given_kind, 0, NULL, CASE WHEN given_once THEN given_kind END, given_args, NULL
            )::procrastinate_job_to_defer_v1]))[1];
            EXIT;
        EXCEPTION WHEN unique_violation THEN
            NULL;  -- somebody else asked at the same moment: look again
        END;
    END LOOP;
END $$
"""

# What the queue does with a job is written beside it, where those who asked may see it without reading the queue.
FOLLOW_JOB = """
CREATE FUNCTION follow_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO job_progress (id, number, kind, authority_id, asked_by, state)
        VALUES (
            gen_random_uuid(), NEW.id, NEW.task_name,
            coalesce(
                acting_authority(),
                (SELECT u.authority_id FROM user_account u WHERE u.id::text = NEW.args ->> 'to_user_id')
            ),
            acting_user(), NEW.status
        );
    ELSE
        UPDATE job_progress SET
            state = NEW.status, attempts = NEW.attempts,
            started_at = CASE WHEN NEW.status = 'doing' AND OLD.status <> 'doing' THEN now() ELSE started_at END,
            ended_at = CASE WHEN NEW.status IN ('todo', 'doing') THEN NULL ELSE now() END
        WHERE number = NEW.id;
    END IF;
    RETURN NULL;
END $$
"""
FOLLOW = (
    "CREATE TRIGGER follow AFTER INSERT OR UPDATE OF status, attempts ON procrastinate_jobs"
    " FOR EACH ROW EXECUTE FUNCTION follow_job()"
)

# A job that runs for whoever asked acts in a session of theirs, and only while they may act themselves.
BEGIN_JOB = """
CREATE PROCEDURE begin_job(
    IN given_number bigint, IN given_token_hash bytea, IN for_asker boolean, INOUT outcome text DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked record;
    until timestamptz := now() + interval '1 hour';
BEGIN
    DELETE FROM job_session WHERE expires_at < now();
    SELECT p.asked_by, p.applied_at INTO asked
    FROM job_progress p JOIN procrastinate_jobs j ON j.id = p.number
    WHERE p.number = given_number AND j.status = 'doing';
    IF NOT FOUND THEN
        outcome := 'not_running';
    ELSIF asked.applied_at IS NOT NULL THEN
        outcome := 'applied';
    ELSIF for_asker AND NOT EXISTS (
        SELECT FROM user_account u JOIN authority a ON a.id = u.authority_id
        WHERE u.id = asked.asked_by AND u.status = 'active' AND (a.valid_to IS NULL OR a.valid_to >= current_date)
    ) THEN
        outcome := 'nobody';
    ELSE
        outcome := 'begun';
        INSERT INTO job_session (token_hash, number, expires_at) VALUES (given_token_hash, given_number, until);
        IF for_asker THEN
            INSERT INTO user_session (id, user_id, kind, token_hash, expires_at)
            VALUES (gen_random_uuid(), asked.asked_by, 'job', given_token_hash, until);
        END IF;
    END IF;
END $$
"""

# The lock lasts as long as the transaction of the work: two workers that both believe in a job do not both do it.
CLAIM_JOB = """
CREATE PROCEDURE claim_job(INOUT claimed boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    claimed := coalesce(pg_try_advisory_xact_lock(9, acting_job()::int), false)
        AND EXISTS (SELECT FROM job_progress WHERE number = acting_job() AND applied_at IS NULL);
END $$
"""

# In the transaction of the work: a job whose worker is killed after this has committed is not done again.
FINISH_JOB = """
CREATE PROCEDURE finish_job(IN was_applied boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told bytea := sha256(convert_to(current_setting('licensing.token', true), 'UTF8'));
    running bigint := acting_job();
BEGIN
    IF running IS NULL THEN
        RAISE EXCEPTION 'no job is running' USING ERRCODE = '42501';
    END IF;
    IF was_applied THEN
        UPDATE job_progress SET applied_at = now() WHERE number = running;
    END IF;
    UPDATE job_session SET ended_at = now() WHERE token_hash = told;
    UPDATE user_session SET ended_at = now() WHERE token_hash = told;
END $$
"""

NOTE_PROGRESS = """
CREATE PROCEDURE note_progress(IN given_number bigint, IN given_done int, IN given_total int, IN given_words text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE job_progress SET done = given_done, total = given_total, words = given_words
    WHERE number = given_number AND state = 'doing'
$$
"""

RETRY_JOB = """
CREATE PROCEDURE retry_job(IN given_id uuid, INOUT retried boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    failed bigint;
BEGIN
    SELECT j.id INTO failed
    FROM job_progress p JOIN procrastinate_jobs j ON j.id = p.number
    WHERE p.id = given_id AND j.status = 'failed' AND acting_authority('jobs.read') IS NOT NULL
      AND (p.authority_id = acting_authority('jobs.read') OR (p.authority_id IS NULL AND p.asked_by IS NULL))
    FOR UPDATE OF j;
    retried := FOUND;
    IF retried THEN
        PERFORM procrastinate_retry_job_v2(failed, now(), NULL, NULL, NULL);
        PERFORM pg_notify('procrastinate_any_queue_v1', json_build_object('type', 'job_inserted', 'job_id', failed)::text);
    END IF;
END $$
"""

# What follows may be called by a job of the one kind that it was made for, and by nobody else.
ONLY_IN_JOB = """
    IF acting_job('{kind}') IS NULL THEN
        RAISE EXCEPTION 'only the job {kind} does this' USING ERRCODE = '42501';
    END IF;
"""

PEOPLE_TO_COUNT = f"""
CREATE FUNCTION people_to_count() RETURNS TABLE (
    person_id uuid, names text[], date_of_birth date, postcodes text[], identifiers bigint[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {ONLY_IN_JOB.format(kind="renew_name_statistics")}
    RETURN QUERY SELECT m.person_id, m.names, m.date_of_birth, m.postcodes, m.identifiers FROM person_match m;
END $$
"""

KEEP_STATISTICS = f"""
CREATE PROCEDURE keep_statistics(IN given_statistics bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {ONLY_IN_JOB.format(kind="renew_name_statistics")}
    INSERT INTO match_statistics (id, kept) VALUES (1, given_statistics)
    ON CONFLICT (id) DO UPDATE SET kept = given_statistics, gathered_at = now();
END $$
"""

PURGE_STAGED_ROWS = f"""
CREATE PROCEDURE purge_staged_rows(INOUT purged bigint DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before timestamptz := now() - interval '90 days';
BEGIN
    {ONLY_IN_JOB.format(kind="purge_staged_rows")}
    WITH gone AS (
        DELETE FROM import_chunk c USING import i
        WHERE i.id = c.import_id AND i.staged_at < before
        RETURNING c.authority_id, c.import_id
    )
    INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id)
    SELECT DISTINCT ON (import_id) gen_random_uuid(), authority_id, 'purged', 'records', 'import', import_id FROM gone;
    GET DIAGNOSTICS purged = ROW_COUNT;
    UPDATE import i SET receipt = jsonb_set(i.receipt, '{{rejected}}', (
        SELECT jsonb_agg(r.said || jsonb_build_object('value', '') ORDER BY r.place)
        FROM jsonb_array_elements(i.receipt -> 'rejected') WITH ORDINALITY r (said, place)))
    WHERE i.staged_at < before AND jsonb_path_exists(i.receipt, '$.rejected[*] ? (@.value != "")');
    UPDATE import SET status = 'abandoned' WHERE status = 'staged' AND staged_at < before;
END $$
"""

# Drafts, and the forms that were kept for whoever came too late to send them.
PURGE_DRAFTS = f"""
CREATE PROCEDURE purge_drafts(INOUT purged bigint DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before timestamptz := now() - interval '30 days';
BEGIN
    {ONLY_IN_JOB.format(kind="purge_drafts")}
    WITH gone AS (
        DELETE FROM draft d USING user_account u
        WHERE u.id = d.user_id AND d.saved_at < before
        RETURNING u.authority_id, 'drafts' AS what
    ), let_go AS (
        DELETE FROM kept_form k USING user_account u
        WHERE u.id = k.user_id AND k.kept_at < before
        RETURNING u.authority_id, 'kept_forms' AS what
    ), counted AS (
        SELECT authority_id, what, count(*) AS number FROM (TABLE gone UNION ALL TABLE let_go) both_kinds
        GROUP BY authority_id, what
    ), told AS (
        INSERT INTO audit_entry (id, authority_id, action, category, details)
        SELECT gen_random_uuid(), authority_id, 'purged', 'records', jsonb_object_agg(what, number)
        FROM counted GROUP BY authority_id
    )
    SELECT coalesce(sum(number), 0) INTO purged FROM counted;
END $$
"""

FORGET_OLD_JOBS = f"""
CREATE PROCEDURE forget_old_jobs(INOUT forgotten bigint DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {ONLY_IN_JOB.format(kind="forget_old_jobs")}
    WITH old AS (DELETE FROM job_progress WHERE ended_at < now() - interval '30 days' RETURNING number)
    DELETE FROM procrastinate_jobs j USING old WHERE j.id = old.number;
    GET DIAGNOSTICS forgotten = ROW_COUNT;
END $$
"""

# To whom the running mail job writes: the address of nobody else can be asked for.
MAIL_RECIPIENT = """
CREATE PROCEDURE mail_recipient(INOUT email text DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    SELECT u.email INTO email
    FROM procrastinate_jobs j JOIN user_account u ON u.id::text = j.args ->> 'to_user_id'
    WHERE j.id = acting_job('send_mail')
      AND u.status = CASE j.args ->> 'kind' WHEN 'invitation' THEN 'invited' ELSE 'active' END;
END $$
"""

# The link was issued by whoever may issue it (0008); the mail that carries it gives it the token. Nobody else ever
# holds the token, and a mail job cannot make a link that nobody issued.
GIVE_LINK_TOKEN = """
CREATE PROCEDURE give_link_token(IN given_token_hash bytea, INOUT given boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE invitation i SET token_hash = given_token_hash
    FROM procrastinate_jobs j
    WHERE j.id = acting_job('send_mail')
      AND i.user_id::text = j.args ->> 'to_user_id' AND i.kind = j.args ->> 'kind'
      AND i.used_at IS NULL AND i.expires_at > now();
    given := FOUND;
END $$
"""

# Handing a task on may take it out of the sight of whoever does it, which row-level security refuses to an UPDATE.
HAND_ON_TASK = """
CREATE PROCEDURE hand_on_task(
    IN given_task uuid, IN given_user uuid, IN given_team text, INOUT handed_on boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE task t SET for_user_id = given_user, for_team = given_team
    WHERE t.id = given_task AND t.done_at IS NULL AND t.authority_id = acting_authority('tasks.use')
      AND (t.for_user_id = acting_user() OR t.opened_by = acting_user() OR t.for_team = ANY (acting_roles()))
      AND (given_user IS NULL OR EXISTS (
        SELECT FROM user_account u
        WHERE u.id = given_user AND u.authority_id = t.authority_id AND u.status = 'active'));
    handed_on := FOUND;
END $$
"""

PEOPLE_WITH_TASKS_DUE = f"""
CREATE FUNCTION people_with_tasks_due(given_day date) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {ONLY_IN_JOB.format(kind="remind_of_tasks")}
    RETURN QUERY SELECT DISTINCT t.for_user_id FROM task t JOIN user_account u ON u.id = t.for_user_id
    WHERE t.done_at IS NULL AND t.due_on = given_day AND u.status = 'active' ORDER BY 1;
END $$
"""

FUNCTIONS = {
    "acting_worker()": ACTING_WORKER,
    "acting_job(text)": ACTING_JOB,
    "acting_roles()": ACTING_ROLES,
    "people_to_count()": PEOPLE_TO_COUNT,
    "people_with_tasks_due(date)": PEOPLE_WITH_TASKS_DUE,
}
PROCEDURES = {
    "open_worker(bytea)": OPEN_WORKER,
    "ask_for_job(text, jsonb, boolean, bigint)": ASK_FOR_JOB,
    "begin_job(bigint, bytea, boolean, text)": BEGIN_JOB,
    "claim_job(boolean)": CLAIM_JOB,
    "finish_job(boolean)": FINISH_JOB,
    "note_progress(bigint, int, int, text)": NOTE_PROGRESS,
    "retry_job(uuid, boolean)": RETRY_JOB,
    "keep_statistics(bytea)": KEEP_STATISTICS,
    "purge_staged_rows(bigint)": PURGE_STAGED_ROWS,
    "purge_drafts(bigint)": PURGE_DRAFTS,
    "forget_old_jobs(bigint)": FORGET_OLD_JOBS,
    "mail_recipient(text)": MAIL_RECIPIENT,
    "give_link_token(bytea, boolean)": GIVE_LINK_TOKEN,
    "hand_on_task(uuid, uuid, text, boolean)": HAND_ON_TASK,
}
QUEUE_SEQUENCES = ("procrastinate_jobs_id_seq", "procrastinate_events_id_seq", "procrastinate_periodic_defers_id_seq")


def upgrade() -> None:
    # Several statements in one text, with percent signs and colons of their own: for the driver, as it stands.
    op.get_bind().connection.driver_connection.execute(PROCRASTINATE.read_text(encoding="utf-8"))  # type: ignore[union-attr]
    create_tables()
    admit("user_session", "kind", "session_kind", ("web", "console", "job"))
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    for signature, definition in PROCEDURES.items():
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
    op.execute(FOLLOW_JOB)
    op.execute("REVOKE ALL ON FUNCTION follow_job() FROM PUBLIC")
    op.execute(FOLLOW)
    protect_tables()


def protect_tables() -> None:
    protect("procrastinate_jobs", select=WORKER, insert=WORKER, update=WORKER)
    protect("procrastinate_events", insert=WORKER)
    protect("procrastinate_workers", select=WORKER, insert=WORKER, update=WORKER, delete=WORKER)
    protect("procrastinate_periodic_defers", select=WORKER, insert=WORKER, update=WORKER, delete=WORKER)
    for sequence in QUEUE_SEQUENCES:
        op.execute(f"GRANT USAGE ON SEQUENCE {sequence} TO {app_role()}")
    protect("worker_session")
    protect("job_session")
    protect("job_progress", select=PROGRESS)
    protect(
        "task",
        select=SIGHT,
        insert=OPENED_BY_ONESELF,
        update=SIGHT,
        update_columns=("due_on", "done_at", "done_by", "outcome"),
    )
    protect("task_change", select=OF_A_TASK_IN_SIGHT, insert=CHANGED_BY_ONESELF)


def create_tables() -> None:
    op.create_table(
        "worker_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_worker_session"),
    )
    op.create_table(
        "job_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "todo",
                "doing",
                "succeeded",
                "failed",
                "cancelled",
                "aborting",
                "aborted",
                name="job_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["user_account.id"], name="fk_job_progress_asked_by"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_job_progress_authority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_job_progress"),
        sa.UniqueConstraint("number", name="uq_job_progress_number"),
    )
    op.create_index("ix_job_progress_authority_id_asked_at", "job_progress", ["authority_id", "asked_at"], unique=False)
    op.create_index("ix_job_progress_asked_by", "job_progress", ["asked_by"], unique=False)
    op.create_table(
        "job_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["number"], ["job_progress.number"], name="fk_job_session_number", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_job_session"),
    )
    op.create_index("ix_job_session_number", "job_session", ["number"], unique=False)
    create_tables_of_tasks()


def create_tables_of_tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "check_details",
                "ask_for_documents",
                "contact_holder",
                "contact_council",
                "visit",
                "review",
                "other",
                name="task_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column(
            "object_kind",
            sa.Enum(
                "user",
                "authority",
                "person",
                "licence",
                "premises",
                "organisation",
                "vehicle",
                "merge",
                "link",
                "proposal",
                "task",
                "job",
                "driver_check",
                "import",
                "audit",
                "page",
                name="object_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("for_user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "for_team",
            sa.Enum(
                "licensing_officer",
                "licensing_manager",
                "designated_officer",
                "disruption_officer",
                "briefing_author",
                "briefing_approver",
                "briefing_reader",
                "administrator",
                "information_officer",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("(for_user_id IS NULL) <> (for_team IS NULL)", name="ck_task_for_one"),
        sa.CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name="ck_task_whole_object"),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="ck_task_done_by_somebody"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_task_authority_id"),
        sa.ForeignKeyConstraint(["done_by"], ["user_account.id"], name="fk_task_done_by"),
        sa.ForeignKeyConstraint(["for_user_id"], ["user_account.id"], name="fk_task_for_user_id"),
        sa.ForeignKeyConstraint(["opened_by"], ["user_account.id"], name="fk_task_opened_by"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_task_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_task_id_authority_id"),
    )
    op.create_index("ix_task_authority_id_due_on", "task", ["authority_id", "due_on", "id"], unique=False)
    op.create_index("ix_task_object_id", "task", ["object_id"], unique=False)
    op.create_table(
        "task_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opened",
                "handed_on",
                "due_date_changed",
                "finished",
                name="task_change_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_task_change_by_id"),
        sa.ForeignKeyConstraint(
            ["task_id", "authority_id"], ["task.id", "task.authority_id"], name="fk_task_change_task_id_authority_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_task_change"),
    )
    op.create_index("ix_task_change_task_id_at", "task_change", ["task_id", "at"], unique=False)
