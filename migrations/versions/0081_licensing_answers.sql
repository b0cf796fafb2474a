-- A council to whom something was released names a decision or a consideration of its own: sealed, which one it is. It
-- may name another later; what it named before stays.
CREATE PROCEDURE name_decision(IN given_release uuid, IN given_id uuid, IN given_object bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
BEGIN
    INSERT INTO named_decision (id, authority_id, case_id, release_id, for_authority_id, object_sealed, named_by)
    SELECT given_id, r.authority_id, r.case_id, r.id, r.for_authority_id, given_object, acting_user()
    FROM case_release r
    WHERE r.id = given_release AND r.answered_at IS NOT NULL AND r.id IN (SELECT read_releases());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this is not released to you, or not answered' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- How what was named stands today, for whoever has its case open: what was decided, when, and what became of an appeal.
-- Never why, by whom or about what. Of a consideration that it is under way, until it is decided. Which one was named is
-- sealed, so that it is given here; of a council that did not name it nothing is told.
CREATE FUNCTION decisions_named(given_named uuid[], given_objects uuid[])
RETURNS TABLE (named uuid, reference text, kind text, on_day date, ended_on date, corrected boolean, void boolean,
    appealed_on date, appeal text, appeal_ended_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
    SELECT n.id, coalesce(d.reference, c.reference), d.kind, coalesce(e.decided_on, d.decided_on, c.opened_on),
        CASE WHEN d.id IS NULL THEN c.closed_on END, coalesce(w.superseded_at IS NOT NULL, false),
        w.superseded_at IS NOT NULL AND e.id IS NULL, a.lodged_on, a.outcome, a.ended_on
    FROM unnest(given_named, given_objects) AS g (named, object)
    JOIN named_decision n ON n.id = g.named AND n.case_id IN (SELECT open_cases())
    LEFT JOIN consideration c ON c.id = g.object AND c.authority_id = n.for_authority_id
    LEFT JOIN decision d ON d.authority_id = n.for_authority_id AND (d.id = g.object OR d.consideration_id = c.id)
    LEFT JOIN licence_event w ON w.id = d.event_id
    LEFT JOIN LATERAL (
        WITH RECURSIVE instead AS (
            SELECT o.id, o.decided_on, o.superseded_at FROM licence_event o WHERE o.id = d.event_id
            UNION
            SELECT o.id, o.decided_on, o.superseded_at
            FROM licence_event o JOIN instead i ON o.supersedes_id = i.id AND o.licence_id = d.licence_id
        )
        SELECT i.id, i.decided_on FROM instead i WHERE i.superseded_at IS NULL ORDER BY i.id LIMIT 1
    ) e ON true
    LEFT JOIN LATERAL (
        SELECT p.lodged_on, p.outcome, p.ended_on FROM appeal p WHERE p.decision_id = d.id
        ORDER BY p.lodged_on DESC, p.recorded_at DESC, p.id LIMIT 1
    ) a ON true
    WHERE coalesce(c.id, d.id) IS NOT NULL
    ORDER BY n.named_at, n.id
$$;

-- A record is kept until a later day than the law and local procedures ask, and never until an earlier one.
CREATE FUNCTION keep_longer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND NOT EXISTS (
        SELECT FROM lado_case c
        WHERE c.id = NEW.case_id AND NEW.keep_until >= c.retain_until AND NEW.keep_until > current_date)
    THEN
        RAISE EXCEPTION 'a record is kept as long as the law asks' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- Who is told that a deputy opened a record, for the job that tells them: nobody, where none was found.
CREATE FUNCTION told_of_emergency() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('tell_of_emergency') IS NULL THEN
        RAISE EXCEPTION 'only the job tell_of_emergency does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT u.id
    FROM procrastinate_jobs j
    JOIN case_access x ON x.id::text = j.args ->> 'access_id' AND x.kind = 'emergency'
    JOIN user_account u ON u.authority_id = x.authority_id AND u.status = 'active'
    WHERE j.id = acting_job('tell_of_emergency') AND EXISTS (
        SELECT FROM role_held h
        WHERE h.user_id = u.id AND h.ended_at IS NULL AND h.role IN ('designated_officer', 'auditor'))
    ORDER BY u.id;
END $$;
