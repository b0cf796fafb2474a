"""Clocks: their rules as data, the days a council is closed, what runs, and the daily mail of what is due."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect, within

revision: str = "0020"
down_revision: str | None = "0019"

CODES = (
    "S61_EFFECT",
    "MAG_APPEAL_1976",
    "S60_61_GROUNDS",
    "S68_DEEMED",
    "S58_PLATE",
    "S53A_RETURN",
    "S53A_EXTENDED_LEAVE",
    "S53_DRIVER_TERM",
    "S55_OPERATOR_TERM",
    "S53_PRODUCE",
    "S50_ACCIDENT",
    "S49_TRANSFER",
    "IMMEDIATE_REVIEW",
    "SUSPENSION_REVIEW",
    "NR3S_ENTRY",
    "NR3S_UPDATE",
    "NR3S_ANSWER",
    "NR3S_RETENTION",
    "NR3S_HISTORIC",
    "S5_REPORT",
    "S6_REPLY",
    "SELF_REPORT",
    "DBS_UPDATE",
    "DBS_BASIC",
    "TRAIN_REFRESH",
    "LA_REVIEW_CONSULT",
    "LA_REVIEW_HEAR",
    "LA_REVIEW_DECIDE",
    "LA_53A_INTERIM",
    "LA_53A_FINAL",
    "LA_167_REPRESENT",
    "LA_167_DETERMINE",
    "LA_APPEAL",
    "LA_INTERIM_AUTHORITY",
    "LA_REINSTATEMENT",
    "LA_FEE_NOTICE",
    "LA_DPS_OBJECTION",
    "LA_132A_REPRESENT",
    "CLOSE_SOA_HEAR",
    "CLOSE_ASB_HEAR",
    "HEPN_APPLY",
    "S116_MAX",
    "LADO_REFER",
    "LADO_MOST",
    "LADO_NEARLY_ALL",
    "LADO_LONGEST",
)
UNITS = (
    "hours",
    "days",
    "working_days",
    "months",
    "years",
)
FIRST_DAYS = (
    "counts",
    "after",
)
SKIPS = (
    "nothing",
    "christmas_day",
    "non_working_days",
)
SET_BY = (
    "law",
    "guidance",
    "practice",
)
EVENTS = (
    "started",
    "met",
    "ceased",
    "paused",
    "resumed",
    "given_another_day",
)
OBJECT_KINDS = (
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
    "clock",
    "policy",
    "vetting_check",
    "training",
    "course",
    "application",
    "consideration",
    "complaint",
    "self_report",
    "court_case",
    "decision",
    "nr3s_search",
    "nr3s_entry",
    "nr3s_request",
)
ROLES = (
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
)

EVERYBODYS_OR_OWN = "coalesce(authority_id, (SELECT acting_authority())) = (SELECT acting_authority())"
OWN_POLICY = f"{within('policies.change')} AND recorded_by = (SELECT acting_user())"
IN_SIGHT = f"{within('casework.work')} AND for_team IN ('licensing_officer', 'licensing_manager')"
OF_A_CLOCK_IN_SIGHT = "clock_id IN (SELECT id FROM clock)"

# For the job alone, which writes to each of them how much waits and nothing else: their own tasks, those of their
# teams, and the clocks of their teams.
WORK_DUE = """
CREATE FUNCTION work_due(given_day date)
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
    ), waiting AS (
        SELECT h.id, t.due_on FROM holders h JOIN task t ON t.authority_id = h.authority_id
        WHERE t.done_at IS NULL AND t.due_on <= given_day + 7
          AND (t.for_user_id = h.id OR t.for_team = ANY (h.roles))
        UNION ALL
        SELECT h.id, c.due_on FROM holders h JOIN clock c ON c.authority_id = h.authority_id
        WHERE c.met_on IS NULL AND c.ceased_at IS NULL AND c.paused_on IS NULL AND c.due_on <= given_day + 7
          AND c.for_team = ANY (h.roles)
    )
    SELECT w.id, (count(*) FILTER (WHERE w.due_on < given_day))::int,
        (count(*) FILTER (WHERE w.due_on = given_day))::int, (count(*) FILTER (WHERE w.due_on > given_day))::int
    FROM waiting w GROUP BY w.id ORDER BY w.id;
END $$
"""


def upgrade() -> None:
    create_rules()
    create_clocks()
    protect("clock_rule", select=EVERYBODYS_OR_OWN, insert=OWN_POLICY)
    protect(
        "closure_day",
        select="authority_id = (SELECT acting_authority())",
        insert=OWN_POLICY,
        update=within("policies.change"),
        update_columns=("withdrawn_at",),
    )
    protect(
        "clock",
        select=IN_SIGHT,
        insert=IN_SIGHT,
        update=IN_SIGHT,
        update_columns=("due_on", "due_at", "paused_on", "missed_on", "met_on", "ceased_at"),
    )
    protect(
        "clock_change",
        select=OF_A_CLOCK_IN_SIGHT,
        insert=f"{OF_A_CLOCK_IN_SIGHT} AND {within('casework.work')} AND by_id = (SELECT acting_user())",
    )
    op.execute(WORK_DUE)
    allow_call("work_due(date)")
    op.execute("DROP FUNCTION people_with_tasks_due(date)")


def _word(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def create_rules() -> None:
    op.create_table(
        "clock_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("code", _word(CODES, "clock_code"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("unit", _word(UNITS, "clock_unit"), nullable=False),
        sa.Column("first_day", _word(FIRST_DAYS, "first_day"), nullable=False),
        sa.Column("skips", _word(SKIPS, "skips"), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("stops", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("set_by", _word(SET_BY, "set_by"), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("length > 0", name="ck_clock_rule_some_length"),
        sa.CheckConstraint("valid_until IS NULL OR valid_until > valid_from", name="ck_clock_rule_begins_first"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_clock_rule_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_clock_rule_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_clock_rule"),
        sa.UniqueConstraint(
            "authority_id",
            "code",
            "valid_from",
            name="uq_clock_rule_authority_id_code_valid_from",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "closure_day",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_closure_day_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_closure_day_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_closure_day"),
    )
    op.create_index(
        "uq_closure_day_authority_id_day",
        "closure_day",
        ["authority_id", "day"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def create_clocks() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("code", _word(CODES, "clock_code"), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", _word(OBJECT_KINDS, "object_kind"), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("for_team", _word(ROLES, "role"), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("missed_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("ceased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("met_on IS NULL OR ceased_at IS NULL", name="ck_clock_ended_once"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_clock_authority_id"),
        sa.ForeignKeyConstraint(["rule_id"], ["clock_rule.id"], name="fk_clock_rule_id"),
        sa.ForeignKeyConstraint(["started_by"], ["user_account.id"], name="fk_clock_started_by"),
        sa.PrimaryKeyConstraint("id", name="pk_clock"),
        sa.UniqueConstraint("id", "authority_id", name="uq_clock_id_authority_id"),
    )
    op.create_index("ix_clock_authority_id_due_on", "clock", ["authority_id", "due_on", "id"], unique=False)
    op.create_index("ix_clock_object_id", "clock", ["object_id"], unique=False)
    op.create_index(
        "uq_clock_object_id_code",
        "clock",
        ["object_id", "code"],
        unique=True,
        postgresql_where=sa.text("met_on IS NULL AND ceased_at IS NULL"),
    )
    op.create_table(
        "clock_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _word(EVENTS, "clock_event"), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_clock_change_by_id"),
        sa.ForeignKeyConstraint(
            ["clock_id", "authority_id"],
            ["clock.id", "clock.authority_id"],
            name="fk_clock_change_clock_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clock_change"),
    )
    op.create_index("ix_clock_change_clock_id_at", "clock_change", ["clock_id", "at"], unique=False)
