-- Where something happens again and again: what counts for whoever asks, over all districts, against their thresholds.
--
-- Reports and adverse decisions are counted wherever councils share; actions and test purchases only where whoever asks
-- knows of them. Nothing of a designated officer's is read, and no concern about staff. That a concern was referred to a
-- designated officer changes nothing, so that a count never tells. A person is shown to the licensing service of a
-- council that holds them on its register; everything else to the services in whose area it is.
CREATE OR REPLACE FUNCTION signals_found() RETURNS TABLE (
    id uuid, code text, subject text, record_id uuid, of_authority_id uuid, name text, place text,
    days integer, threshold integer, newest_on date,
    row_ids uuid[], row_kinds text[], row_authorities uuid[], row_days date[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
WITH RECURSIVE reader AS MATERIALIZED (
    SELECT acting_authority('disruption.work') AS own, acting_authority('casework.work') AS licensing,
        (now() AT TIME ZONE 'Europe/London')::date AS today
), area AS MATERIALIZED (
    SELECT a.id FROM acting_area() a (id) UNION SELECT r.licensing FROM reader r WHERE r.licensing IS NOT NULL
), sharing AS MATERIALIZED (
    SELECT a.id FROM authority a CROSS JOIN reader r
    WHERE a.id = r.own OR (a.agreement_signed_on <= r.today AND (a.valid_to IS NULL OR a.valid_to >= r.today))
), known AS MATERIALIZED (
    SELECT k.id FROM known_actions() k (id)
), worked AS MATERIALIZED (
    SELECT k.id FROM worked_actions() k (id)
), rule AS MATERIALIZED (
    SELECT * FROM (
        SELECT DISTINCT ON (s.code) s.code, s.subject, s.counted, s.days, s.threshold, s.in_use
        FROM signal_rule s JOIN reader r ON r.own IS NOT NULL AND s.valid_from <= r.today
        WHERE s.authority_id IS NULL OR s.authority_id = r.own
        ORDER BY s.code, s.authority_id NULLS LAST, s.valid_from DESC, s.recorded_at DESC, s.id
    ) newest WHERE in_use
), linked (one_id, other_id) AS (
    SELECT p.first_person_id, p.second_person_id FROM same_person p WHERE p.ended_at IS NULL AND NOT p.repeats
    UNION ALL
    SELECT p.second_person_id, p.first_person_id FROM same_person p WHERE p.ended_at IS NULL AND NOT p.repeats
), reach (one_id, other_id) AS (
    SELECT l.one_id, l.other_id FROM linked l
    UNION
    SELECT r.one_id, l.other_id FROM reach r JOIN linked l ON l.one_id = r.other_id
), adverse AS MATERIALIZED (
    SELECT e.id, e.authority_id, e.kind, e.licence_id,
        coalesce(e.decided_on, e.notified_on, e.effective_on) AS on_day
    FROM licence_event e CROSS JOIN reader r
    WHERE e.kind IN ('refused', 'renewal_refused', 'suspended', 'revoked') AND e.superseded_at IS NULL
      AND coalesce(e.decided_on, e.notified_on, e.effective_on) BETWEEN r.today - 364 AND r.today
      AND e.authority_id IN (SELECT s.id FROM sharing s)
      -- What a court has undone is on the licence, and counts against nobody.
      AND NOT EXISTS (
        SELECT FROM licence_event c WHERE c.licence_id = e.licence_id AND c.superseded_at IS NULL
          AND c.kind = 'reinstated_by_court' AND coalesce(c.decided_on, c.effective_on, r.today)
            >= coalesce(e.decided_on, e.notified_on, e.effective_on))
), fact (kind, id, counts_as, authority_id, subject, record_id, on_day) AS MATERIALIZED (
    SELECT 'complaint', c.id, c.id, c.authority_id, s.subject, s.record_id, c.received_on
    FROM complaint c CROSS JOIN reader r
    CROSS JOIN LATERAL (
        VALUES ('person', c.person_id), ('organisation', c.organisation_id), ('vehicle', c.vehicle_id)
    ) s (subject, record_id)
    WHERE c.received_on BETWEEN r.today - 364 AND r.today AND c.authority_id IN (SELECT s.id FROM sharing s)
      AND s.record_id IS NOT NULL
    UNION ALL
    -- One that led to a complaint about the same is counted as that; one that was passed on counts once.
    SELECT 'concern', n.id, coalesce(n.passed_from_id, n.id), n.authority_id, s.object_kind, s.object_id, n.raised_on
    FROM concern n CROSS JOIN reader r JOIN concern_step s ON s.concern_id = n.id
    WHERE n.raised_on BETWEEN r.today - 364 AND r.today AND n.authority_id IN (SELECT s.id FROM sharing s)
      AND s.kind = 'linked' AND s.object_kind IN ('person', 'organisation', 'vehicle', 'premises')
      AND NOT EXISTS (
        SELECT FROM concern_step t JOIN complaint c ON c.id = t.object_id
        WHERE t.concern_id = n.id AND t.kind = 'complaint'
          AND s.object_id IN (c.person_id, c.organisation_id, c.vehicle_id))
    UNION ALL
    SELECT 'adverse_decision', e.id, e.id, e.authority_id, s.subject, s.record_id, e.on_day
    FROM adverse e JOIN licence l ON l.id = e.licence_id
    CROSS JOIN LATERAL (
        VALUES ('person', l.person_id), ('organisation', l.organisation_id), ('vehicle', l.vehicle_id),
            ('premises', l.premises_id)
    ) s (subject, record_id)
    WHERE s.record_id IS NOT NULL
    UNION ALL
    -- Each driver counts once, whatever they held, while they drove for the operator or in the 90 days after.
    SELECT 'revoked_driver', e.id,
        (SELECT min(w.id) FROM (
            SELECT l.person_id::text UNION ALL SELECT o.other_id::text FROM reach o WHERE o.one_id = l.person_id
        ) w (id))::uuid,
        e.authority_id, 'organisation', d.organisation_id, e.on_day
    FROM adverse e JOIN licence l ON l.id = e.licence_id JOIN operator_driver d ON d.person_id = l.person_id
    WHERE e.kind = 'revoked' AND l.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
      AND (d.from_on IS NULL OR d.from_on <= e.on_day) AND (d.until_on IS NULL OR d.until_on >= e.on_day - 90)
    UNION ALL
    SELECT 'action', a.id, a.id, a.authority_id, t.kind, t.record_id, a.considered_on
    FROM disruption_action a CROSS JOIN reader r JOIN disruption_target t ON t.action_id = a.id
    WHERE a.id IN (SELECT k.id FROM known k) AND (t.kind <> 'person' OR a.id IN (SELECT w.id FROM worked w))
      AND a.considered_on BETWEEN r.today - 364 AND r.today AND a.state NOT IN ('not_used', 'not_available')
      AND t.record_id IS NOT NULL AND t.kind IN ('person', 'organisation', 'vehicle', 'premises')
    UNION ALL
    SELECT 'failed_test', p.id, p.id, p.authority_id, 'premises', p.record_id, p.on_day
    FROM known_failed_tests() p WHERE p.record_id IS NOT NULL
    UNION ALL
    -- Whoever operated the place on that day: one that fails in each of its places is no signal about any of them.
    SELECT 'failed_test', p.id, p.id, p.authority_id, 'organisation', h.organisation_id, p.on_day
    FROM known_failed_tests() p JOIN position_held h ON h.of_premises_id = p.record_id
    WHERE h.kind = 'operator' AND h.organisation_id IS NOT NULL AND h.superseded_at IS NULL
      AND (h.from_on IS NULL OR h.from_on <= p.on_day) AND (h.until_on IS NULL OR h.until_on >= p.on_day)
), record AS MATERIALIZED (
    SELECT DISTINCT f.subject, f.record_id FROM fact f
), member (subject, record_id, id, authority_id) AS (
    SELECT 'person', r.record_id, p.id, p.authority_id
    FROM record r JOIN person m ON m.id = r.record_id
    CROSS JOIN LATERAL (
        SELECT coalesce(m.merged_into_id, m.id)
        UNION SELECT o.other_id FROM reach o WHERE o.one_id = coalesce(m.merged_into_id, m.id)
    ) same (id)
    JOIN person p ON p.id = same.id
    WHERE r.subject = 'person'
    UNION ALL
    SELECT 'organisation', r.record_id, same.id, same.authority_id
    FROM record r JOIN organisation m ON m.id = r.record_id
    CROSS JOIN LATERAL (
        SELECT m.id, m.authority_id
        UNION SELECT o.id, o.authority_id FROM sharing s
        JOIN organisation o ON o.authority_id = s.id AND o.company_no = m.company_no
    ) same
    WHERE r.subject = 'organisation'
    UNION ALL
    SELECT 'vehicle', r.record_id, same.id, same.authority_id
    FROM record r JOIN vehicle m ON m.id = r.record_id
    CROSS JOIN LATERAL (
        SELECT m.id, m.authority_id
        UNION SELECT v.id, v.authority_id FROM sharing s
        JOIN vehicle v ON v.authority_id = s.id AND v.vrm_key = m.vrm_key
    ) same
    WHERE r.subject = 'vehicle'
    UNION ALL
    SELECT 'premises', r.record_id, m.id, m.authority_id
    FROM record r JOIN premises m ON m.id = r.record_id WHERE r.subject = 'premises'
), keyed AS MATERIALIZED (
    SELECT m.subject, m.record_id, min(m.id::text) AS key,
        (array_agg(m.id ORDER BY m.authority_id <> r.own, m.id) FILTER (
            WHERE CASE m.subject WHEN 'person' THEN m.authority_id = r.licensing
                ELSE m.authority_id IN (SELECT a.id FROM area a) END))[1] AS shown
    FROM member m CROSS JOIN reader r GROUP BY m.subject, m.record_id
), placed (kind, id, authority_id, record_id, name, address, postcode, on_day) AS (
    SELECT f.kind, f.id, f.authority_id, p.id, p.name, p.address_lines, p.postcode, f.on_day
    FROM fact f JOIN premises p ON p.id = f.record_id
    WHERE f.subject = 'premises' AND p.authority_id IN (SELECT a.id FROM area a)
    UNION ALL
    SELECT 'action', a.id, a.authority_id, NULL, t.name, t.address, t.postcode, a.considered_on
    FROM disruption_action a CROSS JOIN reader r JOIN disruption_target t ON t.action_id = a.id
    WHERE a.id IN (SELECT k.id FROM known k) AND t.kind IN ('premises', 'place') AND t.record_id IS NULL
      AND a.considered_on BETWEEN r.today - 364 AND r.today AND a.state NOT IN ('not_used', 'not_available')
    UNION ALL
    SELECT 'failed_test', p.id, p.authority_id, NULL, p.name, p.address, p.postcode, p.on_day
    FROM known_failed_tests() p WHERE p.record_id IS NULL
), addressed AS (
    -- The first line without what people write differently, and the postcode.
    SELECT p.*, regexp_replace(lower(split_part(translate(p.address, E'\n', ','), ',', 1)), '[^a-z0-9]', '', 'g') AS line,
        replace(lower(p.postcode), ' ', '') AS code
    FROM placed p
), counted AS (
    SELECT f.subject, k.key, f.kind, f.id, f.counts_as, f.authority_id, f.on_day,
        k.shown, f.record_id, NULL::text AS name, NULL::text AS address
    FROM fact f JOIN keyed k ON k.subject = f.subject AND k.record_id = f.record_id WHERE k.shown IS NOT NULL
    UNION ALL
    SELECT 'address', a.line || '|' || a.code, a.kind, a.id, a.id, a.authority_id, a.on_day,
        NULL, a.record_id, a.name, split_part(translate(a.address, E'\n', ','), ',', 1) || ', ' || upper(a.postcode)
    FROM addressed a WHERE a.line <> '' AND a.code <> ''
), told AS (
    SELECT u.code, u.subject, u.days, u.threshold, c.key, c.kind, c.id, c.counts_as, c.authority_id, c.on_day,
        min(c.shown::text) AS shown, min(c.name) AS name, min(c.address) AS address,
        min(coalesce(c.record_id::text, 'not on a register')) AS whose
    FROM rule u CROSS JOIN reader r JOIN counted c ON c.subject = u.subject AND c.on_day > r.today - u.days
      AND CASE u.counted
        WHEN 'reports' THEN c.kind IN ('complaint', 'concern')
        WHEN 'complaints' THEN c.kind = 'complaint'
        WHEN 'adverse_decisions' THEN c.kind = 'adverse_decision'
        WHEN 'actions' THEN c.kind = 'action'
        WHEN 'failed_tests' THEN c.kind = 'failed_test'
        WHEN 'revoked_drivers' THEN c.kind = 'revoked_driver'
      END
    GROUP BY u.code, u.subject, u.days, u.threshold, c.key, c.kind, c.id, c.counts_as, c.authority_id, c.on_day
), signal AS (
    SELECT t.code, t.subject, t.days, t.threshold, t.key, min(t.shown)::uuid AS shown,
        string_agg(DISTINCT t.name, ', ' ORDER BY t.name) AS names, min(t.address) AS address, max(t.on_day) AS newest_on,
        array_agg(t.id ORDER BY t.on_day DESC, t.id) AS row_ids,
        array_agg(t.kind ORDER BY t.on_day DESC, t.id) AS row_kinds,
        array_agg(t.authority_id ORDER BY t.on_day DESC, t.id) AS row_authorities,
        array_agg(t.on_day ORDER BY t.on_day DESC, t.id) AS row_days
    FROM told t GROUP BY t.code, t.subject, t.days, t.threshold, t.key
    -- At an address that is one place of a register, the place says it.
    HAVING count(DISTINCT t.counts_as) >= t.threshold
      AND (t.subject <> 'address' OR count(DISTINCT t.whose) > 1 OR min(t.whose) = 'not on a register')
)
SELECT md5(s.code || '|' || s.key)::uuid, s.code, s.subject, s.shown,
    coalesce(p.authority_id, o.authority_id, v.authority_id, m.authority_id),
    coalesce(trim(p.given_names || ' ' || p.family_name), o.name, v.vrm, m.name, s.address),
    coalesce(m.address_lines || ', ' || m.postcode, s.names, ''),
    s.days, s.threshold, s.newest_on, s.row_ids, s.row_kinds, s.row_authorities, s.row_days
FROM signal s
LEFT JOIN person p ON s.subject = 'person' AND p.id = s.shown
LEFT JOIN organisation o ON s.subject = 'organisation' AND o.id = s.shown
LEFT JOIN vehicle v ON s.subject = 'vehicle' AND v.id = s.shown
LEFT JOIN premises m ON s.subject = 'premises' AND m.id = s.shown
ORDER BY s.newest_on DESC, 6, s.code, s.key
$$
