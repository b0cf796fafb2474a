"""What a council decided comes back to the case by its kind, day and appeal; a record may be kept longer, by choice.

The council names its own decision, or the consideration that leads to one; the case shows how that stands today. Until
when a record is kept is chosen in rows of their own, so that the day which the law asks for stays. And that a deputy
opened a record is told by a job of the transaction that opens it, whether or not there was one to open.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, protect

revision: str = "0081"
down_revision: str | None = "0080"

CALLED = {
    "name_decision(uuid, uuid, bytea)": "PROCEDURE",
    "decisions_named(uuid[], uuid[])": "FUNCTION",
    "told_of_emergency()": "FUNCTION",
}
OPENED = "case_id IN (SELECT open_cases())"
# A designated officer's to choose, as a legal hold is; a deputy works on the case for an hour.
OFFICERS = "case_id IN (SELECT worked_cases()) AND authority_id = (SELECT acting_authority('allegations.work'))"
KEPT = """SELECT 'kept', c.id, c.id, c.retain_until FROM lado_case c
        WHERE c.retain_until <= current_date AND c.held_since IS NULL"""
KEPT_AS_CHOSEN = """SELECT 'kept', c.id, c.id, greatest(c.retain_until, k.keep_until) FROM lado_case c
        LEFT JOIN LATERAL (SELECT l.keep_until FROM case_kept_longer l WHERE l.case_id = c.id
            ORDER BY l.decided_at DESC, l.id DESC LIMIT 1) k ON true
        WHERE c.retain_until IS NOT NULL AND greatest(c.retain_until, k.keep_until) <= current_date
          AND c.held_since IS NULL"""
ANSWERED = "WHERE r.answered_at IS NOT NULL AND r.taken_at IS NULL"
ANSWERED_ANEW = """WHERE r.answered_at IS NOT NULL AND (r.taken_at IS NULL
          OR EXISTS (SELECT FROM named_decision n WHERE n.release_id = r.id AND n.named_at > r.taken_at))"""
# The job that tells is no council's, so that no administrator sees that a deputy looked for a record; whoever asked for
# it does, and it is there whether or not one was found.
UNSEEN = "NEW.task_name = 'send_mail' AND NEW.args ->> 'kind' = 'reading_noticed'"
ASKED_BY = "CASE WHEN unseen THEN u.id ELSE acting_user() END"


def upgrade() -> None:
    create_named_decision()
    create_kept_longer()
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    for routine, kind in CALLED.items():
        allow_call(routine, kind)
    protect("named_decision", select=f"{OPENED} OR release_id IN (SELECT read_releases())")
    protect("case_kept_longer", select=OPENED, insert=OFFICERS)
    for trigger, routine in (("keep_longer", "keep_longer()"), ("stamp", "stamp_row('decided_by', 'decided_at')")):
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE INSERT OR UPDATE ON case_kept_longer"
            f" FOR EACH ROW EXECUTE FUNCTION {routine}"
        )
    amend("lado_due()", {KEPT: KEPT_AS_CHOSEN, ANSWERED: ANSWERED_ANEW})
    amend(
        "follow_job()",
        {
            UNSEEN: f"({UNSEEN}) OR NEW.task_name = 'tell_of_emergency'",
            ASKED_BY: "CASE WHEN unseen THEN coalesce(u.id, acting_user()) ELSE acting_user() END",
        },
    )


def create_named_decision() -> None:
    op.create_unique_constraint("uq_case_release_id_case_id", "case_release", ["id", "case_id"])
    op.create_table(
        "named_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("release_id", sa.Uuid(), nullable=False),
        sa.Column("for_authority_id", sa.Uuid(), nullable=False),
        sa.Column("object_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_named_decision_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["release_id", "case_id"],
            ["case_release.id", "case_release.case_id"],
            name="fk_named_decision_release_id_case_id",
        ),
        sa.ForeignKeyConstraint(["for_authority_id"], ["authority.id"], name="fk_named_decision_for_authority_id"),
        sa.ForeignKeyConstraint(["named_by"], ["user_account.id"], name="fk_named_decision_named_by"),
        sa.PrimaryKeyConstraint("id", name="pk_named_decision"),
    )
    op.create_index("ix_named_decision_case_id", "named_decision", ["case_id"])
    op.create_index("ix_named_decision_release_id", "named_decision", ["release_id"])


def create_kept_longer() -> None:
    op.create_table(
        "case_kept_longer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["lado_case.id", "lado_case.authority_id"],
            name="fk_case_kept_longer_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name="fk_case_kept_longer_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_kept_longer"),
    )
    op.create_index("ix_case_kept_longer_case_id", "case_kept_longer", ["case_id"])


def amend(routine: str, passages: dict[str, str]) -> None:
    """Define a routine anew as it stands, with passages changed: whatever else was done to it since stays."""
    connection = op.get_bind()
    definition = str(connection.scalar(sa.text(f"SELECT pg_get_functiondef('{routine}'::regprocedure)")))
    for found, put in passages.items():
        if definition.count(found) != 1:
            raise ValueError(f"“{found}” is not there once")
        definition = definition.replace(found, put)
    connection.exec_driver_sql(definition)
