"""Actions keep the record that they are directed at, and follow it when it is merged."""

import sqlalchemy as sa
from alembic import op

revision: str = "0059"
down_revision: str | None = "0056"

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
