"""The driver check: what was asked, whom it found, and what may be told of another authority."""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, protect, within

revision: str = "0004"
down_revision: str | None = "0003"

OWN = within("driver_check.make")

# A check is stamped by the database and answered once.
STAMP = """
CREATE FUNCTION stamp_driver_check() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.answered_at IS NOT NULL THEN
            RAISE EXCEPTION 'a driver check is answered once';
        END IF;
        NEW.answered_at := clock_timestamp();
        RETURN NEW;
    END IF;
    NEW.made_at := clock_timestamp();
    NEW.made_by := acting_user();
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    NEW.answered_at := NULL;
    RETURN NEW;
END $$
"""

# The check must be the asking user's own, not yet answered, and committed before: an entry in the audit
# trail then stands whatever happens to this transaction.
OPEN_CHECK = """
CREATE FUNCTION is_open_check(given_check uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM driver_check c
        WHERE c.id = given_check
          AND c.made_by = acting_user()
          AND c.authority_id = acting_authority('driver_check.make')
          AND c.answered_at IS NULL
          AND c.made_at > now() - interval '1 hour'
          AND c.transaction_id IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
    )
$$
"""

# Another authority's records are searched once its sharing agreement is recorded, and while it exists.
SEARCHED = """
CREATE FUNCTION searched_authorities() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mine uuid := acting_authority('driver_check.make');
BEGIN
    IF mine IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN (
        SELECT array_agg(a.id) FROM authority a
        WHERE a.id = mine OR (
            a.agreement_signed_on <= current_date
            AND 'driver_licensing' = ANY (a.functions)
            AND a.valid_from <= current_date
            AND (a.valid_to IS NULL OR a.valid_to >= current_date)
        )
    );
END $$
"""

# Returns what scoring compares and no more, for one enquiry or, by their numbers, for those of a list.
# A key that very many people share is read no further than its cap on each register: a crowd on one register
# hides nobody on another.
CANDIDATES = """
CREATE FUNCTION check_candidates(
    given_check uuid, given_numbers int[], given_keys bigint[], given_caps int[]
)
RETURNS TABLE (
    number int, person_id uuid, authority_id uuid, names text[], date_of_birth date, postcodes text[],
    identifiers bigint[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    searched uuid[] := searched_authorities();
BEGIN
    IF NOT is_open_check(given_check) THEN
        RAISE insufficient_privilege;
    END IF;
    RETURN QUERY
        SELECT found.number, m.person_id, m.authority_id, m.names, m.date_of_birth, m.postcodes, m.identifiers
        FROM (
            SELECT DISTINCT asked.number, k.person_id
            FROM unnest(given_numbers, given_keys, given_caps) AS asked(number, key, cap)
            CROSS JOIN unnest(searched) AS s(authority_id)
            CROSS JOIN LATERAL (
                SELECT f.person_id FROM match_key f
                WHERE f.key = asked.key AND f.authority_id = s.authority_id
                ORDER BY f.person_id LIMIT least(asked.cap, 5000)
            ) k
        ) found
        JOIN person_match m ON m.person_id = found.person_id;
END $$
"""

# The same search among the asking user's own records: before a person is added, to see whether they are there.
LIKE_PEOPLE = """
CREATE FUNCTION own_candidates(given_keys bigint[], given_caps int[])
RETURNS TABLE (person_id uuid, names text[], date_of_birth date, postcodes text[], identifiers bigint[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT m.person_id, m.names, m.date_of_birth, m.postcodes, m.identifiers
    FROM (
        SELECT DISTINCT k.person_id
        FROM unnest(given_keys, given_caps) AS asked(key, cap)
        CROSS JOIN LATERAL (
            SELECT f.person_id FROM match_key f
            WHERE f.key = asked.key AND f.authority_id = (SELECT acting_authority('register.read'))
            ORDER BY f.person_id LIMIT least(asked.cap, 5000)
        ) k
    ) found
    JOIN person_match m ON m.person_id = found.person_id
$$
"""

# What another authority may know of: a driver decision that rests on relevant information, for eleven years
# (2022 Act s.2(2)). Only the functions below read it; the application has no right to.
ADVERSE = """
CREATE VIEW adverse_decision AS
    SELECT l.person_id, e.authority_id, l.kind AS licence_kind, e.kind, e.decided_on, e.immediate
    FROM licence_event e JOIN licence l ON l.id = e.licence_id
    WHERE e.kind IN ('refused', 'renewal_refused', 'suspended', 'revoked')
      AND e.relevant_information IN ('wholly', 'partly')
      AND (e.decided_on IS NULL OR e.decided_on > current_date - interval '11 years')
"""

# Of another authority's record: name, date of birth, licences with their status, adverse decisions. Never an
# address, an identifier, a reason or a document, and nothing at all of a record that is only possibly the person.
# The acting authority's own record is told whatever its band.
DISCLOSED = """
CREATE FUNCTION disclosed_people(given_check uuid)
RETURNS TABLE (
    person_id uuid, authority_id uuid, given_names text, family_name text, date_of_birth date,
    licences jsonb, adverse jsonb
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT is_open_check(given_check) THEN
        RAISE insufficient_privilege;
    END IF;
    RETURN QUERY
        SELECT p.id, p.authority_id, p.given_names, p.family_name, p.date_of_birth,
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'kind', l.kind, 'number', l.number, 'status', s.status,
                        'starts_on', l.starts_on, 'expires_on', l.expires_on)
                    ORDER BY l.expires_on DESC NULLS LAST, l.id), '[]')
             FROM licence l
             JOIN licence_period s ON s.licence_id = l.id
                 AND s.from_on <= current_date AND current_date < s.until_on
             WHERE l.person_id = p.id),
            (SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'kind', d.kind, 'licence_kind', d.licence_kind, 'decided_on', d.decided_on,
                        'immediate', d.immediate)
                    ORDER BY d.decided_on DESC NULLS LAST), '[]')
             FROM adverse_decision d WHERE d.person_id = p.id)
        FROM check_result r JOIN person p ON p.id = r.person_id
        WHERE r.check_id = given_check
          AND p.authority_id = ANY (searched_authorities())
          AND (r.band IN ('certain', 'strong') OR p.authority_id = r.authority_id);
END $$
"""

CALLED = (
    "is_open_check(uuid)",
    "searched_authorities()",
    "check_candidates(uuid, int[], bigint[], int[])",
    "own_candidates(bigint[], int[])",
    "disclosed_people(uuid)",
)


def upgrade() -> None:
    create_tables()
    for definition in (STAMP, OPEN_CHECK, SEARCHED, ADVERSE, CANDIDATES, LIKE_PEOPLE, DISCLOSED):
        op.execute(definition)
    op.execute(
        "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON driver_check"
        " FOR EACH ROW EXECUTE FUNCTION stamp_driver_check()"
    )
    protect(
        "driver_check",
        select=OWN,
        insert=OWN,
        update=f"{OWN} AND made_by = (SELECT acting_user())",
        update_columns=("answer_sealed", "band", "answered_at"),
    )
    protect("check_result", select=OWN, insert=OWN)
    for signature in CALLED:
        allow_call(signature)


def create_tables() -> None:
    op.create_table(
        "driver_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "one_person",
                "list",
                name="check_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "purpose",
            sa.Enum(
                "new_application",
                "renewal",
                "concern",
                "complaint",
                "school_transport",
                "register_review",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("case_reference", sa.Text(), nullable=False),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "band",
            sa.Enum(
                "certain",
                "strong",
                "possible",
                name="band",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_driver_check_authority_id"),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name="fk_driver_check_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_driver_check"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_driver_check_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_driver_check_id_authority_id"),
    )
    op.create_index(
        "ix_driver_check_authority_id_made_at",
        "driver_check",
        ["authority_id", "made_at"],
        unique=False,
    )
    op.create_table(
        "check_result",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "band",
            sa.Enum(
                "certain",
                "strong",
                "possible",
                name="band",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id", "authority_id"],
            ["driver_check.id", "driver_check.authority_id"],
            name="fk_check_result_check_id_authority_id",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_check_result_person_id"),
        sa.PrimaryKeyConstraint("check_id", "number", "rank", name="pk_check_result"),
    )
    op.create_index("ix_check_result_person_id", "check_result", ["person_id"], unique=False)
