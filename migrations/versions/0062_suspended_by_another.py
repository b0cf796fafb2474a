"""A licence that another authority's officer suspended on the spot: reported to the authority that issued it.

The English Devolution and Community Empowerment Act 2026 (c. 23) is to let them. That its provisions have begun is not
confirmed: until the rule of IMPOSED_SUSPENSION holds, nobody is asked about it.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import app_role

revision: str = "0062"
down_revision: str | None = "0061"

# What the issuing authority owes at once: to decide whether its licence stays suspended.
OWED = """
    SELECT 'nr3s_request'::text AS object_kind, s.id AS object_id, s.authority_id, 'IMPOSED_SUSPENSION'::text AS code,
        s.received_on AS started_on, 'licensing_manager'::text AS for_team
    FROM request_in s WHERE s.suspended_on IS NOT NULL AND s.answered_on IS NULL
"""
# View or routine, how it is defined now, and what is put where.
AMENDED: Sequence[tuple[str, str, str]] = (
    (
        "SELECT 'CREATE OR REPLACE VIEW nr3s_clock_owed AS ' || pg_get_viewdef('nr3s_clock_owed'::regclass)",
        "WHERE (r.answered_on IS NULL)",
        f"WHERE (r.answered_on IS NULL) UNION ALL {OWED}",
    ),
    (
        "SELECT pg_get_functiondef('deliver_request(uuid, uuid, bytea, bytea, boolean)'::regprocedure)",
        "words_sealed, received_on)",
        "words_sealed, received_on, suspended_on)",
    ),
    (
        "SELECT pg_get_functiondef('deliver_request(uuid, uuid, bytea, bytea, boolean)'::regprocedure)",
        "given_words, current_date\n",
        "given_words, current_date, one.suspended_on\n",
    ),
)


def upgrade() -> None:
    for table in ("request_out", "request_in"):
        op.add_column(table, sa.Column("suspended_on", sa.Date(), nullable=True))
        op.create_check_constraint("with_a_concern", table, "suspended_on IS NULL OR kind = 'concern'")
    op.execute(f"GRANT INSERT (suspended_on) ON request_in TO {app_role()}")
    for table in ("clock_rule", "clock"):
        admit_also(table, "code", "clock_code", "IMPOSED_SUSPENSION")
    for source, found, put in AMENDED:
        amend(source, found, put)


def amend(source: str, found: str, put: str) -> None:
    """Define something anew as it stands, with one passage changed: whatever else was done to it since stays."""
    connection = op.get_bind()
    definition = str(connection.scalar(sa.text(source)))
    if definition.count(found) != 1:
        raise ValueError(f"“{found}” is not there once in {definition}")
    connection.exec_driver_sql(definition.replace(found, put))
