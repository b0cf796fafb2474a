"""What can be recommended on the review of premises, and why a decision departs from the policy."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also

revision: str = "0035"
down_revision: str | None = "0034"


def upgrade() -> None:
    op.add_column("decision", sa.Column("departing_sealed", sa.LargeBinary(), nullable=True))
    for decision in ("modify_conditions", "exclude_activity", "remove_supervisor"):
        admit_also("recommendation", "decision", "decision_type", decision)
