"""Following up: what one room knows and another asks, clocks that start by themselves, and court outcomes from files."""

from alembic import op

from licensing.enum_checks import admit, admit_also
from licensing.row_security import allow_call

revision: str = "0027"
down_revision: str | None = "0026"

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

# What runs on somebody's account and has no clock yet, because nobody of that council has looked at it: with the rule
# that held for it on the day, its own council's before everybody's.
CLOCKS_OWED = """
CREATE VIEW nr3s_clock_owed AS
    SELECT owed.*, rule.id AS rule_id
    FROM (
        SELECT 'nr3s_entry' AS object_kind, n.id AS object_id, n.authority_id, 'NR3S_ENTRY' AS code,
            n.notified_on AS started_on, 'licensing_manager' AS for_team
        FROM nr3s_entry n WHERE n.state = 'due' AND n.notified_on >= DATE '2023-04-27'
        UNION ALL
        SELECT 'nr3s_entry', u.id, u.authority_id, 'NR3S_UPDATE', u.from_on, 'licensing_manager'
        FROM nr3s_update u WHERE u.action IS NULL
        UNION ALL
        SELECT 'nr3s_request', r.id, r.authority_id,
            CASE r.kind WHEN 'concern' THEN 'S6_REPLY' ELSE 'NR3S_ANSWER' END, r.received_on, 'licensing_officer'
        FROM request_in r WHERE r.answered_on IS NULL
    ) owed
    CROSS JOIN LATERAL (
        SELECT c.id FROM clock_rule c
        WHERE c.code = owed.code AND (c.authority_id IS NULL OR c.authority_id = owed.authority_id)
          AND c.valid_from <= owed.started_on AND (c.valid_until IS NULL OR c.valid_until > owed.started_on)
        ORDER BY c.authority_id IS NULL, c.valid_from DESC, c.id LIMIT 1
    ) rule
    WHERE NOT EXISTS (SELECT FROM clock c WHERE c.object_id = owed.object_id AND c.code = owed.code)
"""

REFUSED = """
    IF acting_job('watch_nr3s') IS NULL AND acting_job('start_nr3s_clocks') IS NULL THEN
        RAISE EXCEPTION 'only the jobs watch_nr3s and start_nr3s_clocks do this' USING ERRCODE = '42501';
    END IF;
"""

# How a day is reckoned is the application's to say: it is handed the rule and the days on which the council is closed.
OWED = f"""
CREATE FUNCTION nr3s_clocks_owed()
RETURNS TABLE (object_id uuid, code text, started_on date, rule jsonb, closed date[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {REFUSED}
    RETURN QUERY
        SELECT o.object_id, o.code, o.started_on, to_jsonb(r), ARRAY(
            SELECT d.day FROM closure_day d
            WHERE d.authority_id = o.authority_id AND d.withdrawn_at IS NULL AND d.day >= o.started_on ORDER BY d.day)
        FROM nr3s_clock_owed o JOIN clock_rule r ON r.id = o.rule_id
        ORDER BY o.object_id, o.code;
END $$
"""

START_CLOCK = f"""
CREATE PROCEDURE start_nr3s_clock(IN given_object uuid, IN given_code text, IN given_due date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    {REFUSED}
    WITH started AS (
        INSERT INTO clock (id, authority_id, code, rule_id, object_kind, object_id, for_team, started_on, first_due_on,
            due_on)
        SELECT gen_random_uuid(), o.authority_id, o.code, o.rule_id, o.object_kind, o.object_id, o.for_team,
            o.started_on, given_due, given_due
        FROM nr3s_clock_owed o
        WHERE o.object_id = given_object AND o.code = given_code AND given_due >= o.started_on
        ON CONFLICT DO NOTHING
        RETURNING id, authority_id, started_on, due_on
    )
    INSERT INTO clock_change (id, authority_id, clock_id, kind, details, reason)
    SELECT gen_random_uuid(), s.authority_id, s.id, 'started',
        jsonb_build_object('on', s.started_on, 'due_on', s.due_on), ''
    FROM started s;
END $$
"""

# Of a person of one's own whom both councils agreed to be one with theirs: that another council took action against a
# driver's licence, as a driver check would tell it. Never why; for the rest it is asked in writing.
ACTED_ELSEWHERE = """
CREATE FUNCTION acted_elsewhere(given_person uuid) RETURNS TABLE (authority_id uuid, kind text, decided_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT d.authority_id, d.kind::text, d.decided_on
    FROM person own
    JOIN same_person s ON own.id IN (s.first_person_id, s.second_person_id) AND s.ended_at IS NULL AND NOT s.repeats
    JOIN adverse_decision d ON d.person_id IN (s.first_person_id, s.second_person_id) AND d.authority_id <> own.authority_id
    JOIN authority a ON a.id = d.authority_id AND a.agreement_signed_on <= current_date
        AND (a.valid_to IS NULL OR a.valid_to >= current_date)
    WHERE own.id = given_person AND own.authority_id = (SELECT acting_authority('casework.work'))
    ORDER BY 3 DESC NULLS LAST, 1, 2
$$
"""


def upgrade() -> None:
    op.execute("DELETE FROM application_item WHERE kind = 'nr3s_search'")
    admit("application_item", "kind", "item_kind", ITEM_KINDS)
    admit_also("consideration", "arising_kind", "arising", "nr3s_request")
    admit_also("import", "kind", "import_kind", "courts")
    op.execute(MEET_MARKERS)
    allow_call("meet_markers(uuid)", "PROCEDURE")
    for definition in (CLOCKS_OWED, OWED, START_CLOCK):
        op.execute(definition)
    op.execute(ACTED_ELSEWHERE)
    allow_call("acted_elsewhere(uuid)")
    allow_call("nr3s_clocks_owed()")
    allow_call("start_nr3s_clock(uuid, text, date)", "PROCEDURE")
