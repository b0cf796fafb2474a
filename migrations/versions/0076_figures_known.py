"""What is recorded at all is counted beside the figures, so that what nobody recorded is not known, and never nought.

One function says it for briefings and returns alike. How stale a register was on an earlier day is read from every time
that it was brought in, and no more from the last alone. And when a reader opened a briefing is kept.
"""

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0076"
down_revision: str | None = "0075"


def upgrade() -> None:
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    op.execute("REVOKE ALL ON FUNCTION registers_brought_in(timestamptz) FROM PUBLIC")
    allow_call("figures_recorded(date, date, timestamptz)")
    leave_out_recorded("figures_of_returns")
    keep_when_opened()
    for table in ("need_to_know", "need_to_know_fact"):
        for kind in ("licence", "premises"):
            admit_also(table, "object_kind", "n2k_about", kind)


def keep_when_opened() -> None:
    """When a reader of a briefing first opened it, once; saying that they have read it is another thing."""
    op.add_column("briefing_reader", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"GRANT UPDATE (opened_at) ON briefing_reader TO {app_role()}")
    op.execute(
        "CREATE TRIGGER keep_opened_at BEFORE UPDATE ON briefing_reader"
        " FOR EACH ROW EXECUTE FUNCTION keep_settled('opened_at', 'read_at')"
    )


def leave_out_recorded(name: str) -> None:
    """The same function, word for word, without what figures_recorded says now: it is said in one place."""
    found = sa.text("SELECT pg_get_functiondef(CAST(:name AS regproc))")
    definition = str(op.get_bind().scalar(found, {"name": name}))
    recorded = r"\s+UNION ALL SELECT l\.authority_id, 'recorded\.'.*'recorded\.training'.*?(?=\n    \)\n    SELECT)"
    changed, times = re.subn(recorded, "", definition, flags=re.DOTALL)
    if times != 1:
        raise RuntimeError(f"{name} does not say what is recorded as it did")
    op.get_bind().exec_driver_sql(changed)
