"""Subjects of meetings follow a merge as actions do, and the looks at a hotel notice are due by the calendar.

A look at whether a notice worked may be due after working days, which the application reckons: it is handed the rule
and the days on which the council is closed, as it is for the national register (0027).
"""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call

revision: str = "0060"
down_revision: str | None = "0059"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
# As in 0059, and: a meeting that talks about either record talks about the one that stands for it now.
FOLLOW_MERGE = """
CREATE OR REPLACE PROCEDURE follow_merge(IN given_proposal uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal := check_approved(given_proposal, (
        SELECT p.kind FROM proposal p WHERE p.id = given_proposal AND p.kind IN ('merge', 'unmerge')));
    pair uuid[];
    links uuid[];
BEGIN
    SELECT ARRAY[m.kept_id, m.merged_id] INTO pair FROM merge m
    WHERE m.kept_id = one.object_id
      AND ((one.kind = 'merge' AND m.proposal_id = one.id AND m.merged_id::text = one.code)
        OR (one.kind = 'unmerge' AND m.undone_by_proposal_id = one.id AND m.id::text = one.code));
    IF pair IS NULL THEN
        RAISE EXCEPTION 'this merge was not approved' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE verdict v SET person_id = standing_record(r.person_id)
    FROM check_result r
    WHERE r.check_id = v.check_id AND r.number = v.number AND r.rank = v.rank
      AND v.person_id = ANY (pair) AND v.person_id <> standing_record(r.person_id);

    UPDATE disruption_target t SET record_id = standing_record(t.given_record_id)
    WHERE t.kind = 'person' AND t.record_id = ANY (pair) AND t.record_id <> standing_record(t.given_record_id);
    UPDATE meeting_subject t SET record_id = standing_record(t.given_record_id)
    WHERE t.kind = 'person' AND t.record_id = ANY (pair) AND t.record_id <> standing_record(t.given_record_id);

    LOCK TABLE same_person IN SHARE ROW EXCLUSIVE MODE;
    links := ARRAY(SELECT s.id FROM same_person s WHERE s.first_person_id = ANY (pair) OR s.second_person_id = ANY (pair));
    UPDATE same_person s SET repeats = true WHERE s.id = ANY (links);
    UPDATE same_person s
    SET first_person_id = a.id, first_authority_id = a.authority_id,
        second_person_id = b.id, second_authority_id = b.authority_id
    FROM proposal p, person a, person b
    WHERE s.id = ANY (links) AND p.id = s.proposal_id AND p.kind = 'cross_merge' AND a.id < b.id
      AND a.id IN (standing_record(p.object_id), standing_record(p.code::uuid))
      AND b.id IN (standing_record(p.object_id), standing_record(p.code::uuid));
    UPDATE same_person s SET repeats = false
    WHERE s.id = ANY (links) AND (s.ended_at IS NOT NULL OR NOT EXISTS (
        SELECT FROM same_person o
        WHERE o.first_person_id = s.first_person_id AND o.second_person_id = s.second_person_id
          AND o.ended_at IS NULL AND (o.since, o.id) < (s.since, s.id)));
END $$
"""

REFUSED = """
    IF acting_job('begin_hotel_notices') IS NULL THEN
        RAISE EXCEPTION 'only the job begin_hotel_notices does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
"""
# As in 0059, without the looks: those are owed from the moment that the notice is in effect.
TAKE_EFFECT = f"""
CREATE OR REPLACE PROCEDURE let_hotel_notices_take_effect(IN given_day date, INOUT begun int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    {REFUSED}
    WITH due AS (
        SELECT a.id, a.authority_id, n.expires_on, n.officer, n.rank,
            greatest(n.effective_on, (SELECT max(e.on_day) FROM disruption_event e WHERE e.action_id = a.id)) AS on_day,
            (SELECT max(e.number) FROM disruption_event e WHERE e.action_id = a.id) + 1 AS number,
            (SELECT s.recorded_by FROM hotel_notice_service s WHERE s.notice_id = n.id
             ORDER BY s.recorded_at, s.id LIMIT 1) AS by_id
        FROM hotel_notice n JOIN disruption_action a ON a.id = n.action_id
        WHERE n.effective_on <= given_day AND n.expires_on >= given_day
          AND a.state = 'served' AND NOT a.appeal_open AND a.ended_on IS NULL
        FOR UPDATE OF a
    ), told AS (
        INSERT INTO disruption_event (id, authority_id, action_id, number, kind, on_day, ends_on, officer, rank, by_id)
        SELECT gen_random_uuid(), d.authority_id, d.id, d.number, 'in_force', d.on_day, d.expires_on, d.officer, d.rank,
            d.by_id
        FROM due d
    ), stands AS (
        UPDATE disruption_action a SET state = 'in_force', in_force_on = d.on_day, ends_on = d.expires_on
        FROM due d WHERE a.id = d.id
    )
    INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id, details)
    SELECT gen_random_uuid(), d.authority_id, 'changed', 'records', 'disruption_action', d.id,
        jsonb_build_object('what', 'in_force', 'on', d.on_day, 'by', 'the day that the notice names')
    FROM due d;
    GET DIAGNOSTICS begun = ROW_COUNT;
END $$
"""
# The looks at a notice that is in effect, each with the rule of the day on which it began, its own council's first.
LOOKS_OWED = """
CREATE VIEW hotel_notice_look_owed AS
    SELECT a.id AS action_id, a.authority_id, w.code, a.in_force_on AS started_on, rule.id AS rule_id
    FROM hotel_notice n JOIN disruption_action a ON a.id = n.action_id AND a.state = 'in_force'
    CROSS JOIN (VALUES ('EFFECT_30'), ('EFFECT_90')) w (code)
    CROSS JOIN LATERAL (
        SELECT c.id FROM clock_rule c
        WHERE c.code = w.code AND (c.authority_id IS NULL OR c.authority_id = a.authority_id)
          AND c.valid_from <= a.in_force_on AND (c.valid_until IS NULL OR c.valid_until > a.in_force_on)
        ORDER BY c.authority_id IS NULL, c.valid_from DESC, c.id LIMIT 1
    ) rule
    WHERE NOT EXISTS (SELECT FROM clock c WHERE c.object_id = a.id AND c.code = w.code)
"""
OWED = f"""
CREATE FUNCTION hotel_notice_looks_owed()
RETURNS TABLE (action_id uuid, code text, started_on date, rule jsonb, closed date[])
LANGUAGE plpgsql STABLE {PINNED} AS $$
BEGIN
    {REFUSED}
    RETURN QUERY
        SELECT o.action_id, o.code, o.started_on, to_jsonb(r), ARRAY(
            SELECT d.day FROM closure_day d
            WHERE d.authority_id = o.authority_id AND d.withdrawn_at IS NULL AND d.day >= o.started_on ORDER BY d.day)
        FROM hotel_notice_look_owed o JOIN clock_rule r ON r.id = o.rule_id
        ORDER BY o.action_id, o.code;
END $$
"""
START_LOOK = f"""
CREATE PROCEDURE start_hotel_notice_look(IN given_action uuid, IN given_code text, IN given_due date)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    {REFUSED}
    WITH started AS (
        INSERT INTO clock (id, authority_id, code, rule_id, object_kind, object_id, for_team, started_on, first_due_on,
            due_on)
        SELECT gen_random_uuid(), o.authority_id, o.code, o.rule_id, 'disruption_action', o.action_id,
            'disruption_officer', o.started_on, given_due, given_due
        FROM hotel_notice_look_owed o
        WHERE o.action_id = given_action AND o.code = given_code AND given_due >= o.started_on
        ON CONFLICT DO NOTHING
        RETURNING id, authority_id, started_on, due_on
    )
    INSERT INTO clock_change (id, authority_id, clock_id, kind, details, reason)
    SELECT gen_random_uuid(), s.authority_id, s.id, 'started',
        jsonb_build_object('on', s.started_on, 'due_on', s.due_on), ''
    FROM started s;
END $$
"""


def upgrade() -> None:
    op.add_column("meeting_subject", sa.Column("given_record_id", sa.Uuid(), nullable=True))
    op.execute("UPDATE meeting_subject SET given_record_id = record_id")
    op.execute(
        "UPDATE meeting_subject SET record_id = standing_record(record_id)"
        " WHERE kind = 'person' AND record_id IN (SELECT id FROM person WHERE merged_into_id IS NOT NULL)"
    )
    op.execute(
        "CREATE TRIGGER keep_given_record BEFORE INSERT ON meeting_subject FOR EACH ROW"
        " EXECUTE FUNCTION keep_given_record()"
    )
    for definition in (FOLLOW_MERGE, TAKE_EFFECT, LOOKS_OWED, OWED, START_LOOK):
        op.execute(definition)
    allow_call("hotel_notice_looks_owed()")
    allow_call("start_hotel_notice_look(uuid, text, date)", "PROCEDURE")
