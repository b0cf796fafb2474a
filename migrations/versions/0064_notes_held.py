"""What a review of Need to Know found, held by the database.

A report passes on what is its council's own, or for the county, and no more. All who wrote any of a note or a report
are kept, and neither approve nor issue it. Nothing is read, acknowledged or signed before it was issued.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call

revision: str = "0064"
down_revision: str | None = "0063"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
MINE = "authority_id IN ((SELECT acting_authority('need_to_know.write')), (SELECT acting_authority('need_to_know.approve')))"
WRITES = "authority_id = (SELECT acting_authority('need_to_know.write'))"
IS_COUNTY = "EXISTS (SELECT FROM authority a WHERE a.id = {} AND 'childrens_services' = ANY (a.functions))"
LADO = IS_COUNTY.format("acting_authority('allegations.work')")
COUNTYS_WRITER = (
    "EXISTS (SELECT FROM authority a WHERE 'childrens_services' = ANY (a.functions)"
    " AND a.id IN (acting_authority('need_to_know.write'), acting_authority('need_to_know.approve')))"
)
# Whether the report of a council passes the note n on. That its writer was sent the note as a reader does not count.
COLLECTS = f"(n.authority_id = {{}} OR (n.for_county AND {IS_COUNTY}))"

# As in 0054, and: a note that a report ought not to have collected opens with it no longer.
KNOWN_NOTES = f"""
CREATE OR REPLACE FUNCTION known_notes() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT n.id FROM need_to_know n WHERE n.{MINE}
    UNION
    SELECT n.id FROM need_to_know n JOIN need_to_know_reader r ON r.note_id = n.id
    WHERE n.issued_at IS NOT NULL AND r.user_id = acting_user() AND r.removed_at IS NULL
      AND acting_authority('need_to_know.read') IS NOT NULL
    UNION
    SELECT n.id FROM need_to_know n
    WHERE n.lado_asked AND (n.authority_id = acting_authority('allegations.work') OR {LADO})
    UNION
    SELECT n.id FROM need_to_know n WHERE n.issued_at IS NOT NULL AND n.for_county AND {COUNTYS_WRITER}
    UNION
    SELECT n.id FROM need_to_know_collected c JOIN need_to_know n ON n.id = c.note_id
    WHERE c.report_id IN (SELECT known_reports()) AND {COLLECTS.format("c.authority_id", "c.authority_id")}
$$
"""
COMPILER = "need_to_know_collected.authority_id"
MAY_COLLECT = (
    f"{WRITES} AND note_id IN (SELECT n.id FROM need_to_know n WHERE n.issued_at IS NOT NULL"
    f" AND {COLLECTS.format(COMPILER, COMPILER)})"
    " AND report_id IN (SELECT p.id FROM need_to_know_report p WHERE p.state = 'drafted')"
)

WRITTEN = ("need_to_know", "need_to_know_report")
REFUSE = "RAISE EXCEPTION '{}' USING ERRCODE = 'insufficient_privilege'"
WROTE = "CASE WHEN acting_user() = ANY (OLD.authors) THEN OLD.authors ELSE OLD.authors || acting_user() END"
NOTE_MOVES = "'{state,approved_by,approved_at,issued_by,issued_at}'::text[]"
# As in 0054, and: whoever writes changes a draft and is kept as its author, whatever they say of it; whoever approves
# makes a draft of what was approved. Sending a draft back changes nothing of it, and so makes nobody an author.
KEEP_NOTE = f"""
CREATE OR REPLACE FUNCTION keep_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    may_approve boolean := coalesce(acting_authority('need_to_know.approve') = NEW.authority_id, false);
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drafted' OR NEW.approved_by IS NOT NULL OR NEW.issued_at IS NOT NULL THEN
            {REFUSE.format("a note begins as a draft")};
        END IF;
        NEW.authors := ARRAY[acting_user()];
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('drafted', 'drafted'), ('drafted', 'approved'), ('drafted', 'withdrawn'),
        ('approved', 'drafted'), ('approved', 'issued'), ('issued', 'superseded'), ('issued', 'closed'))
    THEN
        {REFUSE.format("a note does not go from there to there")};
    END IF;
    IF to_jsonb(OLD) - {NOTE_MOVES} IS DISTINCT FROM to_jsonb(NEW) - {NOTE_MOVES} THEN
        IF (OLD.state, NEW.state) <> ('drafted', 'drafted') THEN
            {REFUSE.format("only a draft is changed")};
        END IF;
        IF acting_authority('need_to_know.write') IS DISTINCT FROM OLD.authority_id THEN
            {REFUSE.format("whoever writes notes changes a draft")};
        END IF;
        NEW.authors := {WROTE};
    END IF;
    IF OLD.state = 'approved' AND NEW.state = 'drafted' AND NOT may_approve THEN
        {REFUSE.format("whoever approves sends back what was approved")};
    END IF;
    IF OLD.state = 'drafted' AND NEW.state = 'approved' THEN
        IF NOT may_approve OR acting_user() = ANY (OLD.authors || OLD.drafted_by) THEN
            {REFUSE.format("somebody else approves a note than whoever wrote any of it")};
        END IF;
        NEW.approved_by := acting_user();
        NEW.approved_at := now();
    ELSIF NEW.state IN ('drafted', 'withdrawn') THEN
        NEW.approved_by := NULL;
        NEW.approved_at := NULL;
    ELSE
        NEW.approved_by := OLD.approved_by;
        NEW.approved_at := OLD.approved_at;
    END IF;
    IF OLD.state = 'approved' AND NEW.state = 'issued' THEN
        IF NOT EXISTS (SELECT FROM need_to_know_reader r WHERE r.note_id = OLD.id AND r.removed_at IS NULL) THEN
            {REFUSE.format("a note is issued to somebody")};
        END IF;
        NEW.issued_by := acting_user();
        NEW.issued_at := now();
    ELSE
        NEW.issued_by := OLD.issued_by;
        NEW.issued_at := OLD.issued_at;
    END IF;
    RETURN NEW;
END $$
"""
REPORT_MOVES = "'{state,issued_by,issued_at,changed_by}'::text[]"
# As in 0054, with all who wrote of it in place of the first and the last.
KEEP_REPORT = f"""
CREATE OR REPLACE FUNCTION keep_report() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.state = 'drafted' THEN
        IF NEW.state <> 'drafted' OR NEW.issued_at IS NOT NULL OR (TG_OP = 'UPDATE' AND OLD.state <> 'drafted') THEN
            {REFUSE.format("a report begins as a draft, and an issued one stays")};
        END IF;
        NEW.changed_by := acting_user();
        IF TG_OP = 'INSERT' THEN
            NEW.authors := ARRAY[acting_user()];
        ELSE
            NEW.authors := {WROTE};
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'drafted' OR to_jsonb(OLD) - {REPORT_MOVES} IS DISTINCT FROM to_jsonb(NEW) - {REPORT_MOVES} THEN
        {REFUSE.format("what was issued stays as it is")};
    END IF;
    IF acting_authority('need_to_know.approve') IS DISTINCT FROM OLD.authority_id
        OR acting_user() = ANY (OLD.authors || OLD.compiled_by)
    THEN
        {REFUSE.format("somebody else issues a report than whoever wrote any of it")};
    END IF;
    NEW.changed_by := OLD.changed_by;
    NEW.issued_by := acting_user();
    NEW.issued_at := now();
    RETURN NEW;
END $$
"""
# Whoever adds a note to a report wrote of it, by the trigger above: its notes are most of its words.
KEEP_COLLECTED = """
CREATE FUNCTION keep_collected() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) THEN
        UPDATE need_to_know_report SET changed_by = acting_user() WHERE id = NEW.report_id;
    END IF;
    RETURN NULL;
END $$
"""
# Asked with the owner's rights: whoever a draft is addressed to cannot see it, and so could not see that it is one.
IS_ISSUED = f"""
CREATE FUNCTION is_issued(given_note uuid, given_report uuid) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT EXISTS (SELECT FROM need_to_know n WHERE n.id = given_note AND n.issued_at IS NOT NULL)
        OR EXISTS (SELECT FROM need_to_know_report p WHERE p.id = given_report AND p.issued_at IS NOT NULL)
$$
"""
# As in 0054, and: nothing is read, acknowledged or signed before it was issued.
KEEP_READER = f"""
CREATE OR REPLACE FUNCTION keep_reader() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_draft boolean := CASE WHEN NEW.note_id IS NOT NULL
        THEN EXISTS (SELECT FROM need_to_know n WHERE n.id = NEW.note_id AND n.state = 'drafted')
        ELSE EXISTS (SELECT FROM need_to_know_report p WHERE p.id = NEW.report_id AND p.state = 'drafted') END;
    is_issued boolean := is_issued(NEW.note_id, NEW.report_id);
    stays text[] := '{{removed_at,read_at,acknowledged_on,acknowledged_at,acknowledged_how,acknowledged_by}}';
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.read_at IS NOT NULL OR NEW.acknowledged_on IS NOT NULL OR NEW.removed_at IS NOT NULL
            OR (NOT is_draft AND acting_authority('need_to_know.approve') IS DISTINCT FROM NEW.authority_id)
        THEN
            {REFUSE.format("readers are added to a draft, or by whoever approves")};
        END IF;
        RETURN NEW;
    END IF;
    IF to_jsonb(OLD) - stays IS DISTINCT FROM to_jsonb(NEW) - stays OR OLD.removed_at IS NOT NULL THEN
        {REFUSE.format("who was addressed stays as it was")};
    END IF;
    IF NEW.removed_at IS NOT NULL THEN
        IF NOT is_draft THEN
            {REFUSE.format("nobody is taken off what was approved")};
        END IF;
        NEW.removed_at := now();
    END IF;
    IF NEW.read_at IS DISTINCT FROM OLD.read_at THEN
        IF OLD.read_at IS NOT NULL OR NEW.user_id <> acting_user() OR NOT is_issued THEN
            {REFUSE.format("a reader reads once, for themselves, what was issued")};
        END IF;
        NEW.read_at := now();
    END IF;
    IF NEW.acknowledged_on IS DISTINCT FROM OLD.acknowledged_on OR NEW.acknowledged_how IS DISTINCT FROM OLD.acknowledged_how
        OR NEW.acknowledged_at IS DISTINCT FROM OLD.acknowledged_at
    THEN
        IF OLD.acknowledged_on IS NOT NULL OR NOT is_issued OR (NEW.acknowledged_how = 'here') <> (NEW.user_id = acting_user())
            OR (NEW.report_id IS NOT NULL AND NEW.acknowledged_how <> 'here')
        THEN
            {REFUSE.format("it is acknowledged once, when it was issued, by the reader or by whoever told them; a report is signed")};
        END IF;
        IF NEW.acknowledged_how = 'here' THEN
            NEW.acknowledged_on := (now() AT TIME ZONE 'Europe/London')::date;
        END IF;
        NEW.acknowledged_by := acting_user();
    ELSE
        NEW.acknowledged_by := OLD.acknowledged_by;
    END IF;
    RETURN NEW;
END $$
"""
# Who wrote of a draft before this: of a note its steps say, of a report the trail.
WROTE_NOTES = """
UPDATE need_to_know n SET authors = ARRAY(
    SELECT n.drafted_by UNION
    SELECT s.by_id FROM need_to_know_step s WHERE s.note_id = n.id AND s.kind IN ('drafted', 'changed')
    ORDER BY 1)
"""
WROTE_REPORTS = """
UPDATE need_to_know_report p SET authors = ARRAY(
    SELECT p.compiled_by UNION SELECT p.changed_by UNION
    SELECT e.actor_id FROM audit_entry e
    WHERE e.object_kind = 'need_to_know_report' AND e.object_id = p.id AND e.action = 'changed'
      AND e.actor_id IS NOT NULL
    ORDER BY 1)
"""


def upgrade() -> None:
    for table in WRITTEN:
        op.add_column(table, sa.Column("authors", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False))
    op.execute(WROTE_NOTES)
    op.execute(WROTE_REPORTS)
    op.execute(KEEP_NOTE)
    op.execute(KEEP_REPORT)
    op.execute(KEEP_COLLECTED)
    op.execute("REVOKE ALL ON FUNCTION keep_collected() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER keep AFTER INSERT ON need_to_know_collected FOR EACH ROW EXECUTE FUNCTION keep_collected()"
    )
    op.execute(IS_ISSUED)
    allow_call("is_issued(uuid, uuid)")
    op.execute(KEEP_READER)
    op.execute(KNOWN_NOTES)
    op.execute(f"ALTER POLICY need_to_know_collected_insert ON need_to_know_collected WITH CHECK ({MAY_COLLECT})")
