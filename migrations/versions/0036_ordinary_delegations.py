"""A delegation may cover ordinary decisions too, and not immediate action alone."""

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"

# As 0030 has it, with what the delegation covers.
MAY_DECIDE = """
CREATE OR REPLACE FUNCTION may_decide(
    given_maker text, given_immediate boolean, given_day date, given_elsewhere boolean) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT acting_authority('decisions.make') IS NOT NULL
        OR (acting_authority('casework.work') IS NOT NULL
            AND (given_elsewhere OR given_maker IN ('sub_committee', 'court')))
        OR (given_maker = 'officer' AND EXISTS (
            SELECT FROM delegation d
            CROSS JOIN (VALUES (given_day), ((now() AT TIME ZONE 'Europe/London')::date)) AS on_day (day)
            WHERE d.user_id = acting_user() AND d.authority_id = acting_authority('casework.work')
              AND (given_immediate OR d.ordinary)
              AND d.from_on <= on_day.day AND (d.until_on IS NULL OR on_day.day <= d.until_on)
            GROUP BY d.id HAVING count(*) = 2))
$$
"""


def upgrade() -> None:
    op.add_column("delegation", sa.Column("ordinary", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(MAY_DECIDE)
