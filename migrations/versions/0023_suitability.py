"""Suitability: applications, considerations, convictions and their policy, complaints, courts, and markers."""

from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, protect, within

revision: str = "0023"
down_revision: str | None = "0022"

# A revocation or refusal that its council's policy calls permanent, until a court or a correction takes it away. Only
# the functions below read it; the application has no right to.
STANDING_MARKER = """
CREATE VIEW standing_marker AS
    SELECT l.person_id, l.authority_id,
        coalesce(e.decided_on, e.notified_on, e.effective_on, e.recorded_at::date) AS marked_on
    FROM licence_event e
    JOIN licence l ON l.id = e.licence_id
    WHERE e.permanent AND e.superseded_at IS NULL AND e.kind IN ('revoked', 'refused', 'renewal_refused')
      AND l.person_id IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM licence_event later
        WHERE later.licence_id = e.licence_id AND later.superseded_at IS NULL
          AND (later.kind = 'voided' OR (later.kind = 'reinstated_by_court'
            AND coalesce(later.decided_on, later.recorded_at::date)
                >= coalesce(e.decided_on, e.notified_on, e.effective_on, e.recorded_at::date))))
"""

# Every person of one council beside whom a standing marker of another stands: because both councils linked the two
# records, or because they were found likely to be one person. Another's is told once its sharing agreement stands.
MARKED_ELSEWHERE = """
CREATE VIEW marked_elsewhere AS
    SELECT DISTINCT known.person_id, known.authority_id, m.authority_id AS marked_by_id, m.marked_on
    FROM (
        SELECT s.first_person_id AS person_id, s.first_authority_id AS authority_id, s.second_person_id AS other_id
        FROM same_person s WHERE s.ended_at IS NULL AND NOT s.repeats
        UNION ALL
        SELECT s.second_person_id, s.second_authority_id, s.first_person_id
        FROM same_person s WHERE s.ended_at IS NULL AND NOT s.repeats
        UNION ALL
        SELECT standing_record(f.person_id), f.authority_id, standing_record(f.other_person_id) FROM marker_match f
    ) known
    JOIN standing_marker m ON m.person_id = known.other_id
    JOIN authority a ON a.id = m.authority_id AND a.agreement_signed_on <= current_date
        AND (a.valid_to IS NULL OR a.valid_to >= current_date)
"""

# Of a person of one's own: which councils' standing markers there are, one's own among them. Whom to ask is public.
MARKERS_OF = """
CREATE FUNCTION markers_of(given_person uuid) RETURNS TABLE (authority_id uuid, marked_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.authority_id, m.marked_on FROM standing_marker m
    WHERE m.person_id = given_person AND m.authority_id = (SELECT acting_authority('casework.work'))
    UNION
    SELECT m.marked_by_id, m.marked_on FROM marked_elsewhere m
    WHERE m.person_id = given_person AND m.authority_id = (SELECT acting_authority('casework.work'))
    ORDER BY 2, 1
$$
"""

# Whom a driver check found and of whom its council asks to be spoken to first: that alone, where more may be told too.
MARKED_IN_CHECK = """
CREATE FUNCTION marked_in_check(given_check uuid) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_open_check(given_check) THEN
        RAISE insufficient_privilege;
    END IF;
    RETURN QUERY
        SELECT DISTINCT r.person_id FROM check_result r
        JOIN standing_marker m ON m.person_id = r.person_id
        WHERE r.check_id = given_check AND m.authority_id = ANY (searched_authorities())
          AND (r.band IN ('certain', 'strong') OR m.authority_id = r.authority_id)
        ORDER BY 1;
END $$
"""

# The few who are marked, as the matching wants them: the search starts from them and not from everybody else.
MARKED_PEOPLE = """
CREATE FUNCTION marked_people() RETURNS TABLE (
    person_id uuid, authority_id uuid, names text[], date_of_birth date, postcodes text[], identifiers bigint[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('seek_markers') IS NULL THEN
        RAISE EXCEPTION 'only the job seek_markers does this' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
        SELECT m.person_id, m.authority_id, m.names, m.date_of_birth, m.postcodes, m.identifiers
        FROM person_match m JOIN authority a ON a.id = m.authority_id
        WHERE a.agreement_signed_on <= current_date AND (a.valid_to IS NULL OR a.valid_to >= current_date)
          AND EXISTS (SELECT FROM standing_marker s WHERE s.person_id = m.person_id)
        ORDER BY m.person_id;
END $$
"""

# Everybody on the other councils' registers who shares a key with one who is marked, each register to the key's cap.
LIKE_MARKED = """
CREATE FUNCTION people_like_marked(given_person uuid, given_keys bigint[], given_caps int[])
RETURNS TABLE (
    person_id uuid, authority_id uuid, names text[], date_of_birth date, postcodes text[], identifiers bigint[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('seek_markers') IS NULL THEN
        RAISE EXCEPTION 'only the job seek_markers does this' USING ERRCODE = '42501';
    END IF;
    RETURN QUERY
        SELECT m.person_id, m.authority_id, m.names, m.date_of_birth, m.postcodes, m.identifiers
        FROM (
            SELECT DISTINCT k.person_id
            FROM unnest(given_keys, given_caps) AS asked(key, cap)
            CROSS JOIN (
                SELECT a.id FROM authority a
                WHERE a.id <> (SELECT p.authority_id FROM person p WHERE p.id = given_person)
            ) other
            CROSS JOIN LATERAL (
                SELECT f.person_id FROM match_key f
                WHERE f.key = asked.key AND f.authority_id = other.id
                ORDER BY f.person_id LIMIT least(asked.cap, 5000)
            ) k
        ) found
        JOIN person_match m ON m.person_id = found.person_id;
END $$
"""

# A task for the managers of whoever has such a person, while none is open and the marker was not considered since.
OPEN_MARKER_TASKS = """
CREATE FUNCTION open_marker_tasks(given_people uuid[]) RETURNS int
LANGUAGE sql SET search_path = public, pg_temp AS $$
    WITH fresh AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), seen.authority_id,
            'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)), 'consider_marker', '',
            'A council asks you to speak to it before you decide anything about this person.',
            'person', seen.person_id, 'licensing_manager', current_date + 5
        FROM (
            SELECT DISTINCT m.authority_id, m.person_id FROM marked_elsewhere m
            WHERE (given_people IS NULL OR m.person_id = ANY (given_people))
              AND NOT EXISTS (
                SELECT FROM marker_considered c
                WHERE c.person_id = m.person_id AND c.marked_by_id = m.marked_by_id AND c.marked_on = m.marked_on)
        ) seen CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE seen.person_id IS NOT NULL) r
        WHERE NOT EXISTS (SELECT FROM task t
            WHERE t.kind = 'consider_marker' AND t.object_id = seen.person_id AND t.done_at IS NULL)
        RETURNING 1
    )
    SELECT count(*)::int FROM fresh
$$
"""

KEEP_MATCHES = """
CREATE PROCEDURE keep_marker_matches(IN given_person uuid, IN given_people uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('seek_markers') IS NULL THEN
        RAISE EXCEPTION 'only the job seek_markers does this' USING ERRCODE = '42501';
    END IF;
    INSERT INTO marker_match (id, authority_id, person_id, other_person_id)
    SELECT gen_random_uuid(), p.authority_id, p.id, given_person
    FROM person p, person marked
    WHERE p.id = ANY (given_people) AND marked.id = given_person AND p.authority_id <> marked.authority_id
    ON CONFLICT (person_id, other_person_id) DO NOTHING;
END $$
"""

TELL_OF_MARKERS = """
CREATE PROCEDURE tell_of_markers(INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('seek_markers') IS NULL THEN
        RAISE EXCEPTION 'only the job seek_markers does this' USING ERRCODE = '42501';
    END IF;
    opened := open_marker_tasks(NULL);
END $$
"""

# As soon as two councils agree that their records are of one person.
TELL_OF_LINKED = """
CREATE FUNCTION tell_of_linked_markers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM open_marker_tasks(ARRAY[NEW.first_person_id, NEW.second_person_id]);
    RETURN NULL;
END $$
"""

# An operator four or more of whose drivers lost their licence within a year: its staff, records and dispatch need a look.
WATCH_OPERATORS = """
CREATE PROCEDURE watch_operators(IN given_day date, INOUT opened int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('watch_operators') IS NULL THEN
        RAISE EXCEPTION 'only the job watch_operators does this' USING ERRCODE = '42501';
    END IF;
    WITH seen AS (
        SELECT o.authority_id, o.organisation_id
        FROM operator_driver o
        JOIN licence l ON l.person_id = o.person_id
            AND l.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
        JOIN licence_event e ON e.licence_id = l.id AND e.kind = 'revoked' AND e.superseded_at IS NULL
            AND e.decided_on > given_day - interval '1 year' AND e.decided_on <= given_day
        WHERE (o.from_on IS NULL OR o.from_on <= e.decided_on) AND (o.until_on IS NULL OR o.until_on >= given_day - 365)
        GROUP BY o.authority_id, o.organisation_id
        HAVING count(DISTINCT o.person_id) >= 4
    ), fresh AS (
        INSERT INTO task (id, authority_id, reference, kind, note, why, object_kind, object_id, for_team, due_on)
        SELECT gen_random_uuid(), seen.authority_id,
            'TK-' || upper(substr(h, 1, 4) || '-' || substr(h, 5, 4)), 'consider_fitness', '',
            'Four or more of this operator’s drivers lost their licence within a year. Audit its staff register, '
            'records and dispatch, and consider section 62 of the 1976 Act.',
            'organisation', seen.organisation_id, 'licensing_manager', given_day + 5
        FROM seen CROSS JOIN LATERAL (SELECT md5(gen_random_uuid()::text) AS h WHERE seen.organisation_id IS NOT NULL) r
        WHERE NOT EXISTS (SELECT FROM task t WHERE t.kind = 'consider_fitness' AND t.object_id = seen.organisation_id
            AND (t.done_at IS NULL OR t.done_at > given_day - 90))
        RETURNING 1
    )
    SELECT count(*) INTO opened FROM fresh;
END $$
"""

INTERNAL = ("open_marker_tasks(uuid[])", "tell_of_linked_markers()")
CALLED = ("markers_of(uuid)", "marked_in_check(uuid)", "marked_people()", "people_like_marked(uuid, bigint[], int[])")
PROCEDURES = ("keep_marker_matches(uuid, uuid[])", "tell_of_markers(int)", "watch_operators(date, int)")

WORK = within("casework.work")
MINE = "by_id = (SELECT acting_user())"
# The national rows are for everybody who works on cases.
NATIONAL_OR_OWN = (
    "(SELECT acting_authority('casework.work')) IS NOT NULL AND coalesce(authority_id = "
    "(SELECT acting_authority('casework.work')), true)"
)
# Table -> the columns that may change once a row is recorded; everything else is put right by a row in its place.
CHANGING = {
    "application": ("complete_on", "officer_id", "decided_on", "withdrawn_on", "withdrawn_sealed"),
    "application_item": ("superseded_at",),
    "consideration": ("closed_on", "closed_by", "closed_sealed", "decided"),
    "consideration_information": ("superseded_at", "told_on", "told_sealed", "answered_on", "answer_sealed"),
    "conviction": ("superseded_at", "person_id"),
    "complaint": ("person_id", "outcome", "closed_on", "outcome_sealed"),
    "operator_driver": ("person_id", "until_on"),
    "court_case": ("ended_on", "witnesses"),
    "court_defendant": ("verdict", "licence_id"),
    "court_sentence": ("superseded_at",),
}

SOURCE = "Statutory Taxi and Private Hire Vehicle Standards (July 2020), annex: assessment of previous convictions"
IN_FORCE_FROM = date(2020, 7, 21)
# (category, outcome, years, runs from): from general knowledge of the annex, for a lawyer to confirm.
NATIONAL_POLICY = (
    ("death", "never", None, "sentence"),
    ("exploitation", "never", None, "sentence"),
    ("sexual", "never", None, "sentence"),
    ("registered_or_barred", "never", None, "sentence"),
    ("violence", "years", 10, "sentence"),
    ("weapon", "years", 7, "sentence"),
    ("dishonesty", "years", 7, "sentence"),
    ("drugs_supply", "years", 10, "sentence"),
    ("drugs_possession", "years", 5, "sentence"),
    ("discrimination", "years", 7, "sentence"),
    ("minor_motoring", "judgement", None, "sentence"),
    ("drink_or_drug_driving", "years", 7, "sentence_or_ban"),
    ("hand_held_device", "years", 5, "latest"),
)


def upgrade() -> None:
    create_applications()
    create_considerations()
    create_convictions()
    create_concerns()
    create_court_cases()
    create_markers()
    write_national_policy()
    protect_tables()
    for view in (STANDING_MARKER, MARKED_ELSEWHERE):
        op.execute(view)
    for routine in (
        MARKERS_OF,
        MARKED_IN_CHECK,
        MARKED_PEOPLE,
        LIKE_MARKED,
        OPEN_MARKER_TASKS,
        KEEP_MATCHES,
        TELL_OF_MARKERS,
        TELL_OF_LINKED,
        WATCH_OPERATORS,
    ):
        op.execute(routine)
    for signature in INTERNAL:
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    for signature in CALLED:
        allow_call(signature)
    for signature in PROCEDURES:
        allow_call(signature, "PROCEDURE")
    op.execute(
        "CREATE TRIGGER tell_of_markers AFTER INSERT ON same_person"
        " FOR EACH ROW EXECUTE FUNCTION tell_of_linked_markers()"
    )


def protect_tables() -> None:
    for table, columns in CHANGING.items():
        protect(table, select=WORK, insert=WORK, update=WORK, update_columns=columns)
    protect(
        "recommendation",
        select=WORK,
        insert=f"{WORK} AND {MINE}",
        update=WORK,
        update_columns=("superseded_at",),
    )
    protect("self_report", select=WORK, insert=WORK)
    protect("conviction_policy", select=NATIONAL_OR_OWN, insert=f"{within('policies.change')} AND {MINE}")
    protect("marker_match")
    protect(
        "marker_considered",
        select=WORK,
        insert=f"{within('decisions.make')} AND {MINE}",
        update=WORK,
        update_columns=("person_id",),
    )


def write_national_policy() -> None:
    table = sa.table(
        "conviction_policy",
        *(sa.column(name) for name in ("id", "category", "outcome", "years", "runs_from", "source", "valid_from")),
    )
    op.bulk_insert(
        table,
        [
            {
                "id": uuid4(),
                "category": category,
                "outcome": outcome,
                "years": years,
                "runs_from": runs_from,
                "source": SOURCE,
                "valid_from": IN_FORCE_FROM,
            }
            for category, outcome, years, runs_from in NATIONAL_POLICY
        ],
    )


def create_applications() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "new",
                "renewal",
                "variation",
                name="application_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("complete_on", sa.Date(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("num_nonnulls(decided_on, withdrawn_on) <= 1", name=op.f("ck_application_one_end")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_application_authority_id"),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_application_licence_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name="fk_application_officer_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name="fk_application_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_application"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_application_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_application_id_authority_id"),
    )
    op.create_index(
        "ix_application_authority_id_received_on", "application", ["authority_id", "received_on", "id"], unique=False
    )
    op.create_index(
        "uq_application_open",
        "application",
        ["licence_id"],
        unique=True,
        postgresql_where=sa.text("decided_on IS NULL AND withdrawn_on IS NULL"),
    )
    op.create_table(
        "application_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "form_and_fee",
                "identity",
                "driver_check",
                "nr3s_search",
                "references",
                "convictions",
                name="item_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "looked_at_incomplete",
                "done",
                "not_needed",
                name="item_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id", "authority_id"],
            ["application.id", "application.authority_id"],
            name="fk_application_item_application_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_application_item_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_application_item"),
    )
    op.create_index(
        "uq_application_item_standing",
        "application_item",
        ["application_id", "kind"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def create_considerations() -> None:
    op.create_table(
        "consideration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "complaint",
                "self_report",
                "police_disclosure",
                "another_authority",
                "court",
                "conviction",
                "vetting",
                "training",
                "own_enquiry",
                "designated_officer",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "fit_to_be_granted",
                "convicted_since_grant",
                "breach_of_the_acts",
                "immigration",
                "other_reasonable_cause",
                "operator_conduct",
                "vehicle_unfit",
                "licensing_objectives",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("concern_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("case_reference", sa.Text(), nullable=True),
        sa.Column(
            "arising_kind",
            sa.Enum(
                "complaint",
                "self_report",
                "court_case",
                name="arising",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("arising_id", sa.Uuid(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint(
            "(arising_kind IS NULL) = (arising_id IS NULL)", name=op.f("ck_consideration_whole_arising")
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (closed_by IS NULL)", name=op.f("ck_consideration_closed_by_somebody")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_consideration_authority_id"),
        sa.ForeignKeyConstraint(["closed_by"], ["user_account.id"], name="fk_consideration_closed_by"),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_consideration_licence_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["user_account.id"], name="fk_consideration_opened_by"),
        sa.PrimaryKeyConstraint("id", name="pk_consideration"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_consideration_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_consideration_id_authority_id"),
    )
    op.create_index(
        "ix_consideration_authority_id_opened_on", "consideration", ["authority_id", "opened_on", "id"], unique=False
    )
    op.create_index("ix_consideration_licence_id", "consideration", ["licence_id"], unique=False)
    op.create_table(
        "consideration_information",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("consideration_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "police",
                "court_record",
                "another_council",
                "designated_officer",
                "complainant",
                "witness",
                "holder",
                "vetting_result",
                "own_observation",
                "late_report",
                "other",
                name="information_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("from_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("case_reference", sa.Text(), nullable=True),
        sa.Column("relied_on", sa.Boolean(), server_default="false", nullable=False),
        sa.Column(
            "limb",
            sa.Enum(
                "sexual_offence",
                "harassment",
                "harm",
                "risk_of_harm",
                "discrimination",
                "threatening_behaviour",
                "road_safety",
                name="limb",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answered_on IS NULL OR told_on <= answered_on",
            name=op.f("ck_consideration_information_told_before_answered"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_consideration_information_by_id"),
        sa.ForeignKeyConstraint(
            ["consideration_id", "authority_id"],
            ["consideration.id", "consideration.authority_id"],
            name="fk_consideration_information_consideration_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["consideration_information.id", "consideration_information.authority_id"],
            name="fk_consideration_information_supersedes_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consideration_information"),
        sa.UniqueConstraint("id", "authority_id", name="uq_consideration_information_id_authority_id"),
    )
    op.create_index(
        "ix_consideration_information_consideration_id", "consideration_information", ["consideration_id"], unique=False
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("consideration_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "no_action",
                "warning",
                "penalty_points",
                "training_required",
                "suspend_fixed",
                "suspend_until_condition",
                "suspend_interim",
                "revoke",
                "revoke_immediate",
                "refuse",
                "refuse_renew",
                "grant",
                "grant_short_term",
                name="decision_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "relevant_information",
            sa.Enum(
                "wholly",
                "partly",
                "no",
                "not_recorded",
                name="relevant_information",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reasons_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("policy_until", sa.Date(), nullable=True),
        sa.Column("policy_never", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("departing_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("num_nonnulls(consideration_id, application_id) = 1", name=op.f("ck_recommendation_of_one")),
        sa.ForeignKeyConstraint(
            ["application_id", "authority_id"],
            ["application.id", "application.authority_id"],
            name="fk_recommendation_application_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_recommendation_by_id"),
        sa.ForeignKeyConstraint(
            ["consideration_id", "authority_id"],
            ["consideration.id", "consideration.authority_id"],
            name="fk_recommendation_consideration_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
    )
    op.create_index(
        "uq_recommendation_application_standing",
        "recommendation",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "uq_recommendation_consideration_standing",
        "recommendation",
        ["consideration_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def create_convictions() -> None:
    op.create_table(
        "conviction_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "death",
                "exploitation",
                "sexual",
                "registered_or_barred",
                "violence",
                "weapon",
                "dishonesty",
                "drugs_supply",
                "drugs_possession",
                "discrimination",
                "minor_motoring",
                "drink_or_drug_driving",
                "hand_held_device",
                name="conviction_category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "never",
                "years",
                "judgement",
                name="policy_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column(
            "runs_from",
            sa.Enum(
                "sentence",
                "sentence_or_ban",
                "latest",
                name="runs_from",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'years') = (years IS NOT NULL)", name=op.f("ck_conviction_policy_years_where_counted")
        ),
        sa.CheckConstraint(
            "(authority_id IS NULL) = (by_id IS NULL)", name=op.f("ck_conviction_policy_own_by_somebody")
        ),
        sa.CheckConstraint("years BETWEEN 1 AND 50", name=op.f("ck_conviction_policy_years_in_reason")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_conviction_policy_authority_id"),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_conviction_policy_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conviction_policy"),
    )
    op.create_index(
        "ix_conviction_policy_authority_id_category",
        "conviction_policy",
        ["authority_id", "category", "valid_from"],
        unique=False,
    )
    op.create_table(
        "conviction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("consideration_id", sa.Uuid(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "death",
                "exploitation",
                "sexual",
                "registered_or_barred",
                "violence",
                "weapon",
                "dishonesty",
                "drugs_supply",
                "drugs_possession",
                "discrimination",
                "minor_motoring",
                "drink_or_drug_driving",
                "hand_held_device",
                name="conviction_category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("offence_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("convicted_on", sa.Date(), nullable=False),
        sa.Column("sentence_completed_on", sa.Date(), nullable=True),
        sa.Column("ban_ends_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(application_id, consideration_id) = 1", name=op.f("ck_conviction_recorded_for_one")
        ),
        sa.CheckConstraint(
            "sentence_completed_on >= convicted_on", name=op.f("ck_conviction_sentence_after_conviction")
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "authority_id"],
            ["application.id", "application.authority_id"],
            name="fk_conviction_application_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_conviction_by_id"),
        sa.ForeignKeyConstraint(
            ["consideration_id", "authority_id"],
            ["consideration.id", "consideration.authority_id"],
            name="fk_conviction_consideration_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_conviction_person_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "authority_id"],
            ["conviction.id", "conviction.authority_id"],
            name="fk_conviction_supersedes_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conviction"),
        sa.UniqueConstraint("id", "authority_id", name="uq_conviction_id_authority_id"),
    )
    op.create_index("ix_conviction_person_id", "conviction", ["person_id"], unique=False)


def create_concerns() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column(
            "category",
            sa.Enum(
                "safeguarding",
                "sexual_behaviour",
                "violence_or_threats",
                "discrimination",
                "driving",
                "conduct",
                "overcharging",
                "vehicle",
                "booking_records",
                "other",
                name="complaint_category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "passenger",
                "parent_or_carer",
                "school",
                "public",
                "councillor",
                "police",
                "another_council",
                "trade",
                "staff",
                "anonymous",
                name="complaint_source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("summary_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("case_reference", sa.Text(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "partly_upheld",
                "not_upheld",
                "not_enough_information",
                "withdrawn",
                "passed_on",
                "consideration_opened",
                name="complaint_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name=op.f("ck_complaint_closed_with_an_outcome")),
        sa.CheckConstraint(
            "num_nonnulls(person_id, organisation_id, vehicle_id) > 0", name=op.f("ck_complaint_about_something")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_complaint_authority_id"),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_complaint_by_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "authority_id"],
            ["organisation.id", "organisation.authority_id"],
            name="fk_complaint_organisation_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_complaint_person_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id", "authority_id"],
            ["vehicle.id", "vehicle.authority_id"],
            name="fk_complaint_vehicle_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_complaint_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_complaint_id_authority_id"),
    )
    op.create_index(
        "ix_complaint_authority_id_received_on", "complaint", ["authority_id", "received_on", "id"], unique=False
    )
    op.create_index(
        "ix_complaint_organisation_id",
        "complaint",
        ["organisation_id"],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_index(
        "ix_complaint_person_id",
        "complaint",
        ["person_id"],
        unique=False,
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index(
        "ix_complaint_vehicle_id",
        "complaint",
        ["vehicle_id"],
        unique=False,
        postgresql_where=sa.text("vehicle_id IS NOT NULL"),
    )
    op.create_table(
        "operator_driver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_operator_driver_from_before_until")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_operator_driver_authority_id"),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_operator_driver_by_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id", "authority_id"],
            ["organisation.id", "organisation.authority_id"],
            name="fk_operator_driver_organisation_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_operator_driver_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_operator_driver"),
    )
    op.create_index("ix_operator_driver_organisation_id", "operator_driver", ["organisation_id"], unique=False)
    op.create_index("ix_operator_driver_person_id", "operator_driver", ["person_id"], unique=False)
    op.create_table(
        "self_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "arrest",
                "release",
                "charge",
                "conviction",
                "caution",
                "other_council",
                name="reported",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_reference", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("reported_at >= occurred_at", name=op.f("ck_self_report_reported_after_it_happened")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_self_report_authority_id"),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_self_report_by_id"),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_self_report_licence_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_self_report"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_self_report_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_self_report_id_authority_id"),
    )
    op.create_index(
        "ix_self_report_authority_id_reported_at", "self_report", ["authority_id", "reported_at", "id"], unique=False
    )
    op.create_index("ix_self_report_licence_id", "self_report", ["licence_id"], unique=False)


def create_court_cases() -> None:
    op.create_table(
        "court_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("court", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("witnesses", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("ended_on >= started_on", name=op.f("ck_court_case_started_before_ended")),
        sa.CheckConstraint("witnesses >= 0", name=op.f("ck_court_case_witnesses_counted")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_court_case_authority_id"),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_court_case_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_court_case"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_court_case_authority_id_reference"),
        sa.UniqueConstraint("authority_id", "source_id", name="uq_court_case_authority_id_source_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_court_case_id_authority_id"),
    )
    op.create_index(
        "ix_court_case_authority_id_started_on", "court_case", ["authority_id", "started_on", "id"], unique=False
    )
    op.create_table(
        "court_defendant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key_digest", sa.LargeBinary(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "guilty",
                "not_guilty",
                "awaited",
                "no_verdict",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("licence_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "authority_id"],
            ["court_case.id", "court_case.authority_id"],
            name="fk_court_defendant_case_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_court_defendant_licence_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_court_defendant"),
        sa.UniqueConstraint("case_id", "key_digest", name="uq_court_defendant_case_id_key_digest"),
        sa.UniqueConstraint("case_id", "number", name="uq_court_defendant_case_id_number"),
        sa.UniqueConstraint("id", "authority_id", name="uq_court_defendant_id_authority_id"),
    )
    op.create_index(
        "ix_court_defendant_licence_id",
        "court_defendant",
        ["licence_id"],
        unique=False,
        postgresql_where=sa.text("licence_id IS NOT NULL"),
    )
    op.create_table(
        "court_sentence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("defendant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "consecutive",
                "concurrent",
                "awaited",
                name="sentence_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'awaited') = (months IS NULL)", name=op.f("ck_court_sentence_months_where_passed")),
        sa.CheckConstraint("months BETWEEN 0 AND 1200", name=op.f("ck_court_sentence_months_in_reason")),
        sa.ForeignKeyConstraint(
            ["defendant_id", "authority_id"],
            ["court_defendant.id", "court_defendant.authority_id"],
            name="fk_court_sentence_defendant_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_court_sentence"),
    )
    op.create_index(
        "uq_court_sentence_standing",
        "court_sentence",
        ["defendant_id", "number"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def create_markers() -> None:
    op.create_table(
        "marker_match",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_person_id", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_marker_match_authority_id"),
        sa.ForeignKeyConstraint(["other_person_id"], ["person.id"], name="fk_marker_match_other_person_id"),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_marker_match_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_marker_match"),
    )
    op.create_index("uq_marker_match_person_id", "marker_match", ["person_id", "other_person_id"], unique=True)
    op.create_table(
        "marker_considered",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("marked_by_id", sa.Uuid(), nullable=False),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_whom_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_marker_considered_authority_id"),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name="fk_marker_considered_by_id"),
        sa.ForeignKeyConstraint(["marked_by_id"], ["authority.id"], name="fk_marker_considered_marked_by_id"),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_marker_considered_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_marker_considered"),
    )
    op.create_index("ix_marker_considered_person_id", "marker_considered", ["person_id"], unique=False)
