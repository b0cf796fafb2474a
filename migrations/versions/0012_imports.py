"""Imports of every kind of register, and which records each of them spoke of."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit

revision: str = "0012"
down_revision: str | None = "0010"

KINDS = ("drivers", "vehicles", "operators", "premises", "personal-licences", "adverse-decisions", "fhrs")


def upgrade() -> None:
    admit("import", "kind", "import_kind", KINDS)
    for column in ("seen", "missing"):
        op.add_column("import", sa.Column(column, sa.LargeBinary(), server_default="", nullable=False))
    op.create_index(
        "ix_import_authority_id_kind_applied_at", "import", ["authority_id", "kind", "applied_at"], unique=False
    )
    # A decision that was brought in again with other facts keeps its key: only one event with it stands.
    op.drop_constraint("uq_licence_event_authority_id_source_id", "licence_event", type_="unique")
    op.create_index(
        "uq_licence_event_authority_id_source_id",
        "licence_event",
        ["authority_id", "source_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
