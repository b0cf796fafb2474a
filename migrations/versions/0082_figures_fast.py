"""What is recorded at all is found once for all periods that are counted, and not for each by itself.

The first day of each thing says of every period whether it is known; which is one pass over a county's register, where
each period made its own.
"""

from pathlib import Path

from alembic import op

from licensing.row_security import allow_call

revision: str = "0082"
down_revision: str | None = "0081"


def upgrade() -> None:
    op.execute("DROP FUNCTION figures_recorded(date, date, timestamptz)")
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    allow_call("figures_recorded(date[], date[], timestamptz)")
