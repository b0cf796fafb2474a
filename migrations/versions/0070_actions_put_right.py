"""What happened to an action is put right by one more entry, and what is learnt late stands where its day is.

An entry has its place among those of its day: its own number, or that of the entry which it replaces. What was put
right, or never happened, is counted in no figure from the moment on which that was recorded. With an entry stand the
conditions that hold from then on.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.row_security import app_role

revision: str = "0070"
down_revision: str | None = "0069"

FOLLOW = """
CREATE OR REPLACE FUNCTION follow_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
DECLARE
    last integer;
    wrong disruption_event;
BEGIN
    SELECT coalesce(max(e.number), 0) INTO last FROM disruption_event e WHERE e.action_id = NEW.action_id;
    IF NEW.number <> last + 1 OR NEW.on_day > current_date THEN
        RAISE EXCEPTION 'an event is told in its order, once it happened' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.kind = 'considered' AND NEW.withdrawn OR NEW.kind <> 'considered' AND NEW.on_day < (
        SELECT e.on_day FROM disruption_event e WHERE e.action_id = NEW.action_id AND e.kind = 'considered'
          AND NOT EXISTS (SELECT FROM disruption_event r WHERE r.replaces_id = e.id)
    ) THEN
        RAISE EXCEPTION 'nothing happens before it is considered' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.place := NEW.number;
    IF NEW.replaces_id IS NOT NULL THEN
        SELECT * INTO wrong FROM disruption_event e WHERE e.id = NEW.replaces_id AND e.action_id = NEW.action_id;
        IF wrong.id IS NULL OR wrong.withdrawn OR wrong.kind <> NEW.kind THEN
            RAISE EXCEPTION 'an entry is put right by one of its kind' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.place := wrong.place;
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    table = "disruption_event"
    op.add_column(table, sa.Column("conditions_sealed", sa.LargeBinary(), nullable=True))
    op.add_column(table, sa.Column("place", sa.Integer(), nullable=True))
    op.add_column(table, sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column(table, sa.Column("why_sealed", sa.LargeBinary(), nullable=True))
    op.execute("ALTER TABLE disruption_event DISABLE TRIGGER USER")
    op.execute("UPDATE disruption_event SET place = number")
    op.execute("ALTER TABLE disruption_event ENABLE TRIGGER USER")
    op.alter_column(table, "place", nullable=False)
    op.create_foreign_key(op.f("fk_disruption_event_replaces_id"), table, table, ["replaces_id"], ["id"])
    op.create_unique_constraint("uq_disruption_event_replaces_id", table, ["replaces_id"])
    op.create_check_constraint(
        op.f("ck_disruption_event_corrected_for_a_reason"), table, "(replaces_id IS NULL) = (why_sealed IS NULL)"
    )
    op.create_check_constraint(
        op.f("ck_disruption_event_withdrawn_takes_a_place"), table, "NOT withdrawn OR replaces_id IS NOT NULL"
    )
    op.execute(FOLLOW)
    op.execute(f"GRANT UPDATE (considered_on) ON disruption_action TO {app_role()}")
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
