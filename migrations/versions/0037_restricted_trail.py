"""The restricted trail: what designated officers look at and search for, and every look at an allegation.

Whoever could read in the ordinary trail that a designated officer looked at somebody would know that there is a reason.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit_also
from licensing.row_security import protect, within

revision: str = "0037"
down_revision: str | None = "0036"

ROLES = ("deputy_designated_officer", "independent_reviewer")
ROLE_COLUMNS = (("role_held", "role"), ("role_permission", "role"), ("task", "for_team"), ("clock", "for_team"))
ACTIONS = ("released", "acknowledged", "access_given", "access_ended", "glass_broken")
OBJECT_KINDS = ("allegation", "consultation", "release", "setting", "concern")
TASK_KINDS = ("consider_concern", "name_contact")

IS_PRIVILEGED = """
CREATE OR REPLACE FUNCTION is_privileged(given_role text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT given_role IN ('designated_officer', 'deputy_designated_officer', 'independent_reviewer',
        'licensing_manager', 'auditor', 'administrator')
$$
"""


def upgrade() -> None:
    op.execute(IS_PRIVILEGED)
    for table, column in ROLE_COLUMNS:
        for role in ROLES:
            admit_also(table, column, "role", role)
    for action in ACTIONS:
        admit_also("audit_entry", "action", "action", action)
    for kind in OBJECT_KINDS:
        for table in ("audit_entry", "task", "proposal", "clock"):
            admit_also(table, "object_kind", "object_kind", kind)
    for kind in TASK_KINDS:
        admit_also("task", "kind", "task_kind", kind)
    create_tables()
    protect("restricted_entry", select=within("restricted_trail.read"))
    op.execute(
        "CREATE TRIGGER stamp BEFORE INSERT ON restricted_entry FOR EACH ROW EXECUTE FUNCTION stamp_audit_entry()"
    )
    op.execute(
        "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON restricted_entry"
        " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    )
    op.execute(
        "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON restricted_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )


def create_tables() -> None:
    op.create_table(
        "restricted_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("of_authority_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("object_kind", sa.String(40), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=True),
        sa.Column("actor_authority", sa.Text(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("by_command", sa.Boolean(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_restricted_entry"),
    )
    op.create_index("ix_restricted_entry_authority_id_number", "restricted_entry", ["authority_id", "number"])
    op.create_index("ix_restricted_entry_object_id_number", "restricted_entry", ["object_id", "number"])
    op.create_index("ix_restricted_entry_session_id_object_id", "restricted_entry", ["session_id", "object_id"])
