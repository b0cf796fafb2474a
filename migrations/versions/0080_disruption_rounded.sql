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
