"""One person on several registers: a case may be about more than one record, though no council linked them.

The designated officer says that they are the same person, for the case alone; no register learns of it. A case is
then found by any of its records.

And a person is sought by all that a caller may know: one name alone, or a plate. A council that relied on what was
released to it learns where it relied that nothing is left of the allegation. A message that is
owed may turn out not to apply, which is not the same as that it was sent.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0048"
down_revision: str | None = "0047"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
TASK_REFERENCE = (
    "(SELECT 'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)) FROM md5(gen_random_uuid()::text) h)"
)
CASES_ABOUT = f"""
CREATE OR REPLACE FUNCTION cases_about(given_keys bytea[]) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE (c.subject_key = ANY (given_keys) OR c.also_keys && given_keys) AND c.id IN (SELECT known_cases())
      AND EXISTS (SELECT FROM looked_lately('allegation', '{{searched,looked,listed}}'))
    ORDER BY c.recorded_at DESC, c.id
$$
"""
# Holders by one word of their name, on registers that share.
NAMED = f"""
CREATE FUNCTION lado_named(given_word text, given_born date, given_most int) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.id FROM person p
    WHERE p.authority_id IN (SELECT lado_authorities()) AND p.merged_into_id IS NULL
      AND position(' ' || given_word || ' ' IN ' ' || p.sort_name || ' ') > 0
      AND (given_born IS NULL OR p.date_of_birth IS NULL OR p.date_of_birth = given_born)
    ORDER BY p.sort_name, p.id LIMIT least(given_most, 100)
$$
"""
# Holders of what bears a number: a licence, a badge, a plate, or the vehicle with that registration.
NUMBERED = f"""
CREATE FUNCTION lado_numbered(given_key text, given_most int) RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT DISTINCT l.person_id FROM lado_authorities() AS s(authority_id)
    CROSS JOIN LATERAL (
        SELECT id FROM licence WHERE authority_id = s.authority_id AND number_key = given_key
        UNION SELECT id FROM licence WHERE authority_id = s.authority_id AND badge_key = given_key
        UNION SELECT licence_id FROM licence_mark WHERE authority_id = s.authority_id AND number_key = given_key
        UNION SELECT v.id FROM licence v JOIN vehicle c ON c.id = v.vehicle_id
              WHERE c.authority_id = s.authority_id AND c.vrm_key = given_key
    ) found
    JOIN licence l ON l.id = found.id
    WHERE l.person_id IS NOT NULL ORDER BY l.person_id LIMIT least(given_most, 100)
$$
"""
# Each record of a council in which something of the case was relied on is marked, and its team is asked to look again.
DOUBT = f"""
CREATE PROCEDURE doubt_relied(IN given_case uuid)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    one relied_item;
BEGIN
    FOR one IN
        UPDATE relied_item i SET doubted_at = now() FROM case_release r
        WHERE r.id = i.release_id AND r.case_id = given_case AND r.case_id IN (SELECT worked_cases())
          AND i.doubted_at IS NULL
        RETURNING i.*
    LOOP
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        VALUES (gen_random_uuid(), one.authority_id, {TASK_REFERENCE}, 'review', '',
            'Something that was relied on here is in doubt: read what, and say whether the decision still stands.',
            one.object_kind, one.object_id, 'licensing_manager', current_date + 1);
    END LOOP;
END $$
"""
# How the cases of the office are called, for whoever reads its trail; of one that is closed to the reader, nothing.
REFERENCES = f"""
CREATE FUNCTION trail_references(given_cases uuid[]) RETURNS TABLE (id uuid, reference text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id, c.reference FROM lado_case c
    WHERE c.id = ANY (given_cases) AND c.authority_id = (SELECT acting_authority('restricted_trail.read'))
      AND c.id NOT IN (SELECT closed_to_me())
$$
"""
FUNCTIONS = {
    "trail_references(uuid[])": REFERENCES,
    "lado_named(text, date, int)": NAMED,
    "lado_numbered(text, int)": NUMBERED,
}


def upgrade() -> None:
    op.add_column(
        "lado_case",
        sa.Column("also_keys", postgresql.ARRAY(sa.LargeBinary()), server_default=sa.text("'{}'"), nullable=False),
    )
    admit_also("case_duty", "state", "duty_state", "not_needed")
    op.create_index("ix_lado_case_also_keys", "lado_case", ["also_keys"], postgresql_using="gin")
    op.execute(f"GRANT UPDATE (also_keys) ON lado_case TO {app_role()}")
    op.execute(CASES_ABOUT)
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    op.add_column("relied_item", sa.Column("doubted_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(DOUBT)
    allow_call("doubt_relied(uuid)", "PROCEDURE")
