"""Need to Know: notes and their readers, the monthly report with its signatures, and what proposes a note.

A note is known to whoever writes or approves for its council, once issued to its readers, to designated officers who
are asked for their part, and where it says so to the county's own writers. Triggers hold what was approved by another
and what was issued to what they were. A job proposes notes from what happened, in words that say nothing of whom.
"""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect

revision: str = "0054"
down_revision: str | None = "0053"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
OBJECT_KINDS = ("need_to_know", "need_to_know_report", "need_to_know_request", "need_to_know_fact")
TASK_KINDS = ("raise_need_to_know", "asked_by_reader")

MINE = "authority_id IN ((SELECT acting_authority('need_to_know.write')), (SELECT acting_authority('need_to_know.approve')))"
WRITES = "authority_id = (SELECT acting_authority('need_to_know.write'))"
IS_COUNTY = "EXISTS (SELECT FROM authority a WHERE a.id = {} AND 'childrens_services' = ANY (a.functions))"
LADO = IS_COUNTY.format("acting_authority('allegations.work')")
COUNTYS_WRITER = (
    "EXISTS (SELECT FROM authority a WHERE 'childrens_services' = ANY (a.functions)"
    " AND a.id IN (acting_authority('need_to_know.write'), acting_authority('need_to_know.approve')))"
)
KNOWN_NOTE, KNOWN_REPORT = "IN (SELECT known_notes())", "IN (SELECT known_reports())"

KNOWN_REPORTS = f"""
CREATE FUNCTION known_reports() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT p.id FROM need_to_know_report p WHERE p.{MINE}
    UNION
    SELECT p.id FROM need_to_know_report p JOIN need_to_know_reader r ON r.report_id = p.id
    WHERE p.issued_at IS NOT NULL AND r.user_id = acting_user() AND r.removed_at IS NULL
      AND acting_authority('need_to_know.read') IS NOT NULL
$$
"""
KNOWN_NOTES = f"""
CREATE FUNCTION known_notes() RETURNS SETOF uuid
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
    SELECT c.note_id FROM need_to_know_collected c WHERE c.report_id IN (SELECT known_reports())
$$
"""
# To whom something may be addressed: by name, office to be said, whatever their council. Nothing else about them.
READERS = f"""
CREATE FUNCTION briefing_readers() RETURNS TABLE (id uuid, name text, council text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT u.id, u.name::text, a.name::text FROM user_account u JOIN authority a ON a.id = u.authority_id
    WHERE u.status = 'active'
      AND EXISTS (SELECT FROM role_held h WHERE h.user_id = u.id AND h.ended_at IS NULL AND h.role = 'briefing_reader')
      AND coalesce(acting_authority('need_to_know.write'), acting_authority('need_to_know.approve')) IS NOT NULL
    ORDER BY a.name, u.name, u.id
$$
"""

REFUSE = "RAISE EXCEPTION '{}' USING ERRCODE = 'insufficient_privilege'"
NOTE_MOVES = "'{state,approved_by,approved_at,issued_by,issued_at}'::text[]"
KEEP_NOTE = f"""
CREATE FUNCTION keep_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF acts_as_owner_of(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'drafted' OR NEW.approved_by IS NOT NULL OR NEW.issued_at IS NOT NULL THEN
            {REFUSE.format("a note begins as a draft")};
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('drafted', 'drafted'), ('drafted', 'approved'), ('drafted', 'withdrawn'),
        ('approved', 'drafted'), ('approved', 'issued'), ('issued', 'superseded'), ('issued', 'closed'))
    THEN
        {REFUSE.format("a note does not go from there to there")};
    END IF;
    IF (OLD.state, NEW.state) <> ('drafted', 'drafted')
        AND to_jsonb(OLD) - {NOTE_MOVES} IS DISTINCT FROM to_jsonb(NEW) - {NOTE_MOVES}
    THEN
        {REFUSE.format("only a draft is changed")};
    END IF;
    IF OLD.state = 'drafted' AND NEW.state = 'approved' THEN
        IF acting_authority('need_to_know.approve') IS DISTINCT FROM OLD.authority_id OR EXISTS (
            SELECT FROM need_to_know_step s WHERE s.note_id = OLD.id AND s.kind IN ('drafted', 'changed')
              AND s.by_id = acting_user()) OR OLD.drafted_by = acting_user()
        THEN
            {REFUSE.format("somebody else approves a note than whoever wrote it")};
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
KEEP_REPORT = f"""
CREATE FUNCTION keep_report() RETURNS trigger
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
        RETURN NEW;
    END IF;
    IF OLD.state <> 'drafted' OR to_jsonb(OLD) - {REPORT_MOVES} IS DISTINCT FROM to_jsonb(NEW) - {REPORT_MOVES} THEN
        {REFUSE.format("what was issued stays as it is")};
    END IF;
    IF acting_authority('need_to_know.approve') IS DISTINCT FROM OLD.authority_id
        OR acting_user() IN (OLD.compiled_by, OLD.changed_by)
    THEN
        {REFUSE.format("somebody else issues a report than whoever put it together")};
    END IF;
    NEW.changed_by := OLD.changed_by;
    NEW.issued_by := acting_user();
    NEW.issued_at := now();
    RETURN NEW;
END $$
"""
# Whoever it is addressed to reads and signs by themselves; what somebody says for them says how. Nothing is said twice.
KEEP_READER = f"""
CREATE FUNCTION keep_reader() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_draft boolean := CASE WHEN NEW.note_id IS NOT NULL
        THEN EXISTS (SELECT FROM need_to_know n WHERE n.id = NEW.note_id AND n.state = 'drafted')
        ELSE EXISTS (SELECT FROM need_to_know_report p WHERE p.id = NEW.report_id AND p.state = 'drafted') END;
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
        IF OLD.read_at IS NOT NULL OR NEW.user_id <> acting_user() THEN
            {REFUSE.format("a reader reads once, and for themselves")};
        END IF;
        NEW.read_at := now();
    END IF;
    IF NEW.acknowledged_on IS DISTINCT FROM OLD.acknowledged_on OR NEW.acknowledged_how IS DISTINCT FROM OLD.acknowledged_how
        OR NEW.acknowledged_at IS DISTINCT FROM OLD.acknowledged_at
    THEN
        IF OLD.acknowledged_on IS NOT NULL OR is_draft OR (NEW.acknowledged_how = 'here') <> (NEW.user_id = acting_user())
            OR (NEW.report_id IS NOT NULL AND NEW.acknowledged_how <> 'here')
        THEN
            {REFUSE.format("it is acknowledged once, by the reader or by whoever told them; a report is signed")};
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
GUARDS = (
    ("keep_note", KEEP_NOTE, "need_to_know"),
    ("keep_report", KEEP_REPORT, "need_to_know_report"),
    ("keep_reader", KEEP_READER, "need_to_know_reader"),
)

# What happened in the last fortnight and nobody has answered for: for the writers of the council, or else its managers.
# Of allegations nothing is ever proposed: a designated officer says what there is to say.
WATCH = f"""
CREATE PROCEDURE watch_need_to_know(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql {PINNED} SET timezone = 'Europe/London' AS $$
BEGIN
    IF acting_job('watch_need_to_know') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_need_to_know does this' USING ERRCODE = '42501';
    END IF;
    WITH happened (authority_id, trigger, object_kind, object_id, on_day) AS (
        SELECT d.authority_id, 'immediate_revocation', 'decision', d.id, d.decided_on FROM decision d
        WHERE d.kind = 'revoke' AND d.immediate
        UNION ALL
        SELECT c.authority_id, 'summary_review', 'consideration', c.id, coalesce(c.received_on, c.opened_on)
        FROM consideration c WHERE c.source = 'summary_review'
        UNION ALL
        SELECT coalesce(a.place_authority_id, a.authority_id), 'closure', 'disruption_action', a.id, a.in_force_on
        FROM disruption_action a JOIN power p ON p.id = a.power_id
        WHERE p.closes AND a.directed_at = 'premises' AND a.in_force_on IS NOT NULL
        UNION ALL
        SELECT coalesce(a.place_authority_id, a.authority_id), 'hotel_notice', 'hotel_notice', h.id, min(s.served_on)
        FROM hotel_notice h JOIN disruption_action a ON a.id = h.action_id JOIN hotel_notice_service s ON s.notice_id = h.id
        GROUP BY 1, 4
        UNION ALL
        SELECT c.authority_id, 'charge', 'court_case', c.id, (min(d.at) AT TIME ZONE 'Europe/London')::date
        FROM court_case c JOIN court_defendant d ON d.case_id = c.id
        WHERE d.licence_id IS NOT NULL AND c.ended_on IS NULL GROUP BY 1, 4
        UNION ALL
        SELECT t.authority_id, 'cluster', 'organisation', t.object_id, (t.opened_at AT TIME ZONE 'Europe/London')::date
        FROM task t WHERE t.kind = 'consider_fitness' AND t.object_kind = 'organisation' AND t.opened_by IS NULL
        UNION ALL
        SELECT k.authority_id, 'overdue_clock', 'clock', k.id, k.due_on + 1
        FROM clock k JOIN clock_rule r ON r.id = k.rule_id
        WHERE r.set_by = 'law' AND k.due_on < given_day AND k.met_on IS NULL AND k.ceased_at IS NULL
          AND k.paused_on IS NULL AND k.for_team IN ('licensing_officer', 'licensing_manager')
    ), fresh AS (
        INSERT INTO need_to_know_fact (id, authority_id, trigger, object_kind, object_id, on_day)
        SELECT DISTINCT ON (h.authority_id, h.trigger, h.object_id)
            gen_random_uuid(), h.authority_id, h.trigger, h.object_kind, h.object_id, h.on_day
        FROM happened h WHERE h.on_day BETWEEN given_day - 14 AND given_day
        ORDER BY h.authority_id, h.trigger, h.object_id, h.on_day
        ON CONFLICT DO NOTHING
        RETURNING id, authority_id
    ), told AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), f.authority_id, 'TK-' || upper(substr(r.h, 1, 4) || '-' || substr(r.h, 5, 4)),
            'raise_need_to_know', '', 'Something happened that leaders may need to know. Draft a note, or say why not.',
            'need_to_know_fact', f.id, CASE WHEN EXISTS (
                SELECT FROM role_held h JOIN user_account u ON u.id = h.user_id AND u.status = 'active'
                WHERE u.authority_id = f.authority_id AND h.role = 'briefing_author' AND h.ended_at IS NULL)
                THEN 'briefing_author' ELSE 'licensing_manager' END, given_day + 1
        FROM fresh f CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text || f.id::text) AS h) r
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM told;
END $$
"""
CALLED = {
    "known_reports()": KNOWN_REPORTS,
    "known_notes()": KNOWN_NOTES,
    "briefing_readers()": READERS,
}
STAMPED = {
    "need_to_know": "'drafted_by', 'drafted_at'",
    "need_to_know_step": "'by_id', 'at'",
    "need_to_know_lado_part": "'by_id', 'at'",
    "need_to_know_report": "'compiled_by', 'compiled_at'",
    "need_to_know_collected": "'', 'added_at'",
    "need_to_know_reader": "'added_by', 'added_at'",
    "need_to_know_request": "'asked_by', 'asked_at', 'done_on', 'done_by'",
    "need_to_know_fact": "'', 'found_at', 'settled_on', 'settled_by'",
}
TEXTS = (
    "what_sealed",
    "knows_sealed",
    "safety_sealed",
    "status_sealed",
    "risk_sealed",
    "decision_sealed",
    "next_update_sealed",
)
CHANGED = ("mark", "handling", "known_on", "next_update_on", "for_county", "lado_asked", "trigger")
LADO_SEES = "(SELECT acting_authority('allegations.work')) IS NOT NULL"
DRAFT = "note_id IN (SELECT n.id FROM need_to_know n WHERE n.state = 'drafted')"
DOES = (
    "(for_user_id = (SELECT acting_user()) OR (doer_authority_id = (SELECT acting_authority('tasks.use'))"
    " AND for_team = ANY ((SELECT acting_roles())::text[])))"
)
OWN_READING = "reader_id IN (SELECT r.id FROM need_to_know_reader r WHERE r.user_id = (SELECT acting_user()))"


def upgrade() -> None:
    for kind in OBJECT_KINDS:
        for table in ("audit_entry", "task", "proposal", "clock", "relied_item"):
            admit_also(table, "object_kind", "object_kind", kind)
        admit_also("flag_seen", "through", "through", kind)
    for kind in TASK_KINDS:
        admit_also("task", "kind", "task_kind", kind)
    create_tables()
    for signature, definition in CALLED.items():
        op.execute(definition)
        allow_call(signature)
    for table, arguments in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
        )
    for name, definition, table in GUARDS:
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC")
        op.execute(f"CREATE TRIGGER keep BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    for table, settles in (("need_to_know_request", "done_on"), ("need_to_know_fact", "settled_on")):
        op.execute(
            f"CREATE TRIGGER keep BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION keep_settled('{settles}')"
        )
    op.execute(WATCH)
    allow_call("watch_need_to_know(date, int)", "PROCEDURE")
    protect_tables()


def protect_tables() -> None:
    protect(
        "need_to_know",
        select=f"id {KNOWN_NOTE}",
        insert=WRITES,
        update=MINE,
        update_columns=("state", "approved_by", "approved_at", "issued_by", "issued_at", *CHANGED, *TEXTS),
    )
    protect(
        "need_to_know_step",
        select=f"note_id {KNOWN_NOTE} AND ({MINE} OR {LADO_SEES})",
        insert=f"note_id {KNOWN_NOTE} AND ({MINE} OR {LADO_SEES})",
    )
    protect(
        "need_to_know_lado_part",
        select=f"note_id {KNOWN_NOTE}",
        insert=f"(SELECT acting_authority('allegations.work')) IS NOT NULL AND {DRAFT}"
        " AND note_id IN (SELECT n.id FROM need_to_know n WHERE n.lado_asked)",
    )
    protect(
        "need_to_know_report",
        select=f"id {KNOWN_REPORT}",
        insert=WRITES,
        update=MINE,
        update_columns=("state", "mark", "handling", "overview_sealed", "changed_by", "issued_by", "issued_at"),
    )
    protect(
        "need_to_know_collected",
        select=f"report_id {KNOWN_REPORT}",
        insert=f"{WRITES} AND note_id {KNOWN_NOTE} AND note_id IN (SELECT n.id FROM need_to_know n WHERE n.issued_at IS"
        " NOT NULL) AND report_id IN (SELECT p.id FROM need_to_know_report p WHERE p.state = 'drafted')",
    )
    protect(
        "need_to_know_reader",
        select=f"note_id {KNOWN_NOTE} OR report_id {KNOWN_REPORT}",
        insert=MINE,
        update=f"user_id = (SELECT acting_user()) OR {MINE}",
        update_columns=(
            "removed_at",
            "read_at",
            "acknowledged_on",
            "acknowledged_at",
            "acknowledged_how",
            "acknowledged_by",
        ),
    )
    protect(
        "need_to_know_request",
        select=f"report_id {KNOWN_REPORT} OR {DOES}",
        insert=f"report_id {KNOWN_REPORT} AND {OWN_READING} AND doer_authority_id = (SELECT acting_authority('need_to_know.read'))",
        update=DOES,
        update_columns=("done_on", "done_by", "done_sealed"),
    )
    protect(
        "need_to_know_fact",
        select=WRITES,
        update=WRITES,
        update_columns=("settled_on", "settled_by", "note_id", "reason_sealed"),
    )


def create_tables() -> None:
    op.create_table(
        "need_to_know",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column(
            "trigger",
            sa.Enum(
                "immediate_revocation",
                "charge",
                "summary_review",
                "closure",
                "hotel_notice",
                "cluster",
                "data_breach",
                "overdue_clock",
                "judicial_review",
                "other",
                name="n2k_trigger",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "object_kind",
            sa.Enum(
                "decision",
                "consideration",
                "disruption_action",
                "hotel_notice",
                "court_case",
                "organisation",
                "clock",
                name="n2k_about",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "approved",
                "issued",
                "superseded",
                "closed",
                "withdrawn",
                name="n2k_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mark",
            sa.Enum(
                "official", "official_sensitive", name="n2k_mark", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("next_update_on", sa.Date(), nullable=True),
        sa.Column("for_county", sa.Boolean(), nullable=False),
        sa.Column("lado_asked", sa.Boolean(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("knows_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("safety_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("risk_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("next_update_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('issued', 'superseded', 'closed')) = (issued_at IS NOT NULL)",
            name=op.f("ck_need_to_know_issued_whole"),
        ),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_need_to_know_approved_whole")
        ),
        sa.CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name=op.f("ck_need_to_know_whole_object")),
        sa.CheckConstraint("approved_by <> drafted_by", name=op.f("ck_need_to_know_approved_by_another")),
        sa.CheckConstraint("issued_at IS NULL OR approved_at IS NOT NULL", name=op.f("ck_need_to_know_approved_first")),
        sa.ForeignKeyConstraint(["approved_by"], ["user_account.id"], name=op.f("fk_need_to_know_approved_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_need_to_know_authority_id")),
        sa.ForeignKeyConstraint(["drafted_by"], ["user_account.id"], name=op.f("fk_need_to_know_drafted_by")),
        sa.ForeignKeyConstraint(["issued_by"], ["user_account.id"], name=op.f("fk_need_to_know_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_need_to_know_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_need_to_know_id_authority_id"),
    )
    op.create_index(
        "ix_need_to_know_authority_id_drafted_at", "need_to_know", ["authority_id", "drafted_at", "id"], unique=False
    )
    op.create_index(
        "uq_need_to_know_supersedes_id",
        "need_to_know",
        ["supersedes_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "need_to_know_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("drafted", "issued", name="n2k_report_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "mark",
            sa.Enum(
                "official", "official_sensitive", name="n2k_mark", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("overview_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("compiled_by", sa.Uuid(), nullable=False),
        sa.Column("compiled_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'issued') = (issued_at IS NOT NULL)", name=op.f("ck_need_to_know_report_issued_whole")
        ),
        sa.CheckConstraint("extract(day FROM month) = 1", name=op.f("ck_need_to_know_report_begins_a_month")),
        sa.CheckConstraint(
            "issued_by <> compiled_by AND issued_by <> changed_by",
            name=op.f("ck_need_to_know_report_issued_by_another"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_need_to_know_report_authority_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name=op.f("fk_need_to_know_report_changed_by")),
        sa.ForeignKeyConstraint(["compiled_by"], ["user_account.id"], name=op.f("fk_need_to_know_report_compiled_by")),
        sa.ForeignKeyConstraint(["issued_by"], ["user_account.id"], name=op.f("fk_need_to_know_report_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know_report")),
        sa.UniqueConstraint("authority_id", "month", name="uq_need_to_know_report_authority_id_month"),
        sa.UniqueConstraint("id", "authority_id", name="uq_need_to_know_report_id_authority_id"),
    )
    op.create_table(
        "need_to_know_collected",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["need_to_know.id"], name=op.f("fk_need_to_know_collected_note_id")),
        sa.ForeignKeyConstraint(
            ["report_id", "authority_id"],
            ["need_to_know_report.id", "need_to_know_report.authority_id"],
            name=op.f("fk_need_to_know_collected_report_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know_collected")),
        sa.UniqueConstraint("report_id", "note_id", name="uq_need_to_know_collected_report_id_note_id"),
    )
    op.create_index("ix_need_to_know_collected_note_id", "need_to_know_collected", ["note_id"], unique=False)
    op.create_table(
        "need_to_know_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column(
            "trigger",
            sa.Enum(
                "immediate_revocation",
                "charge",
                "summary_review",
                "closure",
                "hotel_notice",
                "cluster",
                "data_breach",
                "overdue_clock",
                "judicial_review",
                "other",
                name="n2k_trigger",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "object_kind",
            sa.Enum(
                "decision",
                "consideration",
                "disruption_action",
                "hotel_notice",
                "court_case",
                "organisation",
                "clock",
                name="n2k_about",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(settled_on IS NULL) = (note_id IS NULL AND reason_sealed IS NULL)",
            name=op.f("ck_need_to_know_fact_settled_by_one"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_need_to_know_fact_authority_id")),
        sa.ForeignKeyConstraint(["note_id"], ["need_to_know.id"], name=op.f("fk_need_to_know_fact_note_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["user_account.id"], name=op.f("fk_need_to_know_fact_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know_fact")),
        sa.UniqueConstraint(
            "authority_id", "trigger", "object_id", name="uq_need_to_know_fact_authority_id_trigger_object_id"
        ),
        sa.UniqueConstraint("id", "authority_id", name="uq_need_to_know_fact_id_authority_id"),
    )
    op.create_index(
        "ix_need_to_know_fact_authority_id_on_day", "need_to_know_fact", ["authority_id", "on_day", "id"], unique=False
    )
    op.create_table(
        "need_to_know_lado_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_need_to_know_lado_part_by_id")),
        sa.ForeignKeyConstraint(
            ["note_id", "authority_id"],
            ["need_to_know.id", "need_to_know.authority_id"],
            name=op.f("fk_need_to_know_lado_part_note_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know_lado_part")),
        sa.UniqueConstraint("note_id", name="uq_need_to_know_lado_part_note_id"),
    )
    op.create_table(
        "need_to_know_reader",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=True),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("council", sa.Text(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "lead_member",
                "chief_executive",
                "director",
                "leader",
                "monitoring_officer",
                "communications",
                "committee_chair",
                "commissioner",
                "other",
                name="n2k_office",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", sa.Text(), nullable=True),
        sa.Column(
            "acknowledged_how",
            sa.Enum(
                "here", "telephone", "in_person", name="n2k_how", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(acknowledged_on IS NULL) = (acknowledged_how IS NULL)",
            name=op.f("ck_need_to_know_reader_acknowledged_whole"),
        ),
        sa.CheckConstraint("(note_id IS NULL) <> (report_id IS NULL)", name=op.f("ck_need_to_know_reader_of_one")),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["user_account.id"], name=op.f("fk_need_to_know_reader_acknowledged_by")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["user_account.id"], name=op.f("fk_need_to_know_reader_added_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_need_to_know_reader_authority_id")),
        sa.ForeignKeyConstraint(
            ["note_id", "authority_id"],
            ["need_to_know.id", "need_to_know.authority_id"],
            name=op.f("fk_need_to_know_reader_note_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "authority_id"],
            ["need_to_know_report.id", "need_to_know_report.authority_id"],
            name=op.f("fk_need_to_know_reader_report_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_need_to_know_reader_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know_reader")),
        sa.UniqueConstraint("id", "authority_id", name="uq_need_to_know_reader_id_authority_id"),
    )
    op.create_index("ix_need_to_know_reader_user_id", "need_to_know_reader", ["user_id"], unique=False)
    op.create_index(
        "uq_need_to_know_reader_note",
        "need_to_know_reader",
        ["note_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_index(
        "uq_need_to_know_reader_report",
        "need_to_know_reader",
        ["report_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "need_to_know_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "drafted",
                "changed",
                "reader_added",
                "reader_removed",
                "lado_wrote",
                "sent_back",
                "approved",
                "issued",
                "superseded",
                "closed",
                "withdrawn",
                name="n2k_step_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_need_to_know_step_by_id")),
        sa.ForeignKeyConstraint(
            ["note_id", "authority_id"],
            ["need_to_know.id", "need_to_know.authority_id"],
            name=op.f("fk_need_to_know_step_note_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know_step")),
    )
    op.create_index("ix_need_to_know_step_note_id", "need_to_know_step", ["note_id"], unique=False)
    op.create_table(
        "need_to_know_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("doer_authority_id", sa.Uuid(), nullable=False),
        sa.Column("for_user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "for_team",
            sa.Enum(
                "licensing_officer",
                "licensing_manager",
                "designated_officer",
                "disruption_officer",
                "briefing_author",
                "briefing_approver",
                "briefing_reader",
                "administrator",
                "information_officer",
                "auditor",
                "deputy_designated_officer",
                "independent_reviewer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("doer", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(done_on IS NULL) = (done_by IS NULL)", name=op.f("ck_need_to_know_request_done_whole")),
        sa.CheckConstraint("(for_user_id IS NULL) <> (for_team IS NULL)", name=op.f("ck_need_to_know_request_for_one")),
        sa.ForeignKeyConstraint(["asked_by"], ["user_account.id"], name=op.f("fk_need_to_know_request_asked_by")),
        sa.ForeignKeyConstraint(
            ["doer_authority_id"], ["authority.id"], name=op.f("fk_need_to_know_request_doer_authority_id")
        ),
        sa.ForeignKeyConstraint(["done_by"], ["user_account.id"], name=op.f("fk_need_to_know_request_done_by")),
        sa.ForeignKeyConstraint(["for_user_id"], ["user_account.id"], name=op.f("fk_need_to_know_request_for_user_id")),
        sa.ForeignKeyConstraint(
            ["reader_id", "authority_id"],
            ["need_to_know_reader.id", "need_to_know_reader.authority_id"],
            name=op.f("fk_need_to_know_request_reader_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "authority_id"],
            ["need_to_know_report.id", "need_to_know_report.authority_id"],
            name=op.f("fk_need_to_know_request_report_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_to_know_request")),
    )
    op.create_index("ix_need_to_know_request_report_id", "need_to_know_request", ["report_id"], unique=False)
