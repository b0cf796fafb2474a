"""What a figure counts is found once for all periods, where finding it reads a whole register.

What was in force on each last day, the training and the checks of its holders, and what is recorded at all: one pass,
where each period made its own. Events are found by their day.
"""

from pathlib import Path

from alembic import op

from licensing.row_security import allow_call

revision: str = "0082"
down_revision: str | None = "0081"


def upgrade() -> None:
    for ended in ("figures_recorded", "figures_of_holders"):
        op.execute(f"DROP FUNCTION {ended}(date, date, timestamptz)")
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    op.execute("DROP FUNCTION in_force_as_at(date, timestamptz)")
    op.execute("REVOKE ALL ON FUNCTION in_force_on_days(date[], timestamptz) FROM PUBLIC")
    for made in ("figures_recorded", "figures_of_holders"):
        allow_call(f"{made}(date[], date[], timestamptz)")
    op.execute(
        "CREATE INDEX ix_licence_event_day ON licence_event (coalesce(decided_on, notified_on, effective_on, starts_on))"
    )
