-- When each register was brought in, every time that it was by a moment: the import says it, and where there is none, as
-- of what was brought in by a command, the day that is kept of the last.
CREATE FUNCTION registers_brought_in(given_at timestamptz) RETURNS TABLE (authority_id uuid, kind text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.authority_id, i.kind::text, i.applied_at FROM import i
    WHERE i.status = 'applied' AND i.applied_at <= given_at AND i.kind NOT IN ('disruption', 'awareness', 'indicators')
      AND i.authority_id IN (SELECT returns_area())
    UNION ALL
    SELECT f.authority_id, f.kind, f.imported_at FROM freshness f
    WHERE f.imported_at <= given_at AND f.authority_id IN (SELECT returns_area())
$$;

-- What a council has recorded at all by the end of a period, as had been recorded at the moment: where it is nothing, a
-- count of it is not known, and no nought. Decisions are known from the first that was made by the first day on. One
-- line for each council and thing; of disruption and operations, which agencies record for all councils, whether anybody
-- has recorded any.
CREATE FUNCTION figures_recorded(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH area AS MATERIALIZED (
        SELECT a.id, a.valid_from, a.valid_to, least(given_until, given_at::date) AS last_day FROM authority a
        WHERE a.id IN (SELECT returns_area())
    ), register (word, kinds, by_day) AS (VALUES
        ('drivers', ARRAY['hackney_carriage_driver', 'private_hire_driver', 'dual_driver'], given_until),
        ('vehicles', ARRAY['hackney_carriage_vehicle', 'private_hire_vehicle'], given_until),
        ('operators', ARRAY['private_hire_operator'], given_until),
        ('premises', ARRAY['premises_licence', 'club_premises_certificate'], given_until),
        ('county_transport_badge', ARRAY['county_transport_badge'], given_until),
        ('personal_licence', ARRAY['personal_licence'], given_until),
        ('hmo_licence', ARRAY['hmo_licence'], given_until),
        ('food_registration', ARRAY['food_registration'], given_until),
        ('gambling_premises', ARRAY['gambling_premises'], given_until),
        ('sexual_entertainment_venue', ARRAY['sexual_entertainment_venue'], given_until),
        ('street_trading', ARRAY['street_trading'], given_until),
        ('decisions', ARRAY['hackney_carriage_driver', 'private_hire_driver', 'dual_driver'], given_from),
        ('premises_decisions', ARRAY['premises_licence', 'club_premises_certificate'], given_from)
    )
    SELECT a.id, 'recorded.existed', 1::bigint FROM area a
        WHERE a.valid_from <= given_from AND (a.valid_to IS NULL OR a.valid_to >= given_until)
    UNION ALL SELECT a.id, 'recorded.' || r.word, 1 FROM area a CROSS JOIN register r CROSS JOIN LATERAL (
        SELECT FROM licence l JOIN licence_event e ON e.licence_id = l.id
        WHERE l.authority_id = a.id AND l.kind = ANY (r.kinds) AND l.recorded_at <= given_at
          AND e.recorded_at <= given_at AND (e.superseded_at IS NULL OR e.superseded_at > given_at)
          AND coalesce(e.decided_on, e.notified_on, e.effective_on, e.starts_on) <= r.by_day LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.nr3s_searches', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM nr3s_search s WHERE s.authority_id = a.id AND s.recorded_at <= given_at
          AND s.searched_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.nr3s_entries', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM nr3s_entry n WHERE n.authority_id = a.id AND n.recorded_at <= given_at
          AND n.notified_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.dbs', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM vetting_check c WHERE c.authority_id = a.id AND c.recorded_at <= given_at
          AND c.kind IN ('enhanced_dbs', 'dbs_status') AND c.checked_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.training', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM training_record t WHERE t.authority_id = a.id AND t.recorded_at <= given_at
          AND t.audience = 'driver' AND t.completed_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.clocks', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM clock c WHERE c.authority_id = a.id AND c.recorded_at <= given_at AND c.code NOT LIKE 'LADO%'
          AND c.started_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.concerns_sent', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM request_out r WHERE r.authority_id = a.id AND r.kind = 'concern' AND r.recorded_at <= given_at
          AND r.aware_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.concerns_received', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM request_in r WHERE r.authority_id = a.id AND r.kind = 'concern' AND r.recorded_at <= given_at
          AND r.received_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.operator_drivers', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM operator_driver w WHERE w.authority_id = a.id AND w.at <= given_at LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.courts', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM court_case c WHERE c.authority_id = a.id AND c.at <= given_at AND c.started_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.training_offers', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM training_offer o WHERE o.authority_id = a.id AND o.offered_at <= given_at
          AND o.offered_at::date <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.imports', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM registers_brought_in(given_at) b WHERE b.authority_id = a.id AND b.at::date <= a.last_day LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.disruption', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM disruption_action d WHERE d.recorded_at <= given_at AND d.considered_on <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.operations', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM operation o WHERE o.recorded_at <= given_at AND o.on_day <= given_until LIMIT 1) x
    UNION ALL SELECT a.id, 'recorded.test_purchases', 1 FROM area a CROSS JOIN LATERAL (
        SELECT FROM test_purchase t WHERE t.recorded_at <= given_at AND t.on_day <= given_until LIMIT 1) x
$$;

-- As in 0053, and: a register is stale by the last time that it had been brought in by the last day, also where it was
-- brought in again since; and an offer that nobody is shown waits for nobody.
CREATE OR REPLACE FUNCTION figures_of_sharing(given_from date, given_until date, given_at timestamptz) RETURNS TABLE (authority_id uuid, code text, number bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH brought AS (
        SELECT b.authority_id, b.kind, max(b.at)::date AS on_day FROM registers_brought_in(given_at) b
        WHERE b.at::date <= least(given_until, given_at::date) GROUP BY 1, 2
    ), counted AS (
        SELECT r.authority_id, 'sharing.concerns_sent' AS code FROM request_out r
            WHERE r.kind = 'concern' AND r.recorded_at <= given_at AND r.sent_on BETWEEN given_from AND given_until
        UNION ALL SELECT r.authority_id, 'sharing.concerns_received' FROM request_in r
            WHERE r.kind = 'concern' AND r.recorded_at <= given_at AND r.received_on BETWEEN given_from AND given_until
        UNION ALL SELECT s.authority_id, 'nr3s.searches' FROM nr3s_search s
            WHERE s.recorded_at <= given_at AND (s.superseded_at IS NULL OR s.superseded_at > given_at) AND s.searched_on BETWEEN given_from AND given_until
        UNION ALL SELECT n.authority_id, 'nr3s.entries' FROM nr3s_entry n
            WHERE n.recorded_at <= given_at AND n.state = 'entered' AND n.settled_on BETWEEN given_from AND given_until
        UNION ALL SELECT b.authority_id, 'quality.files' FROM brought b
        UNION ALL SELECT b.authority_id, 'quality.stale_imports' FROM brought b
            WHERE b.on_day < least(given_until, given_at::date) - 35
        UNION ALL SELECT o.authority_id, 'quality.unmatched' FROM training_offer o
            WHERE o.birth_agrees AND o.offered_at <= given_at AND o.offered_at::date <= given_until
              AND (o.settled_at IS NULL OR o.settled_at > given_at OR o.settled_at::date > given_until)
        UNION ALL SELECT c.authority_id, 'courts.trials' FROM court_case c
            WHERE c.at <= given_at AND c.ended_on BETWEEN given_from AND given_until
        UNION ALL SELECT c.authority_id, 'courts.under_way' FROM court_case c
            WHERE c.at <= given_at AND c.started_on <= given_until AND (c.ended_on IS NULL OR c.ended_on > given_until)
        UNION ALL SELECT c.authority_id, 'courts.' || CASE d.verdict WHEN 'guilty' THEN 'convicted' ELSE 'acquitted' END
            FROM court_case c JOIN court_defendant d ON d.case_id = c.id AND d.at <= given_at
            WHERE c.ended_on BETWEEN given_from AND given_until AND d.verdict IN ('guilty', 'not_guilty')
    )
    SELECT c.authority_id, c.code, count(*) FROM counted c WHERE c.authority_id IN (SELECT returns_area()) GROUP BY 1, 2
    UNION ALL
    SELECT s.authority_id, 'courts.sentence_months', sum(s.months)::bigint FROM (
        SELECT c.authority_id, coalesce(sum(t.months) FILTER (WHERE t.kind = 'consecutive'), 0)
            + coalesce(max(t.months) FILTER (WHERE t.kind = 'concurrent'), 0) AS months
        FROM court_case c JOIN court_defendant d ON d.case_id = c.id AND d.at <= given_at
        JOIN court_sentence t ON t.defendant_id = d.id AND t.at <= given_at
          AND (t.superseded_at IS NULL OR t.superseded_at > given_at)
        WHERE c.authority_id IN (SELECT returns_area()) AND c.at <= given_at AND c.ended_on BETWEEN given_from AND given_until
        GROUP BY c.authority_id, d.id) s
    GROUP BY 1
$$;

-- As in 0054, and: a revocation at once that was brought in, or typed on the register, has no decision here, and is
-- proposed by its licence, for as long as a file a month may take to come; and three actions at one place within a year.
CREATE OR REPLACE PROCEDURE watch_need_to_know(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
BEGIN
    IF acting_job('watch_need_to_know') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_need_to_know does this' USING ERRCODE = '42501';
    END IF;
    WITH happened (authority_id, trigger, object_kind, object_id, on_day) AS (
        SELECT d.authority_id, 'immediate_revocation', 'decision', d.id, d.decided_on FROM decision d
        WHERE d.kind = 'revoke' AND d.immediate
        UNION ALL
        SELECT e.authority_id, 'immediate_revocation', 'licence', e.licence_id, max(coalesce(e.decided_on, e.notified_on))
        FROM licence_event e
        WHERE e.kind = 'revoked' AND e.immediate AND e.superseded_at IS NULL
          AND coalesce(e.decided_on, e.notified_on) BETWEEN given_day - 31 AND given_day
          AND NOT EXISTS (
            SELECT FROM decision d WHERE d.licence_id = e.licence_id AND d.kind = 'revoke'
              AND d.decided_on = coalesce(e.decided_on, e.notified_on))
        GROUP BY 1, 4
        UNION ALL
        SELECT c.authority_id, 'summary_review', 'consideration', c.id, coalesce(c.received_on, c.opened_on)
        FROM consideration c WHERE c.source = 'summary_review'
        UNION ALL
        SELECT coalesce(a.place_authority_id, a.authority_id), 'closure', 'disruption_action', a.id, a.in_force_on
        FROM disruption_action a JOIN power p ON p.id = a.power_id
        WHERE p.closes AND a.directed_at = 'premises' AND a.in_force_on IS NOT NULL
        UNION ALL
        SELECT coalesce(a.place_authority_id, a.authority_id), 'hotel_notice', 'hotel_notice', h.id, min(s.served_on)
        FROM hotel_notice h JOIN disruption_action a ON a.id = h.action_id JOIN hotel_notice_service s ON s.notice_id = h.id
        GROUP BY 1, 4
        UNION ALL
        SELECT c.authority_id, 'charge', 'court_case', c.id, (min(d.at) AT TIME ZONE 'Europe/London')::date
        FROM court_case c JOIN court_defendant d ON d.case_id = c.id
        WHERE d.licence_id IS NOT NULL AND c.ended_on IS NULL GROUP BY 1, 4
        UNION ALL
        SELECT t.authority_id, 'cluster', 'organisation', t.object_id, (t.opened_at AT TIME ZONE 'Europe/London')::date
        FROM task t WHERE t.kind = 'consider_fitness' AND t.object_kind = 'organisation' AND t.opened_by IS NULL
        UNION ALL
        SELECT z.authority_id, 'cluster', 'premises', z.id, z.third FROM (
            SELECT p.authority_id, p.id, (array_agg(a.day ORDER BY a.day, a.id))[3] AS third
            FROM premises p JOIN disruption_target t ON t.record_id = p.id AND t.kind = 'premises'
            JOIN (
                SELECT d.id, coalesce(d.in_force_on, d.served_on) AS day FROM disruption_action d
                WHERE coalesce(d.in_force_on, d.served_on) BETWEEN given_day - 365 AND given_day) a ON a.id = t.action_id
            GROUP BY 1, 2 HAVING count(DISTINCT a.id) >= 3) z
        UNION ALL
        SELECT k.authority_id, 'overdue_clock', 'clock', k.id, k.due_on + 1
        FROM clock k JOIN clock_rule r ON r.id = k.rule_id
        WHERE r.set_by = 'law' AND k.due_on < given_day AND k.met_on IS NULL AND k.ceased_at IS NULL
          AND k.paused_on IS NULL AND k.for_team IN ('licensing_officer', 'licensing_manager')
    ), fresh AS (
        INSERT INTO need_to_know_fact (id, authority_id, trigger, object_kind, object_id, on_day)
        SELECT DISTINCT ON (h.authority_id, h.trigger, h.object_id)
            gen_random_uuid(), h.authority_id, h.trigger, h.object_kind, h.object_id, h.on_day
        FROM happened h WHERE h.on_day BETWEEN given_day - CASE h.object_kind WHEN 'licence' THEN 31 ELSE 14 END AND given_day
        ORDER BY h.authority_id, h.trigger, h.object_id, h.on_day
        ON CONFLICT DO NOTHING
        RETURNING id, authority_id
    ), told AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), f.authority_id, 'TK-' || upper(substr(r.h, 1, 4) || '-' || substr(r.h, 5, 4)),
            'raise_need_to_know', '', 'Something happened that leaders may need to know. Draft a note, or say why not.',
            'need_to_know_fact', f.id, CASE WHEN EXISTS (
                SELECT FROM role_held h JOIN user_account u ON u.id = h.user_id AND u.status = 'active'
                WHERE u.authority_id = f.authority_id AND h.role = 'briefing_author' AND h.ended_at IS NULL)
                THEN 'briefing_author' ELSE 'licensing_manager' END, given_day + 1
        FROM fresh f CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text || f.id::text) AS h) r
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM told;
END $$;
