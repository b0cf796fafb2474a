"""The audit trail: stamped by the database, append only for everybody."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import protect, within

revision: str = "0002"
down_revision: str | None = "0001"


# What the application says of an entry is what, why and about which record; who and when the database says.
# Where nobody is signed in yet, what happens to an account is in the trail of that account's authority.
STAMP = """
CREATE FUNCTION stamp_audit_entry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    acting record;
BEGIN
    SELECT u.id, u.name, u.authority_id, a.name AS council, s.id AS session_id, s.kind INTO acting
    FROM user_session s
    JOIN user_account u ON u.id = s.user_id
    JOIN authority a ON a.id = u.authority_id
    WHERE s.id = acting_session();
    NEW.at := clock_timestamp();
    NEW.actor_id := acting.id;
    NEW.actor_name := acting.name;
    NEW.actor_authority := acting.council;
    NEW.session_id := acting.session_id;
    NEW.by_command := coalesce(acting.kind = 'console', false);
    NEW.authority_id := coalesce(NEW.authority_id, acting.authority_id);
    IF NEW.authority_id IS NULL AND NEW.object_kind = 'user' THEN
        NEW.authority_id := (SELECT u.authority_id FROM user_account u WHERE u.id = NEW.object_id);
    END IF;
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$
"""

REFUSE = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append only';
END $$
"""

TRIGGERS = (
    "CREATE TRIGGER stamp BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION stamp_audit_entry()",
    "CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
    "CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON audit_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
)

WRITTEN_BY_THE_APPLICATION = (
    "id",
    "authority_id",
    "action",
    "category",
    "object_kind",
    "object_id",
    "purpose",
    "reference",
    "details",
)

READABLE = f"""
    {within("audit.read")}
    OR ({within("audit.accounts")} AND category = 'accounts')
    OR ({within("audit.of_record")} AND object_id IS NOT NULL AND category = 'records')
"""


def upgrade() -> None:
    create_tables()
    op.execute(STAMP)
    op.execute("REVOKE ALL ON FUNCTION stamp_audit_entry() FROM PUBLIC")
    op.execute(REFUSE)
    for trigger in TRIGGERS:
        op.execute(trigger)
    protect("audit_entry", select=READABLE, insert="true", insert_columns=WRITTEN_BY_THE_APPLICATION)


def create_tables() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column(
            "action",
            sa.Enum(
                "signed_in",
                "signed_out",
                "sign_in_refused",
                "user_invited",
                "invitation_accepted",
                "command_started",
                "looked",
                "listed",
                "searched",
                "refused",
                "added",
                "changed",
                "checked",
                "disclosed",
                "printed",
                "exported",
                "import_staged",
                "import_applied",
                "import_undone",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "accounts",
                "records",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "object_kind",
            sa.Enum(
                "user",
                "authority",
                "person",
                "licence",
                "premises",
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
        sa.PrimaryKeyConstraint("id", name="pk_audit_entry"),
    )
    op.create_index(
        "ix_audit_entry_authority_id_number",
        "audit_entry",
        ["authority_id", "number"],
        unique=False,
    )
    op.create_index("ix_audit_entry_object_id_number", "audit_entry", ["object_id", "number"], unique=False)
