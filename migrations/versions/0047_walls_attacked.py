"""The walls around allegations, after an attack on them: what whoever runs statements of their own could still do."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call

revision: str = "0047"
down_revision: str | None = "0046"

# Days are England's, whatever clock the server keeps.
PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
THIS_TRANSACTION = "pg_current_xact_id_if_assigned()::text::bigint"

# As with a look: access counts once it is committed, since what is rolled back was never given, told or reviewed.
KNOWN_CASES = f"""
CREATE OR REPLACE FUNCTION known_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.id FROM lado_case c
    WHERE c.authority_id = (SELECT acting_authority('allegations.work'))
    UNION
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL
      AND x.until_at > now() AND x.transaction_id IS DISTINCT FROM {THIS_TRANSACTION}
    EXCEPT
    SELECT closed_to_me()
$$
"""
EMERGENCY_CASES = f"""
CREATE OR REPLACE FUNCTION emergency_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT x.case_id FROM case_access x
    WHERE x.user_id = (SELECT acting_user()) AND x.kind = 'emergency' AND x.ended_at IS NULL AND x.until_at > now()
      AND x.authority_id = (SELECT acting_authority('allegations.deputise'))
      AND x.transaction_id IS DISTINCT FROM {THIS_TRANSACTION}
$$
"""
# A deputy finds a case by its reference or by who it is about, after the second factor and a kept search. It answers
# nothing: whether there was one is read once it is committed, and with it that the glass was broken.
BREAK_GLASS = f"""
CREATE PROCEDURE break_glass(
    IN given_access uuid, IN given_reference text, IN given_keys bytea[], IN given_reason bytea, IN given_review_due date
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := acting_authority('allegations.deputise');
    found_case uuid;
BEGIN
    IF mine IS NULL OR coalesce(acting_second_factor_at() < clock_timestamp() - interval '6 minutes', true)
        OR NOT EXISTS (SELECT FROM looked_lately('allegation', '{{searched}}')) THEN
        RAISE EXCEPTION 'this is not an emergency' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_current_xact_id();  -- in either case, so that its having one tells nothing
    INSERT INTO case_access (id, authority_id, case_id, user_id, kind, reason_sealed, given_by, until_at, review_due_on)
    SELECT given_access, mine, c.id, acting_user(), 'emergency', given_reason, acting_user(),
        now() + interval '1 hour', least(given_review_due, current_date + 7)
    FROM lado_case c
    WHERE c.authority_id = mine AND (c.reference = given_reference OR c.subject_key = ANY (given_keys))
      AND c.id NOT IN (SELECT closed_to_me())
    ORDER BY c.closed_on NULLS FIRST, c.recorded_at DESC LIMIT 1
    ON CONFLICT (id) DO NOTHING
    RETURNING case_id INTO found_case;
    IF found_case IS NOT NULL THEN
        INSERT INTO audit_entry (id, action, category, object_kind, object_id, details)
        VALUES (gen_random_uuid(), 'access_given', 'records', 'allegation', found_case,
                jsonb_build_object('access', 'emergency', 'user', acting_user())),
            (gen_random_uuid(), 'glass_broken', 'records', 'user', acting_user(), NULL);
    END IF;
END $$
"""
# Of one's own access, what is committed: a row of one's own transaction would answer what its procedure does not.
OWN_ACCESS = (
    "case_id IN (SELECT open_cases())"
    " OR (user_id = (SELECT acting_user()) AND kind <> 'closed'"
    f" AND transaction_id IS DISTINCT FROM {THIS_TRANSACTION})"
)


def upgrade() -> None:
    say_in_which_transaction_access_was_given()
    op.execute("DROP PROCEDURE break_glass(uuid, text, bytea[], bytea, date, uuid)")
    op.execute(BREAK_GLASS)
    allow_call("break_glass(uuid, text, bytea[], bytea, date)", "PROCEDURE")
    for definition in (KNOWN_CASES, EMERGENCY_CASES):
        op.execute(definition)


def say_in_which_transaction_access_was_given() -> None:
    op.add_column(
        "case_access",
        sa.Column(
            "transaction_id",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
    )
    op.execute(f"ALTER POLICY case_access_select ON case_access USING ({OWN_ACCESS})")
