"""Complaints name premises, and whoever raises a concern may say which place of the register it is about."""

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.row_security import allow_call

revision: str = "0080"
down_revision: str | None = "0077"

COMPLAINED_OF = "(c.person_id, c.organisation_id, c.vehicle_id)"
WITH_PLACES = "(c.person_id, c.organisation_id, c.vehicle_id, c.premises_id)"
VEHICLES = "('vehicle', c.vehicle_id)"


def upgrade() -> None:
    for definition in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n\n"):
        op.execute(definition)
    name_premises()


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
