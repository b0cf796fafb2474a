"""What is unusual in how cases are read is raised for the independent reviewer, and seen by nobody else.

And settings and the office count their changes, so that whoever writes second is shown what was written meanwhile;
a setting that ended is kept until a day, and then reviewed.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role, protect

revision: str = "0069"
down_revision: str | None = "0068"

KINDS = ("own_surname", "no_purpose", "many_cases", "odd_hours", "no_open_case")
OBJECT_KIND, TASK_KIND = "reading_alert", "reading_noticed"
FUNCTIONS = ("acting_reviewer()", "looks_to_review(int)", "raise_reading_alerts(jsonb, date)")

# The daily mail is a job that administrators see: what the reviewer was told of already is not counted in it.
COUNTED = "WHERE t.done_at IS NULL AND t.due_on <= given_day + 7"
ADVICE_KEPT = "SELECT 'advice_kept', n.id"
SETTING_KEPT = """SELECT 'setting_kept', s.id, NULL, s.reference, s.keep_until FROM assured_setting s
        WHERE s.keep_until <= current_date AND s.authority_id = (SELECT acting_authority('allegations.work'))
        UNION ALL
        """


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
    amend("work_due(date)", COUNTED, f"{COUNTED} AND t.kind <> '{TASK_KIND}'")
    keep_task()
    count_changes()
    keep_settings()


def keep_task() -> None:
    """What was noticed stays with the reviewer: nobody else sees the task, and it is done by the words alone."""
    others = f"kind <> '{TASK_KIND}'"
    mine = f"{others} OR authority_id = (SELECT acting_reviewer())"
    for command, condition in (("SELECT", mine), ("UPDATE", others)):
        op.execute(
            f"CREATE POLICY task_noticed_{command.lower()} ON task AS RESTRICTIVE FOR {command} TO {app_role()}"
            f" USING ({condition})"
        )
    for routine, passage in (
        (
            "hand_on_task(uuid, uuid, text, boolean)",
            "t.done_at IS NULL AND t.authority_id = acting_authority('tasks.use')",
        ),
        ("settle_tasks(text, text, uuid, text, uuid[])", "t.kind = given_kind"),
    ):
        amend(routine, passage, f"{passage} AND t.{others}")


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


def amend(routine: str, found: str, put: str) -> None:
    """Define a routine anew as it stands, with one passage changed: whatever else was done to it since stays."""
    connection = op.get_bind()
    definition = str(connection.scalar(sa.text(f"SELECT pg_get_functiondef('{routine}'::regprocedure)")))
    if definition.count(found) != 1:
        raise ValueError(f"“{found}” is not there once")
    connection.exec_driver_sql(definition.replace(found, put))


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


def keep_settings() -> None:
    """Those that ended before, for the ten years of the default; each other by the period of its office."""
    op.add_column("assured_setting", sa.Column("keep_until", sa.Date(), nullable=True))
    op.execute("UPDATE assured_setting SET keep_until = ended_on + interval '10 years' WHERE ended_on IS NOT NULL")
    op.create_check_constraint("kept_from_its_end", "assured_setting", "(ended_on IS NULL) = (keep_until IS NULL)")
    op.execute(f"GRANT UPDATE (keep_until) ON assured_setting TO {app_role()}")
    amend("lado_due()", ADVICE_KEPT, f"{SETTING_KEPT}{ADVICE_KEPT}")
