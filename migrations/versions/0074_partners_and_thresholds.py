"""Whoever asked a partner hears that it declines, and an operation knows which of its follow-ups were declined.

Silence goes to whoever stands next above the asker in the agency that asked, where its ranks say so. And how the
threshold is met may be told when an action is authorised, where nobody told it before.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0074"
down_revision: str | None = "0073"

# Of what watch_disruption writes of a silent partner; the managers of a licensing service hear of theirs as before.
ASKED = "a.kind AS asks,\n            CASE WHEN t.answer"
TEAM = "'partner_task', w.id, CASE WHEN w.asks = 'licensing' THEN 'licensing_manager' ELSE 'disruption_officer' END,"
ESCALATED = (
    (ASKED, f"CASE WHEN a.kind <> 'licensing' THEN next_above(a.id, t.asked_by) END AS above, {ASKED}"),
    (TEAM, f"'partner_task', w.id, w.above, CASE WHEN w.above IS NULL THEN {TEAM.partition('w.id, ')[2][:-1]} END,"),
)


def upgrade() -> None:
    admit_also("task", "kind", "task_kind", "partner_declined")
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    op.execute("REVOKE ALL ON FUNCTION tell_declined() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER tell_declined AFTER UPDATE OF answer ON partner_task FOR EACH ROW"
        " WHEN (NEW.answer = 'declined' AND OLD.answer IS DISTINCT FROM NEW.answer)"
        " EXECUTE FUNCTION tell_declined()"
    )
    allow_call("declined_follow_ups(uuid)")
    op.execute("REVOKE ALL ON FUNCTION next_above(uuid, uuid) FROM PUBLIC")
    escalate()
    op.execute(f"GRANT UPDATE (threshold_sealed) ON disruption_action TO {app_role()}")
    op.execute(
        "CREATE TRIGGER keep_threshold BEFORE UPDATE OF threshold_sealed ON disruption_action"
        " FOR EACH ROW EXECUTE FUNCTION keep_threshold()"
    )


def escalate() -> None:
    """Define the daily watch anew as it stands, with the passages changed that say for whom silence is."""
    connection = op.get_bind()
    found = sa.text("SELECT pg_get_functiondef('watch_disruption(date, int)'::regprocedure)")
    definition = str(connection.scalar(found))
    silent, rest = definition.split("), e AS (")
    silent = silent.replace("for_team, due_on)", "for_user_id, for_team, due_on)")
    for old, new in ESCALATED:
        if silent.count(old) != 1:
            raise ValueError(f"“{old}” is not there once")
        silent = silent.replace(old, new)
    connection.exec_driver_sql(f"{silent}), e AS ({rest}")
