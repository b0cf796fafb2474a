-- Figures as at a moment, of what was put right since: what a case of the designated officer's, a date of birth and the
-- day of a clock were believed to be, is kept when it is changed, or read from what happened to the clock.

-- For a county its districts too, and for a district itself. The console connects as the owner, and counts everything;
-- so does the job that drafts the month's briefings, which gives each council no more than its own (briefings/monthly.py).
CREATE OR REPLACE FUNCTION figures_area() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    SELECT b.id FROM authority a JOIN authority b ON b.id = a.id OR (a.tier = 'county' AND b.tier = 'district')
    WHERE a.id = acting_authority('figures.read')
    UNION
    SELECT id FROM authority WHERE session_user = current_user OR acting_job('draft_briefings') IS NOT NULL
$$;

CREATE FUNCTION keep_case_as_believed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO lado_case_kept (
        case_id, replaced_at, authority_id, sector, referred_on, threshold_met, threshold_on, closed_on)
    VALUES (OLD.id, now(), OLD.authority_id, OLD.sector, OLD.referred_on, OLD.threshold_met, OLD.threshold_on, OLD.closed_on)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION keep_outcome_as_believed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO allegation_kept (allegation_id, replaced_at, authority_id, outcome)
    VALUES (OLD.id, now(), OLD.authority_id, OLD.outcome) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- Whether it was known, and no day.
CREATE FUNCTION keep_birth_as_believed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO person_birth_kept (person_id, replaced_at, authority_id, was_known)
    VALUES (OLD.id, now(), OLD.authority_id, OLD.date_of_birth IS NOT NULL) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION figures_of_holders(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH held AS MATERIALIZED (
        SELECT * FROM in_force_as_at(given_until, given_at)
    ), driver AS MATERIALIZED (
        SELECT DISTINCT h.authority_id, h.person_id FROM held h WHERE h.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver') AND h.person_id IS NOT NULL
    ), passed AS (
        SELECT r.person_id AS own_id FROM training_record r
        WHERE r.recorded_at <= given_at AND (r.superseded_at IS NULL OR r.superseded_at > given_at) AND r.result = 'passed' AND r.audience = 'driver'
          AND r.completed_on <= given_until AND (r.expires_on IS NULL OR r.expires_on >= given_until)
        UNION
        SELECT ends.own_id FROM (
            SELECT s.first_person_id, s.first_authority_id, s.second_person_id FROM same_person s
            WHERE s.since <= given_at AND (s.ended_at IS NULL OR s.ended_at > given_at) AND NOT s.repeats
            UNION ALL
            SELECT s.second_person_id, s.second_authority_id, s.first_person_id FROM same_person s
            WHERE s.since <= given_at AND (s.ended_at IS NULL OR s.ended_at > given_at) AND NOT s.repeats
        ) ends (own_id, authority_id, other_id)
        JOIN training_record r ON r.person_id = ends.other_id
        WHERE r.recorded_at <= given_at AND (r.superseded_at IS NULL OR r.superseded_at > given_at) AND r.result = 'passed' AND r.audience = 'driver'
          AND r.completed_on <= given_until AND (r.expires_on IS NULL OR r.expires_on >= given_until)
          AND coalesce((
            SELECT a.accepted FROM course_version v JOIN course_acceptance a ON a.course_id = v.course_id
            WHERE v.id = r.course_version_id AND a.authority_id = ends.authority_id AND a.valid_from <= given_until
              AND a.recorded_at <= given_at
            ORDER BY a.valid_from DESC, a.recorded_at DESC LIMIT 1), false)
    ), looked AS (
        SELECT DISTINCT c.person_id FROM vetting_check c
        WHERE c.recorded_at <= given_at AND (c.superseded_at IS NULL OR c.superseded_at > given_at) AND c.kind IN ('enhanced_dbs', 'dbs_status') AND c.result = 'satisfied'
          AND c.checked_on <= given_until AND c.checked_on > given_until - interval '6 months'
    )
    SELECT h.authority_id, 'licences.' || h.kind || '.in_force', count(*) FROM held h GROUP BY 1, 2
    UNION ALL SELECT d.authority_id, 'holders.drivers', count(*) FROM driver d GROUP BY 1
    UNION ALL SELECT d.authority_id, 'vetting.dbs_current', count(*) FROM driver d
        JOIN looked c ON c.person_id = d.person_id GROUP BY 1
    UNION ALL SELECT d.authority_id, 'training.in_date', count(*) FROM driver d
        JOIN passed t ON t.own_id = d.person_id GROUP BY 1
    UNION ALL SELECT d.authority_id, 'quality.no_date_of_birth', count(*) FROM driver d
        JOIN person p ON p.id = d.person_id
        LEFT JOIN LATERAL (
            SELECT k.was_known FROM person_birth_kept k WHERE k.person_id = p.id AND k.replaced_at > given_at
            ORDER BY k.replaced_at LIMIT 1) before ON true
        WHERE NOT coalesce(before.was_known, p.date_of_birth IS NOT NULL) GROUP BY 1
$$;

-- A clock is due on the day that it had last been given by the moment. Of the designated officer's clocks nothing: even
-- how many there are would tell of a case.
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
            WHERE k.due_on BETWEEN given_from AND given_until AND k.due_on < k.last_day
              AND (k.met_on IS NULL OR k.met_on > k.due_on) AND (k.ceased_on IS NULL OR k.ceased_on > k.due_on)
        UNION ALL SELECT k.authority_id, 'clocks.' || k.code || '.overdue' FROM known k
            WHERE k.due_on < k.last_day AND (k.met_on IS NULL OR k.met_on > k.last_day)
              AND (k.ceased_on IS NULL OR k.ceased_on > k.last_day)
        UNION ALL SELECT k.authority_id, 'clocks.effect_reviews.overdue' FROM known k
            WHERE k.code IN ('effect_30', 'effect_90') AND k.due_on < k.last_day
              AND (k.met_on IS NULL OR k.met_on > k.last_day) AND (k.ceased_on IS NULL OR k.ceased_on > k.last_day)
        UNION ALL SELECT k.authority_id, 'clocks.effect_reviews.running' FROM known k
            WHERE k.code IN ('effect_30', 'effect_90') AND k.started_on <= k.last_day
              AND (k.met_on IS NULL OR k.met_on >= given_from) AND (k.ceased_on IS NULL OR k.ceased_on >= given_from)
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c GROUP BY 1, 2
$$;

-- Of a county, over twelve months, so that no month tells of a case. The median of fewer than ten cases is not given: it
-- would be somebody's own days.
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
        SELECT c.*, least(given_until, given_at::date) AS last_day FROM believed c JOIN authority a ON a.id = c.authority_id
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
            WHERE k.threshold_met AND k.threshold_on <= k.last_day AND (k.closed_on IS NULL OR k.closed_on > k.last_day)
        UNION ALL SELECT k.authority_id, 'referred' FROM known k
            WHERE k.referred_on > k.last_day - interval '12 months' AND k.referred_on <= k.last_day
        UNION ALL SELECT k.authority_id, w.word FROM known k CROSS JOIN LATERAL (VALUES ('closed', true),
                ('closed_in_3_months', k.closed_on <= k.referred_on + interval '3 months'),
                ('substantiated', EXISTS (
                    SELECT FROM allegation g LEFT JOIN outcome o ON o.allegation_id = g.id
                    WHERE g.case_id = k.id AND g.recorded_at <= given_at
                      AND coalesce(o.outcome, g.outcome) = 'substantiated'))) w (word, holds)
            WHERE w.holds AND k.threshold_met
              AND k.closed_on > k.last_day - interval '12 months' AND k.closed_on <= k.last_day
    )
    SELECT c.authority_id, 'lado.licensed_transport.' || c.word, count(*) FROM counted c GROUP BY 1, 2
    UNION ALL
    SELECT n.authority_id, 'lado.days_to_consideration', percentile_disc(0.5) WITHIN GROUP (ORDER BY n.on_day - n.referred_on)
        FROM considered n GROUP BY 1 HAVING count(*) >= 10
$$;

-- A place that is not linked to the register of premises is of the kind that its name says. Closed is also one where a
-- notice stops what it is used for: the sale of alcohol (2003 Act s.169A), or what puts people at risk (1974 Act s.22).
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
        UNION ALL SELECT u.authority_id, 'disruption.premises_closed.' || coalesce(
            CASE WHEN l.kind IN ('guesthouse', 'bed_and_breakfast') THEN 'guesthouse'
                WHEN l.kind IN ('pub', 'hotel') THEN l.kind WHEN l.kind IS NOT NULL THEN 'other' END,
            CASE WHEN t.name ~* '(guest ?house|bed (and|&) breakfast|b ?& ?b)' THEN 'guesthouse'
                WHEN t.name ~* '(\mhotel\M)' THEN 'hotel'
                WHEN t.name ~* '(\m(pub|inn|tavern|arms|public house|bar)\M)' THEN 'pub' ELSE 'other' END)
            FROM lately u JOIN disruption_target t ON t.action_id = u.id AND t.kind = 'premises'
            LEFT JOIN premises l ON l.id = t.record_id
            WHERE (u.closes OR u.code IN ('S169A', 'HSW22')) AND t.added_at <= given_at
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
