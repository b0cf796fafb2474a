"""What others hold of a record goes with it when it is merged: links to other councils' records, and verdicts on it.

Both are derived from what was agreed or found and from which records are merged, so that undoing a merge leaves
nothing behind. The database does it, since neither is the merging authority's own to write.
"""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call

revision: str = "0016"
down_revision: str | None = "0015"

STANDING_RECORD = """
CREATE FUNCTION standing_record(given_person uuid) RETURNS uuid
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE up (id, into_id) AS (
        SELECT p.id, p.merged_into_id FROM person p WHERE p.id = given_person
        UNION
        SELECT p.id, p.merged_into_id FROM up JOIN person p ON p.id = up.into_id
    )
    SELECT up.id FROM up WHERE up.into_id IS NULL
$$
"""

# Carries on a merge, or the undoing of one, that was approved in this very transaction. The lock lets two councils that
# merge the two ends of one link at once follow one another.
FOLLOW_MERGE = """
CREATE PROCEDURE follow_merge(IN given_proposal uuid)
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

# As in 0013, and: the lock waits for a merge of either record that is under way.
LINK = """
CREATE OR REPLACE PROCEDURE link_people(IN given_proposal uuid, INOUT link_id uuid DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal := check_approved(given_proposal, 'cross_merge');
BEGIN
    LOCK TABLE same_person IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO same_person (id, first_person_id, first_authority_id, second_person_id, second_authority_id,
        proposal_id)
    SELECT gen_random_uuid(), a.id, a.authority_id, b.id, b.authority_id, one.id
    FROM person a JOIN person b ON a.id < b.id
    WHERE a.id = one.object_id AND b.id::text = one.code
      AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
      AND a.authority_id <> b.authority_id
      AND one.authorities @> ARRAY[a.authority_id, b.authority_id]
      AND cardinality(one.authorities) = 2
    ON CONFLICT (first_person_id, second_person_id) WHERE ended_at IS NULL AND NOT repeats DO NOTHING
    RETURNING id INTO link_id;
END $$
"""

# As in 0013, and: with a link ends every other that says the same since records were merged.
UNLINK = """
CREATE OR REPLACE PROCEDURE unlink_people(IN given_proposal uuid, INOUT unlinked boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal := check_approved(given_proposal, 'cross_unmerge');
BEGIN
    LOCK TABLE same_person IN SHARE ROW EXCLUSIVE MODE;
    UPDATE same_person s SET ended_at = now(), ended_by_proposal_id = one.id, repeats = false
    FROM same_person named
    WHERE named.id = one.object_id AND named.ended_at IS NULL AND s.ended_at IS NULL
      AND s.first_person_id = named.first_person_id AND s.second_person_id = named.second_person_id
      AND one.authorities @> ARRAY[named.first_authority_id, named.second_authority_id]
      AND cardinality(one.authorities) = 2;
    unlinked := FOUND;
END $$
"""

LINKED_PEOPLE = """
CREATE OR REPLACE FUNCTION linked_people(given_person uuid) RETURNS TABLE (authority_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT other.authority_id, other.id
    FROM person own
    JOIN same_person s ON own.id IN (s.first_person_id, s.second_person_id) AND s.ended_at IS NULL AND NOT s.repeats
    JOIN person other ON other.id IN (s.first_person_id, s.second_person_id) AND other.id <> own.id
    WHERE own.id = given_person AND own.authority_id = (SELECT acting_authority('register.read'))
    ORDER BY 1, 2
$$
"""

# As in 0013, and: an older check still names a record that was merged since; the lock waits for a merge under way.
KEEP_GROUND = """
CREATE OR REPLACE FUNCTION keep_verdict_ground() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    standing uuid;
BEGIN
    PERFORM FROM person p WHERE p.id = NEW.person_id FOR SHARE;
    standing := standing_record(NEW.person_id);
    UPDATE verdict SET person_id = standing WHERE id = NEW.id AND person_id <> standing;
    INSERT INTO verdict_ground (verdict_id, person_hash) VALUES (NEW.id, verdict_ground_of(NEW.id, standing));
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.add_column("same_person", sa.Column("repeats", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_index("uq_same_person_standing", "same_person")
    op.create_index(
        "uq_same_person_standing",
        "same_person",
        ["first_person_id", "second_person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND NOT repeats"),
    )
    op.drop_constraint("uq_same_person_ended_by_proposal_id", "same_person")
    op.create_index("ix_verdict_person_id", "verdict", ["person_id"])
    op.execute(STANDING_RECORD)
    op.execute("REVOKE ALL ON FUNCTION standing_record(uuid) FROM PUBLIC")
    op.execute(FOLLOW_MERGE)
    allow_call("follow_merge(uuid)", "PROCEDURE")
    for replaced in (LINK, UNLINK, LINKED_PEOPLE, KEEP_GROUND):
        op.execute(replaced)
