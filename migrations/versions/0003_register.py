"""The registers: people, licences with their events, premises, and what the driver check compares."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect, within

revision: str = "0003"
down_revision: str | None = "0002"

OWN_DRAFT = "user_id = (SELECT acting_user())"

# Keys are replaced with the names and identifiers they come from. The application cannot read the table:
# a key search would answer for every authority.
FORGET_MATCH_KEYS = """
CREATE PROCEDURE forget_match_keys(IN given_people text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM match_key k
    USING (
        SELECT m.person_id, m.authority_id, unnest(m.keys) AS key FROM person_match m
        WHERE m.person_id = ANY (string_to_array(given_people, ',')::uuid[])
          AND m.authority_id = (SELECT acting_authority('register.edit'))
    ) had
    WHERE k.key = had.key AND k.authority_id = had.authority_id AND k.person_id = had.person_id
$$
"""

# The keys stand with the person too, so that this table, the largest, needs one index only.
ADD_MATCH_KEYS = """
CREATE PROCEDURE add_match_keys(IN given_people text)
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO match_key (key, authority_id, person_id)
    SELECT DISTINCT unnest(m.keys), m.authority_id, m.person_id FROM person_match m
    WHERE m.person_id = ANY (string_to_array(given_people, ',')::uuid[])
      AND m.authority_id = (SELECT acting_authority('register.edit'))
$$
"""

MATCH_KEY_PROCEDURES = {
    "forget_match_keys(text)": FORGET_MATCH_KEYS,
    "add_match_keys(text)": ADD_MATCH_KEYS,
}

READ, EDIT = within("register.read"), within("register.edit")
KEPT = (
    "person",
    "person_name",
    "person_address",
    "person_identifier",
    "licence",
    "licence_event",
    "premises",
    "food_registration",
    "food_rating",
    "person_match",
)


def upgrade() -> None:
    create_tables()
    for table in KEPT:
        protect(table, select=READ, insert=EDIT, update=EDIT)
    protect("licence_period", select=READ, insert=EDIT, delete=EDIT)  # derived: made anew, not corrected
    protect("freshness", select="(SELECT acting_user()) IS NOT NULL", insert=EDIT, update=EDIT)
    protect("draft", select=OWN_DRAFT, insert=OWN_DRAFT)
    protect("match_key")
    protect("match_statistics", select="(SELECT acting_user()) IS NOT NULL")
    for signature, definition in MATCH_KEY_PROCEDURES.items():
        op.execute(definition)
        allow_call(signature, "PROCEDURE")


def create_tables() -> None:
    op.create_table(
        "match_statistics",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "gathered_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("kept", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_match_statistics"),
    )
    op.create_table(
        "freshness",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_freshness_authority_id"),
        sa.PrimaryKeyConstraint("authority_id", "kind", name="pk_freshness"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("given_names", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_person_authority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_person_authority_id_reference"),
        sa.UniqueConstraint("authority_id", "source_id", name="uq_person_authority_id_source_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_person_id_authority_id"),
    )
    op.create_index(
        "ix_person_authority_id_sort_name",
        "person",
        ["authority_id", "sort_name", "id"],
        unique=False,
    )
    op.create_table(
        "premises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hotel_or_guesthouse",
                "hotel",
                "guesthouse",
                "bed_and_breakfast",
                "short_let",
                "pub",
                "takeaway",
                "restaurant",
                "shop",
                "other",
                name="premises_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address_lines", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("uprn", sa.BigInteger(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name="fk_premises_authority_id"),
        sa.PrimaryKeyConstraint("id", name="pk_premises"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_premises_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_premises_id_authority_id"),
    )
    op.create_index(
        "ix_premises_authority_id_sort_name",
        "premises",
        ["authority_id", "sort_name", "id"],
        unique=False,
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_draft_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_index("ix_draft_user_id", "draft", ["user_id"], unique=False)
    op.create_table(
        "food_registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("premises_id", sa.Uuid(), nullable=False),
        sa.Column("fhrs_id", sa.Integer(), nullable=False),
        sa.Column("council_key", sa.Text(), nullable=False),
        sa.Column("business_type", sa.Integer(), nullable=False),
        sa.Column("extracted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["premises_id", "authority_id"],
            ["premises.id", "premises.authority_id"],
            name="fk_food_registration_premises_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_food_registration"),
        sa.UniqueConstraint("authority_id", "fhrs_id", name="uq_food_registration_authority_id_fhrs_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_food_registration_id_authority_id"),
        sa.UniqueConstraint("premises_id", name="uq_food_registration_premises_id"),
    )
    op.create_table(
        "licence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hackney_carriage_driver",
                "private_hire_driver",
                "dual_driver",
                name="licence_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("badge_no", sa.Text(), nullable=True),
        sa.Column("badge_key", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_licence_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_licence"),
        sa.UniqueConstraint("authority_id", "kind", "number_key", name="uq_licence_authority_id_kind_number_key"),
        sa.UniqueConstraint("id", "authority_id", name="uq_licence_id_authority_id"),
    )
    op.create_index(
        "ix_licence_authority_id_expires_on",
        "licence",
        ["authority_id", "expires_on"],
        unique=False,
    )
    op.create_index("ix_licence_person_id", "licence", ["person_id"], unique=False)
    op.create_table(
        "match_key",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("key", "authority_id", "person_id", name="pk_match_key"),
    )
    op.create_table(
        "person_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_person_address_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_address"),
    )
    op.create_index("ix_person_address_person_id", "person_address", ["person_id"], unique=False)
    op.create_table(
        "person_identifier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ni_number",
                "driver_number",
                "badge_number",
                "registration_mark",
                name="identifier_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("lookup", sa.BigInteger(), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_person_identifier_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_identifier"),
        sa.UniqueConstraint("person_id", "kind", "lookup", name="uq_person_identifier_person_id_kind_lookup"),
    )
    op.create_table(
        "person_match",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("names", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("date_of_birth", sa.Date(), nullable=True),
        sa.Column("postcodes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("identifiers", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("keys", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_person_match_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_match"),
    )
    op.create_table(
        "person_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "current",
                "former",
                "alias",
                name="name_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_names", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name="fk_person_name_person_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person_name"),
    )
    op.create_index("ix_person_name_person_id", "person_name", ["person_id"], unique=False)
    op.create_table(
        "food_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=True),
        sa.Column("extracted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id", "authority_id"],
            ["food_registration.id", "food_registration.authority_id"],
            name="fk_food_rating_registration_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_food_rating"),
    )
    op.create_index("ix_food_rating_registration_id", "food_rating", ["registration_id"], unique=False)
    op.create_table(
        "licence_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "granted",
                "renewed",
                "refused",
                "renewal_refused",
                "withdrawn",
                "suspended",
                "suspension_ended",
                "revoked",
                "reinstated_by_court",
                "badge_returned",
                "expired",
                name="event_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("immediate", sa.Boolean(), nullable=False),
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
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_licence_event_licence_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_licence_event"),
    )
    op.create_index("ix_licence_event_licence_id", "licence_event", ["licence_id"], unique=False)
    op.create_table(
        "licence_period",
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "not_started",
                "in_force",
                "suspension_pending",
                "suspended",
                "revocation_pending",
                "revoked",
                "refused",
                "withdrawn",
                "expired",
                name="licence_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name="fk_licence_period_licence_id_authority_id",
        ),
        sa.PrimaryKeyConstraint("licence_id", "from_on", name="pk_licence_period"),
    )
    op.create_index(
        "ix_licence_period_authority_id_status",
        "licence_period",
        ["authority_id", "status", "from_on"],
        unique=False,
    )
