"""Every kind of authorisation: organisations, vehicles, the parts people play, obligations, and corrections."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.enum_checks import admit
from licensing.row_security import protect, within

revision: str = "0010"
down_revision: str | None = "0009"

READ, EDIT = within("register.read"), within("register.edit")

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
PREMISES_KINDS = (
    "hotel_or_guesthouse",
    "hotel",
    "guesthouse",
    "bed_and_breakfast",
    "short_let",
    "hmo",
    "pub",
    "club",
    "takeaway",
    "restaurant",
    "shop",
    "other",
)
EVENT_KINDS = (
    "received",
    "rejected_incomplete",
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
    "varied",
    "transferred",
    "surrendered",
    "lapsed",
    "interim_authority_given",
    "fee_suspended",
    "fee_paid",
    "leave_recorded",
    "died",
    "voided",
)
STATUSES = (
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
    "rejected",
    "fee_suspended",
    "interim_authority",
    "surrendered",
    "lapsed",
    "ceased_immigration",
    "ceased_death",
    "void",
)

# Another authority is told of drivers' decisions alone, and never of an entry that was corrected.
ADVERSE = """
CREATE OR REPLACE VIEW adverse_decision AS
    SELECT l.person_id, e.authority_id, l.kind AS licence_kind, e.kind, e.decided_on, e.immediate
    FROM licence_event e JOIN licence l ON l.id = e.licence_id
    WHERE e.kind IN ('refused', 'renewal_refused', 'suspended', 'revoked')
      AND l.kind IN ('hackney_carriage_driver', 'private_hire_driver', 'dual_driver')
      AND e.superseded_at IS NULL
      AND e.relevant_information IN ('wholly', 'partly')
      AND (e.decided_on IS NULL OR e.decided_on > current_date - interval '11 years')
"""


def upgrade() -> None:
    create_tables()
    admit("licence", "kind", "licence_kind", LICENCE_KINDS)
    admit("premises", "kind", "premises_kind", PREMISES_KINDS)
    admit("licence_event", "kind", "event_kind", EVENT_KINDS)
    admit("licence_period", "status", "licence_status", STATUSES)
    op.create_check_constraint("one_holder", "licence", "num_nonnulls(person_id, organisation_id) <= 1")
    op.create_check_constraint(
        "of_something", "licence", "num_nonnulls(person_id, organisation_id, vehicle_id, premises_id) > 0"
    )
    op.execute(ADVERSE)
    for table in ("organisation", "vehicle", "vehicle_mark", "licence_mark", "position_held"):
        protect(table, select=READ, insert=EDIT, update=EDIT)
    for table in ("obligation_check", "correction"):
        protect(table, select=READ, insert=EDIT)


def create_tables() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "company",
                "partnership",
                "club",
                "charity",
                "public_body",
                "other",
                name="organisation_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("company_no", sa.Text(), nullable=True),
        sa.Column("address_lines", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_organisation_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_organisation_authority_id_reference"),
        sa.UniqueConstraint("authority_id", "source_id", name="uq_organisation_authority_id_source_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_organisation_id_authority_id"),
    )
    op.create_index(
        "ix_organisation_authority_id_company_no", "organisation", ["authority_id", "company_no"], unique=False
    )
    op.create_index(
        "ix_organisation_authority_id_sort_name", "organisation", ["authority_id", "sort_name", "id"], unique=False
    )
    op.create_table(
        "vehicle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("vrm", sa.Text(), nullable=False),
        sa.Column("vrm_key", sa.Text(), nullable=False),
        sa.Column("make", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("wheelchair_accessible", sa.Boolean(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_vehicle_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_vehicle_authority_id_reference"),
        sa.UniqueConstraint("authority_id", "source_id", name="uq_vehicle_authority_id_source_id"),
        sa.UniqueConstraint("id", "authority_id", name="uq_vehicle_id_authority_id"),
    )
    op.create_index("ix_vehicle_authority_id_vrm_key", "vehicle", ["authority_id", "vrm_key", "id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column(
            "record_kind",
            sa.Enum(
                "person",
                "organisation",
                "vehicle",
                "premises",
                "licence",
                name="record_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_by", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_correction_authority_id")),
        sa.ForeignKeyConstraint(["corrected_by"], ["user_account.id"], name=op.f("fk_correction_corrected_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_record_id", "correction", ["record_id"], unique=False)
    op.create_table(
        "obligation_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("premises_id", sa.Uuid(), nullable=False),
        sa.Column(
            "obligation",
            sa.Enum(
                "fire_safety",
                "guest_records",
                "food_registration",
                "licensable_activity",
                "hmo",
                "planning_use",
                "short_let_registration",
                name="obligation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "met",
                "action_needed",
                "notice_served",
                "not_applicable",
                name="obligation_result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["premises_id", "authority_id"],
            ["premises.id", "premises.authority_id"],
            name=op.f("fk_obligation_check_premises_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_check")),
    )
    op.create_index("ix_obligation_check_premises_id", "obligation_check", ["premises_id"], unique=False)
    op.create_table(
        "vehicle_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("vrm", sa.Text(), nullable=False),
        sa.Column("vrm_key", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["vehicle_id", "authority_id"],
            ["vehicle.id", "vehicle.authority_id"],
            name=op.f("fk_vehicle_mark_vehicle_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_mark")),
    )
    op.create_index("ix_vehicle_mark_authority_id_vrm_key", "vehicle_mark", ["authority_id", "vrm_key"], unique=False)
    op.create_index("ix_vehicle_mark_vehicle_id", "vehicle_mark", ["vehicle_id"], unique=False)
    op.create_table(
        "licence_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("licence_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name=op.f("fk_licence_mark_licence_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_mark")),
    )
    op.create_index(
        "ix_licence_mark_authority_id_number_key", "licence_mark", ["authority_id", "number_key"], unique=False
    )
    op.create_index("ix_licence_mark_licence_id", "licence_mark", ["licence_id"], unique=False)
    op.create_table(
        "position_held",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "owner",
                "operator",
                "manager",
                "proprietor",
                "director",
                "secretary",
                "partner",
                "licence_holder",
                "premises_supervisor",
                "responsible_person",
                name="position_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("written_name", sa.Text(), nullable=True),
        sa.Column("of_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("of_premises_id", sa.Uuid(), nullable=True),
        sa.Column("of_vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("of_licence_id", sa.Uuid(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(of_organisation_id, of_premises_id, of_vehicle_id, of_licence_id) = 1",
            name=op.f("ck_position_held_of_one_thing"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(person_id, organisation_id, written_name) = 1", name=op.f("ck_position_held_one_holder")
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_position_held_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["of_licence_id", "authority_id"],
            ["licence.id", "licence.authority_id"],
            name=op.f("fk_position_held_of_licence_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["of_organisation_id", "authority_id"],
            ["organisation.id", "organisation.authority_id"],
            name=op.f("fk_position_held_of_organisation_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["of_premises_id", "authority_id"],
            ["premises.id", "premises.authority_id"],
            name=op.f("fk_position_held_of_premises_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["of_vehicle_id", "authority_id"],
            ["vehicle.id", "vehicle.authority_id"],
            name=op.f("fk_position_held_of_vehicle_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "authority_id"],
            ["organisation.id", "organisation.authority_id"],
            name=op.f("fk_position_held_organisation_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id", "authority_id"],
            ["person.id", "person.authority_id"],
            name=op.f("fk_position_held_person_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_held")),
    )
    op.create_index("ix_position_held_of_licence_id", "position_held", ["of_licence_id"], unique=False)
    op.create_index("ix_position_held_of_organisation_id", "position_held", ["of_organisation_id"], unique=False)
    op.create_index("ix_position_held_of_premises_id", "position_held", ["of_premises_id"], unique=False)
    op.create_index("ix_position_held_of_vehicle_id", "position_held", ["of_vehicle_id"], unique=False)
    op.create_index("ix_position_held_organisation_id", "position_held", ["organisation_id"], unique=False)
    op.create_index("ix_position_held_person_id", "position_held", ["person_id"], unique=False)
    op.add_column("licence", sa.Column("organisation_id", sa.Uuid(), nullable=True))
    op.add_column("licence", sa.Column("vehicle_id", sa.Uuid(), nullable=True))
    op.add_column("licence", sa.Column("premises_id", sa.Uuid(), nullable=True))
    op.add_column("licence", sa.Column("activities", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False))
    op.alter_column("licence", "person_id", existing_type=sa.UUID(), nullable=True)
    op.create_index(
        "ix_licence_authority_id_badge_key",
        "licence",
        ["authority_id", "badge_key"],
        unique=False,
        postgresql_where=sa.text("badge_key IS NOT NULL"),
    )
    op.create_index(
        "ix_licence_organisation_id",
        "licence",
        ["organisation_id"],
        unique=False,
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    op.create_index(
        "ix_licence_premises_id",
        "licence",
        ["premises_id"],
        unique=False,
        postgresql_where=sa.text("premises_id IS NOT NULL"),
    )
    op.create_index(
        "ix_licence_vehicle_id",
        "licence",
        ["vehicle_id"],
        unique=False,
        postgresql_where=sa.text("vehicle_id IS NOT NULL"),
    )
    op.create_foreign_key(
        op.f("fk_licence_premises_id_authority_id"),
        "licence",
        "premises",
        ["premises_id", "authority_id"],
        ["id", "authority_id"],
    )
    op.create_foreign_key(
        op.f("fk_licence_vehicle_id_authority_id"),
        "licence",
        "vehicle",
        ["vehicle_id", "authority_id"],
        ["id", "authority_id"],
    )
    op.create_foreign_key(
        op.f("fk_licence_organisation_id_authority_id"),
        "licence",
        "organisation",
        ["organisation_id", "authority_id"],
        ["id", "authority_id"],
    )
    op.add_column(
        "licence_event",
        sa.Column(
            "cause",
            sa.Enum(
                "death",
                "incapacity",
                "insolvency",
                "dissolution",
                "immigration",
                name="lapse_cause",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column(
        "licence_event",
        sa.Column(
            "entitlement",
            sa.Enum(
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
                name="entitlement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("licence_event", sa.Column("power", sa.Text(), nullable=True))
    op.add_column("licence_event", sa.Column("permanent", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("licence_event", sa.Column("irregular", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("licence_event", sa.Column("source_id", sa.Text(), nullable=True))
    op.add_column("licence_event", sa.Column("supersedes_id", sa.Uuid(), nullable=True))
    op.add_column("licence_event", sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "uq_licence_event_authority_id_source_id",
        "licence_event",
        ["authority_id", "source_id"],
        unique=True,
        postgresql_where=sa.text("source_id IS NOT NULL AND superseded_at IS NULL"),
    )
    op.alter_column("licence_period", "person_id", existing_type=sa.UUID(), nullable=True)
    op.add_column("person", sa.Column("deceased_on", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_person_merged_into_id_authority_id"),
        "person",
        "person",
        ["merged_into_id", "authority_id"],
        ["id", "authority_id"],
    )
    op.add_column("person_address", sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person_identifier", sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(op.f("uq_person_identifier_person_id_kind_lookup"), "person_identifier", type_="unique")
    op.create_index(
        "uq_person_identifier_standing",
        "person_identifier",
        ["person_id", "kind", "lookup"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.add_column("person_name", sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("premises", sa.Column("source_id", sa.Text(), nullable=True))
    op.add_column("premises", sa.Column("rooms", sa.Integer(), nullable=True))
    op.create_index("ix_premises_authority_id_postcode", "premises", ["authority_id", "postcode"], unique=False)
    op.create_unique_constraint("uq_premises_authority_id_source_id", "premises", ["authority_id", "source_id"])
