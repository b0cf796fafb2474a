"""Imports: the staged file and what became of its rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import protect, within

revision: str = "0005"
down_revision: str | None = "0004"

OWN = within("imports.make")


def upgrade() -> None:
    create_tables()
    protect("import", select=OWN, insert=OWN, update=OWN)
    protect("import_chunk", select=OWN, insert=OWN)


def create_tables() -> None:
    op.create_table(
        "import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "drivers",
                "fhrs",
                name="import_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "staged",
                "applied",
                "abandoned",
                name="import_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("receipt", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("staged_by", sa.Uuid(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_import_authority_id"),
        sa.ForeignKeyConstraint(["staged_by"], ["user_account.id"], name="fk_import_staged_by"),
        sa.PrimaryKeyConstraint("id", name="pk_import"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_import_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_import_id_authority_id"),
    )
    op.create_index("ix_import_authority_id_staged_at", "import", ["authority_id", "staged_at"], unique=False)
    op.create_table(
        "import_chunk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id", "authority_id"],
            ["import.id", "import.authority_id"],
            name="fk_import_chunk_import_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_chunk"),
        sa.UniqueConstraint("import_id", "number", name="uq_import_chunk_import_id_number"),
    )
