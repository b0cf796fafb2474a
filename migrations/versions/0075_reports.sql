-- How many of a licensing officer's records are about a target, without a word of any: so many days before the action
-- took effect, and as many after. Nothing where no target is linked with a register: then nothing can be counted.
--
-- As signals count them: a concern that led to a complaint about a target is that complaint, and one that was passed on
-- counts once, on the day on which it first came in.
CREATE OR REPLACE FUNCTION reports_about(given_action uuid, given_days integer)
RETURNS TABLE (earlier integer, later integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH target AS (
        SELECT t.record_id, a.in_force_on FROM disruption_target t JOIN disruption_action a ON a.id = t.action_id
        WHERE t.action_id = given_action AND t.record_id IS NOT NULL AND a.in_force_on IS NOT NULL
          AND given_action IN (SELECT known_actions()) AND given_days IN (30, 90)
          AND current_date >= a.in_force_on + given_days
    ), told (id, day) AS (
        SELECT c.id, c.received_on - t.in_force_on FROM complaint c
        JOIN target t ON t.record_id IN (c.person_id, c.organisation_id, c.vehicle_id)
        UNION ALL
        SELECT coalesce(n.passed_from_id, n.id), n.raised_on - t.in_force_on FROM concern n
        JOIN concern_step s ON s.concern_id = n.id AND s.kind = 'linked'
        JOIN target t ON t.record_id = s.object_id
        WHERE NOT EXISTS (
            SELECT FROM concern_step l JOIN complaint c ON c.id = l.object_id
            JOIN target o ON o.record_id IN (c.person_id, c.organisation_id, c.vehicle_id)
            WHERE l.concern_id = n.id AND l.kind = 'complaint')
    ), report AS (
        SELECT min(d.day) AS day FROM told d GROUP BY d.id
    )
    SELECT (SELECT count(*) FROM report WHERE day BETWEEN -given_days AND -1)::integer,
        (SELECT count(*) FROM report WHERE day BETWEEN 0 AND given_days - 1)::integer
    WHERE EXISTS (SELECT FROM target)
$$
