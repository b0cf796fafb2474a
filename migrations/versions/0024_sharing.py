"""Sharing: what is recorded of NR3S, of requests and reports between authorities, and of everything disclosed.

Nothing here is another authority's to read. What one writes to another is put into the other's own table, and what
that one answers is put back, each by a procedure that writes exactly that.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect, within

revision: str = "0024"
down_revision: str | None = "0023"

WORK, DECIDE, POLICIES = within("casework.work"), within("decisions.make"), within("policies.change")
DRIVERS = "'hackney_carriage_driver', 'private_hire_driver', 'dual_driver'"
ADVERSE = "'refused', 'renewal_refused', 'suspended', 'revoked'"

# Who recorded a row is the database's word, and so is who settled it: the arguments are pairs of the day on which
# something was done and the column of who did it. What came in by this service itself was recorded by nobody here.
STAMP = """
CREATE FUNCTION stamp_sharing() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    pair int := 0;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.recorded_at := now();
        NEW.recorded_by := CASE WHEN to_jsonb(NEW) ->> 'from_request_id' IS NULL THEN acting_user() END;
    END IF;
    WHILE pair < TG_NARGS LOOP
        IF to_jsonb(NEW) ->> TG_ARGV[pair] IS NOT NULL
            AND (TG_OP = 'INSERT' OR to_jsonb(OLD) ->> TG_ARGV[pair] IS NULL)
        THEN
            NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[pair + 1], acting_user()));
        END IF;
        pair := pair + 2;
    END LOOP;
    RETURN NEW;
END $$
"""
STAMPED = {
    "nr3s_user": "",
    "nr3s_search": "",
    "nr3s_entry": "'settled_on', 'settled_by'",
    "nr3s_update": "'settled_on', 'settled_by'",
    "request_out": "'aware_on', 'believed_by', 'sent_on', 'sent_by', 'regard_on', 'regard_by'",
    "request_chase": "",
    "request_in": "'answered_on', 'answered_by'",
    "disclosure": "",
}

# What is settled is settled once: the first argument names the day that settles a row, the others what may still change.
KEEP = """
CREATE FUNCTION keep_settled() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT acts_as_owner_of(TG_RELID) AND to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL
        AND to_jsonb(OLD) - TG_ARGV[1:] IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV[1:]
    THEN
        RAISE EXCEPTION 'this was settled before' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
REGARD = "'regard_on', 'regard_by', 'regard_sealed', 'determined_on', 'person_id'"
KEPT = (
    ("nr3s_user", "until_on", ""),
    ("nr3s_search", "superseded_at", "'person_id'"),
    ("nr3s_entry", "settled_on", "'state', 'person_id'"),
    ("nr3s_update", "settled_on", ""),
    ("request_out", "sent_on", f"'answered_on', 'outcome', 'answer_sealed', {REGARD}"),
    ("request_out", "answered_on", REGARD),
    ("request_out", "regard_on", "'determined_on', 'person_id'"),
    ("request_in", "answered_on", "'person_id'"),
)

# An entry is of a decision on the very licence that it names.
OF_ITS_LICENCE = "event_id IN (SELECT e.id FROM licence_event e WHERE e.licence_id = nr3s_entry.licence_id)"

TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
REFERENCE = (
    "(SELECT '{prefix}-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)) FROM md5(gen_random_uuid()::text) h)"
)

# What one's own authority has sent, to another that shares and licenses drivers: there it is received today. Sealed for
# the other's row, since a sealed value opens only where it was sealed for.
DELIVER_REQUEST = f"""
CREATE PROCEDURE deliver_request(
    IN given_request uuid, IN given_id uuid, IN given_particulars bytea, IN given_words bytea, IN given_due date,
    INOUT delivered boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one request_out;
    mine uuid := acting_authority('casework.work');
BEGIN
    SELECT * INTO one FROM request_out r
    WHERE r.id = given_request AND r.authority_id = mine AND r.method = 'service' AND r.sent_on IS NOT NULL
      AND r.to_authority_id IN (
        SELECT a.id FROM authority a
        WHERE a.id <> mine AND a.agreement_signed_on <= current_date AND 'driver_licensing' = ANY (a.functions)
          AND (a.valid_to IS NULL OR a.valid_to >= current_date))
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this is not to be delivered' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO request_in (id, authority_id, reference, kind, from_authority_id, from_request_id, from_body,
        from_contact, method, particulars_sealed, words_sealed, received_on)
    SELECT given_id, one.to_authority_id, {REFERENCE.format(prefix="NR")}, one.kind, mine, one.id, a.name,
        concat_ws(', ', nullif(a.licensing_contact, ''), nullif(a.licensing_email, ''), nullif(a.licensing_phone, '')),
        'service', given_particulars, given_words, {TODAY}
    FROM authority a WHERE a.id = mine
    ON CONFLICT (from_request_id) DO NOTHING;
    delivered := FOUND;
    IF delivered THEN
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), one.to_authority_id, {REFERENCE.format(prefix="TK")},
            CASE one.kind WHEN 'concern' THEN 'consider_fitness' ELSE 'contact_council' END, '',
            CASE one.kind WHEN 'concern' THEN a.name || ' reports a concern about a driver whom you license.'
                || ' Consider suspending or revoking, and reply with reasons (2022 Act section 6).'
            ELSE a.name || ' asks in writing for relevant information. Answer it (2022 Act section 3(2)(b)).' END,
            'nr3s_request', given_id, 'licensing_officer',
            least(greatest(given_due, {TODAY}), {TODAY} + 60)
        FROM authority a WHERE a.id = mine;
    END IF;
END $$
"""

# The answer that one's own authority has just recorded, back to whoever asked in this service: there it is answered.
DELIVER_ANSWER = f"""
CREATE PROCEDURE deliver_answer(
    IN given_received uuid, IN given_answer bytea, INOUT delivered boolean DEFAULT NULL
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one request_in;
    asked request_out;
BEGIN
    SELECT * INTO one FROM request_in r
    WHERE r.id = given_received AND r.authority_id = acting_authority('casework.work')
      AND r.from_request_id IS NOT NULL AND r.answered_on IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this answer is not to be delivered' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE request_out SET answered_on = {TODAY}, outcome = one.outcome, answer_sealed = given_answer
    WHERE id = one.from_request_id AND answered_on IS NULL
    RETURNING * INTO asked;
    delivered := FOUND;
    IF delivered THEN
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), asked.authority_id, {REFERENCE.format(prefix="TK")}, 'review', '',
            a.name || CASE asked.kind WHEN 'concern' THEN ' replied to a concern that you reported (2022 Act section 6).'
                ELSE ' answered. Have regard to it before you decide (2022 Act section 3(3)).' END,
            'nr3s_request', asked.id, 'licensing_officer', {TODAY} + 5
        FROM authority a WHERE a.id = one.authority_id;
    END IF;
END $$
"""

# Runs for nobody, across councils, in the job that was made for it. Every decision is followed along the corrections of
# it: what is said now is what counts. Notified before the duty began, or longer ago than it lasts: left to a choice.
WATCH = f"""
CREATE PROCEDURE watch_nr3s(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    added int;
BEGIN
    IF acting_job('watch_nr3s') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_nr3s does this' USING ERRCODE = '42501';
    END IF;
    WITH RECURSIVE said (first_id, id) AS (
        SELECT e.id, e.id FROM licence_event e WHERE e.supersedes_id IS NULL AND e.kind IN ({ADVERSE})
        UNION ALL
        SELECT s.first_id, e.id FROM said s JOIN licence_event e ON e.supersedes_id = s.id
    ), standing AS (
        SELECT s.first_id, e.authority_id, e.licence_id, e.notified_on, e.relevant_information, l.person_id
        FROM said s
        JOIN licence_event e ON e.id = s.id AND e.superseded_at IS NULL
        JOIN licence l ON l.id = e.licence_id AND l.kind IN ({DRIVERS}) AND l.person_id IS NOT NULL
        WHERE e.notified_on <= given_day
    ), moved AS (
        UPDATE nr3s_entry n SET notified_on = d.notified_on FROM standing d
        WHERE n.event_id = d.first_id AND n.state = 'due' AND n.notified_on <> d.notified_on
    ), fresh AS (
        INSERT INTO nr3s_entry (id, authority_id, reference, person_id, licence_id, event_id, notified_on, state)
        SELECT gen_random_uuid(), d.authority_id, 'NE-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)), d.person_id,
            d.licence_id, d.first_id, d.notified_on, 'due'
        FROM standing d CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE d.first_id IS NOT NULL) r
        WHERE d.relevant_information IN ('wholly', 'partly')
          AND d.notified_on >= DATE '2023-04-27' AND d.notified_on > given_day - interval '11 years'
          AND NOT EXISTS (SELECT FROM nr3s_entry n WHERE n.event_id = d.first_id)
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;

    WITH RECURSIVE said (entry_id, authority_id, settled_on, id, superseded_at, recorded_on, is_first) AS (
        SELECT n.id, n.authority_id, n.settled_on, e.id, e.superseded_at, e.recorded_at::date, true
        FROM nr3s_entry n JOIN licence_event e ON e.id = n.event_id
        WHERE n.state IN ('entered', 'removed')
        UNION ALL
        SELECT s.entry_id, s.authority_id, s.settled_on, e.id, e.superseded_at, e.recorded_at::date, false
        FROM said s JOIN licence_event e ON e.supersedes_id = s.id
    ), changed (entry_id, authority_id, reason, event_id, from_on) AS (
        -- A correction, and that something never happened at all.
        SELECT s.entry_id, s.authority_id, 'corrected', s.id, s.recorded_on FROM said s
        WHERE NOT s.is_first AND s.recorded_on >= s.settled_on
        UNION ALL
        SELECT s.entry_id, s.authority_id, 'corrected', s.id, s.superseded_at::date FROM said s
        WHERE s.superseded_at::date >= s.settled_on
          AND NOT EXISTS (SELECT FROM licence_event e WHERE e.supersedes_id = s.id)
        UNION ALL
        -- The court brought the licence back, or let the decision stand.
        SELECT n.id, n.authority_id,
            CASE e.kind WHEN 'appeal_dismissed' THEN 'appeal_dismissed' ELSE 'appeal_allowed' END, e.id,
            coalesce(e.notified_on, e.decided_on, e.effective_on, e.recorded_at::date)
        FROM nr3s_entry n
        JOIN licence_event e ON e.licence_id = n.licence_id AND e.kind IN ('reinstated_by_court', 'appeal_dismissed')
        WHERE n.state <> 'not_needed' AND e.superseded_at IS NULL
          AND coalesce(e.notified_on, e.decided_on, e.effective_on, e.recorded_at::date)
            BETWEEN n.notified_on AND given_day
        UNION ALL
        -- The same person was granted a licence after it.
        SELECT n.id, n.authority_id, 'granted_later', e.id, coalesce(e.notified_on, e.decided_on)
        FROM nr3s_entry n
        JOIN licence l ON l.person_id = n.person_id AND l.kind IN ({DRIVERS})
        JOIN licence_event e ON e.licence_id = l.id AND e.kind IN ('granted', 'renewed') AND e.superseded_at IS NULL
        WHERE n.state <> 'not_needed' AND e.decided_on > n.notified_on
          AND coalesce(e.notified_on, e.decided_on) <= given_day
    ), fresh AS (
        INSERT INTO nr3s_update (id, authority_id, entry_id, reason, event_id, from_on)
        SELECT gen_random_uuid(), c.authority_id, c.entry_id, c.reason, c.event_id, c.from_on FROM changed c
        WHERE NOT EXISTS (SELECT FROM nr3s_update u WHERE u.entry_id = c.entry_id
            AND (u.event_id = c.event_id OR (u.event_id IS NULL AND u.reason = c.reason AND u.from_on >= c.from_on - 31)))
        RETURNING 1
    )
    SELECT count(*) INTO added FROM fresh;
    opened := opened + added;
END $$
"""


def upgrade() -> None:
    create_tables()
    for routine in (STAMP, KEEP, DELIVER_REQUEST, DELIVER_ANSWER, WATCH):
        op.execute(routine)
    for table, pairs in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION stamp_sharing({pairs})"
        )
    for table, settled, open_still in KEPT:
        arguments = f"'{settled}', {open_still}" if open_still else f"'{settled}'"
        op.execute(
            f"CREATE TRIGGER keep_{settled} BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION keep_settled({arguments})"
        )
    protect_tables()
    allow_call("deliver_request(uuid, uuid, bytea, bytea, date, boolean)", "PROCEDURE")
    allow_call("deliver_answer(uuid, bytea, boolean)", "PROCEDURE")
    allow_call("watch_nr3s(date, int)", "PROCEDURE")


def protect_tables() -> None:
    protect("nr3s_user", select=WORK, insert=POLICIES, update=POLICIES, update_columns=("until_on",))
    protect("nr3s_search", select=WORK, insert=WORK, update=WORK, update_columns=("person_id", "superseded_at"))
    protect(
        "nr3s_entry",
        select=WORK,
        insert=f"{WORK} AND state = 'due' AND {OF_ITS_LICENCE}",
        update=DECIDE,
        update_columns=("person_id", "state", "nr3s_reference", "settled_on", "reason_sealed"),
    )
    protect(
        "nr3s_update",
        select=WORK,
        insert=f"{WORK} AND action IS NULL",
        update=DECIDE,
        update_columns=("action", "settled_on", "note_sealed"),
    )
    protect(
        "request_out",
        select=WORK,
        insert=f"{WORK} AND answered_on IS NULL",
        update=WORK,
        update_columns=(
            "person_id",
            "sent_on",
            "answered_on",
            "outcome",
            "answer_sealed",
            "regard_on",
            "regard_sealed",
            "determined_on",
        ),
    )
    protect("request_chase", select=WORK, insert=WORK)
    # Not the asker's row: an answer would be delivered to whomever it names.
    protect(
        "request_in",
        select=WORK,
        insert=WORK,
        insert_columns=(
            "id",
            "authority_id",
            "reference",
            "kind",
            "from_authority_id",
            "from_body",
            "from_contact",
            "method",
            "particulars_sealed",
            "words_sealed",
            "received_on",
        ),
        update=WORK,
        update_columns=("person_id", "answered_on", "outcome", "answer_sealed"),
    )
    protect("disclosure", select=WORK, insert=WORK, update=WORK, update_columns=("person_id",))


def create_tables() -> None:
    op.create_table(
        "nr3s_user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name="ck_nr3s_user_in_order"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_nr3s_user_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_nr3s_user_recorded_by"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_nr3s_user_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_nr3s_user"),
    )
    op.create_index(
        "uq_nr3s_user_standing",
        "nr3s_user",
        ["authority_id", "user_id"],
        unique=True,
        postgresql_where=sa.text("until_on IS NULL"),
    )
    op.create_table(
        "request_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "information", "concern", name="exchange_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("from_authority_id", sa.Uuid(), nullable=True),
        sa.Column("from_request_id", sa.Uuid(), nullable=True),
        sa.Column("from_body", sa.Text(), nullable=False),
        sa.Column("from_contact", sa.Text(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "service",
                "secure_email",
                "post",
                "in_person",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("particulars_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "disclosed",
                "nothing_held",
                "revoked",
                "suspended",
                "other_action",
                "no_action",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["user_account.id"], name="fk_request_in_answered_by"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_request_in_authority_id"),
        sa.ForeignKeyConstraint(["from_authority_id"], ["authority.id"], name="fk_request_in_from_authority_id"),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_request_in_person_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_request_in_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_request_in"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_request_in_authority_id_reference"),
        sa.UniqueConstraint("from_request_id", name="uq_request_in_from_request_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_request_in_id_authority_id"),
    )
    op.create_index(
        "ix_request_in_authority_id_received_on", "request_in", ["authority_id", "received_on", "id"], unique=False
    )
    op.create_index("ix_request_in_person_id", "request_in", ["person_id"], unique=False)
    op.create_table(
        "nr3s_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "grant", "renewal", "other", name="search_purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("searched_on", sa.Date(), nullable=False),
        sa.Column("searched_by", sa.Uuid(), nullable=False),
        sa.Column("terms", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "result",
            sa.Enum("no_entry", "entries", name="search_result", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("authorities", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("own_entries", sa.Boolean(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_nr3s_search_authority_id"),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_nr3s_search_licence_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_nr3s_search_person_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_nr3s_search_recorded_by"),
        sa.ForeignKeyConstraint(["searched_by"], ["user_account.id"], name="fk_nr3s_search_searched_by"),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["nr3s_search.id", "nr3s_search.authority_id"],
            name="fk_nr3s_search_supersedes_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_nr3s_search"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_nr3s_search_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_nr3s_search_id_authority_id"),
    )
    op.create_index(
        "ix_nr3s_search_authority_id_searched_on", "nr3s_search", ["authority_id", "searched_on", "id"], unique=False
    )
    op.create_index("ix_nr3s_search_licence_id", "nr3s_search", ["licence_id"], unique=False)
    op.create_index("ix_nr3s_search_person_id", "nr3s_search", ["person_id"], unique=False)
    op.create_table(
        "request_out",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "information", "concern", name="exchange_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("licence_id", sa.Uuid(), nullable=True),
        sa.Column("to_authority_id", sa.Uuid(), nullable=True),
        sa.Column("to_body", sa.Text(), nullable=False),
        sa.Column("to_contact", sa.Text(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "service",
                "secure_email",
                "post",
                "in_person",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("particulars_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("aware_on", sa.Date(), nullable=True),
        sa.Column("belief_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("believed_by", sa.Uuid(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "disclosed",
                "nothing_held",
                "revoked",
                "suspended",
                "other_action",
                "no_action",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("regard_on", sa.Date(), nullable=True),
        sa.Column("regard_by", sa.Uuid(), nullable=True),
        sa.Column("regard_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("determined_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(kind = 'concern') = (aware_on IS NOT NULL)", name="ck_request_out_aware_of_concern"),
        sa.CheckConstraint("kind = 'concern' OR person_id IS NOT NULL", name="ck_request_out_about_somebody"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_request_out_authority_id"),
        sa.ForeignKeyConstraint(["believed_by"], ["user_account.id"], name="fk_request_out_believed_by"),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_request_out_licence_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_request_out_person_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_request_out_recorded_by"),
        sa.ForeignKeyConstraint(["regard_by"], ["user_account.id"], name="fk_request_out_regard_by"),
        sa.ForeignKeyConstraint(["sent_by"], ["user_account.id"], name="fk_request_out_sent_by"),
        sa.ForeignKeyConstraint(["to_authority_id"], ["authority.id"], name="fk_request_out_to_authority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_request_out"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_request_out_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_request_out_id_authority_id"),
    )
    op.create_index(
        "ix_request_out_authority_id_recorded_at", "request_out", ["authority_id", "recorded_at", "id"], unique=False
    )
    op.create_index("ix_request_out_licence_id", "request_out", ["licence_id"], unique=False)
    op.create_index("ix_request_out_person_id", "request_out", ["person_id"], unique=False)
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("request_in_id", sa.Uuid(), nullable=True),
        sa.Column("request_out_id", sa.Uuid(), nullable=True),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("to_body", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "section_3",
                "section_5",
                "section_6",
                "safeguarding",
                "crime_and_disorder",
                "crime_and_taxation",
                "other",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("authorised_by", sa.Uuid(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "service",
                "secure_email",
                "post",
                "in_person",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("disclosed_on", sa.Date(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authorised_by"], ["user_account.id"], name="fk_disclosure_authorised_by"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_disclosure_authority_id"),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_disclosure_person_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_disclosure_recorded_by"),
        sa.ForeignKeyConstraint(
            ["request_in_id", "authority_id"],
            ["request_in.id", "request_in.authority_id"],
            name="fk_disclosure_request_in_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["request_out_id", "authority_id"],
            ["request_out.id", "request_out.authority_id"],
            name="fk_disclosure_request_out_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_disclosure_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_disclosure_id_authority_id"),
    )
    op.create_index(
        "ix_disclosure_authority_id_disclosed_on", "disclosure", ["authority_id", "disclosed_on", "id"], unique=False
    )
    op.create_index("ix_disclosure_person_id", "disclosure", ["person_id"], unique=False)
    op.create_table(
        "nr3s_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "entered",
                "not_needed",
                "removed",
                name="entry_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nr3s_reference", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(state = 'due') = (settled_on IS NULL)", name="ck_nr3s_entry_settled_or_due"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_nr3s_entry_authority_id"),
        sa.ForeignKeyConstraint(["event_id"], ["licence_event.id"], name="fk_nr3s_entry_event_id"),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_nr3s_entry_licence_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_nr3s_entry_person_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_nr3s_entry_recorded_by"),
        sa.ForeignKeyConstraint(["settled_by"], ["user_account.id"], name="fk_nr3s_entry_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_nr3s_entry"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_nr3s_entry_authority_id_reference"),
        sa.UniqueConstraint("event_id", name="uq_nr3s_entry_event_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_nr3s_entry_id_authority_id"),
    )
    op.create_index(
        "ix_nr3s_entry_authority_id_notified_on", "nr3s_entry", ["authority_id", "notified_on", "id"], unique=False
    )
    op.create_index("ix_nr3s_entry_licence_id", "nr3s_entry", ["licence_id"], unique=False)
    op.create_index("ix_nr3s_entry_person_id", "nr3s_entry", ["person_id"], unique=False)
    op.create_table(
        "request_chase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("chased_on", sa.Date(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_request_chase_authority_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_request_chase_recorded_by"),
        sa.ForeignKeyConstraint(
            ["request_id", "authority_id"],
            ["request_out.id", "request_out.authority_id"],
            name="fk_request_chase_request_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_request_chase"),
    )
    op.create_index("ix_request_chase_request_id", "request_chase", ["request_id"], unique=False)
    op.create_table(
        "nr3s_update",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "appeal_allowed",
                "appeal_dismissed",
                "appeal_varied",
                "further_appeal",
                "corrected",
                "granted_later",
                name="update_reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "amended",
                "removed",
                "reinstated",
                name="update_action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(action IS NULL) = (settled_on IS NULL)", name="ck_nr3s_update_settled_whole"),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_nr3s_update_authority_id"),
        sa.ForeignKeyConstraint(
            ["entry_id", "authority_id"],
            ["nr3s_entry.id", "nr3s_entry.authority_id"],
            name="fk_nr3s_update_entry_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["event_id"], ["licence_event.id"], name="fk_nr3s_update_event_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_nr3s_update_recorded_by"),
        sa.ForeignKeyConstraint(["settled_by"], ["user_account.id"], name="fk_nr3s_update_settled_by"),
        sa.PrimaryKeyConstraint("id", name="pk_nr3s_update"),
        sa.UniqueConstraint("id", "authority_id", name="uq_nr3s_update_id_authority_id"),
    )
    op.create_index(
        "ix_nr3s_update_authority_id_from_on", "nr3s_update", ["authority_id", "from_on", "id"], unique=False
    )
    op.create_index("ix_nr3s_update_entry_id", "nr3s_update", ["entry_id"], unique=False)
