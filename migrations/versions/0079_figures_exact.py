"""Figures say what their definitions say: of appeals that were withdrawn, entries removed, and periods paused or moved.

An appeal that was withdrawn was in no figure, and an entry on the national register that was removed later was no more
among those made. A period that was paused was counted as late, and one that was given another day after it had been
missed as kept in time.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0079"
down_revision: str | None = "0078"

# Function -> what it said, and what it says now in the same place.
REWORDED = {
    "figures_of_decisions": (
        "IN ('appealed', 'reinstated_by_court', 'appeal_dismissed')",
        "IN ('appealed', 'reinstated_by_court', 'appeal_dismissed', 'appeal_withdrawn')",
    ),
    "figures_of_sharing": ("n.state = 'entered'", "n.state IN ('entered', 'removed')"),
}


def upgrade() -> None:
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for name, (before, after) in REWORDED.items():
        reword(name, before, after)


def reword(name: str, before: str, after: str) -> None:
    """The same function, word for word, but for these."""
    found = sa.text("SELECT pg_get_functiondef(CAST(:name AS regproc))")
    definition = str(op.get_bind().scalar(found, {"name": name}))
    if definition.count(before) != 1:
        raise RuntimeError(f"{name} does not say {before} once")
    op.get_bind().exec_driver_sql(definition.replace(before, after))
