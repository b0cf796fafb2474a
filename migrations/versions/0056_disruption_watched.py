"""Disruption is watched by day: partners who do not answer, and actions that end soon.

And what is tried during an operation is told in the area once the operation is over, not while it is under way.
"""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call

revision: str = "0056"
down_revision: str | None = "0054"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
REFERENCE = "'TK-' || upper(substr(r.h, 1, 4) || '-' || substr(r.h, 5, 4))"
FRESH = "CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE w.id IS NOT NULL) r"
# Whose team is told: managers where a licensing service asked or leads, since silence is for somebody above.
TEAM = "CASE WHEN w.asks = 'licensing' THEN 'licensing_manager' ELSE 'disruption_officer' END"

# Once for each task of a partner and each last day of an action, whatever became of the service's task about it.
WATCH = f"""
CREATE PROCEDURE watch_disruption(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF acting_job('watch_disruption') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_disruption does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH w AS (
        SELECT t.id, t.authority_id, t.reference, a.kind AS asks,
            CASE WHEN t.answer = 'asked' AND t.answer_by < given_day THEN t.answer_by ELSE t.due_on END AS late_since
        FROM partner_task t JOIN agency a ON a.id = t.asked_by_agency_id
        WHERE (t.answer = 'asked' AND t.answer_by < given_day)
            OR (t.answer IN ('asked', 'accepted') AND t.due_on < given_day)
    ), silent AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), w.authority_id, {REFERENCE}, 'partner_silent', '',
            'A partner has not answered, or not done, what it was asked: ' || w.reference || '. Speak to them.',
            'partner_task', w.id, {TEAM}, given_day
        FROM w {FRESH}
        WHERE NOT EXISTS (SELECT FROM task t WHERE t.authority_id = w.authority_id AND t.object_id = w.id
            AND t.kind = 'partner_silent'
            AND (t.done_at IS NULL OR t.opened_at::date >= w.late_since))
        RETURNING 1
    ), e AS (
        SELECT c.id, c.authority_id, c.reference, a.kind AS asks, c.ends_on
        FROM disruption_action c JOIN agency a ON a.id = c.recording_agency_id
        WHERE c.in_force_on IS NOT NULL AND c.ended_on IS NULL AND c.ends_on BETWEEN given_day AND given_day + (
            SELECT l.length * CASE l.unit WHEN 'months' THEN 30 WHEN 'years' THEN 365 ELSE 1 END FROM clock_rule l
            WHERE l.code = 'ACTION_ENDING' AND (l.authority_id = c.authority_id OR l.authority_id IS NULL)
              AND l.valid_from <= given_day AND (l.valid_until IS NULL OR l.valid_until > given_day)
            ORDER BY l.authority_id IS NULL, l.valid_from DESC LIMIT 1)
    ), ending AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), w.authority_id, {REFERENCE}, 'action_ends', '',
            'Action ' || w.reference || ' ends soon. Extend it, begin a new one, or let it end.',
            'disruption_action', w.id, {TEAM}, w.ends_on
        FROM e AS w {FRESH}
        WHERE NOT EXISTS (SELECT FROM task t
            WHERE t.authority_id = w.authority_id AND t.object_id = w.id AND t.kind = 'action_ends'
              AND t.due_on = w.ends_on)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM silent) + (SELECT count(*) FROM ending) INTO opened;
END $$
"""
# What was waited for has come, whoever recorded it: whoever answers may be of another council.
SETTLE = f"""
CREATE FUNCTION settle_watched() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    UPDATE task SET done_at = now(), settled = true, outcome = TG_ARGV[1]
    WHERE kind = TG_ARGV[0] AND object_id = NEW.id AND done_at IS NULL;
    RETURN NULL;
END $$
"""
OVER = f"""
CREATE FUNCTION operation_is_over(given_operation uuid) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT o.closed_at IS NOT NULL FROM operation o WHERE o.id = given_operation
$$
"""
SETTLED = {
    "partner_task": ("AFTER UPDATE OF answer", "partner_silent", "The partner answered."),
    "disruption_action": ("AFTER UPDATE OF ends_on, ended_on", "action_ends", "The action has another last day."),
}


def upgrade() -> None:
    admit_also("task", "kind", "task_kind", "action_ends")
    op.add_column("partner_task", sa.Column("answer_by", sa.Date(), nullable=True))
    op.execute("UPDATE partner_task SET answer_by = due_on")
    op.alter_column("partner_task", "answer_by", nullable=False)
    op.execute(WATCH)
    allow_call("watch_disruption(date, int)", "PROCEDURE")
    op.execute(SETTLE)
    op.execute("REVOKE ALL ON FUNCTION settle_watched() FROM PUBLIC")
    for table, (when, kind, words) in SETTLED.items():
        changed = "OLD.answer IS DISTINCT FROM NEW.answer"
        if table == "disruption_action":
            changed = "(OLD.ends_on, OLD.ended_on) IS DISTINCT FROM (NEW.ends_on, NEW.ended_on)"
        op.execute(
            f"CREATE TRIGGER settle_watched {when} ON {table} FOR EACH ROW WHEN ({changed})"
            f" EXECUTE FUNCTION settle_watched('{kind}', '{words}')"
        )
    op.execute(OVER)
    allow_call("operation_is_over(uuid)")
    op.execute(
        "ALTER POLICY test_purchase_select ON test_purchase USING ("
        "recording_agency_id IN (SELECT acting_agencies()) OR operation_id IN (SELECT known_operations())"
        " OR (of_authority_id IN (SELECT acting_area())"
        " AND (operation_id IS NULL OR operation_is_over(operation_id))))"
    )
