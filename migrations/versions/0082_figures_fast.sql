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

-- What was in force on several days at once, as it was believed at a moment. ROWS: about a county's, for the planner.
CREATE FUNCTION in_force_on_days(given_days date[], given_at timestamptz)
RETURNS TABLE (place bigint, authority_id uuid, person_id uuid, kind text, vehicle_id uuid)
LANGUAGE sql STABLE ROWS 50000 SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH area AS MATERIALIZED (
        SELECT id FROM returns_area() AS a (id)
    ), since AS MATERIALIZED (
        SELECT k.licence_id, min(k.replaced_at) AS replaced_at FROM licence_period_kept k
        WHERE k.replaced_at > given_at GROUP BY k.licence_id
    ), believed AS (
        SELECT p.licence_id, p.authority_id, p.person_id, p.kind::text, p.from_on, p.until_on FROM licence_period p
        WHERE p.authority_id IN (SELECT id FROM area) AND NOT EXISTS (SELECT FROM since s WHERE s.licence_id = p.licence_id)
          AND p.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
        UNION ALL
        SELECT k.licence_id, k.authority_id, k.person_id, k.kind, k.from_on, k.until_on FROM licence_period_kept k
        JOIN since s ON s.licence_id = k.licence_id AND s.replaced_at = k.replaced_at
        WHERE k.authority_id IN (SELECT id FROM area)
          AND k.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
    )
    SELECT d.place, b.authority_id, b.person_id, b.kind, l.vehicle_id
    FROM believed b JOIN licence l ON l.id = b.licence_id AND l.recorded_at <= given_at
    JOIN unnest(given_days) WITH ORDINALITY AS d (day, place) ON b.from_on <= d.day AND b.until_on > d.day
$$;

-- As in 0058, of several periods at once, and with the vehicles whose licences are in force (0057).
CREATE FUNCTION figures_of_holders(given_firsts date[], given_lasts date[], given_at timestamptz) RETURNS TABLE (place bigint, authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH period AS MATERIALIZED (
        SELECT p.last, p.place FROM unnest(given_lasts) WITH ORDINALITY AS p (last, place)
    ), held AS MATERIALIZED (
        SELECT * FROM in_force_on_days(given_lasts, given_at)
    ), driver AS MATERIALIZED (
        SELECT DISTINCT h.place, h.authority_id, h.person_id FROM held h
        WHERE h.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver') AND h.person_id IS NOT NULL
    ), training AS MATERIALIZED (
        SELECT r.person_id, r.course_version_id, r.completed_on, r.expires_on FROM training_record r
        WHERE r.recorded_at <= given_at AND (r.superseded_at IS NULL OR r.superseded_at > given_at) AND r.result = 'passed' AND r.audience = 'driver'
    ), linked AS (
        SELECT s.first_person_id AS own_id, s.first_authority_id AS authority_id, s.second_person_id AS other_id FROM same_person s
        WHERE s.since <= given_at AND (s.ended_at IS NULL OR s.ended_at > given_at) AND NOT s.repeats
        UNION ALL
        SELECT s.second_person_id, s.second_authority_id, s.first_person_id FROM same_person s
        WHERE s.since <= given_at AND (s.ended_at IS NULL OR s.ended_at > given_at) AND NOT s.repeats
    ), passed AS (
        SELECT p.place, t.person_id AS own_id FROM training t
        JOIN period p ON t.completed_on <= p.last AND (t.expires_on IS NULL OR t.expires_on >= p.last)
        UNION
        SELECT p.place, e.own_id FROM linked e JOIN training t ON t.person_id = e.other_id
        JOIN period p ON t.completed_on <= p.last AND (t.expires_on IS NULL OR t.expires_on >= p.last)
        WHERE coalesce((
            SELECT a.accepted FROM course_version v JOIN course_acceptance a ON a.course_id = v.course_id
            WHERE v.id = t.course_version_id AND a.authority_id = e.authority_id AND a.valid_from <= p.last
              AND a.recorded_at <= given_at
            ORDER BY a.valid_from DESC, a.recorded_at DESC LIMIT 1), false)
    ), looked AS (
        SELECT DISTINCT p.place, c.person_id FROM vetting_check c
        JOIN period p ON c.checked_on <= p.last AND c.checked_on > p.last - interval '6 months'
        WHERE c.recorded_at <= given_at AND (c.superseded_at IS NULL OR c.superseded_at > given_at) AND c.kind IN ('enhanced_dbs', 'dbs_status') AND c.result = 'satisfied'
    ), birth AS (
        SELECT DISTINCT ON (k.person_id) k.person_id, k.was_known FROM person_birth_kept k WHERE k.replaced_at > given_at
        ORDER BY k.person_id, k.replaced_at
    ), without_birth AS MATERIALIZED (
        SELECT p.id FROM person p LEFT JOIN birth b ON b.person_id = p.id
        WHERE NOT coalesce(b.was_known, p.date_of_birth IS NOT NULL)
    )
    SELECT h.place, h.authority_id, 'licences.' || h.kind || '.in_force', count(*) FROM held h GROUP BY 1, 2, 3
    UNION ALL SELECT h.place, h.authority_id, 'vehicles.' || h.kind || CASE WHEN v.wheelchair_accessible THEN '.accessible'
            WHEN NOT v.wheelchair_accessible THEN '.not_accessible' ELSE '.not_recorded' END, count(*)
        FROM held h JOIN vehicle v ON v.id = h.vehicle_id
        WHERE h.kind IN ('hackney_carriage_vehicle', 'private_hire_vehicle') GROUP BY 1, 2, 3
    UNION ALL SELECT d.place, d.authority_id, 'holders.drivers', count(*) FROM driver d GROUP BY 1, 2
    UNION ALL SELECT d.place, d.authority_id, 'vetting.dbs_current', count(*) FROM driver d
        JOIN looked c ON c.place = d.place AND c.person_id = d.person_id GROUP BY 1, 2
    UNION ALL SELECT d.place, d.authority_id, 'training.in_date', count(*) FROM driver d
        JOIN passed t ON t.place = d.place AND t.own_id = d.person_id GROUP BY 1, 2
    UNION ALL SELECT d.place, d.authority_id, 'quality.no_date_of_birth', count(*) FROM driver d
        JOIN without_birth p ON p.id = d.person_id GROUP BY 1, 2
$$;

-- As in 0057, without what is recorded at all (0076) and without vehicles, which figures_of_holders counts now.
CREATE OR REPLACE FUNCTION figures_of_returns(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH RECURSIVE happened AS MATERIALIZED (
        SELECT e.id, e.authority_id, e.kind, l.kind AS licence_kind, e.supersedes_id
        FROM licence_event e JOIN licence l ON l.id = e.licence_id
        WHERE e.authority_id IN (SELECT returns_area())
          AND e.recorded_at <= given_at AND (e.superseded_at IS NULL OR e.superseded_at > given_at)
          AND l.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
          AND e.kind IN ('granted', 'renewed', 'refused', 'renewal_refused', 'suspended', 'revoked')
          AND coalesce(e.decided_on, e.notified_on, e.effective_on, e.starts_on) BETWEEN given_from AND given_until
    ), said (id, said_id, before_id) AS (
        SELECT h.id, h.id, h.supersedes_id FROM happened h
        WHERE h.kind IN ('refused', 'renewal_refused', 'suspended', 'revoked')
        UNION ALL
        SELECT s.id, e.id, e.supersedes_id FROM said s JOIN licence_event e ON e.id = s.before_id
    ), limb AS (
        SELECT DISTINCT s.id, unnest(n.limbs) AS word FROM said s
        JOIN decision n ON n.event_id = s.said_id AND n.recorded_at <= given_at
    ), counted AS (
        SELECT h.authority_id, 'decisions.' || h.kind || '.' || h.licence_kind AS code FROM happened h
        UNION ALL SELECT h.authority_id, 'decisions.renewed' FROM happened h WHERE h.kind = 'renewed'
        UNION ALL SELECT h.authority_id, 'decisions.' || h.kind || '.about.' || coalesce(b.word, 'not_recorded')
            FROM happened h LEFT JOIN limb b ON b.id = h.id
            WHERE h.kind IN ('refused', 'renewal_refused', 'suspended', 'revoked')
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$;
