"""Whoever asked a partner hears that it declines, and an operation knows which of its follow-ups were declined.

And how the threshold is met may be told when an action is authorised, where nobody told it before.
"""

from pathlib import Path

from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0074"
down_revision: str | None = "0073"


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
    op.execute(f"GRANT UPDATE (threshold_sealed) ON disruption_action TO {app_role()}")
    op.execute(
        "CREATE TRIGGER keep_threshold BEFORE UPDATE OF threshold_sealed ON disruption_action"
        " FOR EACH ROW EXECUTE FUNCTION keep_threshold()"
    )
