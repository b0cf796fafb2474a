"""Nobody who is owed a message of a case is forgotten, and what councils may know is set by one procedure alone.

An officer adds a message by hand, and settles it like any other. A level, like access to a case, is written by a
procedure that checks who calls it and what was weighed; no other statement of the application writes it. And the log
of who was told what says of each message to whom it went and on what basis, and of each release when it was chased.
A consultation is put right by another that takes its place.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

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
# As in 0047, and: whoever is told is named, with the basis on which they are.
KEEP_DUTY = """
CREATE OR REPLACE FUNCTION keep_duty() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) OR NEW.settled_on IS NULL OR TG_OP = 'UPDATE' AND OLD.settled_on IS NOT NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.supersedes_id IS NULL OR NOT EXISTS (
        SELECT FROM lado_case c WHERE c.id = NEW.case_id AND NEW.settled_on BETWEEN
            least((c.called_at AT TIME ZONE 'Europe/London')::date, c.known_on, c.referred_on)
            AND (now() AT TIME ZONE 'Europe/London')::date)
    THEN
        RAISE EXCEPTION 'a message is settled on a day of its case' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.state = 'done' AND NEW.kind NOT IN ('dbs', 'learning')
        AND (NEW.recipient_sealed IS NULL OR NEW.basis IS NULL)
    THEN
        RAISE EXCEPTION 'a message names who was told, and on what basis' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
# Each day on which an acknowledgement was asked for again, and not the last alone.
KEEP_CHASES = """
CREATE FUNCTION keep_chases() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.chased_days := '{}';
    ELSIF NEW.chased_on IS DISTINCT FROM OLD.chased_on AND NEW.chased_on IS NOT NULL THEN
        NEW.chased_days := OLD.chased_days || NEW.chased_on;
    END IF;
    RETURN NEW;
END $$
"""
# Which consultation stands in the place of one that was looked at: its id alone, since it opens with a look of its own.
AFTER = f"""
CREATE FUNCTION consultation_after(given_consultation uuid) RETURNS uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT n.id FROM lado_consultation n
    WHERE n.supersedes_id = given_consultation AND n.authority_id = (SELECT acting_authority('allegations.work'))
      AND given_consultation IN (SELECT looked_at('consultation'))
$$
"""
IS_LAST = "NOT EXISTS (SELECT FROM lado_consultation l WHERE l.supersedes_id = n.id)"
# What counts consultations, or waits for them, has each of them once: as it was put right.
COUNTED_ONCE = {
    "lado_figures(date, date)": "WHERE n.asked_on BETWEEN",
    "lado_due()": "WHERE n.keep_until <=",
}
BASES = ("children_act_2004", "children_act_1989", "public_task", "crime_and_disorder", "act_2022")


def upgrade() -> None:
    let_messages_be_added_by_hand()
    set_levels_by_procedure_alone()
    say_who_was_told_and_on_what_basis()
    keep_each_day_of_chasing()
    let_consultations_be_put_right()


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


def say_who_was_told_and_on_what_basis() -> None:
    """Asked from now on; of what was settled before it is not recorded."""
    op.add_column("case_duty", sa.Column("recipient_sealed", sa.LargeBinary(), nullable=True))
    for table in ("case_duty", "case_meeting"):
        op.add_column(table, sa.Column("basis", sa.String(40), nullable=True))
        listed = ", ".join(f"'{one}'" for one in BASES)
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_basis CHECK (basis IN ({listed}))")
    op.execute(f"GRANT UPDATE (recipient_sealed, basis) ON case_duty TO {app_role()}")
    op.execute(f"GRANT UPDATE (basis) ON case_meeting TO {app_role()}")
    op.execute(KEEP_DUTY)


def keep_each_day_of_chasing() -> None:
    op.add_column(
        "case_release",
        sa.Column("chased_days", postgresql.ARRAY(sa.Date()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.execute("UPDATE case_release SET chased_days = ARRAY[chased_on] WHERE chased_on IS NOT NULL")
    op.execute(KEEP_CHASES)
    op.execute(
        "CREATE TRIGGER keep_chases BEFORE INSERT OR UPDATE ON case_release FOR EACH ROW EXECUTE FUNCTION keep_chases()"
    )


def let_consultations_be_put_right() -> None:
    """By another that names the one before and keeps its reference; the one before stays as it was."""
    op.add_column("lado_consultation", sa.Column("supersedes_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_lado_consultation_supersedes_id_authority_id"),
        "lado_consultation",
        "lado_consultation",
        ["supersedes_id", "authority_id"],
        ["id", "authority_id"],
    )
    op.create_index("uq_lado_consultation_supersedes_id", "lado_consultation", ["supersedes_id"], unique=True)
    op.drop_constraint("uq_lado_consultation_authority_id_reference", "lado_consultation")
    op.create_index(
        "uq_lado_consultation_authority_id_reference",
        "lado_consultation",
        ["authority_id", "reference"],
        unique=True,
        postgresql_where=sa.text("supersedes_id IS NULL"),
    )
    op.execute(
        "ALTER POLICY lado_consultation_insert ON lado_consultation WITH CHECK"
        " (authority_id = (SELECT acting_authority('allegations.work'))"
        " AND (supersedes_id IS NULL OR supersedes_id IN (SELECT looked_at('consultation'))))"
    )
    op.execute(AFTER)
    allow_call("consultation_after(uuid)")
    for routine, counted in COUNTED_ONCE.items():
        found = sa.text("SELECT pg_get_functiondef(CAST(:routine AS regprocedure))")
        definition = str(op.get_bind().scalar(found, {"routine": routine}))
        if definition.count(counted) != 1:
            raise RuntimeError(f"{routine} does not count consultations as it did")
        once = counted.replace("WHERE ", f"WHERE {IS_LAST} AND ")
        op.get_bind().exec_driver_sql(definition.replace(counted, once))
