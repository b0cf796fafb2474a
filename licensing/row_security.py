"""Row-level security for migrations: one call protects a table, and says who may do what to its rows.

Every table is forced, so that even its owner needs a policy; the owner's admits everything, since
migrations and the look-up functions run as the owner. What is not granted here is refused.
"""

from collections.abc import Sequence

from alembic import op
from flask import current_app


def protect(
    table: str,
    *,
    select: str | None = None,
    insert: str | None = None,
    update: str | None = None,
    delete: str | None = None,
    update_columns: Sequence[str] = (),
    insert_columns: Sequence[str] = (),
    select_columns: Sequence[str] = (),
) -> None:
    """Protect `table`; each rule is an SQL condition on a row. An absent rule means: never.

    `insert` and `update` conditions hold for the row as it becomes; update also for the row as it was.
    """
    role = app_role()
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    rules = {
        "SELECT": (select, select_columns, f"USING ({select})"),
        "INSERT": (insert, insert_columns, f"WITH CHECK ({insert})"),
        "UPDATE": (update, update_columns, f"USING ({update}) WITH CHECK ({update})"),
        "DELETE": (delete, (), f"USING ({delete})"),
    }
    for command, (condition, columns, clause) in rules.items():
        if condition is not None:
            listed = f" ({', '.join(columns)})" if columns else ""
            op.execute(f"GRANT {command}{listed} ON {table} TO {role}")
            op.execute(f"CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} TO {role} {clause}")


def allow_call(routine: str, kind: str = "FUNCTION") -> None:
    """Let the application, and nobody else, call a routine that runs with its owner's rights."""
    op.execute(f"REVOKE ALL ON {kind} {routine} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON {kind} {routine} TO {app_role()}")


def app_role() -> str:
    """The role as which the application connects."""
    role: str = current_app.config["APP_ROLE"]
    return '"' + role.replace('"', '""') + '"'


def within(permission: str) -> str:
    """The condition: the row belongs to the acting user's authority, and that user holds the permission.

    The sub-select makes PostgreSQL ask once for a statement, not once for a row.
    """
    return f"authority_id = (SELECT acting_authority('{permission}'))"
