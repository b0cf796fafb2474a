-- As in 0063, of what stood corrected at the moment.
CREATE OR REPLACE FUNCTION figures_of_disruption(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH used AS MATERIALIZED (
        SELECT a.id, coalesce(a.place_authority_id, a.authority_id) AS authority_id, p.code, p.closes, min(e.on_day) AS on_day
        FROM disruption_action a JOIN power p ON p.id = a.power_id
        JOIN disruption_event e ON e.action_id = a.id AND e.kind IN ('served', 'in_force') AND e.at <= given_at AND NOT e.withdrawn AND NOT EXISTS (
            SELECT FROM disruption_event r WHERE r.replaces_id = e.id AND r.at <= given_at)
        WHERE coalesce(a.place_authority_id, a.authority_id) IN (SELECT figures_area()) AND a.recorded_at <= given_at
        GROUP BY a.id, a.place_authority_id, a.authority_id, p.code, p.closes
    ), lately AS (
        SELECT * FROM used u WHERE u.on_day BETWEEN given_from AND given_until
    ), counted AS (
        SELECT u.authority_id, 'disruption.' || u.code AS code FROM lately u
        UNION ALL SELECT z.authority_id, z.code FROM (SELECT DISTINCT u.authority_id, 'disruption.premises_closed.' || coalesce(
            CASE WHEN l.kind IN ('guesthouse', 'bed_and_breakfast') THEN 'guesthouse'
                WHEN l.kind IN ('pub', 'hotel') THEN l.kind WHEN l.kind IS NOT NULL THEN 'other' END,
            CASE WHEN t.name ~* '(guest ?house|bed (and|&) breakfast|b ?& ?b)' THEN 'guesthouse'
                WHEN t.name ~* '(\mhotel\M)' THEN 'hotel'
                WHEN t.name ~* '(\m(pub|inn|tavern|arms|public house|bar)\M)' THEN 'pub' ELSE 'other' END), coalesce(t.record_id::text, encode(t.name_key, 'hex') || t.postcode)
            FROM lately u JOIN disruption_target t ON t.action_id = u.id AND t.kind = 'premises'
            LEFT JOIN premises l ON l.id = t.record_id
            WHERE (u.closes OR u.code IN ('S169A', 'HSW22')) AND t.added_at <= given_at) z (authority_id, code, place)
        UNION ALL SELECT u.authority_id, 'disruption.breached' FROM used u
            JOIN disruption_event e ON e.action_id = u.id AND e.kind = 'breached' AND e.at <= given_at AND NOT e.withdrawn AND NOT EXISTS (
            SELECT FROM disruption_event r WHERE r.replaces_id = e.id AND r.at <= given_at)
            WHERE e.on_day BETWEEN given_from AND given_until
        UNION ALL SELECT u.authority_id, 'disruption.effect.' || r.effect FROM used u
            JOIN effect_review r ON r.action_id = u.id AND r.at <= given_at
            WHERE r.reviewed_on BETWEEN given_from AND given_until
        UNION ALL SELECT coalesce(b.of_authority_id, b.authority_id), 'test_purchases.' || w.word
            FROM test_purchase b CROSS JOIN LATERAL (VALUES (b.result::text), ('all')) w (word)
            WHERE coalesce(b.of_authority_id, b.authority_id) IN (SELECT figures_area()) AND b.recorded_at <= given_at
              AND b.on_day BETWEEN given_from AND given_until
        UNION ALL SELECT o.authority_id, 'operations.held' FROM operation o
            WHERE o.authority_id IN (SELECT figures_area()) AND o.recorded_at <= given_at AND o.begun_at <= given_at
              AND o.on_day BETWEEN given_from AND given_until
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$;

-- As in 0060, after what stands corrected.
CREATE OR REPLACE PROCEDURE let_hotel_notices_take_effect(IN given_day date, INOUT begun int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
BEGIN
    IF acting_job('begin_hotel_notices') IS NULL THEN
        RAISE EXCEPTION 'only the job begin_hotel_notices does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH due AS (
        SELECT a.id, a.authority_id, n.expires_on, n.officer, n.rank,
            greatest(n.effective_on, (
                SELECT max(e.on_day) FROM disruption_event e WHERE e.action_id = a.id AND NOT e.withdrawn
                  AND NOT EXISTS (SELECT FROM disruption_event r WHERE r.replaces_id = e.id))) AS on_day,
            (SELECT max(e.number) FROM disruption_event e WHERE e.action_id = a.id) + 1 AS number,
            (SELECT s.recorded_by FROM hotel_notice_service s WHERE s.notice_id = n.id
             ORDER BY s.recorded_at, s.id LIMIT 1) AS by_id
        FROM hotel_notice n JOIN disruption_action a ON a.id = n.action_id
        WHERE n.effective_on <= given_day AND n.expires_on >= given_day
          AND a.state = 'served' AND NOT a.appeal_open AND a.ended_on IS NULL
        FOR UPDATE OF a
    ), told AS (
        INSERT INTO disruption_event (id, authority_id, action_id, number, kind, on_day, ends_on, officer, rank, by_id)
        SELECT gen_random_uuid(), d.authority_id, d.id, d.number, 'in_force', d.on_day, d.expires_on, d.officer, d.rank,
            d.by_id
        FROM due d
    ), stands AS (
        UPDATE disruption_action a SET state = 'in_force', in_force_on = d.on_day, ends_on = d.expires_on
        FROM due d WHERE a.id = d.id
    )
    INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id, details)
    SELECT gen_random_uuid(), d.authority_id, 'changed', 'records', 'disruption_action', d.id,
        jsonb_build_object('what', 'in_force', 'on', d.on_day, 'by', 'the day that the notice names')
    FROM due d;
    GET DIAGNOSTICS begun = ROW_COUNT;
END $$;
