"""Nobody who is owed a message of a case is forgotten: an officer adds one by hand, and settles it like any other."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also

revision: str = "0067"
down_revision: str | None = "0066"


def upgrade() -> None:
    let_messages_be_added_by_hand()


def let_messages_be_added_by_hand() -> None:
    """Several may be of one kind, each with its own words; of those that the registers name there is one each."""
    for kind in ("employer", "regulator", "other"):
        admit_also("case_duty", "kind", "duty_kind", kind)
    op.add_column("case_duty", sa.Column("asked_sealed", sa.LargeBinary(), nullable=True))
    op.drop_index("uq_case_duty_case_id_kind_for", "case_duty")
    op.create_index(
        "uq_case_duty_case_id_kind_for",
        "case_duty",
        ["case_id", "kind", sa.literal_column("coalesce(for_authority_id, case_id)")],
        unique=True,
        postgresql_where=sa.text("supersedes_id IS NULL AND asked_sealed IS NULL"),
    )
