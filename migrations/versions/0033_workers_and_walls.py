"""Workers prove that they are workers; and what one council writes neither silences nor blocks another."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, protect, within

revision: str = "0033"
down_revision: str | None = "0029"

# A worker's token is registered by whoever has the key whose hash `flask setup` wrote, and by nobody else. Its
# connections each call this, so one that runs is seen at least once in an hour.
OPEN_WORKER = """
CREATE PROCEDURE open_worker(IN given_key text, IN given_token_hash bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM worker_key k WHERE k.key_hash = sha256(convert_to(given_key, 'UTF8'))) THEN
        RAISE EXCEPTION 'this is not the key of a worker' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO worker_session (token_hash) VALUES (given_token_hash)
    ON CONFLICT (token_hash) DO UPDATE SET seen_at = now();
    DELETE FROM worker_session WHERE seen_at < now() - interval '1 day';
END $$
"""

# As which the queue's library counts a worker is written beside its token, so that a job is known to be its own.
FOLLOW_WORKER = """
CREATE FUNCTION follow_worker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE worker_session SET worker_id = NEW.id
    WHERE token_hash = sha256(convert_to(current_setting('licensing.worker', true), 'UTF8'));
    RETURN NULL;
END $$
"""

# A job is begun by the worker to whom the queue gave it. One that runs for whoever asked acts in a session of theirs,
# and only while they may act themselves; whether it does is for its kind to say, and not for the caller.
BEGIN_JOB = """
CREATE PROCEDURE begin_job(IN given_number bigint, IN given_token_hash bytea, INOUT outcome text DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked record;
    until timestamptz := now() + interval '1 hour';
BEGIN
    DELETE FROM job_session WHERE expires_at < now();
    SELECT p.asked_by, p.applied_at, k.for_asker INTO asked
    FROM job_progress p
    JOIN procrastinate_jobs j ON j.id = p.number AND j.status = 'doing'
    JOIN worker_session w ON w.worker_id = j.worker_id
        AND w.token_hash = sha256(convert_to(current_setting('licensing.worker', true), 'UTF8'))
    LEFT JOIN job_kind k ON k.kind = p.kind
    WHERE p.number = given_number;
    IF NOT FOUND THEN
        outcome := 'not_running';
    ELSIF asked.applied_at IS NOT NULL THEN
        outcome := 'applied';
    ELSIF asked.for_asker IS NULL THEN
        outcome := 'unknown_kind';
    ELSIF asked.for_asker AND NOT EXISTS (
        SELECT FROM user_account u JOIN authority a ON a.id = u.authority_id
        WHERE u.id = asked.asked_by AND u.status = 'active' AND (a.valid_to IS NULL OR a.valid_to >= current_date)
    ) THEN
        outcome := 'nobody';
    ELSE
        outcome := 'begun';
        INSERT INTO job_session (token_hash, number, expires_at) VALUES (given_token_hash, given_number, until);
        IF asked.for_asker THEN
            INSERT INTO user_session (id, user_id, kind, token_hash, expires_at)
            VALUES (gen_random_uuid(), asked.asked_by, 'job', given_token_hash, until);
        END IF;
    END IF;
END $$
"""

# Of the job that runs, and of no other.
NOTE_PROGRESS = """
CREATE PROCEDURE note_progress(IN given_done int, IN given_total int, IN given_words text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE job_progress SET done = given_done, total = given_total, words = given_words
    WHERE number = acting_job() AND state = 'doing'
$$
"""

# Which rows of a list name a driver whom another council licenses: the number and the family name agree, and whether
# the day of birth does too. That is for the holder's council alone: whoever could ask it day by day would learn the day.
MATCHES = """
CREATE FUNCTION attendance_matches(given jsonb)
RETURNS TABLE (place int, authority_id uuid, person_id uuid, birth_agrees boolean)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT DISTINCT ON (r.place, p.authority_id) r.place, p.authority_id, p.id,
        coalesce(p.date_of_birth = r.date_of_birth, false)
    FROM jsonb_to_recordset(given) AS r (place int, licence_key text, family_name text, date_of_birth date)
    JOIN licence l ON l.number_key = r.licence_key
        AND l.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
    JOIN person p ON p.id = l.person_id AND lower(p.family_name) = lower(r.family_name)
    JOIN authority a ON a.id = p.authority_id AND a.agreement_signed_on <= current_date
    WHERE p.authority_id <> (SELECT acting_authority('imports.make'))
    ORDER BY r.place, p.authority_id, 4 DESC, p.id
$$
"""
# Whoever brings the list in learns of each row whether number and name were known, and whether it sent that row before.
# Each holder whom it so asked about is on the trail of the council that licenses them.
ANSWERED = """
CREATE FUNCTION attendance_answered(given jsonb) RETURNS TABLE (place int, offered boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_offer_training() THEN
        RAISE insufficient_privilege;
    END IF;
    INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id, details)
    SELECT gen_random_uuid(), m.authority_id, 'checked', 'records', 'person', m.person_id,
        jsonb_build_object('what', 'attendance list', 'rows', count(*))
    FROM attendance_matches(given) m GROUP BY m.authority_id, m.person_id;
    RETURN QUERY
        SELECT m.place, bool_and(EXISTS (
            SELECT FROM training_offer o, jsonb_to_recordset(given) AS r (place int, row_hash text)
            WHERE r.place = m.place AND o.row_hash = decode(r.row_hash, 'hex') AND o.authority_id = m.authority_id
              AND o.from_authority_id = (SELECT acting_authority('imports.make'))))
        FROM attendance_matches(given) m GROUP BY m.place ORDER BY m.place;
END $$
"""
# What does not agree is kept too, so that it is known again as sent; nobody sees it. How many agreed is not told.
OFFER = """
CREATE PROCEDURE offer_training(IN given jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_offer_training() THEN
        RAISE insufficient_privilege;
    END IF;
    INSERT INTO training_offer (id, authority_id, from_authority_id, person_id, row_hash, result, course, provider,
        completed_on, expires_on, certificate_no, birth_agrees)
    SELECT gen_random_uuid(), m.authority_id, (SELECT acting_authority('imports.make')), m.person_id,
        decode(r.row_hash, 'hex'), r.result, r.course, r.provider, r.completed_on, r.expires_on, r.certificate_no,
        m.birth_agrees
    FROM attendance_matches(given) m
    JOIN jsonb_to_recordset(given) AS r (place int, row_hash text, result text, course text, provider text,
        completed_on date, expires_on date, certificate_no text) ON r.place = m.place
    ON CONFLICT (from_authority_id, authority_id, row_hash) DO NOTHING;
END $$
"""

# Routine -> the condition by which it finds a task that is there already, and whose that task must be. Another council's
# task about the same record, which anybody there may write, is none of theirs.
TASK_GUARDS = {
    "watch_registers(date, int)": ("t.object_id = seen.object_id", "t.authority_id = seen.authority_id"),
    "watch_vetting(date, int)": ("t.object_id = due.person_id", "t.authority_id = due.authority_id"),
    "watch_training(date, int)": ("t.object_id = l.person_id", "t.authority_id = l.authority_id"),
    "open_marker_tasks(uuid[])": ("t.object_id = seen.person_id", "t.authority_id = seen.authority_id"),
    "watch_operators(date, int)": ("t.object_id = seen.organisation_id", "t.authority_id = seen.authority_id"),
    "watch_decisions(date, int)": ("t.object_id = d.licence_id", "t.authority_id = d.authority_id"),
}
CLOCK_GUARD = ("c.object_id = owed.object_id", "c.authority_id = owed.authority_id")
# Table -> the columns that name a row of the same authority, and where; the application could name any row before.
OF_ONE_AUTHORITY = {
    "decision": {"consideration_id": "consideration", "application_id": "application", "event_id": "licence_event"},
    "notice_service": {"notice_id": "notice"},
    "nr3s_entry": {"event_id": "licence_event"},
    "nr3s_update": {"event_id": "licence_event"},
    "licence_event": {"supersedes_id": "licence_event"},
}
NAMED_ALONE = ("decision.event_id", "notice_service.notice_id", "nr3s_entry.event_id", "nr3s_update.event_id")

REPLACED = (
    "open_worker(bytea)",
    "begin_job(bigint, bytea, boolean, text)",
    "note_progress(bigint, int, int, text)",
)


def upgrade() -> None:
    guard_workers()
    keep_days_of_birth()
    tell_councils_apart()
    # What came in by this service is what the service itself delivered.
    by_hand = f"{within('casework.work')} AND method <> 'service'"
    op.execute(f"ALTER POLICY request_in_insert ON request_in WITH CHECK ({by_hand})")


def tell_councils_apart() -> None:
    for routine, (found, whose) in TASK_GUARDS.items():
        amend(f"SELECT pg_get_functiondef('{routine}'::regprocedure)", found, f"{found} AND {whose}")
    found, whose = CLOCK_GUARD
    view = "SELECT 'CREATE OR REPLACE VIEW nr3s_clock_owed AS ' || pg_get_viewdef('nr3s_clock_owed'::regclass)"
    amend(view, found, f"{found} AND {whose}")
    op.drop_index("uq_clock_object_id_code", "clock")
    op.create_index(
        "uq_clock_authority_id_object_id_code",
        "clock",
        ["authority_id", "object_id", "code"],
        unique=True,
        postgresql_where=sa.text("met_on IS NULL AND ceased_at IS NULL"),
    )
    op.create_unique_constraint("uq_licence_event_id_authority_id", "licence_event", ["id", "authority_id"])
    for one in NAMED_ALONE:
        table, _, column = one.partition(".")
        op.drop_constraint(f"fk_{table}_{column}", table)
    for table, parents in OF_ONE_AUTHORITY.items():
        for column, parent in parents.items():
            name = f"fk_{table}_{column}_authority_id"
            op.create_foreign_key(name, table, parent, [column, "authority_id"], ["id", "authority_id"])


def amend(source: str, found: str, put: str) -> None:
    """Define something anew as it stands, with one passage changed: whatever else was done to it since stays."""
    connection = op.get_bind()
    definition = str(connection.scalar(sa.text(source)))
    if definition.count(found) != 1:
        raise ValueError(f"“{found}” is not there once")
    connection.exec_driver_sql(definition.replace(found, put))


def keep_days_of_birth() -> None:
    op.execute("DROP PROCEDURE offer_training(jsonb, int)")
    op.execute("DROP FUNCTION attendance_answered(jsonb)")
    op.execute("DROP FUNCTION attendance_matches(jsonb)")
    op.add_column("training_offer", sa.Column("birth_agrees", sa.Boolean(), server_default="true", nullable=False))
    for definition in (MATCHES, ANSWERED, OFFER):
        op.execute(definition)
    op.execute("REVOKE ALL ON FUNCTION attendance_matches(jsonb) FROM PUBLIC")
    allow_call("attendance_answered(jsonb)")
    allow_call("offer_training(jsonb)", "PROCEDURE")
    own = f"{within('casework.work')} AND birth_agrees"
    op.execute(f"ALTER POLICY training_offer_select ON training_offer USING ({own})")
    op.execute(f"ALTER POLICY training_offer_update ON training_offer USING ({own}) WITH CHECK ({own})")


def guard_workers() -> None:
    op.execute("DELETE FROM worker_session")  # registered by whoever called
    op.add_column("worker_session", sa.Column("worker_id", sa.BigInteger(), nullable=True))
    op.create_table(
        "worker_key",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_worker_key"),
    )
    op.create_table(
        "job_kind",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("for_asker", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_job_kind"),
    )
    protect("worker_key")
    protect("job_kind")
    for signature in REPLACED:
        op.execute(f"DROP PROCEDURE {signature}")
    for definition in (OPEN_WORKER, BEGIN_JOB, NOTE_PROGRESS, FOLLOW_WORKER):
        op.execute(definition)
    allow_call("open_worker(text, bytea)", "PROCEDURE")
    allow_call("begin_job(bigint, bytea, text)", "PROCEDURE")
    allow_call("note_progress(int, int, text)", "PROCEDURE")
    op.execute("REVOKE ALL ON FUNCTION follow_worker() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER follow AFTER INSERT ON procrastinate_workers FOR EACH ROW EXECUTE FUNCTION follow_worker()"
    )
