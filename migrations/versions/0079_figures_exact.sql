-- As in 0063, and: a period that was missed stays so, and was not kept in time, though another day was given to it later;
-- and none is missed or overdue on a day on which it was paused.
CREATE OR REPLACE FUNCTION figures_of_clocks(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH change AS MATERIALIZED (
        SELECT h.clock_id, h.kind, h.at, h.id, h.at::date AS on_day,
            (h.details ->> 'before')::date AS before_on, (h.details ->> 'after')::date AS after_on
        FROM clock_change h WHERE h.kind IN ('paused', 'resumed', 'given_another_day') AND h.at <= given_at
          AND h.authority_id IN (SELECT figures_area())
    ), moved AS MATERIALIZED (
        SELECT DISTINCT ON (h.clock_id) h.clock_id, h.after_on AS due_on FROM change h WHERE h.kind <> 'paused'
        ORDER BY h.clock_id, h.at DESC, h.id
    ), paused AS MATERIALIZED (
        SELECT p.clock_id, p.on_day AS from_on, (
            SELECT min(r.on_day) FROM change r WHERE r.clock_id = p.clock_id AND r.kind = 'resumed' AND r.at > p.at) AS until_on
        FROM change p WHERE p.kind = 'paused'
    ), passed AS MATERIALIZED (
        SELECT h.clock_id, min(h.before_on) AS on_day FROM change h
        WHERE h.kind = 'given_another_day' AND h.on_day > h.before_on AND NOT EXISTS (
            SELECT FROM paused p WHERE p.clock_id = h.clock_id AND p.from_on <= h.before_on
              AND (p.until_on IS NULL OR p.until_on > h.before_on))
        GROUP BY 1
    ), known AS MATERIALIZED (
        SELECT c.id, c.authority_id, lower(c.code) AS code, coalesce(m.due_on, c.first_due_on) AS due_on,
            s.on_day AS passed_on,
            CASE WHEN EXISTS (
                SELECT FROM clock_change h WHERE h.clock_id = c.id AND h.kind = 'met' AND h.at <= given_at
            ) THEN c.met_on END AS met_on,
            CASE WHEN c.ceased_at <= given_at THEN c.ceased_at::date END AS ceased_on,
            least(given_until, given_at::date) AS last_day
        FROM clock c LEFT JOIN moved m ON m.clock_id = c.id LEFT JOIN passed s ON s.clock_id = c.id
        WHERE c.authority_id IN (SELECT figures_area()) AND c.recorded_at <= given_at AND c.code NOT LIKE 'LADO%'
    ), judged AS MATERIALIZED (
        SELECT k.*, k.due_on < k.last_day AND (k.met_on IS NULL OR k.met_on > k.last_day)
              AND (k.ceased_on IS NULL OR k.ceased_on > k.last_day) AND NOT z.rests AS is_overdue, z.rests,
            coalesce(k.passed_on, CASE WHEN (k.met_on IS NULL OR k.met_on > k.due_on)
              AND (k.ceased_on IS NULL OR k.ceased_on > k.due_on) AND NOT z.rested THEN k.due_on END) AS missed_on
        FROM known k CROSS JOIN LATERAL (
            SELECT EXISTS (SELECT FROM paused p WHERE p.clock_id = k.id AND p.from_on <= k.last_day
                  AND (p.until_on IS NULL OR p.until_on > k.last_day)) AS rests,
                EXISTS (SELECT FROM paused p WHERE p.clock_id = k.id AND p.from_on <= k.due_on
                  AND (p.until_on IS NULL OR p.until_on > k.due_on)) AS rested) z
    ), counted AS (
        SELECT j.authority_id, 'clocks.' || j.code || '.met' AS code FROM judged j
            WHERE j.met_on BETWEEN given_from AND given_until AND j.met_on <= j.due_on AND j.passed_on IS NULL
        UNION ALL SELECT j.authority_id, 'clocks.' || j.code || '.missed' FROM judged j
            WHERE j.missed_on BETWEEN given_from AND given_until AND j.missed_on < least(given_until + 1, given_at::date)
        UNION ALL SELECT j.authority_id, 'clocks.' || j.code || '.overdue' FROM judged j WHERE j.is_overdue
        UNION ALL SELECT j.authority_id, 'clocks.effect_reviews.overdue' FROM judged j
            WHERE j.code IN ('effect_30', 'effect_90') AND j.is_overdue
        UNION ALL SELECT j.authority_id, 'clocks.effect_reviews.running' FROM judged j
            WHERE j.code IN ('effect_30', 'effect_90') AND j.due_on <= j.last_day AND NOT j.rests
              AND (j.met_on IS NULL OR j.met_on >= given_from) AND (j.ceased_on IS NULL OR j.ceased_on >= given_from)
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$;
