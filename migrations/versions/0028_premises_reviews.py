"""Reviews of premises: what opens them and when it was received, what is decided on them, and their interim steps."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also

revision: str = "0028"
down_revision: str | None = "0027"


def upgrade() -> None:
    op.add_column("consideration", sa.Column("received_on", sa.Date(), nullable=True))
    op.add_column("consideration", sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint("moment_of_a_day", "consideration", "received_at IS NULL OR received_on IS NOT NULL")
    for source in ("review", "summary_review", "closure_order"):
        admit_also("consideration", "source", "source", source)
    for kind in ("modify_conditions", "exclude_activity", "remove_supervisor"):
        admit_also("decision", "kind", "decision_kind", kind)
    admit_also("decision_review", "kind", "review_kind", "interim_steps")
