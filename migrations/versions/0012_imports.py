"""Imports of every kind of register, and which records each of them spoke of."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit

revision: str = "0012"
down_revision: str | None = "0011"

KINDS = ("drivers", "vehicles", "operators", "premises", "personal-licences", "adverse-decisions", "fhrs")


def upgrade() -> None:
    admit("import", "kind", "import_kind", KINDS)
    for column in ("seen", "missing"):
        op.add_column("import", sa.Column(column, sa.LargeBinary(), server_default="", nullable=False))
    op.create_index(
        "ix_import_authority_id_kind_applied_at", "import", ["authority_id", "kind", "applied_at"], unique=False
    )
