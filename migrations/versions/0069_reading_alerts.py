"""What is unusual in how cases are read is raised for the independent reviewer, and seen by nobody else.

And settings and the office count their changes, so that whoever writes second is shown what was written meanwhile.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect

revision: str = "0069"
down_revision: str | None = "0066"

KINDS = ("own_surname", "no_purpose", "many_cases", "odd_hours", "no_open_case")
OBJECT_KIND, TASK_KIND = "reading_alert", "reading_noticed"
FUNCTIONS = ("acting_reviewer()", "looks_to_review(int)", "raise_reading_alerts(jsonb, date)")

# The daily mail is a job that administrators see: what the reviewer was told of already is not counted in it.
WORK_DUE = "SELECT pg_get_functiondef('work_due(date)'::regprocedure)"
COUNTED = "WHERE t.done_at IS NULL AND t.due_on <= given_day + 7"


def upgrade() -> None:
    for table in ("audit_entry", "task", "proposal", "clock", "relied_item"):
        admit_also(table, "object_kind", "object_kind", OBJECT_KIND)
    admit_also("flag_seen", "through", "through", OBJECT_KIND)
    admit_also("task", "kind", "task_kind", TASK_KIND)
    create_alerts()
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    for signature in FUNCTIONS:
        allow_call(signature)
    allow_call("acknowledge_reading(uuid, bytea, boolean)", "PROCEDURE")
    protect("reading_alert", select="authority_id = (SELECT acting_reviewer())")
    leave_out_of_the_daily_mail()
    count_changes()


def create_alerts() -> None:
    kinds = ", ".join(f"'{one}'" for one in KINDS)
    op.create_table(
        "reading_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_reading_alert_unusual")),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL) = (words_sealed IS NULL)"
            " AND (acknowledged_at IS NULL) = (acknowledged_by IS NULL)",
            name=op.f("ck_reading_alert_acknowledged_with_words"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_reading_alert_authority_id"),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name="fk_reading_alert_actor_id"),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["user_account.id"], name="fk_reading_alert_acknowledged_by"),
        sa.PrimaryKeyConstraint("id", name="pk_reading_alert"),
        sa.UniqueConstraint("authority_id", "on_day", "actor_id", "kind", name="uq_reading_alert_once"),
    )


def leave_out_of_the_daily_mail() -> None:
    """As it stands, with one passage changed: whatever else was done to it since stays."""
    connection = op.get_bind()
    definition = str(connection.scalar(sa.text(WORK_DUE)))
    if definition.count(COUNTED) != 1:
        raise ValueError(f"“{COUNTED}” is not there once")
    connection.exec_driver_sql(definition.replace(COUNTED, f"{COUNTED} AND t.kind <> '{TASK_KIND}'"))


def count_changes() -> None:
    """By the trigger that counts those of a case; until somebody changes it, a setting is as it was recorded."""
    op.add_column("lado_office", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.execute("DROP TRIGGER stamp_office ON lado_office")
    op.execute("DROP FUNCTION stamp_office()")
    op.add_column("assured_setting", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("assured_setting", sa.Column("changed_by", sa.Uuid(), nullable=True))
    op.add_column(
        "assured_setting",
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.execute("UPDATE assured_setting SET changed_by = recorded_by, changed_at = recorded_at")
    op.alter_column("assured_setting", "changed_by", nullable=False)
    op.create_foreign_key("fk_assured_setting_changed_by", "assured_setting", "user_account", ["changed_by"], ["id"])
    for table in ("lado_office", "assured_setting"):
        op.execute(
            f"CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION stamp_change()"
        )
