-- As in 0058, and: cases that were referred or closed are counted of whole years to 31 March, and those that are open at the
-- end of a quarter. Twelve months that move by one, or end on any day, would tell the cases of that month or day, one
-- taken from the other; years that do not overlap leave nothing over.
CREATE OR REPLACE FUNCTION figures_of_allegations(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH stood AS MATERIALIZED (
        SELECT DISTINCT ON (k.case_id) k.* FROM lado_case_kept k WHERE k.replaced_at > given_at
        ORDER BY k.case_id, k.replaced_at
    ), outcome AS MATERIALIZED (
        SELECT DISTINCT ON (k.allegation_id) k.allegation_id, k.outcome FROM allegation_kept k
        WHERE k.replaced_at > given_at ORDER BY k.allegation_id, k.replaced_at
    ), believed AS (
        SELECT c.id, c.authority_id, c.sector::text, c.referred_on, c.threshold_met, c.threshold_on, c.closed_on
        FROM lado_case c
        WHERE c.recorded_at <= given_at AND NOT EXISTS (SELECT FROM stood s WHERE s.case_id = c.id)
        UNION ALL
        SELECT s.case_id, s.authority_id, s.sector, s.referred_on, s.threshold_met, s.threshold_on, s.closed_on
        FROM stood s JOIN lado_case c ON c.id = s.case_id AND c.recorded_at <= given_at
    ), known AS MATERIALIZED (
        SELECT c.*, d.last_day, (date_trunc('quarter', d.last_day + 1) - interval '1 day')::date AS quarter_end,
            (make_date(extract(year FROM d.last_day + 1 - interval '3 months')::int, 4, 1) - 1) AS year_end
        FROM believed c JOIN authority a ON a.id = c.authority_id
        CROSS JOIN (SELECT least(given_until, given_at::date)) d (last_day)
        WHERE c.authority_id IN (SELECT figures_area()) AND a.tier = 'county'
          AND c.sector IN ('licensed_driver', 'operator_staff', 'passenger_assistant')
    ), considered AS (
        SELECT k.id, k.authority_id, min(n.on_day) AS on_day, k.referred_on
        FROM known k JOIN case_release r ON r.case_id = k.id
        JOIN relied_item i ON i.release_id = r.id AND i.relied_at <= given_at
        LEFT JOIN decision d ON d.id = i.object_id AND i.object_kind = 'decision'
        JOIN consideration c ON c.opened_at <= given_at
          AND c.id = CASE i.object_kind WHEN 'consideration' THEN i.object_id ELSE d.consideration_id END
        CROSS JOIN LATERAL (
            SELECT CASE WHEN c.opened_on >= k.referred_on THEN c.opened_on ELSE i.relied_at::date END) n (on_day)
        WHERE k.referred_on IS NOT NULL GROUP BY k.id, k.authority_id, k.referred_on, k.last_day
        HAVING min(n.on_day) <= k.last_day AND min(n.on_day) > k.last_day - interval '12 months'
    ), counted AS (
        SELECT k.authority_id, 'open' AS word FROM known k
            WHERE k.threshold_met AND k.threshold_on <= k.quarter_end AND (k.closed_on IS NULL OR k.closed_on > k.quarter_end)
        UNION ALL SELECT k.authority_id, 'referred' FROM known k
            WHERE k.referred_on > k.year_end - interval '12 months' AND k.referred_on <= k.year_end
        UNION ALL SELECT k.authority_id, w.word FROM known k CROSS JOIN LATERAL (VALUES ('closed', true),
                ('closed_in_3_months', k.closed_on <= k.referred_on + interval '3 months'),
                ('substantiated', EXISTS (
                    SELECT FROM allegation g LEFT JOIN outcome o ON o.allegation_id = g.id
                    WHERE g.case_id = k.id AND g.recorded_at <= given_at
                      AND coalesce(o.outcome, g.outcome) = 'substantiated'))) w (word, holds)
            WHERE w.holds AND k.threshold_met
              AND k.closed_on > k.year_end - interval '12 months' AND k.closed_on <= k.year_end
    )
    SELECT c.authority_id, 'lado.licensed_transport.' || c.word, count(*) FROM counted c GROUP BY 1, 2
    UNION ALL
    SELECT n.authority_id, 'lado.days_to_consideration', percentile_disc(0.5) WITHIN GROUP (ORDER BY n.on_day - n.referred_on)
        FROM considered n GROUP BY 1 HAVING count(*) >= 10
$$;

-- As in 0058, and: what was due on the last day and was not done by the end of it was missed; of the reviews of actions,
-- those that were to be made by then are the whole.
CREATE OR REPLACE FUNCTION figures_of_clocks(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH moved AS MATERIALIZED (
        SELECT DISTINCT ON (h.clock_id) h.clock_id, (h.details ->> 'after')::date AS due_on FROM clock_change h
        WHERE h.kind IN ('resumed', 'given_another_day') AND h.at <= given_at AND h.authority_id IN (SELECT figures_area())
        ORDER BY h.clock_id, h.at DESC, h.id
    ), known AS MATERIALIZED (
        SELECT c.authority_id, lower(c.code) AS code, c.started_on, coalesce(m.due_on, c.first_due_on) AS due_on,
            CASE WHEN EXISTS (
                SELECT FROM clock_change h WHERE h.clock_id = c.id AND h.kind = 'met' AND h.at <= given_at
            ) THEN c.met_on END AS met_on,
            CASE WHEN c.ceased_at <= given_at THEN c.ceased_at::date END AS ceased_on,
            least(given_until, given_at::date) AS last_day
        FROM clock c LEFT JOIN moved m ON m.clock_id = c.id
        WHERE c.authority_id IN (SELECT figures_area()) AND c.recorded_at <= given_at AND c.code NOT LIKE 'LADO%'
    ), counted AS (
        SELECT k.authority_id, 'clocks.' || k.code || '.met' AS code FROM known k
            WHERE k.met_on BETWEEN given_from AND given_until AND k.met_on <= k.due_on
        UNION ALL SELECT k.authority_id, 'clocks.' || k.code || '.missed' FROM known k
            WHERE k.due_on BETWEEN given_from AND given_until AND k.due_on < least(given_until + 1, given_at::date)
              AND (k.met_on IS NULL OR k.met_on > k.due_on) AND (k.ceased_on IS NULL OR k.ceased_on > k.due_on)
        UNION ALL SELECT k.authority_id, 'clocks.' || k.code || '.overdue' FROM known k
            WHERE k.due_on < k.last_day AND (k.met_on IS NULL OR k.met_on > k.last_day)
              AND (k.ceased_on IS NULL OR k.ceased_on > k.last_day)
        UNION ALL SELECT k.authority_id, 'clocks.effect_reviews.overdue' FROM known k
            WHERE k.code IN ('effect_30', 'effect_90') AND k.due_on < k.last_day
              AND (k.met_on IS NULL OR k.met_on > k.last_day) AND (k.ceased_on IS NULL OR k.ceased_on > k.last_day)
        UNION ALL SELECT k.authority_id, 'clocks.effect_reviews.running' FROM known k
            WHERE k.code IN ('effect_30', 'effect_90') AND k.due_on <= k.last_day
              AND (k.met_on IS NULL OR k.met_on >= given_from) AND (k.ceased_on IS NULL OR k.ceased_on >= given_from)
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$;

-- As in 0058, and: a place that a notice and then an order closed was closed once.
CREATE OR REPLACE FUNCTION figures_of_disruption(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH used AS MATERIALIZED (
        SELECT a.id, coalesce(a.place_authority_id, a.authority_id) AS authority_id, p.code, p.closes, min(e.on_day) AS on_day
        FROM disruption_action a JOIN power p ON p.id = a.power_id
        JOIN disruption_event e ON e.action_id = a.id AND e.kind IN ('served', 'in_force') AND e.at <= given_at
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
            JOIN disruption_event e ON e.action_id = u.id AND e.kind = 'breached' AND e.at <= given_at
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
