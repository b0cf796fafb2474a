"""Licensing's merges into the record of a case's person are told to its office too, and planned meetings count later.

Before, only that the person's own record went into another was told. A meeting of the annual report is one that was
held: one that is planned for a later day of the year is not counted yet.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0077"
down_revision: str | None = "0076"

# As in 0042, of both records of a merge. Ids alone, for a designated officer whose list is kept.
MERGES = """
CREATE OR REPLACE FUNCTION lado_merges() RETURNS TABLE (person_id uuid, merged_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    SELECT r.id, max(m.merged_at)
    FROM merge m CROSS JOIN LATERAL (VALUES (m.merged_id), (m.kept_id)) AS r(id)
    WHERE m.undone_at IS NULL AND m.merged_at > now() - interval '1 year'
      AND (SELECT acting_authority('allegations.work')) IS NOT NULL
      AND EXISTS (SELECT FROM looked_lately('allegation', '{listed,looked}'))
    GROUP BY r.id ORDER BY r.id
$$
"""


def upgrade() -> None:
    op.execute(MERGES)
    connection = op.get_bind()
    figures = str(connection.scalar(sa.text("SELECT pg_get_functiondef('lado_figures(date, date)'::regprocedure)")))
    planned, held = "m.held_on BETWEEN given_from AND given_until", "given_from AND least(given_until, current_date)"
    if figures.count(planned) != 1:
        raise ValueError("the meetings are not counted as was known")
    connection.exec_driver_sql(figures.replace(planned, f"m.held_on BETWEEN {held}"))
