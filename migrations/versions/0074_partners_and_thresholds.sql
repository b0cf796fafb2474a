-- A task for whoever asked, or for their team where they are gone; whoever declines may be of another council. It says
-- nothing of what was asked, and the council finds on its trail who answered.
CREATE FUNCTION tell_declined() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
DECLARE
    task_id uuid := gen_random_uuid();
    h text := md5(gen_random_uuid()::text);
    asker uuid;
BEGIN
    SELECT u.id INTO asker FROM user_account u
    WHERE u.id = NEW.asked_by AND u.authority_id = NEW.authority_id AND u.status = 'active';
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_user_id, for_team, due_on)
    SELECT task_id, NEW.authority_id, 'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)), 'partner_declined', '',
        'A partner declined what it was asked: ' || NEW.reference || '. Read why, and decide who does it instead.',
        'partner_task', NEW.id, asker,
        CASE WHEN asker IS NOT NULL THEN NULL WHEN a.kind = 'licensing' THEN 'licensing_manager' ELSE 'disruption_officer' END,
        current_date
    FROM agency a WHERE a.id = NEW.asked_by_agency_id;
    INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id, details)
    VALUES (gen_random_uuid(), NEW.authority_id, 'added', 'records', 'task', task_id,
        jsonb_build_object('kind', 'partner_declined', 'partner_task', NEW.id));
    RETURN NULL;
END $$;

-- Those who join an operation need not be those who asked: that a follow-up was declined is all that they learn.
CREATE FUNCTION declined_follow_ups(given_operation uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.id FROM operation_follow_up f JOIN partner_task t ON t.id = f.partner_task_id
    WHERE f.operation_id = given_operation AND t.answer = 'declined' AND f.operation_id IN (SELECT known_operations())
$$;

-- How the threshold is met is told when an action is considered or, at the latest, when it is authorised; then it stays.
CREATE FUNCTION keep_threshold() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND OLD.threshold_sealed IS NOT NULL
        AND NEW.threshold_sealed IS DISTINCT FROM OLD.threshold_sealed
    THEN
        RAISE EXCEPTION 'how the threshold is met was told before' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- Who stands next above somebody in an agency, by the ranks that its administrator gave, and may read what it asked.
CREATE FUNCTION next_above(given_agency uuid, given_user uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH member AS (
        SELECT m.user_id, CASE
            WHEN m.rank IN ('constable', 'authorised_officer', 'immigration_officer') THEN 1
            WHEN m.rank IN ('sergeant', 'head_of_service', 'chief_immigration_officer') THEN 2
            WHEN m.rank IN ('inspector', 'chief_executive') THEN 3
            WHEN m.rank = 'superintendent' THEN 4 WHEN m.rank = 'chief_officer' THEN 5 ELSE 0 END AS level
        FROM agency_member m WHERE m.agency_id = given_agency AND m.until_at IS NULL
    )
    SELECT m.user_id FROM member m
    JOIN user_account u ON u.id = m.user_id AND u.status = 'active'
    JOIN user_account k ON k.id = given_user AND k.authority_id = u.authority_id
    WHERE m.user_id <> given_user
      AND m.level > coalesce((SELECT max(o.level) FROM member o WHERE o.user_id = given_user), 0)
      AND EXISTS (
        SELECT FROM role_held h JOIN role_permission p ON p.role = h.role
        WHERE h.user_id = u.id AND h.ended_at IS NULL AND p.permission = 'disruption.work')
    ORDER BY m.level, m.user_id LIMIT 1
$$;
