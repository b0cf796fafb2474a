"""Complaints name premises, appeals their court and whether they stay the measure.

Whoever raises a concern may say which place of the register it is about.
"""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.enum_checks import admit_also
from licensing.row_security import allow_call, app_role

revision: str = "0080"
down_revision: str | None = "0079"

COMPLAINED_OF = "(c.person_id, c.organisation_id, c.vehicle_id)"
WITH_PLACES = "(c.person_id, c.organisation_id, c.vehicle_id, c.premises_id)"
COURTS = (
    "magistrates_court",
    "crown_court",
    "county_court",
    "high_court",
    "court_of_appeal",
    "employment_tribunal",
    "first_tier_tribunal",
    "upper_tribunal",
    "secretary_of_state",
)
VEHICLES = "('vehicle', c.vehicle_id)"


def upgrade() -> None:
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    name_premises()
    say_of_appeals()
    for table in ("clock", "clock_rule"):
        for code in ("CLOSE_CJPA_FROM", "CLOSE_CJPA_APPLY"):
            admit_also(table, "code", "clock_code", code)
    put_clocks_right()
    move_reviews()
    put_services_right()
    allow_call("carry_places(uuid[])", "PROCEDURE")


def name_premises() -> None:
    """Complaints about premises: kept as those about vehicles are, and counted wherever complaints are."""
    op.add_column("complaint", sa.Column("premises_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_complaint_premises_id_authority_id",
        "complaint",
        "premises",
        ["premises_id", "authority_id"],
        ["id", "authority_id"],
    )
    op.create_index(
        "ix_complaint_premises_id", "complaint", ["premises_id"], postgresql_where=sa.text("premises_id IS NOT NULL")
    )
    op.drop_constraint(op.f("ck_complaint_about_something"), "complaint")
    op.create_check_constraint(
        op.f("ck_complaint_about_something"),
        "complaint",
        "num_nonnulls(person_id, organisation_id, vehicle_id, premises_id) > 0",
    )
    redefine("signals_found()", [(VEHICLES, f"{VEHICLES}, ('premises', c.premises_id)"), (COMPLAINED_OF, WITH_PLACES)])
    redefine("reports_about(uuid, integer)", [(COMPLAINED_OF, WITH_PLACES)])
    allow_call("place_concern(uuid, uuid, uuid)", "PROCEDURE")
    allow_call("places_called(text, uuid)")


def say_of_appeals() -> None:
    """`flask setup` writes what the catalogue says; of appeals recorded before nobody said it, and nothing is made up."""
    op.add_column("power", sa.Column("appeal_to", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("power", sa.Column("appeal_stays", sa.Boolean(), nullable=True))
    op.add_column("disruption_action", sa.Column("stayed_on", sa.Date(), nullable=True))
    op.execute(f"GRANT UPDATE (stayed_on) ON disruption_action TO {app_role()}")
    op.add_column("disruption_event", sa.Column("court", sa.String(length=40), nullable=True))
    op.add_column("disruption_event", sa.Column("stayed", sa.Boolean(), nullable=True))
    listed = ", ".join(f"'{court}'" for court in COURTS)
    op.create_check_constraint(op.f("ck_disruption_event_appeal_court"), "disruption_event", f"court IN ({listed})")
    op.create_check_constraint(
        op.f("ck_disruption_event_court_of_an_appeal"),
        "disruption_event",
        "kind = 'appealed' OR (court IS NULL AND stayed IS NULL)",
    )
    for kind in ("stayed", "stay_ended"):
        admit_also("disruption_event", "kind", "action_event_kind", kind)


def put_clocks_right() -> None:
    """A clock that was met from a wrong day stays as it is, and another takes its place: once, of the same duty."""
    op.add_column("clock", sa.Column("replaced_by_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_clock_replaced_by_id"), "clock", "clock", ["replaced_by_id"], ["id"])
    op.execute(f"GRANT UPDATE (replaced_by_id) ON clock TO {app_role()}")
    op.execute("DROP TRIGGER keep_met_on ON clock")
    keep = "CREATE TRIGGER keep_{} BEFORE UPDATE ON clock FOR EACH ROW EXECUTE FUNCTION keep_settled({})"
    op.execute(keep.format("met_on", "'met_on', 'replaced_by_id'"))
    op.execute(keep.format("replaced_by_id", "'replaced_by_id'"))
    op.execute("REVOKE ALL ON FUNCTION replace_clock() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER replace_clock BEFORE INSERT OR UPDATE ON clock FOR EACH ROW"
        " WHEN (NEW.replaced_by_id IS NOT NULL) EXECUTE FUNCTION replace_clock()"
    )
    admit_also("clock_change", "kind", "clock_event", "put_right")


def move_reviews() -> None:
    op.execute("REVOKE ALL ON FUNCTION move_review() FROM PUBLIC")
    op.execute(
        "CREATE TRIGGER move_review AFTER UPDATE OF in_force_on ON disruption_action FOR EACH ROW"
        " WHEN (OLD.in_force_on IS NOT NULL AND NEW.in_force_on IS DISTINCT FROM OLD.in_force_on)"
        " EXECUTE FUNCTION move_review()"
    )


def put_services_right() -> None:
    """A service of a hotel notice that was typed wrong is replaced by another of the same notice, with a reason."""
    table = "hotel_notice_service"
    op.add_column(table, sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column(table, sa.Column("why_sealed", sa.LargeBinary(), nullable=True))
    op.create_unique_constraint("uq_hotel_notice_service_id_notice_id", table, ["id", "notice_id"])
    op.create_unique_constraint("uq_hotel_notice_service_replaces_id", table, ["replaces_id"])
    op.create_foreign_key(
        "fk_hotel_notice_service_replaces_id_notice_id",
        table,
        table,
        ["replaces_id", "notice_id"],
        ["id", "notice_id"],
    )
    op.create_check_constraint(
        op.f("ck_hotel_notice_service_corrected_for_a_reason"), table, "(replaces_id IS NULL) = (why_sealed IS NULL)"
    )


def redefine(routine: str, changes: Sequence[tuple[str, str]]) -> None:
    """The same routine, word for word, with these passages changed wherever they stand; each must stand there."""
    connection = op.get_bind()
    found = sa.text("SELECT pg_get_functiondef(CAST(:name AS regprocedure))")
    definition = str(connection.scalar(found, {"name": routine}))
    for old, new in changes:
        if old not in definition:
            raise ValueError(f"{routine} does not say “{old}”")
        definition = definition.replace(old, new)
    connection.exec_driver_sql(definition)
