"""Operations: who goes out with whom, where, what is found and who follows it up; and test purchases.

An operation is known to the agencies that lead, join or record it, and to nobody because of where it goes: who hears of
a raid can warn of it. What was found stays as it was written. A test purchase, which is over when it is recorded, is
known also to the services in whose area the place is.
"""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call, protect

revision: str = "0045"
down_revision: str | None = "0044"

PINNED = "SECURITY DEFINER SET search_path = public, pg_temp"
WORK = "disruption.work"
MINE = "IN (SELECT acting_agencies())"
AUTHORITY = f"authority_id = (SELECT acting_authority('{WORK}'))"
KNOWN = "IN (SELECT known_operations())"
# What is found is found while it is under way.
UNDER_WAY = "IN (SELECT o.id FROM operation o WHERE o.begun_at IS NOT NULL AND o.closed_at IS NULL)"

KNOWN_OPERATIONS = f"""
CREATE FUNCTION known_operations() RETURNS SETOF uuid
LANGUAGE sql STABLE {PINNED} AS $$
    SELECT g.operation_id FROM operation_agency g WHERE g.agency_id IN (SELECT acting_agencies())
$$
"""
# Whoever plans an operation, for an agency of theirs, knows of it from then on; and so does the agency that leads.
JOIN = f"""
CREATE FUNCTION join_operation() RETURNS trigger
LANGUAGE plpgsql {PINNED} AS $$
BEGIN
    INSERT INTO operation_agency (id, authority_id, operation_id, agency_id, part)
    VALUES (gen_random_uuid(), NEW.authority_id, NEW.id, NEW.lead_agency_id, 'lead');
    INSERT INTO operation_agency (id, authority_id, operation_id, agency_id, part)
    VALUES (gen_random_uuid(), NEW.authority_id, NEW.id, NEW.recording_agency_id, 'partner')
    ON CONFLICT ON CONSTRAINT uq_operation_agency_operation_id_agency_id DO NOTHING;
    RETURN NULL;
END $$
"""
STAMPED = {
    "operation": "'recorded_by', 'recorded_at'",
    "operation_agency": "'', 'added_at'",
    "operation_place": "'', 'added_at'",
    "operation_finding": "'by_id', 'at'",
    "operation_follow_up": "'by_id', 'at'",
    "test_purchase": "'recorded_by', 'recorded_at'",
}
CHANGED = (
    "briefing_sealed",
    "briefed_at",
    "begun_at",
    "stopped",
    "inspected",
    "warned",
    "suspended",
    "reported",
    "worked_sealed",
    "next_sealed",
    "closed_at",
    "called_off_at",
    "called_off_sealed",
)


def upgrade() -> None:
    create_tables()
    op.execute(KNOWN_OPERATIONS)
    allow_call("known_operations()")
    for table, arguments in STAMPED.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row({arguments})"
        )
    for column in ("closed_at", "called_off_at"):
        op.execute(
            f"CREATE TRIGGER keep_{column} BEFORE UPDATE ON operation"
            f" FOR EACH ROW EXECUTE FUNCTION keep_settled('{column}')"
        )
    op.execute(JOIN)
    op.execute("REVOKE ALL ON FUNCTION join_operation() FROM PUBLIC")
    op.execute("CREATE TRIGGER join_agencies AFTER INSERT ON operation FOR EACH ROW EXECUTE FUNCTION join_operation()")
    protect_tables()


def protect_tables() -> None:
    known = f"operation_id {KNOWN}"
    protect(
        "operation",
        select=f"id {KNOWN}",
        insert=f"{AUTHORITY} AND recording_agency_id {MINE}",
        update=f"id {KNOWN}",
        update_columns=CHANGED,
    )
    protect("operation_agency", select=known, insert=known)
    protect("operation_place", select=known, insert=known)
    protect("operation_finding", select=known, insert=f"{known} AND operation_id {UNDER_WAY}")
    protect("operation_follow_up", select=known, insert=known)
    protect(
        "test_purchase",
        select=f"recording_agency_id {MINE} OR {known} OR of_authority_id IN (SELECT acting_area())",
        insert=f"{AUTHORITY} AND recording_agency_id {MINE} AND (operation_id IS NULL OR {known})",
    )


def create_tables() -> None:
    op.create_table(
        "operation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "patrol",
                "raid",
                "taxi_stop",
                "visits",
                "other",
                name="operation_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=True),
        sa.Column("lead_agency_id", sa.Uuid(), nullable=False),
        sa.Column("recording_agency_id", sa.Uuid(), nullable=False),
        sa.Column("objective_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("briefing_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("briefed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped", sa.Integer(), nullable=True),
        sa.Column("inspected", sa.Integer(), nullable=True),
        sa.Column("warned", sa.Integer(), nullable=True),
        sa.Column("suspended", sa.Integer(), nullable=True),
        sa.Column("reported", sa.Integer(), nullable=True),
        sa.Column("worked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("next_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_off_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("begun_at IS NULL OR briefed_at IS NOT NULL", name=op.f("ck_operation_briefed_first")),
        sa.CheckConstraint("called_off_at IS NULL OR begun_at IS NULL", name=op.f("ck_operation_called_off_before")),
        sa.CheckConstraint("closed_at IS NULL OR begun_at IS NOT NULL", name=op.f("ck_operation_begun_first")),
        sa.CheckConstraint(
            "inspected <= stopped AND warned <= stopped AND suspended <= stopped AND reported <= stopped",
            name=op.f("ck_operation_of_those_stopped"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_operation_authority_id")),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["agency.id"], name=op.f("fk_operation_lead_agency_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_operation_recorded_by")),
        sa.ForeignKeyConstraint(["recording_agency_id"], ["agency.id"], name=op.f("fk_operation_recording_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_operation_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_operation_id_authority_id"),
    )
    op.create_index("ix_operation_lead_agency_id", "operation", ["lead_agency_id"], unique=False)
    op.create_index("ix_operation_on_day", "operation", ["on_day", "id"], unique=False)
    op.create_table(
        "operation_agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("lead", "partner", name="agency_part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_operation_agency_agency_id")),
        sa.ForeignKeyConstraint(
            ["operation_id", "authority_id"],
            ["operation.id", "operation.authority_id"],
            name=op.f("fk_operation_agency_operation_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_agency")),
        sa.UniqueConstraint("operation_id", "agency_id", name="uq_operation_agency_operation_id_agency_id"),
    )
    op.create_index("ix_operation_agency_agency_id", "operation_agency", ["agency_id"], unique=False)
    op.create_table(
        "operation_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode", sa.Text(), server_default="", nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("of_authority_id", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(record_id IS NULL) = (of_authority_id IS NULL)", name=op.f("ck_operation_place_whole_record")
        ),
        sa.ForeignKeyConstraint(["of_authority_id"], ["authority.id"], name=op.f("fk_operation_place_of_authority_id")),
        sa.ForeignKeyConstraint(
            ["operation_id", "authority_id"],
            ["operation.id", "operation.authority_id"],
            name=op.f("fk_operation_place_operation_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_place")),
        sa.UniqueConstraint("operation_id", "number", name="uq_operation_place_operation_id_number"),
    )
    op.create_index("ix_operation_place_record_id", "operation_place", ["record_id"], unique=False)
    op.create_table(
        "operation_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "place", "person", "vehicle", name="finding_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("name_key", sa.LargeBinary(), nullable=True),
        sa.Column("seen_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("power_id", sa.Uuid(), nullable=True),
        sa.Column("needs_follow_up", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(kind = 'person') = (name IS NULL)", name=op.f("ck_operation_finding_people_sealed")),
        sa.CheckConstraint(
            "(kind = 'person') = (name_key IS NOT NULL)", name=op.f("ck_operation_finding_people_found_again")
        ),
        sa.CheckConstraint(
            "(kind = 'person') = (name_sealed IS NOT NULL)", name=op.f("ck_operation_finding_sealed_people")
        ),
        sa.CheckConstraint("place_id IS NULL OR kind = 'place'", name=op.f("ck_operation_finding_place_of_a_place")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_operation_finding_by_id")),
        sa.ForeignKeyConstraint(
            ["operation_id", "authority_id"],
            ["operation.id", "operation.authority_id"],
            name=op.f("fk_operation_finding_operation_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["place_id"], ["operation_place.id"], name=op.f("fk_operation_finding_place_id")),
        sa.ForeignKeyConstraint(["power_id"], ["power.id"], name=op.f("fk_operation_finding_power_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_finding")),
        sa.UniqueConstraint("id", "authority_id", name="uq_operation_finding_id_authority_id"),
        sa.UniqueConstraint("operation_id", "number", name="uq_operation_finding_operation_id_number"),
    )
    op.create_index("ix_operation_finding_name_key", "operation_finding", ["name_key"], unique=False)
    op.create_index("ix_operation_finding_place_id", "operation_finding", ["place_id"], unique=False)
    op.create_table(
        "operation_follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("what_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("partner_task_id", sa.Uuid(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(task_id IS NULL) <> (partner_task_id IS NULL)", name=op.f("ck_operation_follow_up_one_of_the_two")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_operation_follow_up_agency_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_operation_follow_up_by_id")),
        sa.ForeignKeyConstraint(
            ["finding_id", "authority_id"],
            ["operation_finding.id", "operation_finding.authority_id"],
            name=op.f("fk_operation_follow_up_finding_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(
            ["operation_id", "authority_id"],
            ["operation.id", "operation.authority_id"],
            name=op.f("fk_operation_follow_up_operation_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_follow_up")),
    )
    op.create_index("ix_operation_follow_up_finding_id", "operation_follow_up", ["finding_id"], unique=False)
    op.create_table(
        "test_purchase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column("recording_agency_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("postcode", sa.Text(), server_default="", nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("of_authority_id", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "booking", "alcohol", "tobacco", name="test_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("id_asked", sa.Boolean(), nullable=False),
        sa.Column("police_called", sa.Boolean(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "passed", "partial", "failed", name="test_result", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("(result = 'failed') = accepted", name=op.f("ck_test_purchase_failed_by_accepting")),
        sa.CheckConstraint(
            "(record_id IS NULL) = (of_authority_id IS NULL)", name=op.f("ck_test_purchase_whole_record")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_test_purchase_authority_id")),
        sa.ForeignKeyConstraint(["of_authority_id"], ["authority.id"], name=op.f("fk_test_purchase_of_authority_id")),
        sa.ForeignKeyConstraint(["operation_id"], ["operation.id"], name=op.f("fk_test_purchase_operation_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_test_purchase_recorded_by")),
        sa.ForeignKeyConstraint(
            ["recording_agency_id"], ["agency.id"], name=op.f("fk_test_purchase_recording_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_purchase")),
        sa.UniqueConstraint("authority_id", "reference", name="uq_test_purchase_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_test_purchase_id_authority_id"),
    )
    op.create_index("ix_test_purchase_on_day", "test_purchase", ["on_day", "id"], unique=False)
    op.create_index("ix_test_purchase_operation_id", "test_purchase", ["operation_id"], unique=False)
    op.create_index("ix_test_purchase_record_id", "test_purchase", ["record_id"], unique=False)
