"""Allegations are counted of whole years, so that no two figures leave a month's cases over; clocks and places once.

And no word that is no audience can be among those for whom a council's briefings are drafted: the job would fail for all.
"""

from pathlib import Path

from alembic import op

revision: str = "0063"
down_revision: str | None = "0062"

AUDIENCES = (
    "chief_executives",
    "director",
    "lead_member",
    "safeguarding_partnership",
    "community_safety_partnership",
    "scrutiny",
    "police_and_crime_commissioner",
)


def upgrade() -> None:
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    known = ", ".join(f"'{one}'" for one in AUDIENCES)
    op.create_check_constraint("of_audiences", "briefing_schedule", f"audiences <@ ARRAY[{known}]")
