"""Following up: what one room knows and another asks, clocks that start by themselves, and court outcomes from files."""

from alembic import op

from licensing.enum_checks import admit, admit_also
from licensing.row_security import allow_call

revision: str = "0027"
down_revision: str | None = "0025"

# The search of NR3S is recorded where it is made, and no longer on an officer's word.
ITEM_KINDS = ("form_and_fee", "identity", "driver_check", "references", "convictions")


# A check of one person that surely or strongly met a record of the asking authority's own and one whose council's
# policy marks it for good: the two are likely one person, and the managers are asked to speak to that council.
MEET_MARKERS = """
CREATE PROCEDURE meet_markers(IN given_check uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_open_check(given_check) THEN
        RAISE insufficient_privilege;
    END IF;
    INSERT INTO marker_match (id, authority_id, person_id, other_person_id)
    SELECT gen_random_uuid(), own.authority_id, own.id, marked.person_id
    FROM driver_check c
    JOIN check_result r ON r.check_id = c.id AND r.band IN ('certain', 'strong')
    JOIN person own ON own.id = r.person_id AND own.authority_id = c.authority_id
    JOIN check_result o ON o.check_id = c.id AND o.band IN ('certain', 'strong')
    JOIN (SELECT DISTINCT s.person_id, s.authority_id FROM standing_marker s) marked ON marked.person_id = o.person_id
        AND marked.authority_id <> c.authority_id AND marked.authority_id = ANY (searched_authorities())
    WHERE c.id = given_check AND c.kind = 'one_person'
    ON CONFLICT (person_id, other_person_id) DO NOTHING;
    PERFORM open_marker_tasks(array_agg(p.id))
    FROM check_result r JOIN person p ON p.id = r.person_id AND p.authority_id = r.authority_id
    WHERE r.check_id = given_check AND r.band IN ('certain', 'strong')
    HAVING count(*) > 0;
END $$
"""


def upgrade() -> None:
    op.execute("DELETE FROM application_item WHERE kind = 'nr3s_search'")
    admit("application_item", "kind", "item_kind", ITEM_KINDS)
    admit_also("consideration", "arising_kind", "arising", "nr3s_request")
    admit_also("import", "kind", "import_kind", "courts")
    op.execute(MEET_MARKERS)
    allow_call("meet_markers(uuid)", "PROCEDURE")
