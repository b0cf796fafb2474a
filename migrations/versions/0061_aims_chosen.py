"""What a council chose to aim at is what its briefings hold its figures against."""

from alembic import op

from licensing.row_security import allow_call

revision: str = "0061"
down_revision: str | None = "0060"

# For whoever may have figures of that council, and for the job that drafts its briefings of the month.
AIMS_CHOSEN = """
CREATE FUNCTION aims_chosen(given_authority uuid, given_day date, given_at timestamptz)
RETURNS TABLE (code text, target int, tolerance int, better text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT ON (c.code) c.code, c.target, c.tolerance, c.better::text
    FROM measure_choice c
    WHERE c.authority_id = given_authority AND given_authority IN (SELECT figures_area())
      AND c.valid_from <= given_day AND c.recorded_at <= given_at
    ORDER BY c.code, c.valid_from DESC, c.recorded_at DESC, c.id
$$
"""


def upgrade() -> None:
    op.execute(AIMS_CHOSEN)
    allow_call("aims_chosen(uuid, date, timestamptz)")
