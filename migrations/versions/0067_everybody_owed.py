"""Nobody who is owed a message of a case is forgotten, and what councils may know is set by one procedure alone.

An officer adds a message by hand, and settles it like any other. A level, like access to a case, is written by a
procedure that checks who calls it and what was weighed; no other statement of the application writes it.
"""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0067"
down_revision: str | None = "0066"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'Europe/London'"
# Sealed to one byte each, the four reasons of changes.sharing are so long: whoever writes none of them is refused.
# What they say is sealed, and cannot be asked here.
SHORTEST = 107
# Set, raised, lowered or withdrawn by whoever works on the case and has it open. Raised only while the case goes on, for
# a council that shares today, and where the person is identified: then it is met on the case's own records and no others.
SET_SHARE = f"""
CREATE PROCEDURE set_share(
    IN given_case uuid, IN given_id uuid, IN given_authority uuid, IN given_level text, IN given_basis text,
    IN given_reasons bytea, IN given_keys bytea[]
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    ranks text[] := ARRAY['nothing', 'contact', 'summary', 'items'];
    concerned lado_case;
    before case_share;
    raised boolean;
BEGIN
    SELECT c.* INTO concerned FROM lado_case c
    WHERE c.id = given_case AND c.id IN (SELECT worked_cases()) FOR UPDATE;
    SELECT s.* INTO before FROM case_share s
    WHERE s.case_id = concerned.id AND s.for_authority_id = given_authority AND s.ended_at IS NULL FOR UPDATE;
    raised := array_position(ranks, given_level) > coalesce(array_position(ranks, before.level), 1);
    IF concerned.id IS NULL OR raised IS NULL
        OR before.id IS NULL AND given_authority NOT IN (SELECT lado_authorities())
        OR raised AND (concerned.closed_on IS NOT NULL OR given_authority NOT IN (SELECT lado_authorities()))
    THEN
        RAISE EXCEPTION 'this is not to be shared' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF given_basis IS NULL OR coalesce(octet_length(given_reasons), 0) < {SHORTEST} THEN
        RAISE EXCEPTION 'nothing is shared without its reasons' USING ERRCODE = 'check_violation';
    END IF;
    IF given_level <> 'nothing' AND (concerned.subject_key IS NULL OR coalesce(cardinality(given_keys), 0) = 0
        OR concerned.follows_merges AND NOT given_keys <@ (concerned.also_keys || concerned.subject_key))
    THEN
        RAISE EXCEPTION 'a flag is met on the records of its case' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE case_share s SET ended_at = clock_timestamp() WHERE s.id = before.id;
    INSERT INTO case_share (id, authority_id, case_id, for_authority_id, level, basis, reasons_sealed, subject_keys, set_by)
    VALUES (given_id, concerned.authority_id, concerned.id, given_authority, given_level, given_basis, given_reasons,
        given_keys, acting_user());
END $$
"""
# A level that ends with what it rested on; nothing stands in its place.
END_SHARE = f"""
CREATE PROCEDURE end_share(IN given_share uuid)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    UPDATE case_share s SET ended_at = clock_timestamp()
    WHERE s.id = given_share AND s.ended_at IS NULL AND s.case_id IN (SELECT worked_cases());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this does not stand' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$
"""


def upgrade() -> None:
    let_messages_be_added_by_hand()
    set_levels_by_procedure_alone()


def let_messages_be_added_by_hand() -> None:
    """Several may be of one kind, each with its own words; of those that the registers name there is one each."""
    for kind in ("employer", "regulator", "other"):
        admit_also("case_duty", "kind", "duty_kind", kind)
    op.add_column("case_duty", sa.Column("asked_sealed", sa.LargeBinary(), nullable=True))
    op.drop_index("uq_case_duty_case_id_kind_for", "case_duty")
    op.create_index(
        "uq_case_duty_case_id_kind_for",
        "case_duty",
        ["case_id", "kind", sa.literal_column("coalesce(for_authority_id, case_id)")],
        unique=True,
        postgresql_where=sa.text("supersedes_id IS NULL AND asked_sealed IS NULL"),
    )


def set_levels_by_procedure_alone() -> None:
    op.execute(f"REVOKE INSERT, UPDATE ON case_share FROM {app_role()}")
    for command in ("insert", "update"):
        op.execute(f"DROP POLICY case_share_{command} ON case_share")
    for signature, definition in (
        ("set_share(uuid, uuid, uuid, text, text, bytea, bytea[])", SET_SHARE),
        ("end_share(uuid)", END_SHARE),
    ):
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
