-- Who looks over designated officers: whoever holds the role, and reads no case by a role of their own. Their authority,
-- or nothing.
CREATE FUNCTION acting_reviewer() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT acting_authority('restricted_trail.read')
    WHERE acting_authority('allegations.work') IS NULL AND acting_authority('allegations.deputise') IS NULL
$$;

-- Looks at cases, for the job alone: by whom, when, and how the case stood then; never about whom it is. What is not
-- itself a look counts as work on it.
CREATE FUNCTION looks_to_review(given_days int)
RETURNS TABLE (authority_id uuid, at timestamptz, actor_id uuid, actor text, case_id uuid, purpose text,
    own_surname boolean, closed_on date, worked_at timestamptz, worked_too boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
BEGIN
    IF acting_job('watch_reading') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_reading does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    SELECT c.authority_id, e.at, e.actor_id, coalesce(e.actor_name, ''), c.id, e.purpose,
        coalesce(e.details -> 'own_surname' = 'true'::jsonb, false), c.closed_on,
        coalesce(w.last, c.recorded_at), coalesce(w.too, false)
    FROM restricted_entry e
    JOIN lado_case c ON c.id = e.object_id AND c.authority_id = e.authority_id
    CROSS JOIN LATERAL (
        SELECT max(o.at) FILTER (WHERE o.at < e.at) AS last,
            bool_or(o.actor_id = e.actor_id AND o.at::date = e.at::date) AS too
        FROM restricted_entry o
        WHERE o.object_id = c.id AND o.object_kind = 'allegation'
          AND o.action NOT IN ('looked', 'listed', 'searched', 'checked', 'disclosed', 'printed', 'exported')
    ) w
    WHERE e.action = 'looked' AND e.object_kind = 'allegation' AND e.actor_id IS NOT NULL
      AND e.at > now() - given_days * interval '1 day'
    ORDER BY e.number;
END $$;

-- Each sort, person and day is raised once; how many cases it was may grow until the reviewer has acknowledged it.
-- Returns which tasks were opened, each with whoever is to be written to: never whom it is about.
CREATE FUNCTION raise_reading_alerts(given jsonb, given_day date) RETURNS TABLE (task_id uuid, user_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
BEGIN
    IF acting_job('watch_reading') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_reading does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH told AS (
        SELECT * FROM jsonb_to_recordset(given) AS g (
            authority_id uuid, kind text, actor_id uuid, actor text, on_day date, cases int)
    ), grown AS (
        UPDATE reading_alert a SET cases = t.cases FROM told t
        WHERE (a.authority_id, a.kind, a.actor_id, a.on_day) = (t.authority_id, t.kind, t.actor_id, t.on_day)
          AND a.acknowledged_at IS NULL AND a.cases < t.cases
    ), fresh AS (
        INSERT INTO reading_alert (id, authority_id, kind, actor_id, actor_name, on_day, cases)
        SELECT gen_random_uuid(), t.authority_id, t.kind, t.actor_id, t.actor, t.on_day, t.cases FROM told t
        ON CONFLICT ON CONSTRAINT uq_reading_alert_once DO NOTHING
        RETURNING id, authority_id, actor_id
    ), opened AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), f.authority_id, 'TK-' || upper(substr(r.h, 1, 4) || '-' || substr(r.h, 5, 4)),
            'reading_noticed', '', 'Something was noticed that is worth a question. Look at it, and write what you find.',
            'reading_alert', f.id, 'independent_reviewer', given_day + 5
        FROM fresh f CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE f.id IS NOT NULL) r
        RETURNING id, object_id
    )
    SELECT o.id, u.id
    FROM opened o JOIN fresh f ON f.id = o.object_id
    JOIN user_account u ON u.authority_id = f.authority_id AND u.status = 'active' AND u.id <> f.actor_id
    WHERE EXISTS (SELECT FROM role_held h
            WHERE h.user_id = u.id AND h.ended_at IS NULL AND h.role = 'independent_reviewer')
      AND NOT EXISTS (SELECT FROM role_held h WHERE h.user_id = u.id AND h.ended_at IS NULL
            AND h.role IN ('designated_officer', 'deputy_designated_officer'))
    ORDER BY 1, 2;
END $$;

-- With words, once, and by nobody about themselves; the task that waits for it is done with it.
CREATE PROCEDURE acknowledge_reading(IN given_alert uuid, IN given_words bytea, INOUT acknowledged boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE reading_alert a SET acknowledged_at = now(), acknowledged_by = acting_user(), words_sealed = given_words
    WHERE a.id = given_alert AND a.acknowledged_at IS NULL AND a.authority_id = acting_reviewer()
      AND a.actor_id <> acting_user();
    acknowledged := FOUND;
    IF acknowledged THEN
        WITH done AS (
            UPDATE task t SET done_at = now(), done_by = acting_user(), outcome = 'Acknowledged.', settled = true
            WHERE t.kind = 'reading_noticed' AND t.object_id = given_alert AND t.done_at IS NULL
              AND t.authority_id = acting_reviewer()
            RETURNING t.id, t.authority_id
        )
        INSERT INTO task_change (id, authority_id, task_id, kind, details, reason, by_id)
        SELECT gen_random_uuid(), d.authority_id, d.id, 'settled', '{}', 'Acknowledged.', acting_user() FROM done d;
    END IF;
END $$;

-- As it was, and: nobody reads in the ordinary trail that something was noticed, or that somebody works on it.
CREATE OR REPLACE FUNCTION divert_restricted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
DECLARE
    mine uuid := coalesce(acting_authority('allegations.work'), acting_authority('allegations.deputise'));
    whose uuid;
BEGIN
    IF NEW.category = 'records' AND NEW.action <> 'refused' AND (
        (mine IS NOT NULL AND NEW.action IN (
            'looked', 'listed', 'searched', 'checked', 'disclosed', 'printed', 'exported'))
        OR NEW.object_kind IN ('allegation', 'consultation', 'setting', 'release', 'reading_alert')
        OR (NEW.object_kind = 'task' AND EXISTS (
            SELECT FROM task t WHERE t.id = NEW.object_id AND t.kind = 'reading_noticed'))
    ) THEN
        whose := CASE NEW.object_kind
            WHEN 'allegation' THEN (SELECT c.authority_id FROM lado_case c WHERE c.id = NEW.object_id)
            WHEN 'release' THEN (SELECT r.authority_id FROM case_release r WHERE r.id = NEW.object_id)
        END;
        INSERT INTO restricted_entry (id, authority_id, of_authority_id, action, object_kind, object_id, purpose,
            reference, details)
        VALUES (NEW.id, coalesce(whose, mine, NEW.authority_id), NEW.authority_id, NEW.action, NEW.object_kind,
            NEW.object_id, NEW.purpose, NEW.reference, NEW.details);
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;

-- As it was, and: the mail that tells the reviewer is no council's job, so that no administrator sees that it was sent.
CREATE OR REPLACE FUNCTION follow_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    unseen boolean := NEW.task_name = 'send_mail' AND NEW.args ->> 'kind' = 'reading_noticed';
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO job_progress (id, number, kind, authority_id, asked_by, state)
        SELECT gen_random_uuid(), NEW.id, NEW.task_name,
            CASE WHEN NOT unseen THEN coalesce(acting_authority(), u.authority_id) END,
            CASE WHEN unseen THEN u.id ELSE acting_user() END, NEW.status
        FROM (VALUES (1)) one LEFT JOIN user_account u ON u.id::text = NEW.args ->> 'to_user_id';
    ELSE
        UPDATE job_progress SET
            state = NEW.status, attempts = NEW.attempts,
            started_at = CASE WHEN NEW.status = 'doing' AND OLD.status <> 'doing' THEN now() ELSE started_at END,
            ended_at = CASE WHEN NEW.status IN ('todo', 'doing') THEN NULL ELSE now() END
        WHERE number = NEW.id;
    END IF;
    RETURN NULL;
END $$;
