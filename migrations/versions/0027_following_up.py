"""Following up: what one room knows and another asks, clocks that start by themselves, and court outcomes from files."""

from alembic import op

from licensing.enum_checks import admit, admit_also

revision: str = "0027"
down_revision: str | None = "0025"

# The search of NR3S is recorded where it is made, and no longer on an officer's word.
ITEM_KINDS = ("form_and_fee", "identity", "driver_check", "references", "convictions")


def upgrade() -> None:
    op.execute("DELETE FROM application_item WHERE kind = 'nr3s_search'")
    admit("application_item", "kind", "item_kind", ITEM_KINDS)
    admit_also("import", "kind", "import_kind", "courts")
