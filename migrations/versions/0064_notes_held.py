"""What a review of Need to Know found: a report passes on what is its council's own, or for the county, and no more."""

from alembic import op

revision: str = "0064"
down_revision: str | None = "0061"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
MINE = "authority_id IN ((SELECT acting_authority('need_to_know.write')), (SELECT acting_authority('need_to_know.approve')))"
WRITES = "authority_id = (SELECT acting_authority('need_to_know.write'))"
IS_COUNTY = "EXISTS (SELECT FROM authority a WHERE a.id = {} AND 'childrens_services' = ANY (a.functions))"
LADO = IS_COUNTY.format("acting_authority('allegations.work')")
COUNTYS_WRITER = (
    "EXISTS (SELECT FROM authority a WHERE 'childrens_services' = ANY (a.functions)"
    " AND a.id IN (acting_authority('need_to_know.write'), acting_authority('need_to_know.approve')))"
)
# Whether the report of a council passes the note n on. That its writer was sent the note as a reader does not count.
COLLECTS = f"(n.authority_id = {{}} OR (n.for_county AND {IS_COUNTY}))"

# As in 0054, and: a note that a report ought not to have collected opens with it no longer.
KNOWN_NOTES = f"""
CREATE OR REPLACE FUNCTION known_notes() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT n.id FROM need_to_know n WHERE n.{MINE}
    UNION
    SELECT n.id FROM need_to_know n JOIN need_to_know_reader r ON r.note_id = n.id
    WHERE n.issued_at IS NOT NULL AND r.user_id = acting_user() AND r.removed_at IS NULL
      AND acting_authority('need_to_know.read') IS NOT NULL
    UNION
    SELECT n.id FROM need_to_know n
    WHERE n.lado_asked AND (n.authority_id = acting_authority('allegations.work') OR {LADO})
    UNION
    SELECT n.id FROM need_to_know n WHERE n.issued_at IS NOT NULL AND n.for_county AND {COUNTYS_WRITER}
    UNION
    SELECT n.id FROM need_to_know_collected c JOIN need_to_know n ON n.id = c.note_id
    WHERE c.report_id IN (SELECT known_reports()) AND {COLLECTS.format("c.authority_id", "c.authority_id")}
$$
"""
COMPILER = "need_to_know_collected.authority_id"
MAY_COLLECT = (
    f"{WRITES} AND note_id IN (SELECT n.id FROM need_to_know n WHERE n.issued_at IS NOT NULL"
    f" AND {COLLECTS.format(COMPILER, COMPILER)})"
    " AND report_id IN (SELECT p.id FROM need_to_know_report p WHERE p.state = 'drafted')"
)


def upgrade() -> None:
    op.execute(KNOWN_NOTES)
    op.execute(f"ALTER POLICY need_to_know_collected_insert ON need_to_know_collected WITH CHECK ({MAY_COLLECT})")
