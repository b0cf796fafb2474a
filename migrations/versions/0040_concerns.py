"""Concerns: anybody in a council raises one, the council concerned answers it; those about staff go another way.

Whoever raises a concern has no right to write another's records, nor their own council's: procedures deliver it.
"""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect, within

revision: str = "0040"
down_revision: str | None = "0039"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
WORK = within("casework.work")
REFERRED = "lado_authority_id = (SELECT acting_authority('allegations.work'))"
CONTACTS = "authority_id = (SELECT acting_staff_contact())"
SETTINGS = within("settings.change")
LICENSING = "('licensing_officer', 'licensing_manager')"
# What a council's officers record by hand; the rest is written by the procedures here.
BY_HAND = "('acknowledged', 'noted', 'linked', 'complaint', 'consideration', 'mash', 'no_action', 'closed')"
ANSWERING = "('complaint', 'consideration', 'mash', 'lado', 'passed_on', 'no_action')"
# What whoever raised it may know of; of the words in a step, nothing.
TOLD = """('told_to_ring', 'acknowledged', 'complaint', 'consideration', 'mash', 'lado', 'lado_acknowledged', 'passed_on',
    'no_action', 'closed')"""
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
TASK_REFERENCE = (
    "(SELECT 'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)) FROM md5(gen_random_uuid()::text) h)"
)
VALID = "(a.valid_to IS NULL OR a.valid_to >= current_date)"

# By when somebody must act in a council whose own rules and closed days the caller may not read: these, and no more.
PERIOD = f"""
CREATE FUNCTION concern_period(given_code text, given_authority uuid) RETURNS TABLE (rule jsonb, closed date[])
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT to_jsonb(r), ARRAY(SELECT d.day FROM closure_day d
        WHERE d.authority_id = given_authority AND d.withdrawn_at IS NULL AND d.day >= {TODAY} ORDER BY d.day)
    FROM clock_rule r
    WHERE r.code = given_code AND r.code IN ('CONCERN_ACKNOWLEDGE', 'LADO_REFER') AND r.valid_from <= {TODAY}
      AND (r.authority_id IS NULL OR r.authority_id = given_authority) AND acting_user() IS NOT NULL
    ORDER BY r.authority_id IS NULL, r.valid_from DESC, r.id LIMIT 1
$$
"""

# For the two procedures below alone: the row itself, the task, and that the page said to ring 999.
ADD = f"""
CREATE FUNCTION add_concern(given concern, given_due date) RETURNS boolean
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM authority a WHERE a.id = given.authority_id AND {VALID}
        AND (a.id = acting_authority() OR (a.agreement_signed_on <= current_date
            AND a.functions && ARRAY['driver_licensing', 'premises_licensing', 'school_transport'])))
    THEN
        RAISE EXCEPTION 'a concern is not delivered there' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO concern SELECT given.* ON CONFLICT (id) DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF given.in_danger THEN
        INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, by_id)
        VALUES (gen_random_uuid(), given.authority_id, given.id, 'told_to_ring', given.raised_on, given.raised_by);
    END IF;
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
    VALUES (gen_random_uuid(), given.authority_id, {TASK_REFERENCE}, 'consider_concern', '',
        'Somebody raised a concern. Acknowledge it, and see to what it needs.', 'concern', given.id, 'licensing_officer',
        least(greatest(given_due, {TODAY}), {TODAY} + 60));
    RETURN true;
END $$
"""

# Who raised it, for which council and when is the database's word. Sent a second time it adds nothing.
RAISE = f"""
CREATE PROCEDURE raise_concern(
    IN given_id uuid, IN given_to uuid, IN given_reference text, IN given_about text, IN given_in_danger boolean,
    IN given_council_known boolean, IN given_what bytea, IN given_words bytea, IN given_when bytea,
    IN given_contact bytea, IN given_case bytea, IN given_due date, INOUT raised boolean DEFAULT NULL
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    one concern;
BEGIN
    SELECT u.id, u.name, u.authority_id INTO one.raised_by, one.raised_by_name, one.from_authority_id
    FROM user_account u WHERE u.id = acting_user();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    one.id := given_id;
    one.authority_id := given_to;
    one.reference := given_reference;
    one.about := given_about;
    one.in_danger := given_in_danger;
    one.council_known := given_council_known;
    one.what_sealed := given_what;
    one.words_sealed := given_words;
    one.when_sealed := given_when;
    one.contact_sealed := given_contact;
    one.case_sealed := given_case;
    one.raised_on := {TODAY};
    one.raised_at := now();
    raised := add_concern(one, given_due);
END $$
"""

# Sealed anew for the other's row. What whoever raised it said of it stays theirs, and they see where it went.
PASS_ON = f"""
CREATE PROCEDURE pass_on_concern(
    IN given_concern uuid, IN given_id uuid, IN given_to uuid, IN given_reference text, IN given_what bytea,
    IN given_words bytea, IN given_when bytea, IN given_contact bytea, IN given_case bytea, IN given_due date,
    IN given_step uuid, IN given_step_words bytea
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    one concern;
BEGIN
    SELECT * INTO one FROM concern c
    WHERE c.id = given_concern AND c.authority_id = acting_authority('casework.work') AND c.closed_on IS NULL
      AND c.authority_id <> given_to
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this concern is not to be passed on' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, words_sealed, to_authority_id, by_id)
    VALUES (given_step, one.authority_id, one.id, 'passed_on', {TODAY}, given_step_words, given_to, acting_user());
    one.passed_from_id := one.id;
    one.id := given_id;
    one.authority_id := given_to;
    one.reference := given_reference;
    one.council_known := true;
    one.what_sealed := given_what;
    one.words_sealed := given_words;
    one.when_sealed := given_when;
    one.contact_sealed := given_contact;
    one.case_sealed := given_case;
    one.raised_on := {TODAY};
    one.raised_at := now();
    one.acknowledged_on := NULL;
    one.acknowledged_by := NULL;
    one.acknowledgement_sealed := NULL;
    one.lado_authority_id := NULL;
    one.lado_referred_on := NULL;
    one.lado_receipt := NULL;
    one.lado_acknowledged_on := NULL;
    IF NOT add_concern(one, given_due) THEN
        RAISE EXCEPTION 'this concern was passed on before' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$
"""

REFER = f"""
CREATE PROCEDURE refer_concern(
    IN given_concern uuid, IN given_to uuid, IN given_step uuid, IN given_words bytea, IN given_due date
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    mine uuid := acting_authority('casework.work');
BEGIN
    UPDATE concern SET lado_authority_id = given_to, lado_referred_on = {TODAY}
    WHERE id = given_concern AND authority_id = mine AND closed_on IS NULL AND lado_authority_id IS NULL
      AND EXISTS (SELECT FROM authority a WHERE a.id = given_to AND 'childrens_services' = ANY (a.functions) AND {VALID});
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this concern is not to be referred' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, words_sealed, to_authority_id, by_id)
    VALUES (given_step, mine, given_concern, 'lado', {TODAY}, given_words, given_to, acting_user());
    INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
    VALUES (gen_random_uuid(), given_to, {TASK_REFERENCE}, 'consider_concern', '',
        'A licensing authority referred a concern to the designated officer.', 'concern', given_concern,
        'designated_officer', least(greatest(given_due, {TODAY}), {TODAY} + 60));
END $$
"""

# A receipt, or advice below the threshold. What else the designated officer makes of it is written nowhere near it.
ANSWER = f"""
CREATE PROCEDURE answer_referral(
    IN given_concern uuid, IN given_kind text, IN given_step uuid, IN given_words bytea, IN given_receipt text,
    INOUT receipt text DEFAULT NULL
)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    one concern;
BEGIN
    SELECT * INTO one FROM concern c
    WHERE c.id = given_concern AND c.lado_authority_id = acting_authority('allegations.work') FOR UPDATE;
    IF NOT FOUND OR given_kind NOT IN ('lado_acknowledged', 'lado_advice') THEN
        RAISE EXCEPTION 'this concern was not referred to you' USING ERRCODE = 'insufficient_privilege';
    END IF;
    receipt := coalesce(one.lado_receipt, given_receipt);
    IF EXISTS (SELECT FROM concern_step s WHERE s.concern_id = one.id AND s.kind = given_kind) THEN
        RETURN;
    END IF;
    UPDATE concern SET lado_receipt = receipt, lado_acknowledged_on = coalesce(lado_acknowledged_on, {TODAY})
    WHERE id = one.id;
    INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, words_sealed, by_id)
    VALUES (given_step, one.authority_id, one.id, given_kind, {TODAY}, given_words, acting_user());
    IF given_kind = 'lado_advice' THEN
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        VALUES (gen_random_uuid(), one.authority_id, {TASK_REFERENCE}, 'review', '',
            'The designated officer sent advice about a concern that was referred.', 'concern', one.id,
            'licensing_officer', {TODAY} + 1);
    END IF;
END $$
"""

PROGRESS = f"""
CREATE FUNCTION concern_progress(given_concern uuid)
RETURNS TABLE (id uuid, kind text, on_day date, reference_sealed bytea, council text)
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT s.id, s.kind::text, s.on_day, CASE WHEN s.kind = 'mash' THEN s.reference_sealed END, a.name
    FROM concern_step s
    JOIN concern c ON c.id = s.concern_id
    LEFT JOIN authority a ON a.id = s.to_authority_id
    WHERE c.id = given_concern AND c.raised_by = acting_user() AND s.kind IN {TOLD}
    ORDER BY s.at, s.id
$$
"""

KEEP = f"""
CREATE FUNCTION close_answered_concern() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM concern_step s WHERE s.concern_id = NEW.id AND s.kind IN {ANSWERING}) THEN
        RAISE EXCEPTION 'a concern is closed when something came of it' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""

# The one contact of a council, who holds no licensing role: whoever is given one is the contact no longer.
ACTING_CONTACT = f"""
CREATE FUNCTION acting_staff_contact() RETURNS uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT c.authority_id FROM staff_concern_contact c
    WHERE c.user_id = acting_user() AND c.until_at IS NULL AND c.authority_id = acting_authority()
      AND NOT EXISTS (SELECT FROM role_held h
        WHERE h.user_id = c.user_id AND h.ended_at IS NULL AND h.role IN {LICENSING})
$$
"""

HAS_CONTACT = f"""
CREATE FUNCTION has_staff_contact(given_authority uuid) RETURNS boolean
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT EXISTS (SELECT FROM staff_concern_contact c JOIN user_account u ON u.id = c.user_id AND u.status = 'active'
        WHERE c.authority_id = given_authority AND c.until_at IS NULL
          AND NOT EXISTS (SELECT FROM role_held h
            WHERE h.user_id = c.user_id AND h.ended_at IS NULL AND h.role IN {LICENSING}))
$$
"""

# Where no contact is named the administrators are asked to name one, without a word of why now.
RAISE_STAFF = f"""
CREATE PROCEDURE raise_staff_concern(
    IN given_id uuid, IN given_to uuid, IN given_reference text, IN given_unnamed boolean, IN given_words bytea,
    IN given_when bytea, IN given_contact bytea, INOUT raised boolean DEFAULT NULL
)
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    IF acting_user() IS NULL OR NOT EXISTS (SELECT FROM authority a WHERE a.id = given_to AND {VALID}
        AND (a.id = acting_authority() OR a.agreement_signed_on <= current_date))
    THEN
        RAISE EXCEPTION 'a concern is not delivered there' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO staff_concern (id, authority_id, reference, words_sealed, when_sealed, contact_sealed, raised_by,
        raised_by_name, raised_on)
    SELECT given_id, given_to, given_reference, given_words, given_when, given_contact, u.id, u.name, {TODAY}
    FROM (VALUES (1)) one LEFT JOIN user_account u ON u.id = acting_user() AND NOT given_unnamed
    ON CONFLICT (id) DO NOTHING;
    raised := FOUND;
    IF raised AND NOT has_staff_contact(given_to) AND NOT EXISTS (SELECT FROM task t
        WHERE t.authority_id = given_to AND t.kind = 'name_contact' AND t.done_at IS NULL)
    THEN
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        VALUES (gen_random_uuid(), given_to, {TASK_REFERENCE}, 'name_contact', '',
            'No contact is named who would receive concerns about staff. Name one in the settings.', 'authority',
            given_to, 'administrator', {TODAY} + 5);
    END IF;
END $$
"""

SAID = """RETURNS TABLE (id uuid, reference text, council text, words_sealed bytea, when_sealed bytea,
    contact_sealed bytea, raised_on date, acknowledged_on date, acknowledgement_sealed bytea, closed_on date,
    closing_sealed bytea)"""
# Without what the contact wrote for themself; by the reference, without what was typed either.
MY_STAFF_CONCERNS = f"""
CREATE FUNCTION my_staff_concerns() {SAID}
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT s.id, s.reference, a.name, s.words_sealed, s.when_sealed, s.contact_sealed, s.raised_on, s.acknowledged_on,
        s.acknowledgement_sealed, s.closed_on, s.closing_sealed
    FROM staff_concern s JOIN authority a ON a.id = s.authority_id
    WHERE s.raised_by = acting_user()
    ORDER BY s.raised_on DESC, s.id
$$
"""
BY_REFERENCE = f"""
CREATE FUNCTION staff_concern_by_reference(given_reference text) {SAID}
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT s.id, s.reference, a.name, NULL::bytea, NULL::bytea, NULL::bytea, s.raised_on, s.acknowledged_on,
        s.acknowledgement_sealed, s.closed_on, s.closing_sealed
    FROM staff_concern s JOIN authority a ON a.id = s.authority_id
    WHERE s.reference = given_reference AND s.raised_by IS NULL AND acting_user() IS NOT NULL
$$
"""

INNER = ("add_concern(concern, date)", "close_answered_concern()")
CALLED = {
    "concern_period(text, uuid)": "FUNCTION",
    "raise_concern(uuid, uuid, text, text, boolean, boolean, bytea, bytea, bytea, bytea, bytea, date, boolean)": "PROCEDURE",
    "pass_on_concern(uuid, uuid, uuid, text, bytea, bytea, bytea, bytea, bytea, date, uuid, bytea)": "PROCEDURE",
    "refer_concern(uuid, uuid, uuid, bytea, date)": "PROCEDURE",
    "answer_referral(uuid, text, uuid, bytea, text, text)": "PROCEDURE",
    "concern_progress(uuid)": "FUNCTION",
    "acting_staff_contact()": "FUNCTION",
    "has_staff_contact(uuid)": "FUNCTION",
    "raise_staff_concern(uuid, uuid, text, boolean, bytea, bytea, bytea, boolean)": "PROCEDURE",
    "my_staff_concerns()": "FUNCTION",
    "staff_concern_by_reference(text)": "FUNCTION",
}
ROUTINES = (
    PERIOD,
    ADD,
    RAISE,
    PASS_ON,
    REFER,
    ANSWER,
    PROGRESS,
    KEEP,
    ACTING_CONTACT,
    HAS_CONTACT,
    RAISE_STAFF,
    MY_STAFF_CONCERNS,
    BY_REFERENCE,
)
# What the database says of a row, and what stays as it was once it is settled.
STAMPED = {
    "concern": "'', 'raised_at', 'acknowledged_on', 'acknowledged_by', 'closed_on', 'closed_by'",
    "concern_step": "'by_id', 'at'",
    "staff_concern_step": "'by_id', 'at'",
    "staff_concern_contact": "'named_by', 'from_at', 'until_at', 'ended_by'",
}
KEPT = (
    ("concern", "acknowledged_on", "'closed_on', 'closed_by'"),
    ("concern", "closed_on", ""),
    ("staff_concern", "acknowledged_on", "'closed_on', 'closing_sealed'"),
    ("staff_concern", "closed_on", ""),
    ("staff_concern_contact", "until_at", ""),
)


def upgrade() -> None:
    for table in ("clock", "clock_rule"):
        admit_also(table, "code", "clock_code", "CONCERN_ACKNOWLEDGE")
    create_tables()
    for definition in ROUTINES:
        op.execute(definition)
    for signature in INNER:
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    for signature, kind in CALLED.items():
        allow_call(signature, kind)
    add_triggers()
    protect_tables()


def add_triggers() -> None:
    for table, arguments in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
        )
    for table, settled, open_still in KEPT:
        arguments = f"'{settled}', {open_still}" if open_still else f"'{settled}'"
        op.execute(
            f"CREATE TRIGGER keep_{settled} BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION keep_settled({arguments})"
        )
    op.execute(
        "CREATE TRIGGER close_answered BEFORE UPDATE ON concern FOR EACH ROW"
        " WHEN (OLD.closed_on IS NULL AND NEW.closed_on IS NOT NULL) EXECUTE FUNCTION close_answered_concern()"
    )


def protect_tables() -> None:
    protect(
        "concern",
        select=f"{WORK} OR raised_by = (SELECT acting_user()) OR {REFERRED}",
        update=WORK,
        update_columns=("acknowledged_on", "acknowledgement_sealed", "closed_on"),
    )
    # To designated officers what was written to them and what they answered; of the rest of a file nothing.
    protect(
        "concern_step",
        select=f"{WORK} OR (kind IN ('lado', 'lado_acknowledged', 'lado_advice')"
        f" AND concern_id IN (SELECT c.id FROM concern c WHERE c.{REFERRED}))",
        insert=f"{WORK} AND kind IN {BY_HAND}",
    )
    protect(
        "staff_concern",
        select=CONTACTS,
        update=CONTACTS,
        update_columns=("acknowledged_on", "acknowledgement_sealed", "closed_on", "closing_sealed"),
    )
    protect("staff_concern_step", select=CONTACTS, insert=CONTACTS)
    protect(
        "staff_concern_contact",
        select="authority_id = (SELECT acting_authority())",
        insert=f"{SETTINGS} AND until_at IS NULL AND user_id <> (SELECT acting_user())"
        " AND user_id IN (SELECT u.id FROM user_account u WHERE u.status = 'active')"
        " AND NOT EXISTS (SELECT FROM role_held h WHERE h.user_id = staff_concern_contact.user_id"
        f" AND h.ended_at IS NULL AND h.role IN {LICENSING})",
        update=SETTINGS,
        update_columns=("until_at",),
    )


def create_tables() -> None:
    op.create_table(
        "concern",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "driver",
                "vehicle",
                "premises",
                "operator",
                "somebody_else",
                "staff",
                name="concern_about",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("in_danger", sa.Boolean(), nullable=False),
        sa.Column("council_known", sa.Boolean(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("when_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_by_name", sa.Text(), nullable=False),
        sa.Column("from_authority_id", sa.Uuid(), nullable=False),
        sa.Column("passed_from_id", sa.Uuid(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("acknowledgement_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("lado_authority_id", sa.Uuid(), nullable=True),
        sa.Column("lado_referred_on", sa.Date(), nullable=True),
        sa.Column("lado_receipt", sa.Text(), nullable=True),
        sa.Column("lado_acknowledged_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("about <> 'staff'", name=op.f("ck_concern_not_about_staff")),
        sa.CheckConstraint(
            "(lado_authority_id IS NULL) = (lado_referred_on IS NULL)", name=op.f("ck_concern_referred_whole")
        ),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["user_account.id"], name=op.f("fk_concern_acknowledged_by")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_concern_authority_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["user_account.id"], name=op.f("fk_concern_closed_by")),
        sa.ForeignKeyConstraint(["from_authority_id"], ["authority.id"], name=op.f("fk_concern_from_authority_id")),
        sa.ForeignKeyConstraint(["lado_authority_id"], ["authority.id"], name=op.f("fk_concern_lado_authority_id")),
        sa.ForeignKeyConstraint(["raised_by"], ["user_account.id"], name=op.f("fk_concern_raised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_concern_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_concern_id_authority_id"),
    )
    op.create_index("ix_concern_authority_id_raised_on", "concern", ["authority_id", "raised_on", "id"], unique=False)
    op.create_index("ix_concern_lado_authority_id", "concern", ["lado_authority_id"], unique=False)
    op.create_index("ix_concern_raised_by", "concern", ["raised_by"], unique=False)
    op.create_table(
        "concern_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "told_to_ring",
                "acknowledged",
                "noted",
                "linked",
                "complaint",
                "consideration",
                "mash",
                "lado",
                "lado_acknowledged",
                "lado_advice",
                "passed_on",
                "no_action",
                "closed",
                name="concern_step_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reference_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("to_authority_id", sa.Uuid(), nullable=True),
        sa.Column(
            "object_kind",
            sa.Enum(
                "person",
                "organisation",
                "vehicle",
                "premises",
                "complaint",
                "consideration",
                name="led_to",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(object_kind IS NULL) = (object_id IS NULL)", name=op.f("ck_concern_step_whole_object")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_concern_step_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_concern_step_by_id")),
        sa.ForeignKeyConstraint(
            ["concern_id", "authority_id"],
            ["concern.id", "concern.authority_id"],
            name=op.f("fk_concern_step_concern_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["to_authority_id"], ["authority.id"], name=op.f("fk_concern_step_to_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_step")),
    )
    op.create_index("ix_concern_step_concern_id", "concern_step", ["concern_id"], unique=False)
    op.create_index("ix_concern_step_object_id", "concern_step", ["object_id"], unique=False)
    op.create_table(
        "staff_concern",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("when_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("raised_by_name", sa.Text(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("acknowledgement_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_staff_concern_authority_id")),
        sa.ForeignKeyConstraint(["raised_by"], ["user_account.id"], name=op.f("fk_staff_concern_raised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_concern")),
        sa.UniqueConstraint("id", "authority_id", name="uq_staff_concern_id_authority_id"),
        sa.UniqueConstraint("reference", name="uq_staff_concern_reference"),
    )
    op.create_index(
        "ix_staff_concern_authority_id_raised_on", "staff_concern", ["authority_id", "raised_on", "id"], unique=False
    )
    op.create_table(
        "staff_concern_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("staff_concern_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "looked",
                "acknowledged",
                "noted",
                "closed",
                name="staff_step_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_staff_concern_step_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_staff_concern_step_by_id")),
        sa.ForeignKeyConstraint(
            ["staff_concern_id", "authority_id"],
            ["staff_concern.id", "staff_concern.authority_id"],
            name=op.f("fk_staff_concern_step_staff_concern_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_concern_step")),
    )
    op.create_index("ix_staff_concern_step_staff_concern_id", "staff_concern_step", ["staff_concern_id"], unique=False)
    op.create_table(
        "staff_concern_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_staff_concern_contact_authority_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["user_account.id"], name=op.f("fk_staff_concern_contact_ended_by")),
        sa.ForeignKeyConstraint(["named_by"], ["user_account.id"], name=op.f("fk_staff_concern_contact_named_by")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_staff_concern_contact_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_concern_contact")),
    )
    op.create_index(
        "uq_staff_concern_contact_standing",
        "staff_concern_contact",
        ["authority_id"],
        unique=True,
        postgresql_where=sa.text("until_at IS NULL"),
    )
