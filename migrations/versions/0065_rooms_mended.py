"""Rooms of disruption, after a review: what each tells, and to whom.

What an operation tries is told by no signal either while it is under way. Whoever is invited to a meeting reads it,
puts something on its agenda and types decisions back; whom else it is told to, whether it takes place and what its
minute says is for the agency that records it. On whom a hotel notice was served is read, as a person who is a target is
since 0049, by those who lead or join. A check of a place is recorded for an agency of one's own; what came on paper
from another is for whoever keeps the register of the place.
"""

from alembic import op

revision: str = "0065"
down_revision: str | None = "0064"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
MINE = "IN (SELECT acting_agencies())"
# As the policy of test_purchase says it since 0056: in the area a test is told once its operation is over.
IN_AREA = (
    "p.of_authority_id IN (SELECT acting_area()) AND (p.operation_id IS NULL OR operation_is_over(p.operation_id))"
)
FAILED_TESTS = f"""
CREATE OR REPLACE FUNCTION known_failed_tests() RETURNS SETOF test_purchase
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.* FROM test_purchase p
    WHERE p.result = 'failed' AND p.on_day BETWEEN current_date - 365 AND current_date + 1
      AND (p.recording_agency_id {MINE} OR p.operation_id IN (SELECT known_operations()) OR ({IN_AREA}))
$$
"""
KNOWS_COUNTED = f"""
CREATE OR REPLACE FUNCTION knows_counted(given_rows uuid[]) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT NOT EXISTS (
        SELECT FROM disruption_action a WHERE a.id = ANY (given_rows) AND a.id NOT IN (SELECT known_actions())
    ) AND NOT EXISTS (
        SELECT FROM test_purchase p WHERE p.id = ANY (given_rows)
          AND NOT (p.recording_agency_id {MINE} OR coalesce(p.operation_id IN (SELECT known_operations()), false)
            OR coalesce({IN_AREA}, false)))
$$
"""
# A row of a meeting that is known may be locked, since whoever is invited adds to it; changed by its agency alone.
LED = f"recording_agency_id {MINE}"
OPEN_AND_LED = (
    "meeting_id IN (SELECT known_meetings()) AND meeting_id IN (SELECT m.id FROM subject_meeting m"
    f" WHERE m.held_at IS NULL AND m.called_off_at IS NULL AND m.{LED})"
)


def upgrade() -> None:
    for definition in (FAILED_TESTS, KNOWS_COUNTED):
        op.execute(definition)
    op.execute(
        "ALTER POLICY subject_meeting_update ON subject_meeting USING (id IN (SELECT known_meetings()))"
        f" WITH CHECK (id IN (SELECT known_meetings()) AND {LED})"
    )
    op.execute(
        "ALTER POLICY hotel_notice_service_select ON hotel_notice_service USING (notice_id IN ("
        "SELECT n.id FROM hotel_notice n WHERE n.action_id IN (SELECT worked_actions())))"
    )
    op.execute(
        "ALTER POLICY obligation_check_insert_disruption ON obligation_check WITH CHECK ("
        "premises_id IN (SELECT known_places())"
        f" AND checked_by IN (SELECT a.name FROM agency a WHERE a.id {MINE}))"
    )
    op.execute(f"ALTER POLICY subject_meeting_agency_insert ON subject_meeting_agency WITH CHECK ({OPEN_AND_LED})")
