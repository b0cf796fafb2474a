-- Everything of the acting authority's own that is about the person of one request: what kind, since when, by which
-- reference, and whether it is linked with an enquiry or a disruption that is under way. Never a word of what is written.
-- Nothing of a designated officer's is read: what a decision relied on is part of that decision, and "contact the
-- designated officer" is no record of a council's. tests/subject_access says so of every table that is named here.
CREATE FUNCTION subject_access_records(given_request uuid)
RETURNS TABLE (kind text, record_id uuid, on_day date, reference text, live boolean, recorded_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    WITH RECURSIVE asked AS (
        SELECT r.authority_id AS own, standing_record(r.person_id) AS standing
        FROM subject_access_request r
        WHERE r.id = given_request AND r.authority_id = (SELECT acting_authority('subject_access.work'))
          -- Kept before, so that what is looked at can be told from whose it is; what is withdrawn asks for nothing.
          AND r.recorded_at < now() AND r.withdrawn_on IS NULL
    ), people AS (
        SELECT p.id, p.reference, p.merged_into_id, p.recorded_at
        FROM asked a JOIN person p ON p.id = a.standing AND p.authority_id = a.own
        UNION
        SELECT p.id, p.reference, p.merged_into_id, p.recorded_at
        FROM people into_them JOIN person p ON p.merged_into_id = into_them.id
    ), held AS (
        SELECT l.* FROM licence l JOIN people p ON p.id = l.person_id
    ), actions AS (
        SELECT a.id, a.reference, a.considered_on, a.recorded_at,
            a.state NOT IN ('ran_out', 'ended', 'not_used', 'not_available')
                AND coalesce(a.ends_on >= current_date, true) AS live
        FROM disruption_action a
        WHERE a.authority_id = (SELECT own FROM asked)
          AND EXISTS (SELECT FROM disruption_target t JOIN people p ON p.id = t.record_id
                      WHERE t.action_id = a.id AND t.kind = 'person')
          AND EXISTS (SELECT FROM disruption_action_agency j JOIN agency g ON g.id = j.agency_id
                      WHERE j.action_id = a.id AND g.authority_id = a.authority_id AND NOT g.is_partner)
    ), watched AS (
        SELECT coalesce(bool_or(a.live), false) AS now FROM actions a
    ), considered AS (
        -- Every one that is open, whoever the information came from: to tell by its source would tell the source.
        SELECT c.id, c.reference, c.opened_on, c.opened_at, c.closed_on IS NULL AS live
        FROM consideration c JOIN held l ON l.id = c.licence_id
    ), decided AS (
        SELECT d.*, w.now OR coalesce(c.live, false) AS live
        FROM watched w, decision d JOIN held l ON l.id = d.licence_id LEFT JOIN considered c ON c.id = d.consideration_id
    )
    SELECT 'details', p.id, p.recorded_at::date, p.reference, false, p.recorded_at FROM people p
    UNION ALL
    SELECT 'position', o.id, coalesce(o.from_on, o.recorded_at::date), replace(o.kind, '_', ' '), false, o.recorded_at
    FROM position_held o JOIN people p ON p.id = o.person_id
    UNION ALL
    SELECT 'link', s.id, s.since::date, '', false, s.since
    FROM same_person s WHERE s.first_person_id IN (SELECT id FROM people) OR s.second_person_id IN (SELECT id FROM people)
    UNION ALL
    SELECT 'licence', l.id, coalesce(l.starts_on, l.recorded_at::date), l.number, false, l.recorded_at FROM held l
    UNION ALL
    SELECT 'application', a.id, a.received_on, a.reference, false, a.recorded_at
    FROM application a JOIN held l ON l.id = a.licence_id
    UNION ALL
    SELECT 'vetting', v.id, v.checked_on, replace(v.kind, '_', ' '), false, v.recorded_at
    FROM vetting_check v JOIN people p ON p.id = v.person_id
    UNION ALL
    SELECT 'training', t.id, coalesce(t.completed_on, t.booked_for, t.recorded_at::date), t.course, false, t.recorded_at
    FROM training_record t JOIN people p ON p.id = t.person_id
    UNION ALL
    SELECT 'training_offer', t.id, t.offered_at::date, t.course, false, t.offered_at
    FROM training_offer t JOIN people p ON p.id = t.person_id
    WHERE t.settled_at IS NULL AND t.authority_id = (SELECT own FROM asked)
    UNION ALL
    SELECT 'self_report', s.id, s.reported_at::date, s.reference, false, s.at
    FROM self_report s JOIN held l ON l.id = s.licence_id
    UNION ALL
    SELECT 'conviction', c.id, c.convicted_on, '', false, c.at
    FROM conviction c JOIN people p ON p.id = c.person_id
    UNION ALL
    SELECT 'court', c.id, c.started_on, c.reference, c.ended_on IS NULL, c.at
    FROM court_case c WHERE EXISTS (
        SELECT FROM court_defendant d JOIN held l ON l.id = d.licence_id WHERE d.case_id = c.id)
    UNION ALL
    SELECT 'complaint', c.id, c.received_on, c.reference,
        c.case_reference IS NOT NULL OR (c.closed_on IS NULL AND w.now), c.at
    FROM watched w, complaint c JOIN people p ON p.id = c.person_id
    UNION ALL
    SELECT 'concern', c.id, c.raised_on, c.reference, c.closed_on IS NULL, c.raised_at
    FROM concern c
    WHERE c.authority_id = (SELECT own FROM asked) AND EXISTS (
        SELECT FROM concern_step s JOIN people p ON p.id = s.object_id
        WHERE s.concern_id = c.id AND s.kind = 'linked' AND s.object_kind = 'person')
    UNION ALL
    SELECT 'consideration', c.id, c.opened_on, c.reference, c.live, c.opened_at FROM considered c
    UNION ALL
    -- What the designated officer released and was relied on is part of the decision.
    SELECT 'information', i.id, i.received_on, c.reference, c.live, i.at
    FROM consideration_information i JOIN considered c ON c.id = i.consideration_id
    WHERE i.kind <> 'designated_officer'
    UNION ALL
    SELECT 'marker', m.id, m.asked_on, '', false, m.at
    FROM marker_considered m JOIN people p ON p.id = m.person_id
    UNION ALL
    SELECT 'decision', d.id, d.decided_on, d.reference, d.live, d.recorded_at FROM decided d
    UNION ALL
    SELECT 'notice', n.id, n.issued_at::date, d.reference, false, n.issued_at
    FROM notice n JOIN decided d ON d.id = n.decision_id
    UNION ALL
    SELECT 'appeal', a.id, a.lodged_on, d.reference, false, a.recorded_at
    FROM appeal a JOIN decided d ON d.id = a.decision_id
    UNION ALL
    SELECT 'nr3s_search', s.id, s.searched_on, s.reference, false, s.recorded_at
    FROM nr3s_search s JOIN people p ON p.id = s.person_id
    UNION ALL
    SELECT 'nr3s_entry', e.id, e.notified_on, e.reference, false, e.recorded_at
    FROM nr3s_entry e JOIN people p ON p.id = e.person_id
    UNION ALL
    SELECT 'request_sent', r.id, coalesce(r.sent_on, r.recorded_at::date), r.reference, false, r.recorded_at
    FROM request_out r JOIN people p ON p.id = r.person_id
    UNION ALL
    SELECT 'request_received', r.id, r.received_on, r.reference, false, r.recorded_at
    FROM request_in r JOIN people p ON p.id = r.person_id
    UNION ALL
    SELECT 'disclosure', d.id, d.disclosed_on, d.reference, false, d.recorded_at
    FROM disclosure d JOIN people p ON p.id = d.person_id
    UNION ALL
    SELECT 'driver_check', d.id, d.made_at::date, d.reference, false, d.made_at
    FROM driver_check d
    WHERE d.authority_id = (SELECT own FROM asked)
      AND EXISTS (SELECT FROM check_result c JOIN people p ON p.id = c.person_id WHERE c.check_id = d.id)
    UNION ALL
    SELECT 'disruption', a.id, a.considered_on, a.reference, a.live, a.recorded_at FROM actions a
    UNION ALL
    SELECT 'meeting', m.id, m.on_day, m.reference, true, m.recorded_at
    FROM subject_meeting m
    WHERE m.authority_id = (SELECT own FROM asked) AND m.called_off_at IS NULL AND EXISTS (
        SELECT FROM meeting_subject s JOIN people p ON p.id = s.record_id WHERE s.meeting_id = m.id AND s.kind = 'person')
$$;

-- Whom the information officer may mean, of their own register: enough to tell people apart, and nothing of their cases.
-- One more than is shown, so that a list that was cut says so; whose date of birth is not recorded may be the one.
CREATE FUNCTION subject_access_people(
    given_people uuid[], given_words text[], given_born date, given_reference text, given_number text)
RETURNS TABLE (person_id uuid, reference text, given_names text, family_name text, date_of_birth date, licences text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.reference, p.given_names, p.family_name, p.date_of_birth,
        (SELECT string_agg(l.number, ', ' ORDER BY l.number, l.id) FROM licence l WHERE l.person_id = p.id)
    FROM person p
    WHERE p.authority_id = (SELECT acting_authority('subject_access.work')) AND p.merged_into_id IS NULL
      AND (p.id = ANY (given_people) OR p.reference = given_reference
        OR ((given_born IS NULL OR p.date_of_birth IS NULL OR p.date_of_birth = given_born)
            AND (SELECT bool_and(position(' ' || w || ' ' IN ' ' || p.sort_name || ' ') > 0) FROM unnest(given_words) w))
        OR (given_number <> '' AND EXISTS (
            SELECT FROM licence l WHERE l.person_id = p.id AND l.authority_id = p.authority_id
              AND given_number IN (l.number_key, l.badge_key))))
    ORDER BY p.id <> ALL (given_people), p.date_of_birth IS DISTINCT FROM given_born, p.sort_name, p.id LIMIT 26
$$;

-- A request is about a person of the council's own register or about nobody there, and is answered once every record is decided about: one
-- that came under way after it was given is decided about again.
CREATE FUNCTION keep_subject_request() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.answered_on IS NOT NULL OR NEW.withdrawn_on IS NOT NULL OR (NEW.person_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM subject_access_people(ARRAY[NEW.person_id], '{}', NULL, '', '')))
        THEN
            RAISE EXCEPTION 'no such person here' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.answered_on IS NOT NULL OR OLD.withdrawn_on IS NOT NULL THEN
        RAISE EXCEPTION 'this request is over' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.proven_on IS NOT NULL AND NEW.proven_on IS DISTINCT FROM OLD.proven_on)
        OR (OLD.begins_on IS NOT NULL AND (NEW.begins_on, NEW.first_due_on) IS DISTINCT FROM (OLD.begins_on, OLD.first_due_on))
        OR (OLD.due_on IS NOT NULL AND NEW.due_on IS DISTINCT FROM OLD.due_on
            AND (OLD.extended_on IS NOT NULL OR NEW.extended_on IS NULL))
        OR (OLD.extended_on IS NOT NULL AND NEW.extended_on IS DISTINCT FROM OLD.extended_on)
        OR NEW.answered_on > current_date OR (NEW.answered_on IS NULL) <> (NEW.answer_sealed IS NULL)
    THEN
        RAISE EXCEPTION 'this was settled before' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.answered_on IS NOT NULL AND EXISTS (
        SELECT FROM subject_access_records(NEW.id) r LEFT JOIN (
            SELECT DISTINCT ON (l.kind, l.record_id) l.* FROM subject_access_ruling l WHERE l.request_id = NEW.id
            ORDER BY l.kind, l.record_id, l.number DESC) g ON g.kind = r.kind AND g.record_id = r.record_id
        WHERE g.ruling IS NULL OR (r.live AND g.ruling <> 'hold' AND (g.harm_test_by IS NULL
            OR g.police_answer IS NULL OR g.police_answer NOT IN ('no_objection', 'objection'))))
    THEN
        RAISE EXCEPTION 'a record is undecided' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- A decision is about a record that the council holds of the person, while the request is open; what is linked with
-- something under way is not given before the police have answered.
CREATE FUNCTION keep_subject_ruling() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM subject_access_request r
                   WHERE r.id = NEW.request_id AND r.answered_on IS NULL AND r.withdrawn_on IS NULL)
        OR NOT EXISTS (
            SELECT FROM subject_access_records(NEW.request_id) r
            WHERE r.kind = NEW.kind AND r.record_id = NEW.record_id AND (NOT r.live OR NEW.ruling = 'hold'
                OR (NEW.harm_test_by IS NOT NULL AND NEW.police_answer IN ('no_objection', 'objection'))))
    THEN
        RAISE EXCEPTION 'this record is not decided on so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- The search among the asking council's own records, as in 0004, for the information officer too.
CREATE OR REPLACE FUNCTION own_candidates(given_keys bigint[], given_caps int[])
RETURNS TABLE (person_id uuid, names text[], date_of_birth date, postcodes text[], identifiers bigint[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.person_id, m.names, m.date_of_birth, m.postcodes, m.identifiers
    FROM (
        SELECT DISTINCT k.person_id
        FROM unnest(given_keys, given_caps) AS asked(key, cap)
        CROSS JOIN LATERAL (
            SELECT f.person_id FROM match_key f
            WHERE f.key = asked.key AND f.authority_id = (SELECT coalesce(
                acting_authority('register.read'), acting_authority('subject_access.work')))
            ORDER BY f.person_id LIMIT least(asked.cap, 5000)
        ) k
    ) found
    JOIN person_match m ON m.person_id = found.person_id
$$;
