"""Powers begin on their day, or on one that a council confirms; reports and signals count alike.

A version of a power is found by its code and its first day: a row that was written with no known beginning takes the
day that `flask setup` now writes, so that the same row is brought up and actions keep it.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.row_security import protect, within

revision: str = "0075"
down_revision: str | None = "0074"

UNKNOWN = "1900-01-01"
BEGAN = {
    "1973-07-01": (
        "MDA8",
        "MDA23",
    ),
    "1986-01-01": ("PACE",),
    "2004-05-01": ("SOR",),
    "2005-03-07": ("TSN",),
    "2005-11-24": (
        "PREMREV",
        "ALC146",
    ),
    "2006-04-06": (
        "HA-PO",
        "HA-EPO",
        "HMO",
    ),
    "2006-10-01": (
        "FIRE29",
        "FIRE30",
        "FIRE31",
    ),
    "2007-04-06": ("S169A",),
    "2007-10-01": ("PREM53A",),
    "2008-02-29": ("IMMP",),
    "2008-04-06": ("SCPO",),
    "2013-12-31": (
        "HIN",
        "HEPN",
        "HEPO",
    ),
    "2015-03-08": (
        "SHPO",
        "iSHPO",
        "iSRO",
        "SRO",
    ),
    "2015-07-31": (
        "STPO",
        "STRO",
    ),
    "2016-12-01": ("IWCN",),
    "2017-04-06": ("LIC-P",),
    "2020-01-20": ("SPO",),
}


def upgrade() -> None:
    begin = sa.text("UPDATE power SET active_from = :day WHERE code = ANY (:codes) AND active_from = :unknown")
    for day, codes in BEGAN.items():
        op.get_bind().execute(begin, {"day": day, "codes": list(codes), "unknown": UNKNOWN})
    create_beginnings()
    create_places_reached()
    for name in ("0075_reports.sql", "0075_signals.sql"):
        op.execute(Path(__file__).with_name(name).read_text("utf-8"))


def create_beginnings() -> None:
    op.create_table(
        "power_beginning",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("power_code", sa.String(length=12), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_power_beginning_authority_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_power_beginning_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_power_beginning")),
    )
    op.create_index("ix_power_beginning_authority_id_power_code", "power_beginning", ["authority_id", "power_code"])
    own = "authority_id = (SELECT acting_authority())"
    protect("power_beginning", select=own, insert=within("settings.change"))
    op.execute(
        "CREATE TRIGGER stamp BEFORE INSERT ON power_beginning FOR EACH ROW"
        " EXECUTE FUNCTION stamp_row('recorded_by', 'recorded_at')"
    )


def create_places_reached() -> None:
    """Which places of the registers an activity reached: for those who know the place."""
    op.add_column("awareness_activity", sa.Column("drivers", sa.Integer(), nullable=True))
    op.create_check_constraint(op.f("ck_awareness_activity_drivers_counted"), "awareness_activity", "drivers >= 0")
    op.create_table(
        "awareness_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("premises_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id", "authority_id"],
            ["awareness_activity.id", "awareness_activity.authority_id"],
            name=op.f("fk_awareness_place_activity_id_authority_id"),
        ),
        sa.ForeignKeyConstraint(["premises_id"], ["premises.id"], name=op.f("fk_awareness_place_premises_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awareness_place")),
        sa.UniqueConstraint("activity_id", "premises_id", name="uq_awareness_place_activity_id_premises_id"),
    )
    op.create_index("ix_awareness_place_premises_id", "awareness_place", ["premises_id"])
    known = "premises_id IN (SELECT known_places())"
    protect("awareness_place", select=known, insert=f"{within('disruption.work')} AND {known}")
