-- In the transaction in which it is raised, and by whoever raises it alone: the place of that council's register that it
-- is about. Nobody names a place that they may not look up.
CREATE PROCEDURE place_concern(IN given_concern uuid, IN given_step uuid, IN given_place uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, object_kind, object_id, by_id)
    SELECT given_step, c.authority_id, c.id, 'linked', c.raised_on, 'premises', p.id, c.raised_by
    FROM concern c JOIN premises p ON p.authority_id = c.authority_id
    WHERE c.id = given_concern AND c.about = 'premises' AND c.raised_by = acting_user() AND c.raised_at = now()
      AND p.id = given_place
      AND (p.authority_id = acting_authority('register.read') OR p.id IN (SELECT known_places()));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this place is not to be named' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- By another clock of the same duty alone, and only where it was met: what runs is let go, with a reason. On an action
-- several councils work; whoever of them puts it right starts the other clock.
CREATE FUNCTION replace_clock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.met_on IS NULL OR NOT EXISTS (SELECT FROM clock c WHERE c.id = NEW.replaced_by_id AND c.id <> NEW.id
        AND c.code = NEW.code AND c.object_kind = NEW.object_kind AND c.object_id = NEW.object_id
        AND (c.authority_id = NEW.authority_id OR NEW.object_kind = 'disruption_action'))
    THEN
        RAISE EXCEPTION 'a clock is put right by another of the same duty' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

-- The day of a court's order is put right: the review that another council was asked for is due from the right day, or
-- asked for no more. The council sees it on the task and on its trail; of the action it learns nothing else.
CREATE FUNCTION move_review() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London' AS $$
DECLARE
    was text := to_char(OLD.in_force_on, 'FMDD FMMonth YYYY');
    one record;
BEGIN
    FOR one IN
        SELECT k.id, k.authority_id, k.due_on FROM task k
        WHERE k.kind = 'review' AND k.object_kind = 'licence' AND k.opened_by IS NULL AND k.done_at IS NULL
          AND k.why LIKE 'A court closed the place on ' || was || '.%'
          AND k.object_id IN (SELECT l.id FROM licence l JOIN disruption_target t ON t.record_id = l.premises_id
            AND t.kind = 'premises' AND t.action_id = NEW.id WHERE l.authority_id = k.authority_id)
          AND EXISTS (SELECT FROM power p WHERE p.id = NEW.power_id AND p.code = 'ASBCO')
        FOR UPDATE
    LOOP
        IF NEW.in_force_on IS NULL THEN
            UPDATE task SET done_at = now(), settled = true, outcome = 'The order was recorded by mistake.'
            WHERE id = one.id;
        ELSE
            UPDATE task SET due_on = one.due_on + (NEW.in_force_on - OLD.in_force_on),
                why = replace(why, was, to_char(NEW.in_force_on, 'FMDD FMMonth YYYY'))
            WHERE id = one.id;
        END IF;
        INSERT INTO task_change (id, authority_id, task_id, kind, details, reason)
        SELECT gen_random_uuid(), k.authority_id, k.id, CASE WHEN k.settled THEN 'settled' ELSE 'due_date_changed' END,
            jsonb_build_object('before', one.due_on, 'after', k.due_on),
            CASE WHEN k.settled THEN k.outcome ELSE 'The day of the court’s order was put right: it was recorded as '
                || was || '.' END
        FROM task k WHERE k.id = one.id;
        INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id, details)
        SELECT gen_random_uuid(), k.authority_id, 'changed', 'records', 'task', k.id,
            jsonb_build_object('before', jsonb_build_object('due_on', one.due_on),
                'after', CASE WHEN k.settled THEN to_jsonb('done'::text) ELSE jsonb_build_object('due_on', k.due_on) END)
        FROM task k WHERE k.id = one.id;
    END LOOP;
    RETURN NULL;
END $$;

-- An activity that was just put right keeps the places that whoever put it right does not know: nothing is told of them,
-- and nobody else can say that they were not reached.
CREATE PROCEDURE carry_places(IN given_activities uuid[])
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO awareness_place (id, authority_id, activity_id, premises_id)
    SELECT gen_random_uuid(), a.authority_id, a.id, p.premises_id
    FROM awareness_activity a JOIN awareness_place p ON p.activity_id = a.supersedes_id
    WHERE a.id = ANY (given_activities) AND a.recorded_at = now()
      AND a.authority_id = acting_authority('disruption.work')
      AND p.premises_id NOT IN (SELECT known_places())
    ON CONFLICT (activity_id, premises_id) DO NOTHING
$$;

-- The places of a council's register that words name, which are filed as names are: by the name, whole or in part, or by
-- the postcode, of those that whoever asks may look up.
CREATE FUNCTION places_called(given_words text, given_council uuid)
RETURNS TABLE (id uuid, name text, address_lines text, postcode text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.name, p.address_lines, p.postcode FROM premises p
    WHERE p.authority_id = given_council
      AND (p.authority_id = acting_authority('register.read') OR p.id IN (SELECT known_places()))
      AND (position(given_words IN p.sort_name) > 0 OR (p.sort_name <> '' AND position(p.sort_name IN given_words) > 0)
        OR (p.postcode <> ''
            AND position(replace(lower(p.postcode), ' ', '') IN replace(given_words, ' ', '')) > 0))
    ORDER BY p.sort_name, p.id LIMIT 20
$$;
