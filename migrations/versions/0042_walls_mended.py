"""The walls around allegations, mended: what somebody who is named, closed out or moved away may still do or see."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, app_role

revision: str = "0042"
down_revision: str | None = "0041"

# Days are England's, whatever clock the server keeps.
PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"

# The cases that have a conflict with whoever acts, and what was released of them; not for the application to ask.
CLOSED_TO_ME = f"""
CREATE OR REPLACE FUNCTION closed_to_me() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    WITH closed AS (
        SELECT x.case_id FROM case_access x
        WHERE x.user_id = (SELECT acting_user()) AND x.kind = 'closed' AND x.ended_at IS NULL
    )
    SELECT case_id FROM closed
    UNION ALL
    SELECT r.id FROM case_release r WHERE r.case_id IN (SELECT case_id FROM closed)
$$
"""
# Designated officers, somebody named, a deputy for an hour; but nobody who has a conflict.
KNOWN_CASES = f"""
CREATE OR REPLACE FUNCTION known_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE c.authority_id = (SELECT acting_authority('allegations.work'))
    UNION
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL
      AND x.until_at > now()
    EXCEPT
    SELECT closed_to_me()
$$
"""
# Where a deputy broke the glass within the hour. One who is named besides, or instead, reads like anybody named.
EMERGENCY_CASES = f"""
CREATE FUNCTION emergency_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind = 'emergency' AND x.ended_at IS NULL AND x.until_at > now()
      AND x.authority_id = (SELECT acting_authority('allegations.deputise'))
$$
"""
CASE_STANDING = f"""
CREATE OR REPLACE FUNCTION case_standing(given_case uuid) RETURNS text
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT CASE
        WHEN c.authority_id = acting_authority('allegations.work') THEN
            CASE WHEN c.owner_id = acting_user() THEN 'owner' ELSE 'officer' END
        WHEN c.id IN (SELECT emergency_cases()) THEN 'emergency'
        ELSE 'named' END
    FROM lado_case c WHERE c.id = given_case AND c.id IN (SELECT known_cases())
$$
"""
LISTED_CASES = f"""
CREATE OR REPLACE FUNCTION listed_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT id FROM known_cases() k (id)
    WHERE EXISTS (SELECT FROM looked_lately('allegation', '{{listed}}'))
      AND ((SELECT acting_authority('allegations.work')) IS NOT NULL OR id IN (SELECT emergency_cases()))
    UNION
    SELECT open_cases()
$$
"""
# A designated officer writes, and so does a deputy in an emergency; whoever is named reads, whatever role they hold.
WORKED_CASES = f"""
CREATE OR REPLACE FUNCTION worked_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT k.id FROM open_cases() k (id)
    JOIN lado_case c ON c.id = k.id
    WHERE c.authority_id = (SELECT acting_authority('allegations.work')) OR c.id IN (SELECT emergency_cases())
$$
"""
# A recipient's own side of a release, as long as they work for the authority to which it was released.
HELD_RELEASES = f"""
CREATE OR REPLACE FUNCTION releases_held() RETURNS TABLE (id uuid, council text, kind text, released_at timestamptz,
    expires_on date, acknowledged_at timestamptz, answered_at timestamptz, chased_on date)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT r.id, a.name, r.kind, r.released_at, r.expires_on, r.acknowledged_at, r.answered_at, r.chased_on
    FROM case_release r JOIN authority a ON a.id = r.authority_id
    WHERE r.to_user_id = acting_user() AND r.for_authority_id = (SELECT acting_authority('casework.work'))
      AND r.ended_at IS NULL AND r.expires_on >= current_date
    ORDER BY r.released_at DESC, r.id
$$
"""

# What waits in the cases that somebody listed, and in the office around them: by when, and in which; never what.
DUE = f"""
CREATE FUNCTION lado_due() RETURNS TABLE (source text, id uuid, case_id uuid, reference text, due_on date)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT d.source, d.id, d.case_id, c.reference, d.due_on FROM (
        SELECT 'consider', c.id, c.id, c.consider_by FROM lado_case c WHERE c.stage IN ('recording', 'considering')
        UNION ALL
        SELECT 'review', c.id, c.id, c.review_on FROM lado_case c
        WHERE c.stage = 'open' OR (c.stage = 'closed' AND c.review_on IS NOT NULL)
        UNION ALL
        SELECT 'strand', s.id, s.case_id, s.next_on FROM case_strand s WHERE s.state NOT IN ('finished', 'not_needed')
        UNION ALL
        SELECT 'meeting', m.id, m.case_id, m.next_on FROM case_meeting m
        WHERE NOT EXISTS (SELECT FROM case_meeting n WHERE n.case_id = m.case_id AND n.held_on >= m.next_on)
        UNION ALL
        SELECT 'action', a.id, a.case_id, a.due_on FROM case_action a WHERE a.done_on IS NULL
        UNION ALL
        SELECT 'withheld', d.id, d.case_id, d.review_on FROM case_duty d
        WHERE d.state = 'withheld' AND NOT EXISTS (SELECT FROM case_duty n WHERE n.supersedes_id = d.id)
        UNION ALL
        SELECT 'release', r.id, r.case_id, r.acknowledge_by FROM case_release r
        WHERE r.acknowledged_at IS NULL AND r.ended_at IS NULL AND r.expires_on >= current_date
        UNION ALL
        SELECT 'answer', r.id, r.case_id, r.answered_at::date FROM case_release r
        WHERE r.answered_at IS NOT NULL AND r.taken_at IS NULL
        UNION ALL
        SELECT 'emergency', x.id, x.case_id, x.review_due_on FROM case_access x
        WHERE x.kind = 'emergency' AND x.reviewed_at IS NULL
        UNION ALL
        SELECT 'kept', c.id, c.id, c.retain_until FROM lado_case c
        WHERE c.retain_until <= current_date AND c.held_since IS NULL
    ) d (source, id, case_id, due_on)
    JOIN lado_case c ON c.id = d.case_id
    WHERE d.due_on IS NOT NULL AND d.case_id IN (SELECT listed_cases())
      AND (c.closed_on IS NULL OR d.source NOT IN ('strand', 'meeting', 'action'))
    UNION ALL
    SELECT o.* FROM (
        SELECT 'visit', s.id, NULL::uuid, s.reference, coalesce((
            SELECT v.next_on FROM setting_visit v WHERE v.setting_id = s.id
            ORDER BY v.visited_on DESC, v.recorded_at DESC LIMIT 1), s.recorded_at::date)
        FROM assured_setting s
        WHERE s.ended_on IS NULL AND s.authority_id = (SELECT acting_authority('allegations.work'))
        UNION ALL
        SELECT 'advice_kept', n.id, NULL, n.reference, n.keep_until FROM lado_consultation n
        WHERE n.keep_until <= current_date AND n.authority_id = (SELECT acting_authority('allegations.work'))
    ) o
    WHERE EXISTS (SELECT FROM looked_lately('allegation', '{{listed}}'))
    ORDER BY 5, 2
$$
"""
# Licensing merges records without knowing of a case: which, and when, in the last year, where the merge stands. Ids
# alone, for a designated officer whose list is kept; whose case is among them is found outside, by the keyed hash.
MERGES = f"""
CREATE FUNCTION lado_merges() RETURNS TABLE (person_id uuid, merged_at timestamptz)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT m.merged_id, max(m.merged_at) FROM merge m
    WHERE m.undone_at IS NULL AND m.merged_at > now() - interval '1 year'
      AND (SELECT acting_authority('allegations.work')) IS NOT NULL
      AND EXISTS (SELECT FROM looked_lately('allegation', '{{listed,looked}}'))
    GROUP BY m.merged_id ORDER BY m.merged_id
$$
"""
# Counts of the cases that whoever lists them may know of, by part and word; how long they took is reckoned outside, by
# the periods that the office works to.
INTERNAL = {"emergency_cases()": EMERGENCY_CASES}
FUNCTIONS = {"lado_due()": DUE, "lado_merges()": MERGES}
REPLACED = (CLOSED_TO_ME, KNOWN_CASES, CASE_STANDING, LISTED_CASES, WORKED_CASES, HELD_RELEASES)
# As they were, but by English days.
BY_ENGLISH_DAYS = (
    "PROCEDURE break_glass(uuid, text, bytea[], bytea, date, uuid)",
    "FUNCTION lado_authorities()",
    "FUNCTION lado_people(uuid[])",
)


def upgrade() -> None:
    let_duties_follow_each_other()
    say_when_a_release_is_to_be_acknowledged()
    say_when_an_answer_is_taken()
    for signature, definition in INTERNAL.items():
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    for definition in REPLACED:
        op.execute(definition)
    op.execute("DROP FUNCTION lado_due()")
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    for routine in BY_ENGLISH_DAYS:
        op.execute(f"ALTER {routine} SET timezone = 'Europe/London'")


def let_duties_follow_each_other() -> None:
    """What was told or withheld is settled once; what is owed again is another row, which names the one before."""
    op.add_column("case_duty", sa.Column("supersedes_id", sa.Uuid(), nullable=True))
    op.create_unique_constraint("uq_case_duty_id_authority_id", "case_duty", ["id", "authority_id"])
    op.create_foreign_key(
        "fk_case_duty_supersedes_id_authority_id",
        "case_duty",
        "case_duty",
        ["supersedes_id", "authority_id"],
        ["id", "authority_id"],
    )
    op.create_index("uq_case_duty_supersedes_id", "case_duty", ["supersedes_id"], unique=True)
    op.drop_index("uq_case_duty_case_id_kind_for", "case_duty")
    op.create_index(
        "uq_case_duty_case_id_kind_for",
        "case_duty",
        ["case_id", "kind", sa.literal_column("coalesce(for_authority_id, case_id)")],
        unique=True,
        postgresql_where=sa.text("supersedes_id IS NULL"),
    )
    op.execute(
        "CREATE TRIGGER keep_settled_on BEFORE UPDATE ON case_duty"
        " FOR EACH ROW EXECUTE FUNCTION keep_settled('settled_on')"
    )


def say_when_a_release_is_to_be_acknowledged() -> None:
    """By the period that the office works to; for those of before, by the two days that were counted for them."""
    op.add_column("case_release", sa.Column("acknowledge_by", sa.Date(), nullable=True))
    op.execute("UPDATE case_release SET acknowledge_by = coalesce(chased_on, released_at::date) + 2")
    op.alter_column("case_release", "acknowledge_by", nullable=False)
    op.execute(f"GRANT UPDATE (acknowledge_by) ON case_release TO {app_role()}")


def say_when_an_answer_is_taken() -> None:
    """A council's answer waits until it is put on a strand, which is done once."""
    op.add_column("case_release", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(f"GRANT UPDATE (taken_at) ON case_release TO {app_role()}")
