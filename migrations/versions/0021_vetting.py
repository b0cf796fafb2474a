"""Vetting: checks of people, what stands of them, the rules that ask for them, and the daily look at what is due."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit
from licensing.row_security import allow_call, protect, within

revision: str = "0021"
down_revision: str | None = "0020"

CHECKS = (
    "enhanced_dbs",
    "dbs_status",
    "basic_dbs",
    "right_to_work",
    "dvla",
    "medical",
    "overseas",
    "english",
    "knowledge",
    "identity",
    "reference",
    "tax_check",
)
RESULTS = (
    "requested",
    "looked_at_incomplete",
    "satisfied",
    "unsatisfactory",
    "new_information",
    "unable",
    "not_needed",
    "mistake",
)
LEVELS = ("basic", "standard", "enhanced")
BARRED_LISTS = ("none", "children", "adults", "both")
STATUS_SOURCES = ("update_service", "paper")
FAMILIES = (
    "driver",
    "vehicle",
    "operator",
    "badge",
    "premises",
    "personal",
    "hmo",
    "registration",
    "other",
)
LICENCE_KINDS = (
    "hackney_carriage_driver",
    "private_hire_driver",
    "dual_driver",
    "hackney_carriage_vehicle",
    "private_hire_vehicle",
    "private_hire_operator",
    "county_transport_badge",
    "premises_licence",
    "club_premises_certificate",
    "personal_licence",
    "hmo_licence",
    "food_registration",
    "gambling_premises",
    "sexual_entertainment_venue",
    "street_trading",
)
REQUIREMENTS = ("needed", "not_needed", "withdrawn")
UNITS = ("days", "months", "years")
IMPORTS = (
    "drivers",
    "vehicles",
    "operators",
    "premises",
    "personal-licences",
    "adverse-decisions",
    "fhrs",
    "vetting",
)

WORK = within("casework.work")
# What is recorded is recorded by whoever acts; a rule is made by whoever may make the council's rules.
BY_WHOEVER_ACTS = "recorded_by = (SELECT acting_user())"

# An enhanced certificate that was seen answers the question of a DBS status on that day too. A certificate is as old
# as its issue. Runs as the owner: the application reads what stands, and writes none of it.
SETTLE = """
CREATE FUNCTION settle_vetting(people uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH touched AS (
        SELECT person_id, authority_id, kind FROM vetting_check WHERE person_id = ANY (people)
        UNION SELECT person_id, authority_id, 'dbs_status' FROM vetting_check
              WHERE person_id = ANY (people) AND kind = 'enhanced_dbs'
        UNION SELECT person_id, authority_id, kind FROM vetting_standing WHERE person_id = ANY (people)
    )
    INSERT INTO vetting_standing
        (person_id, kind, authority_id, settled, settled_on, counted_from, ends_on, pending, pending_since)
    SELECT t.person_id, t.kind, t.authority_id, s.result, s.checked_on, s.counted_from, s.expires_on,
        p.result, p.checked_on
    FROM touched t
    LEFT JOIN LATERAL (
        SELECT c.result, c.checked_on, c.recorded_at, c.expires_on,
            CASE WHEN c.result = 'satisfied' THEN CASE WHEN c.kind IN ('enhanced_dbs', 'basic_dbs')
                THEN coalesce(c.issued_on, c.checked_on) ELSE c.checked_on END END AS counted_from
        FROM vetting_check c
        WHERE c.person_id = t.person_id AND c.superseded_at IS NULL
          AND c.result IN ('satisfied', 'unsatisfactory', 'new_information', 'not_needed')
          AND (c.kind = t.kind
               OR (t.kind = 'dbs_status' AND c.kind = 'enhanced_dbs' AND c.result = 'satisfied'))
        ORDER BY c.checked_on DESC, c.recorded_at DESC, c.id DESC LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
        SELECT c.result, c.checked_on FROM vetting_check c
        WHERE c.person_id = t.person_id AND c.kind = t.kind AND c.superseded_at IS NULL
          AND c.result IN ('requested', 'looked_at_incomplete', 'unable')
          AND (s.result IS NULL OR (c.checked_on, c.recorded_at) > (s.checked_on, s.recorded_at))
        ORDER BY c.checked_on DESC, c.recorded_at DESC, c.id DESC LIMIT 1
    ) p ON true
    ON CONFLICT (person_id, kind) DO UPDATE SET
        settled = EXCLUDED.settled, settled_on = EXCLUDED.settled_on, counted_from = EXCLUDED.counted_from,
        ends_on = EXCLUDED.ends_on, pending = EXCLUDED.pending, pending_since = EXCLUDED.pending_since
$$
"""

# Whose checks a statement added, superseded, or moved from one record of a person to another.
AFTER_INSERT = """
CREATE FUNCTION settle_vetting_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM settle_vetting((SELECT array_agg(DISTINCT person_id) FROM after_it));
    RETURN NULL;
END $$
"""
AFTER_UPDATE = """
CREATE FUNCTION settle_vetting_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM settle_vetting((SELECT array_agg(DISTINCT person_id) FROM (
        SELECT person_id FROM before_it UNION SELECT person_id FROM after_it) both_sides));
    RETURN NULL;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER settle_added AFTER INSERT ON vetting_check REFERENCING NEW TABLE AS after_it"
    " FOR EACH STATEMENT EXECUTE FUNCTION settle_vetting_added()",
    "CREATE TRIGGER settle_changed AFTER UPDATE ON vetting_check REFERENCING OLD TABLE AS before_it"
    " NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION settle_vetting_changed()",
)

# Runs for nobody, across councils, in the job that was made for it. The rule in force is found as
# vetting/rules.policy_in_force finds it: own before national, of the kind before of the family, the latest of each.
# It opens tasks and nothing else: no licence is suspended by a date.
WATCH = """
CREATE PROCEDURE watch_vetting(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('watch_vetting') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_vetting does this' USING ERRCODE = '42501';
    END IF;
    WITH holder AS (
        SELECT DISTINCT p.authority_id, p.kind, p.person_id,
            CASE
                WHEN p.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver') THEN 'driver'
                WHEN p.kind IN ('hackney_carriage_vehicle', 'private_hire_vehicle') THEN 'vehicle'
                WHEN p.kind = 'private_hire_operator' THEN 'operator'
                WHEN p.kind = 'county_transport_badge' THEN 'badge'
                WHEN p.kind = 'personal_licence' THEN 'personal'
            END AS family
        FROM licence_period p
        WHERE p.person_id IS NOT NULL AND p.from_on <= given_day AND given_day < p.until_on
          AND p.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
    ), latest AS (
        SELECT DISTINCT ON (k.authority_id, k.kind, v.authority_id IS NULL, v.licence_kind IS NULL)
            k.authority_id, k.kind, v.authority_id IS NULL AS national, v.licence_kind IS NULL AS of_family,
            v.requirement, v.unless_driver, v.length, v.unit
        FROM (SELECT DISTINCT authority_id, kind, family FROM holder) k
        JOIN vetting_policy v ON v.check_kind = 'dbs_status' AND v.valid_from <= given_day
          AND coalesce(v.authority_id, k.authority_id) = k.authority_id
          AND CASE WHEN v.licence_kind IS NULL THEN v.family = k.family ELSE v.licence_kind = k.kind END
        ORDER BY k.authority_id, k.kind, v.authority_id IS NULL, v.licence_kind IS NULL,
            v.valid_from DESC, v.recorded_at DESC, v.id DESC
    ), rule AS (
        SELECT DISTINCT ON (authority_id, kind) * FROM latest WHERE requirement <> 'withdrawn'
        ORDER BY authority_id, kind, national, of_family
    ), due AS (
        SELECT h.authority_id, h.person_id, min(least(s.ends_on, s.counted_from + CASE r.unit
            WHEN 'days' THEN make_interval(days => r.length)
            WHEN 'months' THEN make_interval(months => r.length)
            ELSE make_interval(years => r.length) END)::date) AS due_on
        FROM holder h
        JOIN rule r ON r.authority_id = h.authority_id AND r.kind = h.kind AND r.requirement = 'needed'
        JOIN vetting_standing s ON s.person_id = h.person_id AND s.kind = 'dbs_status'
        WHERE s.settled IN ('satisfied', 'not_needed')
          AND NOT (r.unless_driver AND EXISTS (
            SELECT FROM holder d WHERE d.person_id = h.person_id AND d.family = 'driver'))
        GROUP BY h.authority_id, h.person_id
    ), fresh AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), due.authority_id,
            'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)),
            'vetting_due', '', 'The DBS status of a holder is due to be checked again.', 'person', due.person_id,
            'licensing_officer', given_day + 5
        FROM due CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE due.person_id IS NOT NULL) r
        WHERE due.due_on <= given_day AND NOT EXISTS (
            SELECT FROM task t WHERE t.kind = 'vetting_due' AND t.object_id = due.person_id
              AND (t.done_at IS NULL OR t.opened_at::date >= due.due_on))
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""


def upgrade() -> None:
    create_tables()
    protect(
        "vetting_check",
        select=WORK,
        insert=f"{WORK} AND {BY_WHOEVER_ACTS}",
        update=WORK,
        update_columns=("superseded_at", "person_id"),
    )
    protect("vetting_standing", select=WORK)
    protect(
        "vetting_policy",
        select=f"(authority_id IS NULL AND (SELECT acting_authority('casework.work')) IS NOT NULL) OR {WORK}",
        insert=f"{within('policies.change')} AND {BY_WHOEVER_ACTS}",
    )
    op.execute(SETTLE)
    allow_call_of_nobody("settle_vetting(uuid[])")
    for function, name in ((AFTER_INSERT, "settle_vetting_added()"), (AFTER_UPDATE, "settle_vetting_changed()")):
        op.execute(function)
        allow_call_of_nobody(name)
    for trigger in TRIGGERS:
        op.execute(trigger)
    op.execute(WATCH)
    allow_call("watch_vetting(date, int)", "PROCEDURE")
    admit("import", "kind", "import_kind", IMPORTS)


def allow_call_of_nobody(routine: str) -> None:
    """The triggers alone run it."""
    op.execute(f"REVOKE ALL ON FUNCTION {routine} FROM PUBLIC")


def create_tables() -> None:
    op.create_table(
        "vetting_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words(CHECKS, "check_kind"), nullable=False),
        sa.Column("result", words(RESULTS, "check_result"), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("certificate_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("level", words(LEVELS, "dbs_level"), nullable=True),
        sa.Column("barred_lists", words(BARRED_LISTS, "barred_lists"), nullable=True),
        sa.Column("update_service", sa.Boolean(), nullable=True),
        sa.Column("learnt_by", words(STATUS_SOURCES, "status_source"), nullable=True),
        sa.Column("leave_extended", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("abroad_from", sa.Date(), nullable=True),
        sa.Column("abroad_until", sa.Date(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("correction_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "result <> 'not_needed' OR reason_sealed IS NOT NULL",
            name=op.f("ck_vetting_check_reason_where_not_needed"),
        ),
        sa.CheckConstraint("abroad_until >= abroad_from", name=op.f("ck_vetting_check_abroad_in_order")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_vetting_check_authority_id")),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name=op.f("fk_vetting_check_person_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["vetting_check.id", "vetting_check.authority_id"],
            name=op.f("fk_vetting_check_supersedes_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_vetting_check_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vetting_check")),
        sa.UniqueConstraint("id", "authority_id", name="uq_vetting_check_id_authority_id"),
    )
    op.create_index("ix_vetting_check_person_id", "vetting_check", ["person_id", "kind", "checked_on"])
    op.create_index(
        "uq_vetting_check_supersedes_id",
        "vetting_check",
        ["supersedes_id"],
        unique=True,
        postgresql_where=sa.text("supersedes_id IS NOT NULL"),
    )
    op.create_table(
        "vetting_standing",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", words(CHECKS, "check_kind"), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("settled", words(RESULTS, "settled"), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("counted_from", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("pending", words(RESULTS, "pending"), nullable=True),
        sa.Column("pending_since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name=op.f("fk_vetting_standing_person_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_vetting_standing")),
    )
    op.create_index(
        "ix_vetting_standing_authority_id_kind",
        "vetting_standing",
        ["authority_id", "kind", "counted_from", "person_id"],
    )
    op.create_table(
        "vetting_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column("family", words(FAMILIES, "family"), nullable=False),
        sa.Column("licence_kind", words(LICENCE_KINDS, "licence_kind"), nullable=True),
        sa.Column("check_kind", words(CHECKS, "check_kind"), nullable=False),
        sa.Column("requirement", words(REQUIREMENTS, "requirement"), nullable=False),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("unit", words(UNITS, "length_unit"), nullable=True),
        sa.Column("blocks_grant", sa.Boolean(), nullable=False),
        sa.Column("unless_driver", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(length IS NULL) = (unit IS NULL)", name=op.f("ck_vetting_policy_whole_length")),
        sa.CheckConstraint("length > 0", name=op.f("ck_vetting_policy_some_length")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_vetting_policy_authority_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_vetting_policy_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vetting_policy")),
    )
    op.create_index(
        "ix_vetting_policy_authority_id",
        "vetting_policy",
        ["authority_id", "family", "check_kind", "valid_from"],
    )


def words(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
