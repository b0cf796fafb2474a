"""Merging two records of one person, and undoing it."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import protect, within

revision: str = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    op.create_table(
        "merge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_proposal_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["kept_id", "authority_id"], ["person.id", "person.authority_id"], name="fk_merge_kept_id_authority_id"
        ),
        sa.ForeignKeyConstraint(
            ["merged_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_merge_merged_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_merge_proposal_id"),
        sa.ForeignKeyConstraint(["undone_by_proposal_id"], ["proposal.id"], name="fk_merge_undone_by_proposal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_merge"),
    )
    op.create_index("ix_merge_kept_id", "merge", ["kept_id"])
    op.create_index("ix_merge_merged_id", "merge", ["merged_id"])
    # Whoever approves a merge carries it out: the permission to approve is what writing asks for.
    approved = within("changes.approve")
    protect(
        "merge",
        select=within("register.read"),
        insert=approved,
        update=approved,
        update_columns=("undone_at", "undone_by_proposal_id"),
    )
    op.create_index(
        "ix_person_merged_into_id", "person", ["merged_into_id"], postgresql_where=sa.text("merged_into_id IS NOT NULL")
    )
