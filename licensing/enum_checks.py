"""For migrations: a word that is new to a StrEnum must pass the check that stands on its column."""

from collections.abc import Sequence

from alembic import op


def admit(table: str, column: str, name: str, values: Sequence[str]) -> None:
    """Let `column` hold exactly these values; `name` is the one given to `enum_column`."""
    constraint = f"ck_{table}_{name}"
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN ({listed}))")
