"""Figures that are exact as at a moment, the month's briefings drafted by themselves, and measures by quarter.

What a case of the designated officer's, an outcome and a date of birth were believed to be is kept from now on when it is
put right; `figures_exact` says since when. Nobody reads what is kept but the functions that count.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from licensing.row_security import protect

revision: str = "0058"
down_revision: str | None = "0056"

FIGURES = Path(__file__).with_name("0058_figures.sql")
KEPT_CASE = ("sector", "referred_on", "threshold_met", "threshold_on", "closed_on")


def upgrade() -> None:
    keep_what_was_believed()
    # Several statements in one text: for the driver, as it stands. The functions keep their names, and what was granted.
    op.get_bind().connection.driver_connection.execute(FIGURES.read_text(encoding="utf-8"))  # type: ignore[union-attr]
    follow_what_is_put_right()


def keep_what_was_believed() -> None:
    op.create_table(
        "lado_case_kept",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        *_kept(),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("threshold_met", sa.Boolean(), nullable=True),
        sa.Column("threshold_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        *_keyed("lado_case_kept", "case_id"),
    )
    op.create_table(
        "allegation_kept",
        sa.Column("allegation_id", sa.Uuid(), nullable=False),
        *_kept(),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        *_keyed("allegation_kept", "allegation_id"),
    )
    op.create_table(
        "person_birth_kept",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *_kept(),
        sa.Column("was_known", sa.Boolean(), nullable=False),
        *_keyed("person_birth_kept", "person_id"),
    )
    op.create_table(
        "figures_exact",
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("since", name="pk_figures_exact"),
    )
    op.execute("INSERT INTO figures_exact DEFAULT VALUES")
    for table in ("lado_case_kept", "allegation_kept", "person_birth_kept"):
        protect(table)
    protect("figures_exact", select="(SELECT acting_user()) IS NOT NULL")


def _kept() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
    )


def _keyed(table: str, column: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=f"fk_{table}_authority_id"),
        sa.PrimaryKeyConstraint(column, "replaced_at", name=f"pk_{table}"),
    )


def follow_what_is_put_right() -> None:
    changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in KEPT_CASE)
    for table, routine, of, when in (
        ("lado_case", "keep_case_as_believed", ", ".join(KEPT_CASE), changed),
        ("allegation", "keep_outcome_as_believed", "outcome", "OLD.outcome IS DISTINCT FROM NEW.outcome"),
        (
            "person",
            "keep_birth_as_believed",
            "date_of_birth",
            "(OLD.date_of_birth IS NULL) <> (NEW.date_of_birth IS NULL)",
        ),
    ):
        op.execute(f"REVOKE ALL ON FUNCTION {routine}() FROM PUBLIC")
        op.execute(
            f"CREATE TRIGGER {routine} AFTER UPDATE OF {of} ON {table} FOR EACH ROW WHEN ({when})"
            f" EXECUTE FUNCTION {routine}()"
        )
