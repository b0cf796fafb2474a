"""Disruption, after a review: what powers carry, what is counted about a target, and who reads what of it."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0049"
down_revision: str | None = "0048"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
KNOWN = "IN (SELECT known_actions())"
WORKED = "IN (SELECT worked_actions())"
MINE = "IN (SELECT acting_agencies())"
ASKS = (
    "authority_id = (SELECT acting_authority('disruption.work')) AND asked_by_agency_id IN (SELECT acting_agencies())"
)
UNIT = sa.Enum(
    "hours",
    "days",
    "working_days",
    "months",
    "years",
    name="clock_unit_in_all",
    native_enum=False,
    create_constraint=True,
    length=40,
)
# What is typed when an action is considered stays as it was typed.
STAYS = ("place_authority_id", "objective_sealed", "threshold_sealed", "cases_sealed")

# How many of a licensing officer's records are about a target, without a word of any: so many days before the action
# took effect, and as many after. Nothing where no target is linked with a register: then nothing can be counted.
REPORTS_ABOUT = f"""
CREATE FUNCTION reports_about(given_action uuid, given_days integer) RETURNS TABLE (earlier integer, later integer)
LANGUAGE sql STABLE {PINNED} AS $$
    WITH target AS (
        SELECT t.record_id, a.in_force_on FROM disruption_target t JOIN disruption_action a ON a.id = t.action_id
        WHERE t.action_id = given_action AND t.record_id IS NOT NULL AND a.in_force_on IS NOT NULL
          AND given_action IN (SELECT known_actions()) AND given_days IN (30, 90)
          AND current_date >= a.in_force_on + given_days
    ), report AS (
        SELECT c.id, c.received_on - t.in_force_on AS day FROM complaint c
        JOIN target t ON t.record_id IN (c.person_id, c.organisation_id, c.vehicle_id)
        UNION
        SELECT n.id, n.raised_on - t.in_force_on FROM concern n
        JOIN concern_step s ON s.concern_id = n.id AND s.kind = 'linked'
        JOIN target t ON t.record_id = s.object_id
    )
    SELECT (SELECT count(*) FROM report WHERE day BETWEEN -given_days AND -1)::integer,
        (SELECT count(*) FROM report WHERE day BETWEEN 0 AND given_days - 1)::integer
    WHERE EXISTS (SELECT FROM target)
$$
"""
# What happened is told in its order, and not of days to come.
FOLLOW = """
CREATE FUNCTION follow_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
DECLARE
    last disruption_event;
BEGIN
    SELECT * INTO last FROM disruption_event e WHERE e.action_id = NEW.action_id ORDER BY e.number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.on_day < last.on_day OR NEW.on_day > current_date THEN
        RAISE EXCEPTION 'an event follows the one before it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
# Who is asked answers, once and for all where it is declined or done.
KEEP_ANSWER = """
CREATE FUNCTION keep_answer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND (OLD.answer IN ('declined', 'completed') OR NEW.answer = 'asked') THEN
        RAISE EXCEPTION 'this was answered before' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
# The daily mail counts clocks of actions for those who work on the action, whatever their team.
WORK_DUE = """
CREATE OR REPLACE FUNCTION work_due(given_day date)
RETURNS TABLE (user_id uuid, overdue int, today int, soon int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('tell_what_is_due') IS NULL THEN
        RAISE EXCEPTION 'only the job tell_what_is_due does this' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
    WITH holders AS (
        SELECT u.id, u.authority_id, array_agg(h.role::text) AS roles
        FROM user_account u JOIN role_held h ON h.user_id = u.id AND h.ended_at IS NULL
        WHERE u.status = 'active' GROUP BY u.id, u.authority_id
    ), running AS (
        SELECT c.* FROM clock c
        WHERE c.met_on IS NULL AND c.ceased_at IS NULL AND c.paused_on IS NULL AND c.due_on <= given_day + 7
    ), waiting AS (
        SELECT h.id, t.due_on FROM holders h JOIN task t ON t.authority_id = h.authority_id
        WHERE t.done_at IS NULL AND t.due_on <= given_day + 7
          AND (t.for_user_id = h.id OR t.for_team = ANY (h.roles))
        UNION ALL
        SELECT h.id, c.due_on FROM holders h JOIN running c ON c.authority_id = h.authority_id
        WHERE c.object_kind <> 'disruption_action' AND c.for_team = ANY (h.roles)
        UNION ALL
        SELECT h.id, c.due_on FROM holders h CROSS JOIN running c
        WHERE c.object_kind = 'disruption_action' AND EXISTS (
            SELECT FROM disruption_action_agency g
            WHERE g.action_id = c.object_id AND g.agency_id IN (SELECT agencies_of(h.id)))
    )
    SELECT w.id, (count(*) FILTER (WHERE w.due_on < given_day))::int,
        (count(*) FILTER (WHERE w.due_on = given_day))::int, (count(*) FILTER (WHERE w.due_on > given_day))::int
    FROM waiting w GROUP BY w.id ORDER BY w.id;
END $$
"""
# What the trail says of disruption is read by whoever may know of the thing itself, and by the auditor.
OF_KINDS = {
    "disruption_action": f"object_id {KNOWN}",
    "partner_task": "object_id IN (SELECT id FROM partner_task)",
    "operation": "object_id IN (SELECT known_operations())",
    "test_purchase": "object_id IN (SELECT id FROM test_purchase)",
    "hotel_notice": "object_id IN (SELECT id FROM hotel_notice)",
}


def upgrade() -> None:
    for table in ("clock", "clock_rule"):
        admit_also(table, "code", "clock_code", "APPEAL_HOTEL")
    change_tables()
    op.execute("DROP FUNCTION reports_about(uuid, date, date)")
    op.execute(REPORTS_ABOUT)
    allow_call("reports_about(uuid, integer)")
    guard("follow_event", FOLLOW, "INSERT ON disruption_event")
    guard("keep_answer", KEEP_ANSWER, "UPDATE ON partner_task")
    op.execute(WORK_DUE)
    op.execute(f"REVOKE UPDATE ({', '.join(STAYS)}) ON disruption_action FROM {app_role()}")
    # A person is named to those who lead or join, also where the action is on premises in somebody's area.
    op.execute(
        f"ALTER POLICY disruption_target_select ON disruption_target"
        f" USING (action_id {WORKED} OR (kind <> 'person' AND action_id {KNOWN}))"
    )
    op.execute(
        f"ALTER POLICY partner_task_insert ON partner_task WITH CHECK ({ASKS}"
        f" AND (action_id IS NULL OR action_id {WORKED})"
        " AND answer = 'asked' AND answered_on IS NULL AND answer_sealed IS NULL)"
    )
    told = " ".join(f"WHEN '{kind}' THEN {known}" for kind, known in OF_KINDS.items())
    op.execute(
        f"CREATE POLICY audit_entry_disruption ON audit_entry AS RESTRICTIVE FOR SELECT TO {app_role()}"
        f" USING ((SELECT acting_authority('audit.read')) IS NOT NULL OR CASE object_kind {told} ELSE true END)"
    )


def guard(name: str, definition: str, when: str) -> None:
    op.execute(definition)
    op.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} FOR EACH ROW EXECUTE FUNCTION {name}()")


def change_tables() -> None:
    op.drop_column("disruption_action", "renews_id")
    op.add_column("power", sa.Column("in_all", sa.Integer(), nullable=True))
    op.add_column("power", sa.Column("in_all_unit", UNIT, nullable=True))
    for column in ("served", "closes"):
        op.add_column("power", sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
        op.alter_column("power", column, server_default=None)
    op.create_check_constraint(op.f("ck_power_in_all_whole"), "power", "(in_all IS NULL) = (in_all_unit IS NULL)")
    for column in ("reports_before", "reports_after"):
        op.alter_column("effect_review", column, nullable=True)
    op.create_check_constraint(
        op.f("ck_effect_review_counted_both"), "effect_review", "(reports_before IS NULL) = (reports_after IS NULL)"
    )
