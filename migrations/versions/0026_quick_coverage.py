"""Counting how holders stand is kept up part by part, so that what was not touched is not counted anew for each page.

An authority's holders fall into 64 parts, by the first byte of their record's id, which is random. What was counted
of a part for a day is kept; whatever changes somebody of that part leaves a mark. Whoever asks is given what is kept
of the parts without a mark, and the others counted on the spot: a figure is never older than the rows behind it. A job
counts the marked parts again. A mark is a row of its own, so that two who write never wait for each other.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect

revision: str = "0026"
down_revision: str | None = "0025"

PARTS = """
CREATE FUNCTION holders_part(given_person uuid) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (get_byte(uuid_send(given_person), 0) / 4)::smallint $$
"""
FIRST_OF_PART = """
CREATE FUNCTION first_of_part(given_part int) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (lpad(to_hex(given_part * 4), 2, '0') || '000000-0000-0000-0000-000000000000')::uuid
$$
"""
LAST_OF_PART = """
CREATE FUNCTION last_of_part(given_part int) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (lpad(to_hex(given_part * 4 + 3), 2, '0') || 'ffffff-ffff-ffff-ffff-ffffffffffff')::uuid
$$
"""

# The rule in force for each check of each kind of licence, found as vetting/rules.policy_in_force finds it: own before
# national, of the kind before of the family, the latest of each.
VETTING_RULES = """
CREATE FUNCTION vetting_rules(given_authority uuid, given_day date)
RETURNS TABLE (licence_kind text, check_kind text, unless_driver boolean, good_for interval)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH licence (kind, family) AS (VALUES
        ('hackney_carriage_driver', 'driver'), ('private_hire_driver', 'driver'), ('dual_driver', 'driver'),
        ('hackney_carriage_vehicle', 'vehicle'), ('private_hire_vehicle', 'vehicle'),
        ('private_hire_operator', 'operator'), ('county_transport_badge', 'badge'), ('personal_licence', 'personal')
    ), latest AS (
        SELECT DISTINCT ON (l.kind, v.check_kind, v.authority_id IS NULL, v.licence_kind IS NULL)
            l.kind, v.check_kind, v.authority_id IS NULL AS national, v.licence_kind IS NULL AS of_family,
            v.requirement, v.unless_driver, v.length, v.unit
        FROM licence l JOIN vetting_policy v ON v.valid_from <= given_day
          AND coalesce(v.authority_id, given_authority) = given_authority
          AND CASE WHEN v.licence_kind IS NULL THEN v.family = l.family ELSE v.licence_kind = l.kind END
        ORDER BY l.kind, v.check_kind, v.authority_id IS NULL, v.licence_kind IS NULL,
            v.valid_from DESC, v.recorded_at DESC, v.id DESC
    ), rule AS (
        SELECT DISTINCT ON (kind, check_kind) * FROM latest WHERE requirement <> 'withdrawn'
        ORDER BY kind, check_kind, national, of_family
    )
    SELECT kind, check_kind, unless_driver, CASE unit
        WHEN 'days' THEN make_interval(days => length)
        WHEN 'months' THEN make_interval(months => length)
        WHEN 'years' THEN make_interval(years => length) END
    FROM rule WHERE requirement = 'needed'
$$
"""

IN_FORCE = """p.status IN ('in_force', 'suspension_pending', 'revocation_pending', 'interim_authority')
          AND p.from_on <= given_day AND p.until_on > given_day"""

# Each holder once for each check that each of their licences in force needs; coverage.condition in the words of the
# database. A test holds the two together.
VETTING_COUNTED = f"""
CREATE FUNCTION vetting_counted(given_authority uuid, given_day date, given_part int)
RETURNS TABLE (licence text, "check" text, holders int, in_date int, due_30 int, due_60 int, overdue int, never int,
    adverse int)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH holder AS MATERIALIZED (
        SELECT p.kind, p.person_id, bool_or(p.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver'))
            OVER (PARTITION BY p.person_id) AS drives
        FROM licence_period p
        WHERE p.authority_id = given_authority
          AND p.person_id BETWEEN first_of_part(given_part) AND last_of_part(given_part)
          AND {IN_FORCE}
    ), stands AS MATERIALIZED (
        SELECT s.person_id, s.kind, s.settled, s.ends_on, s.counted_from FROM vetting_standing s
        WHERE s.person_id BETWEEN first_of_part(given_part) AND last_of_part(given_part)
          AND s.authority_id = given_authority AND s.settled IS NOT NULL
    ), asked AS (
        SELECT h.kind, r.check_kind, s.settled,
            s.settled IN ('satisfied', 'not_needed') AS good,
            coalesce(least(s.ends_on, (s.counted_from + r.good_for)::date), DATE '9999-12-31') AS due_on
        FROM holder h
        JOIN vetting_rules(given_authority, given_day) r
          ON r.licence_kind = h.kind AND NOT (r.unless_driver AND h.drives)
        LEFT JOIN stands s ON s.person_id = h.person_id AND s.kind = r.check_kind
    )
    SELECT kind, check_kind, count(*)::int,
        (count(*) FILTER (WHERE good AND due_on >= given_day))::int,
        (count(*) FILTER (WHERE good AND due_on >= given_day AND due_on < given_day + 31))::int,
        (count(*) FILTER (WHERE good AND due_on >= given_day AND due_on < given_day + 61))::int,
        (count(*) FILTER (WHERE good AND due_on < given_day))::int,
        (count(*) FILTER (WHERE settled IS NULL))::int,
        (count(*) FILTER (WHERE NOT good))::int
    FROM asked GROUP BY kind, check_kind ORDER BY kind, check_kind
$$
"""

# Training of other councils that counts, as 0022 has it, of the holders of some parts alone.
LINKED_BETWEEN = """
CREATE FUNCTION linked_training_between(given_authority uuid, given_day date, first_id uuid, last_id uuid)
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
          AND s.first_person_id BETWEEN first_id AND last_id
        UNION ALL
        SELECT s.second_person_id, s.first_person_id FROM same_person s
        WHERE s.second_authority_id = given_authority AND s.ended_at IS NULL AND NOT s.repeats
          AND s.second_person_id BETWEEN first_id AND last_id
    ) ends (own_id, other_id)
    JOIN training_record r ON r.person_id = ends.other_id AND r.superseded_at IS NULL
    WHERE r.result IN ('booked', 'attended_failed', 'passed', 'certificate_unverified')
$$
"""
LINKED_FOR = """
CREATE OR REPLACE FUNCTION linked_training_for(given_authority uuid, given_day date)
RETURNS TABLE (person_id uuid, authority_id uuid, audience text, result text, course text, provider text,
    booked_for date, completed_on date, expires_on date)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT * FROM linked_training_between(given_authority, given_day, first_of_part(0), last_of_part(63))
$$
"""

# rules.standing in the words of the database; tests hold the two together.
TRAINING_STATUS = """
CREATE FUNCTION training_status(passed_until date, booked_for date, exempt boolean, unverified boolean, failed boolean,
    given_day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN passed_until >= given_day THEN 'passed'
        WHEN exempt THEN 'exempt'
        WHEN passed_until IS NOT NULL AND booked_for IS NOT NULL THEN 'expired_booked'
        WHEN passed_until IS NOT NULL THEN 'expired'
        WHEN booked_for IS NOT NULL THEN 'booked'
        WHEN unverified THEN 'certificate_unverified'
        WHEN failed THEN 'attended_failed'
        ELSE 'not_started' END
$$
"""
TRAINING_COUNTED = f"""
CREATE FUNCTION training_counted(given_authority uuid, given_day date, given_part int)
RETURNS TABLE (licence text, holders int, not_started int, booked int, attended_failed int, passed int, expired int,
    expired_booked int, exempt int, certificate_unverified int, lapsing_30 int, lapsing_60 int)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH counts (kind, audience) AS (VALUES
        ('hackney_carriage_driver', 'driver'), ('private_hire_driver', 'driver'), ('dual_driver', 'driver'),
        ('county_transport_badge', 'driver'), ('county_transport_badge', 'passenger_assistant'),
        ('private_hire_operator', 'operator_staff')
    ), holder AS (
        SELECT p.kind, p.person_id FROM licence_period p
        WHERE p.authority_id = given_authority AND p.kind IN (SELECT c.kind FROM counts c)
          AND p.person_id BETWEEN first_of_part(given_part) AND last_of_part(given_part)
          AND {IN_FORCE}
    ), known AS (
        SELECT r.person_id, r.audience, r.result, r.booked_for, r.expires_on FROM training_record r
        WHERE r.authority_id = given_authority AND r.superseded_at IS NULL
          AND r.person_id BETWEEN first_of_part(given_part) AND last_of_part(given_part)
        UNION ALL
        SELECT l.person_id, l.audience, l.result, l.booked_for, l.expires_on
        FROM linked_training_between(given_authority, given_day, first_of_part(given_part), last_of_part(given_part)) l
    ), gathered AS (
        SELECT h.kind, max(coalesce(k.expires_on, DATE '9999-12-31')) FILTER (WHERE k.result = 'passed') AS passed_until,
            min(k.booked_for) FILTER (WHERE k.result = 'booked' AND k.booked_for >= given_day) AS booked_for,
            coalesce(bool_or(k.result = 'exempt'), false) AS exempt,
            coalesce(bool_or(k.result = 'certificate_unverified'), false) AS unverified,
            coalesce(bool_or(k.result = 'attended_failed'), false) AS failed
        FROM holder h LEFT JOIN known k
          ON k.person_id = h.person_id AND (h.kind, k.audience) IN (SELECT c.kind, c.audience FROM counts c)
        GROUP BY h.kind, h.person_id
    ), standing AS (
        SELECT g.kind, g.passed_until,
            training_status(g.passed_until, g.booked_for, g.exempt, g.unverified, g.failed, given_day) AS status
        FROM gathered g
    )
    SELECT kind, count(*)::int,
        (count(*) FILTER (WHERE status = 'not_started'))::int,
        (count(*) FILTER (WHERE status = 'booked'))::int,
        (count(*) FILTER (WHERE status = 'attended_failed'))::int,
        (count(*) FILTER (WHERE status = 'passed'))::int,
        (count(*) FILTER (WHERE status = 'expired'))::int,
        (count(*) FILTER (WHERE status = 'expired_booked'))::int,
        (count(*) FILTER (WHERE status = 'exempt'))::int,
        (count(*) FILTER (WHERE status = 'certificate_unverified'))::int,
        (count(*) FILTER (WHERE status = 'passed' AND passed_until < given_day + 30))::int,
        (count(*) FILTER (WHERE status = 'passed' AND passed_until < given_day + 60))::int
    FROM standing GROUP BY kind ORDER BY kind
$$
"""

# What is kept of each room, and the columns that are summed.
ROOMS = {
    "vetting": (
        'licence text, "check" text',
        ("holders", "in_date", "due_30", "due_60", "overdue", "never", "adverse"),
    ),
    "training": (
        "licence text",
        (
            "holders",
            "not_started",
            "booked",
            "attended_failed",
            "passed",
            "expired",
            "expired_booked",
            "exempt",
            "certificate_unverified",
            "lapsing_30",
            "lapsing_60",
        ),
    ),
}


def figures(room: str) -> str:
    """What is asked by casework, of its own council alone: kept where nothing has changed, else counted now."""
    groups, columns = ROOMS[room]
    names = ", ".join(part.split()[0] for part in groups.split(", "))
    numbers = ", ".join(f"{one} int" for one in columns)
    sums = ", ".join(f"sum(f.{one})::int" for one in columns)
    return f"""
CREATE FUNCTION {room}_figures(given_day date) RETURNS TABLE ({groups}, {numbers})
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH own AS MATERIALIZED (
        SELECT acting_authority('casework.work') AS id
    ), part AS MATERIALIZED (
        SELECT n, t.figures FROM own CROSS JOIN generate_series(0, 63) n
        LEFT JOIN {room}_tally t ON t.authority_id = own.id AND t.part = n AND t.day = given_day
          AND NOT EXISTS (SELECT FROM {room}_mark m WHERE m.authority_id = own.id AND m.part = n)
        WHERE own.id IS NOT NULL
    ), counted AS (
        SELECT f.* FROM part CROSS JOIN LATERAL jsonb_to_recordset(part.figures) AS f ({groups}, {numbers})
        WHERE part.figures IS NOT NULL
        UNION ALL
        SELECT f.* FROM part CROSS JOIN own CROSS JOIN LATERAL {room}_counted(own.id, given_day, part.n) f
        WHERE part.figures IS NULL
    )
    SELECT {names}, {sums} FROM counted f GROUP BY {names} ORDER BY {names}
$$
"""


def keep(room: str) -> str:
    """Count the parts that are marked, or not counted for the day, of every authority. Marks that are seen go with it:
    one that is written meanwhile stays. One at a time, so that an older count never lands on a newer."""
    return f"""
CREATE PROCEDURE keep_{room}_tally(IN given_day date, INOUT counted int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('{room}_tally'));
    WITH seen AS (
        DELETE FROM {room}_mark RETURNING authority_id, part
    ), stale AS (
        SELECT authority_id, part FROM seen
        UNION
        SELECT a.id, n FROM authority a CROSS JOIN generate_series(0, 63) n
        WHERE NOT EXISTS (
            SELECT FROM {room}_tally t WHERE t.authority_id = a.id AND t.part = n AND t.day = given_day)
    ), fresh AS (
        INSERT INTO {room}_tally (authority_id, part, day, figures)
        SELECT s.authority_id, s.part, given_day, coalesce(
            (SELECT jsonb_agg(to_jsonb(f)) FROM {room}_counted(s.authority_id, given_day, s.part) f), '[]')
        FROM stale s
        ON CONFLICT (authority_id, part) DO UPDATE SET day = EXCLUDED.day, figures = EXCLUDED.figures
        RETURNING 1
    )
    SELECT count(*) INTO counted FROM fresh;
END $$
"""


def count_again(room: str) -> str:
    """Runs for nobody, across councils, in the job that was made for it."""
    return f"""
CREATE PROCEDURE count_{room}(IN given_day date, INOUT counted int DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF acting_job('count_{room}') IS NULL THEN
        RAISE EXCEPTION 'only the job count_{room} does this' USING ERRCODE = '42501';
    END IF;
    CALL keep_{room}_tally(given_day, counted);
END $$
"""


# Rows with a person of one authority, in a transition table that every trigger calls by the same name.
MARK_PEOPLE = """
CREATE FUNCTION mark_{room}_of_people() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO {room}_mark (authority_id, part)
    SELECT DISTINCT authority_id, holders_part(person_id) FROM touched WHERE person_id IS NOT NULL;
    RETURN NULL;
END $$
"""
# A rule, or what is accepted: of one authority, or of all where it names none.
MARK_ALL = """
CREATE FUNCTION mark_{room}_of_all() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO {room}_mark (authority_id, part)
    SELECT DISTINCT a.id, n FROM touched t JOIN authority a ON a.id = coalesce(t.authority_id, a.id)
    CROSS JOIN generate_series(0, 63) n;
    RETURN NULL;
END $$
"""
# What one council records counts for the others that know the person too.
MARK_LINKED = """
CREATE FUNCTION mark_training_of_linked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO training_mark (authority_id, part)
    SELECT s.second_authority_id, holders_part(s.second_person_id) FROM touched t
    JOIN same_person s ON s.first_person_id = t.person_id AND s.ended_at IS NULL
    UNION
    SELECT s.first_authority_id, holders_part(s.first_person_id) FROM touched t
    JOIN same_person s ON s.second_person_id = t.person_id AND s.ended_at IS NULL;
    RETURN NULL;
END $$
"""
MARK_LINKS = """
CREATE FUNCTION mark_training_of_links() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO training_mark (authority_id, part)
    SELECT first_authority_id, holders_part(first_person_id) FROM touched
    UNION
    SELECT second_authority_id, holders_part(second_person_id) FROM touched;
    RETURN NULL;
END $$
"""
# Function, table, and what is done to its rows.
MARKED = (
    ("mark_vetting_of_people", "vetting_check", "INSERT UPDATE DELETE"),
    ("mark_vetting_of_people", "licence_period", "INSERT UPDATE DELETE"),
    ("mark_vetting_of_all", "vetting_policy", "INSERT"),
    ("mark_training_of_people", "training_record", "INSERT UPDATE DELETE"),
    ("mark_training_of_people", "licence_period", "INSERT UPDATE DELETE"),
    ("mark_training_of_linked", "training_record", "INSERT UPDATE DELETE"),
    ("mark_training_of_links", "same_person", "INSERT UPDATE DELETE"),
    ("mark_training_of_all", "course_acceptance", "INSERT"),
)
# Of a row that is changed, both as it was and as it becomes.
IMAGES = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}

INTERNAL = (
    (PARTS, "holders_part(uuid)"),
    (FIRST_OF_PART, "first_of_part(int)"),
    (LAST_OF_PART, "last_of_part(int)"),
    (VETTING_RULES, "vetting_rules(uuid, date)"),
    (VETTING_COUNTED, "vetting_counted(uuid, date, int)"),
    (LINKED_BETWEEN, "linked_training_between(uuid, date, uuid, uuid)"),
    (LINKED_FOR, "linked_training_for(uuid, date)"),
    (TRAINING_STATUS, "training_status(date, date, boolean, boolean, boolean, date)"),
    (TRAINING_COUNTED, "training_counted(uuid, date, int)"),
)


def upgrade() -> None:
    for room in ROOMS:
        create_tables(room)
    for definition, signature in INTERNAL:
        op.execute(definition)
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    allow_call("training_status(date, date, boolean, boolean, boolean, date)")
    for room in ROOMS:
        op.execute(figures(room))
        allow_call(f"{room}_figures(date)")
        op.execute(keep(room))
        op.execute(f"REVOKE ALL ON PROCEDURE keep_{room}_tally(date, int) FROM PUBLIC")
        op.execute(count_again(room))
        allow_call(f"count_{room}(date, int)", "PROCEDURE")
    make_marking()
    make_indexes()


def make_marking() -> None:
    for room in ROOMS:
        op.execute(MARK_PEOPLE.format(room=room))
        op.execute(MARK_ALL.format(room=room))
    op.execute(MARK_LINKED)
    op.execute(MARK_LINKS)
    for function in sorted({function for function, _, _ in MARKED}):
        op.execute(f"REVOKE ALL ON FUNCTION {function}() FROM PUBLIC")
    for function, table, commands in MARKED:
        for command in commands.split():
            for image in IMAGES[command]:
                op.execute(
                    f"CREATE TRIGGER {function}_{command.lower()}_{image.lower()} AFTER {command} ON {table}"
                    f" REFERENCING {image} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
                )


def make_indexes() -> None:
    op.drop_index("ix_vetting_standing_authority_id_kind", "vetting_standing")
    op.create_index(
        "ix_vetting_standing_authority_id_kind",
        "vetting_standing",
        ["authority_id", "kind", sa.text("counted_from NULLS FIRST"), "person_id"],
        postgresql_include=["settled", "ends_on"],
    )
    # One part of an authority's holders, and what stands of them, from the index alone.
    op.create_index(
        "ix_vetting_standing_authority_id_person_id",
        "vetting_standing",
        ["authority_id", "person_id"],
        postgresql_include=["kind", "settled", "counted_from", "ends_on"],
    )
    op.create_index(
        "ix_licence_period_authority_id_person_id",
        "licence_period",
        ["authority_id", "person_id"],
        postgresql_where=sa.text("person_id IS NOT NULL"),
        postgresql_include=["licence_id", "kind", "status", "from_on", "until_on"],
    )
    op.create_index(
        "ix_training_record_authority_id_result",
        "training_record",
        ["authority_id", "result", "expires_on", "booked_for", "person_id"],
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index("ix_licence_period_authority_id_status", "licence_period")
    op.create_index(
        "ix_licence_period_authority_id_status",
        "licence_period",
        ["authority_id", "status", "kind", "from_on", "until_on", "person_id"],
        postgresql_include=["licence_id"],
    )


def create_tables(room: str) -> None:
    op.create_table(
        f"{room}_tally",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("figures", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f(f"fk_{room}_tally_authority_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("authority_id", "part", name=op.f(f"pk_{room}_tally")),
    )
    op.create_table(
        f"{room}_mark",
        sa.Column("number", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f(f"fk_{room}_mark_authority_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f(f"pk_{room}_mark")),
    )
    op.create_index(f"ix_{room}_mark_authority_id", f"{room}_mark", ["authority_id", "part"])
    protect(f"{room}_tally")
    protect(f"{room}_mark")
