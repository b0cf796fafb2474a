"""Whoever or whatever was seen at a place is found at that place, and a reader learns that a briefing was replaced.

A later version is not everybody's who read the one before: they may know that there is one, and nothing of it.
"""

from alembic import op

from licensing.row_security import allow_call

revision: str = "0066"
down_revision: str | None = "0065"

SUPERSEDED = """
CREATE FUNCTION briefings_superseded(given_ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT b.id FROM briefing b
    WHERE b.id = ANY (given_ids)
      AND (b.authority_id = acting_authority('figures.read') OR b.id IN (SELECT briefings_addressed()))
      AND EXISTS (SELECT FROM briefing later WHERE later.supersedes_id = b.id AND later.published_at IS NOT NULL)
    ORDER BY b.id
$$
"""


def upgrade() -> None:
    op.drop_constraint(op.f("ck_operation_finding_place_of_a_place"), "operation_finding")
    op.execute(SUPERSEDED)
    allow_call("briefings_superseded(uuid[])")
