"""Hotel information notices: on whom they were served, what was required by when, and whether it came.

A notice hangs on the action by which it stands among all others, and is known to whoever knows that action; whoever
leads or joins writes. Nothing of it is ever changed: another manager, another requirement, another receipt is another
row. What a hotel answers is about its guests and has no place here.
"""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import protect

revision: str = "0046"
down_revision: str | None = "0045"

KNOWN = "IN (SELECT known_actions())"
WORKED = "IN (SELECT worked_actions())"
OF_NOTICE = "notice_id IN (SELECT n.id FROM hotel_notice n WHERE n.action_id {})"
OF_REQUIREMENT = (
    "requirement_id IN (SELECT r.id FROM hotel_requirement r JOIN hotel_notice n ON n.id = r.notice_id"
    " WHERE n.action_id {})"
)
TABLES = {
    "hotel_notice": "action_id {}",
    "hotel_notice_service": OF_NOTICE,
    "hotel_requirement": OF_NOTICE,
    "hotel_information_received": OF_REQUIREMENT,
}


def upgrade() -> None:
    create_tables()
    for table, whose in TABLES.items():
        op.execute(
            f"CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION stamp_row('recorded_by', 'recorded_at')"
        )
        protect(table, select=whose.format(KNOWN), insert=whose.format(WORKED))


def create_tables() -> None:
    op.create_table(
        "hotel_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("hotel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("authorised_on", sa.Date(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column(
            "rank",
            sa.Enum(
                "constable",
                "sergeant",
                "inspector",
                "superintendent",
                "chief_officer",
                "authorised_officer",
                "head_of_service",
                "chief_executive",
                "immigration_officer",
                "chief_immigration_officer",
                "committee",
                "court",
                name="rank",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "expires_on <= (effective_on + interval '6 months')::date", name=op.f("ck_hotel_notice_six_months")
        ),
        sa.CheckConstraint(
            "expires_on > effective_on AND effective_on >= authorised_on", name=op.f("ck_hotel_notice_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["action_id", "authority_id"],
            ["disruption_action.id", "disruption_action.authority_id"],
            name=op.f("fk_hotel_notice_action_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_hotel_notice_authority_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_hotel_notice_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotel_notice")),
        sa.UniqueConstraint("action_id", name="uq_hotel_notice_action_id"),
        sa.UniqueConstraint("authority_id", "reference", name="uq_hotel_notice_authority_id_reference"),
        sa.UniqueConstraint("id", "authority_id", name="uq_hotel_notice_id_authority_id"),
    )
    op.create_table(
        "hotel_notice_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column(
            "capacity",
            sa.Enum(
                "owner",
                "operator",
                "manager",
                name="hotel_capacity",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id", "authority_id"],
            ["hotel_notice.id", "hotel_notice.authority_id"],
            name=op.f("fk_hotel_notice_service_notice_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_hotel_notice_service_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotel_notice_service")),
    )
    op.create_index("ix_hotel_notice_service_notice_id", "hotel_notice_service", ["notice_id"], unique=False)
    op.create_table(
        "hotel_requirement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "from_on >= made_on AND until_on >= from_on AND due_on >= made_on",
            name=op.f("ck_hotel_requirement_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id", "authority_id"],
            ["hotel_notice.id", "hotel_notice.authority_id"],
            name=op.f("fk_hotel_requirement_notice_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_hotel_requirement_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotel_requirement")),
        sa.UniqueConstraint("id", "authority_id", name="uq_hotel_requirement_id_authority_id"),
        sa.UniqueConstraint("notice_id", "number", name="uq_hotel_requirement_notice_id_number"),
    )
    op.create_table(
        "hotel_information_received",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["user_account.id"], name=op.f("fk_hotel_information_received_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id", "authority_id"],
            ["hotel_requirement.id", "hotel_requirement.authority_id"],
            name=op.f("fk_hotel_information_received_requirement_id_authority_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotel_information_received")),
    )
    op.create_index(
        "ix_hotel_information_received_requirement_id", "hotel_information_received", ["requirement_id"], unique=False
    )
    op.create_index(
        "uq_hotel_information_received_complete",
        "hotel_information_received",
        ["requirement_id"],
        unique=True,
        postgresql_where=sa.text("complete"),
    )
