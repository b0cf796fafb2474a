"""Figures of vetting and training are counted from the rows themselves; trainings of groups can be corrected.

What was kept of figures goes, with the marks, triggers and jobs that kept it up, and so do the copies of the rules in
SQL. The daily look at what is due is told the rules by the application, which reads them for it.

A training at premises, or of the wider workforce, is put right by a row that supersedes it. Who gives a course is said
by its name alone.
"""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, app_role, within

revision: str = "0031"
down_revision: str | None = "0030"

ROOMS = ("vetting", "training")
# Function, table, and what was done to its rows when it ran; of a row that was changed, both before and after.
MARKED = (
    ("mark_vetting_of_people", "vetting_check", "INSERT UPDATE DELETE"),
    ("mark_vetting_of_people", "licence_period", "INSERT UPDATE DELETE"),
    ("mark_vetting_of_all", "vetting_policy", "INSERT"),
    ("mark_training_of_people", "training_record", "INSERT UPDATE DELETE"),
    ("mark_training_of_people", "licence_period", "INSERT UPDATE DELETE"),
    ("mark_training_of_linked", "training_record", "INSERT UPDATE DELETE"),
    ("mark_training_of_links", "same_person", "INSERT UPDATE DELETE"),
    ("mark_training_of_all", "course_acceptance", "INSERT"),
)
IMAGES = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}
PROCEDURES = tuple(f"{name}(date, int)" for room in ROOMS for name in (f"count_{room}", f"keep_{room}_tally"))
FUNCTIONS = (
    *(f"{room}_figures(date)" for room in ROOMS),
    *(f"{room}_counted(uuid, date, int)" for room in ROOMS),
    "vetting_rules(uuid, date)",
    "training_status(date, date, boolean, boolean, boolean, date)",
    "linked_training_between(uuid, date, uuid, uuid)",
    "holders_part(uuid)",
    "first_of_part(int)",
    "last_of_part(int)",
)

# As migration 0022 had it: what other councils recorded of people whom this one knows too.
LINKED_FOR = """
CREATE OR REPLACE FUNCTION linked_training_for(given_authority uuid, given_day date)
RETURNS TABLE (person_id uuid, authority_id uuid, audience text, result text, course text, provider text,
    booked_for date, completed_on date, expires_on date)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT ends.own_id, r.authority_id, r.audience::text,
        CASE WHEN r.result = 'passed' AND NOT coalesce((
            SELECT a.accepted FROM course_version v JOIN course_acceptance a ON a.course_id = v.course_id
            WHERE v.id = r.course_version_id AND a.authority_id = given_authority AND a.valid_from <= given_day
            ORDER BY a.valid_from DESC, a.recorded_at DESC LIMIT 1
        ), false) THEN 'certificate_unverified' ELSE r.result::text END,
        r.course, r.provider, r.booked_for, r.completed_on, r.expires_on
    FROM (
        SELECT s.first_person_id, s.second_person_id FROM same_person s
        WHERE s.first_authority_id = given_authority AND s.ended_at IS NULL AND NOT s.repeats
        UNION ALL
        SELECT s.second_person_id, s.first_person_id FROM same_person s
        WHERE s.second_authority_id = given_authority AND s.ended_at IS NULL AND NOT s.repeats
    ) ends (own_id, other_id)
    JOIN training_record r ON r.person_id = ends.other_id AND r.superseded_at IS NULL
    WHERE r.result IN ('booked', 'attended_failed', 'passed', 'certificate_unverified')
$$
"""

# Every council's rules about one check, for the job that looks at what is due: the national ones once for each.
TO_WATCH = """
CREATE FUNCTION vetting_policies_to_watch(given_check text)
RETURNS TABLE (council uuid, is_own boolean, family text, licence_kind text, requirement text, valid_from date,
    length int, unit text, unless_driver boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, v.authority_id IS NOT NULL, v.family, v.licence_kind, v.requirement, v.valid_from, v.length, v.unit,
        v.unless_driver
    FROM authority a JOIN vetting_policy v ON coalesce(v.authority_id, a.id) = a.id
    WHERE v.check_kind = given_check AND acting_job('watch_vetting') IS NOT NULL
    ORDER BY a.id, v.recorded_at, v.id
$$
"""
# Runs for nobody, across councils, in the job that was made for it. `rules` names for each council the kinds of licence
# whose holders are asked for a DBS status, how long one is good for, and whether drivers are left out.
# It opens tasks and nothing else: no licence is suspended by a date.
WATCH = """
CREATE PROCEDURE watch_vetting(IN given_day date, IN rules jsonb, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('watch_vetting') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_vetting does this' USING ERRCODE = '42501';
    END IF;
    WITH holder AS (
        SELECT DISTINCT p.authority_id, p.kind, p.person_id FROM licence_period p
        WHERE p.person_id IS NOT NULL AND p.from_on <= given_day AND given_day < p.until_on
          AND p.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
    ), due AS (
        SELECT h.authority_id, h.person_id, min(least(s.ends_on, (s.counted_from + r.good_for)::date)) AS due_on
        FROM holder h
        JOIN jsonb_to_recordset(rules) AS r (council uuid, licence text, unless_driver boolean, good_for interval)
          ON r.council = h.authority_id AND r.licence = h.kind
        JOIN vetting_standing s ON s.person_id = h.person_id AND s.kind = 'dbs_status'
        WHERE s.settled IN ('satisfied', 'not_needed')
          AND NOT (r.unless_driver AND EXISTS (SELECT FROM holder d WHERE d.person_id = h.person_id
            AND d.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')))
        GROUP BY h.authority_id, h.person_id
    ), fresh AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), due.authority_id,
            'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)),
            'vetting_due', '', 'The DBS status of a holder is due to be checked again.', 'person', due.person_id,
            'licensing_officer', given_day + 5
        FROM due CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE due.person_id IS NOT NULL) r
        WHERE due.due_on <= given_day AND NOT EXISTS (
            SELECT FROM task t WHERE t.kind = 'vetting_due' AND t.object_id = due.person_id
              AND (t.done_at IS NULL OR t.opened_at::date >= due.due_on))
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""


def upgrade() -> None:
    take_away_what_was_kept()
    op.execute("DROP PROCEDURE watch_vetting(date, int)")
    op.execute(WATCH)
    allow_call("watch_vetting(date, jsonb, int)", "PROCEDURE")
    op.execute(TO_WATCH)
    allow_call("vetting_policies_to_watch(text)")
    for table in ("premises_training", "workforce_training"):
        let_be_superseded(table)
    op.drop_column("course", "provider_authority_id")


def let_be_superseded(table: str) -> None:
    op.add_column(table, sa.Column("supersedes_id", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(f"uq_{table}_id_authority_id", table, ["id", "authority_id"])
    op.create_foreign_key(
        op.f(f"fk_{table}_supersedes_id_authority_id"),
        table,
        table,
        ["supersedes_id", "authority_id"],
        ["id", "authority_id"],
    )
    own = within("casework.work")
    op.execute(f"GRANT UPDATE (superseded_at) ON {table} TO {app_role()}")
    op.execute(f"CREATE POLICY {table}_update ON {table} FOR UPDATE TO {app_role()} USING ({own}) WITH CHECK ({own})")


def take_away_what_was_kept() -> None:
    for function, table, commands in MARKED:
        for command in commands.split():
            for image in IMAGES[command]:
                op.execute(f"DROP TRIGGER {function}_{command.lower()}_{image.lower()} ON {table}")
    for function in sorted({function for function, _, _ in MARKED}):
        op.execute(f"DROP FUNCTION {function}()")
    for procedure in PROCEDURES:
        op.execute(f"DROP PROCEDURE {procedure}")
    op.execute(LINKED_FOR)
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}")
    # They served the counting by parts alone.
    op.drop_index("ix_licence_period_authority_id_person_id", "licence_period")
    op.drop_index("ix_training_record_authority_id_result", "training_record")
    for room in ROOMS:
        op.drop_table(f"{room}_mark")
        op.drop_table(f"{room}_tally")
        # One that waits would be asked of a worker that does not know it any more.
        op.execute(f"DELETE FROM procrastinate_jobs WHERE task_name = 'count_{room}' AND status = 'todo'")
