"""Training: courses, records of people, what councils ask and accept, and training of groups."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, protect, within

revision: str = "0022"
down_revision: str | None = "0021"

# What other councils recorded of people whom this one knows too, through the links that both agreed to: the facts of
# a record and no more. Another council's exemption and its refusals are its own. A pass counts as one where this
# council accepts the course as it is; else its certificate waits to be verified here.
LINKED_FOR = """
CREATE FUNCTION linked_training_for(given_authority uuid, given_day date)
RETURNS TABLE (person_id uuid, authority_id uuid, audience text, result text, course text, provider text,
    booked_for date, completed_on date, expires_on date)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT ends.own_id, r.authority_id, r.audience::text,
        CASE WHEN r.result = 'passed' AND NOT coalesce((
            SELECT a.accepted FROM course_version v JOIN course_acceptance a ON a.course_id = v.course_id
            WHERE v.id = r.course_version_id AND a.authority_id = given_authority AND a.valid_from <= given_day
            ORDER BY a.valid_from DESC, a.recorded_at DESC LIMIT 1
        ), false) THEN 'certificate_unverified' ELSE r.result::text END,
        r.course, r.provider, r.booked_for, r.completed_on, r.expires_on
    FROM (
        SELECT s.first_person_id, s.second_person_id FROM same_person s
        WHERE s.first_authority_id = given_authority AND s.ended_at IS NULL AND NOT s.repeats
        UNION ALL
        SELECT s.second_person_id, s.first_person_id FROM same_person s
        WHERE s.second_authority_id = given_authority AND s.ended_at IS NULL AND NOT s.repeats
    ) ends (own_id, other_id)
    JOIN training_record r ON r.person_id = ends.other_id AND r.superseded_at IS NULL
    WHERE r.result IN ('booked', 'attended_failed', 'passed', 'certificate_unverified')
$$
"""

# For casework alone, about its own council's people; without a list of people, about all of them.
LINKED = """
CREATE FUNCTION linked_training(given_people uuid[], given_day date)
RETURNS TABLE (person_id uuid, authority_id uuid, audience text, result text, course text, provider text,
    booked_for date, completed_on date, expires_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.* FROM linked_training_for((SELECT acting_authority('casework.work')), given_day) l
    WHERE given_people IS NULL OR l.person_id = ANY (given_people)
    ORDER BY l.person_id, l.completed_on DESC NULLS LAST, l.authority_id
$$
"""

# Which rows of a list are of a driver whom another council licenses: number, family name and date of birth must all
# agree. Whoever brings the list in learns of each row whether it was matched, and nothing else.
MATCHES = """
CREATE FUNCTION attendance_matches(given jsonb)
RETURNS TABLE (place int, authority_id uuid, person_id uuid)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT DISTINCT r.place, p.authority_id, p.id
    FROM jsonb_to_recordset(given) AS r (place int, licence_key text, family_name text, date_of_birth date)
    JOIN licence l ON l.number_key = r.licence_key
        AND l.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
    JOIN person p ON p.id = l.person_id AND p.date_of_birth = r.date_of_birth
        AND lower(p.family_name) = lower(r.family_name)
    JOIN authority a ON a.id = p.authority_id AND a.agreement_signed_on <= current_date
    WHERE p.authority_id <> (SELECT acting_authority('imports.make'))
    ORDER BY r.place, p.authority_id, p.id
$$
"""
# A council may offer where it gives the training of others' drivers: the one that keeps the badges of school transport.
MAY_OFFER = """
CREATE FUNCTION may_offer_training() RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM authority a WHERE a.id = (SELECT acting_authority('imports.make'))
        AND 'school_transport' = ANY (a.functions))
$$
"""
ANSWERED = """
CREATE FUNCTION attendance_answered(given jsonb) RETURNS TABLE (place int, offered boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_offer_training() THEN
        RAISE insufficient_privilege;
    END IF;
    RETURN QUERY
        SELECT m.place, bool_and(EXISTS (
            SELECT FROM training_offer o, jsonb_to_recordset(given) AS r (place int, row_hash text)
            WHERE r.place = m.place AND o.row_hash = decode(r.row_hash, 'hex') AND o.authority_id = m.authority_id
              AND o.from_authority_id = (SELECT acting_authority('imports.make'))))
        FROM attendance_matches(given) m GROUP BY m.place ORDER BY m.place;
END $$
"""
OFFER = """
CREATE PROCEDURE offer_training(IN given jsonb, INOUT offered int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT may_offer_training() THEN
        RAISE insufficient_privilege;
    END IF;
    WITH fresh AS (
        INSERT INTO training_offer (id, authority_id, from_authority_id, person_id, row_hash, result, course, provider,
            completed_on, expires_on, certificate_no)
        SELECT gen_random_uuid(), m.authority_id, (SELECT acting_authority('imports.make')), m.person_id,
            decode(r.row_hash, 'hex'), r.result, r.course, r.provider, r.completed_on, r.expires_on, r.certificate_no
        FROM attendance_matches(given) m
        JOIN jsonb_to_recordset(given) AS r (place int, row_hash text, result text, course text, provider text,
            completed_on date, expires_on date, certificate_no text) ON r.place = m.place
        ON CONFLICT (from_authority_id, authority_id, row_hash) DO NOTHING
        RETURNING 1
    )
    SELECT count(*) INTO offered FROM fresh;
END $$
"""

# Of the people whom a check may tell of: whether the holder's own council has their training in date; no row where it
# has none on record. Nothing of the course.
DISCLOSED = """
CREATE FUNCTION disclosed_training(given_check uuid) RETURNS TABLE (person_id uuid, in_date boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT d.person_id,
        bool_or(k.result = 'exempt' OR coalesce(k.expires_on, DATE '9999-12-31') >= current_date)
    FROM disclosed_people(given_check) d CROSS JOIN LATERAL (
        SELECT r.result::text, r.expires_on FROM training_record r
        WHERE r.person_id = d.person_id AND r.superseded_at IS NULL AND r.audience = 'driver'
        UNION ALL
        SELECT l.result, l.expires_on FROM linked_training_for(d.authority_id, current_date) l
        WHERE l.person_id = d.person_id AND l.audience = 'driver'
    ) k
    WHERE k.result IN ('passed', 'exempt')
    GROUP BY d.person_id ORDER BY d.person_id
$$
"""

# Runs for nobody, across councils, in the job that was made for it; what it writes are tasks without a word of a
# record. A lapse is told of once; the next one anew. Nothing is suspended by it.
WATCH = """
CREATE PROCEDURE watch_training(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('watch_training') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_training does this' USING ERRCODE = '42501';
    END IF;
    WITH holder AS (
        SELECT DISTINCT p.authority_id, p.person_id FROM licence_period p
        WHERE p.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
          AND p.status IN ('in_force', 'suspension_pending', 'revocation_pending')
          AND p.from_on <= given_day AND given_day < p.until_on AND p.person_id IS NOT NULL
    ), known AS (
        SELECT r.authority_id, r.person_id, r.result::text AS result, r.expires_on FROM training_record r
        WHERE r.audience = 'driver' AND r.superseded_at IS NULL
        UNION ALL
        SELECT a.id, k.person_id, k.result, k.expires_on
        FROM authority a CROSS JOIN LATERAL linked_training_for(a.id, given_day) k
        WHERE k.audience = 'driver'
    ), lapsed AS (
        SELECT h.authority_id, h.person_id, max(coalesce(k.expires_on, DATE '9999-12-31')) AS last_on
        FROM holder h JOIN known k ON k.authority_id = h.authority_id AND k.person_id = h.person_id
        WHERE k.result IN ('passed', 'exempt')
        GROUP BY h.authority_id, h.person_id
        HAVING max(coalesce(k.expires_on, DATE '9999-12-31')) < given_day
    ), fresh AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), l.authority_id, 'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)),
            'training_lapsed', '', 'Safeguarding training has expired. What follows is for your policy to say.',
            'person', l.person_id, 'licensing_officer', given_day + 5
        FROM lapsed l CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE l.person_id IS NOT NULL) r
        WHERE NOT EXISTS (SELECT FROM task t WHERE t.kind = 'training_lapsed' AND t.object_id = l.person_id
            AND (t.done_at IS NULL OR t.opened_at::date > l.last_on))
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""

INTERNAL = (
    (LINKED_FOR, "linked_training_for(uuid, date)"),
    (MATCHES, "attendance_matches(jsonb)"),
    (MAY_OFFER, "may_offer_training()"),
)
FUNCTIONS = (
    (LINKED, "linked_training(uuid[], date)"),
    (ANSWERED, "attendance_answered(jsonb)"),
    (DISCLOSED, "disclosed_training(uuid)"),
)
PROCEDURES = ((OFFER, "offer_training(jsonb, int)"), (WATCH, "watch_training(date, int)"))

OWN, POLICIES = within("casework.work"), within("policies.change")
MINE = "recorded_by = (SELECT acting_user())"
# Courses, and what every council is asked by default, are about nobody: whoever does casework anywhere may read them.
ANY_COUNCIL = "(SELECT acting_authority('casework.work')) IS NOT NULL"


def upgrade() -> None:
    create_courses()
    create_groups()
    create_records()
    admit_also("import", "kind", "import_kind", "training")
    for definition, signature in INTERNAL:
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    for definition, signature in FUNCTIONS:
        op.execute(definition)
        allow_call(signature)
    for definition, signature in PROCEDURES:
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
    protect_tables()


def protect_tables() -> None:
    protect("course", select=ANY_COUNCIL, insert=POLICIES)
    protect("course_version", select=ANY_COUNCIL, insert=POLICIES)
    protect("course_acceptance", select=OWN, insert=f"{POLICIES} AND {MINE}")
    protect(
        "training_policy",
        select=f"({ANY_COUNCIL}) AND (authority_id IS NULL OR {OWN})",
        insert=f"{POLICIES} AND {MINE}",
    )
    # A record moves with its person when two of theirs are merged; nothing else of it is ever changed.
    protect(
        "training_record",
        select=OWN,
        insert=f"{OWN} AND {MINE}",
        update=OWN,
        update_columns=("person_id", "superseded_at"),
    )
    protect(
        "training_offer",
        select=OWN,
        update=OWN,
        update_columns=("person_id", "settled_by", "settled_at", "training_id"),
    )
    protect("operator_staff", select=OWN, insert=f"{OWN} AND {MINE}", update=OWN, update_columns=("superseded_at",))
    for table in ("premises_training", "operator_staff_register_check", "workforce_training"):
        protect(table, select=OWN, insert=f"{OWN} AND {MINE}")


def create_courses() -> None:
    op.create_table(
        "course",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("provider_authority_id", sa.Uuid(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "driver",
                "operator_staff",
                "passenger_assistant",
                "premises_staff",
                "council",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_course_in_order")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_course_authority_id")),
        sa.ForeignKeyConstraint(
            ["provider_authority_id"], ["authority.id"], name=op.f("fk_course_provider_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("authority_id", "name_key", name="uq_course_authority_id_name_key"),
        sa.UniqueConstraint("id", "authority_id", name="uq_course_id_authority_id"),
    )
    op.create_table(
        "course_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_course_acceptance_authority_id")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_acceptance_course_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_course_acceptance_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_acceptance")),
    )
    op.create_index(
        "ix_course_acceptance_authority_id_course_id",
        "course_acceptance",
        ["authority_id", "course_id", "valid_from"],
        unique=False,
    )
    op.create_table(
        "course_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("pass_mark BETWEEN 0 AND 100", name=op.f("ck_course_version_pass_mark_in_per_cent")),
        sa.ForeignKeyConstraint(
            ["course_id", "authority_id"],
            ["course.id", "course.authority_id"],
            name=op.f("fk_course_version_course_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_version")),
        sa.UniqueConstraint("course_id", "valid_from", name="uq_course_version_course_id_valid_from"),
        sa.UniqueConstraint("id", "authority_id", name="uq_course_version_id_authority_id"),
    )
    op.create_table(
        "training_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "driver",
                "operator_staff",
                "passenger_assistant",
                "premises_staff",
                "council",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum("months", "years", name="unit", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "needed",
            sa.Enum(
                "before_applying",
                "application_started",
                name="needed",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("length > 0", name=op.f("ck_training_policy_some_length")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_training_policy_authority_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_training_policy_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_policy")),
    )
    op.create_index(
        "ix_training_policy_authority_id_audience",
        "training_policy",
        ["authority_id", "audience", "valid_from"],
        unique=False,
    )


def create_groups() -> None:
    op.create_table(
        "operator_staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("basic_dbs_seen_on", sa.Date(), nullable=True),
        sa.Column("course", sa.Text(), nullable=True),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_operator_staff_in_order")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "authority_id"],
            ["organisation.id", "organisation.authority_id"],
            name=op.f("fk_operator_staff_organisation_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_operator_staff_recorded_by")),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["operator_staff.id", "operator_staff.authority_id"],
            name=op.f("fk_operator_staff_supersedes_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_staff")),
        sa.UniqueConstraint("id", "authority_id", name="uq_operator_staff_id_authority_id"),
    )
    op.create_index("ix_operator_staff_organisation_id", "operator_staff", ["organisation_id"], unique=False)
    op.create_table(
        "operator_staff_register_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "checked BETWEEN 0 AND staff", name=op.f("ck_operator_staff_register_check_no_more_than_staff")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "authority_id"],
            ["organisation.id", "organisation.authority_id"],
            name=op.f("fk_operator_staff_register_check_organisation_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_operator_staff_register_check_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_staff_register_check")),
    )
    op.create_index(
        "ix_operator_staff_register_check_organisation_id",
        "operator_staff_register_check",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "premises_training",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("premises_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("trained", sa.Integer(), nullable=False),
        sa.Column("trainer", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("trained BETWEEN 0 AND staff", name=op.f("ck_premises_training_no_more_than_staff")),
        sa.ForeignKeyConstraint(
            ["premises_id", "authority_id"],
            ["premises.id", "premises.authority_id"],
            name=op.f("fk_premises_training_premises_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_premises_training_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises_training")),
    )
    op.create_index("ix_premises_training_premises_id", "premises_training", ["premises_id"], unique=False)
    op.create_table(
        "workforce_training",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("trained", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("trained > 0", name=op.f("ck_workforce_training_somebody")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_workforce_training_authority_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_workforce_training_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workforce_training")),
    )
    op.create_index(
        "ix_workforce_training_authority_id_held_on",
        "workforce_training",
        ["authority_id", "held_on", "id"],
        unique=False,
    )


def create_records() -> None:
    op.create_table(
        "training_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "booked",
                "attended_failed",
                "passed",
                "exempt",
                "certificate_unverified",
                "rejected",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "driver",
                "operator_staff",
                "passenger_assistant",
                "premises_staff",
                "council",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("course_version_id", sa.Uuid(), nullable=True),
        sa.Column(
            "delivery",
            sa.Enum(
                "in_person", "online", "mixed", name="delivery", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("booked_for", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("certificate_no", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_how", sa.Text(), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(verified_by IS NULL) = (verified_at IS NULL)", name=op.f("ck_training_record_verified_by_somebody")
        ),
        sa.CheckConstraint("expires_on >= completed_on", name=op.f("ck_training_record_in_order")),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_training_record_score_in_per_cent")),
        sa.ForeignKeyConstraint(
            ["course_version_id"], ["course_version.id"], name=op.f("fk_training_record_course_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name=op.f("fk_training_record_person_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_training_record_recorded_by")),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["training_record.id", "training_record.authority_id"],
            name=op.f("fk_training_record_supersedes_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["verified_by"], ["user_account.id"], name=op.f("fk_training_record_verified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("id", "authority_id", name="uq_training_record_id_authority_id"),
        sa.UniqueConstraint("supersedes_id", name="uq_training_record_supersedes_id"),
    )
    op.create_index(
        "ix_training_record_authority_id_person_id",
        "training_record",
        ["authority_id", "person_id"],
        unique=False,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index("ix_training_record_person_id", "training_record", ["person_id"], unique=False)
    op.create_index(
        "uq_training_record_authority_id_source_id",
        "training_record",
        ["authority_id", "source_id"],
        unique=True,
        postgresql_where=sa.text("source_id IS NOT NULL AND superseded_at IS NULL"),
    )
    op.create_table(
        "training_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("from_authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("row_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "booked",
                "attended_failed",
                "passed",
                "exempt",
                "certificate_unverified",
                "rejected",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("certificate_no", sa.Text(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("training_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(settled_by IS NULL) = (settled_at IS NULL)", name=op.f("ck_training_offer_settled_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["from_authority_id"], ["authority.id"], name=op.f("fk_training_offer_from_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name=op.f("fk_training_offer_person_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["user_account.id"], name=op.f("fk_training_offer_settled_by")),
        sa.ForeignKeyConstraint(["training_id"], ["training_record.id"], name=op.f("fk_training_offer_training_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_offer")),
        sa.UniqueConstraint("from_authority_id", "authority_id", "row_hash", name="uq_training_offer_row"),
    )
    op.create_index(
        "ix_training_offer_authority_id", "training_offer", ["authority_id", "offered_at", "id"], unique=False
    )
    op.create_index("ix_training_offer_person_id", "training_offer", ["person_id"], unique=False)
