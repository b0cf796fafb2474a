"""For migrations: a word that is new to a StrEnum must pass the check that stands on its column."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def admit(table: str, column: str, name: str, values: Sequence[str]) -> None:
    """Let `column` hold exactly these values; `name` is the one given to `enum_column`."""
    constraint = f"ck_{table}_{name}"
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN ({listed}))")


def admit_also(table: str, column: str, name: str, value: str) -> None:
    """Let `column` hold one more value, whatever it may hold already: for words that several features add."""
    constraint = f"ck_{table}_{name}"
    found = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
    definition = str(op.get_bind().scalar(found, {"name": constraint}))
    admit(table, column, name, [*dict.fromkeys([*re.findall(r"'([^']*)'", definition), value])])
