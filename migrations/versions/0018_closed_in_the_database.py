"""What the application's own rules refuse, the database refuses too: rewriting decisions, receipts and who did it."""

from collections.abc import Sequence

from alembic import op

from licensing.row_security import allow_call, app_role

revision: str = "0018"
down_revision: str | None = "0017"

# What the application changes of a row that is there; everything else of it stays as it was first written.
CHANGED_BY_THE_APPLICATION = {
    "licence_event": ("superseded_at",),
    "person": (
        "given_names",
        "family_name",
        "sort_name",
        "date_of_birth",
        "deceased_on",
        "source_id",
        "merged_into_id",
    ),
    "import": ("status", "applied_at", "receipt", "changed_rows", "fingerprint", "seen", "missing"),
}

# The procedures of jobs run as the owner, and are each made for the one thing that they do: the triggers below bind
# the application.
IS_OWNER = """
CREATE FUNCTION acts_as_owner_of(given_table oid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT current_user = pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = given_table
$$
"""

# now() is the beginning of the transaction: the acting user gave the last approval in this very one.
HAS_JUST_APPROVED = """
CREATE FUNCTION has_just_approved(given_kind text, given_object uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM proposal p JOIN proposal_part d ON d.proposal_id = p.id
        WHERE p.kind = given_kind AND p.object_id = given_object AND p.status = 'approved'
          AND d.decided_by = acting_user() AND d.decided_at = now())
$$
"""

# The proposal is about the record that is kept; which other it takes in, or gives back, stands in its sealed part.
GUARD_MERGED_PERSON = """
CREATE FUNCTION guard_merged_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND NOT has_just_approved(
        CASE WHEN NEW.merged_into_id IS NULL THEN 'unmerge' ELSE 'merge' END,
        coalesce(NEW.merged_into_id, OLD.merged_into_id))
    THEN
        RAISE EXCEPTION 'a second person approves a merge' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

# A correction may put right the day of a voiding that was agreed before.
GUARD_VOID = """
CREATE FUNCTION guard_void() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND NOT has_just_approved('void', NEW.licence_id)
        AND NOT has_just_approved('correction', NEW.supersedes_id)
    THEN
        RAISE EXCEPTION 'a second person agrees that a licence is void' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

# Stamped rather than compared: nobody can say that somebody else brought a file in, or when.
STAMP_IMPORT = """
CREATE FUNCTION stamp_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    ELSIF TG_OP = 'INSERT' THEN
        NEW.status := 'staged';
        NEW.staged_by := acting_user();
        NEW.staged_at := now();
    ELSIF OLD.status <> 'staged' THEN
        RAISE EXCEPTION 'an import that was applied or let go does not change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.applied_at := CASE WHEN NEW.status = 'applied' THEN now() END;
    RETURN NEW;
END $$
"""

STAMP_TASK = """
CREATE FUNCTION stamp_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND OLD.done_at IS NOT NULL THEN
        RAISE EXCEPTION 'a task is finished once' USING ERRCODE = 'insufficient_privilege';
    ELSIF NEW.done_at IS NOT NULL THEN
        NEW.done_at := now();
        NEW.done_by := acting_user();
    END IF;
    RETURN NEW;
END $$
"""

TRIGGERS = (
    "CREATE TRIGGER guard_merge BEFORE UPDATE OF merged_into_id ON person FOR EACH ROW"
    " WHEN (NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id) EXECUTE FUNCTION guard_merged_person()",
    "CREATE TRIGGER guard_void BEFORE INSERT ON licence_event FOR EACH ROW"
    " WHEN (NEW.kind = 'voided') EXECUTE FUNCTION guard_void()",
    "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON import FOR EACH ROW EXECUTE FUNCTION stamp_import()",
    "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON task FOR EACH ROW EXECUTE FUNCTION stamp_task()",
)

# Where neither a person acts nor a job, there is nothing but accounts to tell of: no look is made up from outside.
ACCOUNTS_UNTIL_SOMEBODY_ACTS = """
    category = 'accounts' OR (SELECT acting_user()) IS NOT NULL OR (SELECT acting_job()) IS NOT NULL
"""


def upgrade() -> None:
    for table, columns in CHANGED_BY_THE_APPLICATION.items():
        let_change(table, columns)
    op.execute(IS_OWNER)
    op.execute(HAS_JUST_APPROVED)
    allow_call("has_just_approved(text, uuid)")
    for statement in (GUARD_MERGED_PERSON, GUARD_VOID, STAMP_IMPORT, STAMP_TASK, *TRIGGERS):
        op.execute(statement)
    op.execute(f"ALTER POLICY audit_entry_insert ON audit_entry WITH CHECK ({ACCOUNTS_UNTIL_SOMEBODY_ACTS})")


def let_change(table: str, columns: Sequence[str]) -> None:
    """From now on the application changes these columns of a table and no others."""
    op.execute(f"REVOKE UPDATE ON {table} FROM {app_role()}")
    op.execute(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {app_role()}")
