"""Actions keep the record that they are directed at, and follow it when it is merged.

And: the trail of the council that is asked to review a licence says so, and a hotel notice takes effect on its day.
"""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call

revision: str = "0059"
down_revision: str | None = "0058"

# As in 0016, and: an action about either record is about the one that stands for it now, as it was when it was given.
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
# Whom an action was directed at when it was recorded stays beside whom that is today. A form may have been open while
# the record was merged into another.
KEEP_GIVEN = """
CREATE FUNCTION keep_given_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.given_record_id := NEW.record_id;
    IF NEW.kind = 'person' AND NEW.record_id IS NOT NULL THEN
        NEW.record_id := coalesce(standing_record(NEW.record_id), NEW.record_id);
    END IF;
    RETURN NEW;
END $$
"""

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
TASK_REFERENCE = (
    "(SELECT 'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)) FROM md5(gen_random_uuid()::text) h)"
)
# As in 0051, and: the council that is asked finds the task on its trail, with who opened it, and no word of the action.
ASK_FOR_REVIEW = f"""
CREATE OR REPLACE PROCEDURE ask_for_review(IN given_action uuid)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    WITH opened AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), l.authority_id, {TASK_REFERENCE}, 'review', '',
            'A court closed the place on ' || to_char(a.in_force_on, 'FMDD FMMonth YYYY') || '. Open a review of the licence'
            || ' when the court’s notice comes: it is determined within 28 days (Licensing Act 2003 section 167).',
            'licence', l.id, 'licensing_officer', a.in_force_on + 28
        FROM disruption_action a JOIN power w ON w.id = a.power_id
        JOIN disruption_target t ON t.action_id = a.id AND t.kind = 'premises'
        JOIN licence l ON l.premises_id = t.record_id AND l.kind IN ('premises_licence', 'club_premises_certificate')
        JOIN licence_period s ON s.licence_id = l.id AND s.from_on <= current_date AND current_date < s.until_on
        WHERE a.id = given_action AND a.id IN (SELECT worked_actions()) AND w.code = 'ASBCO'
          AND a.in_force_on IS NOT NULL AND s.status IN ('in_force', 'suspension_pending', 'suspended',
            'revocation_pending', 'fee_suspended', 'interim_authority')
          AND NOT EXISTS (
            SELECT FROM task k WHERE k.object_id = l.id AND k.authority_id = l.authority_id AND k.kind = 'review'
              AND k.opened_by IS NULL AND k.done_at IS NULL)
        RETURNING id, authority_id, object_id
    )
    INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id, details)
    SELECT gen_random_uuid(), o.authority_id, 'added', 'records', 'task', o.id,
        jsonb_build_object('kind', 'review', 'for', 'licensing_officer', 'licence', o.object_id)
    FROM opened o;
END $$
"""
# The Anti-social Behaviour, Crime and Policing Act 2014 s.116(2)(b): the notice itself says from when it is in effect.
# Nothing takes effect while an appeal is open (s.117), or that nobody was given. Whoever recorded the service recorded
# with it what follows on the day.
TAKE_EFFECT = f"""
CREATE PROCEDURE let_hotel_notices_take_effect(IN given_day date, INOUT begun int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF acting_job('begin_hotel_notices') IS NULL THEN
        RAISE EXCEPTION 'only the job begin_hotel_notices does this' USING ERRCODE = 'insufficient_privilege';
    END IF;
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
    ), clocks AS (
        INSERT INTO clock (id, authority_id, code, rule_id, object_kind, object_id, for_team, started_on, first_due_on,
            due_on)
        SELECT gen_random_uuid(), d.authority_id, r.code, r.id, 'disruption_action', d.id, 'disruption_officer',
            d.on_day, later.day, later.day
        FROM due d CROSS JOIN (VALUES ('EFFECT_30'), ('EFFECT_90')) w (code)
        CROSS JOIN LATERAL (
            SELECT c.* FROM clock_rule c
            WHERE c.code = w.code AND (c.authority_id IS NULL OR c.authority_id = d.authority_id)
              AND c.valid_from <= d.on_day AND (c.valid_until IS NULL OR c.valid_until > d.on_day)
            ORDER BY c.authority_id IS NULL, c.valid_from DESC, c.id LIMIT 1) r
        CROSS JOIN LATERAL (
            SELECT (d.on_day + make_interval(days => CASE r.unit WHEN 'days' THEN r.length ELSE 0 END,
                months => CASE r.unit WHEN 'months' THEN r.length ELSE 0 END))::date AS day) later
        ON CONFLICT DO NOTHING
        RETURNING id, authority_id, started_on, due_on
    ), noted AS (
        INSERT INTO clock_change (id, authority_id, clock_id, kind, details, reason)
        SELECT gen_random_uuid(), c.authority_id, c.id, 'started',
            jsonb_build_object('on', c.started_on, 'due_on', c.due_on), ''
        FROM clocks c
    )
    INSERT INTO audit_entry (id, authority_id, action, category, object_kind, object_id, details)
    SELECT gen_random_uuid(), d.authority_id, 'changed', 'records', 'disruption_action', d.id,
        jsonb_build_object('what', 'in_force', 'on', d.on_day, 'by', 'the day that the notice names')
    FROM due d;
    GET DIAGNOSTICS begun = ROW_COUNT;
END $$
"""


def upgrade() -> None:
    op.add_column("disruption_target", sa.Column("given_record_id", sa.Uuid(), nullable=True))
    op.execute("UPDATE disruption_target SET given_record_id = record_id")
    op.execute(
        "UPDATE disruption_target SET record_id = standing_record(record_id)"
        " WHERE kind = 'person' AND record_id IN (SELECT id FROM person WHERE merged_into_id IS NOT NULL)"
    )
    op.execute(KEEP_GIVEN)
    op.execute("REVOKE ALL ON FUNCTION keep_given_record() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER keep_given_record BEFORE INSERT ON disruption_target FOR EACH ROW"
        " EXECUTE FUNCTION keep_given_record()"
    )
    op.execute(FOLLOW_MERGE)
    op.execute(ASK_FOR_REVIEW)
    op.execute(TAKE_EFFECT)
    allow_call("let_hotel_notices_take_effect(date, int)", "PROCEDURE")
