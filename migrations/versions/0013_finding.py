"""Finding: indexes for the search box, the licence locator, verdicts, and links of one person's records."""

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit
from licensing.row_security import allow_call, protect, within

revision: str = "0013"
down_revision: str | None = "0012"

# Which authorities license or licensed a vehicle or a number, for an open, committed check of this kind: exact numbers
# only, a few rows, and of a driver's licence neither its number nor whose it is.
LICENSED_BY = """
CREATE FUNCTION licensed_by(given_check uuid, given_mark text, given_number text)
RETURNS TABLE (licence_id uuid, authority_id uuid, kind text, number text, status text, former boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    searched uuid[] := searched_authorities();
    drivers text[] := '{hackney_carriage_driver,private_hire_driver,dual_driver,county_transport_badge}';
    vehicles text[] := '{hackney_carriage_vehicle,private_hire_vehicle}';
BEGIN
    IF NOT is_open_check(given_check)
        OR NOT EXISTS (SELECT FROM driver_check c WHERE c.id = given_check AND c.kind = 'number')
    THEN
        RAISE insufficient_privilege;
    END IF;
    RETURN QUERY
        SELECT l.id, l.authority_id, l.kind::text, CASE WHEN l.kind = ANY (vehicles) THEN l.number END,
            s.status::text, bool_and(found.former)
        FROM (
            SELECT c.id, false AS former FROM vehicle v JOIN licence c ON c.vehicle_id = v.id
            WHERE v.authority_id = ANY (searched) AND v.vrm_key = nullif(given_mark, '')
            UNION ALL
            SELECT c.id, true FROM vehicle_mark m JOIN licence c ON c.vehicle_id = m.vehicle_id
            WHERE m.authority_id = ANY (searched) AND m.vrm_key = nullif(given_mark, '')
            UNION ALL
            SELECT c.id, false FROM licence c
            WHERE c.authority_id = ANY (searched) AND c.number_key = nullif(given_number, '')
            UNION ALL
            SELECT c.id, false FROM licence c
            WHERE c.authority_id = ANY (searched) AND c.badge_key = nullif(given_number, '')
            UNION ALL
            SELECT m.licence_id, true FROM licence_mark m
            WHERE m.authority_id = ANY (searched) AND m.number_key = nullif(given_number, '')
        ) found
        JOIN licence l ON l.id = found.id AND l.kind = ANY (drivers || vehicles)
        JOIN licence_period s ON s.licence_id = l.id AND s.from_on <= current_date AND current_date < s.until_on
        GROUP BY l.id, s.status
        ORDER BY l.authority_id, l.kind, l.id
        LIMIT 50;
END $$
"""

# The verdict's own id goes into the hash, so that it can be compared with nothing else. Of the identifiers those that
# point at one person: the kind stands in the three lowest bits (licensing/matching/hashes.py).
GROUND_OF = """
CREATE FUNCTION verdict_ground_of(given_verdict uuid, given_person uuid) RETURNS bytea
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce((
        SELECT sha256(convert_to(concat_ws('|', given_verdict, coalesce(m.date_of_birth::text, ''), (
            SELECT string_agg(i::text, ',' ORDER BY i) FROM unnest(m.identifiers) AS i WHERE i & 7 IN (1, 2)
        )), 'UTF8'))
        FROM person_match m WHERE m.person_id = given_person
    ), '')
$$
"""

KEEP_GROUND = """
CREATE FUNCTION keep_verdict_ground() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO verdict_ground (verdict_id, person_hash) VALUES (NEW.id, verdict_ground_of(NEW.id, NEW.person_id));
    RETURN NULL;
END $$
"""

# Which of these verdicts of one's own authority were given on other grounds than the record has now: that, not what.
OVERTAKEN = """
CREATE FUNCTION overtaken_verdicts(given_verdicts uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT v.id FROM verdict v JOIN verdict_ground g ON g.verdict_id = v.id
    WHERE v.id = ANY (given_verdicts)
      AND v.authority_id = (SELECT acting_authority('driver_check.make'))
      AND g.person_hash <> verdict_ground_of(v.id, v.person_id)
$$
"""

# Of the people that a check compares, which are one person: those do not compete.
LINKED_CANDIDATES = """
CREATE FUNCTION linked_candidates(given_check uuid, given_people uuid[])
RETURNS TABLE (first_person_id uuid, second_person_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_open_check(given_check) THEN
        RAISE insufficient_privilege;
    END IF;
    RETURN QUERY
        SELECT s.first_person_id, s.second_person_id FROM same_person s
        WHERE s.ended_at IS NULL AND s.first_person_id = ANY (given_people) AND s.second_person_id = ANY (given_people);
END $$
"""

# For whoever may read the record itself, and no further than the links that its own authority agreed to.
LINKED_PEOPLE = """
CREATE FUNCTION linked_people(given_person uuid) RETURNS TABLE (authority_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT other.authority_id, other.id
    FROM person own
    JOIN same_person s ON own.id IN (s.first_person_id, s.second_person_id) AND s.ended_at IS NULL
    JOIN person other ON other.id IN (s.first_person_id, s.second_person_id) AND other.id <> own.id
    WHERE own.id = given_person AND own.authority_id = (SELECT acting_authority('register.read'))
    ORDER BY 1, 2
$$
"""

# What is linked is what the approved proposal names, and everybody whose record it is has approved it.
LINK = """
CREATE PROCEDURE link_people(IN given_proposal uuid, INOUT link_id uuid DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal := check_approved(given_proposal, 'cross_merge');
BEGIN
    INSERT INTO same_person (id, first_person_id, first_authority_id, second_person_id, second_authority_id,
        proposal_id)
    SELECT gen_random_uuid(), a.id, a.authority_id, b.id, b.authority_id, one.id
    FROM person a JOIN person b ON a.id < b.id
    WHERE a.id = one.object_id AND b.id::text = one.code
      AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
      AND a.authority_id <> b.authority_id
      AND one.authorities @> ARRAY[a.authority_id, b.authority_id]
      AND cardinality(one.authorities) = 2
    ON CONFLICT (first_person_id, second_person_id) WHERE ended_at IS NULL DO NOTHING
    RETURNING id INTO link_id;
END $$
"""

UNLINK = """
CREATE PROCEDURE unlink_people(IN given_proposal uuid, INOUT unlinked boolean DEFAULT NULL)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one proposal := check_approved(given_proposal, 'cross_unmerge');
BEGIN
    UPDATE same_person SET ended_at = now(), ended_by_proposal_id = one.id
    WHERE id = one.object_id AND ended_at IS NULL
      AND one.authorities @> ARRAY[first_authority_id, second_authority_id]
      AND cardinality(one.authorities) = 2;
    unlinked := FOUND;
END $$
"""

FUNCTIONS = {
    "licensed_by(uuid, text, text)": LICENSED_BY,
    "overtaken_verdicts(uuid[])": OVERTAKEN,
    "linked_candidates(uuid, uuid[])": LINKED_CANDIDATES,
    "linked_people(uuid)": LINKED_PEOPLE,
}
PROCEDURES = {
    "link_people(uuid, uuid)": LINK,
    "unlink_people(uuid, boolean)": UNLINK,
}

OWN = within("driver_check.make")
# Only of a result of one's own authority's check, of that very person, and in one's own name.
OWN_RESULT = f"""
    {OWN} AND judged_by = (SELECT acting_user()) AND EXISTS (
        SELECT FROM check_result r
        WHERE r.check_id = verdict.check_id AND r.number = verdict.number AND r.rank = verdict.rank
          AND r.person_id = verdict.person_id
    )
"""
WRITTEN_BY_THE_APPLICATION = (
    "id",
    "authority_id",
    "check_id",
    "number",
    "rank",
    "person_id",
    "question_hash",
    "judgement",
    "reason_sealed",
    "judged_by",
    "supersedes_id",
)


def upgrade() -> None:
    create_indexes()
    create_tables()
    admit("driver_check", "kind", "check_kind", ("one_person", "list", "number"))
    op.execute(GROUND_OF)
    op.execute(KEEP_GROUND)
    for name in ("verdict_ground_of(uuid, uuid)", "keep_verdict_ground()"):
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute("CREATE TRIGGER keep_ground AFTER INSERT ON verdict FOR EACH ROW EXECUTE FUNCTION keep_verdict_ground()")
    for signature, definition in FUNCTIONS.items():
        op.execute(definition)
        allow_call(signature)
    for signature, definition in PROCEDURES.items():
        op.execute(definition)
        allow_call(signature, "PROCEDURE")
    protect(
        "same_person", select="(SELECT acting_authority('register.read')) IN (first_authority_id, second_authority_id)"
    )
    protect("verdict", select=OWN, insert=OWN_RESULT, insert_columns=WRITTEN_BY_THE_APPLICATION)
    protect("verdict_ground")


def create_indexes() -> None:
    """Under row-level security an index is reached by `=` and ranges on plain columns, the authority first."""
    op.create_index("ix_licence_authority_id_number_key", "licence", ["authority_id", "number_key"])
    op.create_index("ix_person_address_authority_id_postcode", "person_address", ["authority_id", "postcode"])
    op.create_index("ix_premises_authority_id_uprn", "premises", ["authority_id", "uprn"])


def create_tables() -> None:
    op.create_table(
        "same_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_person_id", sa.Uuid(), nullable=False),
        sa.Column("first_authority_id", sa.Uuid(), nullable=False),
        sa.Column("second_person_id", sa.Uuid(), nullable=False),
        sa.Column("second_authority_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("ended_by_proposal_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("first_person_id < second_person_id", name=op.f("ck_same_person_in_order")),
        sa.CheckConstraint("first_authority_id <> second_authority_id", name=op.f("ck_same_person_across_authorities")),
        sa.ForeignKeyConstraint(
            ["first_person_id", "first_authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_same_person_first_person_id_first_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["second_person_id", "second_authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_same_person_second_person_id_second_authority_id",
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_same_person_proposal_id"),
        sa.ForeignKeyConstraint(["ended_by_proposal_id"], ["proposal.id"], name="fk_same_person_ended_by_proposal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_same_person"),
        sa.UniqueConstraint("proposal_id", name="uq_same_person_proposal_id"),
        sa.UniqueConstraint("ended_by_proposal_id", name="uq_same_person_ended_by_proposal_id"),
    )
    op.create_index(
        "uq_same_person_standing",
        "same_person",
        ["first_person_id", "second_person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_same_person_second_person_id", "same_person", ["second_person_id"])
    op.create_table(
        "verdict",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("question_hash", sa.LargeBinary(), nullable=True),
        sa.Column(
            "judgement",
            sa.Enum(
                "same",
                "different",
                "unsure",
                name="judgement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("judged_by", sa.Uuid(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["check_id", "number", "rank"],
            ["check_result.check_id", "check_result.number", "check_result.rank"],
            name="fk_verdict_check_id_number_rank",
        ),
        sa.ForeignKeyConstraint(
            ["check_id", "authority_id"],
            ["driver_check.id", "driver_check.authority_id"],
            name="fk_verdict_check_id_authority_id",
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id", "check_id", "number", "rank"],
            ["verdict.id", "verdict.check_id", "verdict.number", "verdict.rank"],
            name="fk_verdict_supersedes_id_check_id_number_rank",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_verdict_person_id"),
        sa.ForeignKeyConstraint(["judged_by"], ["user_account.id"], name="fk_verdict_judged_by"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
        sa.UniqueConstraint("id", "check_id", "number", "rank", name="uq_verdict_id_check_id_number_rank"),
        sa.UniqueConstraint("supersedes_id", name="uq_verdict_supersedes_id"),
    )
    op.create_index(
        "uq_verdict_first",
        "verdict",
        ["check_id", "number", "rank"],
        unique=True,
        postgresql_where=sa.text("supersedes_id IS NULL"),
    )
    op.create_index("ix_verdict_authority_id_question_hash", "verdict", ["authority_id", "question_hash", "person_id"])
    op.create_table(
        "verdict_ground",
        sa.Column("verdict_id", sa.Uuid(), nullable=False),
        sa.Column("person_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name="fk_verdict_ground_verdict_id"),
        sa.PrimaryKeyConstraint("verdict_id", name="pk_verdict_ground"),
    )
