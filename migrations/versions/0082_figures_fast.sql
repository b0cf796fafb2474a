-- What a council has recorded at all, of several periods at once: each thing since which day, and so whether by the end of
-- a period. Where it is nothing, a count of it is not known, and no nought. Decisions are known from the first that was
-- made by the first day on. Of disruption and operations, which agencies record for all councils: whether anybody has.
CREATE FUNCTION figures_recorded(given_firsts date[], given_lasts date[], given_at timestamptz) RETURNS TABLE (place bigint, authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH area AS MATERIALIZED (
        SELECT a.id, a.valid_from, a.valid_to FROM authority a WHERE a.id IN (SELECT returns_area())
    ), register AS MATERIALIZED (
        SELECT l.authority_id, l.kind::text AS kind, min(coalesce(e.decided_on, e.notified_on, e.effective_on, e.starts_on)) AS day
        FROM licence l JOIN licence_event e ON e.licence_id = l.id
        WHERE l.authority_id IN (SELECT id FROM area) AND l.recorded_at <= given_at
          AND e.recorded_at <= given_at AND (e.superseded_at IS NULL OR e.superseded_at > given_at)
        GROUP BY 1, 2
    ), register_word (word, kinds) AS (VALUES
        ('drivers', ARRAY['hackney_carriage_driver', 'private_hire_driver', 'dual_driver']),
        ('decisions', ARRAY['hackney_carriage_driver', 'private_hire_driver', 'dual_driver']),
        ('vehicles', ARRAY['hackney_carriage_vehicle', 'private_hire_vehicle']),
        ('operators', ARRAY['private_hire_operator']),
        ('premises', ARRAY['premises_licence', 'club_premises_certificate']),
        ('premises_decisions', ARRAY['premises_licence', 'club_premises_certificate']),
        ('county_transport_badge', ARRAY['county_transport_badge']),
        ('personal_licence', ARRAY['personal_licence']),
        ('hmo_licence', ARRAY['hmo_licence']),
        ('food_registration', ARRAY['food_registration']),
        ('gambling_premises', ARRAY['gambling_premises']),
        ('sexual_entertainment_venue', ARRAY['sexual_entertainment_venue']),
        ('street_trading', ARRAY['street_trading'])
    ), first_day (authority_id, word, day) AS (
        SELECT r.authority_id, w.word, min(r.day) FROM register r JOIN register_word w ON r.kind = ANY (w.kinds) GROUP BY 1, 2
        UNION ALL SELECT s.authority_id, 'nr3s_searches', min(s.searched_on) FROM nr3s_search s
            WHERE s.recorded_at <= given_at GROUP BY 1
        UNION ALL SELECT n.authority_id, 'nr3s_entries', min(n.notified_on) FROM nr3s_entry n
            WHERE n.recorded_at <= given_at GROUP BY 1
        UNION ALL SELECT c.authority_id, 'dbs', min(c.checked_on) FROM vetting_check c
            WHERE c.recorded_at <= given_at AND c.kind IN ('enhanced_dbs', 'dbs_status') GROUP BY 1
        UNION ALL SELECT t.authority_id, 'training', min(t.completed_on) FROM training_record t
            WHERE t.recorded_at <= given_at AND t.audience = 'driver' GROUP BY 1
        UNION ALL SELECT c.authority_id, 'clocks', min(c.started_on) FROM clock c
            WHERE c.recorded_at <= given_at AND c.code NOT LIKE 'LADO%' GROUP BY 1
        UNION ALL SELECT r.authority_id, 'concerns_sent', min(r.aware_on) FROM request_out r
            WHERE r.recorded_at <= given_at AND r.kind = 'concern' GROUP BY 1
        UNION ALL SELECT r.authority_id, 'concerns_received', min(r.received_on) FROM request_in r
            WHERE r.recorded_at <= given_at AND r.kind = 'concern' GROUP BY 1
        UNION ALL SELECT DISTINCT w.authority_id, 'operator_drivers', CAST('-infinity' AS date) FROM operator_driver w
            WHERE w.at <= given_at
        UNION ALL SELECT c.authority_id, 'courts', min(c.started_on) FROM court_case c WHERE c.at <= given_at GROUP BY 1
        UNION ALL SELECT o.authority_id, 'training_offers', min(o.offered_at)::date FROM training_offer o
            WHERE o.offered_at <= given_at GROUP BY 1
        UNION ALL SELECT b.authority_id, 'imports', min(b.at)::date FROM registers_brought_in(given_at) b GROUP BY 1
        UNION ALL SELECT a.id, 'disruption', (SELECT min(d.considered_on) FROM disruption_action d WHERE d.recorded_at <= given_at) FROM area a
        UNION ALL SELECT a.id, 'operations', (SELECT min(o.on_day) FROM operation o WHERE o.recorded_at <= given_at) FROM area a
        UNION ALL SELECT a.id, 'test_purchases', (SELECT min(t.on_day) FROM test_purchase t WHERE t.recorded_at <= given_at) FROM area a
    ), period AS (
        SELECT p.first, p.last, p.place FROM unnest(given_firsts, given_lasts) WITH ORDINALITY AS p (first, last, place)
    )
    SELECT p.place, a.id, 'recorded.existed', 1::bigint FROM period p
        JOIN area a ON a.valid_from <= p.first AND (a.valid_to IS NULL OR a.valid_to >= p.last)
    UNION ALL SELECT p.place, f.authority_id, 'recorded.' || f.word, 1 FROM period p
        JOIN first_day f ON f.day <= CASE WHEN f.word IN ('decisions', 'premises_decisions') THEN p.first ELSE p.last END
        WHERE f.authority_id IN (SELECT id FROM area)
$$;
