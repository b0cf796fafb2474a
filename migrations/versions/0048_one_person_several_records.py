"""One person on several registers: a case may be about more than one record, though no council linked them.

The designated officer says that they are the same person, for the case alone; no register learns of it. A case is
then found by any of its records.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import app_role

revision: str = "0048"
down_revision: str | None = "0046"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
CASES_ABOUT = f"""
CREATE OR REPLACE FUNCTION cases_about(given_keys bytea[]) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE (c.subject_key = ANY (given_keys) OR c.also_keys && given_keys) AND c.id IN (SELECT known_cases())
      AND EXISTS (SELECT FROM looked_lately('allegation', '{{searched,looked,listed}}'))
    ORDER BY c.recorded_at DESC, c.id
$$
"""


def upgrade() -> None:
    op.add_column(
        "lado_case",
        sa.Column("also_keys", postgresql.ARRAY(sa.LargeBinary()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.create_index("ix_lado_case_also_keys", "lado_case", ["also_keys"], postgresql_using="gin")
    op.execute(f"GRANT UPDATE (also_keys) ON lado_case TO {app_role()}")
    op.execute(CASES_ABOUT)
