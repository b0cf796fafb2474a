-- The month's briefings are drafted by a job that acts for nobody, each for one council's own office, and by nobody
-- approved. It reads and writes by these routines alone.

-- The councils that whoever asks may have figures of, as figures name them.
CREATE FUNCTION figures_places() RETURNS TABLE (id uuid, code text, name text, tier text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.code, a.name, a.tier::text FROM authority a WHERE a.id IN (SELECT figures_area()) ORDER BY a.code
$$;

-- What is to be drafted of the month that ended: of each council that has somebody to write, for each audience that it
-- chose, unless it has a briefing of that month for them already, whoever drafted it. Only one job does so at a time.
CREATE FUNCTION briefings_due(given_day date, default_day int, default_audiences text[])
RETURNS TABLE (authority_id uuid, audience text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first date := date_trunc('month', given_day)::date - interval '1 month';
    last date := date_trunc('month', given_day)::date - 1;
BEGIN
    IF acting_job('draft_briefings') IS NULL THEN
        RAISE EXCEPTION 'only the job draft_briefings does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(58);
    RETURN QUERY
    SELECT a.id, w.audience
    FROM authority a
    LEFT JOIN LATERAL (
        SELECT s.day_of_month, s.audiences FROM briefing_schedule s WHERE s.authority_id = a.id
        ORDER BY s.set_at DESC, s.id LIMIT 1) s ON true
    CROSS JOIN LATERAL unnest(coalesce(s.audiences, default_audiences)) WITH ORDINALITY AS w (audience, place)
    WHERE a.valid_from <= first AND (a.valid_to IS NULL OR a.valid_to >= given_day)
      AND extract(day FROM given_day) >= coalesce(s.day_of_month, default_day)
      AND EXISTS (
        SELECT FROM role_held h JOIN user_account u ON u.id = h.user_id AND u.status = 'active'
        WHERE u.authority_id = a.id AND h.role = 'briefing_author' AND h.ended_at IS NULL)
      AND NOT EXISTS (
        SELECT FROM briefing b WHERE b.authority_id = a.id AND b.audience = w.audience
          AND b.from_on = first AND b.until_on = last)
    ORDER BY a.code, w.place;
END $$;

-- What a council has published, beside which a new briefing must not give a small number back.
CREATE FUNCTION briefings_published(given_authority uuid) RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('draft_briefings') IS NULL THEN
        RAISE EXCEPTION 'only the job draft_briefings does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT b.content FROM briefing b
        WHERE b.authority_id = given_authority AND b.published_at IS NOT NULL ORDER BY b.published_at, b.id;
END $$;

CREATE PROCEDURE draft_briefing_of_month(IN given jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('draft_briefings') IS NULL THEN
        RAISE EXCEPTION 'only the job draft_briefings does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO briefing (
        id, authority_id, reference, version, audience, from_on, until_on, computed_at, content, fingerprint)
    SELECT g.id, g.authority_id, g.reference, 1, g.audience, g.from_on, g.until_on, g.computed_at, g.content, g.fingerprint
    FROM jsonb_to_record(given) AS g (
        id uuid, authority_id uuid, reference text, audience text, from_on date, until_on date,
        computed_at timestamptz, content jsonb, fingerprint text);
END $$;

-- A task for whoever writes, and to whom to write that there is one.
CREATE FUNCTION tell_of_monthly_drafts(given_authority uuid, given_briefing uuid, given_day date) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('draft_briefings') IS NULL THEN
        RAISE EXCEPTION 'only the job draft_briefings does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
    SELECT gen_random_uuid(), given_authority, 'TK-' || upper(substr(r.h, 1, 4) || '-' || substr(r.h, 5, 4)),
        'briefings_drafted', '', 'The briefings of the month are drafted. Write their headlines, and have them approved.',
        'briefing', given_briefing, 'briefing_author', given_day + 7
    FROM (SELECT md5(gen_random_uuid()::text)) r (h);
    RETURN QUERY SELECT DISTINCT u.id FROM user_account u JOIN role_held h ON h.user_id = u.id AND h.ended_at IS NULL
        WHERE u.authority_id = given_authority AND u.status = 'active' AND h.role = 'briefing_author' ORDER BY 1;
END $$;

-- How far the last drafting has come, for the office: that of all councils, or the one that its own people asked for.
CREATE FUNCTION briefings_drafting()
RETURNS TABLE (state text, done int, total int, asked_at timestamptz, ended_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.state::text, p.done, p.total, p.asked_at, p.ended_at FROM job_progress p
    WHERE acting_authority('figures.read') IS NOT NULL
      AND (p.kind = 'draft_briefings'
        OR (p.kind = 'draft_briefings_now' AND p.authority_id = acting_authority('figures.read')))
      AND (p.total > 0 OR p.state <> 'succeeded')
    ORDER BY p.asked_at DESC, p.number DESC LIMIT 1
$$;

-- A draft is anybody's of the office to change, and whoever did never approves it. What nobody wrote of, since a job
-- drafted it, nobody approves. What is approved stays as it is, and the database itself compares the kept pages with
-- their hash.
CREATE OR REPLACE FUNCTION guard_briefing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
DECLARE
    me uuid := acting_user();
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.drafted_at := now();
        NEW.authors := array_remove(ARRAY[me], NULL);
        IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM briefing b WHERE b.id = NEW.supersedes_id AND b.published_at IS NOT NULL
              AND b.authority_id = NEW.authority_id AND b.audience = NEW.audience AND b.version = NEW.version - 1)
        THEN
            RAISE EXCEPTION 'a briefing supersedes one that was published' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.approved_at IS NOT NULL THEN
        IF OLD.published_at IS NOT NULL OR to_jsonb(OLD) - 'published_at' IS DISTINCT FROM to_jsonb(NEW) - 'published_at'
        THEN
            RAISE EXCEPTION 'an approved briefing stays as it is' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.published_at := now();
    ELSIF NEW.approved_at IS NOT NULL THEN
        IF me = ANY (OLD.authors) OR cardinality(OLD.authors) = 0 OR acting_authority('briefings.approve') IS NULL THEN
            RAISE EXCEPTION 'a second person approves a briefing' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.sha256 IS DISTINCT FROM encode(sha256(NEW.pdf), 'hex') OR NEW.content IS DISTINCT FROM OLD.content
            OR NEW.published_at IS NOT NULL
        THEN
            RAISE EXCEPTION 'what is approved is what was drafted' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.approved_at := now();
        NEW.approved_by := me;
        NEW.authors := OLD.authors;
    ELSE
        IF acting_authority('briefings.draft') IS NULL THEN
            RAISE EXCEPTION 'an author changes a draft' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.authors := CASE WHEN me = ANY (OLD.authors) THEN OLD.authors ELSE OLD.authors || me END;
    END IF;
    RETURN NEW;
END $$;
